//! What documents have in schemas that no validator takes: left out, since it says nothing that could be checked.

use serde_json::{Value, json};

const TYPES: [&str; 7] = [
    "array", "boolean", "integer", "null", "number", "object", "string",
];

/// A value that an enum lists; a number or a boolean as text, where the type is text.
pub(crate) fn listed(kind: Option<&str>, value: &Value) -> Value {
    match value {
        Value::Number(_) | Value::Bool(_) if kind == Some("string") => value.to_string().into(),
        other => other.clone(),
    }
}

/// Whether a keyword has a value that JSON Schema knows.
pub(super) fn is_sound(keyword: &str, value: &Value) -> bool {
    match keyword {
        "type" => match value {
            Value::String(kind) => TYPES.contains(&kind.as_str()),
            Value::Array(kinds) => {
                !kinds.is_empty()
                    && kinds
                        .iter()
                        .all(|kind| kind.as_str().is_some_and(|kind| TYPES.contains(&kind)))
            }
            _ => false,
        },
        "required" => value
            .as_array()
            .is_some_and(|names| names.iter().all(Value::is_string)),
        "enum" => value.as_array().is_some_and(|values| !values.is_empty()),
        "properties" | "patternProperties" | "$defs" | "dependentSchemas" => value.is_object(),
        "allOf" | "anyOf" | "oneOf" | "prefixItems" => {
            value.as_array().is_some_and(|parts| !parts.is_empty())
        }
        "items" | "not" | "additionalProperties" => value.is_object() || value.is_boolean(),
        "minimum" | "maximum" => value.is_number(),
        "exclusiveMinimum" | "exclusiveMaximum" => value.is_number() || value.is_boolean(),
        "multipleOf" => value.as_f64().is_some_and(|number| number > 0.0),
        "minLength" | "maxLength" | "minItems" | "maxItems" | "minProperties" | "maxProperties" => {
            value.is_u64()
        }
        "uniqueItems" => value.is_boolean(),
        "format" => value.is_string(),
        "pattern" => jsonschema::options()
            .build(&json!({ "pattern": value }))
            .is_ok(),
        _ => true,
    }
}
