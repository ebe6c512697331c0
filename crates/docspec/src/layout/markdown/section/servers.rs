//! The servers of an operation.

use crate::page::{Operation, Server, Source};

use super::source_of;
use crate::layout::markdown::attribute;
use crate::layout::markdown::cursor::Cursor;
use crate::layout::markdown::inline::code_span;
use crate::layout::markdown::problem::{Line, Problem};
use crate::layout::markdown::said::attributes;

pub(super) fn read(cursor: &mut Cursor<'_, '_>, operation: &mut Operation) {
    while let Some(line) = cursor.peek_in_section() {
        let url = line
            .text
            .strip_prefix("- **")
            .and_then(code_span)
            .filter(|(_, rest)| *rest == "**" && line.indent == 0);
        cursor.advance();
        let Some((url, _)) = url else {
            cursor.unexpected(line, "a server: - **`https://…`**");
            continue;
        };
        let description = cursor.prose(2, attribute::SOURCE, |_| false);
        let said = attributes(cursor, 2, attribute::SOURCE);
        let source = source_of(cursor, line.number, &said);
        add_server(cursor, line, url, description, source, operation);
    }
}

/// Adds a server, whose URL must be absolute or a path.
pub(in crate::layout::markdown) fn add_server<'a>(
    cursor: &mut Cursor<'a, '_>,
    line: Line<'a>,
    url: &'a str,
    description: Option<String>,
    source: Source,
    operation: &mut Operation,
) {
    let absolute = ["https://", "http://"].iter().any(|scheme| {
        url.strip_prefix(scheme)
            .is_some_and(|rest| !rest.is_empty() && !rest.starts_with('/'))
    });
    if !(absolute || url.starts_with('/')) || url.contains(char::is_whitespace) {
        cursor.report(
            line,
            Problem::new(
                "server-url",
                url,
                "a server that is no URL",
                "an http or https URL, or a path that starts with `/`",
                "write the server's URL without the operation's path",
            ),
        );
        return;
    }
    if operation.servers.iter().any(|server| server.url == url) {
        cursor.report(
            line,
            Problem::new(
                "duplicate-server",
                url,
                "the same server a second time",
                "each server once",
                "remove one of them",
            ),
        );
        return;
    }
    operation.servers.push(Server {
        url: url.to_owned(),
        description,
        source,
    });
}
