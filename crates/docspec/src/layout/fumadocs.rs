//! Text captures of Fumadocs `OpenAPI` pages.
//!
//! A page prints the titles above it, its own, the method and the path, and then the sections `Authorization`,
//! `Path Parameters` and the like, `Request Body` and `Response Body`; a `curl` sample and the example answers
//! follow. Copying loses the statuses, since they are buttons, and what a pop-up shows.

mod agreement;
mod answers;
mod example;
mod example_type;
mod field_line;
mod fields;
mod security;
mod tags;

pub(super) use field_line::is_marked;

use serde_json::Value;

use super::findings::{Advice, Findings, Line, significant};
use super::operation_line::{self, OperationLine, parameter, path_parameters};
use super::{Context, Layout, path_template};
use crate::diagnostic::Diagnostic;
use crate::page::{
    Content, Media, Operation, Page, Place, RequestBody, Schema, Server, Shape, Source,
};
use crate::sample::{self, Sample};
use crate::text::Text;
use crate::type_notation;
use field_line::Marks;

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

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Section {
    Authorization,
    Parameters(Place),
    Request,
    Response,
    Callbacks,
}

impl Section {
    fn of(text: &str) -> Option<Self> {
        Some(match text {
            "Authorization" => Self::Authorization,
            "Path Parameters" => Self::Parameters(Place::Path),
            "Query Parameters" => Self::Parameters(Place::Query),
            "Header Parameters" => Self::Parameters(Place::Header),
            "Cookie Parameters" => Self::Parameters(Place::Cookie),
            "Request Body" => Self::Request,
            "Response Body" => Self::Response,
            "Callbacks" | "Webhooks" => Self::Callbacks,
            _ => return None,
        })
    }
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
    sections: Vec<(Section, Line<'t>, Vec<Line<'t>>)>,
    marks: Marks,
    sample: Option<Sample>,
    /// The sample's body, as far as it is JSON.
    sample_body: Option<Value>,
    /// The example answers; none when they could not be read.
    examples: Option<Vec<example::Example>>,
}

impl<'t> Reader<'t> {
    fn new(text: &'t Text, context: Context<'_>, findings: &mut Findings<'_>) -> Self {
        let mut lines = significant(text);
        cut_footer(&mut lines);
        let last_line = lines.last().map_or(0, |line| line.number);
        let response = lines
            .iter()
            .position(|line| Section::of(line.text) == Some(Section::Response));
        let panel = lines
            .iter()
            .enumerate()
            .position(|(index, line)| {
                sample::starts_here(line.text)
                    || response.is_some_and(|response| index > response)
                        && example::starts_here(line.text)
            })
            .unwrap_or(lines.len());
        let behind = lines.split_off(panel);
        let (sample, sample_body, examples) =
            read_panel(text, &behind, last_line, context, findings);
        let operation_line = operation_line::take(&mut lines);
        let first = lines
            .iter()
            .position(|line| Section::of(line.text).is_some())
            .unwrap_or(lines.len());
        let documentation = lines.split_off(first);
        let at = operation_line
            .as_ref()
            .map_or(usize::MAX, |operation| operation.line.number);
        let (head, mut below_operation): (Vec<Line<'t>>, Vec<Line<'t>>) = lines
            .into_iter()
            .filter(|line| !is_site_chrome(line.text))
            .partition(|line| line.number < at);
        let mut sections = split(&documentation, findings);
        sections.extend(authorization_without_heading(&mut below_operation));
        Self {
            head,
            below_operation,
            operation_line,
            marks: Marks::of(&documentation),
            sections,
            sample,
            sample_body,
            examples,
        }
    }

    fn operation(mut self, findings: &mut Findings<'_>) -> Option<Operation> {
        let mut operation = self.empty_operation(findings);
        let sections = std::mem::take(&mut self.sections);
        let mut examples = Some(self.examples.take());
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
                    let body = self.request(*heading, lines, findings);
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
        if let Some(sample) = &self.sample {
            agreement::check(sample, self.sample_body.as_ref(), &operation, findings);
        }
        if let Some(line) = self.operation_line.as_ref().map(|operation| operation.line) {
            report_path(&operation, line, findings);
        }
        Some(operation)
    }

