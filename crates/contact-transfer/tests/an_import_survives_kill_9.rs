//! An import that is killed at any moment goes on where it was: each contact is there once, and the report is true.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod support;

use contact_server::{ContactServer, FaultKind, FaultRate};
use contact_transfer::{Cancel, Endpoint, FileSource, Import, Mapping, SourceOptions};
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

const ROWS: usize = 2000;
const KILLS: usize = 20;

/// This very program, which runs the import when these variables are set.
const CONNECTION: &str = "TRANSFER_TEST_CONNECTION";
const FOLDER: &str = "TRANSFER_TEST_FOLDER";

#[test]
fn into_a_target_with_idempotency_keys() {
    is_killed_and_goes_on("truto", 7);
}

#[test]
fn into_a_target_without_idempotency_keys() {
    is_killed_and_goes_on("thelinks", 11);
}

fn is_killed_and_goes_on(provider: &str, seed: u64) {
    let server = ContactServer::start().unwrap();
    server.set_fault_rate(Some(FaultRate {
        per_thousand: 100,
        kinds: vec![
            FaultKind::DropBeforeCommit,
            FaultKind::DropAfterCommit,
            FaultKind::Status(500),
            FaultKind::Status(503),
            FaultKind::StatusAfterCommit(500),
        ],
        seed,
    }));
    let (folder, _) = support::file("people.csv", support::people(ROWS));
    let mut random = fastrand::Rng::with_seed(seed);
    let moments: BTreeSet<usize> = (0..KILLS).map(|_| random.usize(1..ROWS)).collect();
    let mut killed = 0;
    for moment in moments {
        let mut child = start(&server.connection(provider), folder.path());
        while server.count(provider) < moment && child.try_wait().unwrap().is_none() {
            std::thread::sleep(Duration::from_micros(200));
        }
        killed += usize::from(child.try_wait().unwrap().is_none());
        child.kill().unwrap();
        child.wait().unwrap();
    }
    assert!(
        killed >= KILLS / 2,
        "only {killed} runs were killed at work"
    );

    let report = finish(&server.connection(provider), folder.path());
    let expected: BTreeSet<String> = (1..=ROWS)
        .map(|number| format!("ada{number}@example.org"))
        .collect();
    let found = support::addresses(&server, provider);
    assert_eq!(found.len(), ROWS, "a contact is there twice or not at all");
    assert_eq!(found.into_iter().collect::<BTreeSet<String>>(), expected);
    let count = |name: &str| report[name].as_u64();
    assert_eq!(count("created"), Some(ROWS as u64), "{report}");
    assert_eq!(
        (count("total"), count("remaining")),
        (Some(ROWS as u64), Some(0))
    );
    for name in [
        "updated",
        "unchanged",
        "refused",
        "unknown",
        "undecided",
        "skipped",
    ] {
        assert_eq!(count(name), Some(0), "{name}");
    }
}

/// Runs the import until its report says that it is complete.
fn finish(connection: &str, folder: &Path) -> Value {
    for _ in 0..20 {
        let status = start(connection, folder).wait().unwrap();
        assert!(status.success());
        let report = std::fs::read(folder.join("report.json")).unwrap();
        let report: Value = serde_json::from_slice(&report).unwrap();
        if report["is_complete"] == true {
            return report;
        }
    }
    panic!("the import does not come to its end");
}

fn start(connection: &str, folder: &Path) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "imports_as_a_child", "--nocapture"])
        .env(CONNECTION, connection)
        .env(FOLDER, folder)
        .stdout(Stdio::null())
        .spawn()
        .unwrap()
}

/// Does nothing unless it is started by one of the tests above.
#[test]
fn imports_as_a_child() {
    let (Ok(connection), Ok(folder)) = (std::env::var(CONNECTION), std::env::var(FOLDER)) else {
        return;
    };
    let folder = Path::new(&folder);
    let store = support::store(&connection);
    let source = FileSource::open(folder.join("people.csv"), SourceOptions::default()).unwrap();
    let mapping = Mapping::guess(source.header());
    let target = Endpoint::of(&support::settings(&connection));
    let mut options = support::at_once();
    // The server of the test may still be at work on what the killed process sent.
    options.run.settle = Duration::from_secs(2);
    let import = Import::new(source, &mapping, &*store, target, options).unwrap();
    let checked = import.check(&()).unwrap();
    let journal = folder.join("people.journal");
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let report = runtime
        .block_on(import.run(&checked, &journal, &(), &Cancel::new()))
        .unwrap();
    std::fs::write(
        folder.join("report.json"),
        serde_json::to_vec(&report).unwrap(),
    )
    .unwrap();
}
