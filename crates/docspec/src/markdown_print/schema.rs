//! Types, fields, and what the integrations do with them.

use crate::layout::markdown::{FORMATS, looks_like_an_attribute, to_code_span};
use crate::page::{Encoding, Field, Level, Schema, Shape, Support};

use super::text::{self, Lines, listed, one_line};

/// How deep a type may nest in one line.
const DEEPEST_NOTATION: usize = 16;

/// A body or a component: a type line where one is needed, and a list of fields.
pub(super) fn block(lines: &mut Lines, schema: &Schema) {
    let plain_object = matches!(&schema.shape, Shape::Object(fields) if !fields.is_empty())
        && *schema == Schema::new(schema.shape.clone());
    if !plain_object {
        lines.line(0, &type_line(schema, &[]));
        let origin = lines.origin.clone();
        restrictions(lines, 0, schema, origin.as_ref());
        hidden(lines, 0, schema);
        lines.blank();
    }
    children(lines, 0, schema);
}

/// A field with everything under it.
pub(super) fn field(lines: &mut Lines, indent: usize, field: &Field, encoding: Option<Encoding>) {
    let mut words = Vec::new();
    if field.required {
        words.push("required");
    }
    if field.deprecated {
        words.push("deprecated");
    }
    let name = to_code_span(&field.name);
    let typed = type_line(&field.schema, &words);
    lines.line(indent, &format!("- **{name}** {typed}"));
    let indent = indent + 2;
    if let Some(description) = &field.description {
        lines.prose(indent, description);
    }
    if let Some(encoding) = encoding {
        let form = match encoding {
            Encoding::Repeated => "name=a&name=b",
            Encoding::Brackets => "name[]=a&name[]=b",
            Encoding::Comma => "name=a,b",
            Encoding::DeepObject => "name[key]=value",
        };
        lines.line(indent, &format!("Encoding: `{form}`"));
    }
    restrictions(lines, indent, &field.schema, field.source.origin.as_ref());
    if let Some(example) = &field.example {
        lines.example(indent, example);
    }
    supports(
        lines,
        indent,
        &field.integrations,
        innermost(&field.schema),
        field.source.origin.as_ref(),
    );
    super::source(lines, indent, &field.source);
    super::assumed(lines, indent, field.assumed.as_deref());
    hidden(lines, indent, &field.schema);
    children(lines, indent, &field.schema);
}

/// Whether the whole type fits into one line: lists and maps down to the one type that has more to say.
fn fits_in_a_line(schema: &Schema) -> bool {
    fn inside(schema: &Schema, outermost: bool, depth: usize) -> bool {
        if depth > DEEPEST_NOTATION || (!outermost && schema.default.is_some()) {
            return false;
        }
        match &schema.shape {
            Shape::Array(inner) | Shape::Map(inner) => {
                let bare = Schema {
                    nullable: schema.nullable,
                    default: schema.default.clone(),
                    ..Schema::new(schema.shape.clone())
                };
                bare == *schema && inside(inner, false, depth + 1)
            }
            Shape::OneOf(_) => notation_of_union(&schema.shape, depth).is_some(),
            _ => true,
        }
    }
    inside(schema, true, 0)
}

/// The alternatives of a union, where each is a mere notation.
fn notation_of_union(shape: &Shape, depth: usize) -> Option<String> {
    let Shape::OneOf(alternatives) = shape else {
        return None;
    };
    if alternatives.len() < 2 {
        return None;
    }
    let mut words: Vec<String> = Vec::new();
    for alternative in alternatives {
        if alternative.nullable || matches!(alternative.shape, Shape::OneOf(_)) {
            return None;
        }
        let word = mere_notation(alternative, depth + 1)?;
        if words.contains(&word) {
            return None;
        }
        words.push(word);
    }
    Some(words.join(" | "))
}

