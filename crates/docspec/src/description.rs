//! Reading an API description from JSON or YAML, and bringing it to `OpenAPI` 3.0.

mod bundle;
mod place;
mod version_3_1;

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

use crate::diagnostic::{Diagnostic, Span};
pub use bundle::bundle;
pub use place::place;
use version_3_1::Beyond;

/// Reads a document: JSON when its name ends in `.json`, else YAML. A key that stands twice is refused.
///
/// # Errors
///
/// When the text is not JSON or YAML, with the line.
pub fn parse(name: &str, text: &str) -> Result<Value, Vec<Diagnostic>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let is_json = name.len() > 5 && name[name.len() - 5..].eq_ignore_ascii_case(".json");
    let (format, read) = if is_json {
        ("JSON", from_json(text))
    } else {
        ("YAML", from_yaml(text))
    };
    read.map_err(|(line, column, message)| {
        vec![Diagnostic {
            rule: "syntax",
            page: name.to_owned(),
            span: (line > 0).then(|| Span {
                line,
                start: column.saturating_sub(1),
                end: usize::MAX,
            }),
            found: message,
            expected: format!("valid {format}"),
            fix: "correct the line".to_owned(),
        }]
    })
}

/// The description as `OpenAPI` 3.0.3. `name` is what diagnostics call the file.
///
/// # Errors
///
/// When it is neither `OpenAPI` 3.0 nor 3.1, or says in 3.1 what 3.0 cannot; with the JSON pointers.
pub fn to_3_0(name: &str, document: &Value) -> Result<Value, Vec<Diagnostic>> {
    let problem = |rule, found: String, expected: &str, fix: &str| Diagnostic {
        rule,
        page: name.to_owned(),
        span: None,
        found,
        expected: expected.to_owned(),
        fix: fix.to_owned(),
    };
    let version = document.get("openapi").and_then(Value::as_str);
    let is = |minor: &str| {
        version
            .and_then(|version| version.strip_prefix(minor))
            .is_some_and(|patch| patch.is_empty() || patch.starts_with('.'))
    };
    let mut root = match document {
        Value::Object(root) if is("3.0") || is("3.1") => root.clone(),
        _ => {
            let found = match version {
                Some(version) => format!("the API description is OpenAPI {version}"),
                None => "the API description does not say which OpenAPI it is".to_owned(),
            };
            return Err(vec![problem(
                "description-version",
                found,
                "OpenAPI 3.0 or 3.1",
                "convert the description first, for instance with swagger2openapi",
            )]);
        }
    };
    if is("3.1") {
        let beyond = version_3_1::to_3_0(&mut root);
        if !beyond.is_empty() {
            let problems = beyond.into_iter().map(|Beyond { pointer, found }| {
                problem(
                    "description-3-1",
                    format!("{found} at {pointer} of the OpenAPI 3.1 description"),
                    "a description that OpenAPI 3.0 can express",
                    "write the part without it, for instance as a component of its own",
                )
            });
            return Err(problems.collect());
        }
    }
    root.insert("openapi".to_owned(), Value::from("3.0.3"));
    Ok(Value::Object(root))
}

/// Line, column and what is wrong there.
pub(crate) type Fault = (usize, usize, String);

pub(crate) fn from_json(text: &str) -> Result<Value, Fault> {
    let read: Result<UniqueKeys, _> = serde_json::from_str(text);
    read.map(|read| read.0).map_err(|error| {
        let message = error.to_string();
        let message = message
            .rsplit_once(" at line ")
            .map_or(message.as_str(), |(what, _)| what);
        (error.line(), error.column(), message.to_owned())
    })
}

pub(crate) fn from_yaml(text: &str) -> Result<Value, Fault> {
    serde_saphyr::from_str_with_options(text, yaml_options()).map_err(|error| fault(&error))
}

/// Descriptions are large, and are read by choice: what grows with their size has room, and what a few lines can grow
/// into has not.
fn yaml_options() -> serde_saphyr::Options {
    serde_saphyr::options! {
        // `no` is Norway, and no boolean.
        strict_booleans: true,
        budget: serde_saphyr::budget! {
            max_events: 40_000_000,
            max_nodes: 20_000_000,
            max_depth: 400,
            max_total_scalar_bytes: 512 << 20,
        },
    }
}

/// Where a YAML error stands and what it says, on one line.
pub(crate) fn fault(error: &serde_saphyr::Error) -> Fault {
    let (line, column) = error.location().map_or((0, 0), |location| {
        let number = |value: u64| usize::try_from(value).unwrap_or(0);
        (number(location.line()), number(location.column()))
    });
    let message = error.without_snippet().to_string();
    let message = [" at line ", ", set "]
        .into_iter()
        .fold(message.as_str(), |message, advice| {
            message.split(advice).next().unwrap_or_default()
        });
    let message: Vec<&str> = message.split_whitespace().collect();
    (line, column, message.join(" "))
}

/// Any JSON whose objects have each key once.
pub(crate) struct UniqueKeys(pub(crate) Value);

impl<'de> Deserialize<'de> for UniqueKeys {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(UniqueKeysVisitor).map(Self)
    }
}

struct UniqueKeysVisitor;

impl<'de> Visitor<'de> for UniqueKeysVisitor {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any JSON")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E: serde::de::Error>(self, value: f64) -> Result<Value, E> {
        Number::from_f64(value)
            .map(Value::Number)
            .ok_or_else(|| E::custom("a number that JSON cannot hold"))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(UniqueKeys(item)) = items.next_element()? {
            list.push(item);
        }
        Ok(Value::Array(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut object = Map::new();
        while let Some(key) = entries.next_key::<String>()? {
            if object.contains_key(&key) {
                return Err(A::Error::custom(format!("the key {key:?} stands twice")));
            }
            let UniqueKeys(value) = entries.next_value()?;
            object.insert(key, value);
        }
        Ok(Value::Object(object))
    }
}
