//! Schemas and fields as `OpenAPI` writes them.

use serde_json::{Map, Value, json};

use super::Deriver;
use crate::page::{Allowed, Field, Schema, Shape, Source, Support};

/// How deep fields may nest: what is deeper could not be read back from JSON.
const DEEPEST: usize = 48;

impl Deriver<'_> {
    /// The schema, with the extensions of the whole value left to the caller. `line` is where it was read.
    pub(super) fn schema(&mut self, schema: &Schema, line: usize) -> Map<String, Value> {
        if self.depth >= DEEPEST {
            self.problem(
                "nesting-depth",
                line,
                format!("the type nests deeper than {DEEPEST} levels"),
                "a type that a document can hold",
                "shorten the nesting or name the inner part as a component",
            );
            return Map::new();
        }
        self.depth += 1;
        let mut core = self.shape(&schema.shape, line);
        self.depth -= 1;

        let mut whole = Map::new();
        if schema.nullable {
            whole.insert("nullable".to_owned(), Value::Bool(true));
        }
        if let Some(default) = &schema.default {
            whole.insert("default".to_owned(), default.clone());
        }
        let restrictions = self.restrictions(schema);
        if !restrictions.is_empty() {
            if matches!(schema.shape, Shape::Array(_)) && !allows_lists(schema.allowed.as_ref()) {
                restrict_items(&mut core, restrictions);
            } else {
                whole.extend(restrictions);
            }
        }
        join(core, whole)
    }

    fn shape(&mut self, shape: &Shape, line: usize) -> Map<String, Value> {
        let value = match shape {
            Shape::Any => json!({}),
            Shape::Hidden => json!({ "x-hidden": true }),
            Shape::String => json!({ "type": "string" }),
            Shape::Integer => json!({ "type": "integer" }),
            Shape::Number => json!({ "type": "number" }),
            Shape::Boolean => json!({ "type": "boolean" }),
            Shape::Binary => json!({ "type": "string", "format": "binary" }),
            Shape::Object(fields) => return self.object(fields),
            Shape::Array(items) => {
                json!({ "type": "array", "items": self.schema(items, line) })
            }
            Shape::Map(values) => {
                json!({ "type": "object", "additionalProperties": self.schema(values, line) })
            }
            Shape::Component(name) => {
                self.referred.push((name.clone(), self.page.clone(), line));
                json!({ "$ref": format!("#/components/schemas/{name}") })
            }
            Shape::OneOf(schemas) => {
                let schemas: Vec<Value> = schemas
                    .iter()
                    .map(|schema| Value::Object(self.schema(schema, line)))
                    .collect();
                json!({ "oneOf": schemas })
            }
        };
        match value {
            Value::Object(object) => object,
            _ => Map::new(),
        }
    }

    fn object(&mut self, fields: &[Field]) -> Map<String, Value> {
        let mut properties = Map::new();
        let mut required = Vec::new();
        for field in fields {
            if field.required {
                required.push(Value::String(field.name.clone()));
            }
            let property = self.property(field);
            if properties.insert(field.name.clone(), property).is_some() {
                let first = fields
                    .iter()
                    .find(|other| other.name == field.name)
                    .map_or(0, |other| other.source.line);
                self.problem(
                    "field-twice",
                    field.source.line,
                    format!(
                        "the field `{}` stands twice in the same object, first on line {first}",
                        field.name
                    ),
                    "each field of an object once",
                    "remove one of the two, or nest it under the object that it belongs to",
                );
            }
        }
        let mut object = Map::new();
        object.insert("type".to_owned(), Value::String("object".to_owned()));
        if !required.is_empty() {
            object.insert("required".to_owned(), Value::Array(required));
        }
        if !properties.is_empty() {
            object.insert("properties".to_owned(), Value::Object(properties));
        }
        object
    }

    /// A property: its schema with everything that is said about the field.
    fn property(&mut self, field: &Field) -> Value {
        let core = self.schema(&field.schema, field.source.line);
        let mut said = Map::new();
        insert_text(&mut said, "description", field.description.as_deref());
        if field.deprecated {
            said.insert("deprecated".to_owned(), Value::Bool(true));
        }
        if let Some(example) = &field.example {
            said.insert("example".to_owned(), example.clone());
        }
        self.facts(
            &mut said,
            &field.source,
            field.assumed.as_deref(),
            &field.integrations,
        );
        Value::Object(join(core, said))
    }

    /// Adds where a fact was read, why it is assumed, and what the integrations do with it.
    pub(super) fn facts(
        &mut self,
        object: &mut Map<String, Value>,
        source: &Source,
        assumed: Option<&str>,
        integrations: &[Support],
    ) {
        let mut levels = Map::new();
        let mut values = Map::new();
        let mut notes = Map::new();
        for support in integrations {
            let name = &support.integration;
            let level = Value::String(support.level.as_str().to_owned());
            if levels.insert(name.clone(), level).is_some() {
                self.problem(
                    "integration-twice",
                    support.source.line,
                    format!("the integration {name:?} stands twice"),
                    "each integration once for a field",
                    "remove one of the two",
                );
            }
            if !support.values.is_empty() {
                values.insert(name.clone(), Value::Array(support.values.clone()));
            }
            if !support.notes.is_empty() {
                notes.insert(name.clone(), Value::from(support.notes.clone()));
            }
        }
        for (key, map) in [
            ("x-integrations", levels),
            ("x-integration-values", values),
            ("x-integration-notes", notes),
        ] {
            if !map.is_empty() {
                object.insert(key.to_owned(), Value::Object(map));
            }
        }
        insert_text(object, "x-assumed", assumed);
        object.insert("x-source".to_owned(), self.source(source));
    }

    fn restrictions(&self, schema: &Schema) -> Map<String, Value> {
        let mut restrictions = Map::new();
        let mut put = |key: &str, value: Option<Value>| {
            if let Some(value) = value {
                restrictions.insert(key.to_owned(), value);
            }
        };
        put("format", schema.format.clone().map(Value::String));
        put("minimum", schema.minimum.clone().map(Value::Number));
        put("maximum", schema.maximum.clone().map(Value::Number));
        put("minLength", schema.min_length.map(Value::from));
        put("maxLength", schema.max_length.map(Value::from));
        put("pattern", schema.pattern.clone().map(Value::String));
        if let Some(allowed) = &schema.allowed {
            put("enum", Some(Value::Array(allowed.values.clone())));
            if allowed.open || self.all_enums_open {
                put("x-open-enum", Some(Value::Bool(true)));
            }
        }
        restrictions
    }
}

