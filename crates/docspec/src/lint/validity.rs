//! Whether a value is one of a schema of the document.

use std::collections::{BTreeSet, HashMap};

use jsonschema::Validator;
use jsonschema::error::{TypeKind, ValidationErrorKind};
use serde_json::{Map, Value, json};

/// Keywords that OpenAPI 3.0 has beyond JSON Schema, and which say nothing of what is valid.
const ANNOTATIONS: [&str; 10] = [
    "default",
    "deprecated",
    "description",
    "discriminator",
    "example",
    "externalDocs",
    "readOnly",
    "title",
    "writeOnly",
    "xml",
];

/// How a value does not fit its schema.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Misfit {
    /// The JSON pointer into the value.
    pub(super) pointer: String,
    /// What is wrong, without the value.
    pub(super) what: String,
}

/// The schemas of a document, to check values against.
#[derive(Debug)]
pub(super) struct Schemas {
    definitions: Map<String, Value>,
    /// Validators by the text of their schemas: most fields have one of a few.
    validators: HashMap<String, Option<Validator>>,
}

impl Schemas {
    pub(super) fn of(document: &Value) -> Self {
        let components = document
            .pointer("/components/schemas")
            .and_then(Value::as_object);
        let definitions = components
            .into_iter()
            .flatten()
            .map(|(name, schema)| (name.clone(), converted(schema)))
            .collect();
        Self {
            definitions,
            validators: HashMap::new(),
        }
    }

    /// How a value does not fit a schema. A schema that is none itself fits everything: other rules tell of it.
    pub(super) fn misfits(&mut self, schema: &Value, value: &Value) -> Vec<Misfit> {
        let core = converted(schema);
        let key = core.to_string();
        if !self.validators.contains_key(&key) {
            let validator = self.validator(&core);
            self.validators.insert(key.clone(), validator);
        }
        let Some(Some(validator)) = self.validators.get(&key) else {
            return Vec::new();
        };
        validator
            .iter_errors(value)
            .filter(|error| !is_placeholder(error.instance()))
            .map(|error| Misfit {
                pointer: error.instance_path().to_string(),
                what: said(error.kind(), error.instance()),
            })
            .collect()
    }

    fn validator(&self, core: &Value) -> Option<Validator> {
        let mut needed = BTreeSet::new();
        self.collect(core, &mut needed);
        let definitions: Map<String, Value> = needed
            .into_iter()
            .filter_map(|name| Some((name.clone(), self.definitions.get(&name)?.clone())))
            .collect();
        jsonschema::options()
            .with_draft(jsonschema::Draft::Draft202012)
            .should_validate_formats(true)
            .should_ignore_unknown_formats(true)
            .build(&json!({ "allOf": [core], "$defs": definitions }))
            .ok()
    }

    /// The names of all schemas that one refers to.
    fn collect(&self, schema: &Value, needed: &mut BTreeSet<String>) {
        match schema {
            Value::Object(fields) => {
                let reference = fields.get("$ref").and_then(Value::as_str);
                if let Some(name) =
                    reference.and_then(|reference| reference.strip_prefix("#/$defs/"))
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
}

/// A schema of OpenAPI 3.0 as JSON Schema has it.
fn converted(schema: &Value) -> Value {
    let Value::Object(fields) = schema else {
        return schema.clone();
    };
    if let Some(reference) = fields.get("$ref").and_then(Value::as_str) {
        return json!({ "$ref": reference.replace("#/components/schemas/", "#/$defs/") });
    }
    let is_open = fields.get("x-open-enum") == Some(&Value::Bool(true));
    let mut made = Map::new();
    for (keyword, value) in fields {
        let says_nothing = ANNOTATIONS.contains(&keyword.as_str())
            || keyword.starts_with("x-")
            || keyword == "nullable"
            || (keyword == "enum" && is_open);
        if says_nothing {
            continue;
        }
        let value = match (keyword.as_str(), value) {
            ("properties", Value::Object(properties)) => properties
                .iter()
                .map(|(name, schema)| (name.clone(), converted(schema)))
                .collect(),
            ("allOf" | "anyOf" | "oneOf", Value::Array(parts)) => {
                parts.iter().map(converted).collect()
            }
            ("items" | "not" | "additionalProperties", _) => converted(value),
            _ => value.clone(),
        };
        made.insert(keyword.clone(), value);
    }
    for (bound, keyword) in [
        ("minimum", "exclusiveMinimum"),
        ("maximum", "exclusiveMaximum"),
    ] {
        if let Some(Value::Bool(exclusive)) = made.get(keyword).cloned() {
            made.remove(keyword);
            if let Some(limit) = made.remove(bound) {
                let key = if exclusive { keyword } else { bound };
                made.insert(key.to_owned(), limit);
            }
        }
    }
    if fields.get("nullable") == Some(&Value::Bool(true)) {
        return or_null(made);
    }
    Value::Object(made)
}

/// The schema with null as one more value.
fn or_null(mut schema: Map<String, Value>) -> Value {
    match schema.get("type").cloned() {
        Some(Value::String(kind)) if !schema.contains_key("allOf") => {
            schema.insert("type".to_owned(), json!([kind, "null"]));
            if let Some(Value::Array(values)) = schema.get_mut("enum") {
                values.push(Value::Null);
            }
            Value::Object(schema)
        }
        _ => json!({ "anyOf": [Value::Object(schema), { "type": "null" }] }),
    }
}

/// What is wrong, without the value.
fn said(kind: &ValidationErrorKind, value: &Value) -> String {
    match kind {
        ValidationErrorKind::Type { kind } => {
            let types: Vec<String> = match kind {
                TypeKind::Single(one) => vec![one.to_string()],
                TypeKind::Multiple(several) => several.iter().map(|one| one.to_string()).collect(),
            };
            format!(
                "{} where the schema has {}",
                kind_of(value),
                types.join(" or ")
            )
        }
        ValidationErrorKind::Required { property } => {
            format!(
                "an object without the required {}",
                property.to_string().replace('"', "`")
            )
        }
        ValidationErrorKind::Enum { .. } => "a value that the enum does not list".to_owned(),
        ValidationErrorKind::Format { format } => format!("a text that is no `{format}`"),
        ValidationErrorKind::OneOfNotValid { .. } | ValidationErrorKind::AnyOf { .. } => {
            format!("{} that fits no alternative of the schema", kind_of(value))
        }
        other => format!("a value that `{}` forbids", other.keyword()),
    }
}

/// The kind of a value.
pub(super) fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}

/// Whether a text stands for a value that the reader is to fill in: `<id>`, `{{id}}`, `your_id`, `string`.
pub(super) fn is_placeholder(value: &Value) -> bool {
    let Value::String(text) = value else {
        return false;
    };
    let text = text.trim();
    let lower = text.to_ascii_lowercase();
    text.is_empty()
        || (text.starts_with('<') && text.ends_with('>'))
        || (text.starts_with("{{") && text.ends_with("}}"))
        || (text.starts_with("${") && text.ends_with('}'))
        || lower.starts_with("your_")
        || lower.starts_with("your-")
        || lower.starts_with("your ")
        || matches!(
            lower.as_str(),
            "string" | "integer" | "number" | "boolean" | "..."
        )
}
