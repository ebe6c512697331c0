//! Spoilt OpenAPI documents.

use fastrand::Rng;
use serde_json::{Map, Value, json};

/// Changes a document in one to three places: wrong types, dangling and cyclic references, values of an enum and
/// names that collide in Rust, names that are keywords, keys removed, renamed and repeated elsewhere.
#[must_use]
pub fn spoil(document: &Value, rng: &mut Rng) -> Value {
    let mut spoilt = document.clone();
    for _ in 0..rng.usize(1..=3) {
        let mut pointers = Vec::new();
        collect(&spoilt, String::new(), &mut pointers);
        let Some(pointer) = rng.choice(&pointers).cloned() else {
            break;
        };
        let other = rng
            .choice(&pointers)
            .and_then(|other| spoilt.pointer(other))
            .cloned();
        let Some(target) = spoilt.pointer_mut(&pointer) else {
            continue;
        };
        match target {
            Value::Object(object) if rng.u8(0..4) != 0 => {
                spoil_object(object, &pointer, other, rng);
            }
            Value::Array(items) if rng.bool() => {
                if rng.bool() {
                    items.extend(other);
                } else {
                    items.extend(items.clone());
                }
            }
            target => *target = replacement(&pointer, other, rng),
        }
    }
    spoilt
}

fn spoil_object(
    object: &mut Map<String, Value>,
    pointer: &str,
    other: Option<Value>,
    rng: &mut Rng,
) {
    let keys: Vec<String> = object.keys().cloned().collect();
    let key = rng.choice(&keys).cloned().unwrap_or_default();
    let value = object.get(&key).cloned().unwrap_or(Value::Null);
    match rng.u8(0..9) {
        0 => {
            object.remove(&key);
        }
        1 => {
            object.insert(
                rng.choice(NAMES).copied().unwrap_or_default().to_owned(),
                value,
            );
        }
        2 => {
            object.insert(key.to_uppercase(), value);
        }
        3 => {
            object.insert(key.replace('_', "-"), value);
        }
        4 => {
            object.insert("$ref".to_owned(), json!(format!("#{pointer}")));
        }
        5 => {
            object.insert(
                "enum".to_owned(),
                rng.choice(&enums()).cloned().unwrap_or_default(),
            );
        }
        6 => {
            object.insert(
                "allOf".to_owned(),
                json!([{ "$ref": format!("#{pointer}") }]),
            );
        }
        7 => {
            object.insert(key, other.unwrap_or(Value::Null));
        }
        _ => {
            object.insert(
                "type".to_owned(),
                rng.choice(&types()).cloned().unwrap_or_default(),
            );
        }
    }
}

/// Names that are keywords, methods of every client, or nothing that Rust can write.
const NAMES: &[&str] = &[
    "self", "Self", "crate", "super", "type", "async", "await", "gen", "new", "builder", "client",
    "extra", "send", "", "1", "+1", "-", "_", "é", "ß", "\u{0}", "a b", "a.b", "a/b", "a~b",
    "{id}", "..", "$ref", "default", "200", "\"",
];

fn enums() -> Vec<Value> {
    vec![
        json!(["fax", "Fax"]),
        json!(["a b", "a-b", "a_b"]),
        json!([">=", "<="]),
        json!(["self", "Self"]),
        json!(["", null, 1, true]),
        json!([]),
        json!("fax"),
        json!(["x", "x", "x"]),
    ]
}

fn types() -> Vec<Value> {
    vec![
        json!("string"),
        json!("integer"),
        json!("object"),
        json!("array"),
        json!("null"),
        json!("file"),
        json!(["string", "null"]),
        json!(7),
        json!({}),
    ]
}

fn replacement(pointer: &str, other: Option<Value>, rng: &mut Rng) -> Value {
    match rng.u8(0..8) {
        0 => Value::Null,
        1 => json!(-1),
        2 => json!(1e300),
        3 => json!([]),
        4 => json!({}),
        5 => json!({ "$ref": rng.choice(&REFERENCES).copied().unwrap_or_default() }),
        6 => json!({ "$ref": format!("#{pointer}") }),
        _ => other.unwrap_or_else(|| json!(rng.choice(NAMES).copied().unwrap_or_default())),
    }
}

const REFERENCES: [&str; 6] = [
    "#/components/schemas/Missing",
    "other.yaml#/Contact",
    "http://127.0.0.1:1/x",
    "#",
    "#/paths",
    "not a reference",
];

fn collect(value: &Value, pointer: String, into: &mut Vec<String>) {
    match value {
        Value::Object(object) => {
            for (key, value) in object {
                collect(
                    value,
                    format!("{pointer}/{}", key.replace('~', "~0").replace('/', "~1")),
                    into,
                );
            }
        }
        Value::Array(items) => {
            for (index, value) in items.iter().enumerate() {
                collect(value, format!("{pointer}/{index}"), into);
            }
        }
        _ => {}
    }
    into.push(pointer);
}
