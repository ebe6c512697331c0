//! Values as the pages print them: examples, defaults and the values of enums.

use serde_json::Value;

use crate::layout::Context;
use crate::layout::printed_value::without_repeats;
use crate::layout::truto::report::{Problem, Report};
use crate::page::{Allowed, Encoding, Field, Schema, Shape, Source};
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

/// Whether the text is one of values that somebody has reviewed, so that it is neither prose nor a name.
pub(in crate::layout) fn is_reviewed(text: &str, context: Context<'_>) -> bool {
    context
        .vocabulary
        .split(text)
        .is_some_and(|values| values.len() > 1)
}

/// What else a page says about the field whose values it prints without separators.
#[derive(Clone, Copy, Default)]
pub(in crate::layout) struct Told<'a> {
    pub(in crate::layout) paragraphs: &'a [String],
    pub(in crate::layout) example: Option<&'a Value>,
}

impl Told<'_> {
    /// The values of the text where the page itself prints them apart: as the first words of the bullets about the
    /// field, or whole, as its example.
    fn values(self, text: &str) -> Option<Vec<Value>> {
        if self.example.and_then(Value::as_str) == Some(text) {
            return Some(vec![Value::String(text.to_owned())]);
        }
        let words: Vec<&str> = self
            .paragraphs
            .iter()
            .flat_map(|paragraph| paragraph.lines())
            .filter_map(|line| {
                line.trim_start()
                    .strip_prefix('•')?
                    .split_whitespace()
                    .next()
            })
            .map(|word| word.trim_end_matches([':', ',']))
            .collect();
        let values = || words.iter().map(|word| Value::String((*word).to_owned()));
        (words.concat() == text).then(|| values().collect())
    }
}

/// The values of a fused text with their repeats, from the vocabulary or else from the page itself; a text that
/// neither splits is reported.
pub(in crate::layout) fn split(
    text: &str,
    line: usize,
    told: Told<'_>,
    context: Context<'_>,
    report: &mut Report<'_>,
) -> Option<Vec<Value>> {
    if let Some(values) = context.vocabulary.split(text) {
        return Some(values.to_vec());
    }
    if let Some(values) = told.values(text) {
        return Some(values);
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

/// Gives the values of an enum to the schema that they restrict: of a list, to its items.
pub(in crate::layout) fn allow(schema: &mut Schema, values: Vec<Value>, open: bool, line: usize) {
    let mut restricted = schema;
    while let Shape::Array(items) = &mut restricted.shape {
        restricted = items;
    }
    restricted.allowed = Some(Allowed {
        values: without_repeats(values),
        open,
        source: Source { line, origin: None },
    });
}

/// Refuses values of an integration that are no values of the field.
pub(in crate::layout) fn refuse_foreign(field: &Field, report: &mut Report<'_>) {
    let Some(allowed) = allowed(&field.schema).filter(|allowed| !allowed.open) else {
        return;
    };
    for entry in &field.integrations {
        for value in &entry.values {
            if !allowed.values.contains(value) {
                report.line(
                    entry.source.line,
                    Problem {
                        rule: "enum-values-disagree",
                        found: format!(
                            "the value {value} of an integration, which is none of `{}`",
                            field.name
                        ),
                        expected: format!("a value of the list on line {}", allowed.source.line),
                        fix: "correct the list, or the vocabulary's splits, so that both agree",
                    },
                );
            }
        }
    }
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

/// How the vendor's guide says that a value of this type is written into a query, and the words for it.
pub(in crate::layout) fn encoding_by_guide(schema: &Schema) -> Option<(Encoding, &'static str)> {
    match schema.shape {
        Shape::Array(_) => Some((
            Encoding::Brackets,
            "the page does not show how the list is written; the vendor's guide writes lists as `a[]=1&a[]=2` (docs, querying)",
        )),
        Shape::Object(_) | Shape::Map(_) => Some((
            Encoding::DeepObject,
            "the page does not show how the object is written; the vendor's guide writes objects as `foo[bar]=baz` (docs, querying)",
        )),
        _ => None,
    }
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
