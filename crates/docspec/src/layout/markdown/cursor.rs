//! A place in a page: reads line by line and remembers what was wrong.

use crate::diagnostic::Diagnostic;
use crate::layout::Context;
use crate::page::Source;
use crate::text::Text;

use super::attribute::{Key, attribute};
use super::operation;
use super::problem::{Line, Problem};
use super::prose;

/// What is being read and what was wrong with it so far.
pub(super) struct Cursor<'a, 'e> {
    lines: &'a [Line<'a>],
    position: usize,
    pub(super) context: Context<'e>,
    /// The page, for the readers that work on all of it.
    pub(super) text: &'e Text,
    /// The page's own `> Source:`.
    pub(super) origin: Option<String>,
    pub(super) errors: Vec<Diagnostic>,
}

impl<'a, 'e> Cursor<'a, 'e> {
    pub(super) fn new(
        lines: &'a [Line<'a>],
        text: &'e Text,
        context: Context<'e>,
        errors: Vec<Diagnostic>,
    ) -> Self {
        Self {
            lines,
            position: 0,
            context,
            text,
            origin: None,
            errors,
        }
    }

    /// Every line of the page.
    pub(super) fn lines(&self) -> &'a [Line<'a>] {
        self.lines
    }

    /// The next line, blank or not.
    pub(super) fn next_line(&self) -> Option<Line<'a>> {
        self.lines.get(self.position).copied()
    }

    /// The next line that is not blank; the blank ones before it are passed.
    pub(super) fn peek(&mut self) -> Option<Line<'a>> {
        while let Some(line) = self.next_line() {
            if !line.is_blank() {
                return Some(line);
            }
            self.position += 1;
        }
        None
    }

    /// The next line that is not blank and not the heading of a section.
    pub(super) fn peek_in_section(&mut self) -> Option<Line<'a>> {
        self.peek().filter(|line| line.heading().is_none())
    }

    pub(super) fn advance(&mut self) {
        self.position += 1;
    }

    pub(super) fn report(&mut self, line: Line<'_>, problem: Problem<'_>) {
        let diagnostic = problem.on(line, self.context.page);
        self.errors.push(diagnostic);
    }

    /// A source on this line, from the page's origin.
    pub(super) fn source(&self, line: usize) -> Source {
        Source {
            line,
            origin: self.origin.clone(),
        }
    }

    /// Reads the prose that stands here, indented by `indent`, up to a line that `ends` it.
    pub(super) fn prose(
        &mut self,
        indent: usize,
        allowed: &[Key],
        ends: impl Fn(Line<'a>) -> bool,
    ) -> Option<String> {
        let mut text = String::new();
        let mut blanks = 0;
        while let Some(line) = self.next_line() {
            if line.is_blank() {
                blanks += 1;
                self.position += 1;
                continue;
            }
            if !line.fenced
                && (line.heading().is_some()
                    || line.indent < indent
                    || is_field_line(line.text)
                    || line.text.starts_with("_(")
                    || operation::method_line(line.text).is_some()
                    || ends(line)
                    || attribute(line.text, allowed).is_some())
            {
                break;
            }
            if text.is_empty() && line.indent > indent {
                self.report(
                    line,
                    line.misindented(
                        "a line",
                        format!("{indent} spaces"),
                        "indent what belongs to a field by two spaces more than the field",
                    ),
                );
            }
            if !text.is_empty() {
                (0..=blanks).for_each(|_| text.push('\n'));
            }
            blanks = 0;
            let own = line.raw.get(indent.min(line.indent)..).unwrap_or("");
            if line.fenced {
                text.push_str(own);
            } else {
                let (spaces, words) = own.split_at(own.len() - line.text.len());
                text.push_str(spaces);
                text.push_str(&prose::unescape(words));
            }
            self.position += 1;
        }
        (!text.is_empty()).then_some(text)
    }

    /// Reports every line up to the next heading as out of place.
    pub(super) fn reject_rest_of_section(&mut self, expected: &str) {
        while let Some(line) = self.peek_in_section() {
            self.unexpected(line, expected);
            self.advance();
        }
    }

    pub(super) fn unexpected(&mut self, line: Line<'_>, expected: &str) {
        let problem = if operation::method_line(line.text).is_some() {
            operation::second_operation(line.text)
        } else if line.text.starts_with('\t') {
            Problem::new(
                "indentation",
                line.text,
                "a line indented by a tab",
                "spaces",
                "indent by two spaces for each level",
            )
        } else {
            Problem::new(
                "unexpected-line",
                line.text,
                "a line that fits nothing here",
                expected,
                "correct the line, move it to its section, or remove it",
            )
        };
        self.report(line, problem);
    }
}

/// The kinds of bold names that start a list item without being a field.
pub(super) const PARTS: [&str; 3] = ["items", "values", "one of"];

/// Whether a line starts a field, or a part of a field's type.
pub(super) fn is_field_line(text: &str) -> bool {
    text.strip_prefix("- **").is_some_and(|rest| {
        rest.starts_with('`')
            || PARTS.iter().any(|part| {
                rest.strip_prefix(part)
                    .is_some_and(|rest| rest.starts_with("**"))
            })
    })
}

/// What `Source:` says: where a fact is from, or `unstated`.
pub(super) fn origin(value: &str) -> Option<String> {
    if value == "unstated" {
        return None;
    }
    Some(value.strip_prefix('\\').unwrap_or(value).to_owned())
}
