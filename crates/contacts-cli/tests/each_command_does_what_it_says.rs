//! Reading, creating, changing, deleting, exporting and comparing contacts, from the command line.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use sandbox::{Account, Sandbox};
use serde_json::{Value, json};
use support::{on, run, store};

fn created(sandbox: &Sandbox) -> String {
    let ran = on(
        sandbox,
        "truto",
        &[
            "create",
            "first_name=Ada",
            "last_name=Lovelace",
            "email.work=ada@example.org",
            "phone=+441",
            "tag=vip",
            "tag=lead",
            "company.id=a1",
            "address.city=London",
            "custom.score=7",
            "--format",
            "json",
        ],
    );
    assert_eq!(ran.code, 0, "{}", ran.error);
    let made: Value = serde_json::from_str(&ran.out).unwrap();
    made[0]["id"].as_str().unwrap().to_owned()
}

#[test]
fn a_contact_goes_through_its_life() {
    let sandbox = Sandbox::start().unwrap();
    let id = created(&sandbox);
    let got = on(&sandbox, "truto", &["get", &id, "--format", "jsonl"]);
    let contact: Value = serde_json::from_str(&got.out).unwrap();
    assert_eq!(
        contact["emails"],
        json!([{ "address": "ada@example.org", "kind": "work" }])
    );
    assert_eq!(contact["custom_fields"], json!({ "score": 7 }));
    assert_eq!(contact["addresses"], json!([{ "city": "London" }]));
    let shown = on(&sandbox, "truto", &["get", &id]);
    let line = shown
        .out
        .lines()
        .find(|line| line.starts_with("first_name "))
        .unwrap();
    assert!(line.ends_with("  Ada"), "{line}");

    let changes = [
        "title=Countess",
        "first_name=",
        "+tag=new",
        "-tag=lead",
        "custom.score=",
        "+email=a@example.net",
    ];
    let mut arguments = vec!["update", &id, "--format", "json"];
    arguments.extend(changes);
    let ran = on(&sandbox, "truto", &arguments);
    assert_eq!(ran.code, 0, "{}", ran.error);
    let after: Value = serde_json::from_str(&ran.out).unwrap();
    let names: Vec<&str> = after[0]["tags"]
        .as_array()
        .unwrap()
        .iter()
        .map(|tag| tag["name"].as_str().unwrap())
        .collect();
    assert_eq!(names, ["vip", "new"]);
    assert_eq!(after[0]["title"], "Countess");
    assert_eq!(after[0].get("first_name"), None);
    assert_eq!(after[0]["emails"].as_array().unwrap().len(), 2);

    let deleted = on(&sandbox, "truto", &["delete", &id, "--yes"]);
    assert_eq!((deleted.code, deleted.error.as_str()), (0, "1 deleted\n"));
    let gone = on(&sandbox, "truto", &["get", &id]);
    assert_eq!(gone.code, 4, "{}", gone.error);
}

/// TheLinks takes a contact as a whole and has no way to get one: the command finds what an update has to carry.
#[test]
fn an_update_carries_what_the_api_needs() {
    let sandbox = Sandbox::start().unwrap();
    let record = json!({ "first_name": "Ada", "last_name": "Lovelace", "email": "ada@example.org", "phone": "1" });
    let id = sandbox.put("thelinks", "contacts", None, record).unwrap();
    let ran = on(&sandbox, "thelinks", &["update", &id, "title=Countess"]);
    assert_eq!(ran.code, 0, "{}", ran.error);
    let kept = &sandbox.records("thelinks", "contacts", None)[0];
    assert_eq!(
        (&kept["position"], &kept["first_name"], &kept["phone"]),
        (&json!("Countess"), &json!("Ada"), &json!("1"))
    );
    let unknown = on(
        &sandbox,
        "thelinks",
        &["update", "nobody", "title=Countess"],
    );
    assert_eq!(unknown.code, 4, "{}", unknown.error);
}

