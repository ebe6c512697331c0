//! What a Fumadocs page prints below a field in boxes: its default, its format, its range and the like.

use serde_json::{Number, Value};

use super::super::findings::Line;
use super::super::printed_value;
use super::fields::describe;
use crate::page::{Allowed, Field, Shape, Source};

/// What a box says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tag {
    Default,
    Example,
    Format,
    Pattern,
    Range,
    Length,
    ValueIn,
    Minimum,
    Maximum,
    MinLength,
    MaxLength,
    /// A restriction that the page model has no place for; it stays prose.
    Prose,
}

/// The labels, longer ones before their beginnings.
const LABELS: [(&str, Tag); 15] = [
    ("Default", Tag::Default),
    ("Example", Tag::Example),
    ("Format", Tag::Format),
    ("Match", Tag::Pattern),
    ("Pattern", Tag::Pattern),
    ("Minimum length", Tag::MinLength),
    ("Maximum length", Tag::MaxLength),
    ("Minimum", Tag::Minimum),
    ("Maximum", Tag::Maximum),
    ("Range", Tag::Range),
    ("Length", Tag::Length),
    ("Value in", Tag::ValueIn),
    ("Multiple Of", Tag::Prose),
    ("Properties", Tag::Prose),
    ("Items", Tag::Prose),
];

/// Reads the box that a line shows: its label and, when it stands on the same line, its value.
///
/// A sentence that begins with a label's word is no box: a value follows its label without a blank, or behind a
/// colon, and has the value's form.
pub(super) fn read(text: &str) -> Option<(Tag, Option<&str>)> {
    LABELS.iter().find_map(|(label, tag)| {
        let rest = text.strip_prefix(label)?;
        if rest.is_empty() {
            return Some((*tag, None));
        }
        let value = match rest.strip_prefix(':') {
            Some(value) => value.trim(),
            None if rest.starts_with(' ') => return None,
            None => rest,
        };
        tag.can_hold(value).then_some((*tag, Some(value)))
    })
}

/// The box whose label is all that a line shows; its value stands on the next.
pub(super) fn label_alone(text: &str) -> Option<Tag> {
    LABELS
        .iter()
        .find_map(|(label, tag)| (*label == text).then_some(*tag))
}

impl Tag {
    /// Whether a text has the form of this box's value.
    pub(super) fn can_hold(self, value: &str) -> bool {
        match self {
            Self::Default | Self::Example => serde_json::from_str::<Value>(value).is_ok(),
            Self::Format => {
                let value = value.trim_matches('"');
                let word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
                // The rest of `Formatted` and its kin.
                !matches!(value, "" | "s" | "ted" | "ting" | "ter") && value.chars().all(word)
            }
            Self::Pattern => value.contains(['^', '$', '[', '\\', '(', '*', '+']),
            Self::Range | Self::Length => value.contains('<'),
            Self::Prose => value.contains('<') || value.parse::<f64>().is_ok(),
            Self::ValueIn => literals(value).is_some(),
            Self::Minimum | Self::Maximum => serde_json::from_str::<Number>(value).is_ok(),
            Self::MinLength | Self::MaxLength => value.parse::<u64>().is_ok(),
        }
    }

    /// Adds the value to the field; the error is what was expected.
    pub(super) fn apply(
        self,
        field: &mut Field,
        value: &str,
        line: Line<'_>,
    ) -> Result<(), &'static str> {
        let schema = &mut field.schema;
        match self {
            Self::Default => {
                let default = printed_value::typed(schema, value);
                schema.default = Some(default.ok_or("a default of the field's own type")?);
            }
            Self::Example => field.example = serde_json::from_str(value).ok(),
            Self::Format => schema.format = Some(value.trim_matches('"').to_owned()),
            Self::Pattern => {
                let pattern = serde_json::from_str(value).unwrap_or_else(|_| value.to_owned());
                schema.pattern = Some(pattern);
            }
            Self::Minimum => schema.minimum = serde_json::from_str(value).ok(),
            Self::Maximum => schema.maximum = serde_json::from_str(value).ok(),
            Self::MinLength => schema.min_length = value.parse().ok(),
            Self::MaxLength => schema.max_length = value.parse().ok(),
            Self::Length => {
                let (min, max) = bounds(value, "length", true)?;
                schema.min_length = min.and_then(|number| number.as_u64());
                schema.max_length = max.and_then(|number| number.as_u64());
            }
            Self::Range => {
                let integer = matches!(schema.shape, Shape::Integer);
                (schema.minimum, schema.maximum) = bounds(value, "value", integer)?;
            }
            Self::ValueIn => {
                let values = literals(value).unwrap_or_default();
                let values: Vec<Value> = values
                    .into_iter()
                    .filter(|value| !value.is_null())
                    .collect();
                if schema.shape == Shape::Hidden && values.iter().all(Value::is_string) {
                    schema.shape = Shape::String;
                }
                schema.allowed = Some(Allowed {
                    values: printed_value::without_repeats(values),
                    open: false,
                    source: Source {
                        line: line.number,
                        origin: None,
                    },
                });
            }
            Self::Prose => {
                let label = line.text.strip_suffix(value).unwrap_or(line.text);
                let label = label.trim_end_matches([':', ' ']);
                describe(field, &format!("{label}: {value}"));
            }
        }
        Ok(())
    }
}

fn literals(text: &str) -> Option<Vec<Value>> {
    text.split(" | ")
        .map(|literal| serde_json::from_str(literal.trim()).ok())
        .collect()
}

/// Reads `1 <= value <= 100`; an exclusive bound of whole numbers becomes an inclusive one.
fn bounds(
    text: &str,
    middle: &str,
    whole: bool,
) -> Result<(Option<Number>, Option<Number>), &'static str> {
    const EXPECTED: &str = "bounds such as `1 <= value <= 100`, inclusive unless whole numbers";
    let (low, high) = text.split_once(middle).ok_or(EXPECTED)?;
    let bound = |text: &str, step: i64| -> Result<Option<Number>, &'static str> {
        if text.trim().is_empty() {
            return Ok(None);
        }
        let digits = text.trim_matches(['<', '=', ' ']);
        let number: Number = serde_json::from_str(digits).map_err(|_| EXPECTED)?;
        if text.contains("<=") {
            return Ok(Some(number));
        }
        let shifted = number.as_i64().filter(|_| whole);
        let shifted = shifted.and_then(|number| number.checked_add(step));
        Ok(Some(shifted.ok_or(EXPECTED)?.into()))
    };
    Ok((bound(low, 1)?, bound(high, -1)?))
}
