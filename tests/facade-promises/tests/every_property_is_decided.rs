//! Each documented property of each kind of contact has a place in a record, and each property of each request is sent
//! or is left out for a reason. A new property in a document fails here until someone decides.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use facade_promises::{KINDS, Kind, Property};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use unified_contacts::{
    Capabilities, Contact, ContactRecord, FieldMap, Operation, contact_update, thelinks, truto,
};

/// Properties of requests that the facade does not send, and why.
const NOT_SENT: [(&str, &str, &str); 26] = [
    (
        "contacts_create",
        "phone_numbesr",
        "a misspelt twin of `phone_numbers`",
    ),
    (
        "contacts_create",
        "description",
        "raw only: no answer holds it",
    ),
    (
        "contacts_create",
        "job_title",
        "raw only: a twin of `title`",
    ),
    (
        "contacts_create",
        "phone_number",
        "raw only: a twin of `phone_numbers`",
    ),
    (
        "contacts_create",
        "remote_data",
        "goes to the CRM unchecked",
    ),
    (
        "contacts_update",
        "phone_numbesr",
        "a misspelt twin of `phone_numbers`",
    ),
    ("contacts_update", "description", "no answer holds it"),
    ("contacts_update", "job_title", "a twin of `title`"),
    (
        "contacts_update",
        "phone_number",
        "a twin of `phone_numbers`",
    ),
    (
        "contacts_update",
        "remote_data",
        "goes to the CRM unchecked",
    ),
    (
        "contacts_update",
        "created_at",
        "nobody changes when a contact came into being",
    ),
    ("contacts_update", "etag", "sent as a query parameter"),
    ("leads_update", "contact", "only leads have it"),
    ("leads_update", "converted_account", "only leads have it"),
    ("leads_update", "converted_contact", "only leads have it"),
    (
        "leads_update",
        "created_at",
        "nobody changes when a lead came into being",
    ),
    ("leads_update", "description", "no answer holds it"),
    ("leads_update", "industry", "no answer holds it"),
    ("leads_update", "lead_type", "only leads have it"),
    ("leads_update", "name", "untyped, and no answer holds it"),
    ("leads_update", "number_of_employees", "no answer holds it"),
    ("leads_update", "remote_data", "goes to the CRM unchecked"),
    ("leads_update", "status", "only leads have it"),
    ("leads_update", "website", "no answer holds it"),
    (
        "contact_update",
        "custom_attributes",
        "no patch changes it; what a contact that is held has of it is sent back",
    ),
    (
        "contact_update",
        "skills",
        "no patch changes it; what a contact that is held has of it is sent back",
    ),
];

fn contact(kind: Kind, json: &Value) -> Box<dyn Contact> {
    fn read<T: Contact + serde::de::DeserializeOwned>(json: &Value) -> Box<dyn Contact> {
        Box::new(serde_json::from_str::<T>(&json.to_string()).unwrap())
    }
    match kind.origin {
        "truto.contact" => read::<truto_client::types::Contact>(json),
        "truto.lead" => read::<truto_client::types::Lead>(json),
        "thelinks.contact" => read::<thelinks_client::types::Contact>(json),
        _ => read::<contact_update_client::types::ContactsUpdateResponse>(json),
    }
}

fn capabilities(kind: Kind) -> &'static Capabilities {
    match kind.origin {
        "truto.contact" => &truto::CONTACTS,
        "truto.lead" => &truto::LEADS,
        "thelinks.contact" => &thelinks::CONTACTS,
        _ => &contact_update::CONTACTS,
    }
}

/// A value of a property in which every documented part is set.
fn full(kind: Kind, property: &Property) -> Value {
    let schema = &property.schema;
    match schema["type"].as_str() {
        Some("object") if schema["properties"].is_object() => {
            let parts = kind.document().properties(schema);
            let parts = parts
                .iter()
                .map(|part| (part.name.clone(), full(kind, part)));
            Value::Object(parts.collect())
        }
        Some("object") => json!({"a": "value"}),
        Some("array") => {
            let schema = kind.document().resolved(&schema["items"]);
            let name = property.name.clone();
            json!([full(kind, &Property { name, schema })])
        }
        Some("boolean") => json!(true),
        Some("integer") => json!(4),
        _ => json!(format!("text of {}", property.name)),
    }
}

/// The texts in a JSON value.
fn texts(json: &Value, found: &mut BTreeSet<String>) {
    match json {
        Value::String(text) => {
            found.insert(text.clone());
        }
        Value::Array(items) => items.iter().for_each(|item| texts(item, found)),
        Value::Object(fields) => fields.values().for_each(|field| texts(field, found)),
        _ => {}
    }
}

