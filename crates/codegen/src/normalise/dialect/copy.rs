//! The copy of a document that the rules change. Examples stay behind: no rule reads them, and they are a large part
//! of a large document.

use serde_json::{Map, Value};

/// What holds examples.
const EXAMPLES: [&str; 2] = ["example", "examples"];

/// Keywords whose keys are names that somebody chose, so that one of them can be `example`.
const NAMES: [&str; 16] = [
    "$defs",
    "callbacks",
    "content",
    "definitions",
    "dependentSchemas",
    "encoding",
    "headers",
    "parameters",
    "pathItems",
    "paths",
    "patternProperties",
    "properties",
    "requestBodies",
    "responses",
    "schemas",
    "securitySchemes",
];

/// Keywords whose values are values of the API, or nothing that holds schemas.
const VALUES: [&str; 6] = [
    "const",
    "default",
    "dependencies",
    "discriminator",
    "enum",
    "security",
];

/// The value without the examples in it.
pub(super) fn without_examples(value: &Value) -> Value {
    match value {
        Value::Object(object) => Value::Object(described(object)),
        Value::Array(values) => values.iter().map(without_examples).collect(),
        other => other.clone(),
    }
}

fn described(object: &Map<String, Value>) -> Map<String, Value> {
    object
        .iter()
        .filter(|(key, _)| !EXAMPLES.contains(&key.as_str()))
        .map(|(key, value)| {
            let copy = match value {
                Value::Object(named) if NAMES.contains(&key.as_str()) => named
                    .iter()
                    .map(|(name, value)| (name.clone(), without_examples(value)))
                    .collect(),
                _ if VALUES.contains(&key.as_str()) || key.starts_with("x-") => value.clone(),
                _ => without_examples(value),
            };
            (key.clone(), copy)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn examples_stay_behind_and_what_is_called_example_does_not() {
        let document = json!({
            "components": {
                "examples": { "a": { "value": 1 } },
                "schemas": { "example": {
                    "properties": { "example": { "type": "string", "example": "x", "enum": [{ "example": 1 }] } },
                    "example": { "example": "y" },
                    "examples": ["z"],
                    "allOf": [{ "example": 1, "$ref": "#/components/schemas/examples" }],
                } },
            },
            "security": [{ "example": [] }],
            "x-more": { "example": 1 },
        });
        let expected = json!({
            "components": {
                "schemas": { "example": {
                    "properties": { "example": { "type": "string", "enum": [{ "example": 1 }] } },
                    "allOf": [{ "$ref": "#/components/schemas/examples" }],
                } },
            },
            "security": [{ "example": [] }],
            "x-more": { "example": 1 },
        });
        assert_eq!(without_examples(&document), expected);
    }
}
