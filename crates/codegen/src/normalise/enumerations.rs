//! Rule `enumerations`: values occur once and are strings that Rust can tell apart; null becomes nullable. Any other
//! list of values becomes its plain type, with the values in the documentation.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::{
    draft::Draft,
    identifier::distinct_variants,
    schema::{AT, append_doc, at, keywords, type_of, walk_mut, weakened},
};
use crate::report::Report;

const RULE: &str = "enumerations";

/// Settles every enum of the draft.
pub(super) fn apply(draft: &mut Draft, report: &mut Report) {
    for root in draft.roots_mut() {
        walk_mut(root, &mut |schema| settle(schema, report));
    }
}

fn settle(schema: &mut Value, report: &mut Report) {
    let place = at(schema);
    let Some(Value::Array(listed)) = keywords(schema).remove("enum") else {
        return;
    };
    if ["$ref", "oneOf", "x-rust-type", "properties"]
        .iter()
        .any(|keyword| schema.get(keyword).is_some())
    {
        report.note(
            RULE,
            place,
            "values listed beside another shape are left out",
        );
        return;
    }
    let is_text = type_of(schema) == Some("string");
    let mut values: Vec<Value> = Vec::new();
    for value in &listed {
        let text = Value::String(value.to_string());
        // Text that was written without quotes: YAML takes it for a number or a boolean.
        let value = if is_text && (value.is_number() || value.is_boolean()) {
            &text
        } else {
            value
        };
        if value.is_null() {
            keywords(schema).insert("nullable".to_owned(), Value::Bool(true));
        } else if !values.contains(value) {
            values.push(value.clone());
        }
    }
    if values.len() < listed.len() {
        report.note(
            RULE,
            &place,
            "repeated values and null are left out of the list",
        );
    }
    if values.is_empty() {
        return;
    }
    let plain = if values.iter().all(Value::is_string) {
        if distinct_variants(values.iter().filter_map(Value::as_str)) {
            let object = keywords(schema);
            object.insert("type".to_owned(), Value::String("string".to_owned()));
            object.remove("format");
            object.insert("enum".to_owned(), Value::Array(values));
            return;
        }
        Some("string")
    } else if values.iter().all(|value| value.is_i64() || value.is_u64()) {
        Some("integer")
    } else if values.iter().all(Value::is_number) {
        Some("number")
    } else if values.iter().all(Value::is_boolean) {
        Some("boolean")
    } else {
        None
    };
    let list: Vec<_> = values
        .iter()
        .map(|value| format!("`{}`", value.to_string().replace('`', "'")))
        .collect();
    append_doc(schema, &format!("Known values: {}.", list.join(", ")));
    let object = keywords(schema);
    if let Some(name) = plain {
        if object.get("type").and_then(Value::as_str) != Some("number") {
            object.insert("type".to_owned(), Value::String(name.to_owned()));
        }
        let detail = format!(
            "the values cannot be named in Rust: {name}, with the values in its documentation"
        );
        report.note(RULE, place, detail);
    } else {
        object.remove("type");
        object.remove("format");
        let kinds: Option<BTreeSet<&str>> = values.iter().map(kind).collect();
        let Some(kinds) = kinds else {
            report.note(
                RULE,
                place,
                "objects and lists as values: any JSON, with the values in its documentation",
            );
            if let Value::Object(any) = weakened(RULE) {
                object.extend(any);
            }
            return;
        };
        let members = kinds
            .into_iter()
            .map(|kind| json!({ "type": kind, AT: place }))
            .collect();
        object.insert("oneOf".to_owned(), Value::Array(members));
        report.note(
            RULE,
            place,
            "the values have several types: a union of them, with the values in its documentation",
        );
    }
}

/// The type of a value that is not made of others.
fn kind(value: &Value) -> Option<&'static str> {
    match value {
        Value::String(_) => Some("string"),
        Value::Bool(_) => Some("boolean"),
        Value::Number(number) if number.is_i64() || number.is_u64() => Some("integer"),
        Value::Number(_) => Some("number"),
        _ => None,
    }
}
