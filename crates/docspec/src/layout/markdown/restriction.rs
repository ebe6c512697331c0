//! What restricts a value: the allowed ones, ranges, lengths, patterns, defaults.

use std::collections::HashSet;

use serde_json::{Number, Value};

use crate::page::{Allowed, Encoding, Schema, Shape, Source};
use crate::vocabulary::Vocabulary;

use super::attribute::Key;
use super::cursor::{Cursor, origin};
use super::inline::{code_span, code_spans};
use super::member::Said;
use super::problem::{Line, Problem};
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

fn misfit<'a>(part: &'a str, shape: &Shape) -> Problem<'a> {
    Problem::new(
        "value-type",
        part,
        "a value of another type than the field's",
        values::name(shape),
        "correct the value, or the field's type",
    )
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
        Shape::Object(fields) if fields.is_empty() => innermost.shape = Shape::Hidden,
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

/// The two ends of `A to B`, `at least A` or `at most B`.
fn ends(text: &str) -> Option<(Option<&str>, Option<&str>)> {
    if let Some(least) = text.strip_prefix("at least ") {
        return Some((Some(least.trim()), None));
    }
    if let Some(most) = text.strip_prefix("at most ") {
        return Some((None, Some(most.trim())));
    }
    let (least, most) = text.split_once(" to ")?;
    Some((Some(least.trim()), Some(most.trim())))
}

fn bounds<'a, T>(
    cursor: &mut Cursor<'a, '_>,
    said: &Said<'a>,
    parse: impl Fn(&str) -> Option<T>,
    ordered: impl Fn(&T, &T) -> bool,
) -> Option<(Option<T>, Option<T>)> {
    let form = "`A to B`, `at least A` or `at most B` with numbers";
    let Some((least, most)) = ends(said.value) else {
        cursor.report(
            said.line,
            Problem::new(
                "bounds",
                said.value,
                "bounds in another form",
                form,
                format!("write `{}: 1 to 100`", said.key.words()),
            ),
        );
        return None;
    };
    let mut valid = true;
    let mut read = |text: Option<&'a str>| {
        let text = text?;
        let parsed = parse(text);
        if parsed.is_none() {
            valid = false;
            cursor.report(
                said.line,
                Problem::new(
                    "bounds",
                    text,
                    "a bound that is no such number",
                    form,
                    "write the bound as a plain number",
                ),
            );
        }
        parsed
    };
    let (least, most) = (read(least), read(most));
    if let (Some(least), Some(most)) = (&least, &most)
        && !ordered(least, most)
    {
        valid = false;
        cursor.report(
            said.line,
            Problem::new(
                "bounds",
                said.value,
                "a lower bound above the upper one",
                "the lower bound first",
                "swap the bounds, or correct them",
            ),
        );
    }
    valid.then_some((least, most))
}

fn range<'a>(cursor: &mut Cursor<'a, '_>, said: &Said<'a>, schema: &mut Schema) {
    if !matches!(schema.shape, Shape::Integer | Shape::Number) {
        cursor.report(
            said.line,
            misplaced(said.words, "a range", &schema.shape, "a number"),
        );
        return;
    }
    let number = |text: &str| text.parse::<Number>().ok();
    let ordered = |least: &Number, most: &Number| {
        least.as_f64().unwrap_or(f64::MIN) <= most.as_f64().unwrap_or(f64::MAX)
    };
    if let Some((least, most)) = bounds(cursor, said, number, ordered) {
        schema.minimum = least;
        schema.maximum = most;
    }
}

fn length<'a>(cursor: &mut Cursor<'a, '_>, said: &Said<'a>, schema: &mut Schema) {
    if !matches!(schema.shape, Shape::String | Shape::Binary) {
        cursor.report(
            said.line,
            misplaced(said.words, "a length", &schema.shape, "a string"),
        );
        return;
    }
    let number = |text: &str| text.parse::<u64>().ok();
    if let Some((least, most)) = bounds(cursor, said, number, |least, most| least <= most) {
        schema.min_length = least;
        schema.max_length = most;
    }
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

fn misplaced<'a>(part: &'a str, what: &str, shape: &Shape, wanted: &str) -> Problem<'a> {
    Problem::new(
        "misplaced-restriction",
        part,
        format!("{what} of {}", values::name(shape)),
        format!("it under {wanted}, or a list of such"),
        "remove the line, or correct the type",
    )
}

/// How a list or an object is written, as in `name[]=a&name[]=b`.
pub(super) fn encoding(cursor: &mut Cursor<'_, '_>, said: &Said<'_>) -> Option<Encoding> {
    let text = match code_span(said.value) {
        Some((span, "")) => span,
        _ => said.value,
    };
    let encoding = encoding_of(text);
    if encoding.is_none() {
        cursor.report(
            said.line,
            Problem::new(
                "encoding",
                said.value,
                "an encoding that is not known",
                "name[]=a&name[]=b, name=a&name=b, name=a,b or name[key]=value",
                "write the one of these that the vendor documents",
            ),
        );
    }
    encoding
}

fn encoding_of(text: &str) -> Option<Encoding> {
    let (name, value) = text.split_once('=')?;
    if let Some((first, second)) = value.split_once('&') {
        let (again, _) = second.split_once('=')?;
        if again != name || first.is_empty() {
            return None;
        }
        return Some(if name.ends_with("[]") {
            Encoding::Brackets
        } else if name.ends_with(']') {
            return None;
        } else {
            Encoding::Repeated
        });
    }
    let (outer, key) = name.split_once('[').unzip();
    match key {
        Some("]") => Some(Encoding::Brackets),
        Some(key) if key.ends_with(']') && outer.is_some_and(|outer| !outer.is_empty()) => {
            Some(Encoding::DeepObject)
        }
        None if value.contains(',') => Some(Encoding::Comma),
        _ => None,
    }
}
