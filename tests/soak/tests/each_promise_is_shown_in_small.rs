//! Each promise is put to the test as `cargo run -p soak` does it, with a count that a continuous check can afford.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use serde_json::Value;
use std::process::{Command, Output};

fn soak(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_soak"))
        .args(arguments)
        .output()
        .unwrap()
}

/// Shows a promise, and gives what was counted.
fn shown(promise: &str, count: &str) -> Value {
    let output = soak(&[promise, "--count", count, "--seed", "7"]);
    let text = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(0), "{text}");
    let mut lines = text.lines();
    let line: Value = serde_json::from_str(lines.next().unwrap()).unwrap();
    assert_eq!(lines.next(), None);
    assert_eq!(line["promise"], promise);
    assert_eq!(line["kept"], true);
    assert_eq!(line["seed"], 7);
    assert!(!line["laws"].as_object().unwrap().is_empty());
    line["counts"].clone()
}

#[test]
fn writes_are_applied_once_and_accounted_for() {
    let counts = shown("writes", "600");
    assert_eq!(counts["keyed_told_applied"], 480);
    for name in [
        "attempts_broken_after_the_commit",
        "attempts_broken_before_the_commit",
        "keyless_told_unknown",
    ] {
        assert!(counts[name].as_u64().unwrap() > 0, "{name}");
    }
}

#[test]
fn ids_stay_in_their_segment() {
    let counts = shown("ids", "400");
    assert!(counts["sent"].as_u64().unwrap() > 500 && counts["refused"].as_u64().unwrap() > 500);
}

#[test]
fn redirects_are_not_followed() {
    assert_eq!(shown("redirects", "1")["statuses"], 9);
}

#[test]
fn bombs_stay_within_their_memory() {
    assert!(shown("bombs", "1")["bombs"].as_u64().unwrap() >= 40);
}

#[test]
fn hints_make_no_long_pause() {
    assert!(
        shown("hints", "150")["followed_by_another_attempt"]
            .as_u64()
            .unwrap()
            > 20
    );
}

#[test]
fn a_storm_gets_little_on_top() {
    assert!(shown("storm", "10")["429_requests"].as_u64().unwrap() > 1250);
}

#[test]
fn bodies_make_no_client_panic() {
    let counts = shown("bodies", "3000");
    assert!(counts["decoded"].as_u64().unwrap() > 300 && counts["errors"].as_u64().unwrap() > 300);
}

#[test]
fn canaries_are_not_printed() {
    assert_eq!(shown("canaries", "12")["servers"], 12);
}

#[test]
fn listings_end_and_lose_nothing() {
    assert!(
        shown("listing", "200")["taken_up_after_a_fault"]
            .as_u64()
            .unwrap()
            > 20
    );
}

#[test]
fn endurance_is_flat() {
    assert_eq!(shown("endurance", "3000")["calls"], 3000);
}

#[test]
fn a_wrong_command_line_is_refused() {
    for arguments in [
        &["nothing"][..],
        &["ids", "--count", "0"],
        &["ids", "--seed", "x"],
        &[],
    ] {
        let output = soak(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(output.stdout.is_empty());
    }
}
