//! Ids that would leave their path segment, missing arguments and values that do not fit are refused before anything
//! is sent.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use client_runtime::ErrorKind;
use generated_clients::{answering, parcels};
use parcels_client::types::ParcelPatch;

#[tokio::test]
async fn ids_that_leave_their_segment_are_refused() {
    let server = answering(200, "{}").unwrap();
    let client = parcels(&server).unwrap();
    for id in ["", ".", "..", "%2e%2E", "a\\b", "a\nb", "\u{0}"] {
        let error = client.parcels_get().id(id).send().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidRequest, "{id:?}");
    }
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn an_id_stays_one_segment_whatever_it_holds() {
    let server = answering(200, "{}").unwrap();
    let client = parcels(&server).unwrap();
    client.parcels_get().id("a/b?c#d e%é").send().await.unwrap();
    assert_eq!(
        server.requests()[0].target(),
        "/parcels/a%2Fb%3Fc%23d%20e%25%C3%A9"
    );
}

#[tokio::test]
async fn what_is_required_and_missing_is_named() {
    let server = answering(200, "{}").unwrap();
    let client = parcels(&server).unwrap();
    for (request, name) in [
        (
            client.parcels_update().account(1).body(ParcelPatch::new()),
            "id",
        ),
        (
            client.parcels_update().id("p").body(ParcelPatch::new()),
            "account",
        ),
        (client.parcels_update().id("p").account(1), "body"),
    ] {
        let error = request.send().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidRequest);
        assert!(error.to_string().contains(&format!("`{name}`")), "{error}");
    }
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn a_number_that_does_not_fit_is_refused() {
    let server = answering(200, "{}").unwrap();
    let client = parcels(&server).unwrap();
    let error = client
        .parcels_update()
        .id("p")
        .account(u64::MAX)
        .body(ParcelPatch::new())
        .send()
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidRequest);
    assert!(error.to_string().contains("`account`"), "{error}");
    assert!(server.requests().is_empty());
}
