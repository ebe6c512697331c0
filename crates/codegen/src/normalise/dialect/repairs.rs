//! Rule `repairs`: what the specification does not allow and only has one meaning.

use serde_json::{Map, Value, json};

use super::{super::schema::step, Dialect, schemas::placed};

const RULE: &str = "repairs";

/// Keywords whose value may be null.
const MAY_BE_NULL: [&str; 5] = ["default", "example", "examples", "const", "value"];

/// Types that other description languages have, with what OpenAPI calls them.
const TYPES: [(&str, &str, Option<&str>); 22] = [
    ("file", "string", Some("binary")),
    ("binary", "string", Some("binary")),
    ("date", "string", Some("date")),
    ("datetime", "string", Some("date-time")),
    ("date-time", "string", Some("date-time")),
    ("timestamp", "string", None),
    ("uuid", "string", Some("uuid")),
    ("email", "string", Some("email")),
    ("uri", "string", Some("uri")),
    ("url", "string", Some("uri")),
    ("str", "string", None),
    ("text", "string", None),
    ("char", "string", None),
    ("int", "integer", None),
    ("int32", "integer", Some("int32")),
    ("int64", "integer", Some("int64")),
    ("long", "integer", Some("int64")),
    ("float", "number", Some("float")),
    ("double", "number", Some("double")),
    ("decimal", "number", None),
    ("bool", "boolean", None),
    ("map", "object", None),
];

/// The types of OpenAPI.
const KNOWN: [&str; 6] = ["string", "integer", "number", "boolean", "object", "array"];

