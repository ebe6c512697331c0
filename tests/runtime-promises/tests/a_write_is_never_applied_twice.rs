//! A write is sent again only when that cannot apply it twice, and the caller can always tell what became of it.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use client_runtime::{CallOptions, ErrorKind, WriteOutcome};
use fault_server::{Behaviour, Ending, FaultServer, Reply};
use runtime_promises::{API, KEYLESS_API, builder, delete, get, replace, update};
use std::time::Duration;

fn done() -> Behaviour {
    Behaviour::answer(Reply::new(200).json("{}")).commits()
}

/// Every way to break an exchange after the write was committed.
fn faults_after_the_commit() -> Vec<Behaviour> {
    let whole = Reply::new(200).json(r#"{"a":1}"#);
    [
        Ending::Drop,
        Ending::Reset,
        Ending::Truncate(whole.clone(), 3),
        Ending::WrongLength(whole.clone(), 100),
        Ending::Answer(Reply::new(502)),
        Ending::Answer(Reply::new(504)),
        Ending::Answer(Reply::new(500)),
        Ending::Raw(b"no answer at all\r\n\r\n".to_vec()),
        Ending::Hang,
    ]
    .map(|ending| Behaviour::new(ending).commits())
    .to_vec()
}

#[tokio::test]
async fn with_a_key_every_broken_write_is_applied_once_and_answered() {
    for fault in faults_after_the_commit() {
        let server = FaultServer::start([fault.clone(), done()]).unwrap();
        let core = builder(&API, &server).build().unwrap();
        update(&core, "1", CallOptions::new()).await.unwrap();
        let ledger = server.ledger();
        assert_eq!(ledger.writes().len(), 1, "{fault:?}");
        assert_eq!(ledger.writes()[0].requests, 2, "{fault:?}");
        let keys: Vec<_> = server
            .requests()
            .iter()
            .map(|request| request.header("idempotency-key").map(str::to_owned))
            .collect();
        assert!(keys[0].is_some() && keys[0] == keys[1], "{keys:?}");
    }
}

#[tokio::test]
async fn without_a_key_a_write_that_may_have_been_applied_is_sent_once() {
    for fault in faults_after_the_commit() {
        let server = FaultServer::start([fault.clone(), done()]).unwrap();
        let core = builder(&KEYLESS_API, &server).build().unwrap();
        let error = update(&core, "1", CallOptions::new()).await.unwrap_err();
        assert_eq!(server.ledger().writes().len(), 1, "{fault:?}");
        assert_eq!(server.requests().len(), 1, "{fault:?}");
        assert!(error.may_have_been_applied());
        match error.outcome() {
            // A success was announced before the body broke off.
            WriteOutcome::Applied => assert_eq!(error.status(), Some(200)),
            WriteOutcome::Unknown {
                idempotency_key,
                attempts,
                last_error,
            } => {
                assert_eq!(
                    (idempotency_key, attempts, last_error),
                    (None, 1, error.kind())
                );
                assert_ne!(error.status(), Some(200));
            }
            other => panic!("{fault:?}: {other:?}"),
        }
    }
}

#[tokio::test]
async fn what_was_certainly_not_applied_is_sent_again_without_a_key() {
    let busy = Reply::new(429).header("retry-after", "0");
    let server = FaultServer::start([Behaviour::answer(busy), done()]).unwrap();
    let core = builder(&KEYLESS_API, &server).build().unwrap();
    replace(&core, "1", CallOptions::new()).await.unwrap();
    assert_eq!(server.ledger().writes().len(), 1);
}

#[tokio::test]
async fn a_write_that_could_not_connect_was_not_applied() {
    let server = FaultServer::start(done()).unwrap();
    let core = builder(&API, &server).max_attempts(2).build().unwrap();
    drop(server);
    let error = update(&core, "1", CallOptions::new()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Connect);
    assert_eq!(error.outcome(), WriteOutcome::NotApplied);
    assert_eq!(error.attempts(), 2);
}

#[tokio::test]
async fn an_unknown_write_stays_unknown_when_a_later_attempt_is_refused() {
    let server = FaultServer::start([Behaviour::drop().commits(), Behaviour::status(409)]).unwrap();
    let core = builder(&API, &server).build().unwrap();
    let options = CallOptions::new().idempotency_key("order-7");
    let error = update(&core, "1", options).await.unwrap_err();
    assert_eq!(error.status(), Some(409));
    assert_eq!(
        error.outcome(),
        WriteOutcome::Unknown {
            idempotency_key: Some("order-7"),
            attempts: 2,
            last_error: ErrorKind::Undocumented
        }
    );
    assert_eq!(server.ledger().writes()[0].key.as_deref(), Some("order-7"));
}

#[tokio::test]
async fn a_documented_refusal_was_not_applied() {
    for status in [400, 401, 403, 404, 409, 422, 429] {
        let server = FaultServer::start(Behaviour::status(status)).unwrap();
        let core = builder(&API, &server).build().unwrap();
        let error = update(&core, "1", CallOptions::new().no_retries())
            .await
            .unwrap_err();
        assert_eq!(error.outcome(), WriteOutcome::NotApplied, "{status}");
    }
}

#[tokio::test]
async fn a_key_where_the_api_takes_none_is_refused() {
    let server = FaultServer::start(done()).unwrap();
    let options = || CallOptions::new().idempotency_key("k");
    let keyless = builder(&KEYLESS_API, &server).build().unwrap();
    let error = update(&keyless, "1", options()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidRequest);
    let core = builder(&API, &server).build().unwrap();
    assert!(get(&core, "1", options()).await.is_err());
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn retries_can_be_turned_off_for_a_call() {
    let server = FaultServer::start([Behaviour::drop().commits(), done()]).unwrap();
    let core = builder(&API, &server).build().unwrap();
    let error = update(&core, "1", CallOptions::new().no_retries())
        .await
        .unwrap_err();
    assert_eq!(error.attempts(), 1);
    assert!(error.idempotency_key().is_some_and(|key| key.len() == 36));
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn idempotent_methods_are_sent_again_without_a_key() {
    let server = FaultServer::start([Behaviour::drop().commits(), done()]).unwrap();
    let core = builder(&API, &server).build().unwrap();
    delete(&core, "1", CallOptions::new()).await.unwrap();
    assert_eq!(server.requests().len(), 2);
    assert!(
        server
            .requests()
            .iter()
            .all(|request| request.header("idempotency-key").is_none())
    );
}

#[tokio::test]
async fn every_write_has_a_key_of_its_own() {
    let server = FaultServer::start(done()).unwrap();
    let core = builder(&API, &server).build().unwrap();
    for _ in 0..100 {
        update(&core, "1", CallOptions::new()).await.unwrap();
    }
    assert_eq!(server.ledger().writes().len(), 100);
}

#[tokio::test]
async fn a_cancelled_call_leaves_the_client_usable() {
    let slow = Behaviour::status(204).after(Duration::from_mins(1));
    let server = FaultServer::start([slow, done()]).unwrap();
    let core = builder(&API, &server)
        .attempt_timeout(Duration::from_secs(30))
        .build()
        .unwrap();
    let call = update(&core, "1", CallOptions::new());
    assert!(
        tokio::time::timeout(Duration::from_millis(50), call)
            .await
            .is_err()
    );
    update(&core, "1", CallOptions::new()).await.unwrap();
}
