//! Each example runs without credentials, and prints what it says it shows.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::process::Command;

/// What an example prints.
fn printed(example: &str) -> String {
    let output = Command::new(env!("CARGO"))
        .args([
            "run",
            "--quiet",
            "--package",
            "unified-contacts",
            "--example",
            example,
        ])
        .env_remove("TRUTO_TOKEN")
        .output()
        .unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
    String::from_utf8(output.stdout).unwrap()
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
