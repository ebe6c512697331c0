//! A sync creates what is missing, changes what differs, leaves the rest, and goes on after a stop.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod support;

use contact_server::{ContactServer, FaultKind, FaultRate};
use contact_transfer::{Cancel, Endpoint, Report, Stopped, Sync, SyncOptions};
use serde_json::{Value, json};
use std::path::Path;
use std::time::Duration;
use support::store;

async fn sync(server: &ContactServer, from: &str, to: &str, journal: &Path) -> Report {
    let (source, target) = (
        store(&server.connection(from)),
        store(&server.connection(to)),
    );
    let side = |provider: &str| Endpoint::new(provider, Some(&server.url(provider)), None);
    let mut options = SyncOptions::default();
    options.accept_loss = true;
    options.keep_going = true;
    options.run.settle = Duration::ZERO;
    let sync = Sync::new((&*source, side(from)), (&*target, side(to)), options).unwrap();
    let checked = sync.check(&()).await.unwrap();
    sync.run(&checked, journal, &(), &Cancel::new())
        .await
        .unwrap()
}

fn counts(report: &Report) -> [u64; 4] {
    [
        report.created,
        report.updated,
        report.unchanged,
        report.refused,
    ]
}

fn person(number: usize) -> Value {
    json!({
        "first_name": format!("Ada {number}"), "last_name": "Lovelace", "title": "Countess",
        "email_addresses": [{"email": format!("ada{number}@example.org"), "type": "work"}, {"email": format!("other{number}@example.org")}],
        "phone_numbers": [{"number": "+49 30 1", "type": "phone"}],
        "tags": [{"id": "t1", "name": "vip"}],
        "account": {"id": "a7", "name": "Engines"},
    })
}

#[tokio::test]
async fn into_an_api_that_holds_less() {
    let server = ContactServer::start().unwrap();
    for number in 0..25 {
        server.put("truto", person(number));
    }
    // One is there under the same address in other letters, with what only the target knows.
    let held = server.put("thelinks", json!({"first_name": "Old", "email": "ADA3@example.org", "mobile_phone": "1", "unified_customer_id": "c9"}));
    let other = server.put(
        "thelinks",
        json!({"first_name": "Bob", "email": "bob@example.org"}),
    );
    let folder = tempfile::tempdir().unwrap();
    let journal = folder.path().join("sync.journal");

    let first = sync(&server, "truto", "thelinks", &journal).await;
    assert_eq!(counts(&first), [24, 1, 0, 0], "{first}");
    assert!(first.is_complete);
    assert_eq!(first.total, Some(25));
    assert_eq!(server.count("thelinks"), 26);
    let changed = server.stored("thelinks", &held).unwrap();
    assert_eq!(changed["first_name"], "Ada 3");
    assert_eq!(changed["unified_customer_id"], "c9");
    assert_eq!(
        server.stored("thelinks", &other).unwrap()["first_name"],
        "Bob"
    );
    let lost: Vec<&str> = first.lost.counts.keys().map(String::as_str).collect();
    assert!(
        lost.contains(&"/emails/*: the target has room for fewer entries"),
        "{lost:?}"
    );
    assert!(
        lost.contains(&"/tags: the target has no such field"),
        "{lost:?}"
    );

    let writes = server.writes_applied();
    let second = sync(&server, "truto", "thelinks", &journal).await;
    assert_eq!(counts(&second), [0, 0, 25, 0], "{second}");
    assert_eq!(
        server.writes_applied(),
        writes,
        "something was written again"
    );

    // A change of name, and a new address by which nobody would know the contact again.
    let mut changed = person(7);
    changed["id"] = json!("00000008");
    assert_eq!(
        server.stored("truto", "00000008").unwrap()["first_name"],
        "Ada 7"
    );
    changed["last_name"] = json!("King");
    changed["email_addresses"] = json!([{"email": "king@example.org"}]);
    server.put("truto", changed);
    let third = sync(&server, "truto", "thelinks", &journal).await;
    assert_eq!(counts(&third), [0, 1, 24, 0], "{third}");
    let all = server.all("thelinks");
    assert_eq!(all.len(), 26);
    assert!(all.iter().any(|contact| contact["last_name"] == "King" && contact["email"] == "king@example.org"));
}

