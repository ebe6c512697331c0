//! Each example runs without credentials, and prints what it says it shows.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::io::Read;
use std::process::{Command, Stdio};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

/// How long an example may take. Nearly all of that is for building it, and for other builds that are waited for.
const LIMIT: Duration = Duration::from_mins(10);

/// What an example prints.
fn printed(example: &str) -> String {
    let mut command = Command::new(env!("CARGO"));
    command
        .args([
            "run",
            "--quiet",
            "--package",
            "unified-contacts",
            "--example",
            example,
        ])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    for prefix in ["TRUTO", "THELINKS", "CONTACT_UPDATE"] {
        for name in ["TOKEN", "ACCOUNT", "BASE_URL"] {
            command.env_remove(format!("{prefix}_{name}"));
        }
    }
    let mut child = command.spawn().unwrap();
    let output = read(child.stdout.take().unwrap());
    let errors = read(child.stderr.take().unwrap());
    let start = Instant::now();
    let status = loop {
        if let Some(status) = child.try_wait().unwrap() {
            break status;
        }
        let is_late = start.elapsed() > LIMIT;
        if is_late {
            child.kill().unwrap();
        }
        assert!(!is_late, "{example} did not end in time");
        thread::sleep(Duration::from_millis(50));
    };
    assert!(status.success(), "{}", errors.join().unwrap());
    output.join().unwrap()
}

/// Reads all of a pipe, in a thread of its own so that a full pipe keeps nobody waiting.
fn read(mut pipe: impl Read + Send + 'static) -> JoinHandle<String> {
    thread::spawn(move || {
        let mut text = String::new();
        pipe.read_to_string(&mut text).unwrap();
        text
    })
}

#[test]
fn read_any_provider() {
    let printed = printed("read_any_provider");
    let providers: Vec<&str> = printed
        .lines()
        .filter(|line| !line.starts_with(' '))
        .collect();
    assert_eq!(
        providers,
        ["truto", "truto-leads", "thelinks", "contact-update"]
    );
    assert_eq!(
        printed.matches("zoe@example.org work").count(),
        2,
        "{printed}"
    );
    assert_eq!(printed.matches("محمد العربي").count(), 2, "{printed}");
    assert!(
        printed.contains("contact-update: cannot list contacts"),
        "{printed}"
    );
}

#[test]
fn sync_between_apis() {
    assert_eq!(
        printed("sync_between_apis"),
        "created: 2\n\
         refused: 1\n  thelinks: cannot create a contact: the API requires `emails`, set them\n\
         lost:\n  \
         1 × /emails/0/kind: the target has no such field\n  \
         1 × /emails/1: the target has room for fewer entries\n  \
         1 × /tags: the target has no such field\n\
         2 contacts are in the target\n"
    );
}

#[test]
fn validate_draft() {
    let printed = printed("validate_draft");
    assert!(
        printed.ends_with("24 integrations document what a new contact needs\n"),
        "{printed}"
    );
    let close = printed
        .lines()
        .find(|line| line.starts_with("Close"))
        .unwrap();
    assert!(close.contains("account"), "{close}");
    assert_eq!(printed.matches("(nothing is documented)").count(), 2);
}

#[test]
fn client_and_facade() {
    let printed = printed("client_and_facade");
    for line in [
        "client: Ada (truto.contact)",
        "facade: Ada (truto.contact)",
        "remote_data: true",
        "would send: PATCH /unified/crm/contacts/00000001?etag=v1&integrated_account_id=acc",
        "  authorization: (a secret)",
        r#"  {"last_name":"Lovelace","title":null}"#,
        "second write: Some(409)",
    ] {
        assert!(
            printed.lines().any(|printed| printed == line),
            "{line}: {printed}"
        );
    }
}
