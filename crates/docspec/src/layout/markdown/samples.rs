//! The code samples of a page, which must agree with what the page says.

use crate::diagnostic::{Diagnostic, Span};
use crate::page::{Operation, Place, Server, Shape};
use crate::sample::{self, Sample};

use super::cursor::Cursor;

/// Compares every `curl` command of the page with the operation. Where the page itself names no server or no
/// authentication, the command's are taken.
pub(super) fn compare(cursor: &mut Cursor<'_, '_>, operation: &mut Operation) {
    let starts: Vec<usize> = cursor
        .lines()
        .iter()
        .filter(|line| line.fenced && sample::starts_here(line.text))
        .map(|line| line.number)
        .collect();
    let (names_server, names_security) = (
        !operation.servers.is_empty(),
        !operation.security.is_empty(),
    );
    for start in starts {
        match sample::read(cursor.text, start, cursor.context.page) {
            Ok(sample) => {
                disagreements(cursor, &sample, operation);
                take(cursor, &sample, operation, names_server, names_security);
            }
            Err(diagnostic) => cursor.errors.push(*diagnostic),
        }
    }
}

fn disagreements(cursor: &mut Cursor<'_, '_>, sample: &Sample, operation: &Operation) {
    let mut problem = |line: usize, found: String, expected: String| {
        cursor.errors.push(Diagnostic {
            rule: "sample-disagrees",
            page: cursor.context.page.to_owned(),
            span: Some(Span {
                line,
                start: 0,
                end: usize::MAX,
            }),
            found,
            expected,
            fix: "correct the page where it is wrong, or remove the sample".to_owned(),
        });
    };
    if sample.method != operation.method {
        problem(
            sample.line,
            format!("a sample that sends {}", sample.method.as_str()),
            format!("{}, as the page says", operation.method.as_str()),
        );
    }
    if sample.server(&operation.path).is_none() {
        problem(
            sample.url.line,
            "a sample whose URL does not end in the operation's path".to_owned(),
            format!("a URL that ends in {}", operation.path),
        );
    }
    for name in sample.query_names() {
        let known = operation.parameters.iter().any(|parameter| {
            parameter.place == Place::Query && parameter.field.name == name
        }) || operation.security.iter().any(|scheme| {
            matches!(&scheme.kind, crate::page::SecurityKind::ApiKey { place: Place::Query, parameter } if parameter == name)
        });
        if !known {
            problem(
                sample.url.line,
                format!("a sample with the query parameter `{name}`"),
                "query parameters that the page documents".to_owned(),
            );
        }
    }
    let (Some(body), Some(printed)) = (sample.json_object(), &sample.body) else {
        return;
    };
    let Some(request) = &operation.request_body else {
        problem(
            printed.line,
            "a sample with a body".to_owned(),
            "a section ## Request body on the page".to_owned(),
        );
        return;
    };
    let shapes: Vec<&Shape> = request
        .content
        .iter()
        .map(|media| &media.schema.shape)
        .collect();
    if !shapes
        .iter()
        .all(|shape| matches!(shape, Shape::Object(fields) if !fields.is_empty()))
    {
        return;
    }
    for key in body.keys() {
        let known = shapes.iter().any(|shape| {
            matches!(shape, Shape::Object(fields) if fields.iter().any(|field| field.name == *key))
        });
        if !known {
            problem(
                printed.line,
                format!("a sample whose body has the field `{key}`"),
                "fields that the page documents under ## Request body".to_owned(),
            );
        }
    }
}

fn take(
    cursor: &Cursor<'_, '_>,
    sample: &Sample,
    operation: &mut Operation,
    names_server: bool,
    names_security: bool,
) {
    if !names_server
        && let Some(url) = sample.server(&operation.path)
        && !operation.servers.iter().any(|server| server.url == url)
    {
        operation.servers.push(Server {
            url,
            description: None,
            source: cursor.source(sample.url.line),
        });
    }
    if !names_security
        && let Some(mut scheme) = sample.security()
        && !operation
            .security
            .iter()
            .any(|known| known.name == scheme.name)
    {
        scheme.source.origin.clone_from(&cursor.origin);
        operation.security.push(scheme);
    }
}
