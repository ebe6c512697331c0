//! What restricts a value, and what is said of it: its default, its example.

use serde_json::Value;

use crate::page::{Allowed, Schema, Shape, Source};

use super::allowed::{allowed_values, misfit};
use super::attribute::Key;
use super::bounds::{length, range};
use super::cursor::{Cursor, origin};
use super::inline::{code_span, code_spans};
use super::problem::{Line, Problem};
use super::said::Said;
use super::type_line::innermost;
use super::values;

/// Puts what the attribute lines say into the schema.
pub(super) fn apply<'a>(
    cursor: &mut Cursor<'a, '_>,
    owner: Line<'a>,
    schema: &mut Schema,
    said: &[Said<'a>],
    open: Option<bool>,
    own_origin: Option<&str>,
) {
    for said in said {
        match said.key {
            Key::Children => hide_children(cursor, said, schema),
            Key::Default => default(cursor, said, schema),
            Key::Range => range(cursor, said, innermost(schema)),
            Key::Length => length(cursor, said, innermost(schema)),
            Key::Pattern => pattern(cursor, said, innermost(schema)),
            _ => {}
        }
    }
    let lists: Vec<&Said<'_>> = said
        .iter()
        .filter(|said| matches!(said.key, Key::Allowed | Key::Fused))
        .collect();
    if let [_, second, ..] = lists.as_slice() {
        cursor.report(
            second.line,
            Problem::new(
                "repeated-attribute",
                second.words,
                "both `Allowed:` and `Fused:`",
                "one of the two",
                "keep `Allowed:`, which needs no vocabulary",
            ),
        );
    }
    let source = said
        .iter()
        .find(|said| said.key == Key::AllowedSource)
        .map_or_else(|| own_origin.map(str::to_owned), |said| origin(said.value));
    let Some(said) = lists.first() else {
        nothing_listed(cursor, owner, said, open);
        return;
    };
    let target = innermost(schema);
    if let Some(values) = allowed_values(cursor, said, said.value, target) {
        target.allowed = Some(Allowed {
            values,
            open: open.unwrap_or(false),
            source: Source {
                line: said.line.number,
                origin: source,
            },
        });
    }
}

/// Reports what speaks of values where none are listed.
fn nothing_listed<'a>(
    cursor: &mut Cursor<'a, '_>,
    owner: Line<'a>,
    said: &[Said<'a>],
    open: Option<bool>,
) {
    if let Some(open) = open {
        let word = if open { "open" } else { "closed" };
        cursor.report(
            owner,
            Problem::new(
                "no-values",
                owner.text,
                format!("`{word}` on a field that lists no values"),
                "an `Allowed:` line under the field",
                format!("list the values, or remove `{word}`"),
            ),
        );
    }
    if let Some(said) = said.iter().find(|said| said.key == Key::AllowedSource) {
        cursor.report(
            said.line,
            Problem::new(
                "no-values",
                said.words,
                "the source of values that are not listed",
                "an `Allowed:` line under the field",
                "list the values, or remove the line",
            ),
        );
    }
}

fn hide_children(cursor: &mut Cursor<'_, '_>, said: &Said<'_>, schema: &mut Schema) {
    if said.value != "hidden" {
        cursor.report(
            said.line,
            Problem::new(
                "children",
                said.value,
                "something other than `hidden` after `Children:`",
                "`Children: hidden`",
                "write `hidden`, or list the children",
            ),
        );
        return;
    }
    let innermost = innermost(schema);
    match &innermost.shape {
        Shape::Object(fields) if fields.is_empty() => innermost.shape = Shape::hidden_object(),
        Shape::Any => innermost.shape = Shape::Hidden,
        other => {
            let found = if matches!(other, Shape::Object(_)) {
                "hidden children beside children that are listed".to_owned()
            } else {
                format!("hidden children of {}", values::name(other))
            };
            cursor.report(
                said.line,
                Problem::new(
                    "children",
                    said.words,
                    found,
                    "`Children: hidden` under an object that lists none",
                    "remove the line, or correct the type",
                ),
            );
        }
    }
}

fn default<'a>(cursor: &mut Cursor<'a, '_>, said: &Said<'a>, schema: &mut Schema) {
    let Some(text) = single_span(cursor, said) else {
        return;
    };
    let value = values::read(text, &schema.shape, schema.nullable);
    if values::fits(&value, &schema.shape, schema.nullable).is_err() {
        cursor.report(said.line, misfit(text, &schema.shape));
        return;
    }
    schema.default = Some(value);
}

/// The value of `Example:`, in backticks or in the fenced block after it.
pub(super) fn example<'a>(
    cursor: &mut Cursor<'a, '_>,
    said: &Said<'a>,
    schema: &Schema,
) -> Option<Value> {
    if let Some(block) = &said.block {
        return Some(
            serde_json::from_str(block)
                .unwrap_or_else(|_| Value::String(block.trim_end().to_owned())),
        );
    }
    let text = single_span(cursor, said)?;
    Some(values::read(text, &schema.shape, schema.nullable))
}

fn single_span<'a>(cursor: &mut Cursor<'a, '_>, said: &Said<'a>) -> Option<&'a str> {
    let problem = match code_span(said.value) {
        Some((span, "")) => return Some(span),
        Some((_, rest)) => Problem::new(
            "list",
            rest,
            "text after the value",
            "one value in backticks",
            "remove what follows, or put it into the prose",
        ),
        None => match code_spans(said.value, "values") {
            Err(problem) => problem,
            Ok(_) => return None,
        },
    };
    cursor.report(said.line, problem);
    None
}

fn pattern<'a>(cursor: &mut Cursor<'a, '_>, said: &Said<'a>, schema: &mut Schema) {
    if !matches!(schema.shape, Shape::String) {
        cursor.report(
            said.line,
            misplaced(said.words, "a pattern", &schema.shape, "a string"),
        );
        return;
    }
    if let Some(pattern) = single_span(cursor, said) {
        schema.pattern = Some(pattern.to_owned());
    }
}

pub(super) fn misplaced<'a>(part: &'a str, what: &str, shape: &Shape, wanted: &str) -> Problem<'a> {
    Problem::new(
        "misplaced-restriction",
        part,
        format!("{what} of {}", values::name(shape)),
        format!("it under {wanted}, or a list of such"),
        "remove the line, or correct the type",
    )
}
