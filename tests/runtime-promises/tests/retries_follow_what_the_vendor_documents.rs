//! Which answers are tried again, and after how long.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use client_runtime::CallOptions;
use fault_server::{Behaviour, FaultServer, Reply};
use runtime_promises::{API, builder, get, update};
use std::time::{Duration, Instant};

/// How often a read is sent when the first answer is `reply` and the next one is a success.
async fn attempts_after(reply: Reply) -> usize {
    let server = FaultServer::start([Behaviour::answer(reply), Behaviour::status(204)]).unwrap();
    let core = builder(&API, &server).build().unwrap();
    get(&core, "1", CallOptions::new()).await.unwrap();
    server.requests().len()
}

#[tokio::test]
async fn only_documented_statuses_are_tried_again() {
    for status in [429, 502, 504] {
        assert_eq!(attempts_after(Reply::new(status)).await, 2, "{status}");
    }
    for status in [301, 400, 401, 403, 404, 405, 408, 409, 410, 422, 503] {
        assert_eq!(attempts_after(Reply::new(status)).await, 1, "{status}");
    }
}

#[tokio::test]
async fn a_failure_of_the_system_behind_the_api_is_not_tried_again() {
    assert_eq!(
        attempts_after(Reply::new(500).json(r#"{"remote":true}"#)).await,
        1
    );
    assert_eq!(
        attempts_after(Reply::new(500).json(r#"{"remote":false}"#)).await,
        2
    );
    assert_eq!(attempts_after(Reply::new(500).body("<p>")).await, 2);
    assert_eq!(attempts_after(Reply::new(503).json("{}")).await, 1);
}

#[tokio::test]
async fn an_error_tells_whether_the_vendor_calls_it_temporary() {
    for (status, is_retryable) in [
        (429, true),
        (502, true),
        (500, true),
        (503, false),
        (409, false),
        (404, false),
    ] {
        let server = FaultServer::start(Behaviour::status(status)).unwrap();
        let core = builder(&API, &server).build().unwrap();
        let error = update(&core, "1", CallOptions::new().no_retries())
            .await
            .unwrap_err();
        assert_eq!(error.is_retryable(), is_retryable, "{status}");
    }
}

#[tokio::test]
async fn a_request_is_sent_no_more_often_than_allowed() {
    let server = FaultServer::start(Behaviour::status(502)).unwrap();
    let core = builder(&API, &server).max_attempts(3).build().unwrap();
    let answer = get(&core, "1", CallOptions::new()).await.unwrap();
    assert_eq!(answer.status(), 502);
    assert_eq!(server.requests().len(), 3);
}

#[tokio::test]
async fn retry_after_is_waited_for() {
    let busy = Reply::new(429).header("retry-after", "1");
    let server = FaultServer::start([Behaviour::answer(busy), Behaviour::status(204)]).unwrap();
    let core = builder(&API, &server).build().unwrap();
    let started = Instant::now();
    get(&core, "1", CallOptions::new()).await.unwrap();
    assert!(started.elapsed() >= Duration::from_secs(1));
}

#[tokio::test]
async fn a_pause_that_would_outlast_the_call_is_not_begun() {
    let busy = Reply::new(429).header("retry-after", "1000000000000000000");
    let server = FaultServer::start(Behaviour::answer(busy)).unwrap();
    let core = builder(&API, &server).build().unwrap();
    let started = Instant::now();
    let options = CallOptions::new().timeout(Duration::from_secs(20));
    let error = update(&core, "1", options).await.unwrap_err();
    assert!(error.is_rate_limited() && error.is_retryable());
    assert_eq!(
        error.retry_after(),
        Some(Duration::from_secs(1_000_000_000_000_000_000))
    );
    assert!(started.elapsed() < Duration::from_secs(5));
}

#[tokio::test]
async fn a_hint_that_is_no_time_is_ignored() {
    for hint in [
        "-1",
        "NaN",
        "soon",
        "",
        "Sun, 06 Nov 1994 08:49:37 GMT",
        "\u{fc}",
    ] {
        let started = Instant::now();
        assert_eq!(
            attempts_after(Reply::new(429).header("retry-after", hint)).await,
            2
        );
        assert!(started.elapsed() < Duration::from_secs(2), "{hint}");
    }
}

#[tokio::test]
async fn a_storm_of_failures_is_met_with_little_extra_load() {
    let server = FaultServer::start(Behaviour::status(502)).unwrap();
    let core = builder(&API, &server).build().unwrap();
    let calls = 400;
    let mut running = tokio::task::JoinSet::new();
    for _ in 0..calls {
        let core = core.clone();
        running.spawn(async move {
            get(&core, "1", CallOptions::new())
                .await
                .map(|answer| answer.status())
        });
    }
    for answer in running.join_all().await {
        assert_eq!(answer.unwrap(), 502);
    }
    let extra = server.requests().len() - calls;
    assert!(
        extra <= calls / 5,
        "{extra} requests more than {calls} calls"
    );
}
