//! Fields, and everything else that has a type: what stands in their line and under it.

use std::collections::HashSet;

use serde_json::Value;

use crate::layout::fences::Fence;
use crate::page::{Encoding, Field, Place, Schema, Shape, Source, Support};

use super::attribute::{self, Attribute, Key};
use super::cursor::{Cursor, PARTS, is_field_line, origin};
use super::inline::code_span;
use super::problem::{Line, Problem};
use super::type_line::{self, TypeLine};
use super::{restriction, support, values};

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

/// An attribute line with the fenced block that follows it, if there is one.
#[derive(Debug, Clone)]
pub(super) struct Said<'a> {
    pub(super) line: Line<'a>,
    pub(super) key: Key,
    pub(super) words: &'a str,
    pub(super) value: &'a str,
    pub(super) block: Option<String>,
}

#[derive(Default)]
struct Children<'a> {
    fields: Vec<(Field, Option<Encoding>)>,
    parts: Vec<(Line<'a>, &'a str, Schema)>,
    /// A line to mark when there should be no children.
    first: Option<Line<'a>>,
}

/// The line of a field, taken apart.
pub(super) struct Head<'a> {
    /// The field's name, or the part of a type that it is.
    pub(super) name: Result<&'a str, &'a str>,
    /// What stands between `_(` and `)_`.
    pub(super) inside: &'a str,
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
        .and_then(|said| restriction::encoding(cursor, said));
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

/// Reads the attribute lines that stand here, indented by `indent`.
pub(super) fn attributes<'a>(
    cursor: &mut Cursor<'a, '_>,
    indent: usize,
    keys: &[Key],
) -> Vec<Said<'a>> {
    let mut said: Vec<Said<'a>> = Vec::new();
    while let Some(line) = cursor.peek_in_section() {
        if line.indent < indent {
            break;
        }
        let read = match attribute::attribute(line.text, keys) {
            Some(read) if !line.fenced => read,
            _ => break,
        };
        cursor.advance();
        if line.indent > indent {
            cursor.report(
                line,
                Problem::new(
                    "indentation",
                    &line.raw[..line.indent],
                    format!("an attribute line indented by {} spaces", line.indent),
                    format!("{indent} spaces"),
                    "indent what belongs to a field by two spaces more than the field",
                ),
            );
        }
        let Attribute { key, words, value } = match read {
            Ok(attribute) => attribute,
            Err(problem) => {
                cursor.report(line, problem);
                continue;
            }
        };
        let repeats = matches!(
            key,
            Key::RequiredBy
                | Key::SupportedBy
                | Key::AllowedFor
                | Key::FusedFor
                | Key::NoteFor
                | Key::SourceFor
                | Key::Server
        );
        if !repeats && said.iter().any(|said| said.key == key) {
            cursor.report(
                line,
                Problem::new(
                    "repeated-attribute",
                    words,
                    format!("a second `{}:`", key.words()),
                    "one line of the kind",
                    "join the two lines, or remove one of them",
                ),
            );
            continue;
        }
        let block = if value.is_empty() && key == Key::Example {
            fenced(cursor)
        } else {
            None
        };
        if value.is_empty() && block.is_none() {
            cursor.report(
                line,
                Problem::new(
                    "empty-attribute",
                    line.text,
                    format!("`{}:` without a value", key.words()),
                    "a value after the colon",
                    "write the value, or remove the line",
                ),
            );
            continue;
        }
        said.push(Said {
            line,
            key,
            words,
            value,
            block,
        });
    }
    said
}

