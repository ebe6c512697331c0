//! The values that a Theneo page prints below `Enum values:`.

use serde_json::Value;

use super::super::Context;
use super::super::findings::{Advice, Findings, Line};
use super::super::printed_value;
use super::head;
use crate::page::{Allowed, Schema, Source};
use crate::vocabulary::Vocabulary;

/// Reads the values that the lines hold, which follow `label`.
pub(super) fn read(
    label: Line<'_>,
    printed: &[Line<'_>],
    schema: &Schema,
    context: Context<'_>,
    findings: &mut Findings<'_>,
) -> Option<Allowed> {
    let first = *printed.first().or_else(|| {
        findings.add(
            "missing-value",
            Some(label.span()),
            "a list of values without a value",
            Advice::new(
                "the values on the next line",
                "complete the field from the page",
            ),
        );
        None
    })?;
    let values = match printed {
        [one] if bullet(one.text).is_none() => fused(*one, schema, context, findings),
        [_, next, ..] if printed.iter().any(|line| bullet(line.text).is_none()) => {
            findings.unknown_line(
                *next,
                "the values on one line, or each behind a bullet, and an empty line below them",
            );
            None
        }
        several => listed(several, schema, findings),
    };
    Some(Allowed {
        values: printed_value::without_repeats(values?),
        open: false,
        source: Source {
            line: first.number,
            origin: None,
        },
    })
}

fn fused(
    line: Line<'_>,
    schema: &Schema,
    context: Context<'_>,
    findings: &mut Findings<'_>,
) -> Option<Vec<Value>> {
    if let Some(values) = context.vocabulary.split(line.text) {
        let typed: Option<Vec<Value>> = values
            .iter()
            .map(|value| match value {
                Value::String(text) => printed_value::typed(schema, text),
                other => printed_value::typed(schema, &other.to_string()),
            })
            .collect();
        if typed.is_none() {
            report_another_type(line, schema, findings);
        }
        return typed;
    }
    if line.text.contains(", ") {
        return typed(line, line.text.split(", "), schema, findings);
    }
    findings.add(
        "unknown-enum-text",
        Some(line.span()),
        "values printed without separators that nobody has split",
        Advice::new(
            "a reviewed entry for exactly this text in the vocabulary",
            format!(
                "fill in the values and the reason, and add this to vocabulary.toml:\n{}",
                Vocabulary::entry_to_fill_in(line.text)
            ),
        ),
    );
    None
}

fn listed(lines: &[Line<'_>], schema: &Schema, findings: &mut Findings<'_>) -> Option<Vec<Value>> {
    let mut all = Some(Vec::with_capacity(lines.len()));
    for line in lines {
        let text = bullet(line.text).unwrap_or(line.text);
        let value = typed(*line, std::iter::once(text), schema, findings);
        all = all.zip(value).map(|(mut all, value)| {
            all.extend(value);
            all
        });
    }
    all
}

fn typed<'v>(
    line: Line<'_>,
    printed: impl Iterator<Item = &'v str>,
    schema: &Schema,
    findings: &mut Findings<'_>,
) -> Option<Vec<Value>> {
    let values: Option<Vec<Value>> = printed
        .map(|text| printed_value::typed(schema, text.trim()))
        .collect();
    if values.is_none() {
        report_another_type(line, schema, findings);
    }
    values
}

fn report_another_type(line: Line<'_>, schema: &Schema, findings: &mut Findings<'_>) {
    findings.add(
        "value-type",
        Some(line.span()),
        "a value that is not of the field's type",
        Advice::new(
            head::word_of(&schema.shape),
            "correct the values in the capture or in vocabulary.toml",
        ),
    );
}

fn bullet(text: &str) -> Option<&str> {
    ["• ", "- ", "* "]
        .iter()
        .find_map(|bullet| text.strip_prefix(bullet))
        .map(str::trim)
}
