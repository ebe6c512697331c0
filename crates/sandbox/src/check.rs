//! What is wrong with a request, by the document.

mod body;
mod query;
mod written;

pub(crate) use query::Query;

use crate::document::{Operation, Parameter, Place, Style, schema::errors, template_of};
use axum::body::Bytes;
use http::HeaderMap;
use serde_json::Value;

/// Something that is wrong with a request: where, and what. It holds no value of the request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Problem {
    /// `path`, `query`, `header`, `cookie` or `body`, and what of it.
    pub place: String,
    pub text: String,
    pub is_of_body: bool,
}

impl Problem {
    fn new(place: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            place: place.into(),
            text: text.into(),
            is_of_body: false,
        }
    }

    fn of_body(pointer: &str, text: impl Into<String>) -> Self {
        let place = if pointer.is_empty() {
            "body".to_owned()
        } else {
            format!("body {pointer}")
        };
        Self {
            place,
            text: text.into(),
            is_of_body: true,
        }
    }
}

impl std::fmt::Display for Problem {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{}: {}", self.place, self.text)
    }
}

/// What a request says, as far as it is as documented.
#[derive(Debug, Default)]
pub(crate) struct Checked {
    /// The last parameter of the path: the record's id, for an operation on one.
    pub id: Option<String>,
    pub body: Value,
    pub problems: Vec<Problem>,
    /// What is not documented, and is let pass.
    pub notes: Vec<String>,
}

/// A percent-encoded text as what it stands for; `None` where that is no UTF-8.
pub(crate) fn decoded(text: &str) -> Option<String> {
    let decoded = percent_encoding::percent_decode_str(text).decode_utf8();
    Some(decoded.ok()?.into_owned())
}

/// Checks everything that a document says of a request; `path` is what comes after the base of the API.
pub(crate) fn check(
    document: &Value,
    operation: &Operation,
    path: &str,
    query: &Query,
    headers: &HeaderMap,
    text: &Bytes,
) -> Checked {
    let mut checked = Checked::default();
    let segments: Vec<&str> = path.trim_start_matches('/').split('/').collect();
    if let Some(problem) = &query.problem {
        checked.problems.push(Problem::new("query", *problem));
    }
    for parameter in &operation.parameters {
        let name = &parameter.name;
        if is_said_elsewhere(parameter) {
            continue;
        }
        let (place, found) = match parameter.place {
            Place::Path => {
                let text = path_text(operation, &segments, name);
                let found = text.map(|text| encoded(parameter, text));
                ("path", Ok(found))
            }
            Place::Query => (
                "query",
                query.written(document, parameter, &operation.parameters),
            ),
            Place::Header => ("header", of_header(parameter, headers)),
            Place::Cookie => ("cookie", Ok(of_cookies(document, parameter, headers))),
        };
        match found {
            Ok(Some(found)) => {
                value(document, parameter, found, place, &mut checked.problems);
            }
            Ok(None) if parameter.is_required && parameter.place != Place::Path => {
                checked.problems.push(missing(place, parameter));
            }
            Ok(None) => {}
            Err(problem) => checked
                .problems
                .push(Problem::new(format!("{place} {name}"), problem)),
        }
    }
    if operation.segments.last().is_some_and(Option::is_none) {
        checked.id = segments.last().and_then(|last| decoded(last));
    }
    for name in query.names() {
        if !operation
            .parameters
            .iter()
            .any(|parameter| query::is_of(parameter, name))
        {
            checked.notes.push(format!("query {name}: not documented"));
        }
    }
    if let Some(terms) = &operation.body {
        body::check(document, terms, headers, text, &mut checked);
    } else if !text.is_empty() {
        checked.notes.push("body: none is documented".to_owned());
    }
    checked
}

fn value(
    document: &Value,
    parameter: &Parameter,
    written: Value,
    place: &str,
    problems: &mut Vec<Problem>,
) {
    // What a text stands for is for the schema to say, unless it is one of several.
    if parameter.is_choice(document) && parameter.validator.is_valid(&written) {
        return;
    }
    let value = written::typed(document, &parameter.schema, written);
    for error in errors(&parameter.validator, &value).take(3) {
        let place = format!("{place} {}{}", parameter.name, error.instance_path());
        problems.push(Problem::new(place, error.masked().to_string()));
    }
}

/// What stands for a parameter in a path: all of a segment, or a part of it.
fn path_text<'a>(operation: &Operation, segments: &[&'a str], name: &str) -> Option<&'a str> {
    let braced = format!("{{{name}}}");
    let templates = template_of(&operation.path).trim_matches('/').split('/');
    let (template, found) = templates
        .zip(segments)
        .find(|(template, _)| template.contains(&braced))?;
    let (before, after) = template.split_once(&braced)?;
    // Beside another parameter it is not told apart.
    if before.contains('{') || after.contains('{') {
        return None;
    }
    found.strip_prefix(before)?.strip_suffix(after)
}

