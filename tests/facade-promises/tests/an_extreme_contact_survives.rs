//! A contact with everything odd in it goes through every conversion.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use facade_promises::{KINDS, Kind};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};
use unified_contacts::{Contact, ContactPatch, ContactRecord, FromContact, LossReason};

fn through<T: Contact + FromContact + DeserializeOwned + PartialEq>(json: &Value) {
    let contact: T = serde_json::from_str(&json.to_string()).unwrap();
    let record = ContactRecord::of(&contact);
    let mapped = T::from_contact(&record);
    assert_eq!(mapped.lost, []);
    assert!(mapped.value == contact);
    // To the others and back: what is not lost is the same, which another test compares; here nothing panics.
    let _ = truto_client::types::Contact::from_contact(&record);
    let _ = truto_client::types::Lead::from_contact(&record);
    let _ = thelinks_client::types::Contact::from_contact(&record);
    let _ = contact_update_client::types::ContactsUpdateResponse::from_contact(&record);
    let patch = ContactPatch::between(&ContactRecord::new(), &record);
    let _ = patch.onto(&contact).apply_to(&record);
}

fn through_kind(origin: &str, json: &Value) {
    match origin {
        "truto.contact" => through::<truto_client::types::Contact>(json),
        "truto.lead" => through::<truto_client::types::Lead>(json),
        "thelinks.contact" => through::<thelinks_client::types::Contact>(json),
        _ => through::<contact_update_client::types::ContactsUpdateResponse>(json),
    }
}

/// A contact each of whose properties is made of its schema.
fn with_each(kind: Kind, value: impl Fn(&str, &Value) -> Value) -> Value {
    let properties = kind.properties();
    let fields = properties.iter().map(|property| {
        (
            property.name.clone(),
            value(&property.name, &property.schema),
        )
    });
    Value::Object(fields.collect())
}

#[test]
fn every_field_null() {
    for kind in KINDS {
        through_kind(kind.origin, &with_each(kind, |_, _| Value::Null));
    }
}

#[test]
fn every_list_and_object_empty() {
    for kind in KINDS {
        let contact = with_each(kind, |_, schema| match schema["type"].as_str() {
            Some("array") => json!([]),
            Some("object") => json!({}),
            _ => Value::Null,
        });
        through_kind(kind.origin, &contact);
        let contact = with_each(kind, |_, schema| match schema["type"].as_str() {
            Some("array") => json!([{}, {}]),
            Some("object") => json!({}),
            Some("string") => json!(""),
            _ => Value::Null,
        });
        through_kind(kind.origin, &contact);
    }
}

#[test]
fn names_in_right_to_left_and_combining_scripts() {
    for text in [
        "\u{202e}אבג\u{202c}",
        "محمد",
        "Z\u{351}\u{36b}a\u{343}lgo",
        "नि",
        "\u{0}\u{7f}",
        "👩‍👩‍👧",
    ] {
        for kind in KINDS {
            let contact = with_each(kind, |_, schema| match schema["type"].as_str() {
                Some("string") => json!(text),
                Some("array") => {
                    json!([{"email": text, "number": text, "type": text, "name": text}])
                }
                _ => Value::Null,
            });
            through_kind(kind.origin, &contact);
        }
    }
}

#[test]
fn ten_thousand_custom_fields() {
    let fields: Map<String, Value> = (0..10_000)
        .map(|number| (format!("field {number}"), json!(number)))
        .collect();
    for origin in ["truto.contact", "truto.lead"] {
        through_kind(origin, &json!({ "custom_fields": fields.clone() }));
    }
    // Fields that no document knows, as many.
    for kind in KINDS {
        through_kind(kind.origin, &Value::Object(fields.clone()));
    }
    let json = json!({ "custom_fields": fields }).to_string();
    let contact: truto_client::types::Contact = serde_json::from_str(&json).unwrap();
    assert_eq!(contact.custom_fields().unwrap().fields().count(), 10_000);
}

#[test]
fn an_unknown_kind_for_everything() {
    let entry = json!([{"type": "a kind that nobody knows", "email": "a@example.org", "number": "1", "url": "u"}]);
    let contact = json!({
        "email_addresses": entry, "phone_numbers": entry, "addresses": entry, "urls": entry,
        "lead_source": "a source that nobody knows", "status": "a status that nobody knows",
        "source": "a source that nobody knows",
    });
    for kind in KINDS {
        through_kind(kind.origin, &contact);
    }
    let contact: truto_client::types::Contact = serde_json::from_str(&contact.to_string()).unwrap();
    let kind = contact.emails().next().unwrap().kind.unwrap();
    assert_eq!(kind.as_str(), "a kind that nobody knows");
    // Where there is no room for the kind, it is said.
    let mapped = thelinks_client::types::Contact::from_contact(&contact);
    let lost = mapped
        .lost
        .iter()
        .find(|lost| lost.pointer == "/emails/0/kind")
        .unwrap();
    assert_eq!(lost.reason, LossReason::NoSuchField);
    assert_eq!(
        lost.to_string(),
        "/emails/0/kind: the target has no such field"
    );
}
