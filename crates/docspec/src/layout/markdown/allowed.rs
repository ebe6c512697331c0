//! The values that a field allows.

use std::collections::HashSet;

use serde_json::Value;

use crate::page::{Schema, Shape};
use crate::vocabulary::Vocabulary;

use super::attribute::Key;
use super::cursor::Cursor;
use super::inline::{code_span, code_spans};
use super::problem::Problem;
use super::said::Said;
use super::values;

/// The values of `Allowed:`, `Fused:` and their kin for one integration, without repeats.
pub(super) fn allowed_values<'a>(
    cursor: &mut Cursor<'a, '_>,
    said: &Said<'a>,
    text: &'a str,
    schema: &Schema,
) -> Option<Vec<Value>> {
    if matches!(said.key, Key::Fused | Key::FusedFor) {
        let fused = match code_span(text) {
            Some((fused, "")) => fused,
            _ => text,
        };
        let Some(values) = cursor.context.vocabulary.split(fused) else {
            cursor.report(
                said.line,
                Problem::new(
                    "unknown-enum-text",
                    fused,
                    "enum values without separators that nobody has split yet",
                    "an entry for exactly this text in the vocabulary",
                    format!(
                        "add to vocabulary.toml, with the values filled in:\n{}",
                        Vocabulary::entry_to_fill_in(fused)
                    ),
                ),
            );
            return None;
        };
        return Some(without_repeats(values.iter().cloned()));
    }
    let spans = match code_spans(text, "values") {
        Ok(spans) => spans,
        Err(problem) => {
            cursor.report(said.line, problem);
            return None;
        }
    };
    let mut fitting = true;
    let mut read = Vec::with_capacity(spans.len());
    for span in spans {
        let value = values::read(span, &schema.shape, schema.nullable);
        if values::fits(&value, &schema.shape, true).is_err() {
            fitting = false;
            cursor.report(said.line, misfit(span, &schema.shape));
        }
        read.push(value);
    }
    fitting.then(|| without_repeats(read.into_iter()))
}

fn without_repeats(values: impl Iterator<Item = Value>) -> Vec<Value> {
    let mut seen = HashSet::new();
    values
        .filter(|value| seen.insert(value.to_string()))
        .collect()
}

pub(super) fn misfit<'a>(part: &'a str, shape: &Shape) -> Problem<'a> {
    Problem::new(
        "value-type",
        part,
        "a value of another type than the field's",
        values::name(shape),
        "correct the value, or the field's type",
    )
}
