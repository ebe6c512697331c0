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
    /// The type of the entries, for a list or an object.
    pub entry_kind: Option<String>,
    pub validator: jsonschema::Validator,
    /// What integrations demand of it.
    pub integrations: super::Integrations,
}

impl Parameter {
    pub(crate) fn read(document: &Value, schemas: &Schemas, value: &Value) -> Result<Self, String> {
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
        let entries = if is_object {
            "additionalProperties"
        } else {
            "items"
        };
        let items = &resolved(document, schema)[entries];
        let entry_kind = type_of(document, items).map(str::to_owned);
        let style = match (content.is_some(), value["style"].as_str()) {
            (true, _) => Style::Json,
            (_, Some("deepObject")) => Style::DeepObject,
            (_, Some("spaceDelimited")) => Style::Separated(' '),
            (_, Some("pipeDelimited")) => Style::Separated('|'),
            (_, Some("simple")) => Style::Separated(','),
            (_, None) if matches!(place, Place::Path | Place::Header) => Style::Separated(','),
            _ if value["explode"] == false => Style::Separated(','),
            _ => Style::Repeated,
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
            kind,
            entry_kind,
            validator,
        })
    }

    /// A text as a value of the parameter's type, or as text where it is none.
    pub(crate) fn value_of(&self, text: &str) -> Value {
        typed(self.kind.as_deref(), text)
    }

    pub(crate) fn entry_of(&self, text: &str) -> Value {
        typed(self.entry_kind.as_deref(), text)
    }
}

fn typed(kind: Option<&str>, text: &str) -> Value {
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
