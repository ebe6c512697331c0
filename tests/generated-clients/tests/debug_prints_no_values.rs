//! `Debug` of generated types, builders and errors names what is set and prints no value.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use generated_clients::{answering, parcels};
use parcels_client::types::{Finding, Parcel, ParcelPatch, Party};

#[test]
fn types_print_which_fields_are_set() {
    let mut parcel = Parcel::new()
        .with_id("secret-id")
        .with_notes(["secret-note"]);
    parcel
        .extra
        .insert("secret-name", serde_json::json!("secret").into());
    assert_eq!(format!("{parcel:?}"), "Parcel { id, notes, extra }");
    assert_eq!(format!("{:#?}", Party::new("secret")), "Party { name }");
    let finding: Finding = serde_json::from_str(r#""secret""#).unwrap();
    assert_eq!(format!("{finding:?}"), "Finding::String(..)");
}

#[tokio::test]
async fn builders_and_errors_print_none_either() {
    let server = answering(404, r#"{"message":"secret"}"#).unwrap();
    let client = parcels(&server).unwrap();
    let update = client
        .parcels_update()
        .id("secret")
        .body(ParcelPatch::new().with_nick_name("secret"));
    assert_eq!(format!("{update:?}"), "ParcelsUpdate { id, body }");
    let error = client.parcels_get().id("secret").send().await.unwrap_err();
    for text in [
        format!("{error:?}"),
        format!("{error}"),
        format!("{:?}", error.documented()),
        format!("{client:?}"),
    ] {
        assert!(
            !text.contains("secret") && !text.contains("t0ken"),
            "{text}"
        );
    }
}
