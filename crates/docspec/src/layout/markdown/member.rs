//! Fields, and everything else that has a type: what stands in their line and under it.

use std::collections::HashSet;

use serde_json::Value;

use crate::page::{Encoding, Field, Place, Schema, Shape, Source, Support};

use super::attribute::{self, Key};
use super::children::{Children, adopt, part_of_nothing};
use super::cursor::{Cursor, is_field_line, origin};
use super::field_line::{head, unclosed_type};
use super::problem::{Line, Problem};
use super::said::attributes;
use super::type_line::{self, TypeLine};
use super::{encoding, restriction, support};

/// How deep fields may nest.
pub(crate) const DEEPEST: usize = 64;

/// What has a type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Parameter(Place),
    Field,
    /// The items of a list, the values of a map or one of several, where it needs a line of its own.
    Part,
    /// A whole body or a component.
    Schema,
}

impl Kind {
    fn keys(self) -> &'static [Key] {
        match self {
            Self::Parameter(_) => attribute::PARAMETER,
            Self::Field => attribute::FIELD,
            Self::Part | Self::Schema => attribute::SCHEMA,
        }
    }

    fn has_prose(self) -> bool {
        matches!(self, Self::Parameter(_) | Self::Field)
    }
}

/// A type and what is said about it.
#[derive(Debug)]
struct Member {
    schema: Schema,
    required: bool,
    deprecated: bool,
    description: Option<String>,
    example: Option<Value>,
    encoding: Option<Encoding>,
    assumed: Option<String>,
    integrations: Vec<Support>,
    origin: Option<String>,
}

/// Reads a list of fields or parameters at the left margin.
pub(super) fn list(cursor: &mut Cursor<'_, '_>, kind: Kind) -> Vec<(Field, Option<Encoding>)> {
    let children = children(cursor, 0, kind, 0);
    for (line, _, _) in &children.parts {
        cursor.report(*line, part_of_nothing(line.text));
    }
    children.fields
}

/// Reads a type line at the left margin, if there is one, and all that belongs to it.
pub(super) fn block(cursor: &mut Cursor<'_, '_>) -> Option<Schema> {
    let line = cursor.peek_in_section()?;
    if line.indent == 0 && line.text.starts_with("_(") {
        cursor.advance();
        let inside = line
            .text
            .strip_prefix("_(")
            .and_then(|it| it.strip_suffix(")_"));
        let typed = if let Some(inside) = inside {
            read_type(cursor, line, inside)
        } else {
            cursor.report(line, unclosed_type(line.text));
            None
        };
        return Some(member(cursor, line, typed, 0, Kind::Schema, 0).schema);
    }
    if !is_field_line(line.text) {
        return None;
    }
    let object = TypeLine {
        schema: Schema::new(Shape::Object(Vec::new())),
        required: false,
        deprecated: false,
        open: None,
    };
    Some(member(cursor, line, Some(object), 0, Kind::Schema, 0).schema)
}

fn read_type<'a>(cursor: &mut Cursor<'a, '_>, line: Line<'a>, inside: &'a str) -> Option<TypeLine> {
    match type_line::read(inside) {
        Ok(typed) => Some(typed),
        Err(problems) => {
            for problem in problems {
                cursor.report(line, problem);
            }
            None
        }
    }
}

