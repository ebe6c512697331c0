//! Whether the sample call of a capture says what the page says.

use serde_json::{Map, Value};

use super::findings::{Advice, Findings};
use crate::diagnostic::Span;
use crate::page::{Field, Operation, Place, Shape};
use crate::sample::Sample;

/// Adds a finding for everything in which the sample disagrees with the operation.
pub(in crate::layout) fn check(
    sample: &Sample,
    body: Option<&Value>,
    operation: &Operation,
    findings: &mut Findings<'_>,
) {
    let mut disagree = |rule, line: usize, found: String, expected: String| {
        let span = Span {
            line,
            start: 0,
            end: usize::MAX,
        };
        findings.add(
            rule,
            Some(span),
            found,
            Advice::new(
                expected,
                "find out which of the two is right, and correct the other in the capture",
            ),
        );
    };
    if sample.method != operation.method {
        disagree(
            "sample-method",
            sample.line,
            format!("a sample that calls {}", sample.method.as_str()),
            format!("{}, as the page says", operation.method.as_str()),
        );
    }
    for name in sample.query_names() {
        let documented = operation
            .parameters
            .iter()
            .any(|parameter| parameter.place == Place::Query && parameter.field.name == name);
        if !documented {
            disagree(
                "sample-query",
                sample.url.line,
                format!("a sample with the query parameter `{name}`"),
                "a query parameter that the page documents".to_owned(),
            );
        }
    }
    let Some(printed) = &sample.body else { return };
    let Some(request) = &operation.request_body else {
        disagree(
            "sample-body",
            printed.line,
            "a sample with a body".to_owned(),
            "a section about the body, or a sample without one".to_owned(),
        );
        return;
    };
    let Some(media) = request.content.first() else {
        return;
    };
    if let Some(sent) = sample.media_type()
        && request.content.iter().all(|media| media.media_type != sent)
    {
        disagree(
            "sample-media-type",
            sample.line,
            format!("a sample that sends {sent}"),
            format!("{}, as the page says", media.media_type),
        );
    }
    let (Some(Value::Object(sent)), Shape::Object(fields)) = (body, &media.schema.shape) else {
        return;
    };
    for (field, object) in misplaced(sent, fields) {
        disagree(
            "sample-nesting",
            field.source.line,
            format!(
                "the field `{}`, which the sample sends inside `{object}`",
                field.name
            ),
            format!(
                "`{0}` indented below `{object}`, or sent beside it",
                field.name
            ),
        );
    }
    for key in sent.keys() {
        if !fields.is_empty() && !fields.iter().any(|field| field.name == *key) {
            disagree(
                "sample-key",
                printed.line,
                format!("a sample that sends `{key}`"),
                "a key that the page documents as a field of the body".to_owned(),
            );
        }
    }
}

/// The fields that the sample sends inside the object of the nearest object field above them, and not beside it: the
/// capture lost their indentation.
fn misplaced<'f>(sent: &Map<String, Value>, fields: &'f [Field]) -> Vec<(&'f Field, &'f str)> {
    let mut found = Vec::new();
    let mut object: Option<(&'f str, &Map<String, Value>)> = None;
    for field in fields {
        let value = match sent.get(&field.name) {
            Some(Value::Array(items)) => items.first(),
            other => other,
        };
        match value {
            Some(Value::Object(inside)) => object = Some((field.name.as_str(), inside)),
            Some(_) => object = None,
            None if sent.contains_key(&field.name) => object = None,
            None => {
                if let Some((name, inside)) = object
                    && inside.contains_key(&field.name)
                {
                    found.push((field, name));
                }
            }
        }
    }
    found
}
