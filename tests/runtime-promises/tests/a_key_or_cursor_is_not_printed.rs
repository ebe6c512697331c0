//! What became of a write is printed without its idempotency key, and a place in a listing without its cursor.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use client_runtime::{CallOptions, Position};
use fault_server::{Behaviour, FaultServer};
use runtime_promises::{API, builder, update};

const CANARY: &str = "canary";

#[tokio::test]
async fn what_became_of_a_write_is_printed_without_its_key() {
    let server = FaultServer::start(Behaviour::drop()).unwrap();
    let core = builder(&API, &server).build().unwrap();
    let options = CallOptions::new().no_retries().idempotency_key(CANARY);
    let error = update(&core, "1", options).await.unwrap_err();
    assert_eq!(error.idempotency_key(), Some(CANARY));
    let printed = format!("{:?} {:#?}", error.outcome(), error.outcome());
    assert!(printed.contains("Unknown") && !printed.contains(CANARY));
}

#[test]
fn a_place_in_a_listing_is_printed_without_its_cursor() {
    let cursor = Some(CANARY.to_owned());
    let position = Position { cursor, given: 7 };
    let printed = format!("{position:?} {position:#?}");
    assert!(printed.contains('7') && !printed.contains(CANARY));
}
