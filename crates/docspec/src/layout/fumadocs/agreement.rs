//! Whether the sample call says what the page says.

use serde_json::Value;

use super::super::findings::{Advice, Findings};
use crate::diagnostic::Span;
use crate::page::{Operation, Place, Shape};
use crate::sample::Sample;

/// Adds a finding for everything in which the sample disagrees with the operation.
pub(super) fn check(
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
            "a section `Request Body`, or no body".to_owned(),
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
    for key in sent.keys() {
        if !fields.is_empty() && !fields.iter().any(|field| field.name == *key) {
            disagree(
                "sample-key",
                printed.line,
                format!("a sample that sends `{key}`"),
                "a key that the page documents below `Request Body`".to_owned(),
            );
        }
    }
}
