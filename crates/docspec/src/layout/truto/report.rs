//! The diagnostics of one page, gathered while the reading goes on.

use crate::diagnostic::{Diagnostic, Span};
use crate::text::Text;

/// What is wrong with a page so far.
pub(in crate::layout) struct Report<'a> {
    page: &'a str,
    text: &'a Text,
    diagnostics: Vec<Diagnostic>,
}

/// What was found, what was expected, and how to mend it.
pub(in crate::layout) struct Problem<'a> {
    /// The rule's stable name.
    pub(in crate::layout) rule: &'static str,
    /// What was found.
    pub(in crate::layout) found: String,
    /// What was expected.
    pub(in crate::layout) expected: String,
    /// What to do about it.
    pub(in crate::layout) fix: &'a str,
}

impl<'a> Report<'a> {
    pub(in crate::layout) fn new(page: &'a str, text: &'a Text) -> Self {
        Self {
            page,
            text,
            diagnostics: Vec::new(),
        }
    }

    /// Notes a problem with a line, marking all of it.
    pub(in crate::layout) fn line(&mut self, line: usize, problem: Problem<'_>) {
        self.part(line, "", problem);
    }

    /// Notes a problem with a part of a line, marking the part's last occurrence, or the line when there is none.
    pub(in crate::layout) fn part(&mut self, line: usize, part: &str, problem: Problem<'_>) {
        let content = self.text.line(line).unwrap_or_default();
        let (start, end) = match content.rfind(part) {
            Some(start) if !part.is_empty() => (start, start + part.len()),
            _ => (content.len() - content.trim_start().len(), content.len()),
        };
        self.push(Some(Span { line, start, end }), problem);
    }

    /// Notes a problem with the page as a whole.
    pub(in crate::layout) fn page(&mut self, problem: Problem<'_>) {
        self.push(None, problem);
    }

    /// Takes over a diagnostic of another reader.
    pub(in crate::layout) fn add(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// Whether nothing is wrong with the lines from `first` up to `end`.
    pub(in crate::layout) fn is_clean(&self, first: usize, end: usize) -> bool {
        !self
            .diagnostics
            .iter()
            .filter_map(|diagnostic| diagnostic.span)
            .any(|span| (first..end).contains(&span.line))
    }

    fn push(&mut self, span: Option<Span>, problem: Problem<'_>) {
        self.diagnostics.push(Diagnostic {
            rule: problem.rule,
            page: self.page.to_owned(),
            span,
            found: problem.found,
            expected: problem.expected,
            fix: problem.fix.to_owned(),
        });
    }

    /// What was read, or everything that is wrong with it in the order of the lines.
    pub(in crate::layout) fn finish<T>(mut self, read: Option<T>) -> Result<T, Vec<Diagnostic>> {
        match read {
            Some(read) if self.diagnostics.is_empty() => Ok(read),
            _ => {
                self.diagnostics.sort_by_key(|diagnostic| diagnostic.span);
                Err(self.diagnostics)
            }
        }
    }
}
