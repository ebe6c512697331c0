//! Types in one line.

use crate::layout::markdown::FORMATS;
use crate::page::{Schema, Shape};

/// How deep a type may nest in one line.
const DEEPEST_NOTATION: usize = 16;

/// Whether the whole type fits into one line: lists and maps down to the one type that has more to say.
pub(super) fn fits_in_a_line(schema: &Schema) -> bool {
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
        Shape::Any | Shape::Hidden => "any",
        Shape::String => "string",
        Shape::Integer => "integer",
        Shape::Number => "number",
        Shape::Boolean => "boolean",
        Shape::Binary => "file",
        Shape::Object(_) => "object",
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
pub(super) fn innermost(schema: &Schema) -> &Schema {
    match &schema.shape {
        Shape::Array(inner) | Shape::Map(inner) if fits_in_a_line(schema) => innermost(inner),
        _ => schema,
    }
}

/// `_(type, words)_`
pub(super) fn type_line(schema: &Schema, more: &[&str]) -> String {
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