/// The notation of a type about which nothing else is to be said.
fn mere_notation(schema: &Schema, depth: usize) -> Option<String> {
    let bare = Schema {
        nullable: schema.nullable,
        ..Schema::new(schema.shape.clone())
    };
    if bare != *schema || depth > DEEPEST_NOTATION {
        return None;
    }
    let word = match &schema.shape {
        Shape::Hidden => return None,
        Shape::Object(fields) if !fields.is_empty() => return None,
        Shape::Array(inner) => format!("array<{}>", mere_notation(inner, depth + 1)?),
        Shape::Map(inner) => format!("map<{}>", mere_notation(inner, depth + 1)?),
        Shape::OneOf(_) => notation_of_union(&schema.shape, depth)?,
        shape => name(shape),
    };
    Some(if schema.nullable {
        format!("{word} | null")
    } else {
        word
    })
}

fn name(shape: &Shape) -> String {
    match shape {
        Shape::Any => "any",
        Shape::String => "string",
        Shape::Integer => "integer",
        Shape::Number => "number",
        Shape::Boolean => "boolean",
        Shape::Binary => "file",
        Shape::Hidden | Shape::Object(_) => "object",
        Shape::Array(_) => "array",
        Shape::Map(_) => "map<any>",
        Shape::OneOf(_) => "one of",
        Shape::Component(name) => name,
    }
    .to_owned()
}

/// The type in one line, without what the innermost type has to say.
fn notation(schema: &Schema, outermost: bool) -> String {
    let word = match &schema.shape {
        Shape::Array(inner) => format!("array<{}>", notation(inner, false)),
        Shape::Map(inner) => format!("map<{}>", notation(inner, false)),
        Shape::OneOf(_) => notation_of_union(&schema.shape, 0).unwrap_or_default(),
        shape => name(shape),
    };
    if schema.nullable && !outermost {
        format!("{word} | null")
    } else {
        word
    }
}

/// The items of a list, the values of a map, theirs in turn, and so on, as long as one line holds them.
fn innermost(schema: &Schema) -> &Schema {
    match &schema.shape {
        Shape::Array(inner) | Shape::Map(inner) if fits_in_a_line(schema) => innermost(inner),
        _ => schema,
    }
}

/// `_(type, words)_`
fn type_line(schema: &Schema, more: &[&str]) -> String {
    let mut words = vec![if fits_in_a_line(schema) {
        notation(schema, true)
    } else {
        name(&schema.shape)
    }];
    if schema.nullable {
        words.push("nullable".to_owned());
    }
    let innermost = innermost(schema);
    if let Some(format) = &innermost.format {
        words.push(if FORMATS.contains(&format.as_str()) {
            format.clone()
        } else {
            format!("format {format}")
        });
    }
    if innermost
        .allowed
        .as_ref()
        .is_some_and(|allowed| allowed.open)
    {
        words.push("open".to_owned());
    }
    words.extend(more.iter().map(|word| (*word).to_owned()));
    format!("_({})_", words.join(", "))
}

fn restrictions(lines: &mut Lines, indent: usize, schema: &Schema, origin: Option<&String>) {
    let target = innermost(schema);
    if let Some(allowed) = &target.allowed {
        let values: Vec<String> = allowed
            .values
            .iter()
            .map(|value| listed(value, &target.shape, target.nullable))
            .collect();
        lines.line(indent, &format!("Allowed: {}", values.join(", ")));
        if allowed.source.origin.as_ref() != origin {
            let origin = text::origin(allowed.source.origin.as_deref());
            lines.line(indent, &format!("Allowed source: {origin}"));
        }
    }
    if let Some(default) = &schema.default {
        let default = to_code_span(&text::json(default, false));
        lines.line(indent, &format!("Default: {default}"));
    }
    bounds(
        lines,
        indent,
        "Range",
        target.minimum.as_ref(),
        target.maximum.as_ref(),
    );
    bounds(
        lines,
        indent,
        "Length",
        target.min_length,
        target.max_length,
    );
    if let Some(pattern) = &target.pattern {
        lines.line(indent, &format!("Pattern: {}", to_code_span(pattern)));
    }
}

fn bounds<T: std::fmt::Display>(
    lines: &mut Lines,
    indent: usize,
    word: &str,
    least: Option<T>,
    most: Option<T>,
) {
    let bounds = match (least, most) {
        (Some(least), Some(most)) => format!("{least} to {most}"),
        (Some(least), None) => format!("at least {least}"),
        (None, Some(most)) => format!("at most {most}"),
        (None, None) => return,
    };
    lines.line(indent, &format!("{word}: {bounds}"));
}

