//! The server, spoken to by the generated clients.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use contact_server::{ACCOUNT, ContactServer, Fault, FaultKind, TOKEN};
use serde_json::json;
use std::collections::BTreeMap;
use truto_client::client_runtime::{CallOptions, Nullable, RateLimiter};
use truto_client::types::{ContactsCreateRequest, ContactsUpdateRequest};

fn truto(server: &ContactServer) -> truto_client::Client {
    truto_client::Client::builder()
        .base_url(&server.url("truto"))
        .bearer_token(TOKEN)
        .integrated_account_id(ACCOUNT)
        .configure(|core| core.rate_limiter(RateLimiter::new(&[])))
        .build()
        .unwrap()
}

#[tokio::test]
async fn truto_pages_by_cursor() {
    let server = ContactServer::start().unwrap();
    for number in 0..7 {
        server.put("truto", json!({ "first_name": format!("{number}") }));
    }
    let client = truto(&server);
    let mut listing = client.contacts_list().limit(3).stream();
    let mut names = Vec::new();
    while let Some(contact) = listing.next().await {
        names.extend(contact.unwrap().first_name);
    }
    assert_eq!(names, ["0", "1", "2", "3", "4", "5", "6"]);
    assert_eq!(server.requests_seen(), 3);
}

#[tokio::test]
async fn truto_replays_what_was_written_under_a_key() {
    let server = ContactServer::start().unwrap();
    let client = truto(&server);
    let mut ids = Vec::new();
    for key in ["one", "one", "two"] {
        let call = client.contacts_create().body(ContactsCreateRequest::new());
        let options = CallOptions::new().idempotency_key(key);
        ids.extend(call.options(options).send().await.unwrap().into_inner().id);
    }
    assert!(ids[0] == ids[1] && ids[1] != ids[2]);
    assert_eq!((server.count("truto"), server.writes_applied()), (2, 2));
}

#[tokio::test]
async fn truto_knows_versions_tokens_and_accounts() {
    let server = ContactServer::start().unwrap();
    let id = server.put("truto", json!({"title": "Countess"}));
    let client = truto(&server);
    let body = ContactsUpdateRequest::new().with_title(Nullable::Null);
    let changed = client
        .contacts_update()
        .id(&id)
        .body(body.clone())
        .etag("v1")
        .send()
        .await
        .unwrap();
    assert_eq!(
        (changed.title.as_deref(), changed.etag.as_deref()),
        (None, Some("v2"))
    );
    let error = client
        .contacts_update()
        .id(&id)
        .body(body)
        .etag("v1")
        .send()
        .await
        .unwrap_err();
    assert_eq!(error.status(), Some(409));
    let error = client
        .contacts_get()
        .id(&id)
        .integrated_account_id("another")
        .send()
        .await
        .unwrap_err();
    assert_eq!(error.status(), Some(400));
    client.set_bearer_token("another").unwrap();
    let error = client.contacts_get().id(&id).send().await.unwrap_err();
    assert_eq!(error.status(), Some(401));
}

#[tokio::test]
async fn truto_chooses_by_creation_and_deletes() {
    let server = ContactServer::start().unwrap();
    let times = ["2024-01-01", "2024-02-01", "2024-03-01"].map(|day| format!("{day}T00:00:00Z"));
    let ids = times
        .each_ref()
        .map(|time| server.put("truto", json!({ "created_at": time })));
    let lead = server.put("truto-leads", json!({"title": "Countess"}));
    let client = truto(&server);
    let bounds = [("gt", &times[0]), ("lt", &times[2])];
    let bounds = bounds.map(|(operator, time)| (operator.to_owned(), time.clone()));
    let call = client.contacts_list().created_at(BTreeMap::from(bounds));
    let page = call.send().await.unwrap().into_inner();
    let listed = serde_json::to_value(&page).unwrap();
    assert_eq!(listed["result"].as_array().unwrap().len(), 1);
    assert_eq!(listed["result"][0]["id"], json!(ids[1]));
    client.contacts_delete().id(&ids[1]).send().await.unwrap();
    assert_eq!(server.count("truto"), 2);
    let error = client.contacts_get().id(&ids[1]).send().await.unwrap_err();
    assert_eq!(error.status(), Some(404));
    // A lead is not a contact, though it has the same routes.
    let gone = client.contacts_get().id(&lead).send().await;
    assert_eq!(gone.unwrap_err().status(), Some(404));
    client.leads_delete().id(&lead).send().await.unwrap();
    assert_eq!(server.count("truto-leads"), 0);
}

#[tokio::test]
async fn thelinks_pages_by_number() {
    let server = ContactServer::start().unwrap();
    for number in 0..5 {
        server.put("thelinks", json!({ "first_name": format!("{number}") }));
    }
    let client = thelinks_client::Client::builder()
        .base_url(&server.url("thelinks"))
        .bearer_token(TOKEN)
        .build()
        .unwrap();
    let page = client
        .contacts_list()
        .page(3_i64)
        .limit(2_i64)
        .send()
        .await
        .unwrap();
    assert_eq!((page.total_pages, page.total_results), (Some(3), Some(5)));
    assert_eq!(page.data.iter().flatten().count(), 1);
    let mut listing = client.contacts_list().limit(2_i64).stream();
    let mut count = 0;
    while let Some(contact) = listing.next().await {
        contact.unwrap();
        count += 1;
    }
    assert_eq!(count, 5);
}

#[tokio::test]
async fn a_fault_is_had_as_often_as_was_said() {
    let server = ContactServer::start().unwrap();
    let client = truto(&server);
    let id = server.put("truto", json!({}));
    for (kind, writes) in [
        (FaultKind::DropBeforeCommit, 1),
        (FaultKind::DropAfterCommit, 1),
        (FaultKind::Status(503), 0),
    ] {
        let before = server.writes_applied();
        server.set_fault(Some(Fault { on_next: 1, kind }));
        let call = client
            .contacts_update()
            .id(&id)
            .body(ContactsUpdateRequest::new());
        let _ = call.send().await;
        assert_eq!(server.writes_applied() - before, writes);
    }
}
