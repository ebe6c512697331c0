//! What stands under a field, given to the type that has room for it.

use crate::page::{Encoding, Field, Schema, Shape};

use super::cursor::Cursor;
use super::problem::{Line, Problem};
use super::{type_line, values};

/// What stands under a field, one level deeper.
#[derive(Default)]
pub(super) struct Children<'a> {
    pub(super) fields: Vec<(Field, Option<Encoding>)>,
    pub(super) parts: Vec<(Line<'a>, &'a str, Schema)>,
    /// A line to mark when there should be no children.
    pub(super) first: Option<Line<'a>>,
}

/// Gives the children to the type that has room for them.
pub(super) fn adopt(cursor: &mut Cursor<'_, '_>, schema: &mut Schema, children: Children<'_>) {
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

/// What is wrong with a part of a type that has no such parts.
pub(super) fn part_of_nothing(text: &str) -> Problem<'_> {
    Problem::new(
        "misplaced-part",
        text,
        "a part of a type where there is no such type",
        "`items` under an array, `values` under map<any>, `one of` under the type `one of`, each without other children",
        "correct the type of the field above, or remove the line",
    )
}
