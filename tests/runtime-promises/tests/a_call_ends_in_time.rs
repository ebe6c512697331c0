//! Every attempt and the whole call have a time limit, whatever the server does.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use client_runtime::{CallOptions, ErrorKind};
use fault_server::{Behaviour, Ending, FaultServer, Reply};
use runtime_promises::{API, builder, get};
use std::time::{Duration, Instant};

const LIMIT: Duration = Duration::from_millis(300);

fn slow_servers() -> Vec<Behaviour> {
    let body = Reply::new(200).body(vec![b' '; 1000]);
    vec![
        Behaviour::new(Ending::Hang),
        Behaviour::new(Ending::Slow(body, Duration::from_millis(20))),
        Behaviour::status(200).after(Duration::from_secs(10)),
    ]
}

#[tokio::test]
async fn the_whole_call_is_over_at_its_timeout() {
    for behaviour in slow_servers() {
        let server = FaultServer::start(behaviour.clone()).unwrap();
        let core = builder(&API, &server)
            .attempt_timeout(Duration::from_millis(100))
            .build()
            .unwrap();
        let started = Instant::now();
        let failure = get(&core, "1", CallOptions::new().timeout(LIMIT))
            .await
            .unwrap_err();
        assert_eq!(failure.kind(), ErrorKind::Timeout, "{behaviour:?}");
        assert!(started.elapsed() < LIMIT * 3, "{behaviour:?}");
    }
}

#[tokio::test]
async fn the_whole_call_is_over_at_its_deadline() {
    let server = FaultServer::start(Behaviour::new(Ending::Hang)).unwrap();
    let core = builder(&API, &server).build().unwrap();
    let started = Instant::now();
    let options = CallOptions::new().deadline(started + LIMIT).no_retries();
    let failure = get(&core, "1", options).await.unwrap_err();
    assert_eq!(failure.kind(), ErrorKind::Timeout);
    assert!(started.elapsed() < LIMIT * 2);
}

#[tokio::test]
async fn an_attempt_that_takes_too_long_leaves_time_for_another() {
    let server =
        FaultServer::start([Behaviour::new(Ending::Hang), Behaviour::status(204)]).unwrap();
    let core = builder(&API, &server).build().unwrap();
    let options = CallOptions::new().attempt_timeout(Duration::from_millis(100));
    assert_eq!(get(&core, "1", options).await.unwrap().status(), 204);
}

#[tokio::test]
async fn a_timeout_that_no_clock_can_tell_is_taken_as_none() {
    let server = FaultServer::start(Behaviour::status(204)).unwrap();
    let core = builder(&API, &server)
        .timeout(Duration::MAX)
        .attempt_timeout(Duration::MAX)
        .build()
        .unwrap();
    let options = CallOptions::new().timeout(Duration::MAX);
    assert_eq!(get(&core, "1", options).await.unwrap().status(), 204);
}

#[tokio::test]
async fn a_timeout_of_zero_is_refused() {
    let server = FaultServer::start(Behaviour::status(204)).unwrap();
    let core = builder(&API, &server).build().unwrap();
    let failure = get(&core, "1", CallOptions::new().timeout(Duration::ZERO))
        .await
        .unwrap_err();
    assert_eq!(failure.kind(), ErrorKind::InvalidRequest);
}

#[tokio::test]
async fn a_call_whose_deadline_has_passed_is_not_sent() {
    let server = FaultServer::start(Behaviour::status(204)).unwrap();
    let core = builder(&API, &server).build().unwrap();
    let options = CallOptions::new().deadline(Instant::now());
    let failure = get(&core, "1", options).await.unwrap_err();
    assert_eq!(failure.kind(), ErrorKind::Timeout);
    assert_eq!(server.connections(), 0);
}
