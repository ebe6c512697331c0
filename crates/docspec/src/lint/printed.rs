//! The values of an enum as its page prints them: with repeats, and without separators where there are none.

use serde_json::Value;

use super::survey::{Node, Survey};
use crate::text::Text;

/// A list of values on a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct List {
    /// The line on which it starts.
    pub(super) line: usize,
    /// The values, repeats as the page has them.
    pub(super) values: Vec<String>,
    /// Whether the page prints no separators and the vocabulary split the text.
    pub(super) is_split: bool,
}

/// The lists of an enum's values between the line of its field and that of the next fact.
pub(super) fn lists(survey: &Survey<'_>, node: &Node<'_>, values: &[Value]) -> Vec<List> {
    let place = node.place();
    let (Some(text), Some(start)) = (survey.input.texts.get(&place.file), place.line) else {
        return Vec::new();
    };
    let end = survey
        .next_line(&place.file, start)
        .unwrap_or(text.len() + 1);
    let known: Vec<String> = values.iter().map(as_text).collect();
    let mut lists: Vec<List> = Vec::new();
    let mut run: Option<List> = None;
    for line in start..end {
        let Some(content) = text
            .line(line)
            .map(str::trim)
            .filter(|content| !content.is_empty())
        else {
            continue;
        };
        if let Some(split) = split(survey, content) {
            lists.extend(run.take());
            if split.iter().all(|value| known.contains(value)) {
                lists.push(List {
                    line,
                    values: split,
                    is_split: true,
                });
            }
            continue;
        }
        let here = values_of_line(content, &known);
        if here.is_empty() {
            lists.extend(run.take());
        } else {
            run.get_or_insert_with(|| List {
                line,
                values: Vec::new(),
                is_split: false,
            })
            .values
            .extend(here);
        }
    }
    lists.extend(run);
    lists
}

/// A value as a page prints it.
pub(super) fn as_text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// The values of a text that the vocabulary splits: the whole line, or what stands in its backticks.
fn split(survey: &Survey<'_>, line: &str) -> Option<Vec<String>> {
    let vocabulary = survey.input.vocabulary;
    let fused = line.strip_prefix("Fused").and_then(|rest| {
        let (_, text) = rest.split_once(": ")?;
        Some(text.trim().trim_matches('`'))
    });
    let values = vocabulary.split(fused.unwrap_or(line))?;
    (values.len() > 1).then(|| values.iter().map(as_text).collect())
}

/// The values that a line lists: a bullet's, those in backticks behind `Allowed:`, or the line itself.
fn values_of_line(line: &str, known: &[String]) -> Vec<String> {
    if let Some(rest) = line.strip_prefix("Allowed:") {
        return rest
            .split('`')
            .skip(1)
            .step_by(2)
            .map(|value| value.trim_matches('"').to_owned())
            .collect();
    }
    let value = ["• ", "- ", "* "]
        .iter()
        .find_map(|bullet| line.strip_prefix(bullet))
        .unwrap_or(line)
        .trim();
    known
        .iter()
        .filter(|known| *known == value)
        .cloned()
        .collect()
}

/// The lines of a text on which a heading stands that an earlier line has.
pub(super) fn repeated_lines<'t>(
    text: &'t Text,
    headings: &[&str],
) -> Vec<(usize, usize, &'t str)> {
    let mut repeated = Vec::new();
    for heading in headings {
        let mut lines = text.lines().filter(|(_, line)| line.trim() == *heading);
        let Some((first, _)) = lines.next() else {
            continue;
        };
        repeated.extend(lines.map(|(line, content)| (first, line, content.trim())));
    }
    repeated
}
