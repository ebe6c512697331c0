//! What both of Truto's layouts have in common: the sections of a page, and what they make together.

mod checks;
pub(super) mod example;
pub(super) mod nesting;
pub(super) mod report;
pub(super) mod values;

use crate::layout::{Context, Layout};
use crate::page::{
    Content, Field, Level, Media, Method, Operation, Page, Parameter, Place, RequestBody, Response,
    Schema, Server, Shape, Source, Support,
};
use crate::sample::{self, Sample};
use crate::text::Text;
use nesting::{Flat, Rules};
use report::{Problem, Report};

/// Why a response has the status 200.
const NO_STATUS: &str = "the page states neither the status nor the media type of the response";

/// The parts of a page as they were found, before they are compared with each other.
#[derive(Default)]
pub(super) struct Draft {
    /// The method, the path and the line on which they stand.
    pub(super) endpoint: Option<(Method, String, usize)>,
    pub(super) title: Option<String>,
    pub(super) description: Vec<String>,
    pub(super) integrations: Vec<Support>,
    pub(super) parameters: Vec<(Place, Section)>,
    pub(super) request: Option<Section>,
    pub(super) response: Option<Section>,
    pub(super) sample: Option<Sample>,
}

/// The fields below one heading.
pub(super) struct Section {
    /// The line of the heading.
    pub(super) line: usize,
    /// The paragraphs above the first field.
    pub(super) description: Vec<String>,
    pub(super) fields: Vec<Flat>,
}

impl Section {
    pub(super) fn new(line: usize) -> Self {
        Self {
            line,
            description: Vec::new(),
            fields: Vec::new(),
        }
    }
}

/// What a section is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Parameters(Place),
    Request,
    Response,
}

/// Reads `PATCH /unified/crm/contacts/{id}`.
pub(super) fn endpoint(line: &str) -> Option<(Method, &str)> {
    let (method, path) = line.split_once(' ')?;
    let method = Method::parse(method)?;
    (path.starts_with('/') && !path.contains(char::is_whitespace)).then_some((method, path))
}

/// An integration that an operation or a field works with.
pub(super) fn support(integration: &str, level: Level, line: usize) -> Support {
    Support {
        integration: integration.to_owned(),
        level,
        values: Vec::new(),
        notes: Vec::new(),
        source: Source { line, origin: None },
    }
}

/// A field of which only the name and the type are known.
pub(super) fn field(name: &str, schema: Schema, line: usize) -> Field {
    Field {
        name: name.to_owned(),
        source: Source { line, origin: None },
        required: false,
        schema,
        description: None,
        example: None,
        deprecated: false,
        assumed: None,
        integrations: Vec::new(),
    }
}

/// Reports a second method and path.
pub(super) fn refuse_second_endpoint(line: usize, first: usize, report: &mut Report<'_>) {
    report.line(
        line,
        Problem {
            rule: "two-operations",
            found: "a second method and path".to_owned(),
            expected: format!("one operation, the one on line {first}"),
            fix: "capture the two operations as two pages",
        },
    );
}

impl Draft {
    /// Reads the sample below the response, if there is one; gives the first line that is no field's.
    pub(super) fn read_sample(
        &mut self,
        text: &Text,
        context: Context<'_>,
        report: &mut Report<'_>,
    ) -> usize {
        let response = text
            .lines()
            .find(|(_, line)| *line == "Response Body")
            .map_or(0, |(line, _)| line);
        let sample = text
            .lines()
            .skip(response)
            .find(|(_, line)| sample::starts_here(line));
        let Some((line, _)) = sample else {
            return text.len() + 1;
        };
        match sample::read(text, line, context.page) {
            Ok(sample) => self.sample = Some(sample),
            Err(diagnostic) => report.add(*diagnostic),
        }
        line
    }

    /// Takes a section; one that the page already has is reported.
    pub(super) fn put(&mut self, kind: Kind, section: Section, report: &mut Report<'_>) {
        let line = section.line;
        let earlier = match kind {
            Kind::Parameters(place) => self
                .parameters
                .iter()
                .find(|(other, _)| *other == place)
                .map(|(_, section)| section.line),
            Kind::Request => self.request.as_ref().map(|section| section.line),
            Kind::Response => self.response.as_ref().map(|section| section.line),
        };
        if let Some(earlier) = earlier {
            report.line(
                line,
                Problem {
                    rule: "two-operations",
                    found: "a section that the page already has".to_owned(),
                    expected: format!("one such section, the one on line {earlier}"),
                    fix: "capture the two operations as two pages",
                },
            );
            return;
        }
        match kind {
            Kind::Parameters(place) => self.parameters.push((place, section)),
            Kind::Request => self.request = Some(section),
            Kind::Response => self.response = Some(section),
        }
    }

