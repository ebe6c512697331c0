//! One schema, and every schema in it.

use serde_json::{Map, Value, json};

use super::{
    super::schema::{AT, is_annotation, keywords, step},
    Dialect,
    resources::NAMES,
};

/// Deeper schemas are refused later, and are not looked at.
const DEEPEST: usize = 96;

impl Dialect<'_> {
    /// Rewrites the schema and those in it.
    pub(super) fn schema(&mut self, schema: &mut Value, pointer: &str) {
        self.inner(schema, pointer, 0);
    }

    fn inner(&mut self, schema: &mut Value, pointer: &str, depth: usize) {
        if depth > DEEPEST {
            return;
        }
        match schema {
            Value::Bool(true) => {
                self.report
                    .note("boolean-schemas", pointer, "true is any JSON");
                *schema = json!({});
            }
            Value::Bool(false) => {
                self.report
                    .note("boolean-schemas", pointer, "false is no value at all");
                *schema = json!({ "not": {} });
            }
            Value::Null => {
                self.report.note(
                    "repairs",
                    pointer,
                    "null in the place of a schema is any JSON",
                );
                *schema = json!({});
            }
            _ => {}
        }
        let Some(object) = schema.as_object_mut() else {
            return;
        };
        let kept = object
            .get(AT)
            .and_then(Value::as_str)
            .filter(|at| self.source.pointer(at).is_some())
            .map(str::to_owned);
        let pointer = kept.as_deref().unwrap_or(pointer);
        object.insert(AT.to_owned(), Value::String(pointer.to_owned()));
        let outer = object
            .get("$id")
            .is_some()
            .then(|| std::mem::replace(&mut self.resource, pointer.to_owned()));
        self.drop_nulls(object, pointer);
        self.reference(object, pointer);
        if object.contains_key("$ref") {
            self.siblings(object, pointer);
        } else {
            self.shapes(object, pointer);
            self.type_name(object, pointer);
            self.conditions(object, pointer);
            self.tuples(object, pointer);
            self.pattern_properties(object, pointer);
            self.encodings(object, pointer);
            self.bounds(object, pointer);
            self.constant(object, pointer);
            self.types(object, pointer);
            self.required(object, pointer);
        }
        for name in NAMES {
            // `id` names a schema in older drafts, and is a property's name nowhere but under `properties`.
            object.remove(name);
        }
        self.children(object, pointer, depth);
        if let Some(outer) = outer {
            self.resource = outer;
        }
    }

    fn children(&mut self, object: &mut Map<String, Value>, pointer: &str, depth: usize) {
        for (keyword, value) in object.iter_mut() {
            match (keyword.as_str(), value) {
                ("properties" | "$defs" | "definitions", Value::Object(entries)) => {
                    let pointer = step(pointer, keyword);
                    for (name, entry) in entries.iter_mut() {
                        self.inner(entry, &step(&pointer, name), depth + 1);
                    }
                }
                ("items" | "not", value) => self.inner(value, &step(pointer, keyword), depth + 1),
                ("additionalProperties", value) if !value.is_boolean() => {
                    self.inner(value, &step(pointer, keyword), depth + 1);
                }
                ("allOf" | "anyOf" | "oneOf", Value::Array(members)) => {
                    let pointer = step(pointer, keyword);
                    for (index, member) in members.iter_mut().enumerate() {
                        self.inner(member, &step(&pointer, &index.to_string()), depth + 1);
                    }
                }
                _ => {}
            }
        }
    }

    /// What stands beside a reference and restricts the value counts in 3.1: both must hold.
    fn siblings(&mut self, object: &mut Map<String, Value>, pointer: &str) {
        let structural = |keyword: &str| {
            !(keyword == "$ref"
                || keyword == "nullable"
                || keyword == "$defs"
                || keyword == "definitions"
                || NAMES.contains(&keyword)
                || is_annotation(keyword))
        };
        if !self.siblings_count || !object.keys().any(|keyword| structural(keyword)) {
            return;
        }
        let mut own = Map::new();
        for keyword in object.keys().cloned().collect::<Vec<_>>() {
            if structural(&keyword)
                && let Some(value) = object.remove(&keyword)
            {
                own.insert(keyword, value);
            }
        }
        if let Some(target) = object.remove("$ref") {
            self.report.note(
                "all-of",
                pointer,
                "a reference and what stands beside it become one schema",
            );
            let members = [json!({ "$ref": target }), Value::Object(own)]
                .map(|member| placed(member, pointer))
                .to_vec();
            object.insert("allOf".to_owned(), Value::Array(members));
        }
    }
}

/// The schema with the pointer of where the document has it, which a rule moves it away from.
pub(super) fn placed(mut schema: Value, pointer: &str) -> Value {
    if schema.is_object() {
        keywords(&mut schema).insert(AT.to_owned(), Value::String(pointer.to_owned()));
    }
    schema
}
