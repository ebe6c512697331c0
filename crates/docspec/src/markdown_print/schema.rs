//! Types, fields, and what the integrations do with them.

use crate::layout::markdown::to_code_span;
use crate::page::{Encoding, Field, Schema, Shape};

use super::supports;
use super::text::{self, Lines, listed};
use super::type_line::{fits_in_a_line, innermost, type_line};

/// A body or a component: a type line where one is needed, and a list of fields.
pub(super) fn block(lines: &mut Lines<'_>, schema: &Schema) {
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
pub(super) fn field(
    lines: &mut Lines<'_>,
    indent: usize,
    field: &Field,
    encoding: Option<Encoding>,
) {
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
    supports::of_field(
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

fn restrictions(lines: &mut Lines<'_>, indent: usize, schema: &Schema, origin: Option<&String>) {
    let target = innermost(schema);
    if let Some(allowed) = &target.allowed {
        let values: Vec<String> = allowed
            .values
            .iter()
            .map(|value| listed(value, &target.shape, target.nullable))
            .collect();
        match lines.fused(&allowed.values) {
            Some(text) => lines.line(indent, &format!("Fused: {}", to_code_span(text))),
            None => lines.line(indent, &format!("Allowed: {}", values.join(", "))),
        }
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
    lines: &mut Lines<'_>,
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

fn hidden(lines: &mut Lines<'_>, indent: usize, schema: &Schema) {
    if innermost(schema).shape == Shape::Hidden {
        lines.line(indent, "Children: hidden");
    }
}

fn children(lines: &mut Lines<'_>, indent: usize, schema: &Schema) {
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

fn part(lines: &mut Lines<'_>, indent: usize, word: &str, schema: &Schema) {
    lines.line(indent, &format!("- **{word}** {}", type_line(schema, &[])));
    let origin = lines.origin.clone();
    restrictions(lines, indent + 2, schema, origin.as_ref());
    hidden(lines, indent + 2, schema);
    children(lines, indent + 2, schema);
}