#[test]
fn a_list_is_printed_in_the_form_that_is_asked_for() {
    let sandbox = Sandbox::builder().seed(4).start().unwrap();
    sandbox
        .seed("truto", "contacts", Some(Sandbox::ACCOUNT), 250)
        .unwrap();
    let lines = on(&sandbox, "truto", &["list", "--format", "jsonl"]);
    assert_eq!(lines.out.lines().count(), 250);
    assert!(
        lines
            .out
            .lines()
            .all(|line| serde_json::from_str::<Value>(line).is_ok())
    );
    assert_eq!(lines.error, "250 contacts\n");
    let array: Vec<Value> =
        serde_json::from_str(&on(&sandbox, "truto", &["list", "--format", "json"]).out).unwrap();
    assert_eq!(array.len(), 250);
    let csv = on(
        &sandbox,
        "truto",
        &["list", "--format", "csv", "--limit", "7", "--quiet"],
    );
    assert_eq!(csv.error, "");
    assert_eq!(csv.out.split_terminator("\r\n").count(), 8);
    let empty = on(&sandbox, "truto-leads", &["list", "--format", "json"]);
    assert_eq!((empty.code, empty.out.as_str()), (0, "[]\n"));
    let recent = on(
        &sandbox,
        "truto",
        &[
            "list",
            "--created-after",
            "2023-01-01T00:00:00Z",
            "--format",
            "jsonl",
        ],
    );
    let recent = recent.out.lines().count();
    assert!((1..250).contains(&recent), "{recent}");
}

