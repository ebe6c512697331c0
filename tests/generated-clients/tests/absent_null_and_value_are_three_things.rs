//! In an update a field that is left alone is not sent, one that is cleared is sent as null, and one that is set is
//! sent; and all of it comes back the same when it is decoded.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use client_runtime::Nullable;
use generated_clients::{answering, body, parcels};
use parcels_client::types::{Kind, ParcelPatch, Party};

async fn sent(patch: ParcelPatch) -> String {
    let server = answering(200, r#"{"id":"p"}"#).unwrap();
    let client = parcels(&server).unwrap();
    client
        .parcels_update()
        .id("p")
        .account(1)
        .body(patch)
        .send()
        .await
        .unwrap();
    body(&server.requests()[0])
}

#[tokio::test]
async fn nothing_set_sends_an_empty_object() {
    assert_eq!(sent(ParcelPatch::new()).await, "{}");
}

#[tokio::test]
async fn every_nullable_field_can_be_cleared() {
    let patch = ParcelPatch::new()
        .with_kind(Nullable::Null)
        .with_nick_name(Nullable::Null)
        .with_weight(Nullable::Null)
        .with_fragile(Nullable::Null)
        .with_notes(Nullable::Null)
        .with_labels(Nullable::Null)
        .with_sender(Nullable::Null);
    assert_eq!(
        sent(patch).await,
        r#"{"fragile":null,"kind":null,"labels":null,"nick-name":null,"notes":null,"sender":null,"weight":null}"#
    );
}

#[tokio::test]
async fn every_field_can_be_set() {
    let patch = ParcelPatch::new()
        .with_kind(Kind::Pallet)
        .with_nick_name("Nick")
        .with_weight(1.5)
        .with_fragile(false)
        .with_notes(["a", "b"])
        .with_sender(Party::new("Ann"))
        .with_depth(0);
    assert_eq!(
        sent(patch).await,
        r#"{"depth":0,"fragile":false,"kind":"pallet","nick-name":"Nick","notes":["a","b"],"sender":{"name":"Ann"},"weight":1.5}"#
    );
}

#[tokio::test]
async fn a_list_that_was_set_to_empty_is_sent_as_empty() {
    let patch = ParcelPatch::new()
        .with_notes(Vec::new())
        .with_stamps(Vec::<i64>::new());
    assert_eq!(sent(patch).await, r#"{"notes":[],"stamps":[]}"#);
}

#[tokio::test]
async fn a_struct_literal_works_too() {
    let patch = ParcelPatch {
        nick_name: Some(Nullable::Null),
        ..Default::default()
    };
    assert_eq!(sent(patch).await, r#"{"nick-name":null}"#);
}

#[test]
fn the_three_states_survive_decoding() {
    for text in [
        r"{}",
        r#"{"nick-name":null}"#,
        r#"{"nick-name":"N"}"#,
        r#"{"notes":null,"stamps":[]}"#,
    ] {
        let patch: ParcelPatch = serde_json::from_str(text).unwrap();
        assert_eq!(serde_json::to_string(&patch).unwrap(), text);
    }
    let cleared: ParcelPatch = serde_json::from_str(r#"{"nick-name":null}"#).unwrap();
    assert_eq!(cleared.nick_name, Some(Nullable::Null));
}
