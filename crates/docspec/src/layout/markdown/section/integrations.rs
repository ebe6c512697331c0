//! The integrations that an operation supports.

use crate::page::{Level, Operation, Schema, Shape};

use crate::layout::markdown::attribute::{self, Key};
use crate::layout::markdown::cursor::Cursor;
use crate::layout::markdown::inline::names;
use crate::layout::markdown::said::{Said, attributes};
use crate::layout::markdown::support::Supports;

pub(super) fn read(cursor: &mut Cursor<'_, '_>, operation: &mut Operation) {
    let mut supports = Supports::default();
    let mut notes = Vec::new();
    while let Some(line) = cursor.peek_in_section() {
        if attribute::attribute(line.text, attribute::INTEGRATIONS).is_some() || line.indent > 0 {
            break;
        }
        cursor.advance();
        let listed = match names(line.text.trim_end_matches(',')) {
            Ok(listed) => listed,
            Err(problem) => {
                cursor.report(line, problem);
                continue;
            }
        };
        let said = Said {
            line,
            key: Key::SupportedBy,
            words: line.text,
            value: line.text,
            block: None,
        };
        for listed in listed {
            let (name, note) = match listed.strip_suffix(')').and_then(|it| it.split_once(" (")) {
                Some((name, note)) if !is_quoted(line.text, listed) => (name, Some(note)),
                _ => (listed, None),
            };
            let source = cursor.source(line.number);
            supports.add(cursor, &said, name, Level::Supported, source);
            notes.extend(note.map(|note| (name, note)));
        }
    }
    let said = attributes(cursor, 0, attribute::INTEGRATIONS);
    let origin = cursor.origin.clone();
    supports.listed(cursor, &said, origin.as_deref());
    for (name, note) in notes {
        supports.note(name, note);
    }
    supports.details(cursor, &said, &Schema::new(Shape::Any));
    operation.integrations = supports.list;
    cursor.reject_rest_of_section("names separated by commas");
}

/// Whether a name stands in backticks, so that all of it is the name.
fn is_quoted(line: &str, name: &str) -> bool {
    let start = name.as_ptr() as usize - line.as_ptr() as usize;
    line[..start].trim_end().ends_with('`')
}
