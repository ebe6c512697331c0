//! A schema as one object of keywords: references followed, and `allOf` joined.

use crate::document::resolved;
use serde_json::{Map, Value, json};

/// How many schemas may stand within each other in one place.
const DEPTH: usize = 24;

/// The keywords of a schema and of everything that it combines.
pub(super) fn flat(document: &Value, schema: &Value) -> Map<String, Value> {
    let mut joined = Map::new();
    join(document, schema, 0, &mut joined);
    joined
}

/// Whether a schema has the keyword set to true, by its own word or by that of what it refers to or combines.
pub(crate) fn says(document: &Value, schema: &Value, keyword: &str) -> bool {
    schema[keyword] == true
        || resolved(document, schema)[keyword] == true
        || flat(document, schema).get(keyword) == Some(&Value::Bool(true))
}

/// The values that a schema gives as examples of itself.
pub(super) fn examples(document: &Value, schema: &Value) -> Vec<Value> {
    let flat = flat(document, schema);
    let mut examples: Vec<Value> = Vec::new();
    examples.extend(flat.get("example").cloned());
    examples.extend(
        flat.get("examples")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .cloned(),
    );
    examples.extend(flat.get("default").cloned());
    examples
}

fn join(document: &Value, schema: &Value, depth: usize, joined: &mut Map<String, Value>) {
    if depth > DEPTH {
        return;
    }
    let Value::Object(own) = schema else { return };
    if own.contains_key("$ref") {
        join(document, resolved(document, schema), depth + 1, joined);
    }
    for (keyword, value) in own {
        match keyword.as_str() {
            "$ref" => {}
            "allOf" => {
                for part in value.as_array().into_iter().flatten() {
                    join(document, part, depth + 1, joined);
                }
            }
            _ => add(joined, keyword, value),
        }
    }
}

fn add(joined: &mut Map<String, Value>, keyword: &str, value: &Value) {
    let Some(known) = joined.get_mut(keyword) else {
        joined.insert(keyword.to_owned(), value.clone());
        return;
    };
    match (keyword, known, value) {
        ("properties", Value::Object(known), Value::Object(more)) => {
            for (name, schema) in more {
                match known.get_mut(name) {
                    Some(same) if same == schema => {}
                    Some(other) => *other = json!({ "allOf": [other.take(), schema] }),
                    None => {
                        known.insert(name.clone(), schema.clone());
                    }
                }
            }
        }
        ("required", Value::Array(known), Value::Array(more)) => {
            for name in more {
                if !known.contains(name) {
                    known.push(name.clone());
                }
            }
        }
        ("enum", Value::Array(known), Value::Array(more)) => {
            known.retain(|value| more.contains(value));
        }
        ("minimum" | "minLength" | "minItems" | "minProperties", known, _)
            if value.as_f64() > known.as_f64() =>
        {
            *known = value.clone();
        }
        ("maximum" | "maxLength" | "maxItems" | "maxProperties", known, _)
            if value.as_f64() < known.as_f64() =>
        {
            *known = value.clone();
        }
        ("items", known, _) if known != value => {
            *known = json!({ "allOf": [known.take(), value] });
        }
        ("type", known @ Value::Array(_), Value::String(_)) => *known = value.clone(),
        ("nullable", known, Value::Bool(false)) => *known = Value::Bool(false),
        _ => {}
    }
}
