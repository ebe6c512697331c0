//! Findings as JSON, for programs.

use serde_json::{Map, Value, json};

use super::finding::{Finding, Place};

/// The JSON Schema of [`document`].
pub const SCHEMA: &str = include_str!("findings.schema.json");

/// The findings of several APIs as one document. Each pair is a folder, which stands before the names of files, and
/// what was found in it; accepted findings are in it with their reason.
#[must_use]
pub fn document(found: &[(String, Vec<Finding>)]) -> Value {
    let findings: Vec<Value> = found
        .iter()
        .flat_map(|(folder, findings)| findings.iter().map(|finding| value(folder, finding)))
        .collect();
    json!({ "version": 1, "findings": findings })
}

fn value(folder: &str, finding: &Finding) -> Value {
    let places: Vec<Value> = finding
        .parts
        .iter()
        .map(|part| {
            let mut object = place(folder, &part.place);
            if let Some(subject) = &part.subject {
                object.insert("subject".to_owned(), json!(subject));
            }
            Value::Object(object)
        })
        .collect();
    let mut object = Map::new();
    object.insert("rule".to_owned(), json!(finding.rule.name));
    object.insert("level".to_owned(), json!(finding.rule.level.name()));
    object.insert("found".to_owned(), json!(finding.title()));
    object.insert("expected".to_owned(), json!(finding.expected));
    object.insert("fix".to_owned(), json!(finding.fix));
    object.insert("places".to_owned(), Value::Array(places));
    if let Some(reason) = &finding.accepted {
        object.insert("accepted".to_owned(), json!(reason));
    }
    Value::Object(object)
}

fn place(folder: &str, place: &Place) -> Map<String, Value> {
    let mut object = Map::new();
    object.insert("file".to_owned(), json!(format!("{folder}{}", place.file)));
    if let Some(line) = place.line {
        object.insert("line".to_owned(), json!(line));
    }
    for (key, text) in [("pointer", &place.pointer), ("field", &place.field)] {
        if let Some(text) = text {
            object.insert(key.to_owned(), json!(text));
        }
    }
    object
}
