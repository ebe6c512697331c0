//! The method and the path of an operation, on one line or on two.

use super::findings::{Advice, Findings, Line};
use super::path_template;
use crate::page::{Field, Method, Parameter, Place, Server, Source};

/// A method and a path, and where they stand.
#[derive(Debug)]
pub(super) struct OperationLine<'t> {
    pub(super) line: Line<'t>,
    pub(super) method: Method,
    pub(super) server: Option<Server>,
    pub(super) path: String,
}

/// Takes the first method and path out of the lines.
pub(super) fn take<'t>(lines: &mut Vec<Line<'t>>) -> Option<OperationLine<'t>> {
    let (index, count, operation) = (0..lines.len()).find_map(|index| {
        let (operation, count) = at(&lines[index..])?;
        Some((index, count, operation))
    })?;
    lines.drain(index..index + count);
    Some(operation)
}

/// Reads a method and a path at the start of the lines, and how many lines they take.
pub(super) fn at<'t>(lines: &[Line<'t>]) -> Option<(OperationLine<'t>, usize)> {
    let line = *lines.first()?;
    let (method, path, count) = match line.text.split_once(' ') {
        Some((method, path)) => (Method::parse(method)?, path.trim(), 1),
        None => (Method::parse(line.text)?, lines.get(1)?.text, 2),
    };
    let (server, path) = path_template::parse(path)?;
    let server = server.map(|url| Server {
        url,
        description: None,
        source: Source {
            line: line.number + count - 1,
            origin: None,
        },
    });
    let operation = OperationLine {
        line,
        method,
        server,
        path,
    };
    Some((operation, count))
}

/// The names of the path parameters.
pub(super) fn path_parameters(parameters: &[Parameter]) -> Vec<&str> {
    parameters
        .iter()
        .filter(|parameter| parameter.place == Place::Path)
        .map(|parameter| parameter.field.name.as_str())
        .collect()
}

/// A parameter of this place; one of the path is always required.
pub(super) fn parameter(place: Place, mut field: Field) -> Parameter {
    field.required |= place == Place::Path;
    Parameter {
        place,
        encoding: None,
        field,
    }
}

/// Adds a finding for each placeholder that no path parameter documents.
pub(super) fn report_undocumented(
    path: &str,
    names: &[&str],
    line: Line<'_>,
    findings: &mut Findings<'_>,
) {
    for placeholder in path_template::placeholders(path) {
        if !names.contains(&placeholder) {
            findings.add(
                "undocumented-placeholder",
                Some(line.span()),
                format!("the placeholder `{{{placeholder}}}`, which no path parameter documents"),
                Advice::new(
                    "a field of that name below `Path Parameters`",
                    "correct the path, or capture the page again with all of its parameters",
                ),
            );
        }
    }
}
