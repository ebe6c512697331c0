//! What is wrong with a source, where, and how to mend it.

use std::fmt;

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};

/// A place in a page: one line and the marked part of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The line, counted from 1.
    pub line: usize,
    /// Where the marked part starts, as a byte offset into the normalised line.
    pub start: usize,
    /// Where the marked part ends, exclusive, as a byte offset into the normalised line; past its end stands for
    /// its end, so that `usize::MAX` marks the rest of the line.
    pub end: usize,
}

/// One thing that is wrong with a page.
///
/// The texts follow one grammar: lower-case fragments without a full stop, so that they read on after the name of
/// the file. They quote the page only where the reader needs the words to find the place.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Diagnostic {
    /// The stable name of the rule, in kebab case, such as `support-count`.
    pub rule: &'static str,
    /// The page, as the caller named it.
    pub page: String,
    /// Where, or `None` when the whole page is meant.
    pub span: Option<Span>,
    /// What was found.
    pub found: String,
    /// What was expected.
    pub expected: String,
    /// What to do about it.
    pub fix: String,
}

impl Diagnostic {
    /// Renders the diagnostic with the line it speaks of and the spot marked, in plain text.
    ///
    /// `page_text` is the page as [`crate::text::Text`] holds it; a line that does not exist is left out.
    #[must_use]
    pub fn render(&self, page_text: &crate::text::Text) -> String {
        let expected = format!("expected {}", self.expected);
        let fix = format!("to fix: {}", self.fix);
        let title = Level::ERROR.primary_title(&self.found).id(self.rule);
        let line = self
            .span
            .and_then(|span| Some((span, page_text.line(span.line)?)));
        let mut group = match line {
            Some((span, line)) => {
                let end = span.end.min(line.len());
                let start = span.start.min(end);
                title.element(
                    Snippet::source(line)
                        .line_start(span.line)
                        .path(self.page.as_str())
                        .annotation(AnnotationKind::Primary.span(start..end)),
                )
            }
            None => title.element(annotate_snippets::Origin::path(self.page.as_str())),
        };
        group = group
            .element(Level::NOTE.message(expected))
            .element(Level::HELP.message(fix));
        Renderer::plain().render(&[group])
    }
}

impl fmt::Display for Diagnostic {
    /// One line: `page:line: error[rule]: found; expected …; to fix: …`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.page)?;
        if let Some(span) = self.span {
            write!(f, ":{}", span.line)?;
        }
        write!(
            f,
            ": error[{}]: {}; expected {}; to fix: {}",
            self.rule, self.found, self.expected, self.fix
        )
    }
}

/// The first few of many names, for a message.
pub(crate) fn some_of<T: AsRef<str>>(names: &[T]) -> String {
    const MOST: usize = 3;
    let first: Vec<&str> = names.iter().take(MOST).map(AsRef::as_ref).collect();
    match names.len().saturating_sub(MOST) {
        0 => first.join(", "),
        more => format!("{} and {more} more", first.join(", ")),
    }
}
