//! The rate limiter keeps within documented quotas, and heeds what a server says.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use client_runtime::{CallOptions, Core, ErrorKind, RateLimiter};
use fault_server::{Behaviour, FaultServer, Reply};
use runtime_promises::{API, LIMITED_API, builder, get, get_of};
use std::time::{Duration, Instant};

const SECOND: Duration = Duration::from_secs(1);

fn ok() -> FaultServer {
    FaultServer::start(Behaviour::status(204)).unwrap()
}

async fn run(core: &Core, calls: usize) -> Duration {
    let started = Instant::now();
    let mut running = tokio::task::JoinSet::new();
    for _ in 0..calls {
        let core = core.clone();
        running.spawn(async move { get(&core, "1", CallOptions::new()).await.unwrap() });
    }
    running.join_all().await;
    started.elapsed()
}

#[tokio::test]
async fn requests_of_a_credential_are_spread_over_its_periods() {
    let server = ok();
    let core = builder(&LIMITED_API, &server).build().unwrap();
    assert!(run(&core, 5).await < SECOND / 2);
    let took = run(&core, 6).await;
    assert!(took > SECOND && took < SECOND * 3, "{took:?}");
}

#[tokio::test]
async fn a_busy_account_does_not_stand_before_another() {
    let server = ok();
    let core = builder(&LIMITED_API, &server).build().unwrap();
    let busy = tokio::spawn({
        let core = core.clone();
        async move {
            for _ in 0..3 {
                get_of(&core, "busy", "1").await.unwrap();
            }
        }
    });
    tokio::time::sleep(SECOND / 10).await;
    let started = Instant::now();
    get_of(&core, "idle", "1").await.unwrap();
    assert!(started.elapsed() < SECOND / 2);
    busy.await.unwrap();
    assert!(started.elapsed() > SECOND / 2);
}

#[tokio::test]
async fn clients_can_share_a_limiter() {
    let server = ok();
    let limiter = RateLimiter::new(&[client_runtime::Quota {
        per: client_runtime::QuotaScope::Credential,
        requests: 2,
        seconds: 1,
    }]);
    let one = builder(&API, &server)
        .rate_limiter(limiter.clone())
        .build()
        .unwrap();
    let two = builder(&API, &server)
        .rate_limiter(limiter)
        .build()
        .unwrap();
    assert!(run(&one, 2).await < SECOND / 2);
    assert!(run(&two, 1).await > SECOND / 2);
}

#[tokio::test]
async fn a_limiter_can_be_turned_off() {
    let server = ok();
    let core = builder(&LIMITED_API, &server)
        .no_rate_limiter()
        .build()
        .unwrap();
    assert!(run(&core, 50).await < SECOND);
}

#[tokio::test]
async fn a_call_without_room_before_its_deadline_is_not_sent() {
    let server = ok();
    let core = builder(&LIMITED_API, &server).build().unwrap();
    run(&core, 5).await;
    let started = Instant::now();
    let failure = get(&core, "1", CallOptions::new().timeout(SECOND / 2))
        .await
        .unwrap_err();
    assert_eq!(failure.kind(), ErrorKind::RateLimited);
    assert!(started.elapsed() < SECOND / 4);
    assert_eq!(server.requests().len(), 5);
}

#[tokio::test]
async fn what_a_server_asks_for_holds_later_calls_back() {
    for reply in [
        Reply::new(429).header("retry-after", "1"),
        Reply::new(200)
            .header("ratelimit-remaining", "0")
            .header("ratelimit-reset", "1"),
    ] {
        let server =
            FaultServer::start([Behaviour::answer(reply), Behaviour::status(204)]).unwrap();
        let core = builder(&API, &server).build().unwrap();
        get(&core, "1", CallOptions::new().no_retries())
            .await
            .unwrap();
        let took = run(&core, 2).await;
        assert!(took > SECOND / 2 && took < SECOND * 2, "{took:?}");
    }
}
