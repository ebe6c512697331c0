//! Text captures of Theneo pages.
//!
//! A page prints its title, then lists of fields under `Header Parameters`, `Path Parameters`, `Query Parameters`
//! and `Body Parameters`, then the answers under `Response`, and only behind the question whether the section was
//! helpful the method and the path. Name and type of a field are one word (`first_namestring`), `Required` stands
//! behind the type, and lists of children are closed as a rule: their fields are unknown, not absent.
//!
//! A capture that was cut off is refused, save right behind the method and the path: a page without a panel of
//! samples ends there.

mod fields;
mod head;
mod label;
mod panel;
mod responses;
mod values;

use super::findings::{Advice, Findings, Line, significant};
use super::operation_line::{self, OperationLine, parameter, path_parameters};
use super::{Context, Layout, path_template};
use crate::diagnostic::Diagnostic;
use crate::page::{
    Content, Field, Media, Operation, Page, Parameter, Place, RequestBody, Response, Schema, Shape,
    Source,
};
use crate::text::Text;

/// What [`anchors`] counts, for messages.
pub(super) const SIGNS: &str = "`Body Parameters`, `Response Attributes`, `Enum values:`, `Show child attributes`, \
     `Was this section helpful?`, `Theme switcher`";

/// How many independent signs of the layout the page shows.
pub(super) fn anchors(text: &Text) -> usize {
    const WORDS: [&[&str]; 8] = [
        &["Theme switcher"],
        &["Body Parameters"],
        &["Response Attributes"],
        &["Show child attributes", "Hide child attributes"],
        &["Enum values:"],
        &["Nullable:"],
        &["Was this section helpful?"],
        &["What made this section unhelpful for you?"],
    ];
    let mut seen = [false; WORDS.len()];
    for (_, line) in text.lines() {
        let line = line.trim();
        for (index, words) in WORDS.iter().enumerate() {
            seen[index] |= words.contains(&line);
        }
    }
    seen.into_iter().filter(|seen| *seen).count()
}

/// The question that ends the documentation.
const HELPFUL: &str = "Was this section helpful?";

/// Reads a page.
pub(super) fn read(text: &Text, context: Context<'_>) -> Result<Page, Vec<Diagnostic>> {
    let mut findings = Findings::new(context.page);
    let mut lines = significant(text);
    let operation_line = operation_line::take(&mut lines);
    if operation_line.is_none() {
        report_no_operation_line(&lines, &mut findings);
    }
    let last = end_of_documentation(operation_line.as_ref(), &lines);
    let end = lines
        .iter()
        .position(|line| line.text == HELPFUL || line.number >= last)
        .unwrap_or(lines.len());
    let (documentation, panel) = lines.split_at(end);
    let parts = Parts::split(documentation, &mut findings);
    if panel.is_empty() && last == usize::MAX && operation_line.is_some() {
        report_no_end(documentation, &mut findings);
    }
    let mut operation = assemble(&parts, operation_line, context, &mut findings);
    panel::read(text, panel, operation.as_mut(), context, &mut findings);
    findings.finish(operation.map(|operation| Page {
        layout: Layout::Theneo,
        name: context.page.to_owned(),
        content: Content::Operation(Box::new(operation)),
    }))
}

/// A page without a method and a path was cut off, since the layout prints them last.
fn report_no_operation_line(lines: &[Line<'_>], findings: &mut Findings<'_>) {
    findings.add(
        "cut-off",
        lines.last().map(|line| line.span()),
        "the end of the page without a method and a path",
        Advice::new(
            "a method such as `PUT` on one line and the path on the next, which this layout prints last",
            "capture the whole page, down to its end",
        ),
    );
}

/// A page that prints its method first ends with the question whether it was helpful.
fn report_no_end(lines: &[Line<'_>], findings: &mut Findings<'_>) {
    findings.add(
        "cut-off",
        lines.last().map(|line| line.span()),
        format!("the end of the page without the question `{HELPFUL}`"),
        Advice::new(
            "the question, or the method and the path, behind the documentation",
            "capture the whole page, down to its end",
        ),
    );
}

/// The line where the documentation ends when the question does not say it: the method's, unless the page prints
/// the method above everything else.
fn end_of_documentation(operation: Option<&OperationLine<'_>>, lines: &[Line<'_>]) -> usize {
    let first_section = lines
        .iter()
        .find(|line| Section::of(line.text).is_some())
        .map_or(usize::MAX, |line| line.number);
    operation
        .map(|operation| operation.line.number)
        .filter(|number| *number > first_section)
        .unwrap_or(usize::MAX)
}

/// The headings of the documentation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Section {
    Parameters(Place),
    Body,
    Response,
}

impl Section {
    fn of(text: &str) -> Option<Self> {
        Some(match text {
            "Header Parameters" => Self::Parameters(Place::Header),
            "Path Parameters" => Self::Parameters(Place::Path),
            "Query Parameters" => Self::Parameters(Place::Query),
            "Cookie Parameters" => Self::Parameters(Place::Cookie),
            "Body Parameters" => Self::Body,
            "Response" | "Responses" => Self::Response,
            _ => return None,
        })
    }
}

