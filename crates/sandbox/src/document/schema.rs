//! Schemas of OpenAPI as JSON Schema, which validators are built from.

mod closed;
mod problems;
mod repair;

pub(crate) use problems::errors;
pub(crate) use repair::listed;

use closed::{describe_required, is_closed_whole};

use super::resolved;
use crate::sample::says;
use jsonschema::Registry;
use serde_json::{Map, Value, json};

/// Keywords that OpenAPI 3.0 has beyond JSON Schema, and which say nothing of what is valid.
const ANNOTATIONS: [&str; 11] = [
    "$comment",
    "default",
    "deprecated",
    "description",
    "discriminator",
    "example",
    "examples",
    "externalDocs",
    "title",
    "writeOnly",
    "xml",
];

/// Under which name validators know the document.
const DOCUMENT: &str = "urn:openapi:document";

/// The schemas of a document, from which validators are built.
#[derive(Debug)]
pub(crate) struct Schemas<'a> {
    document: &'a Value,
    /// The document with its schemas as JSON Schema, so that a reference leads to the same place in it.
    registry: Option<Registry<'static>>,
    /// Whether values that an enum does not list are valid, too.
    is_open: bool,
    /// Whether keywords beside a reference count, as they do from OpenAPI 3.1 on.
    has_siblings: bool,
}

impl<'a> Schemas<'a> {
    /// Reads them.
    ///
    /// # Errors
    /// When the document is none that can be referred into.
    pub(crate) fn new(document: &'a Value, is_open: bool) -> Result<Self, String> {
        let version = document["openapi"].as_str().unwrap_or_default();
        let mut schemas = Self {
            document,
            registry: None,
            is_open,
            has_siblings: !version.starts_with("3.0"),
        };
        let registry = Registry::new()
            .draft(jsonschema::Draft::Draft202012)
            .add(DOCUMENT, schemas.whole(document, ""))
            .and_then(jsonschema::RegistryBuilder::prepare)
            .map_err(|error| error.to_string())?;
        schemas.registry = Some(registry);
        Ok(schemas)
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
        let options = jsonschema::options()
            .with_draft(jsonschema::Draft::Draft202012)
            .should_validate_formats(true)
            .should_ignore_unknown_formats(true);
        let options = match &self.registry {
            Some(registry) => options.with_registry(registry),
            None => options,
        };
        options
            .build(&self.converted(schema))
            .map_err(|error| error.to_string())
    }

    /// The document with its schemas converted, wherever they stand.
    fn whole(&self, value: &Value, above: &str) -> Value {
        match value {
            Value::Object(fields) => fields
                .iter()
                .map(|(name, value)| {
                    let converted = match (name.as_str(), value) {
                        ("schema", Value::Object(_)) => self.converted(value),
                        ("schemas", Value::Object(schemas)) if above == "components" => schemas
                            .iter()
                            .map(|(name, schema)| (name.clone(), self.converted(schema)))
                            .collect(),
                        ("example" | "examples" | "default", _) => Value::Null,
                        _ => self.whole(value, name),
                    };
                    (name.clone(), converted)
                })
                .collect(),
            Value::Array(values) => values.iter().map(|value| self.whole(value, "")).collect(),
            other => other.clone(),
        }
    }

