//! The first line of a field on a Theneo page: its name, its type and its flags, all in one word.

use super::super::findings::Line;
use crate::page::{Schema, Shape};
use crate::type_notation;

/// A field's name, type and flags.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Head<'t> {
    pub(super) name: &'t str,
    pub(super) schema: Schema,
    pub(super) required: bool,
    pub(super) deprecated: bool,
    /// How many lines it takes.
    pub(super) lines: usize,
}

/// What may follow a type.
const FLAGS: [&str; 4] = ["Required", "Optional", "Deprecated", "Nullable"];

/// The type words of other notations, which this layout does not print.
const FOREIGN_TYPES: [&str; 10] = [
    "decimal", "double", "float", "long", "short", "uuid", "enum", "json", "list", "dict",
];

/// Reads the start of a field, or `None` when the first line is something else.
pub(super) fn read<'t>(lines: &[Line<'t>]) -> Option<Head<'t>> {
    let line = lines.first()?;
    let (text, flags) = without_flags(line.text);
    let mut head = fused(text)
        .or_else(|| spaced(text).filter(|_| !flags.is_empty()))
        .or_else(|| on_lines_of_their_own(lines))?;
    for flag in flags {
        head.set(flag);
    }
    while let Some(next) = lines.get(head.lines)
        && FLAGS.contains(&next.text)
    {
        head.set(next.text);
        head.lines += 1;
    }
    Some(head)
}

impl Head<'_> {
    fn set(&mut self, flag: &str) {
        match flag {
            "Required" => self.required = true,
            "Deprecated" => self.deprecated = true,
            "Nullable" => self.schema.nullable = true,
            _ => {}
        }
    }
}

fn without_flags(text: &str) -> (&str, Vec<&'static str>) {
    let mut rest = text;
    let mut flags = Vec::new();
    while let Some((before, flag)) = FLAGS
        .iter()
        .find_map(|flag| Some((rest.strip_suffix(flag)?, *flag)))
    {
        rest = before.trim_end();
        flags.push(flag);
    }
    (rest, flags)
}

/// `idstring`: the type follows the name without a separator.
fn fused(text: &str) -> Option<Head<'_>> {
    let readings = type_notation::split_fused(text);
    let certain = readings
        .first()
        .is_some_and(|reading| reading.notation.is_some());
    let names_start_small = text.contains('_') || text.starts_with(char::is_lowercase);
    if !certain && !names_start_small {
        return None;
    }
    readings
        .into_iter()
        .find(|reading| reading.notation.is_some())
        .map(|reading| Head::new(reading.name, reading.schema, 1))
}

/// `id string`, which is told from prose by the flag behind it.
fn spaced(text: &str) -> Option<Head<'_>> {
    let (name, notation) = text.split_once(' ')?;
    if !type_notation::is_name(name) {
        return None;
    }
    Some(Head::new(name, type_notation::parse(notation.trim())?, 1))
}

/// The name on one line and the type, alone, on the next.
fn on_lines_of_their_own<'t>(lines: &[Line<'t>]) -> Option<Head<'t>> {
    let [name, notation, ..] = lines else {
        return None;
    };
    if notation.after_blank || !type_notation::is_name(name.text) {
        return None;
    }
    let schema = type_notation::parse(notation.text)?;
    Some(Head::new(name.text, schema, 2))
}

impl<'t> Head<'t> {
    fn new(name: &'t str, schema: Schema, lines: usize) -> Self {
        Self {
            name,
            schema,
            required: false,
            deprecated: false,
            lines,
        }
    }
}

/// The type at the end of a line that is a field's in all but a type that is known.
pub(super) fn unread_type(text: &str) -> Option<&str> {
    let (rest, flags) = without_flags(text);
    if !type_notation::is_name(rest) {
        return None;
    }
    let foreign = FOREIGN_TYPES
        .iter()
        .filter_map(|word| Some((rest.strip_suffix(word)?, *word)))
        .find(|(name, _)| !name.is_empty() && (name.contains('_') || !flags.is_empty()));
    match foreign {
        Some((name, _)) => rest.get(name.len()..),
        None => (!flags.is_empty() || rest.contains('_')).then_some(rest),
    }
}

/// The word for a shape, for messages.
pub(super) fn word_of(shape: &Shape) -> &'static str {
    match shape {
        Shape::String => "`string`",
        Shape::Integer => "`integer`",
        Shape::Number => "`number`",
        Shape::Boolean => "`boolean`",
        Shape::Binary => "`file`",
        Shape::Object(_) | Shape::Map(_) | Shape::Component(_) => "`object`",
        Shape::Array(_) => "`array`",
        Shape::Any | Shape::Hidden | Shape::OneOf(_) => "any JSON",
    }
}
