//! The first line of a field on a Fumadocs page.
//!
//! Today's pages print `name*type` for a required field and `name?type` for an optional one; older ones print no
//! mark behind the name of a required field. Either may stand on two lines.

use serde_json::Value;

use super::super::findings::Line;
use super::tags;
use crate::page::{Allowed, Schema, Shape, Source};
use crate::type_notation;

/// How a page marks its required fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Marks {
    /// With an asterisk.
    Asterisk,
    /// With nothing: only optional fields have a mark.
    Nothing,
}

impl Marks {
    /// What the page does: one asterisk behind a name tells.
    pub(super) fn of(lines: &[Line<'_>]) -> Self {
        let asterisk = lines
            .iter()
            .any(|line| marked(line.text).is_some_and(|(_, mark, _)| mark == '*'));
        if asterisk {
            Self::Asterisk
        } else {
            Self::Nothing
        }
    }
}

/// A field's name, mark and type.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct FieldLine<'t> {
    pub(super) name: &'t str,
    pub(super) required: bool,
    /// The type, or the text that is none.
    pub(super) schema: Result<Schema, &'t str>,
    pub(super) deprecated: bool,
    /// How many lines it takes.
    pub(super) lines: usize,
}

/// The name that stands for every other key of an object.
pub(super) const ANY_KEY: &str = "[key: string]";

/// Whether the line shows a field in today's notation, for telling the layout from others.
pub(in crate::layout) fn is_marked(text: &str) -> bool {
    marked(text).is_some_and(|(_, _, notation)| type_of(notation, 0).is_some())
}

/// Reads the start of a field, or `None` when the first line is something else.
pub(super) fn read<'t>(lines: &[Line<'t>], marks: Marks) -> Option<FieldLine<'t>> {
    let line = lines.first()?;
    let (text, deprecated) = match line.text.strip_suffix("Deprecated") {
        Some(rest) if !rest.is_empty() => (rest.trim_end(), true),
        _ => (line.text, false),
    };
    let unmarked = || {
        let older = marks == Marks::Nothing;
        let label = tags::label_alone(text).is_some();
        older.then(|| {
            fused(text, *line).or_else(|| two_lines(text, true, lines).filter(|_| !label))
        })?
    };
    let mut field = with_mark(text, lines).or_else(unmarked)?;
    field.deprecated |= deprecated;
    if let Some(next) = lines.get(field.lines)
        && next.text == "Deprecated"
    {
        field.deprecated = true;
        field.lines += 1;
    }
    Some(field)
}

/// The name, the mark and what stands behind it.
fn marked(text: &str) -> Option<(&str, char, &str)> {
    let end = if text.starts_with(ANY_KEY) {
        ANY_KEY.len()
    } else {
        text.find(['*', '?'])?
    };
    let (name, rest) = text.split_at(end);
    let mark = rest
        .chars()
        .next()
        .filter(|mark| matches!(mark, '*' | '?'))?;
    let known = name == ANY_KEY || type_notation::is_name(name);
    known.then(|| (name, mark, &rest[1..]))
}

fn with_mark<'t>(text: &'t str, lines: &[Line<'t>]) -> Option<FieldLine<'t>> {
    let (name, mark, notation) = marked(text)?;
    let required = mark == '*';
    if notation.is_empty() {
        return two_lines(name, required, lines);
    }
    let schema = match type_of(notation, lines.first()?.number) {
        Some(schema) => Ok(schema),
        // A blank behind a question mark is the end of a sentence.
        None if notation.starts_with(' ') => return None,
        None => Err(notation),
    };
    Some(FieldLine {
        name,
        required,
        schema,
        deprecated: false,
        lines: 1,
    })
}

/// `idstring`, the older notation of a required field.
fn fused<'t>(text: &'t str, line: Line<'t>) -> Option<FieldLine<'t>> {
    let reading = type_notation::split_fused(text).into_iter().next()?;
    Some(FieldLine {
        name: reading.name,
        required: true,
        schema: Ok(type_of(reading.notation?, line.number)?),
        deprecated: false,
        lines: 1,
    })
}

/// The type alone on the line below the name.
fn two_lines<'t>(name: &'t str, required: bool, lines: &[Line<'t>]) -> Option<FieldLine<'t>> {
    let below = lines.get(1)?;
    if below.after_blank || !(name == ANY_KEY || type_notation::is_name(name)) {
        return None;
    }
    Some(FieldLine {
        name,
        required,
        schema: Ok(type_of(below.text, below.number)?),
        deprecated: false,
        lines: 2,
    })
}

/// Reads a type. What a schema of a given name holds is shown in a pop-up only, so it is hidden.
fn type_of(notation: &str, line: usize) -> Option<Schema> {
    let notation = notation.trim();
    type_notation::parse(notation)
        .or_else(|| type_notation::parse_with_components(notation).map(hide_components))
        .or_else(|| literals(notation, line))
        .or_else(|| intersection(notation))
        .or_else(|| named_in_kebab_case(notation))
}

/// `issue-priority` or `array<work-type>`: a named schema as some documents name theirs.
fn named_in_kebab_case(notation: &str) -> Option<Schema> {
    if let Some(items) = notation
        .strip_prefix("array<")
        .and_then(|rest| rest.strip_suffix('>'))
    {
        let items = named_in_kebab_case(items)?;
        return Some(Schema::new(Shape::Array(Box::new(items))));
    }
    let words = notation.split('-');
    let kebab = notation.contains('-')
        && words.into_iter().all(|word| {
            !word.is_empty()
                && word
                    .chars()
                    .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit())
        });
    (kebab && notation.starts_with(|c: char| c.is_ascii_lowercase()))
        .then(|| Schema::new(Shape::Hidden))
}

fn hide_components(mut schema: Schema) -> Schema {
    schema.shape = match schema.shape {
        Shape::Component(_) => Shape::Hidden,
        Shape::Array(items) => Shape::Array(Box::new(hide_components(*items))),
        Shape::Map(values) => Shape::Map(Box::new(hide_components(*values))),
        Shape::OneOf(schemas) => Shape::OneOf(schemas.into_iter().map(hide_components).collect()),
        shape => shape,
    };
    schema
}

/// `A & B`: named schemas together.
fn intersection(notation: &str) -> Option<Schema> {
    let (first, rest) = notation.split_once('&')?;
    let known = std::iter::once(first)
        .chain(rest.split('&'))
        .all(|member| type_notation::parse_with_components(member.trim()).is_some());
    known.then(|| Schema::new(Shape::Hidden))
}

/// `"a" | "b"`: the values themselves in place of their type.
fn literals(notation: &str, line: usize) -> Option<Schema> {
    let mut values: Vec<Value> = notation
        .split('|')
        .map(|literal| serde_json::from_str(literal.trim()).ok())
        .collect::<Option<_>>()?;
    let with_null = values.len();
    values.retain(|value| !value.is_null());
    let shape = match values.first()? {
        Value::String(_) if values.iter().all(Value::is_string) => Shape::String,
        Value::Number(_) if values.iter().all(Value::is_i64) => Shape::Integer,
        Value::Number(_) if values.iter().all(Value::is_number) => Shape::Number,
        _ => return None,
    };
    let mut schema = Schema::new(shape);
    schema.nullable = values.len() < with_null;
    schema.allowed = Some(Allowed {
        values,
        open: false,
        source: Source { line, origin: None },
    });
    Some(schema)
}
