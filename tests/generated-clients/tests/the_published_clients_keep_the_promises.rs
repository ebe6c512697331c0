//! The promises, shown over the three clients that the project publishes.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use std::collections::BTreeMap;

use client_runtime::{ErrorKind, FactPart, Json, Nullable};
use generated_clients::{FaultServer, answering, body};

const ACCOUNT: &str = "6f1c3a52-0d6e-4a53-9a37-2f3f7d3c9b10";

fn truto(server: &FaultServer) -> truto_client::Client {
    let builder = truto_client::Client::builder().base_url(server.url());
    builder.bearer_token("t0ken").build().unwrap()
}

fn thelinks(server: &FaultServer) -> thelinks_client::Client {
    let builder = thelinks_client::Client::builder().base_url(server.url());
    builder.bearer_token("t0ken").build().unwrap()
}

fn contact_update(server: &FaultServer) -> contact_update_client::Client {
    let builder = contact_update_client::Client::builder().base_url(server.url());
    builder.api_key("k3y").build().unwrap()
}

#[tokio::test]
async fn truto_queries_are_encoded_as_documented() {
    let server = answering(200, r#"{"result":[]}"#).unwrap();
    let remote = Json::from(serde_json::json!({"b": ["c"]}));
    truto(&server)
        .contacts_list()
        .integrated_account_id(ACCOUNT)
        .truto_exclude_fields(["id", "name"])
        .remote_query(BTreeMap::from([("a".to_owned(), remote)]))
        .limit(5)
        .send()
        .await
        .unwrap();
    let request = &server.requests()[0];
    assert_eq!(request.path(), "/unified/crm/contacts");
    let mut pairs: Vec<&str> = request.query().split('&').collect();
    pairs.sort_unstable();
    assert_eq!(
        pairs,
        [
            &format!("integrated_account_id={ACCOUNT}"),
            "limit=5",
            "remote_query%5Ba%5D%5Bb%5D%5B%5D=c",
            "truto_exclude_fields%5B%5D=id",
            "truto_exclude_fields%5B%5D=name",
        ]
    );
    assert_eq!(request.header("authorization"), Some("Bearer t0ken"));
    assert_eq!(request.header("api-version"), None);
}

#[tokio::test]
async fn truto_updates_have_three_states_and_empty_lists() {
    let server = answering(200, r#"{"id":"1","brand_new":{"x":1}}"#).unwrap();
    let update = truto_client::types::ContactsUpdateRequest::new()
        .with_first_name("Ann")
        .with_last_name(Nullable::Null)
        .with_tags(Vec::new());
    let contact = truto(&server)
        .contacts_update()
        .id("a/b")
        .integrated_account_id(ACCOUNT)
        .body(update)
        .send()
        .await
        .unwrap();
    let request = &server.requests()[0];
    assert_eq!(
        (request.method(), request.path()),
        ("PATCH", "/unified/crm/contacts/a%2Fb")
    );
    assert_eq!(
        body(request),
        r#"{"first_name":"Ann","last_name":null,"tags":[]}"#
    );
    assert_eq!(contact.extra.get("brand_new").unwrap().get(), r#"{"x":1}"#);
}

#[tokio::test]
async fn truto_errors_have_their_documented_types() {
    use truto_client::types::ContactsGetError;
    let text =
        r#"{"statusCode":404,"error":"Not Found","message":"m","truto_is_remote_error":true}"#;
    let server = answering(404, text).unwrap();
    let client = truto(&server);
    let get = client.contacts_get().id("1").integrated_account_id(ACCOUNT);
    let error = get.send().await.unwrap_err();
    assert!(error.is_not_found());
    let Some(ContactsGetError::Status404(documented)) = error.documented() else {
        panic!("expected 404");
    };
    assert_eq!(documented.message.as_deref(), Some("m"));
}

#[tokio::test]
async fn thelinks_writes_and_lists() {
    let server = answering(200, r#"{"data":{"email":"a@b.example","novel":true}}"#).unwrap();
    let input =
        thelinks_client::types::ContactInput::new("a@b.example", "Ann").with_city(Nullable::Null);
    let envelope = thelinks(&server)
        .contacts_create()
        .body(input)
        .send()
        .await
        .unwrap();
    let request = &server.requests()[0];
    assert_eq!(
        (request.method(), request.path()),
        ("POST", "/unified/contact")
    );
    let sent: serde_json::Value = serde_json::from_str(&body(request)).unwrap();
    assert_eq!(sent["email"], "a@b.example");
    assert_eq!(sent["city"], serde_json::Value::Null);
    let contact = envelope.data.as_ref().unwrap();
    assert_eq!(contact.extra.get("novel").unwrap().get(), "true");
}

#[test]
fn no_client_talks_to_a_host_that_its_caller_did_not_choose() {
    assert!(
        thelinks_client::Client::builder()
            .bearer_token("t")
            .build()
            .is_err()
    );
    assert!(
        contact_update_client::Client::builder()
            .api_key("k")
            .build()
            .is_err()
    );
    assert!(
        truto_client::Client::builder()
            .bearer_token("t")
            .build()
            .is_ok()
    );
}

#[tokio::test]
async fn the_contact_update_client_authenticates_with_its_key() {
    let server = answering(200, "{}").unwrap();
    let update =
        contact_update_client::types::ContactsUpdateRequest::new().with_email("a@b.example");
    contact_update(&server)
        .contacts_update()
        .id("7")
        .body(update)
        .send()
        .await
        .unwrap();
    let request = &server.requests()[0];
    assert_eq!((request.method(), request.path()), ("PUT", "/7"));
    assert_eq!(request.header("x-api-key"), Some("k3y"));
    assert_eq!(body(request), r#"{"email":"a@b.example"}"#);
}

#[tokio::test]
async fn the_contact_update_client_tells_its_errors_apart() {
    use contact_update_client::types::{ContactsUpdateError, ContactsUpdateRequest};
    let refused = async |status, text| {
        let server = answering(status, text).unwrap();
        let client = contact_update(&server);
        let update = client.contacts_update().id("7");
        update.body(ContactsUpdateRequest::new()).send().await
    };
    let text = r#"{"message":"m","code":"c","novel":1}"#;
    let error = refused(401, text).await.unwrap_err();
    let Some(ContactsUpdateError::Status401(unauthorised)) = error.documented() else {
        panic!("expected 401");
    };
    assert_eq!(unauthorised.get("novel").unwrap().get(), "1");
    let error = refused(404, text).await.unwrap_err();
    let Some(ContactsUpdateError::Status404(missing)) = error.documented() else {
        panic!("expected 404");
    };
    assert_eq!(missing.get("novel").unwrap().get(), "1");
    for status in [422, 429] {
        let error = refused(status, "").await.unwrap_err();
        assert!(error.documented().is_some(), "{status}");
    }
    let error = refused(418, "teapot").await.unwrap_err();
    assert_eq!(
        (error.kind(), error.raw()),
        (ErrorKind::Undocumented, Some(&b"teapot"[..]))
    );
}

#[tokio::test]
async fn nothing_that_is_printed_holds_a_value() {
    let server = answering(404, r#"{"message":"s3cret","error":"s3cret"}"#).unwrap();
    let mut printed = Vec::new();

    let update = truto_client::types::ContactsUpdateRequest::new().with_first_name("s3cret");
    printed.push(format!("{update:?}"));
    let client = truto(&server);
    let call = client.contacts_update().id("s3cret").body(update);
    let call = call.integrated_account_id("s3cret");
    printed.push(format!("{client:?} {call:?}"));
    let error = call.send().await.unwrap_err();
    printed.push(format!("{error} {error:?} {:?}", error.documented()));

    let input = thelinks_client::types::ContactInput::new("s3cret", "s3cret");
    printed.push(format!("{input:?}"));
    let client = thelinks(&server);
    let call = client
        .contacts_update()
        .unified_contact_id("s3cret")
        .body(input);
    printed.push(format!("{client:?} {call:?}"));
    let error = call.send().await.unwrap_err();
    printed.push(format!("{error} {error:?}"));

    let update = contact_update_client::types::ContactsUpdateRequest::new().with_email("s3cret");
    printed.push(format!("{update:?}"));
    let client = contact_update(&server);
    let call = client.contacts_update().id("s3cret").body(update);
    printed.push(format!("{client:?} {call:?}"));
    let error = call.send().await.unwrap_err();
    printed.push(format!("{error} {error:?} {:?}", error.documented()));

    assert_eq!(server.requests().len(), 3);
    for text in printed {
        for value in ["s3cret", "t0ken", "k3y"] {
            assert!(!text.contains(value), "{text}");
        }
    }
}

#[tokio::test]
async fn ids_that_leave_their_segment_are_refused_by_all() {
    let server = answering(200, "{}").unwrap();
    for id in ["..", ".", "", "%2e%2e"] {
        let client = truto(&server);
        let error = client
            .contacts_get()
            .id(id)
            .integrated_account_id(ACCOUNT)
            .send()
            .await;
        assert_eq!(error.unwrap_err().kind(), ErrorKind::InvalidRequest);
        let update = contact_update_client::types::ContactsUpdateRequest::new();
        let error = contact_update(&server)
            .contacts_update()
            .id(id)
            .body(update)
            .send()
            .await;
        assert_eq!(error.unwrap_err().kind(), ErrorKind::InvalidRequest);
    }
    assert!(server.requests().is_empty());
}

#[test]
fn the_matrix_of_truto_is_sorted_and_found() {
    use truto_client::integrations::MATRIX;
    assert!(MATRIX.facts().is_sorted());
    for fact in MATRIX.facts() {
        let found = MATRIX.lookup(fact.operation, fact.part, fact.field, fact.integration);
        assert_eq!(found, Some(fact));
    }
    let names = MATRIX.field("contacts_create", FactPart::Request, "first_name");
    assert!(names.iter().any(|fact| fact.integration == "HubSpot"));
}
