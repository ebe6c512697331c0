//! The one way in which an `OpenAPI` document is written down, so that two runs, two machines and two reviewers see
//! the same text for the same document.

use serde_json::{Map, Value};

use crate::structure::Part;

/// Writes a document in its canonical form: the fields of each object in the order in which the specification lists
/// them, then extensions by name; names (paths, properties, components, statuses) sorted; lists as they are; two
/// spaces for each level; a line feed at the end.
///
/// The order of the keys of `document` plays no part, and the text of a document that was read back from its
/// canonical text is that text again.
#[must_use]
pub fn to_string(document: &Value) -> String {
    let mut text = format!("{:#}", sorted(document, Part::Document));
    text.push('\n');
    text
}

fn sorted(value: &Value, part: Part) -> Value {
    match value {
        Value::Object(object) => {
            let mut entries: Vec<(usize, &String, &Value)> = object
                .iter()
                .map(|(key, value)| (part.position(key), key, value))
                .collect();
            entries.sort_by_key(|(position, key, _)| (*position, *key));
            let entries: Map<String, Value> = entries
                .into_iter()
                .map(|(_, key, value)| (key.clone(), sorted(value, part.child(key))))
                .collect();
            Value::Object(entries)
        }
        Value::Array(items) => items
            .iter()
            .map(|item| sorted(item, part.child("")))
            .collect(),
        scalar => scalar.clone(),
    }
}
