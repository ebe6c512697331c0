//! The ways to authenticate.

use crate::page::{Operation, Place, SecurityKind, SecurityScheme};

use super::source_of;
use crate::layout::markdown::attribute;
use crate::layout::markdown::cursor::{Cursor, is_field_line};
use crate::layout::markdown::field_line;
use crate::layout::markdown::inline::code_span;
use crate::layout::markdown::problem::Problem;
use crate::layout::markdown::said::attributes;

pub(super) fn read(cursor: &mut Cursor<'_, '_>, operation: &mut Operation) {
    while let Some(line) = cursor.peek_in_section() {
        cursor.advance();
        if line.indent > 0 || !is_field_line(line.text) {
            cursor.unexpected(line, "a scheme: - **`bearerAuth`** _(http bearer)_");
            continue;
        }
        let scheme = match field_line::head(line.text) {
            Ok(head) => {
                let scheme = head.name.ok().zip(security_kind(head.inside));
                if scheme.is_none() {
                    cursor.report(line, unknown_scheme(head.inside));
                }
                scheme
            }
            Err(problem) => {
                cursor.report(line, problem);
                None
            }
        };
        let description = cursor.prose(2, attribute::SOURCE, |_| false);
        let said = attributes(cursor, 2, attribute::SOURCE);
        let source = source_of(cursor, line.number, &said);
        let Some((name, kind)) = scheme else {
            continue;
        };
        if operation.security.iter().any(|scheme| scheme.name == name) {
            cursor.report(
                line,
                Problem::new(
                    "duplicate-security-scheme",
                    name,
                    format!("a second scheme `{name}`"),
                    "each scheme once",
                    "remove one of the two, or rename it",
                ),
            );
            continue;
        }
        operation.security.push(SecurityScheme {
            name: name.to_owned(),
            kind,
            description,
            source,
        });
    }
}

fn unknown_scheme(part: &str) -> Problem<'_> {
    Problem::new(
        "security-scheme",
        part,
        "a way to authenticate that is not known",
        "http bearer, http basic, or api key in header `NAME` (or query, or cookie)",
        "write what the caller sends in one of these forms",
    )
}

fn security_kind(inside: &str) -> Option<SecurityKind> {
    match inside {
        "http bearer" => return Some(SecurityKind::Bearer),
        "http basic" => return Some(SecurityKind::Basic),
        _ => {}
    }
    let (place, rest) = inside.strip_prefix("api key in ")?.split_once(' ')?;
    let place = match place {
        "header" => Place::Header,
        "query" => Place::Query,
        "cookie" => Place::Cookie,
        _ => return None,
    };
    let (parameter, rest) = code_span(rest)?;
    (rest.is_empty() && !parameter.trim().is_empty()).then(|| SecurityKind::ApiKey {
        place,
        parameter: parameter.to_owned(),
    })
}
