//! JSON and YAML as values, with duplicate keys refused and errors placed on the page's lines.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

use crate::diagnostic::{Diagnostic, Span};
use crate::layout::Context;
use crate::layout::fences::Block;

/// How deep a description may nest.
const DEEPEST: usize = 120;
/// How many nodes the aliases of a YAML block may stand for in all.
const MOST_ALIASED: usize = 100_000;

/// Reads a block as JSON when it starts like JSON, else as YAML.
pub(super) fn parse(block: &Block<'_>, context: Context<'_>) -> Result<Value, Vec<Diagnostic>> {
    let text = block.text();
    if text.trim_start().starts_with('{') {
        return match serde_json::from_str::<Strict>(&text) {
            Ok(Strict(value)) => Ok(value),
            Err(error) => {
                let message = error.to_string();
                let message = message.split(" at line ").next().unwrap_or(&message);
                Err(vec![syntax(
                    block,
                    context,
                    "JSON",
                    (error.line(), error.column()),
                    message,
                )])
            }
        };
    }
    let options = serde_saphyr::options! {
        strict_booleans: true,
        with_snippet: false,
        budget: serde_saphyr::budget! {
            max_depth: DEEPEST,
            max_documents: 1,
        },
        alias_limits: serde_saphyr::alias_limits! {
            max_total_replayed_events: MOST_ALIASED,
        },
    };
    match serde_saphyr::from_str_with_options::<Strict>(&text, options) {
        Ok(Strict(value)) => Ok(value),
        Err(error) => {
            let place = error.location().map_or((1, 1), |location| {
                let number = |it: u64| usize::try_from(it).unwrap_or(1);
                (number(location.line()), number(location.column()))
            });
            let message = error.without_snippet().to_string();
            let message = message.lines().next().unwrap_or_default();
            let message = [" at line ", ", set "]
                .into_iter()
                .fold(message, |it, end| it.split(end).next().unwrap_or(it));
            Err(vec![syntax(block, context, "YAML", place, message)])
        }
    }
}

fn syntax(
    block: &Block<'_>,
    context: Context<'_>,
    language: &str,
    (line, column): (usize, usize),
    message: &str,
) -> Diagnostic {
    let index = line
        .saturating_sub(1)
        .min(block.lines.len().saturating_sub(1));
    let (number, raw) = block
        .lines
        .get(index)
        .copied()
        .unwrap_or((block.opening, ""));
    let start = (column.saturating_sub(1) + block.indent).min(raw.len());
    Diagnostic {
        rule: "description-syntax",
        page: context.page.to_owned(),
        span: Some(Span {
            line: number,
            start: boundary(raw, start),
            end: raw.len(),
        }),
        found: format!("an embedded description that is no valid {language}: {message}"),
        expected: format!("valid {language} with each key once"),
        fix: "copy the page's Markdown form again; if it is published like this, correct the block"
            .to_owned(),
    }
}

/// The nearest start of a character at or before a byte.
fn boundary(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// A value whose objects have each key once.
struct Strict(Value);

impl<'de> Deserialize<'de> for Strict {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(StrictVisitor).map(Self)
    }
}

struct StrictVisitor;

impl<'de> Visitor<'de> for StrictVisitor {
    type Value = Value;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a JSON value")
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
        Ok(Value::String(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(Value::String(value))
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_none<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<Value, A::Error> {
        let mut values = Vec::new();
        while let Some(Strict(value)) = sequence.next_element()? {
            values.push(value);
        }
        Ok(Value::Array(values))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut map = Map::new();
        while let Some(key) = entries.next_key::<String>()? {
            if map.contains_key(&key) {
                return Err(A::Error::custom(format!("the key `{key}` stands twice")));
            }
            let Strict(value) = entries.next_value()?;
            map.insert(key, value);
        }
        Ok(Value::Object(map))
    }
}
