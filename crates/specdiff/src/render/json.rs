//! For programs.

use serde_json::{Value, json as object};

use super::Compared;
use super::words::{place, sentence};
use crate::{Change, RustLevel, WireLevel};

/// The JSON Schema of what [`json`] writes.
pub const SCHEMA: &str = include_str!("../../schema/comparison.schema.json");

/// Writes the changes as JSON that fits [`SCHEMA`].
#[must_use]
pub fn json(compared: &[Compared]) -> String {
    let documents: Vec<Value> = compared.iter().map(document).collect();
    let mut text = format!("{:#}", object!({ "format": 1, "documents": documents }));
    text.push('\n');
    text
}

fn document(compared: &Compared) -> Value {
    let comparison = &compared.comparison;
    let changes: Vec<Value> = comparison.changes.iter().map(change).collect();
    let mut document = object!({
        "old": compared.old,
        "new": compared.new,
        "wire": comparison.wire_level().map(WireLevel::as_str),
        "rust": comparison.rust_level().map(RustLevel::as_str),
        "counts": {
            "breaking": comparison.count(WireLevel::Breaking),
            "warning": comparison.count(WireLevel::Warning),
            "info": comparison.count(WireLevel::Info),
        },
        "changes": changes,
    });
    if let Some((name, advice)) = compared.advice() {
        document["crate"] = object!({
            "name": name,
            "from": advice.from.to_string(),
            "to": advice.to.to_string(),
        });
    }
    document
}

fn change(change: &Change) -> Value {
    let mut written = object!({
        "rule": change.rule.id(),
        "wire": change.wire.as_str(),
        "rust": change.rust.as_str(),
        "place": place(change),
        "text": sentence(change),
        "operations": change.operations,
        "old": change.old,
        "new": change.new,
    });
    let more = [
        ("about", change.about.clone().map(Value::from)),
        ("before", change.before.clone()),
        ("after", change.after.clone()),
        (
            "source",
            change
                .source
                .as_ref()
                .map(|source| object!({ "page": source.page, "line": source.line })),
        ),
    ];
    for (key, value) in more {
        if let Some(value) = value {
            written[key] = value;
        }
    }
    written
}
