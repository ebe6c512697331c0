//! Responses, with a status and without.

use crate::page::{Operation, Response, ResponseWithoutStatus};

use super::bodies;
use super::head::reject_continuation;
use super::{NO_MEDIA_TYPE, source_of};
use crate::layout::markdown::attribute;
use crate::layout::markdown::cursor::Cursor;
use crate::layout::markdown::problem::{Line, Problem};
use crate::layout::markdown::said::attributes;

const NO_STATUS: &str = "the page gives no status";

pub(super) fn read<'a>(
    cursor: &mut Cursor<'a, '_>,
    heading: Line<'a>,
    status: Option<&'a str>,
    operation: &mut Operation,
) {
    let bodies = bodies::read(cursor, heading, true);
    let source = source_of(cursor, heading.number, &bodies.head.said);
    if let Some(required) = bodies.head.required
        && let Some((line, _)) = bodies.head.media
    {
        let word = if required { "required" } else { "optional" };
        cursor.report(
            line,
            Problem::new(
                "misplaced-word",
                line.text,
                format!("`{word}` on a response"),
                "the media type alone",
                format!("remove `, {word}`"),
            ),
        );
    }
    if let Some(status) = status
        && !is_status(status)
    {
        cursor.report(
            heading,
            Problem::new(
                "status",
                status,
                format!("`{status}`, which is no status"),
                "a status such as `200`, a range such as `4XX`, or `default`",
                "correct the status",
            ),
        );
        return;
    }
    let status_text = status.unwrap_or("200");
    if operation
        .responses
        .iter()
        .any(|response| response.status == status_text)
    {
        cursor.report(
            heading,
            Problem::new(
                "duplicate-response",
                heading.text,
                format!("a second response `{status_text}`"),
                "each status once",
                "join the two sections, or correct the status",
            ),
        );
        return;
    }
    let unstated = match (status, bodies.unnamed) {
        (None, true) => Some(format!("{NO_STATUS} and names no media type")),
        (None, false) => Some(NO_STATUS.to_owned()),
        (Some(_), true) => Some(NO_MEDIA_TYPE.to_owned()),
        (Some(_), false) => None,
    };
    operation.responses.push(Response {
        status: status_text.to_owned(),
        assumed: bodies.head.assumed().or(unstated),
        description: bodies.head.prose,
        headers: bodies.headers,
        content: bodies.content,
        source,
    });
}

/// Whether this is a status as OpenAPI writes it.
fn is_status(text: &str) -> bool {
    let bytes = text.as_bytes();
    text == "default"
        || matches!(bytes, [b'1'..=b'5', b'X', b'X'])
        || matches!(bytes, [b'1'..=b'5', tens, ones] if tens.is_ascii_digit() && ones.is_ascii_digit())
}

pub(super) fn without_status<'a>(
    cursor: &mut Cursor<'a, '_>,
    heading: Line<'a>,
    operation: &mut Operation,
) {
    let said = attributes(cursor, 0, attribute::SOURCE);
    reject_continuation(cursor, &said);
    let source = source_of(cursor, heading.number, &said);
    match cursor.prose(0, attribute::SOURCE, |_| false) {
        Some(description) => operation
            .responses_without_status
            .push(ResponseWithoutStatus {
                description,
                source,
            }),
        None => cursor.report(
            heading,
            Problem::new(
                "empty-section",
                heading.text,
                "a response without status and without a word about it",
                "what the page shows of it",
                "write what the page shows, or remove the section",
            ),
        ),
    }
    cursor.reject_rest_of_section("prose");
}
