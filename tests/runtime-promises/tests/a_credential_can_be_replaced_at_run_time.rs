//! A token can be replaced while calls are under way: every clone and every later attempt carries the new one.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use client_runtime::{CallOptions, Core, CoreBuilder, Credential, Secret};
use fault_server::{Behaviour, FaultServer, Reply, Request};
use runtime_promises::{API, builder, get};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Notify;

fn token(request: &Request) -> &str {
    request.header("authorization").unwrap_or_default()
}

/// A server that takes this one token, and answers 401 to any other.
fn taking(valid: &'static str) -> FaultServer {
    let script = move |request: &Request, _| {
        Behaviour::status(if token(request) == valid { 204 } else { 401 })
    };
    FaultServer::start(script).unwrap()
}

/// A builder for calls that may be many at once.
fn patient(server: &FaultServer) -> CoreBuilder {
    builder(&API, server).attempt_timeout(Duration::from_secs(20))
}

#[tokio::test]
async fn every_clone_carries_the_new_token_from_the_next_call_on() {
    let server = taking("Bearer fresh");
    let core = patient(&server).build().unwrap();
    let clones = [core.clone(), core.clone()];
    for core in &clones {
        let answer = get(core, "1", CallOptions::new()).await.unwrap();
        assert_eq!(answer.status(), 401);
    }
    clones[0].set_credential("bearerAuth", "fresh").unwrap();
    for core in clones.iter().chain([&core]) {
        let answer = get(core, "1", CallOptions::new()).await.unwrap();
        assert_eq!(answer.status(), 204);
    }
    // The connection is the one from before.
    assert_eq!(server.connections(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_later_attempt_of_a_call_carries_the_token_that_was_set_meanwhile() {
    let first = Arc::new(Notify::new());
    let script = {
        let first = Arc::clone(&first);
        move |_: &Request, seen| {
            if seen == 0 {
                first.notify_one();
                return Behaviour::answer(Reply::new(429).header("retry-after", "5"));
            }
            Behaviour::status(204)
        }
    };
    let server = FaultServer::builder().start_here(script).unwrap();
    let core = builder(&API, &server).build().unwrap();
    let refresh = async {
        first.notified().await;
        // The call waits for its second attempt now, or will soon.
        core.set_credential("bearerAuth", Secret::new("fresh"))
    };
    let (answer, refreshed) = tokio::join!(get(&core, "1", CallOptions::new()), refresh);
    refreshed.unwrap();
    assert_eq!(answer.unwrap().status(), 204);
    let tokens: Vec<_> = server
        .requests()
        .iter()
        .map(|request| token(request).to_owned())
        .collect();
    assert_eq!(tokens, ["Bearer t0ken", "Bearer fresh"]);
}

/// What a program does whose token runs out: many calls, each of which makes the token new when it is refused.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn calls_under_way_are_not_disturbed() {
    const CALLS: usize = 200;
    const REFRESHES: usize = 50;
    let server = taking("Bearer token-50");
    let core = patient(&server).no_rate_limiter().build().unwrap();
    let call = |core: Core| async move {
        loop {
            let answer = get(&core, "1", CallOptions::new()).await.unwrap();
            match answer.status() {
                204 => return,
                status => assert_eq!(status, 401),
            }
        }
    };
    let mut calls = tokio::task::JoinSet::new();
    for _ in 0..CALLS {
        calls.spawn(call(core.clone()));
    }
    for number in 1..=REFRESHES {
        core.set_credential("bearerAuth", format!("token-{number}"))
            .unwrap();
        tokio::task::yield_now().await;
    }
    // Calls that never get the new token fail the test rather than go on.
    let ended = tokio::time::timeout(Duration::from_mins(1), calls.join_all());
    assert_eq!(ended.await.unwrap().len(), CALLS);
    // Each request carried one of the tokens in whole.
    for request in server.requests() {
        let number = token(&request)
            .strip_prefix("Bearer token-")
            .map(str::parse);
        let is_whole = matches!(number, Some(Ok(1..=REFRESHES)));
        assert!(is_whole || token(&request) == "Bearer t0ken");
    }
}

#[tokio::test]
async fn a_credential_that_does_not_fit_leaves_the_one_before() {
    let server = taking("Bearer t0ken");
    let core = builder(&API, &server).build().unwrap();
    let pair = Credential::UserPassword {
        user: Secret::new("user"),
        password: Secret::new("s3cret"),
    };
    for error in [
        core.set_credential("bearerAuth", "").unwrap_err(),
        core.set_credential("bearerAuth", "s3cret\r\n").unwrap_err(),
        core.set_credential("bearerAuth", pair).unwrap_err(),
        core.set_credential("nothing", "s3cret").unwrap_err(),
    ] {
        assert!(!format!("{error} {error:?}").contains("s3cret"), "{error}");
    }
    let answer = get(&core, "1", CallOptions::new()).await.unwrap();
    assert_eq!(answer.status(), 204);
}
