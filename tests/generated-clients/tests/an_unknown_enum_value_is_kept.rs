//! A value that the document does not list decodes, is kept, and is sent back unchanged.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use client_runtime::Open;
use generated_clients::{answering, body, parcels};
use parcels_client::types::{Kind, Parcel, ParcelPatch};

#[tokio::test]
async fn it_is_decoded_and_sent_back_unchanged() {
    let server = answering(200, r#"{"id":"p","kind":"Große Kiste"}"#).unwrap();
    let client = parcels(&server).unwrap();
    let parcel = client
        .parcels_get()
        .id("p")
        .send()
        .await
        .unwrap()
        .into_inner();
    let kind = parcel.kind.clone().unwrap();
    assert_eq!(kind, Open::Other("Große Kiste".to_owned()));

    let patch = ParcelPatch::new().with_kind(kind);
    client
        .parcels_update()
        .id("p")
        .account(1)
        .body(patch)
        .send()
        .await
        .unwrap();
    assert_eq!(body(&server.requests()[1]), r#"{"kind":"Große Kiste"}"#);
    assert_eq!(
        serde_json::to_string(&parcel).unwrap(),
        r#"{"id":"p","kind":"Große Kiste"}"#
    );
}

#[test]
fn a_documented_value_is_one_of_the_enum() {
    let parcel: Parcel = serde_json::from_str(r#"{"kind":"small box"}"#).unwrap();
    assert_eq!(parcel.kind, Some(Open::Known(Kind::SmallBox)));
    assert_eq!(Kind::ALL, [Kind::Letter, Kind::SmallBox, Kind::Pallet]);
}
