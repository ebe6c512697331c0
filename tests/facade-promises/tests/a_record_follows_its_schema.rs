//! What a record is as JSON, its schema says, and nothing else is taken for one.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use facade_promises::record;
use serde_json::{Value, json};
use unified_contacts::{CONTACT_RECORD_SCHEMA, ContactRecord, Field};

fn schema() -> Value {
    serde_json::from_str(CONTACT_RECORD_SCHEMA).unwrap()
}

#[test]
fn every_record_is_valid() {
    let validator = jsonschema::validator_for(&schema()).unwrap();
    for seed in 0..1500 {
        let json = serde_json::to_value(record(seed)).unwrap();
        assert!(validator.is_valid(&json), "seed {seed}: {json}");
    }
}

#[test]
fn the_schema_has_every_field_and_no_other() {
    let schema = schema();
    let mut documented: Vec<&str> = schema["properties"]
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    let mut known = vec!["version", "origin"];
    known.extend(Field::ALL.iter().map(|field| field.name()));
    documented.sort_unstable();
    known.sort_unstable();
    assert_eq!(documented, known);
    for field in Field::ALL {
        assert_eq!(field.name().parse::<Field>().unwrap(), *field);
    }
}

#[test]
fn what_is_no_record_is_refused_by_both() {
    let validator = jsonschema::validator_for(&schema()).unwrap();
    for json in [
        json!([]),
        json!({"version": 2}),
        json!({"frist_name": "Ada"}),
        json!({"emails": {"address": "a@example.org"}}),
        json!({"emails": [{"adress": "a@example.org"}]}),
        json!({"priority": "high"}),
        json!({"custom_fields": []}),
        json!({"company": "Analytical Engines"}),
        json!({"email_marketing": "yes"}),
        json!({"emails": [["a@example.org"]]}),
    ] {
        assert!(!validator.is_valid(&json), "{json}");
        let text = json.to_string();
        assert!(
            serde_json::from_str::<ContactRecord>(&text).is_err(),
            "{text}"
        );
    }
    let later = serde_json::from_str::<ContactRecord>(r#"{"version":2}"#).unwrap_err();
    assert!(
        later.to_string().contains("schema version 2, expected 1"),
        "{later}"
    );
}

#[test]
fn null_is_none() {
    let validator = jsonschema::validator_for(&schema()).unwrap();
    let json =
        json!({"first_name": null, "emails": null, "company": null, "tags": [{"name": null}]});
    assert!(validator.is_valid(&json));
    let record: ContactRecord = serde_json::from_str(&json.to_string()).unwrap();
    assert_eq!(
        serde_json::to_string(&record).unwrap(),
        r#"{"version":1,"tags":[{}]}"#
    );
}