/// The documentation, cut at its headings.
struct Parts<'l, 't> {
    head: &'l [Line<'t>],
    sections: Vec<(Section, Line<'t>, &'l [Line<'t>])>,
}

impl<'l, 't> Parts<'l, 't> {
    fn split(lines: &'l [Line<'t>], findings: &mut Findings<'_>) -> Self {
        let headings: Vec<(usize, Section)> = lines
            .iter()
            .enumerate()
            .filter_map(|(index, line)| Some((index, Section::of(line.text)?)))
            .collect();
        let mut sections: Vec<(Section, Line<'t>, &'l [Line<'t>])> = Vec::new();
        for (position, (index, section)) in headings.iter().enumerate() {
            let end = headings
                .get(position + 1)
                .map_or(lines.len(), |(index, _)| *index);
            let heading = lines[*index];
            if let Some((_, earlier, _)) = sections.iter().find(|(earlier, ..)| earlier == section)
            {
                findings.add(
                    "repeated-section",
                    Some(heading.span()),
                    format!(
                        "the section `{}` again, which starts on line {}",
                        heading.text, earlier.number
                    ),
                    Advice::new(
                        "each section once: a page documents one operation",
                        "capture each operation into a file of its own",
                    ),
                );
            }
            sections.push((*section, heading, &lines[index + 1..end]));
        }
        let end = headings.first().map_or(lines.len(), |(index, _)| *index);
        Self {
            head: &lines[..end],
            sections,
        }
    }

    /// The title and the prose below it, without the site's navigation above them.
    fn title_and_description(&self) -> (Option<String>, Option<String>) {
        let start = self
            .head
            .iter()
            .rposition(|line| line.text == "Theme switcher")
            .map_or(0, |index| index + 1);
        let mut prose = self.head[start..]
            .iter()
            .filter(|line| !panel::is_site_chrome(line.text))
            .map(|line| line.text);
        let title = prose.next().map(str::to_owned);
        let description: Vec<&str> = prose.collect();
        (
            title,
            (!description.is_empty()).then(|| description.join("\n\n")),
        )
    }
}

fn assemble(
    parts: &Parts<'_, '_>,
    operation_line: Option<OperationLine<'_>>,
    context: Context<'_>,
    findings: &mut Findings<'_>,
) -> Option<Operation> {
    let mut parameters = Vec::new();
    let mut request_body = None;
    let mut responses: Option<Vec<Response>> = None;
    for (section, heading, lines) in &parts.sections {
        match section {
            Section::Response => responses = Some(responses::read(lines, context, findings)),
            Section::Parameters(place) => {
                let fields = section_fields(*heading, lines, context, findings);
                parameters.extend(fields.into_iter().map(|field| parameter(*place, field)));
            }
            Section::Body => {
                let fields = section_fields(*heading, lines, context, findings);
                request_body = Some(body(*heading, fields));
            }
        }
    }
    let OperationLine {
        line,
        method,
        server,
        path,
    } = operation_line?;
    let (path, assumed) = path_with_placeholders(path, &parameters, line, findings);
    let (summary, description) = parts.title_and_description();
    let mut responses = responses.unwrap_or_default();
    if responses.is_empty() {
        responses.push(responses::undocumented(line));
    }
    Some(Operation {
        source: source(line),
        method,
        path,
        assumed,
        operation_id: None,
        summary,
        description,
        tags: Vec::new(),
        deprecated: false,
        servers: server.into_iter().collect(),
        security: Vec::new(),
        integrations: Vec::new(),
        parameters,
        request_body,
        responses,
        responses_without_status: Vec::new(),
        pagination: None,
    })
}

fn section_fields(
    heading: Line<'_>,
    lines: &[Line<'_>],
    context: Context<'_>,
    findings: &mut Findings<'_>,
) -> Vec<Field> {
    if lines.is_empty() {
        findings.add(
            "empty-section",
            Some(heading.span()),
            format!("the section `{}` without a field", heading.text),
            Advice::new(
                "at least one field below the heading",
                "capture the page again with its lists of fields open",
            ),
        );
    }
    fields::read(lines, context, findings)
}

fn body(heading: Line<'_>, fields: Vec<Field>) -> RequestBody {
    RequestBody {
        required: fields.iter().any(|field| field.required),
        description: None,
        content: vec![Media {
            media_type: "application/json".to_owned(),
            schema: Schema::new(Shape::Object(fields)),
            example: None,
        }],
        assumed: Some("the page names no media type".to_owned()),
        source: source(heading),
    }
}

/// The path with a placeholder for every path parameter, and what was assumed to get it.
///
/// The layout prints the path of some operations without their placeholders, down to a bare `/`.
fn path_with_placeholders(
    path: String,
    parameters: &[Parameter],
    line: Line<'_>,
    findings: &mut Findings<'_>,
) -> (String, Option<String>) {
    let names = path_parameters(parameters);
    operation_line::report_undocumented(&path, &names, line, findings);
    let placeholders = path_template::placeholders(&path);
    let missing: Vec<&str> = names
        .into_iter()
        .filter(|name| !placeholders.contains(name))
        .collect();
    if missing.is_empty() {
        return (path, None);
    }
    let mut completed = path.trim_end_matches('/').to_owned();
    for name in &missing {
        completed.push_str("/{");
        completed.push_str(name);
        completed.push('}');
    }
    let assumed = format!(
        "the page prints the path as `{path}` and documents the path parameter `{}`, taken for the end of the path",
        missing.join("`, `")
    );
    (completed, Some(assumed))
}

fn source(line: Line<'_>) -> Source {
    Source {
        line: line.number,
        origin: None,
    }
}
