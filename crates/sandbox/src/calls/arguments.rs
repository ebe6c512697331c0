//! The arguments for one call.

use crate::document::{Operation, Place, is_form, is_json};
use crate::sample::{self, Extent, Way};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::cell::RefCell;
use std::fmt;

/// The arguments for a call of one operation, made up from its document and the same every time.
pub struct Arguments<'a> {
    document: &'a Value,
    operation: &'a Operation,
    extent: Extent,
    /// What stands for parameters and bodies of which no valid value was found.
    missing: RefCell<Vec<String>>,
}

/// An argument is none that the client's type takes. It holds no value.
#[derive(Debug)]
pub struct ArgumentProblem(String);

impl fmt::Display for ArgumentProblem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl std::error::Error for ArgumentProblem {}

impl From<ArgumentProblem> for String {
    fn from(problem: ArgumentProblem) -> Self {
        problem.0
    }
}

impl<'a> Arguments<'a> {
    pub(crate) fn new(document: &'a Value, operation: &'a Operation, extent: Extent) -> Self {
        Self {
            document,
            operation,
            extent,
            missing: RefCell::default(),
        }
    }

    /// The argument for a parameter in `path`, `query`, `header` or `cookie`, as the client's type of it; nothing where it
    /// is left out.
    ///
    /// # Errors
    /// When the type does not take a value that the document does.
    pub fn of<T: DeserializeOwned>(
        &self,
        place: &str,
        name: &str,
    ) -> Result<Option<T>, ArgumentProblem> {
        let Some(value) = self.parameter(place, name) else {
            return Ok(None);
        };
        typed(&value)
            // What a client cannot write as anything but a text, its caller writes.
            .or_else(|problem| typed(&Value::from(text_of(&value))).map_err(|_| problem))
            .map(Some)
            .map_err(|problem| ArgumentProblem(format!("{place} parameter `{name}`: {problem}")))
    }

    /// The body of a media type that holds fields, as the client's type of it; nothing where it is left out.
    ///
    /// # Errors
    /// When the type does not take a value that the document does.
    pub fn body<T: DeserializeOwned>(
        &self,
        media_type: &str,
    ) -> Result<Option<T>, ArgumentProblem> {
        let Some(mut value) = self.content(media_type) else {
            return Ok(None);
        };
        if media_type.starts_with("multipart/") {
            self.take_files(media_type, &mut value);
        }
        typed(&value)
            .map(Some)
            .map_err(|problem| ArgumentProblem(format!("body: {problem}")))
    }

    /// The body of a media type that holds a text or bytes; nothing where it is left out.
    #[must_use]
    pub fn raw_body(&self, media_type: &str) -> Option<String> {
        match self.content(media_type)? {
            Value::String(text) => Some(text),
            _ if is_json(media_type) => Some("{}".to_owned()),
            _ => Some("sample".to_owned()),
        }
    }

    /// What no valid value was found of, though it is required.
    pub(crate) fn missing(&self) -> Vec<String> {
        self.missing.borrow().clone()
    }

    fn parameter(&self, place: &str, name: &str) -> Option<Value> {
        let wanted = match place {
            "path" => Place::Path,
            "query" => Place::Query,
            "header" => Place::Header,
            _ => Place::Cookie,
        };
        let with_brackets = format!("{name}[]");
        let parameter = self.operation.parameters.iter().find(|parameter| {
            parameter.place == wanted && (parameter.name == name || parameter.name == with_brackets)
        })?;
        if !parameter.is_required && self.extent == Extent::Least {
            return None;
        }
        let made = self.valid(&parameter.schema, &parameter.validator, Way::Text);
        if made.is_none() && parameter.is_required {
            self.missing
                .borrow_mut()
                .push(format!("{place} parameter `{name}`"));
        }
        // What is empty is nothing in a URL, and so in what the client sends.
        made.filter(|value| parameter.is_required || !is_empty(value))
    }

    fn content(&self, media_type: &str) -> Option<Value> {
        let terms = self.operation.body.as_ref()?;
        if !terms.is_required && self.extent == Extent::Least {
            return None;
        }
        let content = terms.content(media_type)?;
        let way = if is_form(media_type) || media_type.starts_with("multipart/") {
            Way::Text
        } else {
            Way::Request
        };
        let made = self.valid(&content.schema, &content.validator, way);
        if made.is_none() {
            self.missing.borrow_mut().push("body".to_owned());
        }
        made
    }

    /// A valid value: with as much as is asked for, or else with the least.
    fn valid(&self, schema: &Value, validator: &jsonschema::Validator, way: Way) -> Option<Value> {
        let of = |extent| sample::value(self.document, schema, validator, extent, way);
        of(self.extent).or_else(|| of(Extent::Least))
    }

    /// Makes files of the fields of a form that hold bytes.
    fn take_files(&self, media_type: &str, value: &mut Value) {
        let terms = self.operation.body.as_ref();
        let content = terms.and_then(|terms| terms.content(media_type));
        let (Some(content), Value::Object(fields)) = (content, value) else {
            return;
        };
        let properties = crate::document::properties_of(self.document, &content.schema);
        for (name, field) in fields {
            let schema = properties.get(name).unwrap_or(&Value::Null);
            let schema = crate::document::resolved(self.document, schema);
            let items = crate::document::resolved(self.document, &schema["items"]);
            match field {
                Value::String(text) if is_binary(schema) => *field = file(text),
                Value::Array(texts) if is_binary(items) => {
                    for text in texts {
                        let bytes = text.as_str().unwrap_or_default().to_owned();
                        *text = file(&bytes);
                    }
                }
                _ => {}
            }
        }
    }
}

impl fmt::Debug for Arguments<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Arguments")
            .field("operation", &self.operation.route)
            .field("extent", &self.extent)
            .finish_non_exhaustive()
    }
}

fn typed<T: DeserializeOwned>(value: &Value) -> Result<T, String> {
    // From text, since a type may keep the text of what it holds.
    serde_json::from_str(&value.to_string()).map_err(|error| {
        format!("the client's type does not take what the document does ({error})")
    })
}

/// Whether it is a list or object without anything in it.
fn is_empty(value: &Value) -> bool {
    match value {
        Value::Array(items) => items.is_empty(),
        Value::Object(fields) => fields.is_empty(),
        _ => false,
    }
}

/// A value as the style `simple` has it.
fn text_of(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(text_of).collect::<Vec<_>>().join(","),
        Value::Object(fields) => fields
            .iter()
            .flat_map(|(name, value)| [name.clone(), text_of(value)])
            .collect::<Vec<_>>()
            .join(","),
        other => other.to_string(),
    }
}

fn is_binary(schema: &Value) -> bool {
    schema["format"] == "binary" || schema["contentMediaType"] == "application/octet-stream"
}

/// How a client reads a file from JSON.
fn file(text: &str) -> Value {
    json!({ "file_name": "sample.bin", "media_type": "application/octet-stream", "bytes": text.as_bytes() })
}
