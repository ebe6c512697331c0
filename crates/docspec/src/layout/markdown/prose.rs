//! Prose: which lines are prose, and the backslashes that keep prose from being read as structure.

use crate::layout::fences::Fence;

use super::problem::Line;
use super::{attribute, cursor, operation, section};

/// The line without the backslash that kept it from being read as structure.
pub(crate) fn unescape(text: &str) -> String {
    let mut line = text.to_owned();
    if let Some(colon) = line.find(':')
        && line[..colon].ends_with('\\')
    {
        line.remove(colon - 1);
    }
    let mut characters = line.chars();
    if characters.next() == Some('\\')
        && characters
            .next()
            .is_some_and(|character| character.is_ascii_punctuation())
    {
        line.remove(0);
    }
    line
}

/// The line with backslashes where it would be read as structure; [`unescape`] takes them away again.
pub(crate) fn escape(text: &str) -> String {
    let mut line = text.to_owned();
    let has_backslash = text
        .strip_prefix('\\')
        .and_then(|rest| rest.chars().next())
        .is_some_and(|character| character.is_ascii_punctuation());
    let structural = Line::new(0, text, false).heading().is_some()
        || cursor::is_field_line(text)
        || text.starts_with("_(")
        || text.starts_with("> Source: ")
        || Fence::opened_by(text).is_some()
        || section::media_line(text).is_some()
        || operation::method_line(text).is_some();
    let escape_start = has_backslash || structural;
    if let Some(colon) = text.find(':') {
        let before = &text[..colon];
        if before.ends_with('\\') || attribute::looks_like_one(text) {
            line.insert(colon, '\\');
        }
    }
    if escape_start {
        line.insert(0, '\\');
    }
    line
}