#[tokio::test]
async fn into_an_api_that_holds_more() {
    let server = ContactServer::start().unwrap();
    for number in 0..5 {
        server.put("thelinks", json!({
            "first_name": "Ada", "email": format!("ada{number}@example.org"), "phone": "+49 30 1", "city": "London",
        }));
    }
    let held = server.put("truto", json!({
        "first_name": "Ada", "title": "Countess", "email_addresses": [{"email": "ada2@example.org", "type": "work"}],
        "phone_numbers": [{"number": "+49 30 1", "type": "phone"}], "addresses": [{"city": "London", "type": "home"}],
        "tags": [{"name": "vip"}], "account": {"id": "a1", "name": "Engines"},
    }));
    let before = server.stored("truto", &held);
    let folder = tempfile::tempdir().unwrap();
    let journal = folder.path().join("sync.journal");
    let report = sync(&server, "thelinks", "truto", &journal).await;
    assert_eq!(counts(&report), [4, 0, 1, 0], "{report}");
    assert_eq!(
        server.stored("truto", &held),
        before,
        "what was the same was touched"
    );
    let report = sync(&server, "thelinks", "truto", &journal).await;
    assert_eq!(counts(&report), [0, 0, 5, 0], "{report}");
}

#[tokio::test]
async fn after_a_lost_network() {
    for (from, to) in [("truto", "thelinks"), ("thelinks", "truto")] {
        let server = ContactServer::start().unwrap();
        for number in 0..300 {
            server.put(
                from,
                match from {
                    "truto" => person(number),
                    _ => json!({"first_name": "Ada", "email": format!("ada{number}@example.org")}),
                },
            );
        }
        let folder = tempfile::tempdir().unwrap();
        let journal = folder.path().join("sync.journal");
        let (source, target) = (
            store(&server.connection(from)),
            store(&server.connection(to)),
        );
        let side = |provider: &str| Endpoint::new(provider, Some(&server.url(provider)), None);
        let mut options = SyncOptions::default();
        options.accept_loss = true;
        options.page_size = Some(100);
        options.run.settle = Duration::ZERO;
        options.run.concurrency = 4;
        let sync = Sync::new((&*source, side(from)), (&*target, side(to)), options).unwrap();
        let checked = sync.check(&()).await.unwrap();
        server.set_fault_rate(Some(FaultRate {
            per_thousand: 200,
            kinds: vec![
                FaultKind::DropBeforeCommit,
                FaultKind::DropAfterCommit,
                FaultKind::StatusAfterCommit(500),
            ],
            seed: 5,
        }));
        let mut report = sync
            .run(&checked, &journal, &(), &Cancel::new())
            .await
            .unwrap();
        for _ in 0..50 {
            if report.is_complete {
                break;
            }
            assert!(
                matches!(report.stopped, None | Some(Stopped::Unreachable(_))),
                "{report}"
            );
            report = sync
                .run(&checked, &journal, &(), &Cancel::new())
                .await
                .unwrap();
        }
        assert!(report.is_complete, "{report}");
        assert_eq!(report.settled(), 300, "{report}");
        let found = support::addresses(&server, to);
        assert_eq!(found.len(), 300, "{from} to {to}");
        let mut once = found.clone();
        once.dedup();
        assert_eq!(once.len(), 300, "a contact is there twice");
    }
}

#[tokio::test]
async fn two_that_may_be_the_same_are_left_to_a_person() {
    let server = ContactServer::start().unwrap();
    server.put("truto", person(1));
    for name in ["One", "Two"] {
        server.put(
            "thelinks",
            json!({"first_name": name, "email": "ada1@example.org"}),
        );
    }
    let folder = tempfile::tempdir().unwrap();
    let journal = folder.path().join("sync.journal");
    let report = sync(&server, "truto", "thelinks", &journal).await;
    assert_eq!(
        (report.undecided, report.created, report.is_complete),
        (1, 0, false),
        "{report}"
    );
    assert_eq!(report.decisions[0].candidates.len(), 2);
    assert_eq!(server.count("thelinks"), 2);
}

#[tokio::test]
async fn a_store_that_cannot_be_listed_is_refused() {
    let server = ContactServer::start().unwrap();
    let (from, to) = (
        store(&server.connection("contact-update")),
        store(&server.connection("truto")),
    );
    let side = || Endpoint::new("x", None, None);
    let error = Sync::new((&*from, side()), (&*to, side()), SyncOptions::default()).unwrap_err();
    assert!(
        error
            .to_string()
            .starts_with("contact-update: cannot list contacts"),
        "{error}"
    );
    let error = Sync::new((&*to, side()), (&*from, side()), SyncOptions::default()).unwrap_err();
    assert!(
        error
            .to_string()
            .starts_with("contact-update: cannot list contacts"),
        "{error}"
    );
}
