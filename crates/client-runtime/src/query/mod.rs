//! Parameters in the query of a URL, in the encoding that the document names for each.

mod nested;
mod writer;

use serde::Serialize;
use std::fmt;
use writer::Writer;

/// How a parameter's value is written into a query. `null`, and an empty list or object, is written as nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Encoding {
    /// A single value: `name=a`
    Plain,
    /// A list: `name=a&name=b`
    Repeated,
    /// A list: `name[]=a&name[]=b`; objects in it as `name[0][key]=a&name[1][key]=b`
    Brackets,
    /// A list, or an object's keys and values in turn: `name=a,b`
    Comma,
    /// A list, or an object's keys and values in turn: `name=a%20b`
    Space,
    /// A list, or an object's keys and values in turn: `name=a%7Cb`
    Pipe,
    /// An object to any depth: `name[key]=a`, lists in it as `name[key][]=a`. A list in its place is written as
    /// `name[]=a`, and a single value as `name=a`.
    DeepObject,
    /// An object whose keys are parameters of their own: `key=a`, lists in it as `key=a&key=b`, or as
    /// `key[0][inner]=a` where they hold objects
    Spread,
    /// The same with lists as `key[]=a&key[]=b`
    SpreadBrackets,
    /// Any value as JSON text: `name=%7B%22key%22%3A1%7D`
    Json,
    /// A list whose items are objects or lists, each as JSON text: `name=%7B%22key%22%3A1%7D&name=%7B%22key%22%3A2%7D`
    RepeatedJson,
}

impl Encoding {
    /// What stands between the values, where all of them make one parameter.
    const fn separator(self) -> Option<&'static str> {
        match self {
            Self::Comma => Some(","),
            Self::Space => Some("%20"),
            Self::Pipe => Some("%7C"),
            _ => None,
        }
    }

    /// Whether the keys of an object are parameters of their own.
    const fn spreads(self) -> bool {
        matches!(self, Self::Spread | Self::SpreadBrackets)
    }

    const fn takes(self) -> &'static str {
        match self {
            Self::Plain => "a single value",
            Self::Repeated | Self::Brackets | Self::RepeatedJson => "a list",
            Self::Comma | Self::Space | Self::Pipe => "a flat list or object",
            Self::DeepObject | Self::Spread | Self::SpreadBrackets => "an object",
            Self::Json => "any value",
        }
    }
}

/// Says why a value does not fit its parameter's encoding, without the value.
#[derive(Debug)]
pub(crate) struct QueryProblem(String);

impl fmt::Display for QueryProblem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl std::error::Error for QueryProblem {}

impl serde::ser::Error for QueryProblem {
    fn custom<T: fmt::Display>(_: T) -> Self {
        // The text of a type's own error may quote its value.
        Self("its type cannot be serialised".to_owned())
    }
}

impl QueryProblem {
    fn misfit(found: &str, encoding: Encoding) -> Self {
        Self(format!("found {found}, expected {}", encoding.takes()))
    }
}

/// Appends `name` and `value` to a query. On refusal the query is as it was.
pub(crate) fn append<T: Serialize + ?Sized>(
    query: &mut String,
    name: &str,
    encoding: Encoding,
    value: &T,
) -> Result<(), QueryProblem> {
    let start = query.len();
    let written = match encoding {
        Encoding::Json => append_json(query, name, value),
        Encoding::RepeatedJson => append_items(query, name, value),
        _ => value.serialize(&mut Writer::new(query, name, encoding)),
    };
    if written.is_err() {
        query.truncate(start);
    }
    written
}

fn append_json<T: Serialize + ?Sized>(
    query: &mut String,
    name: &str,
    value: &T,
) -> Result<(), QueryProblem> {
    let text = serde_json::to_string(value).map_err(serde::ser::Error::custom)?;
    if text != "null" {
        begin(query);
        append_pair(query, name, &text);
    }
    Ok(())
}

fn append_items<T: Serialize + ?Sized>(
    query: &mut String,
    name: &str,
    value: &T,
) -> Result<(), QueryProblem> {
    match serde_json::to_value(value).map_err(serde::ser::Error::custom)? {
        serde_json::Value::Array(items) => items
            .iter()
            .try_for_each(|item| append_json(query, name, item)),
        serde_json::Value::Null => Ok(()),
        _ => Err(QueryProblem::misfit("no list", Encoding::RepeatedJson)),
    }
}

/// Appends `name=value`, without a separator.
pub(crate) fn append_pair(query: &mut String, name: &str, value: &str) {
    encode(query, name);
    query.push('=');
    encode(query, value);
}

fn begin(query: &mut String) {
    if !query.is_empty() {
        query.push('&');
    }
}

fn encode(query: &mut String, text: &str) {
    query.extend(percent_encoding::utf8_percent_encode(
        text,
        crate::path::RESERVED,
    ));
}
