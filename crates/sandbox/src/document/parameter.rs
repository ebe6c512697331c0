//! What a request may carry beside its body.

use super::resolved;
use super::schema::{Schemas, type_of};
use serde_json::Value;

/// Where a parameter stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    Path,
    Query,
    Header,
    Cookie,
}

/// How a parameter with several values is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Style {
    /// One value, or one for each `name=value`.
    Repeated,
    /// Values in one text, with this between them.
    Separated(char),
    /// `name[key]=value`.
    DeepObject,
    /// The properties of an object, each as a parameter of its own.
    Spread,
    /// `name=value` parts in one text, with this between them.
    Named(char),
    /// What stands before a value, and between several; where it says so, each with the parameter's name.
    Prefixed {
        mark: char,
        between: char,
        is_named: bool,
    },
    /// A JSON text.
    Json,
}

/// A parameter of an operation.
#[derive(Debug)]
pub(crate) struct Parameter {
    pub name: String,
    pub place: Place,
    pub is_required: bool,
    pub style: Style,
    /// The type that the schema names.
    pub kind: Option<String>,
    pub schema: Value,
    pub validator: jsonschema::Validator,
    /// What integrations demand of it.
    pub integrations: super::Integrations,
}

impl Parameter {
    pub(crate) fn read(
        document: &Value,
        schemas: &Schemas<'_>,
        value: &Value,
    ) -> Result<Self, String> {
        let value = resolved(document, value);
        let name = value["name"]
            .as_str()
            .ok_or("a parameter has no name")?
            .to_owned();
        let place = match value["in"].as_str() {
            Some("path") => Place::Path,
            Some("query") => Place::Query,
            Some("header") => Place::Header,
            Some("cookie") => Place::Cookie,
            _ => {
                return Err(format!(
                    "parameter `{name}`: `in` is none of path, query, header, cookie"
                ));
            }
        };
        let content = value["content"]
            .as_object()
            .and_then(|content| content.values().next());
        let schema = content.map_or(&value["schema"], |content| &content["schema"]);
        let schema = if schema.is_null() {
            &Value::Bool(true)
        } else {
            schema
        };
        let kind = type_of(document, schema).map(str::to_owned);
        let is_object = kind.as_deref() == Some("object");
        let is_of_form = matches!(place, Place::Query | Place::Cookie);
        let usual = if is_of_form { "form" } else { "simple" };
        let named = value["style"].as_str().unwrap_or(usual);
        let is_exploded = value["explode"].as_bool().unwrap_or(named == "form");
        let style = match (named, is_exploded) {
            _ if content.is_some() => Style::Json,
            ("deepObject", _) => Style::DeepObject,
            ("spaceDelimited", false) => Style::Separated(' '),
            ("pipeDelimited", false) => Style::Separated('|'),
            ("simple", true) if is_object => Style::Named(','),
            ("label", explode) => Style::Prefixed {
                mark: '.',
                between: if explode { '.' } else { ',' },
                is_named: false,
            },
            ("matrix", explode) => Style::Prefixed {
                mark: ';',
                between: if explode { ';' } else { ',' },
                is_named: true,
            },
            ("simple", _) | (_, false) => Style::Separated(','),
            (_, true) if is_object => Style::Spread,
            (_, true) => Style::Repeated,
        };
        let validator = schemas
            .validator(schema)
            .map_err(|problem| format!("parameter `{name}`: {problem}"))?;
        Ok(Self {
            is_required: value["required"] == true || place == Place::Path,
            integrations: super::Integrations::read(&value["x-integrations"]),
            name,
            place,
            style,
            schema: schema.clone(),
            kind,
            validator,
        })
    }

    /// Whether the value may have one form or another.
    pub(crate) fn is_choice(&self, document: &Value) -> bool {
        let schema = resolved(document, &self.schema);
        schema["oneOf"].is_array() || schema["anyOf"].is_array() || self.kind.is_none()
    }
}

/// A text as a value of a type, or as text where it is none.
pub(crate) fn typed_text(kind: Option<&str>, text: &str) -> Value {
    let value = match kind {
        Some("integer") => integer(text),
        Some("number") => text.parse::<f64>().ok().map(Value::from),
        Some("boolean") => text.parse::<bool>().ok().map(Value::from),
        Some("null") if text == "null" => Some(Value::Null),
        _ => None,
    };
    value.unwrap_or_else(|| Value::from(text))
}

/// An integer, also one that has no room in 64 bits.
fn integer(text: &str) -> Option<Value> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let is_integer = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    let small = text.parse::<i64>().ok().map(Value::from);
    small.or_else(|| {
        text.parse::<f64>()
            .ok()
            .filter(|number| is_integer && number.is_finite())
            .map(Value::from)
    })
}
