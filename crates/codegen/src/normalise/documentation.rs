//! Rule `documentation`: what a field is, which integrations require or support it, and where that was read, as
//! Markdown that rustdoc neither runs nor warns about.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{
    draft::Draft,
    schema::{keywords, walk_mut},
};

/// Gives every schema its documentation as its description.
pub(super) fn apply(draft: &mut Draft) {
    for root in draft.roots_mut() {
        walk_mut(root, &mut |schema| {
            let text = of(schema, schema);
            let object = keywords(schema);
            if text.is_empty() {
                object.remove("description");
            } else {
                object.insert("description".to_owned(), Value::String(text));
            }
        });
    }
}

/// The documentation of an object of the document that may carry a description and our extensions, with the limits
/// of the schema that gives its values.
pub(super) fn of(object: &Value, schema: &Value) -> String {
    let mut paragraphs = Vec::new();
    for key in ["summary", "description"] {
        if let Some(text) = object.get(key).and_then(Value::as_str) {
            let text = sanitised(text);
            if !text.is_empty() && !paragraphs.contains(&text) {
                paragraphs.push(text);
            }
        }
    }
    paragraphs.extend(limits(schema));
    paragraphs.extend(support(object));
    paragraphs.extend(source(object));
    paragraphs.join("\n\n")
}

/// What the type cannot say about the values.
fn limits(schema: &Value) -> Option<String> {
    let text = |key: &str| match schema.get(key) {
        Some(Value::String(text)) => Some(text.clone()),
        Some(value @ (Value::Number(_) | Value::Bool(_))) => Some(value.to_string()),
        _ => None,
    };
    let range = |name: &str, low: &str, high: &str| match (text(low), text(high)) {
        (Some(low), Some(high)) => Some(format!("{name}: {low} to {high}.")),
        (Some(low), None) => Some(format!("{name}: at least {low}.")),
        (None, Some(high)) => Some(format!("{name}: at most {high}.")),
        (None, None) => None,
    };
    let mut found = Vec::new();
    if let Some(format) = text("format").filter(|format| {
        !["int32", "int64", "float", "double", "date-time"].contains(&format.as_str())
    }) {
        found.push(format!("Format: {}.", code(&format)));
    }
    if let Some(default) = text("default").filter(|default| !default.is_empty()) {
        found.push(format!("Default: {}.", code(&default)));
    }
    found.extend(range("Range", "minimum", "maximum"));
    found.extend(range("Length", "minLength", "maxLength"));
    found.extend(range("Items", "minItems", "maxItems"));
    if let Some(pattern) = text("pattern") {
        found.push(format!("Pattern: {}.", code(&pattern)));
    }
    (!found.is_empty()).then(|| found.join(" "))
}

/// Which integrations know the field, and what they say about it.
fn support(object: &Value) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some(Value::Object(levels)) = object.get("x-integrations") {
        for (level, word) in [("required", "Required"), ("supported", "Supported")] {
            let mut names: Vec<_> = levels
                .iter()
                .filter(|(_, value)| value.as_str() == Some(level))
                .map(|(name, _)| escaped(name))
                .collect();
            names.sort();
            if !names.is_empty() {
                lines.push(format!("{word} by {}.", names.join(", ")));
            }
        }
    }
    for (key, verb) in [
        ("x-integration-values", "Accepts for"),
        ("x-integration-notes", "Note for"),
    ] {
        let Some(Value::Object(entries)) = object.get(key) else {
            continue;
        };
        let sorted: BTreeMap<_, _> = entries.iter().collect();
        for (name, value) in sorted {
            let texts: Vec<String> = match value {
                Value::Array(values) => values.iter().map(|value| quoted(value, key)).collect(),
                value => vec![quoted(value, key)],
            };
            if !texts.is_empty() {
                let end = if texts
                    .last()
                    .is_some_and(|text| text.ends_with(['.', '!', '?']))
                {
                    ""
                } else {
                    "."
                };
                lines.push(format!(
                    "{verb} {}: {}{end}",
                    escaped(name),
                    texts.join(", ")
                ));
            }
        }
    }
    lines
}

