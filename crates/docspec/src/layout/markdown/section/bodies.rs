//! The bodies of a request or a response, and the headers of a response.

use std::collections::HashSet;

use serde_json::Value;

use crate::page::{Field, Media, Schema};

use super::head::{self, Head};
use crate::layout::markdown::attribute::{self, Key};
use crate::layout::markdown::cursor::Cursor;
use crate::layout::markdown::member::{self, Kind};
use crate::layout::markdown::problem::{Line, Problem};
use crate::layout::markdown::restriction;
use crate::layout::markdown::said::Said;

/// The media type of a body whose section names none.
const JSON: &str = "application/json";

/// The bodies of a request or a response, and the headers of a response.
pub(super) struct Bodies<'a> {
    pub(super) head: Head<'a>,
    pub(super) headers: Vec<Field>,
    pub(super) content: Vec<Media>,
    /// Whether a body stands without a media type.
    pub(super) unnamed: bool,
}

impl<'a> Bodies<'a> {
    fn add(
        &mut self,
        cursor: &mut Cursor<'a, '_>,
        line: Line<'a>,
        media: Option<(Line<'a>, &'a str)>,
        schema: Schema,
        example: Option<&Said<'a>>,
    ) {
        self.unnamed |= media.is_none();
        let media_type = media.map_or(JSON, |(_, media_type)| media_type);
        if self
            .content
            .iter()
            .any(|media| media.media_type == media_type)
        {
            let (line, part) = media.unwrap_or((line, line.text));
            cursor.report(
                line,
                Problem::new(
                    "duplicate-media-type",
                    part,
                    format!("a second body of the media type {media_type}"),
                    "each media type once",
                    "write the media type of each body in backticks on a line of its own",
                ),
            );
            return;
        }
        let example: Option<Value> =
            example.and_then(|said| restriction::example(cursor, said, &schema));
        self.content.push(Media {
            media_type: media_type.to_owned(),
            schema,
            example,
        });
    }
}

pub(super) fn read<'a>(
    cursor: &mut Cursor<'a, '_>,
    heading: Line<'a>,
    has_headers: bool,
) -> Bodies<'a> {
    let head = head::read(cursor, attribute::HEAD);
    let mut bodies = Bodies {
        headers: Vec::new(),
        content: Vec::new(),
        unnamed: false,
        head,
    };
    let schema = member::block(cursor);
    cursor
        .reject_rest_of_section("a field, a type line, ### Headers, ### Body or the next section");
    let example = bodies
        .head
        .said
        .iter()
        .find(|said| said.key == Key::Example)
        .cloned();
    let mut waiting = bodies.head.media;
    if let Some(schema) = schema {
        let media = waiting.take();
        bodies.add(cursor, heading, media, schema, example.as_ref());
    } else if let Some(example) = &example {
        cursor.report(
            example.line,
            Problem::new(
                "misplaced-attribute",
                example.words,
                "an example of a body that is not described here",
                "the example right above the type of its body",
                "move the line under `### Body`, or describe the body here",
            ),
        );
    }
    let mut headers_seen = false;
    while let Some(line) = cursor.peek() {
        match line.heading() {
            Some((3, "Headers")) if has_headers && !headers_seen => {
                headers_seen = true;
                cursor.advance();
                bodies.headers = headers(cursor);
            }
            Some((3, "Body")) => {
                cursor.advance();
                let head = head::read(cursor, attribute::BODY);
                if head.prose.is_some() || head.required.is_some() {
                    cursor.report(
                        line,
                        Problem::new(
                            "unexpected-line",
                            line.text,
                            "prose, or `required`, under `### Body`",
                            "a media type, an example, and a type or a field list",
                            "move it under the section's own heading",
                        ),
                    );
                }
                let schema = member::block(cursor);
                cursor.reject_rest_of_section("a field, a type line or the next heading");
                let media = head.media.or_else(|| waiting.take());
                let example = head.said.iter().find(|said| said.key == Key::Example);
                match schema {
                    Some(schema) => bodies.add(cursor, line, media, schema, example),
                    None => missing_type(cursor, line),
                }
            }
            Some((1 | 2, _)) | None => break,
            Some((_, title)) => {
                let expected = if has_headers {
                    "### Headers once, ### Body"
                } else {
                    "### Body"
                };
                cursor.report(
                    line,
                    Problem::new(
                        "unknown-heading",
                        title,
                        format!("the heading `{title}`"),
                        expected,
                        "correct the heading",
                    ),
                );
                cursor.advance();
                while cursor.peek_in_section().is_some() {
                    cursor.advance();
                }
            }
        }
    }
    if let Some((line, _)) = waiting {
        missing_type(cursor, line);
    }
    bodies
}

fn headers(cursor: &mut Cursor<'_, '_>) -> Vec<Field> {
    let mut names = HashSet::new();
    let mut headers = Vec::new();
    for (field, _) in member::list(cursor, Kind::Field) {
        if names.insert(field.name.to_ascii_lowercase()) {
            headers.push(field);
        }
    }
    headers
}

pub(super) fn missing_type(cursor: &mut Cursor<'_, '_>, line: Line<'_>) {
    cursor.report(
        line,
        Problem::new(
            "missing-type",
            line.text,
            "a body without a type",
            "a field list, or a type line such as _(any)_",
            "list the body's fields, or write _(any)_ when they are not documented",
        ),
    );
}
