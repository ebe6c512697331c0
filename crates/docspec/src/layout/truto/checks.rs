//! What the parts of a page must agree on: the path with its parameters, the sample with everything.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use super::report::{Problem, Report};
use crate::layout::path_template;
use crate::page::{Field, Method, Parameter, Place, Server, Shape};
use crate::sample::{Printed, Sample};

/// The placeholders of the path and the path parameters are the same names.
pub(super) fn path_parameters(
    path: &str,
    line: usize,
    parameters: &[Parameter],
    report: &mut Report<'_>,
) {
    let in_order = path_template::placeholders(path);
    let placeholders: HashSet<&str> = in_order.iter().copied().collect();
    let documented = names(parameters, Place::Path);
    for placeholder in in_order {
        if !documented.contains(placeholder) {
            report.part(
                line,
                placeholder,
                Problem {
                    rule: "path-parameter",
                    found: "a placeholder that no path parameter describes".to_owned(),
                    expected: format!("the field `{placeholder}` among the path parameters"),
                    fix: "copy the page again, with its section of path parameters",
                },
            );
        }
    }
    for parameter in parameters
        .iter()
        .filter(|parameter| parameter.place == Place::Path)
    {
        if !placeholders.contains(parameter.field.name.as_str()) {
            report.line(
                parameter.field.source.line,
                Problem {
                    rule: "path-parameter",
                    found: "a path parameter that the path does not have".to_owned(),
                    expected: format!("`{{{}}}` in the path", parameter.field.name),
                    fix: "correct the path or the name as the vendor's page has it",
                },
            );
        }
    }
}

fn names(parameters: &[Parameter], place: Place) -> HashSet<&str> {
    parameters
        .iter()
        .filter(|parameter| parameter.place == place)
        .map(|parameter| parameter.field.name.as_str())
        .collect()
}

/// The sample calls the operation that the page documents; gives the server that it names.
pub(super) fn endpoint(
    sample: &Sample,
    method: Method,
    path: &str,
    line: usize,
    report: &mut Report<'_>,
) -> Option<Server> {
    if sample.method != method {
        report.part(
            sample.line,
            sample.method.as_str(),
            Problem {
                rule: "sample-disagrees",
                found: format!("a sample that sends {}", sample.method.as_str()),
                expected: format!("{}, as on line {line}", method.as_str()),
                fix: "correct the method as the vendor's page has it, or remove the sample of another operation",
            },
        );
    }
    let server = sample.server(path);
    if server.is_none() {
        report.line(
            sample.url.line,
            Problem {
                rule: "sample-disagrees",
                found: "a sample that calls another path".to_owned(),
                expected: format!("a URL that ends in {path}, as on line {line}"),
                fix: "correct the path as the vendor's page has it, or remove the sample of another operation",
            },
        );
    }
    server.map(|url| super::server(url, sample.url.line))
}

/// The sample sends no query parameter that the page does not describe.
pub(super) fn query(sample: &Sample, parameters: &[Parameter], report: &mut Report<'_>) {
    let documented = names(parameters, Place::Query);
    for name in sample.query_names() {
        if !documented.contains(name) {
            report.part(
                sample.url.line,
                name,
                Problem {
                    rule: "sample-disagrees",
                    found: format!("a sample that sends the query parameter `{name}`"),
                    expected: "one of the query parameters that the page describes".to_owned(),
                    fix: "copy the page again, with its section of query parameters",
                },
            );
        }
    }
}

/// The keys of the sample's body are the fields of the request that have a type.
pub(super) fn body(sample: &Sample, request: Option<&[Field]>, report: &mut Report<'_>) {
    let (printed, request) = match (&sample.body, request) {
        (None, None) => return,
        (Some(printed), None) => {
            report.line(
                printed.line,
                Problem {
                    rule: "sample-disagrees",
                    found: "a sample with a body".to_owned(),
                    expected: "the heading `Request Body` with its fields above".to_owned(),
                    fix: "copy the page again, with its section about the request",
                },
            );
            return;
        }
        (None, Some(_)) => {
            report.line(
                sample.line,
                Problem {
                    rule: "sample-disagrees",
                    found: "a sample without a body".to_owned(),
                    expected: "the fields of the request in its data".to_owned(),
                    fix: "copy the page again, with the whole sample",
                },
            );
            return;
        }
        (Some(printed), Some(request)) => (printed, request),
    };
    let Some(object) = sample.json_object() else {
        report.line(
            printed.line,
            Problem {
                rule: "sample-disagrees",
                found: "a sample whose body is no JSON object".to_owned(),
                expected: "JSON with the fields of the request".to_owned(),
                fix: "copy the page again, with the whole sample",
            },
        );
        return;
    };
    let lines = lines_of_keys(printed);
    let line_of = |key: &str| lines.get(key).copied().unwrap_or(printed.line);
    let fields: HashMap<&str, &Field> = request
        .iter()
        .map(|field| (field.name.as_str(), field))
        .collect();
    let mut unseen: HashSet<&str> = request
        .iter()
        .filter(|field| field.schema.shape != Shape::Any)
        .map(|field| field.name.as_str())
        .collect();
    for (key, value) in &object {
        let Some(field) = fields.get(key.as_str()) else {
            report.line(
                line_of(key),
                Problem {
                    rule: "sample-disagrees",
                    found: format!("a sample that sends `{key}`"),
                    expected: "one of the fields that the page describes for the request".to_owned(),
                    fix: "copy the page again: the field's own lines are missing, or stand inside another field",
                },
            );
            continue;
        };
        unseen.remove(key.as_str());
        if !can_be(value, field) {
            report.line(
                line_of(key),
                Problem {
                    rule: "sample-disagrees",
                    found: format!("a sample value of another type than `{key}`"),
                    expected: format!("the type that line {} gives", field.source.line),
                    fix: "correct the type as the vendor's page has it",
                },
            );
        }
    }
    for field in request {
        if unseen.contains(field.name.as_str()) {
            report.line(
                field.source.line,
                Problem {
                    rule: "sample-disagrees",
                    found: format!("the field `{}`, which the sample does not send", field.name),
                    expected: "the sample to send every field of the request that has a type"
                        .to_owned(),
                    fix: "copy the page again; if the field belongs to the object above it, write the number of that object's fields below its type, as `2 properties`",
                },
            );
        }
    }
}

/// On which line of the body each key stands, the first time, where it stands first on its line.
fn lines_of_keys(printed: &Printed) -> HashMap<&str, usize> {
    let mut lines = HashMap::new();
    for (offset, line) in printed.text.lines().enumerate() {
        if let Some((key, _)) = line
            .trim_start()
            .strip_prefix('"')
            .and_then(|rest| rest.split_once('"'))
        {
            lines.entry(key).or_insert(printed.line + offset);
        }
    }
    lines
}

/// Whether the value can stand for the field. Text stands for anything: samples print placeholders.
fn can_be(value: &Value, field: &Field) -> bool {
    match value {
        Value::Array(_) => matches!(
            field.schema.shape,
            Shape::Array(_) | Shape::Any | Shape::OneOf(_)
        ),
        Value::Object(_) => matches!(
            field.schema.shape,
            Shape::Object(_) | Shape::Map(_) | Shape::Any | Shape::OneOf(_)
        ),
        Value::Bool(_) => matches!(
            field.schema.shape,
            Shape::Boolean | Shape::Any | Shape::OneOf(_)
        ),
        Value::Number(_) => matches!(
            field.schema.shape,
            Shape::Number | Shape::Integer | Shape::Any | Shape::OneOf(_)
        ),
        Value::Null | Value::String(_) => true,
    }
}
