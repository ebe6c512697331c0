//! What the integrations do with an operation or a field.

use crate::layout::markdown::{looks_like_an_attribute, to_code_span};
use crate::page::{Level, Schema, Shape, Support};

use super::text::{self, Lines, listed, one_line};

/// The integrations of an operation: a plain list where there is no more to say.
pub(super) fn of_operation(lines: &mut Lines<'_>, supports: &[Support]) {
    let origin = lines.origin.clone();
    let any = Schema::new(Shape::Any);
    if supports
        .iter()
        .any(|support| support.level == Level::Required)
    {
        of_field(lines, 0, supports, &any, origin.as_ref());
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

/// What the integrations do with a field.
pub(super) fn of_field(
    lines: &mut Lines<'_>,
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
    lines: &mut Lines<'_>,
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
            let line = match lines.fused(&support.values) {
                Some(text) => format!("Fused for {name}: {}", to_code_span(text)),
                None => format!("Allowed for {name}: {}", values.join(", ")),
            };
            lines.line(indent, &line);
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
