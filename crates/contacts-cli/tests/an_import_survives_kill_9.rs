//! `contacts import` is killed at 50 random moments while one write in ten fails, and run again each time: in the end
//! each contact is there exactly once, and the report says so.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use sandbox::{Fault, FaultKind, Sandbox, When};
use serde_json::{Value, json};
use std::collections::{BTreeMap, HashSet};
use std::fmt::Write as _;
use std::time::Duration;
use support::{killed_at, ran, spawned, store};

const ROWS: usize = 20_000;
const KILLS: usize = 50;

/// One write in ten is dropped before or after it is done, reset after it, or answered with 502.
fn faults() -> [Fault; 4] {
    let some = |kind, rate| {
        Fault::new(kind)
            .on("contacts_create")
            .when(When::Rate(rate))
    };
    [
        some(
            FaultKind::Drop {
                after_commit: false,
            },
            0.025,
        ),
        some(FaultKind::Drop { after_commit: true }, 0.025),
        some(FaultKind::Reset { after_commit: true }, 0.025),
        some(
            FaultKind::Status {
                status: 502,
                headers: BTreeMap::new(),
                body: None,
                after_commit: false,
            },
            0.025,
        ),
    ]
}

#[test]
fn each_contact_is_there_once_after_fifty_kills() {
    let mut builder = Sandbox::builder().seed(11);
    for fault in faults() {
        builder = builder.fault(fault);
    }
    let sandbox = builder.start().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("people.csv");
    let mut csv = "First name,Last name,E-mail\n".to_owned();
    for row in 0..ROWS {
        writeln!(csv, "Ada,No {row},ada{row}@example.org").unwrap();
    }
    std::fs::write(&file, csv).unwrap();
    let report = folder.path().join("report.json");
    let url = store(&sandbox, "truto");
    let arguments = [
        "import",
        file.to_str().unwrap(),
        "--store",
        &url,
        "--no-rate-limit",
        "--concurrency",
        "64",
        "--quiet",
        "--report",
        report.to_str().unwrap(),
    ];
    let mut random = fastrand::Rng::with_seed(11);
    let mut moments: Vec<(usize, u64)> = (0..KILLS)
        .map(|_| (random.usize(1..ROWS - 500), random.u64(..20)))
        .collect();
    moments.sort_unstable();
    let last = killed_at(&sandbox, &moments, || spawned(&arguments));
    assert_eq!(last.code, 0, "{} {}", last.out, last.error);

    let records = sandbox.records("truto", "contacts", Some(Sandbox::ACCOUNT));
    let emails: HashSet<&str> = records
        .iter()
        .map(|record| record["email_addresses"][0]["email"].as_str().unwrap())
        .collect();
    assert_eq!(
        (records.len(), emails.len()),
        (ROWS, ROWS),
        "each contact is there exactly once"
    );
    let report: Value = serde_json::from_str(&support::text(&report)).unwrap();
    assert_eq!(
        (
            &report["created"],
            &report["refused"],
            &report["is_complete"]
        ),
        (&json!(ROWS), &json!(0), &json!(true))
    );
    assert_eq!(sandbox.commits(), ROWS);
}

/// Ctrl-C ends a run with what is in flight, and the next run goes on.
#[cfg(unix)]
#[test]
fn ctrl_c_ends_an_import_cleanly() {
    let delay = Fault::new(FaultKind::Delay { milliseconds: 5 });
    let sandbox = Sandbox::builder().fault(delay).start().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("people.csv");
    let mut csv = "First name,E-mail
"
    .to_owned();
    for row in 0..3000 {
        writeln!(csv, "Ada,ada{row}@example.org").unwrap();
    }
    std::fs::write(&file, csv).unwrap();
    let url = store(&sandbox, "truto");
    let arguments = [
        "import",
        file.to_str().unwrap(),
        "--store",
        &url,
        "--no-rate-limit",
    ];
    let child = spawned(&arguments);
    while sandbox.commits() < 200 {
        std::thread::sleep(Duration::from_millis(1));
    }
    let killed = std::process::Command::new("kill")
        .args(["-INT", &child.id().to_string()])
        .status()
        .unwrap();
    assert!(killed.success());
    let first = ran(child.wait_with_output().unwrap());
    assert_eq!(first.code, 130, "{} {}", first.out, first.error);
    assert!(
        first
            .out
            .contains("Stopped: it was asked to stop. Run it again to go on."),
        "{}",
        first.out
    );
    assert!(sandbox.commits() < 3000);
    sandbox.clear_faults();
    let second = support::run(&arguments);
    assert_eq!(second.code, 0, "{}", second.error);
    assert_eq!(
        sandbox
            .records("truto", "contacts", Some(Sandbox::ACCOUNT))
            .len(),
        3000
    );
    assert_eq!(sandbox.commits(), 3000);
}
