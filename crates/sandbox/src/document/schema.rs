//! Schemas of OpenAPI as JSON Schema, which validators are built from.

use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

/// Keywords that OpenAPI 3.0 has beyond JSON Schema, and which say nothing of what is valid.
const ANNOTATIONS: [&str; 9] = [
    "deprecated",
    "description",
    "discriminator",
    "example",
    "examples",
    "externalDocs",
    "readOnly",
    "writeOnly",
    "xml",
];

/// The schemas of a document, from which validators are built.
#[derive(Debug)]
pub(crate) struct Schemas {
    definitions: Map<String, Value>,
    /// Whether values that an enum does not list are valid, too.
    is_open: bool,
}

impl Schemas {
    pub(crate) fn new(document: &Value, is_open: bool) -> Self {
        let mut schemas = Self {
            definitions: Map::new(),
            is_open,
        };
        let components = document["components"]["schemas"].as_object();
        for (name, schema) in components.into_iter().flatten() {
            let converted = schemas.converted(schema);
            schemas.definitions.insert(name.clone(), converted);
        }
        schemas
    }

    /// Whether values that an enum does not list are valid, too.
    pub(crate) fn is_open(&self) -> bool {
        self.is_open
    }

    /// A validator of values of a schema.
    ///
    /// # Errors
    /// What is wrong with the schema.
    pub(crate) fn validator(&self, schema: &Value) -> Result<jsonschema::Validator, String> {
        let mut root = match self.converted(schema) {
            Value::Object(root) => root,
            other => Map::from_iter([("allOf".to_owned(), json!([other]))]),
        };
        let mut needed = BTreeSet::new();
        self.collect(&Value::Object(root.clone()), &mut needed);
        let definitions = needed.iter().filter_map(|name| {
            let definition = self.definitions.get(name)?;
            Some((name.clone(), definition.clone()))
        });
        let definitions: Map<String, Value> = definitions.collect();
        if let Some(reference) = root.remove("$ref") {
            root.insert("allOf".to_owned(), json!([{ "$ref": reference }]));
        }
        root.insert("$defs".to_owned(), Value::Object(definitions));
        jsonschema::options()
            .with_draft(jsonschema::Draft::Draft202012)
            .should_validate_formats(true)
            .should_ignore_unknown_formats(true)
            .build(&Value::Object(root))
            .map_err(|error| error.to_string())
    }

    /// The names of all schemas that one refers to.
    fn collect(&self, schema: &Value, needed: &mut BTreeSet<String>) {
        match schema {
            Value::Object(fields) => {
                let reference = fields.get("$ref").and_then(Value::as_str);
                let name = reference.and_then(|reference| reference.strip_prefix("#/$defs/"));
                if let Some(name) = name
                    && needed.insert(name.to_owned())
                    && let Some(definition) = self.definitions.get(name)
                {
                    self.collect(definition, needed);
                }
                fields
                    .values()
                    .for_each(|value| self.collect(value, needed));
            }
            Value::Array(values) => values.iter().for_each(|value| self.collect(value, needed)),
            _ => {}
        }
    }

    fn converted(&self, schema: &Value) -> Value {
        let Value::Object(fields) = schema else {
            return schema.clone();
        };
        if let Some(reference) = fields.get("$ref").and_then(Value::as_str) {
            let reference = reference.replace("#/components/schemas/", "#/$defs/");
            return json!({ "$ref": reference });
        }
        let mut made = Map::new();
        for (keyword, value) in fields {
            let is_annotation =
                ANNOTATIONS.contains(&keyword.as_str()) || keyword.starts_with("x-");
            if is_annotation || keyword == "nullable" {
                continue;
            }
            let value = match (keyword.as_str(), value) {
                ("properties" | "patternProperties", Value::Object(properties)) => {
                    let converted = properties
                        .iter()
                        .map(|(name, schema)| (name.clone(), self.converted(schema)));
                    Value::Object(converted.collect())
                }
                ("allOf" | "anyOf" | "oneOf", Value::Array(parts)) => {
                    parts.iter().map(|part| self.converted(part)).collect()
                }
                ("items" | "not" | "additionalProperties", _) => self.converted(value),
                ("enum", _) if self.is_open => continue,
                _ => value.clone(),
            };
            made.insert(keyword.clone(), value);
        }
        exclusive(&mut made, "minimum", "exclusiveMinimum");
        exclusive(&mut made, "maximum", "exclusiveMaximum");
        if fields.get("nullable") == Some(&Value::Bool(true)) {
            return nullable(made);
        }
        Value::Object(made)
    }
}

/// OpenAPI 3.0 says beside a bound that it is exclusive, JSON Schema in its place.
fn exclusive(schema: &mut Map<String, Value>, bound: &str, keyword: &str) {
    match schema.get(keyword) {
        Some(Value::Bool(true)) => {
            schema.remove(keyword);
            if let Some(value) = schema.remove(bound) {
                schema.insert(keyword.to_owned(), value);
            }
        }
        Some(Value::Bool(false)) => {
            schema.remove(keyword);
        }
        _ => {}
    }
}

fn nullable(schema: Map<String, Value>) -> Value {
    json!({ "anyOf": [Value::Object(schema), { "type": "null" }] })
}

/// The type of a schema, through references and what it combines.
pub(crate) fn type_of<'a>(document: &'a Value, schema: &'a Value) -> Option<&'a str> {
    let schema = super::resolved(document, schema);
    if let Some(kind) = schema["type"].as_str() {
        return Some(kind);
    }
    if let Some(kinds) = schema["type"].as_array() {
        return kinds
            .iter()
            .filter_map(Value::as_str)
            .find(|kind| *kind != "null");
    }
    if schema["properties"].is_object() {
        return Some("object");
    }
    let parts = ["allOf", "oneOf", "anyOf"].iter();
    let mut parts = parts
        .filter_map(|keyword| schema[*keyword].as_array())
        .flatten();
    parts.find_map(|part| type_of(document, part))
}
