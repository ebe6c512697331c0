//! Text captures of Fumadocs `OpenAPI` pages.
//!
//! A page prints the titles above it, its own, the method and the path, and then the sections `Authorization`,
//! `Path Parameters` and the like, `Request Body` and `Response Body`; a `curl` sample and the example answers
//! follow. Copying loses the statuses, since they are buttons, and what a pop-up shows.
//!
//! A capture that was cut off is refused, save at one place: nothing says how many answers without a body (`Empty`)
//! stand at the end, so that a capture without the last of them reads as a page that has fewer.

mod answers;
mod call;
mod field_line;
mod fields;
mod glued;
mod panel;
mod request;
mod section;
mod security;
mod tabs;
mod tags;
mod title;
mod unnamed;

pub(super) use field_line::is_marked;

use super::agreement;
use super::findings::{Advice, Findings, Line, significant};
use super::operation_line::{self, OperationLine, parameter};
use super::{Context, Layout};
use crate::diagnostic::Diagnostic;
use crate::page::{Content, Operation, Page, Place, Shape, Source};
use crate::text::Text;
use field_line::Marks;
use panel::Panel;
use section::{Part, Section};

/// What [`anchors`] counts, for messages.
pub(super) const SIGNS: &str = "`Response Body`, `Request Body`, a media type alone on its line, `In: header`, \
     `<token>` at the end of a line, fields such as `name*string`";

/// How many independent signs of the layout the page shows.
pub(super) fn anchors(text: &Text) -> usize {
    let mut seen = [false; 6];
    for (_, line) in text.lines() {
        let line = line.trim();
        seen[0] |= line == "Response Body";
        seen[1] |= line == "Request Body";
        seen[2] |= is_media_type(line);
        seen[3] |= line
            .strip_prefix("In: ")
            .is_some_and(|place| place_named(place).is_some());
        seen[4] |= security::is_property(line) && !line.contains(':');
        seen[5] |= is_marked(line);
    }
    seen.into_iter().filter(|seen| *seen).count()
}

/// The place that a page names in lower case.
fn place_named(printed: &str) -> Option<Place> {
    Some(match printed {
        "path" => Place::Path,
        "query" => Place::Query,
        "header" => Place::Header,
        "cookie" => Place::Cookie,
        _ => return None,
    })
}

/// Whether the text is a media type and nothing else, but for a status before it.
pub(super) fn is_media_type(text: &str) -> bool {
    const KINDS: [&str; 7] = [
        "application",
        "audio",
        "image",
        "multipart",
        "text",
        "video",
        "*",
    ];
    let text = text
        .strip_prefix(|c: char| c.is_ascii_digit())
        .map_or(text, |_| {
            text.trim_start_matches(|c: char| c.is_ascii_digit())
                .trim_start()
        });
    text.split_once('/').is_some_and(|(kind, rest)| {
        KINDS.contains(&kind)
            && !rest.is_empty()
            && rest
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || "+-.*_".contains(c))
    })
}

/// Whether a line is the site's and says nothing about the operation.
pub(super) fn is_site_chrome(text: &str) -> bool {
    const CHROME: [&str; 17] = [
        "Copy",
        "Copy Markdown",
        "Copy page",
        "Open",
        "Copy MarkdownOpen",
        "View as Markdown",
        "Send",
        "Loading...",
        "Edit on GitHub",
        "On this page",
        "cURL",
        "Filter Properties",
        "TypeScript Definitions",
        "Use the request body type in TypeScript.",
        "Use the response body type in TypeScript.",
        "Copy as TypeScript",
        "Response",
    ];
    CHROME.contains(&text)
}

/// Reads a page.
pub(super) fn read(text: &Text, context: Context<'_>) -> Result<Page, Vec<Diagnostic>> {
    let mut findings = Findings::new(context.page);
    let operation = Reader::new(text, context, &mut findings).operation(&mut findings);
    findings.finish(operation.map(|operation| Page {
        layout: Layout::Fumadocs,
        name: context.page.to_owned(),
        content: Content::Operation(Box::new(operation)),
    }))
}

/// The page, cut into what stands above the sections, the sections, the sample and the examples.
struct Reader<'t> {
    head: Vec<Line<'t>>,
    below_operation: Vec<Line<'t>>,
    operation_line: Option<OperationLine<'t>>,
    marks: Marks,
    sections: Vec<Part<'t>>,
    panel: Panel,
}

