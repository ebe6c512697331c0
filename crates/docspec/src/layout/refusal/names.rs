//! Captures that lost the names of the fields: some ways of copying drop bold text and buttons.

use super::super::findings::Line;
use super::super::{Context, fumadocs};
use super::refusal;
use super::signs::heading;
use crate::diagnostic::Diagnostic;
use crate::{sample, type_notation};

/// Refuses a page whose fields have types, descriptions or values and no names.
pub(super) fn lost(lines: &[Line<'_>], context: Context<'_>) -> Option<Diagnostic> {
    let documented = lines
        .iter()
        .position(|line| sample::starts_here(line.text))
        .unwrap_or(lines.len());
    let (below, line) = below_a_heading(lines)
        .or_else(|| joined_with_a_heading(&lines[..documented]))
        .or_else(|| sent_and_not_documented(lines, documented))?;
    Some(refusal(
        context,
        "lost-field-names",
        Some(line),
        format!("fields without names{below}"),
        "each field's name before its type and its description",
        "capture the page again: select its text in the browser instead of saving or converting it",
    ))
}

/// Something else than a field right below the heading of a list of fields, and no field from there on.
fn below_a_heading<'t>(lines: &[Line<'t>]) -> Option<(String, Line<'t>)> {
    let (index, pair) = lines.windows(2).enumerate().find(|(_, pair)| {
        is_field_section(pair[0].text)
            && heading(pair[1].text).is_none()
            && !fumadocs::is_media_type(pair[1].text)
            && !fumadocs::is_site_chrome(pair[1].text)
    })?;
    if (index..lines.len()).any(|index| names_a_field(&lines[index..])) {
        return None;
    }
    Some((format!(" below `{}`", pair[0].text), pair[1]))
}

/// A heading glued to what is left of a field, on a page that names none.
fn joined_with_a_heading<'t>(lines: &[Line<'t>]) -> Option<(String, Line<'t>)> {
    let joined = lines.iter().find(|line| {
        line.text
            .strip_suffix("Response Body")
            .is_some_and(|rest| !rest.is_empty() && !rest.ends_with(' '))
    })?;
    let named = (0..lines.len()).any(|index| names_a_field(&lines[index..]));
    (!named).then(|| (" above `Response Body`".to_owned(), *joined))
}

/// A sample that sends a body of which the page documents neither a field nor the section.
fn sent_and_not_documented<'t>(
    lines: &[Line<'t>],
    documented: usize,
) -> Option<(String, Line<'t>)> {
    let sample = lines.get(documented)?;
    let sends = lines[documented..]
        .iter()
        .take_while(|line| !line.text.starts_with(['{', '[']))
        .any(|line| {
            [" -d '{", " --data '{"]
                .iter()
                .any(|data| line.text.contains(data) || line.text.starts_with(data.trim_start()))
        });
    let authenticated = lines[..documented]
        .iter()
        .any(|line| line.text.starts_with("In: "));
    let described = (0..documented).any(|index| {
        heading(lines[index].text).is_some_and(|name| name == "request body")
            || names_a_field(&lines[index..documented])
    });
    (sends && authenticated && !described).then(|| (", which the sample sends".to_owned(), *sample))
}

/// Whether fields follow a heading, and nothing but fields.
fn is_field_section(text: &str) -> bool {
    heading(text).is_some_and(|name| {
        name.ends_with(" parameters")
            || matches!(name.as_str(), "request body" | "response attributes")
    })
}

/// Whether the lines start with a field of any layout: its name, and a type with it or below.
pub(super) fn names_a_field(lines: &[Line<'_>]) -> bool {
    let Some(line) = lines.first() else {
        return false;
    };
    let text = line.text;
    let flags = ["Required", "Optional", "Deprecated"];
    let bare = flags
        .iter()
        .find_map(|flag| text.strip_suffix(flag))
        .map_or(text, str::trim_end);
    let fused = type_notation::split_fused(bare)
        .first()
        .is_some_and(|reading| reading.notation.is_some());
    let on_two_lines = || {
        type_notation::is_name(text)
            && type_notation::parse(text).is_none()
            && lines.get(1).is_some_and(|below| {
                !below.after_blank && type_notation::parse(below.text).is_some()
            })
    };
    text.starts_with("- **`") || fused || fumadocs::is_marked(text) || on_two_lines()
}
