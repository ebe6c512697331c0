//! The structure of schemas.

use serde_json::{Map, Value};

use super::{
    super::schema::{at, step},
    Check,
};
use crate::refusal::{Refusal, kind};

/// How deep schemas may nest.
const DEEPEST: usize = 64;

impl Check {
    pub(super) fn schema(&mut self, pointer: &str, schema: &Value, depth: usize) {
        let kept = at(schema);
        let pointer = if kept.is_empty() { pointer } else { &kept };
        if depth > DEEPEST {
            let refusal = Refusal::new(
                "depth",
                pointer,
                format!("schemas nested more than {DEEPEST} deep"),
                "schemas that nest less",
                "move inner schemas to components/schemas and refer to them",
            );
            self.refusals.push(refusal);
            return;
        }
        let Some(object) = self.object(pointer, schema) else {
            return;
        };
        if object.contains_key("$ref") {
            return self.text(pointer, object, "$ref", true);
        }
        for key in ["type", "format", "description", "title"] {
            self.text(pointer, object, key, false);
        }
        for key in ["nullable", "readOnly", "writeOnly", "deprecated"] {
            self.flag(pointer, object, key);
        }
        if let Some(name) = object.get("type").and_then(Value::as_str)
            && !["string", "integer", "number", "boolean", "object", "array"].contains(&name)
        {
            self.refuse(
                &step(pointer, "type"),
                "another type",
                "string, integer, number, boolean, object or array",
                "use a type of OpenAPI 3.0",
            );
        }
        if let Some(required) = object.get("required") {
            let pointer = step(pointer, "required");
            for (index, name) in self.array(&pointer, required).iter().enumerate() {
                if !name.is_string() {
                    self.refuse(
                        &step(&pointer, &index.to_string()),
                        kind(name),
                        "a property's name",
                        "write a string",
                    );
                }
            }
        }
        if let Some(values) = object.get("enum") {
            self.array(&step(pointer, "enum"), values);
        }
        self.subschemas(pointer, object, depth);
    }

    fn subschemas(&mut self, pointer: &str, object: &Map<String, Value>, depth: usize) {
        if let Some(properties) = object.get("properties") {
            let pointer = step(pointer, "properties");
            if let Some(properties) = self.object(&pointer, properties) {
                for (name, property) in properties {
                    self.schema(&step(&pointer, name), property, depth + 1);
                }
            }
        }
        for key in ["items", "not"] {
            if let Some(inner) = object.get(key) {
                self.schema(&step(pointer, key), inner, depth + 1);
            }
        }
        if let Some(inner) = object
            .get("additionalProperties")
            .filter(|inner| !inner.is_boolean())
        {
            self.schema(&step(pointer, "additionalProperties"), inner, depth + 1);
        }
        for key in ["allOf", "oneOf", "anyOf"] {
            if let Some(members) = object.get(key) {
                let pointer = step(pointer, key);
                for (index, member) in self.array(&pointer, members).iter().enumerate() {
                    self.schema(&step(&pointer, &index.to_string()), member, depth + 1);
                }
            }
        }
    }
}