    /// The operation as far as the lines above the sections and the sample say it.
    fn empty_operation(&self, findings: &mut Findings<'_>) -> Option<Operation> {
        let call = self.call(findings)?;
        let (summary, mut description) = title_and_description(&self.head);
        description.extend(self.below_operation.iter().map(|line| line.text));
        Some(Operation {
            source: Source {
                line: call.line,
                origin: None,
            },
            method: call.method,
            path: call.path,
            assumed: call.assumed,
            operation_id: None,
            summary: summary.map(str::to_owned),
            description: (!description.is_empty()).then(|| description.join("\n\n")),
            tags: Vec::new(),
            deprecated: false,
            servers: call.server.into_iter().collect(),
            security: Vec::new(),
            integrations: Vec::new(),
            parameters: Vec::new(),
            request_body: None,
            responses: Vec::new(),
            responses_without_status: Vec::new(),
            pagination: None,
        })
    }

    fn call(&self, findings: &mut Findings<'_>) -> Option<Call> {
        match (&self.operation_line, &self.sample) {
            (Some(operation), sample) => {
                let server = match sample {
                    Some(sample) => server(sample, &operation.path, findings),
                    None => operation.server.clone(),
                };
                Some(Call {
                    line: operation.line.number,
                    method: operation.method,
                    path: operation.path.clone(),
                    server,
                    assumed: None,
                })
            }
            (None, Some(sample)) => self.call_of_sample(sample, findings),
            (None, None) => {
                findings.add(
                    "missing-operation",
                    self.head.first().map(|line| line.span()),
                    "a page without a method and a path",
                    Advice::new(
                        "a method such as `PUT` on one line and the path on the next, or a `curl` sample",
                        "capture the whole page, from its title to its end",
                    ),
                );
                None
            }
        }
    }

    /// The call that the sample makes, for a page whose method and path were lost.
    fn call_of_sample(&self, sample: &Sample, findings: &mut Findings<'_>) -> Option<Call> {
        let has_path_parameters = self
            .sections
            .iter()
            .any(|(section, ..)| *section == Section::Parameters(Place::Path));
        let parsed = path_template::parse(&sample.url.text);
        let (Some((server, path)), false) = (parsed, has_path_parameters) else {
            findings.add(
                "missing-operation",
                Some(crate::diagnostic::Span {
                    line: sample.url.line,
                    start: 0,
                    end: usize::MAX,
                }),
                "a page without a method and a path, whose sample does not show where the parameters go",
                Advice::new(
                    "a method such as `PUT` on one line and the path on the next",
                    "add the two lines above the sections, as the page shows them",
                ),
            );
            return None;
        };
        Some(Call {
            line: sample.line,
            method: sample.method,
            path,
            server: server.map(|url| Server {
                url,
                description: None,
                source: Source {
                    line: sample.url.line,
                    origin: None,
                },
            }),
            assumed: Some(
                "the page states no method and no path: both are the sample's, and the server is taken to end \
                 before the path"
                    .to_owned(),
            ),
        })
    }