impl<'t> Reader<'t> {
    fn new(text: &'t Text, context: Context<'_>, findings: &mut Findings<'_>) -> Self {
        let mut lines = significant(text);
        section::cut_footer(&mut lines);
        let panel = Panel::take(text, &mut lines, context, findings);
        let mut lines = glued::part(lines, findings);
        let operation_line = operation_line::take(&mut lines);
        let first = lines
            .iter()
            .position(|line| Section::of(line.text).is_some())
            .unwrap_or(lines.len());
        let marks = Marks::of(&lines);
        let documentation = lines.split_off(first);
        let at = operation_line.as_ref().map_or_else(
            || section::start_of_authorization(&lines).unwrap_or(usize::MAX),
            |operation| operation.line.number,
        );
        let (head, mut below_operation): (Vec<Line<'t>>, Vec<Line<'t>>) = lines
            .into_iter()
            .filter(|line| !is_site_chrome(line.text))
            .partition(|line| line.number < at);
        let unnamed = section::fields_without_heading(&mut below_operation, marks);
        let mut sections = section::split(&documentation, marks, findings);
        sections.extend(section::authorization_without_heading(&mut below_operation));
        sections.extend(unnamed);
        Self {
            head,
            below_operation,
            operation_line,
            marks,
            sections,
            panel,
        }
    }

    fn operation(mut self, findings: &mut Findings<'_>) -> Option<Operation> {
        let call = call::read(
            self.operation_line.as_ref(),
            self.panel.sample.as_ref(),
            self.head.first().copied(),
            &self.sections,
            self.marks,
            findings,
        );
        let mut operation = call.as_ref().map(|call| self.empty_operation(call));
        let sections = std::mem::take(&mut self.sections);
        let mut examples = Some(self.panel.examples.take());
        for (section, heading, lines) in &sections {
            match section {
                Section::Authorization => {
                    let security = security::read(*heading, lines, findings);
                    if let Some(operation) = &mut operation {
                        operation.security = security;
                    }
                }
                Section::Parameters(place) => {
                    let shape = fields::read(lines, self.marks, Some(*place), findings);
                    if let (Some(operation), Shape::Object(fields)) = (&mut operation, shape) {
                        let parameters = fields.into_iter().map(|field| parameter(*place, field));
                        operation.parameters.extend(parameters);
                    }
                }
                Section::Request => {
                    let body = request::read(*heading, lines, self.marks, &self.panel, findings);
                    if let Some(operation) = &mut operation {
                        operation.request_body = body;
                    }
                }
                Section::Response => {
                    let examples = examples.take().flatten();
                    let (responses, unknown) =
                        answers::read(*heading, lines, self.marks, examples, findings);
                    if let Some(operation) = &mut operation {
                        operation.responses = responses;
                        operation.responses_without_status = unknown;
                    }
                }
                Section::Unnamed => {
                    if let (Some(operation), Some(call)) = (&mut operation, &call) {
                        let (marks, panel) = (self.marks, &self.panel);
                        unnamed::read(*heading, lines, marks, panel, call, operation, findings);
                    }
                }
                Section::Callbacks => findings.add(
                    "unsupported-section",
                    Some(heading.span()),
                    format!("the section `{}`", heading.text),
                    Advice::new(
                        "sections about the operation itself",
                        "remove the section from the capture",
                    ),
                ),
            }
        }
        if examples.is_some() {
            report_no_response(sections.last().map(|(_, heading, _)| *heading), findings);
        }
        let operation = operation?;
        if let Some(sample) = &self.panel.sample {
            agreement::check(sample, self.panel.body.as_ref(), &operation, findings);
        }
        if let Some(line) = self.operation_line.as_ref().map(|operation| operation.line) {
            call::report_path(&operation, line, findings);
        }
        Some(operation)
    }

    /// The operation as far as the lines above the sections and the sample say it.
    fn empty_operation(&self, call: &call::Call) -> Operation {
        let (summary, mut description) = title::title_and_description(&self.head);
        description.extend(self.below_operation.iter().map(|line| line.text));
        Operation {
            source: Source {
                line: call.line,
                origin: None,
            },
            method: call.method,
            path: call.path.clone(),
            assumed: call.assumed.clone(),
            operation_id: None,
            summary: summary.map(str::to_owned),
            description: (!description.is_empty()).then(|| description.join("\n\n")),
            tags: Vec::new(),
            deprecated: false,
            servers: call.server.clone().into_iter().collect(),
            security: Vec::new(),
            integrations: Vec::new(),
            parameters: Vec::new(),
            request_body: None,
            responses: Vec::new(),
            responses_without_status: Vec::new(),
            pagination: None,
        }
    }
}

fn report_no_response(last: Option<Line<'_>>, findings: &mut Findings<'_>) {
    findings.add(
        "cut-off",
        last.map(Line::span),
        "a page without the section `Response Body`",
        Advice::new(
            "the section `Response Body`, which every operation of this layout has",
            "capture the whole page, down to its end",
        ),
    );
}
