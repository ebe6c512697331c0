//! The attributes that a Theneo page prints below a field, such as `Nullable:`.

use super::super::printed_value;
use crate::page::Field;

/// Whether a line that ends in a colon is an attribute's name and no sentence.
pub(super) fn looks_like_a_label(text: &str) -> bool {
    text.strip_suffix(':').is_some_and(|label| {
        label.starts_with(char::is_uppercase) && label.split_whitespace().count() <= 3
    })
}

/// The attributes that a field can have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Label {
    Nullable,
    Deprecated,
    Enum,
    Default,
    Example,
    Format,
    Pattern,
    Minimum,
    Maximum,
    MinLength,
    MaxLength,
}

impl Label {
    /// The attribute that a line names, with the value when it stands on the same line.
    pub(super) fn read(text: &str) -> Option<(Self, Option<&str>)> {
        let (label, value) = text.split_once(':')?;
        let label = match label.to_ascii_lowercase().as_str() {
            "nullable" => Self::Nullable,
            "deprecated" => Self::Deprecated,
            "enum values" | "enum value" | "enum" | "possible values" | "allowed values" => {
                Self::Enum
            }
            "default" | "default value" | "default values" => Self::Default,
            "example" | "examples" | "example value" | "example values" => Self::Example,
            "format" => Self::Format,
            "pattern" | "regex" => Self::Pattern,
            "minimum" | "min" | "minimum value" | "min value" => Self::Minimum,
            "maximum" | "max" | "maximum value" | "max value" => Self::Maximum,
            "min length" | "minimum length" => Self::MinLength,
            "max length" | "maximum length" => Self::MaxLength,
            _ => return None,
        };
        let value = value.trim();
        Some((label, (!value.is_empty()).then_some(value)))
    }

    /// Adds the value to the field; the error is what was expected.
    pub(super) fn apply(self, field: &mut Field, printed: &str) -> Result<(), &'static str> {
        let schema = &mut field.schema;
        match self {
            Self::Nullable => schema.nullable = truth(printed)?,
            Self::Deprecated => field.deprecated = truth(printed)?,
            Self::Default => {
                let value = printed_value::typed(schema, printed)
                    .ok_or("a default of the field's own type")?;
                schema.default = Some(value);
            }
            Self::Example => field.example = Some(printed_value::example(schema, printed)),
            Self::Format => schema.format = Some(printed.to_owned()),
            Self::Pattern => schema.pattern = Some(printed.to_owned()),
            Self::Minimum => schema.minimum = Some(number(printed)?),
            Self::Maximum => schema.maximum = Some(number(printed)?),
            Self::MinLength => schema.min_length = Some(length(printed)?),
            Self::MaxLength => schema.max_length = Some(length(printed)?),
            Self::Enum => {}
        }
        Ok(())
    }
}

fn truth(printed: &str) -> Result<bool, &'static str> {
    match printed.to_ascii_lowercase().as_str() {
        "true" | "yes" => Ok(true),
        "false" | "no" => Ok(false),
        _ => Err("`True` or `False`"),
    }
}

fn number(printed: &str) -> Result<serde_json::Number, &'static str> {
    serde_json::from_str(printed).map_err(|_| "a number")
}

fn length(printed: &str) -> Result<u64, &'static str> {
    printed.parse().map_err(|_| "a whole number of characters")
}
