//! Reading every field of a contact allocates nothing.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use facade_promises::KINDS;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::hint::black_box;
use unified_contacts::{Contact, ContactRecord};

/// Reads everything that a contact has.
fn read(contact: &dyn Contact) -> usize {
    let texts = [
        Some(contact.origin()),
        contact.id(),
        contact.name(),
        contact.first_name(),
        contact.last_name(),
        contact.second_last_name(),
        contact.title(),
        contact.language(),
        contact.country(),
        contact.source(),
        contact.etag(),
        contact.created_at().map(unified_contacts::Time::as_str),
        contact.updated_at().map(unified_contacts::Time::as_str),
        contact
            .last_activity_at()
            .map(unified_contacts::Time::as_str),
        contact
            .company()
            .and_then(|company| company.name.or(company.id)),
        contact.owner().and_then(|owner| owner.id),
    ];
    let mut read: usize = texts.into_iter().flatten().map(str::len).sum();
    for email in contact.emails().chain(contact.primary_email()) {
        read += email.address.map_or(0, |address| address.len());
        read += email.kind.map_or(0, |kind| kind.as_str().len());
    }
    for phone in contact.phones().chain(contact.primary_phone()) {
        read += phone.number.map_or(0, |number| number.len());
    }
    for address in contact.addresses().chain(contact.primary_address()) {
        read += address.city.map_or(0, str::len);
    }
    read += contact
        .tags()
        .filter_map(|tag| tag.name)
        .map(str::len)
        .sum::<usize>();
    read += contact
        .links()
        .filter_map(|link| link.url)
        .map(str::len)
        .sum::<usize>();
    read += contact
        .external_references()
        .filter_map(|reference| reference.id)
        .map(str::len)
        .sum::<usize>();
    if let Some(fields) = contact.custom_fields() {
        read += fields
            .fields()
            .map(|(name, value)| name.len() + value.get().len())
            .sum::<usize>();
    }
    read += contact.raw().count();
    read += usize::from(contact.consent().email_marketing == Some(true));
    read + usize::from(contact.priority() == Some(1))
}

fn measured(contact: &dyn Contact) -> u64 {
    assert!(read(contact) > 100, "{}", read(contact));
    let info = allocation_counter::measure(|| {
        black_box(read(black_box(contact)));
    });
    info.count_total
}

fn of<T: Contact + DeserializeOwned>(json: &Value) -> Box<dyn Contact> {
    Box::new(serde_json::from_str::<T>(&json.to_string()).unwrap())
}

#[test]
fn of_every_kind() {
    let text = "a text of some length";
    let entry = json!([{"email": text, "number": text, "url": text, "name": text, "city": text, "type": "work"}, {}]);
    for kind in KINDS {
        let fields = kind.properties().into_iter().map(|property| {
            let value = match property.schema["type"].as_str() {
                Some("array") if property.name.starts_with("additional") => json!([text, {"a": 1}]),
                Some("array") => entry.clone(),
                Some("object") => json!({"id": text, "name": text, "x": [1, {"y": "z"}]}),
                Some("boolean") => json!(true),
                Some("integer") => json!(1),
                _ => json!(text),
            };
            (property.name, value)
        });
        let json = Value::Object(
            fields
                .chain([("unknown".to_owned(), json!([text]))])
                .collect(),
        );
        let contact = match kind.origin {
            "truto.contact" => of::<truto_client::types::Contact>(&json),
            "truto.lead" => of::<truto_client::types::Lead>(&json),
            "thelinks.contact" => of::<thelinks_client::types::Contact>(&json),
            _ => of::<contact_update_client::types::ContactsUpdateResponse>(&json),
        };
        assert_eq!(measured(&*contact), 0, "{}", kind.origin);
        assert_eq!(
            measured(&ContactRecord::of(&*contact)),
            0,
            "the record of {}",
            kind.origin
        );
    }
}
