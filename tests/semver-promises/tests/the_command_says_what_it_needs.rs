//! The command, where it cannot judge.

#![expect(
    clippy::unwrap_used,
    reason = "a program that does not run fails the test"
)]

use std::process::Command;

/// What the command says when it fails, with no other program in its reach.
fn said(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_semver-promises"))
        .args(arguments)
        .env("PATH", "")
        .output()
        .unwrap();
    assert!(!output.status.success(), "{arguments:?}");
    String::from_utf8(output.stderr).unwrap()
}

#[test]
fn a_missing_judge_is_reported_with_the_command_that_installs_it() {
    let said = said(&["judge", "--check"]);
    assert_eq!(
        said,
        "error: found no cargo-semver-checks; expected cargo-semver-checks 0.51.0 in the PATH, since the verdicts \
         are recorded for it; to fix: cargo install cargo-semver-checks --version 0.51.0 --locked\n"
    );
}

#[test]
fn an_unknown_kind_is_reported_before_anything_is_generated() {
    let said = said(&["judge", "response-colour-changed"]);
    assert_eq!(
        said,
        "error: `response-colour-changed` is no pair; expected a kind of pairs/pairs.toml; to fix: look there for its \
         name\n"
    );
}
