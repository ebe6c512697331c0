//! A sandbox that keeps quotas counts as the document says, tells what is left in the documented headers, and refuses
//! what is beyond.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use sandbox::Sandbox;
use sandbox_promises::{Answer, Caller, TRUTO, send};

fn header<'a>(answer: &'a Answer, name: &str) -> Option<&'a str> {
    let header = answer.headers.iter().find(|(found, _)| found == name);
    header.map(|(_, value)| value.as_str())
}

#[test]
fn what_is_beyond_a_quota_is_refused() {
    let sandbox = Sandbox::builder().quotas().start().unwrap();
    let caller = Caller::new(&sandbox, "truto");
    let first = send(caller.in_account("GET", TRUTO));
    assert_eq!(header(&first, "ratelimit-limit"), Some("50;w=10"));
    assert_eq!(header(&first, "ratelimit-remaining"), Some("49"));
    let refused = (0..60)
        .map(|_| send(caller.in_account("GET", TRUTO)))
        .find(|answer| answer.status != 200)
        .unwrap();
    assert_eq!(refused.status, 429);
    let wait: u64 = header(&refused, "retry-after").unwrap().parse().unwrap();
    assert!((1..=10).contains(&wait), "{wait}");
    assert_eq!(header(&refused, "ratelimit-remaining"), Some("0"));
    // Another account has its own.
    let other = caller.request("GET", TRUTO).query(&[(
        "integrated_account_id",
        "11111111-1111-4111-8111-111111111111",
    )]);
    assert_eq!(send(other).status, 200);
}

#[test]
fn nothing_is_counted_otherwise() {
    let sandbox = Sandbox::start().unwrap();
    let caller = Caller::new(&sandbox, "truto");
    assert!((0..60).all(|_| send(caller.in_account("GET", TRUTO)).status == 200));
}
