//! Lines that copying joined: the value of a box, and the field or the heading below it.

use serde_json::Value;

use super::super::findings::{Advice, Findings, Line};
use super::field_line;
use super::section::Section;
use super::tags::{self, Tag};
use crate::type_notation;

/// Parts the lines that a box's value and the next field or heading share, and adds a finding for those that
/// cannot be parted.
pub(super) fn part<'t>(lines: Vec<Line<'t>>, findings: &mut Findings<'_>) -> Vec<Line<'t>> {
    let mut parted: Vec<Line<'t>> = Vec::with_capacity(lines.len());
    for line in lines {
        let mut rest = line;
        while let Some(tag) = parted
            .last()
            .filter(|_| !rest.after_blank)
            .and_then(|above| tags::label_alone(above.text))
            && !tag.holds_all(rest.text)
        {
            let Some((value, below)) = tag.value_before(rest) else {
                break;
            };
            parted.push(value);
            rest = below;
        }
        parted.push(rest);
    }
    let missing_response = parted
        .iter()
        .all(|line| Section::of(line.text) != Some(Section::Response));
    for pair in parted.windows(2) {
        let [above, line] = pair else { continue };
        let value_lost = !line.after_blank
            && tags::label_alone(above.text).is_some_and(|tag| !tag.holds_all(line.text))
            && starts_below(line.text);
        let heading_joined = missing_response
            && ["Request Body", "Response Body"].iter().any(|heading| {
                line.text
                    .strip_suffix(heading)
                    .is_some_and(|rest| !rest.is_empty() && !rest.ends_with(' '))
            });
        if value_lost || heading_joined {
            findings.add(
                "joined-lines",
                Some(line.span()),
                "a line that is two: a value or a field, and what stands below it on the page",
                Advice::new(
                    "each value, field and heading on a line of its own",
                    "break the line where the page does, or capture the page again by selecting its text",
                ),
            );
        }
    }
    parted
}

/// Whether a text can stand below a field's last box: a heading, another box or another field.
fn starts_below(text: &str) -> bool {
    Section::of(text).is_some()
        || tags::label_alone(text).is_some()
        || field_line::is_marked(text)
        || text.starts_with(|first: char| first.is_alphabetic() || first == '_')
            && type_notation::split_fused(text)
                .first()
                .is_some_and(|reading| reading.notation.is_some())
}

impl Tag {
    /// Whether a text is this box's value and nothing else.
    fn holds_all(self, text: &str) -> bool {
        let bounds = |middle| bounds_prefix(text, middle) == Some(text.len());
        match self {
            Self::Range => bounds("value"),
            Self::Length => bounds("length"),
            _ => self.can_hold(text),
        }
    }

    /// Parts a line into this box's value and what stands below it, when there is one way to do so.
    fn value_before(self, line: Line<'_>) -> Option<(Line<'_>, Line<'_>)> {
        let text = line.text;
        let end = match self {
            Self::Default | Self::Example => json_prefix(text)?,
            Self::ValueIn => literals_prefix(text)?,
            Self::Range => bounds_prefix(text, "value")?,
            Self::Length => bounds_prefix(text, "length")?,
            Self::Prose => bounds_prefix(text, "items").or_else(|| number_prefix(text))?,
            Self::Minimum | Self::Maximum | Self::MinLength | Self::MaxLength => {
                number_prefix(text)?
            }
            Self::Format => FORMATS
                .iter()
                .find(|format| text.starts_with(**format))
                .map(|format| format.len())?,
            Self::Pattern => return None,
        };
        let (value, below) = text.split_at_checked(end)?;
        let space = below.len() - below.trim_start().len();
        let below = below.trim_start();
        (self.can_hold(value.trim_end()) && starts_below(below))
            .then_some((
                Line {
                    text: value.trim_end(),
                    ..line
                },
                Line {
                    text: below,
                    indent: line.indent,
                    after_blank: false,
                    number: line.number,
                },
            ))
            .filter(|_| space == 0 || Section::of(below).is_some() || !below.contains(' '))
    }
}

/// The formats that pages name, longer ones before their beginnings.
const FORMATS: [&str; 18] = [
    "date-time",
    "datetime",
    "date",
    "time",
    "uuid",
    "uri",
    "url",
    "email",
    "hostname",
    "ipv4",
    "ipv6",
    "int32",
    "int64",
    "float",
    "double",
    "byte",
    "binary",
    "password",
];

/// The length of the number at the start.
fn number_prefix(text: &str) -> Option<usize> {
    let end = text
        .find(|c: char| !(c.is_ascii_digit() || matches!(c, '-' | '.')))
        .unwrap_or(text.len());
    (end > 0).then_some(end)
}

/// The length of the JSON value at the start.
fn json_prefix(text: &str) -> Option<usize> {
    let word = ["true", "false", "null"]
        .iter()
        .find(|word| text.starts_with(**word));
    if let Some(word) = word {
        return Some(word.len());
    }
    if text.starts_with(['"', '{', '[']) {
        let mut values = serde_json::Deserializer::from_str(text).into_iter::<Value>();
        values.next()?.ok()?;
        return Some(values.byte_offset());
    }
    number_prefix(text)
}

/// The length of the values at the start, which a bar stands between.
fn literals_prefix(text: &str) -> Option<usize> {
    let mut end = json_prefix(text)?;
    while let Some(rest) = text.get(end..).and_then(|rest| rest.strip_prefix(" | ")) {
        end += 3 + json_prefix(rest)?;
    }
    Some(end)
}

/// The length of `1 <= value <= 100` at the start.
fn bounds_prefix(text: &str, middle: &str) -> Option<usize> {
    let (low, high) = text.split_once(middle)?;
    let is_bound = |text: &str| {
        text.chars()
            .all(|c| c.is_ascii_digit() || matches!(c, ' ' | '<' | '=' | '-' | '.'))
    };
    if !is_bound(low) {
        return None;
    }
    let above = high
        .find(|c: char| !(c.is_ascii_digit() || matches!(c, ' ' | '<' | '=' | '-' | '.')))
        .unwrap_or(high.len());
    Some(low.len() + middle.len() + above)
}
