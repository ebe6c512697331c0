//! Forms, bytes and text as bodies, and any JSON inside one.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use client_runtime::Bytes;
use generated_clients::{Behaviour, FaultServer, Reply, answering, body, parcels};
use parcels_client::types::{Kind, NewParcel, Party, SearchRequest};

#[tokio::test]
async fn a_form_is_sent_as_pairs() {
    let server = answering(200, r#""nothing""#).unwrap();
    let search = SearchRequest::new("a & b").with_limit(3);
    parcels(&server)
        .unwrap()
        .search()
        .body(search)
        .send()
        .await
        .unwrap();
    let request = &server.requests()[0];
    assert_eq!(
        request.header("content-type"),
        Some("application/x-www-form-urlencoded")
    );
    assert_eq!(body(request), "limit=3&text=a%20%26%20b");
}

#[tokio::test]
async fn bytes_are_sent_and_received_as_they_are() {
    let reply = Reply::new(200)
        .header("content-type", "application/pdf")
        .body(vec![0, 159, 255]);
    let server = FaultServer::start(Behaviour::answer(reply)).unwrap();
    let client = parcels(&server).unwrap();
    let label = client
        .label_get()
        .id("p")
        .send()
        .await
        .unwrap()
        .into_inner();
    assert_eq!(label, Bytes::from_static(&[0, 159, 255]));

    let server = FaultServer::start(Behaviour::answer(Reply::new(200).body("stored"))).unwrap();
    let client = parcels(&server).unwrap();
    let stored = client
        .label_put()
        .id("p")
        .body(label.clone())
        .send()
        .await
        .unwrap();
    assert_eq!(*stored, "stored");
    let request = &server.requests()[0];
    assert_eq!(
        (request.body(), request.header("content-type")),
        (&label[..], Some("application/pdf"))
    );
}

#[tokio::test]
async fn any_json_is_sent_as_it_is_given() {
    let server = answering(204, "").unwrap();
    let parcel = NewParcel::new(Kind::Letter, Party::new("Ann"))
        .with_payload(serde_json::json!({"b": [null, {"a": 1}]}))
        .with_party(Party::new("Bob"));
    parcels(&server)
        .unwrap()
        .parcels_create()
        .body(parcel)
        .send()
        .await
        .unwrap();
    assert_eq!(
        body(&server.requests()[0]),
        r#"{"kind":"letter","party":{"name":"Bob"},"payload":{"b":[null,{"a":1}]},"sender":{"name":"Ann"}}"#
    );
}