#[test]
fn an_export_is_whole_or_not_there() {
    let sandbox = Sandbox::start().unwrap();
    sandbox
        .seed("truto", "contacts", Some(Sandbox::ACCOUNT), 30)
        .unwrap();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("people.jsonl");
    let name = file.to_str().unwrap();
    assert_eq!(on(&sandbox, "truto", &["export", name]).code, 0);
    assert_eq!(support::text(&file).lines().count(), 30);
    let again = on(&sandbox, "truto", &["export", name]);
    assert_eq!(again.code, 2);
    assert!(again.error.contains("--overwrite"), "{}", again.error);
    let endless = sandbox::Fault::new(sandbox::FaultKind::MalformedJson);
    sandbox.fault(endless).unwrap();
    let other = folder.path().join("other.csv");
    assert_eq!(
        on(&sandbox, "truto", &["export", other.to_str().unwrap()]).code,
        5
    );
    let names: Vec<_> = std::fs::read_dir(folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    assert_eq!(names, ["people.jsonl"]);
}

#[test]
fn a_difference_is_told() {
    let sandbox = Sandbox::start().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let put = |first: &str, email: &str, title: &str| {
        let record =
            json!({ "first_name": first, "title": title, "email_addresses": [{ "email": email }] });
        sandbox
            .put("truto", "contacts", Some(Sandbox::ACCOUNT), record)
            .unwrap()
    };
    let ada = put("Ada", "ada@example.org", "Countess");
    put("Grace", "grace@example.org", "Admiral");
    let file = folder.path().join("before.jsonl");
    let name = file.to_str().unwrap();
    assert_eq!(on(&sandbox, "truto", &["export", name]).code, 0);
    let truto = store(&sandbox, "truto");
    let same = run(&["diff", name, &truto]);
    assert_eq!((same.code, same.out.as_str()), (0, ""), "{}", same.error);
    on(&sandbox, "truto", &["update", &ada, "title=Programmer"]);
    put("Alan", "alan@example.org", "Fellow");
    let different = run(&["diff", name, &truto]);
    assert_eq!(different.code, 1);
    assert_eq!(
        different.out,
        "~ Ada <ada@example.org>\n    title: Countess → Programmer\n+ Alan <alan@example.org>\n"
    );
}

#[test]
fn a_dry_run_sends_nothing() {
    let sandbox = Sandbox::start().unwrap();
    let ran = on(
        &sandbox,
        "truto",
        &["create", "first_name=Ada", "--dry-run"],
    );
    assert_eq!(ran.code, 0);
    assert!(ran.out.starts_with("POST http://127.0.0.1:"), "{}", ran.out);
    assert!(
        ran.out.contains("authorization: (not shown)")
            && ran.out.contains("\"first_name\": \"Ada\""),
        "{}",
        ran.out
    );
    let ran = on(&sandbox, "truto", &["delete", "7", "--dry-run"]);
    assert!(ran.out.starts_with("DELETE "), "{}", ran.out);
    assert_eq!(sandbox.requests(), 0);
}

#[test]
fn an_integration_is_shown_and_asked() {
    let shown = run(&["integrations", "close"]);
    assert_eq!(shown.code, 0);
    assert!(
        shown
            .out
            .contains("create: supported\n  requires: account, first_name"),
        "{}",
        shown.out
    );
    let all = run(&["integrations", "--quiet"]);
    assert_eq!(all.out.lines().count(), 28, "{}", all.out);
    let near = run(&["integrations", "hubspott"]);
    assert_eq!(near.code, 2);
    assert!(
        near.error.contains("did you mean `HubSpot`?"),
        "{}",
        near.error
    );
    let sandbox = Sandbox::builder()
        .account(Sandbox::ACCOUNT, Account::of("Close"))
        .start()
        .unwrap();
    let refused = on(
        &sandbox,
        "truto",
        &["create", "first_name=Ada", "--integration", "Close"],
    );
    assert_eq!(refused.code, 3, "{}", refused.error);
    assert!(
        refused
            .error
            .contains("`company` (`account`) is required by Close"),
        "{}",
        refused.error
    );
    assert_eq!(sandbox.requests(), 0);
}

#[test]
fn a_doctor_says_what_is_wrong() {
    let sandbox = Sandbox::builder()
        .credential("known")
        .quotas()
        .start()
        .unwrap();
    let store = store(&sandbox, "truto");
    let bad = run(&["doctor", "--store", &store]);
    assert_eq!(bad.code, 5, "{}", bad.out);
    assert!(bad.out.contains("failed   credential"), "{}", bad.out);
    let good = support::ran(
        support::command(&["doctor", "--store", &store])
            .env("TRUTO_TOKEN", "known")
            .output()
            .unwrap(),
    );
    assert_eq!(good.code, 0, "{}", good.out);
    for line in [
        "ok       settings",
        "ok       reading",
        "ok       clock",
        "ok       quota",
    ] {
        assert!(good.out.contains(line), "{}", good.out);
    }
    assert!(
        good.out.contains("requests left of 50;w=10"),
        "{}",
        good.out
    );
    assert_eq!(sandbox.commits(), 0);
    let url = sandbox.url("contact-update");
    let reachable = run(&["doctor", "--store", &format!("contact-update+{url}")]);
    assert_eq!(reachable.code, 0, "{}", reachable.out);
    drop(sandbox);
    let nobody = run(&["doctor", "--store", &format!("contact-update+{url}")]);
    assert_eq!(nobody.code, 5, "{}", nobody.out);
    assert_eq!(run(&["doctor", "--store", "thelinks"]).code, 7);
}

#[test]
fn the_demonstration_needs_nothing() {
    let ran = run(&["demo"]);
    assert_eq!(ran.code, 0, "{}", ran.error);
    assert!(
        ran.out.contains("Writes that reached the server: "),
        "{}",
        ran.out
    );
    assert!(ran.out.contains("(ends with exit code 3)"), "{}", ran.out);
    assert!(ran.out.lines().count() > 30);
}

#[test]
fn what_cannot_be_sent_is_refused_before() {
    let sandbox = Sandbox::start().unwrap();
    for (arguments, code) in [
        (vec!["get", ".."], 3),
        (vec!["get", ""], 3),
        (vec!["update", "..", "title=x"], 3),
        (vec!["update", "7", "frist_name=x"], 2),
        (vec!["create", "priority=high"], 2),
        (vec!["list", "--created-after", "yesterday"], 2),
        (vec!["delete", "7"], 2),
        (vec!["create", "language=en"], 3),
    ] {
        let ran = on(&sandbox, "truto", &arguments);
        assert_eq!(ran.code, code, "{arguments:?}: {}", ran.error);
        assert!(ran.error.starts_with("error: "), "{}", ran.error);
    }
    let near = on(&sandbox, "truto", &["update", "7", "frist_name=x"]);
    assert!(
        near.error.contains("did you mean `first_name`?"),
        "{}",
        near.error
    );
    assert_eq!(sandbox.requests(), 0);
}
