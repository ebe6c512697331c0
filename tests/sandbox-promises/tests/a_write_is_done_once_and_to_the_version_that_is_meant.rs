//! A write that is sent again under its idempotency key is answered as before; one that names a version which is gone
//! is refused.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use sandbox::Sandbox;
use sandbox_promises::{Caller, TRUTO, send};
use serde_json::json;

#[test]
fn the_same_key_is_answered_as_before() {
    let sandbox = Sandbox::start().unwrap();
    let caller = Caller::new(&sandbox, "truto");
    let create = |key: &str| {
        send(
            caller
                .in_account("POST", TRUTO)
                .header("idempotency-key", key)
                .json(&json!({ "name": "Ada" })),
        )
    };
    let first = create("k1");
    assert_eq!(create("k1"), first);
    assert_eq!(sandbox.commits(), 1);
    assert_ne!(create("k2").body["id"], first.body["id"]);
    let ledger = sandbox.ledger();
    let keys: Vec<_> = ledger
        .iter()
        .map(|commit| commit.idempotency_key.as_deref())
        .collect();
    assert_eq!(keys, [Some("k1"), Some("k2")]);
    // A key is one account's own.
    let other = caller.request("POST", TRUTO).query(&[(
        "integrated_account_id",
        "11111111-1111-4111-8111-111111111111",
    )]);
    send(
        other
            .header("idempotency-key", "k1")
            .json(&json!({ "name": "Ada" })),
    );
    assert_eq!(sandbox.commits(), 3);
}

#[test]
fn an_api_that_documents_no_key_knows_none() {
    let sandbox = Sandbox::start().unwrap();
    let caller = Caller::new(&sandbox, "thelinks");
    let body = json!({ "first_name": "Ada", "email": "ada@example.org" });
    for _ in 0..2 {
        send(
            caller
                .request("POST", "/unified/contact")
                .header("idempotency-key", "k1")
                .json(&body),
        );
    }
    assert_eq!(sandbox.records("thelinks", "contacts", None).len(), 2);
}

#[test]
fn a_version_that_is_gone_is_refused() {
    let sandbox = Sandbox::start().unwrap();
    let id = sandbox
        .put(
            "truto",
            "contacts",
            Some(Sandbox::ACCOUNT),
            json!({ "first_name": "Ada" }),
        )
        .unwrap();
    let caller = Caller::new(&sandbox, "truto");
    let path = format!("{TRUTO}/{id}");
    let etag = send(caller.in_account("GET", &path)).body["etag"]
        .as_str()
        .unwrap()
        .to_owned();
    let change = || {
        caller
            .in_account("PATCH", &path)
            .query(&[("etag", etag.as_str())])
            .json(&json!({ "title": "Countess" }))
    };
    let changed = send(change());
    assert_eq!(changed.status, 200);
    assert_ne!(changed.body["etag"], etag);
    let late = send(change());
    assert_eq!(late.status, 409);
    let late = send(
        caller
            .in_account("DELETE", &path)
            .query(&[("etag", etag.as_str())]),
    );
    assert_eq!(late.status, 409);
    let current = changed.body["etag"].as_str().unwrap();
    assert_eq!(
        send(
            caller
                .in_account("DELETE", &path)
                .query(&[("etag", current)])
        )
        .status,
        200
    );
}