/// Puts what is said about a list's values on the values: a list itself has no format and is in no enum.
fn restrict_items(list: &mut Map<String, Value>, restrictions: Map<String, Value>) {
    if let Some(Value::Object(items)) = list.get_mut("items") {
        if items.get("type") == Some(&Value::String("array".to_owned())) {
            restrict_items(items, restrictions);
        } else {
            *items = join(std::mem::take(items), restrictions);
        }
    }
}

/// Whether an enum's values are lists themselves.
fn allows_lists(allowed: Option<&Allowed>) -> bool {
    allowed.is_some_and(|allowed| allowed.values.iter().any(Value::is_array))
}

/// Adds to a schema what stands beside it. A reference cannot have siblings, so it moves into an `allOf`.
pub(super) fn join(core: Map<String, Value>, siblings: Map<String, Value>) -> Map<String, Value> {
    if siblings.is_empty() {
        return core;
    }
    let mut joined = if core.contains_key("$ref") {
        let mut wrapped = Map::new();
        wrapped.insert("allOf".to_owned(), Value::Array(vec![Value::Object(core)]));
        wrapped
    } else {
        core
    };
    joined.extend(siblings);
    joined
}

pub(super) fn insert_text(object: &mut Map<String, Value>, key: &str, text: Option<&str>) {
    if let Some(text) = text {
        object.insert(key.to_owned(), Value::String(text.to_owned()));
    }
}
