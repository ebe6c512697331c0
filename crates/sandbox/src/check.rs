//! What is wrong with a request, by the document.

mod body;
mod query;

pub(crate) use query::Query;

use crate::document::{Operation, Parameter, Place, Style};
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

/// Checks everything that a document says of a request.
pub(crate) fn check(
    operation: &Operation,
    segments: &[String],
    query: &Query,
    headers: &HeaderMap,
    text: &Bytes,
) -> Checked {
    let mut checked = Checked::default();
    if let Some(problem) = &query.problem {
        checked.problems.push(Problem::new("query", *problem));
    }
    let expected = operation.segments.iter().zip(segments);
    let mut path = expected
        .filter(|(expected, _)| expected.is_none())
        .map(|(_, found)| found);
    for parameter in &operation.parameters {
        match parameter.place {
            Place::Path => {
                let found = path.next();
                if let Some(text) = found {
                    value(
                        parameter,
                        &parameter.value_of(text),
                        "path",
                        &mut checked.problems,
                    );
                }
            }
            Place::Query => of_query(parameter, query, &mut checked.problems),
            Place::Header => of_header(parameter, headers, &mut checked.problems),
            Place::Cookie => of_cookie(parameter, headers, &mut checked.problems),
        }
    }
    if operation.segments.last().is_some_and(Option::is_none) {
        checked.id = segments.last().cloned();
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
        body::check(terms, headers, text, &mut checked);
    } else if !text.is_empty() {
        checked.notes.push("body: none is documented".to_owned());
    }
    checked
}

fn value(parameter: &Parameter, value: &Value, place: &str, problems: &mut Vec<Problem>) {
    for error in parameter.validator.iter_errors(value).take(3) {
        let place = format!("{place} {}{}", parameter.name, error.instance_path());
        problems.push(Problem::new(place, error.masked().to_string()));
    }
}

fn missing(place: &str, parameter: &Parameter) -> Problem {
    Problem::new(
        format!("{place} {}", parameter.name),
        "required, and not there",
    )
}

fn of_query(parameter: &Parameter, query: &Query, problems: &mut Vec<Problem>) {
    match query.value(parameter) {
        Ok(Some(found)) => value(parameter, &found, "query", problems),
        Ok(None) if parameter.is_required => problems.push(missing("query", parameter)),
        Ok(None) => {}
        Err(problem) => problems.push(Problem::new(format!("query {}", parameter.name), problem)),
    }
}

fn of_header(parameter: &Parameter, headers: &HeaderMap, problems: &mut Vec<Problem>) {
    // These are said elsewhere in a document, and a parameter of such a name says nothing.
    const ELSEWHERE: [&str; 3] = ["accept", "content-type", "authorization"];
    let name = parameter.name.to_ascii_lowercase();
    if ELSEWHERE.contains(&name.as_str()) {
        return;
    }
    match headers.get(&name).map(|found| found.to_str()) {
        Some(Ok(text)) => value(parameter, &listed(parameter, text), "header", problems),
        Some(Err(_)) => problems.push(Problem::new(format!("header {name}"), "not ASCII text")),
        None if parameter.is_required => problems.push(missing("header", parameter)),
        None => {}
    }
}

fn of_cookie(parameter: &Parameter, headers: &HeaderMap, problems: &mut Vec<Problem>) {
    match cookie(headers, &parameter.name) {
        Some(text) => value(parameter, &parameter.value_of(text), "cookie", problems),
        None if parameter.is_required => problems.push(missing("cookie", parameter)),
        None => {}
    }
}

pub(crate) fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let all = headers
        .get_all(http::header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok());
    let mut pairs = all
        .flat_map(|text| text.split(';'))
        .filter_map(|pair| pair.trim().split_once('='));
    pairs
        .find(|(found, _)| *found == name)
        .map(|(_, value)| value)
}

fn listed(parameter: &Parameter, text: &str) -> Value {
    match (parameter.kind.as_deref(), parameter.style) {
        (Some("array"), Style::Separated(between)) => text
            .split(between)
            .map(|entry| parameter.entry_of(entry.trim()))
            .collect(),
        _ => parameter.value_of(text),
    }
}
