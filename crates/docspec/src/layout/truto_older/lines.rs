//! What a line of the layout is by its own look.

use crate::layout::truto::Kind;
use crate::page::{Place, Schema};
use crate::text::Text;
use crate::type_notation;

/// The lines of the page up to a sample.
#[derive(Clone, Copy)]
pub(super) struct Lines<'a> {
    text: &'a Text,
    /// The first line that no longer belongs to the fields.
    pub(super) end: usize,
}

/// What stands below a field's name and type, apart from prose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Label {
    RequiredIn,
    SupportedIn,
    EnumValues,
    ValuesByIntegration,
    Notes,
}

impl<'a> Lines<'a> {
    pub(super) fn new(text: &'a Text, end: usize) -> Self {
        Self { text, end }
    }

    /// A line of the part before a sample; empty beyond it.
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

    /// The field that starts on this line, with its type when it has one: a name, and below it a type or a list.
    pub(super) fn field_start(self, line: usize) -> Option<(&'a str, Option<Schema>)> {
        let name = self.get(line);
        if section(name).is_some() || !type_notation::is_name(name) {
            return None;
        }
        let below = self.get(line + 1);
        if let Some(schema) = type_notation::parse(below) {
            return Some((name, Some(schema)));
        }
        (is_bare_name(name) && label(below).is_some()).then_some((name, None))
    }

    /// The bullets from `line` on, with their lines; blank lines do not end a list that goes on below them.
    pub(super) fn bullets(self, mut line: usize) -> (Vec<(usize, &'a str)>, usize) {
        let mut bullets = Vec::new();
        loop {
            let next = self.skip_blank(line);
            let Some(text) = bullet(self.get(next)) else {
                return (bullets, line);
            };
            bullets.push((next, text));
            line = next + 1;
        }
    }
}

/// The text of a list's item.
pub(super) fn bullet(line: &str) -> Option<&str> {
    let line = line.trim_start();
    line.strip_prefix('•')
        .or_else(|| line.strip_prefix("- "))
        .map(str::trim)
}

/// Whether the line is a name and nothing else, in the case in which the vendor writes names.
pub(super) fn is_bare_name(line: &str) -> bool {
    line.starts_with(|first: char| first.is_ascii_lowercase() || first == '_')
        && type_notation::is_name(line)
}

/// The section that the line heads.
pub(super) fn section(line: &str) -> Option<Kind> {
    match line {
        "Path parameters" => Some(Kind::Parameters(Place::Path)),
        "Query parameters" => Some(Kind::Parameters(Place::Query)),
        "Header parameters" | "Headers" => Some(Kind::Parameters(Place::Header)),
        "Request Body" => Some(Kind::Request),
        "Response Body" => Some(Kind::Response),
        _ => None,
    }
}

pub(super) fn label(line: &str) -> Option<Label> {
    match line {
        "Required in" => Some(Label::RequiredIn),
        "Supported in" => Some(Label::SupportedIn),
        "All possible enum values:" => Some(Label::EnumValues),
        "Enum support by integration" => Some(Label::ValuesByIntegration),
        "Integration specific notes" => Some(Label::Notes),
        _ => None,
    }
}

/// What follows the mark of a required field on its line.
pub(super) fn required_mark(line: &str) -> Option<&str> {
    line.strip_prefix("REQUIRED")?
        .trim_start()
        .strip_prefix('·')
        .map(str::trim)
}

/// What the site shows while a part of the page is on its way.
pub(super) fn is_placeholder(line: &str) -> bool {
    line == "Loading..."
}

/// Reads `2 properties`, `1 property`.
pub(super) fn property_count(line: &str) -> Option<usize> {
    line.strip_suffix(" properties")
        .or_else(|| line.strip_suffix(" property"))?
        .parse()
        .ok()
}