fn hidden(lines: &mut Lines, indent: usize, schema: &Schema) {
    if innermost(schema).shape == Shape::Hidden {
        lines.line(indent, "Children: hidden");
    }
}

fn children(lines: &mut Lines, indent: usize, schema: &Schema) {
    if !fits_in_a_line(schema) {
        match &schema.shape {
            Shape::Array(inner) => part(lines, indent, "items", inner),
            Shape::Map(inner) => part(lines, indent, "values", inner),
            Shape::OneOf(alternatives) => {
                for alternative in alternatives {
                    part(lines, indent, "one of", alternative);
                }
            }
            _ => {}
        }
        return;
    }
    if let Shape::Object(fields) = &innermost(schema).shape {
        for child in fields {
            field(lines, indent, child, None);
        }
    }
}

fn part(lines: &mut Lines, indent: usize, word: &str, schema: &Schema) {
    lines.line(indent, &format!("- **{word}** {}", type_line(schema, &[])));
    let origin = lines.origin.clone();
    restrictions(lines, indent + 2, schema, origin.as_ref());
    hidden(lines, indent + 2, schema);
    children(lines, indent + 2, schema);
}

/// The integrations of an operation: a plain list where there is no more to say.
pub(super) fn operation_supports(lines: &mut Lines, supports: &[Support]) {
    let origin = lines.origin.clone();
    let any = Schema::new(Shape::Any);
    if supports
        .iter()
        .any(|support| support.level == Level::Required)
    {
        self::supports(lines, 0, supports, &any, origin.as_ref());
        return;
    }
    let names: Vec<String> = supports
        .iter()
        .map(|support| listed_name(&support.integration))
        .collect();
    let line = names.join(", ");
    if looks_like_an_attribute(&line) {
        let first = to_code_span(&supports[0].integration);
        let rest = &names[1..];
        let line: Vec<&str> = std::iter::once(first.as_str())
            .chain(rest.iter().map(String::as_str))
            .collect();
        lines.line(0, &line.join(", "));
    } else {
        lines.line(0, &line);
    }
    details(lines, 0, supports, &any, origin.as_ref());
}

fn supports(
    lines: &mut Lines,
    indent: usize,
    supports: &[Support],
    schema: &Schema,
    origin: Option<&String>,
) {
    for run in supports.chunk_by(|left, right| left.level == right.level) {
        let word = match run.first().map(|support| support.level) {
            Some(Level::Required) => "Required by",
            _ => "Supported by",
        };
        let names: Vec<String> = run
            .iter()
            .map(|support| listed_name(&support.integration))
            .collect();
        lines.line(indent, &format!("{word}: {}", names.join(", ")));
    }
    details(lines, indent, supports, schema, origin);
}

fn details(
    lines: &mut Lines,
    indent: usize,
    supports: &[Support],
    schema: &Schema,
    origin: Option<&String>,
) {
    let ambiguous = supports
        .iter()
        .any(|support| support.integration.contains(':'));
    for support in supports {
        let name = &support.integration;
        let name = if ambiguous || name.contains('`') || name.trim() != name {
            to_code_span(name)
        } else {
            name.clone()
        };
        if !support.values.is_empty() {
            let values: Vec<String> = support
                .values
                .iter()
                .map(|value| listed(value, &schema.shape, schema.nullable))
                .collect();
            lines.line(
                indent,
                &format!("Allowed for {name}: {}", values.join(", ")),
            );
        }
        for note in &support.notes {
            lines.line(indent, &format!("Note for {name}: {}", one_line(note)));
        }
        if support.source.origin.as_ref() != origin {
            let origin = text::origin(support.source.origin.as_deref());
            lines.line(indent, &format!("Source for {name}: {origin}"));
        }
    }
}

/// A name in a comma-separated list, in backticks where it would not stay one name.
fn listed_name(name: &str) -> String {
    let plain = !name.contains([',', '`', '(', '#', '>', '*', '_', '\\']) && name.trim() == name;
    if plain {
        name.to_owned()
    } else {
        to_code_span(name)
    }
}
