//! What stands under the heading of a request body, a response, or a body of either.

use crate::layout::markdown::attribute::Key;
use crate::layout::markdown::cursor::{Cursor, is_field_line};
use crate::layout::markdown::inline::code_span;
use crate::layout::markdown::problem::{Line, Problem};
use crate::layout::markdown::said::{Said, attributes};

/// What stands under the heading of a request body, a response, or a body of either.
pub(super) struct Head<'a> {
    pub(super) media: Option<(Line<'a>, &'a str)>,
    pub(super) required: Option<bool>,
    pub(super) said: Vec<Said<'a>>,
    pub(super) prose: Option<String>,
}

impl Head<'_> {
    pub(super) fn assumed(&self) -> Option<String> {
        self.said
            .iter()
            .find(|said| said.key == Key::Assumed)
            .map(|said| said.value.to_owned())
    }
}

/// Reads it; `keys` are the attributes that may stand there.
pub(super) fn read<'a>(cursor: &mut Cursor<'a, '_>, keys: &[Key]) -> Head<'a> {
    let mut media = None;
    let mut required = None;
    let mut said = attributes(cursor, 0, keys);
    if let Some(line) = cursor.peek_in_section()
        && !line.fenced
        && let Some((media_type, needed)) = media_line(line.text)
    {
        cursor.advance();
        media = Some((line, media_type));
        required = needed;
        for more in attributes(cursor, 0, keys) {
            if said.iter().any(|said| said.key == more.key) {
                cursor.report(
                    more.line,
                    Problem::new(
                        "repeated-attribute",
                        more.words,
                        format!("a second `{}:`", more.key.words()),
                        "one line of the kind",
                        "join the two lines, or remove one of them",
                    ),
                );
            }
            said.push(more);
        }
    }
    reject_continuation(cursor, &said);
    let prose = cursor.prose(0, keys, |line| media_line(line.text).is_some());
    Head {
        media,
        required,
        said,
        prose,
    }
}

/// A media type in backticks, with `required` or `optional` after it.
pub(in crate::layout::markdown) fn media_line(text: &str) -> Option<(&str, Option<bool>)> {
    let (media, rest) = code_span(text)?;
    let (kind, subtype) = media.split_once('/')?;
    if kind.is_empty() || subtype.is_empty() || media.contains(char::is_whitespace) {
        return None;
    }
    let required = match rest {
        "" => None,
        ", required" => Some(true),
        ", optional" => Some(false),
        _ => return None,
    };
    Some((media, required))
}

/// Attributes and prose of a head are kept apart by an empty line, so that a broken line is not taken for prose.
pub(in crate::layout::markdown) fn reject_continuation(
    cursor: &mut Cursor<'_, '_>,
    said: &[Said<'_>],
) {
    let Some(last) = said.last() else {
        return;
    };
    if let Some(line) = cursor.lines().get(last.line.number).copied()
        && cursor.peek_in_section().map(|next| next.number) == Some(line.number)
        && !line.fenced
        && !is_field_line(line.text)
        && !line.text.starts_with("_(")
        && media_line(line.text).is_none()
    {
        cursor.report(
            line,
            Problem::new(
                "continuation",
                line.text,
                "a line that goes on right after an attribute line",
                "each attribute on one line, and an empty line before prose",
                "join it to the line above, or put an empty line between them",
            ),
        );
    }
}