    fn request(
        &self,
        heading: Line<'_>,
        lines: &[Line<'_>],
        findings: &mut Findings<'_>,
    ) -> Option<RequestBody> {
        let mut media_type = None;
        let mut required = None;
        let mut prose = Vec::new();
        let mut index = 0;
        let mut list = false;
        while let Some(line) = lines.get(index) {
            if field_line::read(&lines[index..], self.marks).is_some() {
                break;
            }
            index += 1;
            match line.text {
                "Required" => required = Some(true),
                "Optional" => required = Some(false),
                "Array Item" => list = true,
                text if is_media_type(text) && media_type.is_none() => media_type = Some(text),
                text if is_site_chrome(text) => {}
                text => prose.push(text),
            }
        }
        let Some(media_type) = media_type else {
            findings.add(
                "missing-media-type",
                Some(heading.span()),
                "a request body without its media type",
                Advice::new(
                    "a line such as `application/json` below the heading",
                    "complete the section in the capture",
                ),
            );
            return None;
        };
        let mut assumed = None;
        let shape = if index < lines.len() {
            fields::read(&lines[index..], self.marks, None, findings)
        } else if let (Some(Value::Object(shown)), false) = (&self.sample_body, list)
            && !shown.is_empty()
        {
            assumed = Some("the page shows no fields: they are the sample's".to_owned());
            let mut keys = std::iter::repeat(self.sample.as_ref().map_or(0, |sample| sample.line));
            example_type::schema_of(&Value::Object(shown.clone()), &mut keys).shape
        } else {
            Shape::Hidden
        };
        let fields_required =
            matches!(&shape, Shape::Object(fields) if fields.iter().any(|field| field.required));
        let shape = if list {
            Shape::Array(Box::new(Schema::new(shape)))
        } else {
            shape
        };
        Some(RequestBody {
            required: required.unwrap_or(fields_required),
            description: (!prose.is_empty()).then(|| prose.join("\n\n")),
            content: vec![Media {
                media_type: media_type.to_owned(),
                schema: Schema::new(shape),
                example: self.sample_body.clone(),
            }],
            assumed,
            source: Source {
                line: heading.number,
                origin: None,
            },
        })
    }
}

/// Takes what some pages say about authentication, without a heading, right below the method and the path.
fn authorization_without_heading<'t>(
    lines: &mut Vec<Line<'t>>,
) -> Option<(Section, Line<'t>, Vec<Line<'t>>)> {
    let property = lines
        .iter()
        .position(|line| security::is_property(line.text))?;
    let named = property > 0 && type_notation::is_name(lines[property - 1].text);
    let section = lines.split_off(property - usize::from(named));
    Some((Section::Authorization, *section.first()?, section))
}

/// What is called.
struct Call {
    line: usize,
    method: crate::page::Method,
    path: String,
    server: Option<Server>,
    assumed: Option<String>,
}

/// The server that the sample calls; none when its host is what the page shows while it loads.
fn server(sample: &Sample, path: &str, findings: &mut Findings<'_>) -> Option<Server> {
    let mut whole = sample.clone();
    let relative = whole.url.text.starts_with('/');
    if relative {
        whole.url.text.insert_str(0, "https://loading");
    }
    let Some(url) = whole.server(path) else {
        findings.add(
            "sample-path",
            Some(crate::diagnostic::Span {
                line: sample.url.line,
                start: 0,
                end: usize::MAX,
            }),
            "a sample that calls another path",
            Advice::new(
                format!("a URL that ends in `{path}`, as the page says"),
                "find out which of the two is right, and correct the other in the capture",
            ),
        );
        return None;
    };
    (url != "https://loading").then_some(Server {
        url,
        description: None,
        source: Source {
            line: sample.url.line,
            origin: None,
        },
    })
}

