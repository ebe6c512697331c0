//! Values that a schema takes, made up from the schema alone: the smallest that it allows.

use crate::document::{properties_of, resolved};
use serde_json::{Map, Value, json};

/// A value of a schema: with the properties that it requires and no other. The same schema gives the same value.
pub(crate) fn of(document: &Value, schema: &Value) -> Value {
    at(document, schema, 0)
}

fn at(document: &Value, schema: &Value, depth: usize) -> Value {
    let schema = resolved(document, schema);
    for keyword in ["default", "example", "const"] {
        if !schema[keyword].is_null() {
            return schema[keyword].clone();
        }
    }
    if let Some(first) = schema["enum"].as_array().and_then(|values| values.first()) {
        return first.clone();
    }
    if depth > 24 {
        return Value::Null;
    }
    let alternatives = ["oneOf", "anyOf"]
        .iter()
        .filter_map(|keyword| schema[*keyword].as_array());
    if let Some(first) = alternatives.flatten().next() {
        return at(document, first, depth + 1);
    }
    match crate::document::schema::type_of(document, schema) {
        Some("object") => object(document, schema, depth),
        Some("array") => {
            let count = schema["minItems"].as_u64().unwrap_or(0).min(64);
            (0..count)
                .map(|_| at(document, &schema["items"], depth + 1))
                .collect()
        }
        Some("string") => string(schema),
        Some("integer") => integer(schema).into(),
        Some("number") => schema["minimum"].as_f64().unwrap_or(0.0).into(),
        Some("boolean") => false.into(),
        _ => match schema["allOf"].as_array().and_then(|parts| parts.first()) {
            Some(part) => at(document, part, depth + 1),
            None => Value::Null,
        },
    }
}

fn object(document: &Value, schema: &Value, depth: usize) -> Value {
    let properties = properties_of(document, schema);
    let parts = schema["allOf"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|part| resolved(document, part));
    let required = std::iter::once(schema)
        .chain(parts)
        .filter_map(|schema| schema["required"].as_array());
    let required = required.flatten().filter_map(Value::as_str);
    let made = required.filter_map(|name| {
        Some((
            name.to_owned(),
            at(document, properties.get(name)?, depth + 1),
        ))
    });
    Value::Object(made.collect::<Map<String, Value>>())
}

fn string(schema: &Value) -> Value {
    let text = match schema["format"].as_str() {
        Some("date-time") => "2024-01-01T00:00:00Z",
        Some("date") => "2024-01-01",
        Some("time") => "00:00:00Z",
        Some("email") => "nobody@example.org",
        Some("uri" | "url") => "https://example.org",
        Some("uuid") => "00000000-0000-4000-8000-000000000000",
        Some("ipv4") => "127.0.0.1",
        Some("ipv6") => "::1",
        Some("hostname") => "example.org",
        _ => "",
    };
    let shortest = schema["minLength"].as_u64().unwrap_or(0).min(4096);
    let mut text = text.to_owned();
    while (text.chars().count() as u64) < shortest {
        text.push('x');
    }
    json!(text)
}

fn integer(schema: &Value) -> i64 {
    let least = schema["minimum"].as_i64();
    let most = schema["maximum"].as_i64();
    match (least, most) {
        (Some(least), _) if schema["exclusiveMinimum"] == true => least.saturating_add(1),
        (Some(least), _) => least,
        (None, Some(most)) => most.min(0),
        (None, None) => 0,
    }
}
