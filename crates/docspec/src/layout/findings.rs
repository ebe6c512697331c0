//! Collecting what is wrong with a page while it is read to its end.

use crate::diagnostic::{Diagnostic, Span};
use crate::text::Text;

/// A line that holds something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Line<'t> {
    /// Its number, counted from 1.
    pub(super) number: usize,
    /// The line without the white space around it.
    pub(super) text: &'t str,
    /// How many bytes of white space precede the text.
    pub(super) indent: usize,
    /// Whether an empty line stands right before it.
    pub(super) after_blank: bool,
}

impl Line<'_> {
    /// Where the line's text stands.
    pub(super) fn span(self) -> Span {
        Span {
            line: self.number,
            start: self.indent,
            end: self.indent + self.text.len(),
        }
    }

    /// Where a part of the line's text stands; the whole text when `part` is no part of it.
    pub(super) fn span_of(self, part: &str) -> Span {
        let offset = self.text.find(part);
        let start = self.indent + offset.unwrap_or(0);
        let length = offset.map_or(self.text.len(), |_| part.len());
        Span {
            line: self.number,
            start,
            end: start + length,
        }
    }
}

/// The lines that hold something, in order.
pub(super) fn significant(text: &Text) -> Vec<Line<'_>> {
    let mut after_blank = false;
    let mut lines = Vec::with_capacity(text.len());
    for (number, line) in text.lines() {
        let trimmed = line.trim();
        if trimmed.is_empty() {
            after_blank = true;
            continue;
        }
        lines.push(Line {
            number,
            text: trimmed,
            indent: line.len() - line.trim_start().len(),
            after_blank,
        });
        after_blank = false;
    }
    lines
}

/// What was expected at a place, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Advice {
    /// What was expected.
    pub(super) expected: String,
    /// What to do.
    pub(super) fix: String,
}

impl Advice {
    pub(super) fn new(expected: impl Into<String>, fix: impl Into<String>) -> Self {
        Self {
            expected: expected.into(),
            fix: fix.into(),
        }
    }
}

/// What is wrong with a page, as far as it was read.
#[derive(Debug)]
pub(super) struct Findings<'a> {
    page: &'a str,
    diagnostics: Vec<Diagnostic>,
}

impl<'a> Findings<'a> {
    pub(super) fn new(page: &'a str) -> Self {
        Self {
            page,
            diagnostics: Vec::new(),
        }
    }

    /// Adds a finding about a place, or about the whole page.
    pub(super) fn add(
        &mut self,
        rule: &'static str,
        span: Option<Span>,
        found: impl Into<String>,
        advice: Advice,
    ) {
        self.diagnostics.push(Diagnostic {
            rule,
            page: self.page.to_owned(),
            span,
            found: found.into(),
            expected: advice.expected,
            fix: advice.fix,
        });
    }

    /// Adds a finding that another stage made.
    pub(super) fn push(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// Adds the finding that a line fits nothing at its place.
    pub(super) fn unknown_line(&mut self, line: Line<'_>, expected: &str) {
        self.add(
            "unknown-line",
            Some(line.span()),
            "a line that fits nothing here",
            Advice::new(
                expected,
                "remove the line if it is no part of the documentation, else capture the page again",
            ),
        );
    }

    /// What was read, when nothing was wrong.
    pub(super) fn finish<T>(self, read: Option<T>) -> Result<T, Vec<Diagnostic>> {
        match read {
            Some(read) if self.diagnostics.is_empty() => Ok(read),
            _ => Err(self.diagnostics),
        }
    }
}