fn member<'a>(
    cursor: &mut Cursor<'a, '_>,
    line: Line<'a>,
    typed: Option<TypeLine>,
    indent: usize,
    kind: Kind,
    depth: usize,
) -> Member {
    let description = if kind.has_prose() {
        cursor.prose(indent, kind.keys(), |_| false)
    } else {
        None
    };
    let said = attributes(cursor, indent, kind.keys());
    let children = if depth < DEEPEST {
        children(cursor, indent, Kind::Field, depth + 1)
    } else {
        skip_deeper(cursor, indent);
        Children::default()
    };
    let own_origin = said
        .iter()
        .find(|said| said.key == Key::Source)
        .map_or_else(|| cursor.origin.clone(), |said| origin(said.value));
    let assumed = said
        .iter()
        .find(|said| said.key == Key::Assumed)
        .map(|said| said.value.to_owned());
    let Some(typed) = typed else {
        return Member {
            schema: Schema::new(Shape::Any),
            required: false,
            deprecated: false,
            description,
            example: None,
            encoding: None,
            assumed,
            integrations: Vec::new(),
            origin: own_origin,
        };
    };
    let mut schema = typed.schema;
    adopt(cursor, &mut schema, children);
    restriction::apply(
        cursor,
        line,
        &mut schema,
        &said,
        typed.open,
        own_origin.as_deref(),
    );
    let example = said
        .iter()
        .find(|said| said.key == Key::Example)
        .and_then(|said| restriction::example(cursor, said, &schema));
    let encoding = said
        .iter()
        .find(|said| said.key == Key::Encoding)
        .and_then(|said| encoding::read(cursor, said));
    let integrations = support::read(cursor, &said, &mut schema, own_origin.as_deref());
    Member {
        schema,
        required: typed.required,
        deprecated: typed.deprecated,
        description,
        example,
        encoding,
        assumed,
        integrations,
        origin: own_origin,
    }
}

fn skip_deeper(cursor: &mut Cursor<'_, '_>, indent: usize) {
    let mut reported = false;
    while let Some(line) = cursor
        .peek_in_section()
        .filter(|line| line.indent >= indent)
    {
        if !reported {
            reported = true;
            cursor.report(
                line,
                Problem::new(
                    "too-deep",
                    line.text,
                    format!("fields nested more than {DEEPEST} deep"),
                    format!("at most {DEEPEST} levels"),
                    "give the inner part a name of its own under `# Components`",
                ),
            );
        }
        cursor.advance();
    }
}

fn children<'a>(
    cursor: &mut Cursor<'a, '_>,
    indent: usize,
    kind: Kind,
    depth: usize,
) -> Children<'a> {
    let mut children = Children::default();
    let mut names: HashSet<String> = HashSet::new();
    while let Some(line) = cursor
        .peek_in_section()
        .filter(|line| line.indent >= indent)
    {
        if line.fenced || !is_field_line(line.text) {
            cursor.unexpected(
                line,
                "a field (- **`name`** _(type)_), an attribute line of the field above, or a heading",
            );
            cursor.advance();
            continue;
        }
        cursor.advance();
        children.first.get_or_insert(line);
        if line.indent > indent {
            cursor.report(
                line,
                line.misindented(
                    "a field",
                    format!("{indent} spaces, or two more than the field it belongs to"),
                    "indent a child by two spaces more than its parent",
                ),
            );
        }
        let head = match head(line.text) {
            Ok(head) => Some(head),
            Err(problem) => {
                cursor.report(line, problem);
                None
            }
        };
        let typed = head
            .as_ref()
            .and_then(|head| read_type(cursor, line, head.inside));
        let part = head.as_ref().and_then(|head| head.name.err());
        let kind = if part.is_some() { Kind::Part } else { kind };
        let member = member(cursor, line, typed, line.indent + 2, kind, depth);
        match head.map(|head| head.name) {
            Some(Ok(name)) => {
                if names.insert(name.to_owned()) {
                    children.fields.push(field(name, line.number, member));
                } else {
                    cursor.report(
                        line,
                        Problem::new(
                            "duplicate-field",
                            name,
                            format!("a second `{name}`"),
                            "each name once among its siblings",
                            "remove one of the two, or correct its name",
                        ),
                    );
                }
            }
            Some(Err(part)) => children.parts.push((line, part, member.schema)),
            None => {}
        }
    }
    children
}

fn field(name: &str, line: usize, member: Member) -> (Field, Option<Encoding>) {
    let encoding = member.encoding;
    let field = Field {
        name: name.to_owned(),
        source: Source {
            line,
            origin: member.origin,
        },
        required: member.required,
        schema: member.schema,
        description: member.description,
        example: member.example,
        deprecated: member.deprecated,
        assumed: member.assumed,
        integrations: member.integrations,
    };
    (field, encoding)
}
