//! Unknown fields of an answer are kept and sent back; a documented field that is missing or null is `None`.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use generated_clients::{answering, parcels};
use parcels_client::types::{Finding, Parcel};

#[tokio::test]
async fn unknown_fields_are_kept_and_round_trip() {
    let text =
        r#"{"id":"p","new":{"n":[1,2.50,"\u00e9"]},"null":null,"big":12345678901234567890123}"#;
    let server = answering(200, text).unwrap();
    let parcel = parcels(&server)
        .unwrap()
        .parcels_get()
        .id("p")
        .send()
        .await
        .unwrap()
        .into_inner();
    assert_eq!(parcel.extra.len(), 3);
    assert_eq!(
        parcel.extra.get("big").unwrap().get(),
        "12345678901234567890123"
    );
    let written: serde_json::Value =
        serde_json::from_str(&serde_json::to_string(&parcel).unwrap()).unwrap();
    assert_eq!(written["new"], serde_json::json!({"n": [1, 2.5, "é"]}));
    assert_eq!(written["null"], serde_json::Value::Null);
    assert_eq!(
        serde_json::from_str::<Parcel>(&serde_json::to_string(&parcel).unwrap()).unwrap(),
        parcel
    );
}

#[tokio::test]
async fn an_answer_that_lacks_documented_fields_decodes() {
    for text in [
        "{}",
        r#"{"id":null,"notes":null,"labels":null,"contents":null,"parent":null}"#,
    ] {
        let server = answering(200, text).unwrap();
        let parcel = parcels(&server)
            .unwrap()
            .parcels_get()
            .id("p")
            .send()
            .await
            .unwrap()
            .into_inner();
        assert_eq!(parcel.id, None);
        assert_eq!(parcel.notes, None);
    }
}

#[test]
fn unknown_fields_are_kept_at_every_depth() {
    let text = r#"{"contents":[{"id":"c","x":1}],"parent":{"y":{"z":[]}}}"#;
    let parcel: Parcel = serde_json::from_str(text).unwrap();
    assert_eq!(serde_json::to_string(&parcel).unwrap(), text);
}

#[test]
fn the_last_of_repeated_names_counts() {
    let parcel: Parcel = serde_json::from_str(r#"{"id":"a","u":1,"id":"b","u":2}"#).unwrap();
    assert_eq!(parcel.id.as_deref(), Some("b"));
    assert_eq!(parcel.extra.get("u").unwrap().get(), "2");
}

#[test]
fn a_field_of_the_same_name_wins_over_an_unknown_one() {
    let mut parcel = Parcel::new();
    parcel
        .extra
        .insert("count", serde_json::json!("many").into());
    assert_eq!(
        serde_json::to_string(&parcel).unwrap(),
        r#"{"count":"many"}"#
    );
    let parcel = parcel.with_count(3);
    assert_eq!(serde_json::to_string(&parcel).unwrap(), r#"{"count":3}"#);
}

#[test]
fn a_value_of_none_of_a_unions_forms_is_kept() {
    let finding: Finding = serde_json::from_str("[1,2]").unwrap();
    assert!(matches!(finding, Finding::Other(_)));
    assert_eq!(serde_json::to_string(&finding).unwrap(), "[1,2]");
}

#[test]
fn decoding_works_from_values_as_from_text() {
    let value = serde_json::json!({"id": "p", "kind": "letter", "u": {"v": 1}, "contents": [{}]});
    let parcel: Parcel = serde_json::from_value(value.clone()).unwrap();
    assert_eq!(serde_json::to_value(&parcel).unwrap(), value);
}