    fn converted(&self, schema: &Value) -> Value {
        let Value::Object(fields) = schema else {
            return Value::Bool(schema != &Value::Bool(false));
        };
        let mut made = Map::new();
        if let Some(reference) = fields.get("$ref").and_then(Value::as_str) {
            // One that leads nowhere says nothing.
            if !resolved(self.document, schema).is_null() {
                made.insert("$ref".to_owned(), format!("{DOCUMENT}{reference}").into());
            }
            if !self.has_siblings {
                return Value::Object(made);
            }
        }
        for (keyword, value) in fields {
            let is_annotation =
                ANNOTATIONS.contains(&keyword.as_str()) || keyword.starts_with("x-");
            let is_ours = matches!(
                keyword.as_str(),
                "nullable" | "readOnly" | "$ref" | "$schema" | "$id"
            );
            if is_annotation || is_ours || !repair::is_sound(keyword, value) {
                continue;
            }
            if keyword == "additionalProperties" && is_closed_whole(fields) {
                continue;
            }
            let value = match (keyword.as_str(), value) {
                (
                    "properties" | "patternProperties" | "$defs" | "dependentSchemas",
                    Value::Object(properties),
                ) => {
                    let converted = properties
                        .iter()
                        .map(|(name, schema)| (name.clone(), self.converted(schema)));
                    Value::Object(converted.collect())
                }
                ("allOf", Value::Array(parts)) => {
                    parts.iter().map(|part| self.member(part, 0)).collect()
                }
                ("anyOf" | "oneOf" | "prefixItems", Value::Array(parts)) => {
                    parts.iter().map(|part| self.converted(part)).collect()
                }
                (
                    "items"
                    | "not"
                    | "additionalProperties"
                    | "if"
                    | "then"
                    | "else"
                    | "contains"
                    | "propertyNames"
                    | "unevaluatedProperties"
                    | "unevaluatedItems",
                    _,
                ) => self.converted(value),
                ("enum", _) if self.is_open => continue,
                ("enum", Value::Array(values)) => {
                    let kind = fields.get("type").and_then(Value::as_str);
                    values.iter().map(|value| listed(kind, value)).collect()
                }
                ("required", Value::Array(names)) => self.sent(fields, names),
                _ => value.clone(),
            };
            made.insert(keyword.clone(), value);
        }
        if made.get("additionalProperties") == Some(&Value::Bool(false)) {
            describe_required(&mut made);
        }
        exclusive(&mut made, "minimum", "exclusiveMinimum");
        exclusive(&mut made, "maximum", "exclusiveMaximum");
        if fields.get("nullable") == Some(&Value::Bool(true)) {
            return nullable(made);
        }
        Value::Object(made)
    }

    /// The required properties that a request has to have: those that are only read are for answers.
    fn sent(&self, fields: &Map<String, Value>, names: &[Value]) -> Value {
        let combined = ["allOf", "oneOf", "anyOf"]
            .iter()
            .any(|keyword| fields.contains_key(*keyword));
        let all =
            combined.then(|| super::properties_of(self.document, &Value::Object(fields.clone())));
        let own = fields.get("properties").and_then(Value::as_object);
        let properties = all.as_ref().or(own);
        let is_read_only = |name: &Value| {
            let property = properties.and_then(|properties| properties.get(name.as_str()?));
            property.is_some_and(|property| says(self.document, property, "readOnly"))
        };
        let mut sent: Vec<Value> = Vec::new();
        for name in names {
            if !is_read_only(name) && !sent.contains(name) {
                sent.push(name.clone());
            }
        }
        Value::Array(sent)
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

/// The schema, or null. Where the type can say so everything stays in its place, since references may lead into it.
fn nullable(mut schema: Map<String, Value>) -> Value {
    let says_more = ["$ref", "allOf", "anyOf", "oneOf", "not", "const", "enum"]
        .iter()
        .any(|keyword| schema.contains_key(*keyword));
    if !says_more && let Some(Value::String(kind)) = schema.get("type") {
        schema.insert("type".to_owned(), json!([kind, "null"]));
        return Value::Object(schema);
    }
    json!({ "anyOf": [Value::Object(schema), { "type": "null" }] })
}

/// The type of a schema, through references and what it combines.
pub(crate) fn type_of<'a>(document: &'a Value, schema: &'a Value) -> Option<&'a str> {
    type_within(document, schema, 0)
}

fn type_within<'a>(document: &'a Value, schema: &'a Value, depth: usize) -> Option<&'a str> {
    if depth > 16 {
        return None;
    }
    let schema = resolved(document, schema);
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
    parts.find_map(|part| type_within(document, part, depth + 1))
}