fn report_path(operation: &Operation, line: Line<'_>, findings: &mut Findings<'_>) {
    let names = path_parameters(&operation.parameters);
    operation_line::report_undocumented(&operation.path, &names, line, findings);
    let placeholders = path_template::placeholders(&operation.path);
    for name in names {
        if !placeholders.contains(&name) {
            findings.add(
                "parameter-without-placeholder",
                Some(line.span()),
                format!("a path without the parameter `{name}`"),
                Advice::new(
                    format!("`{{{name}}}` in the path"),
                    "correct the path or the parameter's name in the capture",
                ),
            );
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

/// Removes the links to the pages before and after this one.
fn cut_footer(lines: &mut Vec<Line<'_>>) {
    let footer = lines
        .iter()
        .position(|line| matches!(line.text, "Previous Page" | "Next Page"));
    if let Some(footer) = footer {
        // The title of the page that a link leads to stands above it.
        lines.truncate(footer.saturating_sub(1));
    }
}

/// Reads the sample and the examples behind it.
fn read_panel(
    text: &Text,
    lines: &[Line<'_>],
    last_line: usize,
    context: Context<'_>,
    findings: &mut Findings<'_>,
) -> (Option<Sample>, Option<Value>, Option<Vec<example::Example>>) {
    let Some(first) = lines.first() else {
        return (None, None, Some(Vec::new()));
    };
    if !sample::starts_here(first.text) {
        let examples = example::read(text, first.number..=last_line, "", findings);
        return (None, None, examples);
    }
    let mut sample = match sample::read(text, first.number, context.page) {
        Ok(sample) => sample,
        Err(diagnostic) => {
            findings.push(*diagnostic);
            return (None, None, None);
        }
    };
    let (body, glued) = body_of(&mut sample, findings);
    let examples = example::read(text, sample.last_line + 1..=last_line, &glued, findings);
    (Some(sample), body, examples)
}

/// The sample's body as JSON, and the beginning of the first example where copying lost the line break before it.
fn body_of(sample: &mut Sample, findings: &mut Findings<'_>) -> (Option<Value>, String) {
    let Some(body) = &mut sample.body else {
        let url = &mut sample.url.text;
        let glued = url.ends_with(['{', '[']).then(|| url.pop()).flatten();
        return (None, glued.map(String::from).unwrap_or_default());
    };
    let mut values = serde_json::Deserializer::from_str(&body.text).into_iter::<Value>();
    if let Some(Ok(value)) = values.next() {
        let glued = body.text.split_off(values.byte_offset());
        return (Some(value), glued.trim().to_owned());
    }
    let json = sample
        .media_type()
        .is_none_or(|media_type| media_type.ends_with("json"));
    if json {
        findings.add(
            "sample-body",
            sample.body.as_ref().map(|body| crate::diagnostic::Span {
                line: body.line,
                start: 0,
                end: usize::MAX,
            }),
            "a sample whose body is no JSON",
            Advice::new("JSON", "correct the sample in the capture"),
        );
    }
    (None, String::new())
}

fn split<'t>(
    lines: &[Line<'t>],
    findings: &mut Findings<'_>,
) -> Vec<(Section, Line<'t>, Vec<Line<'t>>)> {
    let mut sections: Vec<(Section, Line<'t>, Vec<Line<'t>>)> = Vec::new();
    for line in lines {
        match Section::of(line.text) {
            Some(section) => {
                if let Some((_, earlier, _)) =
                    sections.iter().find(|(earlier, ..)| *earlier == section)
                {
                    findings.add(
                        "repeated-section",
                        Some(line.span()),
                        format!(
                            "the section `{}` again, which starts on line {}",
                            line.text, earlier.number
                        ),
                        Advice::new(
                            "each section once: a page documents one operation",
                            "capture each operation into a file of its own",
                        ),
                    );
                }
                sections.push((section, *line, Vec::new()));
            }
            None => {
                if let Some((.., body)) = sections.last_mut() {
                    body.push(*line);
                }
            }
        }
    }
    sections
}

/// The title and the prose below it, without the titles of the pages above this one.
fn title_and_description<'t>(head: &[Line<'t>]) -> (Option<&'t str>, Vec<&'t str>) {
    let start = match head {
        [first, second, ..] if is_trail(first.text) || !second.text.ends_with('.') => 1,
        [first] if is_trail(first.text) => 1,
        _ => 0,
    };
    let mut lines = head[start..].iter().map(|line| line.text);
    (lines.next(), lines.collect())
}

/// Whether a line is the trail of titles above the page: copying joins them without a separator.
fn is_trail(text: &str) -> bool {
    text.starts_with("Open in ")
        || text.split_whitespace().any(|word| {
            let mut characters = word.chars().peekable();
            let mut joined = 0;
            while let Some(character) = characters.next() {
                let next = characters.peek();
                joined += usize::from(
                    character.is_lowercase() && next.is_some_and(|next| next.is_uppercase()),
                );
            }
            joined > 0 && word.starts_with(char::is_uppercase)
        })
}
