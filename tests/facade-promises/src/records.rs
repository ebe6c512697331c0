//! Made-up records and patches.

#![allow(
    clippy::panic,
    clippy::indexing_slicing,
    reason = "what cannot be made up is a fault of the tests"
)]

use crate::{KINDS, people};
use fastrand::Rng;
use serde_json::{Map, Value, json};
use unified_contacts::{
    Change, ContactPatch, ContactRecord, FieldsChange, FieldsEdit, ListChange, ListEdit,
};

/// The lists of a record and the texts that their entries have.
const LISTS: [(&str, &[&str]); 6] = [
    ("emails", &["address", "kind", "id"]),
    ("phones", &["number", "extension", "kind", "id"]),
    (
        "addresses",
        &[
            "street_1",
            "street_2",
            "city",
            "state",
            "postal_code",
            "country",
            "kind",
            "id",
        ],
    ),
    ("tags", &["id", "name"]),
    ("links", &["url", "kind"]),
    ("external_references", &["system", "id", "url"]),
];

const TEXTS: [&str; 15] = [
    "id",
    "name",
    "first_name",
    "last_name",
    "second_last_name",
    "title",
    "language",
    "country",
    "source",
    "created_at",
    "updated_at",
    "last_activity_at",
    "etag",
    "company",
    "owner",
];

const FLAGS: [&str; 4] = [
    "email_marketing",
    "email_transactional",
    "whatsapp_marketing",
    "whatsapp_transactional",
];

const ENTRY_KINDS: [&str; 8] = [
    "mobile",
    "Mobile",
    "fax",
    "FAX",
    "additional",
    "PRIMARY",
    "work",
    "my own",
];

const RAW: [&str; 10] = [
    "/is_active",
    "/remote_data",
    "/contact",
    "/contact/id",
    "/contact/x",
    "/status",
    "/additional_emails",
    "/skills",
    "/a~2",
    "no pointer",
];

/// A made-up record, of a known origin or none, with anything in it that a record can hold.
///
/// # Panics
/// When a record cannot hold it.
#[must_use]
pub fn record(seed: u64) -> ContactRecord {
    let mut random = Rng::with_seed(seed);
    let random = &mut random;
    let mut record = Map::new();
    if random.bool() {
        let at = random.usize(..KINDS.len());
        record.insert("origin".to_owned(), json!(KINDS[at].origin));
    }
    for name in TEXTS
        .into_iter()
        .filter(|_| random.bool())
        .collect::<Vec<_>>()
    {
        let value = match name {
            "company" => entry(&["id", "name"], random),
            "owner" => entry(&["id"], random),
            _ => json!(people::text(random)),
        };
        record.insert(name.to_owned(), value);
    }
    for name in FLAGS {
        if random.u8(..3) == 0 {
            record.insert(name.to_owned(), json!(random.bool()));
        }
    }
    if random.bool() {
        record.insert("priority".to_owned(), json!(random.i64(0..8)));
    }
    for (name, parts) in LISTS {
        if random.bool() {
            let count = random.usize(..4);
            let entries = (0..count).map(|_| entry(parts, random)).collect();
            record.insert(name.to_owned(), Value::Array(entries));
        }
    }
    if random.bool() {
        record.insert("custom_fields".to_owned(), Value::Object(fields(random)));
    }
    if random.u8(..3) == 0 {
        let mut raw = fields(random);
        for pointer in RAW
            .into_iter()
            .filter(|_| random.u8(..4) == 0)
            .collect::<Vec<_>>()
        {
            let values = [
                json!(true),
                json!("text"),
                json!({}),
                json!([]),
                json!({"id": "1"}),
                json!(["x"]),
            ];
            raw.insert(
                pointer.to_owned(),
                values[random.usize(..values.len())].clone(),
            );
        }
        // An object of which nothing is set stands beside none of its fields.
        if raw.keys().any(|pointer| pointer.starts_with("/contact/")) {
            raw.remove("/contact");
        }
        record.insert("raw".to_owned(), Value::Object(raw));
    }
    let text = Value::Object(record).to_string();
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

/// An entry with some of these parts.
fn entry(parts: &[&str], random: &mut Rng) -> Value {
    let mut entry = Map::new();
    for part in parts {
        if random.u8(..3) == 0 {
            continue;
        }
        let text = if *part == "kind" && random.bool() {
            ENTRY_KINDS[random.usize(..ENTRY_KINDS.len())].to_owned()
        } else {
            people::text(random)
        };
        entry.insert((*part).to_owned(), json!(text));
    }
    if random.u8(..6) == 0 {
        entry.insert("extra".to_owned(), json!({"x/y": [1, null]}));
    }
    if matches!(parts.first(), Some(&("address" | "number"))) && random.u8(..6) == 0 {
        entry.insert("value".to_owned(), json!({"an": "object"}));
    }
    Value::Object(entry)
}

fn fields(random: &mut Rng) -> Map<String, Value> {
    let count = random.usize(..4);
    let field = |random: &mut Rng| {
        let values = [json!(null), json!(1), json!("text"), json!([1, {}])];
        (
            people::text(random),
            values[random.usize(..values.len())].clone(),
        )
    };
    (0..count).map(|_| field(random)).collect()
}

/// A made-up change to any fields.
#[must_use]
pub fn patch(seed: u64) -> ContactPatch {
    let one = record(seed.wrapping_mul(3));
    let another = record(seed.wrapping_mul(5).wrapping_add(1));
    let mut patch = ContactPatch::between(&one, &another);
    let mut random = Rng::with_seed(seed);
    edit(&mut patch.emails, one.emails, another.emails, &mut random);
    edit(&mut patch.phones, one.phones, another.phones, &mut random);
    edit(&mut patch.tags, one.tags, another.tags, &mut random);
    edit(&mut patch.links, one.links, another.links, &mut random);
    edit(
        &mut patch.addresses,
        one.addresses,
        another.addresses,
        &mut random,
    );
    if random.bool() {
        let clear = fields(&mut random)
            .into_iter()
            .map(|(name, _)| name)
            .collect();
        let set = fields(&mut random)
            .into_iter()
            .map(|(name, value)| (name, value.into()))
            .collect();
        patch.custom_fields = FieldsChange::Edit(FieldsEdit { clear, set });
    }
    if random.bool() {
        patch.title = Change::Clear;
    }
    patch
}

fn edit<T>(
    change: &mut ListChange<T>,
    remove: Option<Vec<T>>,
    add: Option<Vec<T>>,
    random: &mut Rng,
) {
    if random.bool() {
        let remove = remove.unwrap_or_default();
        let add = add.unwrap_or_default();
        *change = ListChange::Edit(ListEdit { remove, add });
    }
}
