//! The page of one operation.

use std::collections::HashSet;

use crate::page::{Method, Operation, Place};

use super::attribute::{self, Key};
use super::cursor::Cursor;
use super::inline::{code_span, names};
use super::problem::{Line, Problem};
use super::said::{Said, attributes};
use super::section::{self, SECTIONS, Section};

/// The method and path of a line such as `` `PATCH /contacts/{id}` ``.
pub(super) fn method_line(text: &str) -> Option<(Method, &str)> {
    let (inside, rest) = code_span(text)?;
    let (method, path) = inside.split_once(' ')?;
    let path = path.trim();
    (rest.is_empty() && path.starts_with('/')).then_some((Method::parse(method)?, path))
}

/// Reads the page from the line after its title and source on.
pub(super) fn read<'a>(
    cursor: &mut Cursor<'a, '_>,
    title: Option<&'a str>,
    lead: Option<String>,
    line: Line<'a>,
    method: Method,
    path: &'a str,
) -> Operation {
    let mut operation = Operation {
        source: cursor.source(line.number),
        method,
        path: path.to_owned(),
        assumed: None,
        operation_id: None,
        summary: title.map(str::to_owned),
        description: None,
        tags: Vec::new(),
        deprecated: false,
        servers: Vec::new(),
        security: Vec::new(),
        integrations: Vec::new(),
        parameters: Vec::new(),
        request_body: None,
        responses: Vec::new(),
        responses_without_status: Vec::new(),
        pagination: None,
    };
    let said = attributes(cursor, 0, attribute::OPERATION);
    for said in &said {
        attribute_of(cursor, said, &mut operation);
    }
    section::reject_continuation(cursor, &said);
    let prose = cursor.prose(0, attribute::OPERATION, |_| false);
    operation.description = match (lead, prose) {
        (Some(lead), Some(prose)) => Some(format!("{lead}\n\n{prose}")),
        (lead, prose) => lead.or(prose),
    };
    let mut seen: Vec<Section<'_>> = Vec::new();
    let mut unknown: Vec<Line<'_>> = Vec::new();
    while let Some(line) = cursor.peek() {
        cursor.advance();
        if method_line(line.text).is_some() && !line.fenced {
            cursor.report(line, second_operation(line.text));
            continue;
        }
        let Some((level, heading)) = line.heading() else {
            cursor.unexpected(
                line,
                "prose before the first section, or a section's heading",
            );
            continue;
        };
        let section = Section::of(heading).filter(|_| level == 2);
        let Some(section) = section else {
            unknown.push(line);
            cursor.report(line, unknown_heading(line, level, heading));
            while cursor.peek_in_section().is_some() {
                cursor.advance();
            }
            continue;
        };
        if seen.contains(&section) && !section.repeats() {
            cursor.report(
                line,
                Problem::new(
                    "repeated-section",
                    line.text,
                    format!("a second section `{heading}`"),
                    "each section once",
                    "join the two sections, or correct the heading",
                ),
            );
        }
        if !seen.contains(&section) {
            seen.push(section);
        }
        section::read(cursor, line, section, &mut operation);
    }
    if let Some(first) = unknown.first()
        && unknown.len() >= HEADINGS_OF_A_GUIDE
        && seen.is_empty()
    {
        cursor.errors.clear();
        cursor.report(*first, guide(first.text));
        return operation;
    }
    compare_path(cursor, line, &operation);
    super::samples::compare(cursor, &mut operation);
    operation
}

/// From so many headings on, none of which is a section of an operation, a page is a guide that mentions one.
const HEADINGS_OF_A_GUIDE: usize = 3;

fn guide(part: &str) -> Problem<'_> {
    Problem::new(
        "guide-page",
        part,
        "a guide that names an operation and documents none: no heading is a section of one",
        SECTIONS,
        "capture the operation's own page of the API reference",
    )
}

/// What is wrong with a page that documents two operations.
pub(super) fn second_operation(part: &str) -> Problem<'_> {
    Problem::new(
        "two-operations",
        part,
        "a second method and path",
        "one operation on a page",
        "put each operation on a page of its own",
    )
}

