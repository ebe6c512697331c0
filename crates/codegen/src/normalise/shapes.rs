//! Rules `required-names`, `free-form`, `formats`, `constraints` and `unknown-keywords`: every schema gets a shape that has
//! one Rust type. What has no type is any JSON, an object without properties is a map, and what only restricts values
//! goes into the documentation.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::{
    draft::Draft,
    schema::{
        AT, any_json, at, is_annotation, is_record, keywords, rust_type, step, type_of, walk_mut,
    },
};
use crate::report::Report;

/// The formats of integers that Rust has types for.
const INTEGERS: [&str; 4] = ["int32", "int64", "uint32", "uint64"];

/// Keywords that restrict values, and are noted when they are left out.
const CONSTRAINTS: [&str; 13] = [
    "default",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "minLength",
    "maxLength",
    "pattern",
    "minItems",
    "maxItems",
    "uniqueItems",
    "minProperties",
];

/// Keywords that rules after this one read.
const KNOWN: [&str; 11] = [
    "$ref",
    "type",
    "format",
    "nullable",
    "properties",
    "required",
    "additionalProperties",
    "items",
    "enum",
    "oneOf",
    "x-rust-type",
];

/// Gives every schema of the draft its shape.
pub(super) fn apply(draft: &mut Draft, report: &mut Report) {
    for root in draft.roots_mut() {
        walk_mut(root, &mut |schema| {
            required_names(schema, report);
            free_form(schema, report);
            formats(schema, report);
            constraints(schema, report);
        });
    }
}

/// Gives an object with properties one for each name that it requires and does not describe: of the type of further
/// fields, or any JSON.
fn required_names(schema: &mut Value, report: &mut Report) {
    let place = at(schema);
    let object = keywords(schema);
    let more = object.get("additionalProperties").cloned();
    let required = object.get("required").cloned();
    let (Some(Value::Array(required)), Some(Value::Object(properties))) =
        (required, object.get_mut("properties"))
    else {
        return;
    };
    if properties.is_empty() {
        return;
    }
    for name in required.iter().filter_map(Value::as_str) {
        if !properties.contains_key(name) {
            let further = more.clone().filter(Value::is_object);
            let property = further.unwrap_or_else(|| any_json_of(&step(&place, "required")));
            properties.insert(name.to_owned(), property);
            let detail = format!("{name} is required and not described, and becomes a property");
            report.note("required-names", &place, detail);
        }
    }
}

/// Infers a missing type, and gives what stays without one the type of any JSON.
fn free_form(schema: &mut Value, report: &mut Report) {
    if ["$ref", "oneOf", "enum", "x-rust-type"]
        .iter()
        .any(|keyword| schema.get(keyword).is_some())
    {
        return;
    }
    let place = at(schema);
    if is_record(schema) {
        keywords(schema).insert("type".to_owned(), json!("object"));
    } else if type_of(schema).is_none() {
        let inferred = if schema
            .get("additionalProperties")
            .is_some_and(Value::is_object)
        {
            Some("object")
        } else if schema.get("items").is_some() {
            Some("array")
        } else if ["pattern", "minLength", "maxLength", "format"]
            .iter()
            .any(|keyword| schema.get(keyword).is_some())
        {
            Some("string")
        } else {
            None
        };
        let object = keywords(schema);
        if let Some(name) = inferred {
            object.insert("type".to_owned(), json!(name));
        } else if let Value::Object(any) = any_json() {
            object.extend(any);
            return;
        }
    }
    match type_of(schema) {
        Some("object") if !is_record(schema) => {
            let object = keywords(schema);
            object.remove("properties");
            object.remove("required");
            if !object
                .get("additionalProperties")
                .is_some_and(Value::is_object)
            {
                object.insert("additionalProperties".to_owned(), any_json_of(&place));
                report.note(
                    "free-form",
                    place,
                    "an object without properties is a map of any JSON",
                );
            }
        }
        Some("array") => {
            keywords(schema)
                .entry("items")
                .or_insert_with(|| any_json_of(&place));
        }
        _ => {}
    }
}

/// The any JSON that a list or object at this place holds, since the document does not say what.
fn any_json_of(place: &str) -> Value {
    let mut any = any_json();
    keywords(&mut any).insert(AT.to_owned(), Value::String(place.to_owned()));
    any
}

fn formats(schema: &mut Value, report: &mut Report) {
    let Some(format) = schema
        .get("format")
        .and_then(Value::as_str)
        .map(str::to_owned)
    else {
        return;
    };
    let place = at(schema);
    match type_of(schema) {
        Some("string") if format == "date-time" && schema.get("enum").is_none() => {
            let timestamp = rust_type("client-runtime", "client_runtime::Timestamp", &[]);
            let object = keywords(schema);
            object.remove("type");
            object.remove("format");
            if let Value::Object(timestamp) = timestamp {
                object.extend(timestamp);
            }
            report.note(
                "formats",
                place,
                "date-time becomes a timestamp that keeps its text",
            );
        }
        Some("integer") if INTEGERS.contains(&format.as_str()) => {}
        Some(name) => {
            let detail = format!("{name} of format {format} becomes a plain {name}");
            keywords(schema).remove("format");
            report.note("formats", place, detail);
        }
        None => {
            keywords(schema).remove("format");
        }
    }
}

fn constraints(schema: &mut Value, report: &mut Report) {
    let place = at(schema);
    let object = keywords(schema);
    let found: Vec<_> = CONSTRAINTS
        .into_iter()
        .filter(|keyword| object.remove(*keyword).is_some())
        .collect();
    object.remove("maxProperties");
    if !found.is_empty() {
        report.note(
            "constraints",
            &place,
            format!("{} is not checked before sending", found.join(", ")),
        );
    }
    let unknown: Vec<String> = object
        .keys()
        .filter(|keyword| !is_annotation(keyword) && !KNOWN.contains(&keyword.as_str()))
        .cloned()
        .collect();
    if !unknown.is_empty() {
        object.retain(|keyword, _| !unknown.contains(keyword));
        report.note(
            "unknown-keywords",
            &place,
            format!("left out: {}", unknown.join(", ")),
        );
    }
    if object.get("additionalProperties") == Some(&Value::Bool(false)) {
        object.remove("additionalProperties");
        report.note(
            "constraints",
            place,
            "fields that the document does not name are accepted",
        );
    }
    if let Some(Value::Object(properties)) = object.get("properties") {
        let names: BTreeSet<String> = properties.keys().cloned().collect();
        if let Some(Value::Array(required)) = object.get_mut("required") {
            required.retain(|name| name.as_str().is_some_and(|name| names.contains(name)));
        }
    } else {
        object.remove("required");
    }
}