/// The text of the fenced block that comes next, if one does.
fn fenced(cursor: &mut Cursor<'_, '_>) -> Option<String> {
    let opening = cursor.peek_in_section().filter(|line| line.fenced)?;
    cursor.advance();
    let fence = Fence::opened_by(opening.raw)?;
    let mut text = String::new();
    while let Some(line) = cursor.next_line().filter(|line| line.fenced) {
        cursor.advance();
        if fence.is_closed_by(line.raw) {
            break;
        }
        text.push_str(
            line.raw
                .get(opening.indent.min(line.indent)..)
                .unwrap_or(""),
        );
        text.push('\n');
    }
    Some(text)
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
                Problem::new(
                    "indentation",
                    &line.raw[..line.indent],
                    format!("a field indented by {} spaces", line.indent),
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

/// Takes the line of a field apart.
pub(super) fn head(text: &str) -> Result<Head<'_>, Problem<'_>> {
    let rest = text.strip_prefix("- **").unwrap_or(text);
    let part = PARTS
        .iter()
        .find_map(|part| {
            let after = rest.strip_prefix(part)?;
            Some((&rest[..part.len()], after))
        })
        .filter(|_| !rest.starts_with('`'));
    let (name, rest) = match part {
        Some((part, rest)) => (Err(part), rest),
        None => match code_span(rest) {
            Some((name, rest)) => (Ok(name), rest),
            None => {
                return Err(Problem::new(
                    "unclosed-backtick",
                    rest,
                    "a field's name whose backtick is never closed",
                    "- **`name`** _(type)_",
                    "close the backtick after the name",
                ));
            }
        },
    };
    if let Ok(name) = name
        && name.trim().is_empty()
    {
        return Err(Problem::new(
            "field-name",
            text,
            "a field without a name",
            "- **`name`** _(type)_",
            "write the name between the backticks; a capture that lost its names must be made again",
        ));
    }
    let Some(rest) = rest.strip_prefix("**") else {
        return Err(Problem::new(
            "field-line",
            if rest.is_empty() { text } else { rest },
            "a field's name that is not closed by `**`",
            "- **`name`** _(type)_",
            "write `**` after the name's backtick",
        ));
    };
    let typed = rest.trim_start();
    if typed.is_empty() {
        return Err(Problem::new(
            "missing-type",
            text,
            "a field without a type",
            "the type after the name, as in _(string)_",
            "write _(any)_ when no type is documented",
        ));
    }
    let inside = typed
        .strip_prefix("_(")
        .ok_or_else(|| {
            Problem::new(
                "field-line",
                typed,
                "text after a field's name that is no type",
                "the type, as in _(string, required)_",
                "put the type into _(…)_, and prose on the next line, indented by two spaces more",
            )
        })?
        .strip_suffix(")_")
        .ok_or_else(|| unclosed_type(typed))?;
    Ok(Head { name, inside })
}

fn unclosed_type(part: &str) -> Problem<'_> {
    Problem::new(
        "unclosed-type",
        part,
        "a type that does not end with `)_`",
        "the type as the last thing in its line, as in _(string, required)_",
        "close the type with `)_`, and put prose on the next line",
    )
}

fn part_of_nothing(text: &str) -> Problem<'_> {
    Problem::new(
        "misplaced-part",
        text,
        "a part of a type where there is no such type",
        "`items` under an array, `values` under map<any>, `one of` under the type `one of`, each without other children",
        "correct the type of the field above, or remove the line",
    )
}

/// Gives the children to the type that has room for them.
fn adopt(cursor: &mut Cursor<'_, '_>, schema: &mut Schema, children: Children<'_>) {
    let innermost = type_line::innermost(schema);
    if !children.fields.is_empty() {
        match &mut innermost.shape {
            Shape::Object(fields) => {
                fields.extend(children.fields.into_iter().map(|(field, _)| field));
            }
            other => {
                let name = values::name(other);
                if let Some(line) = children.first {
                    cursor.report(
                        line,
                        Problem::new(
                            "children-of-no-object",
                            line.text,
                            format!("a child of {name}"),
                            "children only under object, array<object> or map<object>",
                            "correct the parent's type, or the child's indentation",
                        ),
                    );
                }
            }
        }
        for (line, _, _) in children.parts {
            cursor.report(line, part_of_nothing(line.text));
        }
        return;
    }
    for (line, part, part_schema) in children.parts {
        let taken = match (part, &mut *schema) {
            (
                "one of",
                Schema {
                    shape: Shape::OneOf(alternatives),
                    ..
                },
            ) => {
                alternatives.push(part_schema);
                true
            }
            (
                "items",
                Schema {
                    shape: Shape::Array(inner),
                    ..
                },
            )
            | (
                "values",
                Schema {
                    shape: Shape::Map(inner),
                    ..
                },
            ) if **inner == Schema::new(Shape::Any) => {
                **inner = part_schema;
                true
            }
            _ => false,
        };
        if !taken {
            cursor.report(line, part_of_nothing(line.text));
        }
    }
}
