//! Attribute lines with what belongs to them.

use crate::layout::fences::Fence;

use super::attribute::{self, Attribute, Key};
use super::cursor::Cursor;
use super::problem::{Line, Problem};

/// An attribute line with the fenced block that follows it, if there is one.
#[derive(Debug, Clone)]
pub(super) struct Said<'a> {
    pub(super) line: Line<'a>,
    pub(super) key: Key,
    pub(super) words: &'a str,
    pub(super) value: &'a str,
    pub(super) block: Option<String>,
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
                line.misindented(
                    "an attribute line",
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
