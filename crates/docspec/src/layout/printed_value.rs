//! Values as a page prints them, read as JSON of the type that the page gives.

use serde_json::Value;

use crate::page::{Schema, Shape};

/// Reads a printed value as a value of the schema, or `None` when it is none.
///
/// A string may stand in quotes or without them; the words of a boolean in any case.
pub(super) fn typed(schema: &Schema, printed: &str) -> Option<Value> {
    if schema.nullable && printed == "null" {
        return Some(Value::Null);
    }
    let json: Option<Value> = serde_json::from_str(printed).ok();
    match &schema.shape {
        Shape::String | Shape::Binary => match json {
            Some(Value::String(text)) => Some(Value::String(text)),
            _ => Some(Value::String(printed.to_owned())),
        },
        Shape::Integer => json.filter(|value| value.is_i64() || value.is_u64()),
        Shape::Number => json.filter(Value::is_number),
        Shape::Boolean => match printed.to_ascii_lowercase().as_str() {
            "true" => Some(Value::Bool(true)),
            "false" => Some(Value::Bool(false)),
            _ => None,
        },
        Shape::Array(_) => json.filter(Value::is_array),
        Shape::Object(_) | Shape::Map(_) => json.filter(Value::is_object),
        Shape::OneOf(schemas) => schemas.iter().find_map(|schema| typed(schema, printed)),
        Shape::Any | Shape::Hidden | Shape::Component(_) => {
            Some(json.unwrap_or_else(|| Value::String(printed.to_owned())))
        }
    }
}

/// Reads an example: a value of the schema where it is one, else the text as it is printed.
pub(super) fn example(schema: &Schema, printed: &str) -> Value {
    typed(schema, printed).unwrap_or_else(|| Value::String(printed.to_owned()))
}

/// The values without repeats, in first-seen order.
pub(super) fn without_repeats(values: Vec<Value>) -> Vec<Value> {
    let mut seen = std::collections::HashSet::new();
    values
        .into_iter()
        .filter(|value| seen.insert(value.to_string()))
        .collect()
}