impl Dialect<'_> {
    /// Leaves out members that are null where null means nothing.
    pub(super) fn drop_nulls(&mut self, object: &mut Map<String, Value>, pointer: &str) {
        let meaningless = |key: &str, value: &Value| {
            value.is_null() && !MAY_BE_NULL.contains(&key) && !key.starts_with("x-")
        };
        if !object.iter().any(|(key, value)| meaningless(key, value)) {
            return;
        }
        let report = &mut *self.report;
        object.retain(|key, value| {
            let drop = meaningless(key, value);
            if drop {
                report.note(RULE, step(pointer, key), "null is left out");
            }
            !drop
        });
    }

    /// Makes the member text: numbers and booleans as they are written, anything else is left out.
    pub(super) fn text(&mut self, object: &mut Map<String, Value>, key: &str, pointer: &str) {
        let Some(value) = object.get(key).filter(|value| !value.is_string()) else {
            return;
        };
        let place = step(pointer, key);
        if value.is_number() || value.is_boolean() {
            let text = value.to_string();
            self.report
                .note(RULE, place, "a number or boolean is taken as text");
            object.insert(key.to_owned(), Value::String(text));
        } else if key == "description" || key == "title" {
            self.report
                .note(RULE, place, "left out, since it is no text");
            object.remove(key);
        }
    }

    /// Makes the member a boolean.
    pub(super) fn flag(&mut self, object: &mut Map<String, Value>, key: &str, pointer: &str) {
        let Some(text) = object.get(key).and_then(Value::as_str) else {
            return;
        };
        let flag = match text.to_ascii_lowercase().as_str() {
            "true" | "yes" => true,
            "false" | "no" | "" => false,
            _ => return,
        };
        self.report
            .note(RULE, step(pointer, key), "text is taken as a boolean");
        object.insert(key.to_owned(), Value::Bool(flag));
    }

    /// Writes the name of the type as OpenAPI does; a type that nobody knows is left out.
    pub(super) fn type_name(&mut self, schema: &mut Map<String, Value>, pointer: &str) {
        let Some(name) = schema.get("type").and_then(Value::as_str) else {
            if schema.get("type").is_some_and(|found| !found.is_array()) {
                self.report
                    .note(RULE, step(pointer, "type"), "left out, since it is no type");
                schema.remove("type");
            }
            return;
        };
        if KNOWN.contains(&name) || name == "null" {
            return;
        }
        let lower = name.trim().to_ascii_lowercase();
        let place = step(pointer, "type");
        if let Some(known) = KNOWN.iter().find(|known| **known == lower) {
            self.report
                .note(RULE, place, format!("the type is {known}"));
            schema.insert("type".to_owned(), json!(known));
        } else if lower == "null" || lower == "nil" {
            schema.insert("type".to_owned(), json!("null"));
        } else if let Some((_, name, format)) = TYPES.iter().find(|(other, ..)| *other == lower) {
            self.report.note(RULE, place, format!("the type is {name}"));
            schema.insert("type".to_owned(), json!(name));
            if let Some(format) = format {
                schema.entry("format").or_insert_with(|| json!(format));
            }
        } else {
            self.report
                .note(RULE, place, "left out, since OpenAPI has no such type");
            schema.remove("type");
        }
    }

    /// Names of required properties are text; a property that is called required itself is named by its object.
    pub(super) fn required(&mut self, schema: &mut Map<String, Value>, pointer: &str) {
        let mut names = match schema.remove("required") {
            None => Vec::new(),
            Some(Value::Array(names)) => {
                let (names, others): (Vec<_>, Vec<_>) =
                    names.into_iter().partition(Value::is_string);
                if !others.is_empty() {
                    let place = step(pointer, "required");
                    self.report
                        .note(RULE, place, "what is no property's name is left out");
                }
                names
            }
            Some(Value::String(name)) => {
                let place = step(pointer, "required");
                if ["true", "false"].contains(&name.as_str()) {
                    self.report
                        .note(RULE, place, "a boolean as text says nothing of an object");
                    Vec::new()
                } else {
                    self.report.note(RULE, place, "one name is a list of one");
                    vec![Value::String(name)]
                }
            }
            Some(_) => {
                let place = step(pointer, "required");
                self.report
                    .note(RULE, place, "left out, since it names no properties");
                Vec::new()
            }
        };
        if let Some(Value::Object(properties)) = schema.get_mut("properties") {
            let pointer = step(pointer, "properties");
            for (name, property) in properties.iter_mut() {
                let Some(object) = property.as_object_mut() else {
                    continue;
                };
                if let Some(required) = object.get("required").and_then(Value::as_bool) {
                    let place = step(&step(&pointer, name), "required");
                    self.report.note(RULE, place, "said by the object instead");
                    object.remove("required");
                    let name = Value::String(name.clone());
                    if required && !names.contains(&name) {
                        names.push(name);
                    }
                }
            }
        }
        if !names.is_empty() {
            schema.insert("required".to_owned(), Value::Array(names));
        }
    }

    /// Keywords whose value has another shape than the specification says.
    pub(super) fn shapes(&mut self, schema: &mut Map<String, Value>, pointer: &str) {
        for key in ["title", "description", "format"] {
            self.text(schema, key, pointer);
        }
        for key in ["nullable", "readOnly", "writeOnly", "deprecated"] {
            self.flag(schema, key, pointer);
            self.only(schema, key, pointer, Value::is_boolean, "a boolean");
        }
        self.only(schema, "format", pointer, Value::is_string, "text");
        if let Some(Value::Array(entries)) = schema.get("properties")
            && entries.is_empty()
        {
            schema.insert("properties".to_owned(), json!({}));
        }
        for key in ["allOf", "anyOf", "oneOf"] {
            match schema.get(key) {
                Some(Value::Object(_)) => {
                    self.report
                        .note(RULE, step(pointer, key), "one schema is a list of one");
                    if let Some(only) = schema.remove(key) {
                        let only = placed(only, &step(pointer, key));
                        schema.insert(key.to_owned(), json!([only]));
                    }
                }
                Some(Value::Array(members)) if members.is_empty() => {
                    schema.remove(key);
                }
                _ => {}
            }
        }
        self.flag(schema, "additionalProperties", pointer);
        if let Some(value) = schema.get("enum").filter(|value| !value.is_array()) {
            if value.is_object() {
                self.report.note(
                    RULE,
                    step(pointer, "enum"),
                    "left out, since it lists no values",
                );
                schema.remove("enum");
            } else {
                self.report
                    .note(RULE, step(pointer, "enum"), "one value is a list of one");
                let only = value.clone();
                schema.insert("enum".to_owned(), json!([only]));
            }
        }
        if schema.get("x-nullable") == Some(&Value::Bool(true)) {
            schema.entry("nullable").or_insert(Value::Bool(true));
        }
    }

    /// Leaves the keyword out when its value is not what it should be.
    fn only(
        &mut self,
        schema: &mut Map<String, Value>,
        key: &str,
        pointer: &str,
        right: fn(&Value) -> bool,
        what: &str,
    ) {
        if schema.get(key).is_some_and(|value| !right(value)) {
            self.report.note(
                RULE,
                step(pointer, key),
                format!("left out, since it is not {what}"),
            );
            schema.remove(key);
        }
    }
}
