//! An OpenAPI document, read for its schemas.

use crate::people;
use fastrand::Rng;
use serde_json::{Map, Value, json};

/// An OpenAPI document.
#[derive(Debug, Clone)]
pub struct Document(Value);

/// A documented property of an object.
#[derive(Debug, Clone)]
pub struct Property {
    /// Its name.
    pub name: String,
    /// Its schema, resolved.
    pub schema: Value,
}

impl Document {
    pub(crate) fn parse(text: &str) -> Self {
        Self(serde_json::from_str(text).unwrap_or_default())
    }

    /// The operation of that id.
    fn operation(&self, id: &str) -> &Value {
        let paths = self.0["paths"].as_object().into_iter().flatten();
        let mut operations = paths.flat_map(|(_, path)| path.as_object().into_iter().flatten());
        operations
            .find(|(_, operation)| operation["operationId"] == id)
            .map_or(&Value::Null, |(_, operation)| operation)
    }

    /// The ids of all operations.
    #[must_use]
    pub fn operation_ids(&self) -> Vec<String> {
        let paths = self.0["paths"].as_object().into_iter().flatten();
        let operations = paths.flat_map(|(_, path)| path.as_object().into_iter().flatten());
        operations
            .filter_map(|(_, operation)| Some(operation["operationId"].as_str()?.to_owned()))
            .collect()
    }

    /// The schema of an operation's successful answer.
    #[must_use]
    pub fn answer(&self, operation: &str) -> Value {
        let responses = self.operation(operation)["responses"].as_object();
        let success = responses
            .into_iter()
            .flatten()
            .find(|(status, _)| status.starts_with('2'));
        let response = success.map(|(_, response)| response);
        let response = self.resolved(response.unwrap_or(&Value::Null));
        self.resolved(&response["content"]["application/json"]["schema"])
    }

    /// The schema of an operation's request body.
    #[must_use]
    pub fn body(&self, operation: &str) -> Value {
        let body = self.resolved(&self.operation(operation)["requestBody"]);
        self.resolved(&body["content"]["application/json"]["schema"])
    }

    /// The properties of an object's schema.
    #[must_use]
    pub fn properties(&self, schema: &Value) -> Vec<Property> {
        let properties = schema["properties"].as_object().into_iter().flatten();
        properties
            .map(|(name, schema)| Property {
                name: name.clone(),
                schema: self.resolved(schema),
            })
            .collect()
    }

    /// A schema with references followed, also through an `allOf` of one.
    #[must_use]
    pub fn resolved(&self, schema: &Value) -> Value {
        let mut schema = schema;
        loop {
            let one = schema["allOf"].as_array().and_then(|all| all.first());
            let reference = schema["$ref"]
                .as_str()
                .or(one.and_then(|one| one["$ref"].as_str()));
            let Some(pointer) = reference.and_then(|text| text.strip_prefix('#')) else {
                return schema.clone();
            };
            schema = self.0.pointer(pointer).unwrap_or(&Value::Null);
        }
    }

    /// A made-up value of a schema, as odd as an answer may be: properties are missing or null, strings are of any
    /// script, lists are empty or long, and there are properties that the document does not know.
    #[must_use]
    pub fn value(&self, schema: &Value, random: &mut Rng) -> Value {
        let schema = self.resolved(schema);
        match schema["type"].as_str() {
            Some("object") if schema["properties"].is_object() => {
                let mut object = Map::new();
                for property in self.properties(&schema) {
                    match random.u8(..8) {
                        0 | 1 => {}
                        2 => {
                            object.insert(property.name, Value::Null);
                        }
                        _ => {
                            let value = self.value(&property.schema, random);
                            object.insert(property.name, value);
                        }
                    }
                }
                if random.u8(..4) == 0 {
                    let name = format!("x~{}/{}", people::word(random), random.u8(..));
                    object.insert(name, anything(random, 2));
                }
                Value::Object(object)
            }
            Some("object") => {
                let count = random.usize(..4);
                let fields = (0..count).map(|_| (people::text(random), anything(random, 2)));
                Value::Object(fields.collect())
            }
            Some("array") => {
                let count = random.usize(..4);
                let items = (0..count).map(|_| self.value(&schema["items"], random));
                Value::Array(items.collect())
            }
            Some("boolean") => Value::Bool(random.bool()),
            Some("integer") => json!(random.i64(-3..9)),
            Some("number") => json!(random.f64()),
            Some("string") => match schema["enum"].as_array() {
                Some(known) if random.bool() => {
                    let at = random.usize(..known.len());
                    known.get(at).cloned().unwrap_or_default()
                }
                _ if schema["format"] == "date-time" && random.bool() => {
                    json!("2024-05-06T07:08:09Z")
                }
                _ => json!(people::text(random)),
            },
            _ => anything(random, 2),
        }
    }
}

/// Any JSON.
fn anything(random: &mut Rng, depth: u8) -> Value {
    match random.u8(..8) {
        0 => Value::Null,
        1 => Value::Bool(random.bool()),
        2 => json!(random.i64(..)),
        3 if depth > 0 => {
            let count = random.usize(..3);
            Value::Array((0..count).map(|_| anything(random, depth - 1)).collect())
        }
        4 if depth > 0 => {
            let count = random.usize(..3);
            let fields = (0..count).map(|_| (people::text(random), anything(random, depth - 1)));
            Value::Object(fields.collect())
        }
        _ => json!(people::text(random)),
    }
}
