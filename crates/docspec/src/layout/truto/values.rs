//! Values as the pages print them: examples, defaults and the values of enums.

use std::collections::HashSet;

use serde_json::Value;

use crate::layout::Context;
use crate::layout::truto::report::{Problem, Report};
use crate::page::{Allowed, Encoding, Schema, Shape, Source};
use crate::vocabulary::Vocabulary;

/// The value that a text stands for in a place of this type: JSON when it is JSON of the type, else the text.
pub(in crate::layout) fn value_of(text: &str, schema: &Schema) -> Value {
    let as_text = || Value::String(text.to_owned());
    if schema.shape == Shape::String {
        return as_text();
    }
    match serde_json::from_str::<Value>(text) {
        Ok(value) if fits(&value, schema) => value,
        _ => as_text(),
    }
}

fn fits(value: &Value, schema: &Schema) -> bool {
    if value.is_null() {
        return schema.nullable || schema.shape == Shape::Any;
    }
    match &schema.shape {
        Shape::Any | Shape::Hidden | Shape::Component(_) => true,
        Shape::String | Shape::Binary => value.is_string(),
        Shape::Integer => value.is_i64() || value.is_u64(),
        Shape::Number => value.is_number(),
        Shape::Boolean => value.is_boolean(),
        Shape::Object(_) | Shape::Map(_) => value.is_object(),
        Shape::Array(_) => value.is_array(),
        Shape::OneOf(alternatives) => alternatives
            .iter()
            .any(|alternative| fits(value, alternative)),
    }
}

/// Text of enum values without separators, and how many values the page hides behind it.
pub(in crate::layout) struct Fused<'a> {
    pub(in crate::layout) text: &'a str,
    pub(in crate::layout) hidden: usize,
}

/// Takes the `+ 10 more` of a shortened list off its text.
pub(in crate::layout) fn fused(line: &str) -> Fused<'_> {
    if let Some(rest) = line.strip_suffix(" more")
        && let Some((text, count)) = rest.rsplit_once("+ ")
        && let Ok(hidden) = count.parse()
    {
        return Fused {
            text: text.trim_end(),
            hidden,
        };
    }
    Fused {
        text: line,
        hidden: 0,
    }
}

/// The values of a fused text with their repeats, from the vocabulary; a text that is not there is reported.
pub(in crate::layout) fn split(
    text: &str,
    line: usize,
    context: Context<'_>,
    report: &mut Report<'_>,
) -> Option<Vec<Value>> {
    if let Some(values) = context.vocabulary.split(text) {
        return Some(values.to_vec());
    }
    report.part(
        line,
        text,
        Problem {
            rule: "unknown-enum-text",
            found: "enum values without separators that nobody has reviewed".to_owned(),
            expected: "an entry of the vocabulary that splits exactly this text".to_owned(),
            fix: &format!(
                "add to vocabulary.toml, with the values filled in and the reason for the split:\n{}",
                Vocabulary::entry_to_fill_in(text)
            ),
        },
    );
    None
}

/// Values without repeats, in first-seen order.
pub(in crate::layout) fn distinct(values: Vec<Value>) -> Vec<Value> {
    let mut seen = HashSet::new();
    values
        .into_iter()
        .filter(|value| seen.insert(value.to_string()))
        .collect()
}

/// Gives the values of an enum to the schema that they restrict: of a list, to its items.
pub(in crate::layout) fn allow(schema: &mut Schema, values: Vec<Value>, open: bool, line: usize) {
    let mut restricted = schema;
    while let Shape::Array(items) = &mut restricted.shape {
        restricted = items;
    }
    restricted.allowed = Some(Allowed {
        values: distinct(values),
        open,
        source: Source { line, origin: None },
    });
}

/// The values of an enum, wherever in the schema they stand.
pub(in crate::layout) fn allowed(schema: &Schema) -> Option<&Allowed> {
    innermost(schema).allowed.as_ref()
}

/// The schema of the items of a list, else the schema itself.
pub(in crate::layout) fn innermost(schema: &Schema) -> &Schema {
    let mut innermost = schema;
    while let Shape::Array(items) = &innermost.shape {
        innermost = items;
    }
    innermost
}

/// The value of a paragraph that does nothing but state the default.
pub(in crate::layout) fn stated_default(paragraph: &str) -> Option<&str> {
    let value = paragraph
        .strip_prefix("Defaults to ")
        .map(|rest| rest.strip_suffix('.').unwrap_or(rest))
        .or_else(|| paragraph.strip_prefix("Default: "))?
        .trim()
        .trim_matches('`');
    (!value.is_empty() && !value.contains(char::is_whitespace)).then_some(value)
}

/// How a parameter is written, as its example shows.
pub(in crate::layout) fn encoding_of(name: &str, example: &str) -> Option<Encoding> {
    let mut kinds = example
        .split('&')
        .map(|pair| match pair.strip_prefix(name) {
            Some(rest) if rest.starts_with("[]=") => Some(Encoding::Brackets),
            Some(rest) if rest.starts_with('[') && rest.contains("]=") => {
                Some(Encoding::DeepObject)
            }
            Some(rest) if rest.starts_with('=') => Some(Encoding::Repeated),
            _ => None,
        });
    let first = kinds.next()??;
    let rest: Option<Vec<Encoding>> = kinds.collect();
    let rest = rest?;
    if rest.iter().any(|kind| *kind != first) {
        return None;
    }
    match first {
        Encoding::Repeated if rest.is_empty() => example.contains(',').then_some(Encoding::Comma),
        kind => Some(kind),
    }
}
