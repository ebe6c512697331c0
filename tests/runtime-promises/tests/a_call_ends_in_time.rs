//! Every attempt and the whole call have a time limit, whatever the server does.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use client_runtime::{CallOptions, Error, ErrorKind, WriteOutcome};
use fault_server::{Behaviour, Ending, FaultServer, Reply};
use runtime_promises::{API, KEYLESS_API, builder, builder_to, get, update};
use std::time::Duration;
use tokio::time::Instant;

const LIMIT: Duration = Duration::from_millis(300);

/// The time is paused in these tests, and goes on by itself to whatever is waited for next. So this much more is for
/// rounding only.
const ROUNDING: Duration = Duration::from_millis(5);

fn slow_servers() -> Vec<Behaviour> {
    let body = Reply::new(200).body(vec![b' '; 1000]);
    vec![
        Behaviour::new(Ending::Hang),
        Behaviour::new(Ending::Slow(body, Duration::from_millis(20))),
        Behaviour::status(200).after(Duration::from_secs(10)),
    ]
}

fn serve(behaviour: Behaviour) -> FaultServer {
    FaultServer::builder().start_here(behaviour).unwrap()
}

#[tokio::test(start_paused = true)]
async fn the_whole_call_is_over_at_its_timeout() {
    for behaviour in slow_servers() {
        let server = serve(behaviour.clone());
        let core = builder(&API, &server)
            .attempt_timeout(Duration::from_mins(1))
            .build()
            .unwrap();
        let started = Instant::now();
        let failure = get(&core, "1", CallOptions::new().timeout(LIMIT))
            .await
            .unwrap_err();
        assert_eq!(failure.kind(), ErrorKind::Timeout, "{behaviour:?}");
        let took = started.elapsed();
        assert!(took >= LIMIT && took <= LIMIT + ROUNDING, "{took:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn all_attempts_share_the_time_of_the_call() {
    const ATTEMPT: Duration = Duration::from_millis(100);
    const CALL: Duration = Duration::from_secs(2);
    for behaviour in slow_servers() {
        let server = serve(behaviour.clone());
        let core = builder(&API, &server)
            .attempt_timeout(ATTEMPT)
            .timeout(CALL)
            .max_attempts(1000)
            .build()
            .unwrap();
        let started = Instant::now();
        let failure = get(&core, "1", CallOptions::new()).await.unwrap_err();
        let took = started.elapsed();
        let error = Error::<()>::from(failure);
        assert_eq!(error.kind(), ErrorKind::Timeout, "{behaviour:?}");
        assert!(error.attempts() > 1, "{behaviour:?}");
        assert!(took <= CALL + ROUNDING, "{took:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn the_whole_call_is_over_at_its_deadline() {
    let server = serve(Behaviour::new(Ending::Hang));
    let core = builder(&API, &server)
        .attempt_timeout(Duration::from_mins(1))
        .build()
        .unwrap();
    let started = Instant::now();
    // The earlier of deadline and timeout counts.
    let options = CallOptions::new()
        .deadline((started + LIMIT).into_std())
        .timeout(Duration::from_mins(1));
    let failure = get(&core, "1", options).await.unwrap_err();
    assert_eq!(failure.kind(), ErrorKind::Timeout);
    let took = started.elapsed();
    assert!(took >= LIMIT && took <= LIMIT + ROUNDING, "{took:?}");
}

#[tokio::test(start_paused = true)]
async fn an_attempt_is_over_at_its_timeout() {
    for behaviour in slow_servers() {
        let server = serve(behaviour.clone());
        let core = builder(&API, &server).build().unwrap();
        let started = Instant::now();
        let options = CallOptions::new().attempt_timeout(LIMIT).no_retries();
        let failure = get(&core, "1", options).await.unwrap_err();
        assert_eq!(failure.kind(), ErrorKind::Timeout, "{behaviour:?}");
        let took = started.elapsed();
        assert!(took >= LIMIT && took <= LIMIT + ROUNDING, "{took:?}");
    }
}

/// A listener that accepts nothing, with as many connections waiting as it has room for. Elsewhere than on Linux such a
/// listener refuses more.
#[cfg(target_os = "linux")]
async fn full() -> (tokio::net::TcpListener, Vec<tokio::net::TcpStream>) {
    let socket = tokio::net::TcpSocket::new_v4().unwrap();
    socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let listener = socket.listen(1).unwrap();
    let address = listener.local_addr().unwrap();
    let mut waiting = Vec::new();
    while let Ok(stream) =
        tokio::time::timeout(LIMIT, tokio::net::TcpStream::connect(address)).await
    {
        waiting.push(stream.unwrap());
        assert!(waiting.len() < 1000, "the listener has room for all");
    }
    (listener, waiting)
}

#[cfg(target_os = "linux")]
#[tokio::test(start_paused = true)]
async fn making_a_connection_is_over_at_its_timeout() {
    let (listener, _waiting) = full().await;
    let url = format!("http://{}", listener.local_addr().unwrap());
    let core = builder_to(&KEYLESS_API, &url)
        .connect_timeout(LIMIT)
        .attempt_timeout(Duration::from_mins(1))
        .max_attempts(2)
        .build()
        .unwrap();
    let started = Instant::now();
    let error = update(&core, "1", CallOptions::new().no_retries())
        .await
        .unwrap_err();
    let took = started.elapsed();
    assert!(took >= LIMIT && took <= LIMIT + ROUNDING, "{took:?}");
    assert_eq!(error.kind(), ErrorKind::Connect);
    assert_eq!(error.outcome(), WriteOutcome::NotApplied);
    // Nothing was sent, so even a write without a key is tried again.
    let error = update(&core, "1", CallOptions::new()).await.unwrap_err();
    assert_eq!(error.attempts(), 2);
}

#[tokio::test(start_paused = true)]
async fn an_attempt_that_takes_too_long_leaves_time_for_another() {
    let script = [Behaviour::new(Ending::Hang), Behaviour::status(204)];
    let server = FaultServer::builder().start_here(script).unwrap();
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
        .connect_timeout(Duration::MAX)
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
    let options = CallOptions::new().deadline(Instant::now().into_std());
    let failure = get(&core, "1", options).await.unwrap_err();
    assert_eq!(failure.kind(), ErrorKind::Timeout);
    assert_eq!(server.connections(), 0);
}
