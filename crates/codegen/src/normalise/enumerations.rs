//! Rule `enumerations`: values occur once and are strings that Rust can tell apart; null becomes nullable. Any other
//! list of values becomes its plain type, with the values in the documentation.

use serde_json::Value;

use super::{
    draft::Draft,
    identifier::distinct_variants,
    schema::{append_doc, at, keywords, walk_mut},
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
    let mut values: Vec<Value> = Vec::new();
    for value in &listed {
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
        report.note(
            RULE,
            place,
            "the values have several types: any JSON, with the values in its documentation",
        );
    }
}
