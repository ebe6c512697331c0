//! What is wrong with a file is said with its line, and nothing is written unless it is asked to go on. What a spreadsheet
//! writes is read.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use sandbox::{Fault, FaultKind, Sandbox, When};
use serde_json::Value;
use std::path::{Path, PathBuf};
use support::{Ran, on};

/// Stands in each value of the files, and in no message.
const VALUE: &str = "Confidential";

fn file(folder: &Path, name: &str, text: &[u8]) -> PathBuf {
    let path = folder.join(name);
    std::fs::write(&path, text).unwrap();
    path
}

fn import(sandbox: &Sandbox, file: &Path, more: &[&str]) -> Ran {
    let mut arguments = vec!["import", file.to_str().unwrap()];
    arguments.extend(more);
    on(sandbox, "truto", &arguments)
}

#[test]
fn what_is_wrong_is_said_with_its_line_and_nothing_is_written() {
    let sandbox = Sandbox::start().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let long = format!(
        "First name,E-mail\n{VALUE},a@example.org\n{},b@example.org\n",
        "x".repeat(2 << 20)
    );
    let files: [(&str, String, &str); 6] = [
        (
            "ragged.csv",
            format!("First name,E-mail\n{VALUE},a@example.org\n{VALUE}\n"),
            ":3",
        ),
        (
            "formula.csv",
            format!("First name,E-mail\n{VALUE},a@example.org\n=CMD(),b@example.org\n"),
            ":3",
        ),
        (
            "twice.csv",
            format!(
                "First name,E-mail\n{VALUE},a@example.org\nAda,b@example.org\n{VALUE},A@example.org\n"
            ),
            ":4",
        ),
        ("long.csv", long, ":3"),
        (
            "quote.csv",
            format!("First name,E-mail\n{VALUE},a@example.org\n\"{VALUE},b@example.org\n"),
            ":3",
        ),
        ("unknown.csv", format!("Foo,Bar\n{VALUE},1\n"), ":1"),
    ];
    for (name, text, line) in files {
        let path = file(folder.path(), name, text.as_bytes());
        let ran = import(&sandbox, &path, &[]);
        assert!(
            [3, 7].contains(&ran.code),
            "{name}: {} {}",
            ran.code,
            ran.error
        );
        assert!(
            ran.error.contains(name) && ran.error.contains(line),
            "{name}: {}",
            ran.error
        );
        assert!(
            !ran.error.contains(VALUE) && !ran.out.contains(VALUE),
            "{name}: {}",
            ran.error
        );
        assert!(
            ran.error.lines().all(|line| line.chars().count() < 400),
            "{name}"
        );
    }
    assert_eq!(sandbox.requests(), 0);
    let left: Vec<_> = std::fs::read_dir(folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    assert!(
        left.iter().all(|name| Path::new(name)
            .extension()
            .is_some_and(|ending| ending == "csv")),
        "{left:?}"
    );
}

/// The message says that the limit can be raised.
#[test]
fn the_limit_of_a_record_can_be_raised() {
    let sandbox = Sandbox::start().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let text = format!("First name,E-mail\n{},a@example.org\n", "x".repeat(2 << 20));
    let path = file(folder.path(), "long.csv", text.as_bytes());
    let refused = import(&sandbox, &path, &["--check"]);
    assert_eq!(refused.code, 3);
    assert!(refused.out.contains("raise the limit"), "{}", refused.out);
    let raised = import(
        &sandbox,
        &path,
        &["--check", "--max-record-bytes", "4000000"],
    );
    assert_eq!(raised.code, 0, "{} {}", raised.out, raised.error);
}

#[test]
fn what_spreadsheets_write_is_read() {
    let sandbox = Sandbox::start().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let text = "First name;E-mail\r\nZoë;zoe@example.org\r\n李;li@example.org\r\n";
    let utf_16: Vec<u8> = [0xff, 0xfe]
        .into_iter()
        .chain(text.encode_utf16().flat_map(u16::to_le_bytes))
        .collect();
    let with_mark: Vec<u8> = [0xef, 0xbb, 0xbf].into_iter().chain(text.bytes()).collect();
    for (name, bytes) in [("utf16.csv", utf_16), ("mark.csv", with_mark)] {
        sandbox.clear().unwrap();
        let ran = import(&sandbox, &file(folder.path(), name, &bytes), &[]);
        assert_eq!(ran.code, 0, "{name}: {}", ran.error);
        let records = sandbox.records("truto", "contacts", Some(Sandbox::ACCOUNT));
        let mut names: Vec<&str> = records
            .iter()
            .map(|record| record["first_name"].as_str().unwrap())
            .collect();
        names.sort_unstable();
        assert_eq!(names, ["Zoë", "李"]);
    }
}

#[test]
fn it_goes_on_with_the_rest_when_asked_to() {
    let sandbox = Sandbox::start().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = file(
        folder.path(),
        "people.csv",
        b"First name,E-mail\nAda,a@example.org\n=CMD(),b@example.org\nGrace,c@example.org\n",
    );
    let report = folder.path().join("report.json");
    let ran = import(
        &sandbox,
        &path,
        &["--keep-going", "--report", report.to_str().unwrap()],
    );
    assert_eq!(ran.code, 8, "{}", ran.error);
    assert_eq!(sandbox.commits(), 2);
    let report: Value = serde_json::from_str(&support::text(&report)).unwrap();
    assert_eq!(
        (&report["created"], &report["refused"]),
        (&2.into(), &1.into())
    );
    assert_eq!(report["refusals"][0]["line"], 3);
}

#[test]
fn a_check_writes_nothing_and_says_what_would_be_lost() {
    let sandbox = Sandbox::start().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = file(
        folder.path(),
        "people.csv",
        b"First name,E-mail,Company\nAda,a@example.org,Engines\n",
    );
    let ran = import(&sandbox, &path, &["--check"]);
    assert_eq!(ran.code, 3);
    assert!(ran.out.contains("1 \u{d7} /company"), "{}", ran.out);
    assert_eq!(
        import(&sandbox, &path, &["--check", "--accept-loss"]).code,
        0
    );
    assert_eq!(sandbox.requests(), 0);
    assert!(!folder.path().join("people.csv.journal").exists());
}

#[test]
fn a_mapping_is_written_edited_and_used() {
    let sandbox = Sandbox::start().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = file(
        folder.path(),
        "people.csv",
        b"Who,Mail address\nAda,a@example.org\n",
    );
    let mapping = folder.path().join("people.toml");
    let name = mapping.to_str().unwrap();
    let written = import(&sandbox, &path, &["--save-mapping", name]);
    assert_eq!(written.code, 0, "{}", written.error);
    let guessed = support::text(&mapping);
    assert!(guessed.contains("Who"), "{guessed}");
    // A person says what the column is that was not known.
    let edited: String = guessed
        .split_inclusive('\n')
        .map(|line| {
            if line.contains("Who") {
                "\"Who\" = \"first_name\"\n"
            } else {
                line
            }
        })
        .collect();
    std::fs::write(&mapping, edited).unwrap();
    let ran = import(&sandbox, &path, &["--mapping", name]);
    assert_eq!(ran.code, 0, "{} {}", ran.error, support::text(&mapping));
    assert_eq!(
        sandbox.records("truto", "contacts", Some(Sandbox::ACCOUNT))[0]["first_name"],
        "Ada"
    );
}

/// What became of a write is not known where the API has no key by which it could be sent again.
#[test]
fn an_unknown_outcome_has_a_code_of_its_own() {
    let sandbox = Sandbox::start().unwrap();
    let lost = Fault::new(FaultKind::Drop { after_commit: true })
        .on("contacts_create")
        .when(When::Next(1));
    sandbox.fault(lost).unwrap();
    let ran = on(
        &sandbox,
        "thelinks",
        &["create", "first_name=Ada", "email=a@example.org"],
    );
    assert_eq!(ran.code, 6, "{}", ran.error);
    assert!(
        ran.error
            .contains("hint: look whether the contact was changed"),
        "{}",
        ran.error
    );
    assert_eq!(sandbox.commits(), 1);
}