fn properties_of(map: FieldMap) -> BTreeSet<&'static str> {
    map.iter()
        .flat_map(|(_, properties)| properties.iter().copied())
        .collect()
}

#[test]
fn each_documented_property_of_an_answer_has_a_place_in_a_record() {
    for kind in KINDS {
        for property in kind.properties() {
            let value = full(kind, &property);
            let contact = contact(kind, &json!({ property.name.clone(): value.clone() }));
            let record = ContactRecord::of(&*contact);
            let json = serde_json::to_value(&record).unwrap();
            let (mut given, mut kept) = (BTreeSet::new(), BTreeSet::new());
            texts(&value, &mut given);
            texts(&json, &mut kept);
            let missing: Vec<_> = given.difference(&kept).collect();
            let place = json
                .as_object()
                .unwrap()
                .keys()
                .any(|name| name != "version" && name != "origin");
            let (origin, name) = (kind.origin, &property.name);
            assert!(
                place && missing.is_empty(),
                "{origin}: `{name}`: {missing:?} is not in {json}"
            );
            // It is known by name, not among what the document does not know.
            let declared = properties_of(capabilities(kind).reads);
            assert!(
                declared.contains(name.as_str()),
                "{origin}: `{name}` is not among what is read"
            );
        }
    }
}

#[test]
fn each_property_that_is_read_is_documented() {
    for kind in KINDS {
        let documented: BTreeSet<String> = kind
            .properties()
            .into_iter()
            .map(|property| property.name)
            .collect();
        for (field, properties) in capabilities(kind).reads {
            for property in *properties {
                assert!(
                    documented.contains(*property),
                    "{}: {field}: `{property}`",
                    kind.origin
                );
            }
        }
    }
}

#[test]
fn each_documented_property_of_a_request_is_sent_or_left_out_for_a_reason() {
    for kind in KINDS {
        let document = kind.document();
        let capabilities = capabilities(kind);
        let requests = [
            (Operation::Create, capabilities.creates),
            (Operation::Update, capabilities.updates),
        ];
        for (operation, sent) in requests {
            let Some(id) = capabilities.operation_id(operation) else {
                assert!(sent.is_empty());
                continue;
            };
            let body = document.body(id);
            let documented: BTreeSet<String> = document
                .properties(&body)
                .into_iter()
                .map(|property| property.name)
                .collect();
            assert!(!documented.is_empty(), "{}: {id} has no body", kind.origin);
            let sent = properties_of(sent);
            let name = if kind.origin.starts_with("contact-update") {
                "contact_update"
            } else {
                id
            };
            for property in &documented {
                let left_out = NOT_SENT
                    .iter()
                    .any(|(operation, left_out, _)| (*operation, *left_out) == (name, property));
                assert!(
                    left_out != sent.contains(property.as_str()),
                    "{}: {id}: `{property}` is {}",
                    kind.origin,
                    if left_out {
                        "sent and left out"
                    } else {
                        "neither sent nor left out for a reason"
                    }
                );
            }
            for property in sent {
                assert!(
                    documented.contains(property),
                    "{}: {id}: `{property}` is not documented",
                    kind.origin
                );
            }
        }
    }
}

#[test]
fn operations_and_requirements_are_those_of_the_documents() {
    for kind in KINDS {
        let document = kind.document();
        let ids = document.operation_ids();
        let capabilities = capabilities(kind);
        for (operation, id) in capabilities.operations {
            assert!(
                ids.contains(&(*id).to_owned()),
                "{}: {operation}: {id}",
                kind.origin
            );
        }
        for (operation, required) in [
            (Operation::Create, capabilities.create_requires),
            (Operation::Update, capabilities.update_requires),
        ] {
            let Some(id) = capabilities.operation_id(operation) else {
                continue;
            };
            let body = document.body(id);
            let documented: BTreeSet<&str> = body["required"]
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(Value::as_str)
                .collect();
            let declared: BTreeSet<&str> = required
                .iter()
                .flat_map(|field| capabilities.properties(operation, *field))
                .copied()
                .collect();
            assert_eq!(declared, documented, "{}: {id}", kind.origin);
        }
    }
    // Operations on contacts that a document has and no capability names.
    for (kind, resource) in [
        ("truto.contact", "contacts_"),
        ("truto.lead", "leads_"),
        ("thelinks.contact", ""),
    ] {
        let kind = Kind::of(kind);
        let known: BTreeSet<&str> = capabilities(kind)
            .operations
            .iter()
            .map(|(_, id)| *id)
            .collect();
        for id in kind.document().operation_ids() {
            assert!(
                !id.starts_with(resource) || known.contains(id.as_str()),
                "{}: {id}",
                kind.origin
            );
        }
    }
}