    /// Puts the fields into each other, compares the parts and makes the page of them.
    pub(super) fn into_page(
        self,
        layout: Layout,
        rules: Rules,
        context: Context<'_>,
        report: &mut Report<'_>,
    ) -> Option<Page> {
        self.refuse_missing_parts(report);
        let mut parameters = Vec::new();
        for (place, section) in self.parameters {
            for field in nesting::nest(section.fields, rules, nesting::Place::Parameters, report) {
                parameters.push(parameter(place, field));
            }
        }
        let keys = self.sample.as_ref().and_then(Sample::json_object);
        let keys = keys.map(|body| body.into_iter().map(|(key, _)| key).collect());
        let request = self.request.map(|section| {
            let fields = nesting::nest(section.fields, rules, nesting::Place::Body(keys), report);
            (section.line, section.description, fields)
        });
        let response = self.response.map(|section| {
            let fields = nesting::nest(section.fields, rules, nesting::Place::Body(None), report);
            (section.line, section.description, fields)
        });
        let (method, path, line) = self.endpoint?;
        let (response_line, response_description, response_fields) = response?;
        checks::path_parameters(&path, line, &parameters, report);
        let body = request.as_ref().map(|(_, _, fields)| fields.as_slice());
        let mut server = None;
        if let Some(sample) = &self.sample {
            checks::query(sample, &parameters, report);
            let first = request.as_ref().map_or(response_line, |(line, _, _)| *line);
            if report.is_clean(first, response_line) {
                checks::body(sample, body, report);
            }
            server = checks::endpoint(sample, method, &path, line, report);
        }
        let operation = Operation {
            source: Source { line, origin: None },
            method,
            path,
            assumed: None,
            operation_id: None,
            summary: self.title,
            description: paragraphs(&self.description),
            tags: Vec::new(),
            deprecated: false,
            servers: server.into_iter().collect(),
            security: self.sample.iter().filter_map(Sample::security).collect(),
            integrations: self.integrations,
            parameters,
            request_body: request.map(|section| request_body(section, self.sample.as_ref())),
            responses: vec![Response {
                status: "200".to_owned(),
                assumed: Some(NO_STATUS.to_owned()),
                description: paragraphs(&response_description),
                headers: Vec::new(),
                content: vec![json(response_fields)],
                source: Source {
                    line: response_line,
                    origin: None,
                },
            }],
            responses_without_status: Vec::new(),
            pagination: None,
        };
        Some(Page {
            layout,
            name: context.page.to_owned(),
            content: Content::Operation(Box::new(operation)),
        })
    }

    fn refuse_missing_parts(&self, report: &mut Report<'_>) {
        if self.endpoint.is_none() {
            report.page(Problem {
                rule: "missing-endpoint",
                found: "a page without a method and a path".to_owned(),
                expected: "a line such as `PATCH /unified/crm/contacts/{id}` above the fields"
                    .to_owned(),
                fix: "capture a page that documents one operation, from its top",
            });
        }
        match &self.response {
            None => report.page(Problem {
                rule: "missing-response",
                found: "a page without a response".to_owned(),
                expected: "the heading `Response Body` with its fields".to_owned(),
                fix: "capture the page again, to its end",
            }),
            Some(section) if section.fields.is_empty() => report.line(
                section.line,
                Problem {
                    rule: "missing-response",
                    found: "a response without fields".to_owned(),
                    expected: "the fields of the response below their heading".to_owned(),
                    fix: "capture the page again, to its end",
                },
            ),
            Some(_) => {}
        }
    }
}

fn parameter(place: Place, mut field: Field) -> Parameter {
    // A path has no template without its parameters, whatever the page says.
    field.required |= place == Place::Path;
    let shown = match &field.example {
        Some(serde_json::Value::String(example))
            if place == Place::Query
                && (values::encoding_by_guide(&field.schema).is_some()
                    || field.schema.shape == Shape::Any) =>
        {
            values::encoding_of(&field.name, example)
        }
        _ => None,
    };
    let encoding = match values::encoding_by_guide(&field.schema) {
        Some((encoding, reason)) if shown.is_none() && place == Place::Query => {
            field.assumed = Some(reason.to_owned());
            Some(encoding)
        }
        _ => shown,
    };
    Parameter {
        place,
        encoding,
        field,
    }
}

fn request_body(
    (line, description, fields): (usize, Vec<String>, Vec<Field>),
    sample: Option<&Sample>,
) -> RequestBody {
    let shown = sample
        .filter(|sample| sample.body.is_some())
        .and_then(Sample::media_type);
    let mut content = json(fields);
    if let Some(media_type) = shown {
        media_type.clone_into(&mut content.media_type);
    }
    let assumed = if shown.is_some() {
        "the page does not say whether a body must be sent; its sample sends one"
    } else {
        "the page states neither the media type of the body nor whether one must be sent"
    };
    RequestBody {
        required: true,
        description: paragraphs(&description),
        content: vec![content],
        assumed: Some(assumed.to_owned()),
        source: Source { line, origin: None },
    }
}

fn json(fields: Vec<Field>) -> Media {
    Media {
        media_type: "application/json".to_owned(),
        schema: Schema::new(Shape::Object(fields)),
        example: None,
    }
}

fn paragraphs(paragraphs: &[String]) -> Option<String> {
    (!paragraphs.is_empty()).then(|| paragraphs.join("\n\n"))
}

/// A server that a sample names.
fn server(url: String, line: usize) -> Server {
    Server {
        url,
        description: None,
        source: Source { line, origin: None },
    }
}
