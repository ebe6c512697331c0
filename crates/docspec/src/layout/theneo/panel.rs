//! What a Theneo page prints behind its documentation: the sample panel and the site's own words.

use super::super::findings::{Findings, Line};
use super::super::status::is_status;
use crate::page::Operation;

/// Lines of the site around the documentation.
const CHROME: [&str; 18] = [
    "API explorer",
    "API explorerChangelog",
    "Changelog",
    "Theme switcher",
    "Search",
    "Search or ask...",
    "Open menu",
    "AI & Export",
    "Copy Markdown",
    "View as Markdown",
    "Ask an AI",
    "Code with AI",
    "On this page",
    "Select",
    "Response",
    "Was this section helpful?",
    "What made this section helpful for you?",
    "What made this section unhelpful for you?",
];

/// Whether a line is the site's and says nothing about the operation.
pub(super) fn is_site_chrome(text: &str) -> bool {
    CHROME.contains(&text) || text.starts_with("Open in ")
}

/// Checks the lines behind the documentation: each is the site's own or belongs to the sample panel.
pub(super) fn check(
    lines: &[Line<'_>],
    operation: Option<&Operation>,
    findings: &mut Findings<'_>,
) {
    for line in lines {
        let number = line
            .text
            .chars()
            .all(|character| character.is_ascii_digit());
        let status = is_status(line.text)
            && operation.is_none_or(|operation| {
                operation
                    .responses
                    .iter()
                    .any(|response| response.status == line.text)
            });
        if !(is_site_chrome(line.text) || status || number && line.text.len() < 3) {
            findings.unknown_line(
                *line,
                "the sample panel or the site's own words behind the documentation",
            );
        }
    }
}
