//! What is wrong with one line, before it is known which page the line belongs to.

use crate::diagnostic::{Diagnostic, Span};
use crate::layout::fences::Fence;

/// Something wrong with a part of a line.
#[derive(Debug)]
pub(super) struct Problem<'a> {
    /// The stable name of the rule.
    pub(super) rule: &'static str,
    /// The part to mark, cut out of the line itself.
    pub(super) part: &'a str,
    /// What was found.
    pub(super) found: String,
    /// What was expected.
    pub(super) expected: String,
    /// What to do about it.
    pub(super) fix: String,
}

impl<'a> Problem<'a> {
    pub(super) fn new(
        rule: &'static str,
        part: &'a str,
        found: impl Into<String>,
        expected: impl Into<String>,
        fix: impl Into<String>,
    ) -> Self {
        Self {
            rule,
            part,
            found: found.into(),
            expected: expected.into(),
            fix: fix.into(),
        }
    }

    /// Places the problem on the line that its part was cut from.
    pub(super) fn on(self, line: Line<'_>, page: &str) -> Diagnostic {
        let start = line.offset_of(self.part);
        Diagnostic {
            rule: self.rule,
            page: page.to_owned(),
            span: Some(Span {
                line: line.number,
                start,
                end: (start + self.part.len()).min(line.raw.len()),
            }),
            found: self.found,
            expected: self.expected,
            fix: self.fix,
        }
    }
}

/// A line of the page.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line<'a> {
    /// The line's number, counted from 1.
    pub(super) number: usize,
    /// The line as the page has it.
    pub(super) raw: &'a str,
    /// How many spaces it starts with.
    pub(super) indent: usize,
    /// The line without those spaces.
    pub(super) text: &'a str,
    /// Whether the line is part of a fenced block, its fences included.
    pub(super) fenced: bool,
}

impl<'a> Line<'a> {
    pub(super) fn new(number: usize, raw: &'a str, fenced: bool) -> Self {
        let text = raw.trim_start_matches(' ');
        Self {
            number,
            raw,
            indent: raw.len() - text.len(),
            text,
            fenced,
        }
    }

    pub(super) fn is_blank(self) -> bool {
        self.text.is_empty()
    }

    /// The level and text of a Markdown heading.
    pub(super) fn heading(self) -> Option<(usize, &'a str)> {
        if self.fenced || self.indent > 0 {
            return None;
        }
        let text = self.text.trim_start_matches('#');
        let level = self.text.len() - text.len();
        let title = text.strip_prefix(' ')?;
        (1..=6).contains(&level).then_some((level, title.trim()))
    }

    /// What is wrong with `what` that stands too deep for its place.
    pub(super) fn misindented(self, what: &str, expected: String, fix: &str) -> Problem<'a> {
        Problem::new(
            "indentation",
            &self.raw[..self.indent],
            format!("{what} indented by {} spaces", self.indent),
            expected,
            fix,
        )
    }

    fn offset_of(self, part: &str) -> usize {
        let offset = (part.as_ptr() as usize).wrapping_sub(self.raw.as_ptr() as usize);
        if offset <= self.raw.len() {
            offset
        } else {
            self.indent
        }
    }
}

/// The page's lines, with the fenced blocks marked; a fence that is never closed is reported.
pub(super) fn lines<'a>(
    text: &'a crate::text::Text,
    page: &str,
    errors: &mut Vec<Diagnostic>,
) -> Vec<Line<'a>> {
    let mut lines = Vec::with_capacity(text.len());
    let mut open: Option<(Line<'a>, Fence<'a>)> = None;
    for (number, raw) in text.lines() {
        let mut line = Line::new(number, raw, open.is_some());
        match open {
            None => {
                if let Some(fence) = Fence::opened_by(raw) {
                    line.fenced = true;
                    open = Some((line, fence));
                }
            }
            Some((_, fence)) if fence.is_closed_by(raw) => open = None,
            Some(_) => {}
        }
        lines.push(line);
    }
    if let Some((line, fence)) = open {
        errors.push(
            Problem::new(
                "unclosed-fence",
                line.text,
                "a fenced block that is never closed",
                format!("a line {:?} that ends the block", fence.marks),
                "close the block, or copy the page again if it was cut off here",
            )
            .on(line, page),
        );
    }
    lines
}