fn missing(place: &str, parameter: &Parameter) -> Problem {
    Problem::new(
        format!("{place} {}", parameter.name),
        "required, and not there",
    )
}

/// Whether it is a header that is said elsewhere in a document, so that a parameter of its name says nothing.
fn is_said_elsewhere(parameter: &Parameter) -> bool {
    const ELSEWHERE: [&str; 3] = ["accept", "content-type", "authorization"];
    let name = parameter.name.to_ascii_lowercase();
    parameter.place == Place::Header && ELSEWHERE.contains(&name.as_str())
}

/// What is written in a header.
fn of_header(parameter: &Parameter, headers: &HeaderMap) -> Result<Option<Value>, &'static str> {
    let name = parameter.name.to_ascii_lowercase();
    match headers.get(&name).map(|found| found.to_str()) {
        Some(Ok(text)) => Ok(Some(listed(parameter, text))),
        Some(Err(_)) => Err("not ASCII text"),
        None => Ok(None),
    }
}

/// What is written in cookies: in one, or in as many as there are values.
fn of_cookies(document: &Value, parameter: &Parameter, headers: &HeaderMap) -> Option<Value> {
    match parameter.style {
        Style::Repeated if parameter.kind.as_deref() == Some("array") => {
            let own = cookies(headers).filter(|(name, _)| *name == parameter.name);
            let texts: Vec<Value> = own.map(|(_, text)| encoded(parameter, text)).collect();
            (!texts.is_empty()).then_some(Value::Array(texts))
        }
        Style::Spread => {
            let properties = crate::document::properties_of(document, &parameter.schema);
            let own = cookies(headers).filter(|(name, _)| properties.contains_key(*name));
            let fields: serde_json::Map<String, Value> = own
                .map(|(name, text)| (name.to_owned(), encoded(parameter, text)))
                .collect();
            (!fields.is_empty()).then_some(Value::Object(fields))
        }
        _ => cookie(headers, &parameter.name).map(|text| encoded(parameter, text)),
    }
}

pub(crate) fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    cookies(headers)
        .find(|(found, _)| *found == name)
        .map(|(_, value)| value)
}

fn cookies(headers: &HeaderMap) -> impl Iterator<Item = (&str, &str)> {
    let all = headers.get_all(http::header::COOKIE).iter();
    all.filter_map(|value| value.to_str().ok())
        .flat_map(|text| text.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
}

/// What is written in one percent-encoded text, by the style of the parameter: what is encoded separates nothing.
fn encoded(parameter: &Parameter, text: &str) -> Value {
    if parameter.style == Style::Json {
        return listed(parameter, &decoded(text).unwrap_or_default());
    }
    let mut written = listed(parameter, text);
    let plain = |value: &mut Value| {
        if let Some(text) = value.as_str().and_then(decoded) {
            *value = Value::from(text);
        }
    };
    match &mut written {
        Value::Array(items) => items.iter_mut().for_each(plain),
        Value::Object(fields) => fields.values_mut().for_each(plain),
        single => plain(single),
    }
    written
}

/// What is written in one text, by the style of the parameter.
fn listed(parameter: &Parameter, text: &str) -> Value {
    let kind = parameter.kind.as_deref();
    let list = |text: &str, between: char| {
        text.split(between)
            .map(|text| Value::from(text.trim()))
            .collect()
    };
    match (parameter.style, kind) {
        (Style::Json, _) => serde_json::from_str(text).unwrap_or_else(|_| Value::from(text)),
        (Style::Separated(between), Some("array")) => list(text, between),
        (Style::Separated(between), Some("object")) => written::in_turn(text.split(between)),
        (Style::Named(between), _) => written::named(text.split(between)),
        (
            Style::Prefixed {
                mark,
                between,
                is_named,
            },
            kind,
        ) => {
            let text = text.strip_prefix(mark).unwrap_or(text);
            let own = format!("{}=", parameter.name);
            let without = |text: &str| text.strip_prefix(&own).unwrap_or(text).to_owned();
            let is_exploded = mark == between;
            match kind {
                Some("array") if is_named && is_exploded => {
                    text.split(between).map(without).map(Value::from).collect()
                }
                Some("array") => list(&without(text), between),
                Some("object") if is_exploded => written::named(text.split(between)),
                Some("object") => written::in_turn(without(text).split(between)),
                _ if is_named => Value::from(without(text)),
                _ => Value::from(text),
            }
        }
        _ => Value::from(text),
    }
}