fn unknown_heading<'a>(line: Line<'a>, level: usize, heading: &'a str) -> Problem<'a> {
    if level == 1 {
        return Problem::new(
            "repeated-title",
            line.text,
            "a second title",
            "one title, in the page's first line",
            "put each operation on a page of its own",
        );
    }
    if heading.starts_with("Response") {
        return Problem::new(
            "unknown-heading",
            heading,
            format!("the heading `{heading}`"),
            "Response `200`, Response body, or Response without status",
            "write the status in backticks",
        );
    }
    Problem::new(
        "unknown-heading",
        heading,
        format!("the heading `{heading}`"),
        SECTIONS,
        "correct the heading, or remove the section",
    )
}

fn attribute_of<'a>(cursor: &mut Cursor<'a, '_>, said: &Said<'a>, operation: &mut Operation) {
    match said.key {
        Key::Assumed => operation.assumed = Some(said.value.to_owned()),
        Key::Operation => match code_span(said.value) {
            Some((id, "")) if !id.trim().is_empty() => {
                operation.operation_id = Some(id.to_owned());
            }
            _ => cursor.report(said.line, one_in_backticks(said, "an id")),
        },
        Key::Server => match code_span(said.value) {
            Some((url, "")) => {
                let source = cursor.source(said.line.number);
                section::add_server(cursor, said.line, url, None, source, operation);
            }
            _ => cursor.report(said.line, one_in_backticks(said, "a URL")),
        },
        Key::Tags => match names(said.value) {
            Ok(names) => operation.tags.extend(names.into_iter().map(str::to_owned)),
            Err(problem) => cursor.report(said.line, problem),
        },
        Key::Resource => {
            let resource = said.value.split(" · ").next().unwrap_or_default();
            let tag = resource
                .strip_prefix("**")
                .and_then(|it| it.strip_suffix("**"))
                .unwrap_or(resource);
            operation.tags.push(tag.to_owned());
        }
        Key::Deprecated if said.value == "yes" => operation.deprecated = true,
        Key::Deprecated => cursor.report(
            said.line,
            Problem::new(
                "deprecated",
                said.value,
                "something other than `yes` after `Deprecated:`",
                "`Deprecated: yes`",
                "write `yes`, or remove the line",
            ),
        ),
        _ => {}
    }
}

fn one_in_backticks<'a>(said: &Said<'a>, what: &str) -> Problem<'a> {
    Problem::new(
        "list",
        said.value,
        format!(
            "no {} in backticks",
            what.trim_start_matches("an ").trim_start_matches("a ")
        ),
        format!("{what} in backticks and nothing else"),
        format!("write `{}: ` and the value in backticks", said.key.words()),
    )
}

/// The placeholders of a path template, in order.
pub(super) fn placeholders(path: &str) -> Vec<&str> {
    path.split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}'))
        .map(|(name, _)| name)
        .collect()
}

fn compare_path(cursor: &mut Cursor<'_, '_>, line: Line<'_>, operation: &Operation) {
    let Some((_, path)) = method_line(line.text) else {
        return;
    };
    let in_path = placeholders(path);
    let mut seen = HashSet::new();
    for name in &in_path {
        if !seen.insert(*name) || name.is_empty() {
            cursor.report(
                line,
                Problem::new(
                    "path-placeholder",
                    path,
                    format!("the placeholder {{{name}}} twice, or without a name"),
                    "each placeholder once, with a name",
                    "correct the path",
                ),
            );
        }
    }
    let documented: HashSet<&str> = operation
        .parameters
        .iter()
        .filter(|parameter| parameter.place == Place::Path)
        .map(|parameter| parameter.field.name.as_str())
        .collect();
    let mut missing = HashSet::new();
    for name in &in_path {
        if !documented.contains(name) && missing.insert(*name) {
            cursor.report(
                line,
                Problem::new(
                    "path-parameter",
                    path,
                    format!("the placeholder {{{name}}} without a path parameter `{name}`"),
                    "each placeholder of the path under ## Path parameters",
                    format!("add - **`{name}`** _(string, required)_ there, or correct the path"),
                ),
            );
        }
    }
    for parameter in &operation.parameters {
        if parameter.place == Place::Path && !seen.contains(parameter.field.name.as_str()) {
            let name = &parameter.field.name;
            cursor.errors.push(crate::diagnostic::Diagnostic {
                rule: "path-parameter",
                page: cursor.context.page.to_owned(),
                span: Some(crate::diagnostic::Span {
                    line: parameter.field.source.line,
                    start: 0,
                    end: usize::MAX,
                }),
                found: format!("the path parameter `{name}`, which the path lacks"),
                expected: format!("{{{name}}} in the path"),
                fix: "correct the name or the path".to_owned(),
            });
        }
    }
}
