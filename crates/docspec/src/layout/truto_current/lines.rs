//! What a line of the layout is by its own look.

use crate::layout::truto::Kind;
use crate::page::Place;
use crate::text::Text;
use crate::type_notation::{self, Fused};

/// The lines of the page up to the samples.
#[derive(Clone, Copy)]
pub(super) struct Lines<'a> {
    text: &'a Text,
    /// The first line that no longer belongs to the fields.
    pub(super) end: usize,
}

/// `23 supported15 required2 notes`
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct SupportHeader {
    pub(super) supported: usize,
    pub(super) required: usize,
    pub(super) notes: usize,
}

impl<'a> Lines<'a> {
    pub(super) fn new(text: &'a Text, end: usize) -> Self {
        Self { text, end }
    }

    /// A line of the part before the samples; empty beyond it.
    pub(super) fn get(self, line: usize) -> &'a str {
        if line < self.end {
            self.text.line(line).unwrap_or_default()
        } else {
            ""
        }
    }

    /// The first line from `line` on that holds something.
    pub(super) fn skip_blank(self, mut line: usize) -> usize {
        while line < self.end && self.get(line).is_empty() {
            line += 1;
        }
        line
    }

    /// Whether an integration's entry starts on this line: a name with its status below.
    pub(super) fn is_entry(self, line: usize) -> bool {
        let name = self.get(line);
        !name.is_empty() && !is_status(name) && is_status(self.get(line + 1))
    }

    /// The field that starts on this line, when a type or what follows shows that one does.
    pub(super) fn field_start(self, line: usize) -> Option<Fused<'a>> {
        let content = self.get(line);
        if section(content).is_some() || is_status(content) || content.starts_with(' ') {
            return None;
        }
        let reading = type_notation::split_fused(content).into_iter().next()?;
        (reading.notation.is_some() || self.opens_block(line + 1)).then_some(reading)
    }

    /// Whether the line can only stand below a field's name.
    pub(super) fn opens_block(self, line: usize) -> bool {
        let content = self.get(line);
        support_header(content).is_some()
            || property_count(content).is_some()
            || is_required_mark(content)
            || content == "Possible values:"
            || content.starts_with("Example:")
            || content.starts_with("References:")
    }
}

/// The section that the line heads.
pub(super) fn section(line: &str) -> Option<Kind> {
    match line {
        "Path Parameters" => Some(Kind::Parameters(Place::Path)),
        "Query Parameters" => Some(Kind::Parameters(Place::Query)),
        "Header Parameters" | "Headers" => Some(Kind::Parameters(Place::Header)),
        "Request Body" => Some(Kind::Request),
        "Response Body" => Some(Kind::Response),
        _ => None,
    }
}

/// The line above the parameters that every operation of the vendor has.
pub(super) const GROUP: &str = "Show Truto-specific parameters";

pub(super) fn is_status(line: &str) -> bool {
    matches!(line, "supported" | "required")
}

/// The mark of a required field, which ends in a middle dot, unlike an integration's status.
pub(super) fn is_required_mark(line: &str) -> bool {
    line.strip_prefix("required")
        .is_some_and(|rest| rest.trim_start() == "·")
}

/// Reads `23 supported`, `23 supported15 required`, `2 supported2 notes`.
pub(super) fn support_header(line: &str) -> Option<SupportHeader> {
    let (supported, rest) = count(line, "supported")?;
    let (required, rest) = count(rest, "required").unwrap_or((0, rest));
    let (notes, rest) = count(rest, "notes")
        .or_else(|| count(rest, "note"))
        .unwrap_or((0, rest));
    rest.is_empty().then_some(SupportHeader {
        supported,
        required,
        notes,
    })
}

/// Reads `2 properties`, `1 property`.
pub(super) fn property_count(line: &str) -> Option<usize> {
    match count(line, "properties").or_else(|| count(line, "property"))? {
        (count, "") => Some(count),
        _ => None,
    }
}

fn count<'a>(text: &'a str, what: &str) -> Option<(usize, &'a str)> {
    let digits = text
        .find(|character: char| !character.is_ascii_digit())
        .unwrap_or(text.len());
    let number = text[..digits].parse().ok()?;
    let rest = text[digits..].strip_prefix(' ')?.strip_prefix(what)?;
    Some((number, rest.trim_start()))
}
