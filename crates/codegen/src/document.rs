//! The text of an OpenAPI document into a JSON value.

use serde_json::Value;

use crate::refusal::{Refusal, Refusals};

/// How a document is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// JSON.
    Json,
    /// YAML 1.2, of which JSON is a part.
    Yaml,
}

impl Format {
    /// The format that a file of this name has: YAML for `.yaml` and `.yml`, else JSON.
    #[must_use]
    pub fn of_file(name: &str) -> Self {
        let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
        if extension.eq_ignore_ascii_case("yaml") || extension.eq_ignore_ascii_case("yml") {
            Self::Yaml
        } else {
            Self::Json
        }
    }
}

/// Reads a document.
///
/// # Errors
///
/// When the text is not of the format; the refusal names line and column.
pub fn parse(text: &str, format: Format) -> Result<Value, Refusals> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    match format {
        Format::Json => serde_json::from_str(text).map_err(|error| {
            let place = format!("line {}, column {}", error.line(), error.column());
            let reason = error.to_string();
            let reason = reason
                .split(" at line ")
                .next()
                .unwrap_or_default()
                .to_owned();
            unreadable("JSON", &place, &reason)
        }),
        Format::Yaml => serde_saphyr::from_str(text).map_err(|error| {
            let place = error.location().map_or_else(
                || "an unknown line".to_owned(),
                |location| format!("line {}, column {}", location.line(), location.column()),
            );
            let reason = error.without_snippet().to_string();
            unreadable("YAML", &place, reason.lines().next().unwrap_or_default())
        }),
    }
}

fn unreadable(format: &str, place: &str, reason: &str) -> Refusals {
    Refusals::from(Refusal::new(
        "syntax",
        "",
        format!("text that is no {format}, at {place}: {reason}"),
        format!("a document in {format}"),
        format!("mend the text at {place}"),
    ))
}
