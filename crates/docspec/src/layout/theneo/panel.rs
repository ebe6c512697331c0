//! What a Theneo page prints behind its documentation: the sample panel and the site's own words.

use serde_json::Value;

use super::super::example::{self, Example};
use super::super::findings::{Advice, Findings, Line};
use super::super::status::is_status;
use super::super::{Context, agreement};
use crate::diagnostic::Span;
use crate::page::{Operation, Server, Source};
use crate::sample::{self, Sample};
use crate::text::Text;

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

/// Languages that the sample panel offers.
const LANGUAGES: [&str; 16] = [
    "cURL",
    "curl",
    "CURL",
    "Shell",
    "Bash",
    "HTTP",
    "JavaScript",
    "Node.js",
    "Node",
    "Python",
    "Ruby",
    "PHP",
    "Go",
    "Java",
    "C#",
    "Swift",
];

/// Whether a line of the panel says nothing.
fn is_panel_chrome(text: &str) -> bool {
    is_site_chrome(text) || LANGUAGES.contains(&text)
}

/// Reads the lines behind the documentation: each is the site's own or belongs to the sample panel, and the panel
/// agrees with the documentation.
pub(super) fn read(
    text: &Text,
    lines: &[Line<'_>],
    operation: Option<&mut Operation>,
    context: Context<'_>,
    findings: &mut Findings<'_>,
) {
    let start = lines
        .iter()
        .position(|line| sample::starts_here(line.text))
        .unwrap_or(lines.len());
    let end = (start..lines.len())
        .find(|index| is_end_of_panel(lines[*index].text))
        .unwrap_or(lines.len());
    for line in lines[..start].iter().chain(&lines[end..]) {
        check(*line, operation.as_deref(), findings);
    }
    let begun = lines
        .iter()
        .position(|line| sample::starts_here(line.text) || line.text == "Select");
    if let Some(begun) = begun
        && !lines[begun..].iter().any(|line| is_end_of_panel(line.text))
    {
        report_no_end(lines, findings);
    }
    let (Some(first), Some(last)) = (lines.get(start), lines[start..end].last()) else {
        return;
    };
    let sample = match sample::read(text, first.number, context.page) {
        Ok(sample) => sample,
        Err(diagnostic) => {
            findings.push(*diagnostic);
            return;
        }
    };
    let behind = sample.last_line + 1..=last.number;
    let examples = example::read(text, behind, "", is_panel_chrome, findings);
    let Some(operation) = operation else { return };
    let body = sample.json_object().map(Value::Object);
    agreement::check(&sample, body.as_ref(), operation, findings);
    take_server(&sample, operation, findings);
    for example in examples.unwrap_or_default() {
        attach(example, operation, findings);
    }
}

/// A panel that has begun ends with the question whether the section was helpful.
fn report_no_end(lines: &[Line<'_>], findings: &mut Findings<'_>) {
    findings.add(
        "cut-off",
        lines.last().map(|line| line.span()),
        "a page that ends inside its sample panel",
        Advice::new(
            format!("the question `{}` behind the samples", super::HELPFUL),
            "capture the whole page, down to its end",
        ),
    );
}

fn is_end_of_panel(text: &str) -> bool {
    text == super::HELPFUL
}

fn check(line: Line<'_>, operation: Option<&Operation>, findings: &mut Findings<'_>) {
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
    if !(is_panel_chrome(line.text) || status || number && line.text.len() < 3) {
        findings.unknown_line(
            line,
            "the sample panel or the site's own words behind the documentation",
        );
    }
}

/// Takes the server from the sample where the page names none.
fn take_server(sample: &Sample, operation: &mut Operation, findings: &mut Findings<'_>) {
    match sample.server(&operation.path) {
        Some(url) if operation.servers.is_empty() => operation.servers.push(Server {
            url,
            description: None,
            source: Source {
                line: sample.url.line,
                origin: None,
            },
        }),
        Some(_) => {}
        // A path that was completed is not what the sample calls.
        None if operation.assumed.is_some() => {}
        None => findings.add(
            "sample-path",
            Some(Span {
                line: sample.url.line,
                start: 0,
                end: usize::MAX,
            }),
            "a sample that calls another path",
            Advice::new(
                format!("a URL that ends in `{}`, as the page says", operation.path),
                "find out which of the two is right, and correct the other in the capture",
            ),
        ),
    }
}

/// Puts an example where it belongs: to its status, or to the first answer when the panel names none.
fn attach(example: Example, operation: &mut Operation, findings: &mut Findings<'_>) {
    let response = match &example.status {
        Some(status) => operation
            .responses
            .iter_mut()
            .find(|response| response.status == *status),
        None => operation.responses.first_mut(),
    };
    let Some(response) = response else {
        findings.add(
            "example-status",
            Some(Span {
                line: example.line,
                start: 0,
                end: usize::MAX,
            }),
            "an example of an answer that the page does not document",
            Advice::new(
                "a status that stands below `Response`",
                "complete the section `Response` in the capture, or remove the example",
            ),
        );
        return;
    };
    if let (Some(media), Some(body)) = (response.content.first_mut(), example.body) {
        media.example.get_or_insert(body.value);
    }
}
