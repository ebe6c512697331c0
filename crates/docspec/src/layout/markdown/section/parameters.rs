//! The parameters of one place.

use std::collections::HashSet;

use crate::diagnostic::{Diagnostic, Span};
use crate::page::{Operation, Parameter, Place};

use crate::layout::markdown::cursor::Cursor;
use crate::layout::markdown::member::{self, Kind};

pub(super) fn read(cursor: &mut Cursor<'_, '_>, place: Place, operation: &mut Operation) {
    let mut known: HashSet<String> = operation
        .parameters
        .iter()
        .filter(|parameter| parameter.place == place)
        .map(|parameter| parameter.field.name.clone())
        .collect();
    for (field, encoding) in member::list(cursor, Kind::Parameter(place)) {
        if !known.insert(field.name.clone()) {
            cursor.errors.push(Diagnostic {
                rule: "duplicate-field",
                page: cursor.context.page.to_owned(),
                span: Some(Span {
                    line: field.source.line,
                    start: 0,
                    end: usize::MAX,
                }),
                found: format!("a second `{}`", field.name),
                expected: "each parameter once in its place".to_owned(),
                fix: "remove one of the two, or correct its name".to_owned(),
            });
            continue;
        }
        operation.parameters.push(Parameter {
            place,
            encoding,
            field,
        });
    }
}
