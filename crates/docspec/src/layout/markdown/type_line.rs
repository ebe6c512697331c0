//! The type of a field, as `_(string, uuid, required)_` says it.

use crate::page::{Schema, Shape};
use crate::type_notation;

use super::problem::Problem;

/// What stands between `_(` and `)_`.
#[derive(Debug)]
pub(super) struct TypeLine {
    pub(super) schema: Schema,
    pub(super) required: bool,
    pub(super) deprecated: bool,
    /// `open` or `closed`, when either is said.
    pub(super) open: Option<bool>,
}

/// The formats that may stand as a word of their own; any other follows the word `format`.
pub(crate) const FORMATS: [&str; 33] = [
    "base64url",
    "binary",
    "byte",
    "char",
    "country",
    "currency",
    "date",
    "date-time",
    "decimal",
    "double",
    "duration",
    "e164",
    "email",
    "float",
    "hostname",
    "html",
    "idn-email",
    "idn-hostname",
    "int32",
    "int64",
    "ipv4",
    "ipv6",
    "iri",
    "json",
    "json-pointer",
    "locale",
    "password",
    "phone",
    "time",
    "uri",
    "uri-reference",
    "url",
    "uuid",
];

/// Reads the text between `_(` and `)_`.
pub(super) fn read(inside: &str) -> Result<TypeLine, Vec<Problem<'_>>> {
    let mut parts = split(inside).into_iter();
    let notation = parts.next().unwrap_or_default();
    let mut problems = Vec::new();
    let schema = if notation == "one of" {
        Some(Schema::new(Shape::OneOf(Vec::new())))
    } else {
        type_notation::parse_with_components(notation)
    };
    let Some(schema) = schema else {
        let part = if notation.is_empty() {
            inside
        } else {
            notation
        };
        return Err(vec![Problem::new(
            "unknown-type",
            part,
            format!("`{notation}`, which is no type"),
            "string, integer, number, boolean, object, any, file, array<T>, map<T>, A | B, one of, or a component's name in Pascal case",
            "write the type first, and what else there is to say after a comma",
        )]);
    };
    let mut line = TypeLine {
        schema,
        required: false,
        deprecated: false,
        open: None,
    };
    let mut seen: Vec<&str> = Vec::new();
    for word in parts {
        if seen.contains(&word) {
            problems.push(Problem::new(
                "repeated-word",
                word,
                format!("`{word}` a second time"),
                "each word once",
                "remove one of them",
            ));
            continue;
        }
        seen.push(word);
        if let Err(problem) = line.add(word) {
            problems.push(problem);
        }
    }
    for (one, other) in [("required", "optional"), ("open", "closed")] {
        if seen.contains(&one)
            && let Some(word) = seen.iter().find(|word| **word == other)
        {
            problems.push(Problem::new(
                "contradiction",
                word,
                format!("both `{one}` and `{other}`"),
                "one of the two",
                "remove the one that is wrong",
            ));
        }
    }
    if problems.is_empty() {
        Ok(line)
    } else {
        Err(problems)
    }
}

impl TypeLine {
    fn add<'a>(&mut self, word: &'a str) -> Result<(), Problem<'a>> {
        match word {
            "required" => self.required = true,
            "optional" => {}
            "nullable" => self.schema.nullable = true,
            "deprecated" => self.deprecated = true,
            "open" => self.open = Some(true),
            "closed" => self.open = Some(false),
            word => {
                let format = match word.strip_prefix("format ") {
                    Some(format) if !format.contains(char::is_whitespace) => format,
                    _ if FORMATS.contains(&word) => word,
                    _ => {
                        return Err(Problem::new(
                            "unknown-type-word",
                            word,
                            format!("`{word}`, which says nothing about a type"),
                            "required, optional, nullable, deprecated, open, closed, or a format",
                            format!("correct the word, or write `format {word}` if it is a format"),
                        ));
                    }
                };
                let innermost = innermost(&mut self.schema);
                if !is_scalar(&innermost.shape) {
                    return Err(Problem::new(
                        "misplaced-format",
                        word,
                        format!("the format `{format}` of a type that has none"),
                        "a string, an integer, a number, a boolean, or a list of one",
                        "remove the format, or correct the type",
                    ));
                }
                if innermost.format.is_some() {
                    return Err(Problem::new(
                        "repeated-word",
                        word,
                        "a second format",
                        "one format",
                        "remove one of them",
                    ));
                }
                innermost.format = Some(format.to_owned());
            }
        }
        Ok(())
    }
}

/// The items of a list, the values of a map, theirs in turn, and so on; the schema itself when it is neither.
pub(super) fn innermost(schema: &mut Schema) -> &mut Schema {
    match schema {
        Schema {
            shape: Shape::Array(inner) | Shape::Map(inner),
            ..
        } => innermost(inner),
        schema => schema,
    }
}

pub(super) fn is_scalar(shape: &Shape) -> bool {
    matches!(
        shape,
        Shape::String
            | Shape::Integer
            | Shape::Number
            | Shape::Boolean
            | Shape::Any
            | Shape::Binary
    )
}

/// Splits at the commas that are not inside angle brackets.
fn split(inside: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut depth = 0_usize;
    let mut start = 0;
    for (at, character) in inside.char_indices() {
        match character {
            '<' => depth += 1,
            '>' => depth = depth.saturating_sub(1),
            ',' if depth == 0 => {
                parts.push(inside[start..at].trim());
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(inside[start..].trim());
    parts
}
