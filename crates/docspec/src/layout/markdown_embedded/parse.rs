//! JSON and YAML as values, with duplicate keys refused and errors placed on the page's lines.

use serde_json::Value;

use crate::description::{Fault, UniqueKeys, fault, from_json};
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
    let (language, read) = if text.trim_start().starts_with('{') {
        ("JSON", from_json(&text))
    } else {
        ("YAML", from_yaml(&text))
    };
    read.map_err(|(line, column, message)| {
        vec![syntax(block, context, language, (line, column), &message)]
    })
}

fn from_yaml(text: &str) -> Result<Value, Fault> {
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
    serde_saphyr::from_str_with_options(text, options)
        .map(|UniqueKeys(value)| value)
        .map_err(|error| fault(&error))
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