fn quoted(value: &Value, key: &str) -> String {
    match value {
        Value::String(text) if key == "x-integration-notes" => sanitised(text),
        Value::String(text) => code(text),
        value => code(&value.to_string()),
    }
}

/// Where it was read, or why it is taken for granted.
fn source(object: &Value) -> Option<String> {
    let mut parts = Vec::new();
    if let Some(source) = object.get("x-source") {
        let page = source.get("page").and_then(Value::as_str);
        let line = source.get("line").and_then(Value::as_u64);
        let origin = source.get("origin").and_then(Value::as_str);
        let place = match (page, line) {
            (Some(page), Some(line)) => Some(format!("{}, line {line}", escaped(page))),
            (Some(page), None) => Some(escaped(page)),
            _ => None,
        };
        let captured = source
            .get("captured")
            .and_then(Value::as_str)
            .map_or_else(String::new, |day| format!(", captured {}", escaped(day)));
        match (place, origin) {
            (Some(place), Some(origin)) => parts.push(format!(
                "Source: {place} ({}){captured}.",
                linked(&escaped(origin))
            )),
            (Some(place), None) => parts.push(format!("Source: {place}{captured}.")),
            (None, Some(origin)) => parts.push(format!("Source: {}.", linked(&escaped(origin)))),
            (None, None) => {}
        }
    }
    if let Some(reason) = object.get("x-assumed").and_then(Value::as_str) {
        parts.push(format!(
            "Assumed: {}.",
            sanitised(reason).trim_end_matches('.')
        ));
    }
    (!parts.is_empty()).then(|| parts.join(" "))
}

/// Text as code, on one line.
fn code(text: &str) -> String {
    let text: String = text
        .chars()
        .map(|letter| if letter.is_control() { ' ' } else { letter })
        .collect();
    if text.contains('`') {
        format!("`` {text} ``")
    } else {
        format!("`{text}`")
    }
}

/// Markdown that rustdoc takes as prose: no code that it would run, no links or HTML that it would look for.
pub(super) fn sanitised(text: &str) -> String {
    let mut lines: Vec<String> = Vec::new();
    for line in text.replace("\r\n", "\n").replace('\r', "\n").split('\n') {
        let line: String = line
            .chars()
            .filter(|letter| *letter == '\t' || !letter.is_control())
            .collect();
        let line = line.trim();
        if line.starts_with("```") || line.starts_with("~~~") {
            continue;
        }
        if line.is_empty() && lines.last().is_none_or(String::is_empty) {
            continue;
        }
        lines.push(linked(&escaped(line)));
    }
    while lines.last().is_some_and(String::is_empty) {
        lines.pop();
    }
    lines.join("\n")
}

/// A line with what Markdown or HTML would take for markup escaped, except inside pairs of backticks.
fn escaped(line: &str) -> String {
    let paired = line.matches('`').count().is_multiple_of(2);
    let mut out = String::with_capacity(line.len());
    let mut inside = false;
    for (index, letter) in line.char_indices() {
        match letter {
            '`' if paired => {
                inside = !inside;
                out.push('`');
            }
            '`' => out.push_str("\\`"),
            '[' | ']' | '<' | '>' | '|' if !inside => {
                out.push('\\');
                out.push(letter);
            }
            '#' | '=' if index == 0 => {
                out.push('\\');
                out.push(letter);
            }
            _ if letter.is_control() => out.push(' '),
            _ => out.push(letter),
        }
    }
    out
}

/// A line whose bare URLs are links, outside of code.
fn linked(line: &str) -> String {
    if !line.contains("://") || line.contains('`') {
        return line.to_owned();
    }
    line.split(' ')
        .map(|word| {
            let start = word.find("http://").or_else(|| word.find("https://"));
            let Some(start) = start else {
                return word.to_owned();
            };
            let end = word
                .trim_end_matches(['.', ',', ';', ':', ')', '"', '\'', '\\', ']', '>'])
                .len();
            if end <= start + "https://".len() {
                return format!("{}`{}`", &word[..start], &word[start..]);
            }
            format!(
                "{}<{}>{}",
                &word[..start],
                word[start..end].replace('\\', ""),
                &word[end..]
            )
        })
        .collect::<Vec<_>>()
        .join(" ")
}
