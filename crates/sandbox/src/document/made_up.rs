//! Answers of operations where no records are kept: made up from what the document says of them.

use super::schema::{Schemas, type_of};
use super::{Operation, is_json, media_type::is_json_lines, resolved};
use crate::answer::Answer;
use crate::sample::{self, Extent, Way};
use bytes::Bytes;
use serde_json::Value;

/// Gives each operation its answer.
pub(super) fn answers(document: &Value, schemas: &Schemas<'_>, operations: &mut [Operation]) {
    for operation in operations {
        let item = resolved(document, &document["paths"][&operation.path]);
        let source = &item[operation.method.to_ascii_lowercase()];
        operation.made_up = Some(answer(document, schemas, &source["responses"]));
    }
}

fn answer(document: &Value, schemas: &Schemas<'_>, responses: &Value) -> Answer {
    let Some((status, response)) = success(responses) else {
        return Answer::json(200, Bytes::new());
    };
    let response = resolved(document, response);
    let contents = response["content"].as_object().into_iter().flatten();
    let Some((media_type, content)) = contents.min_by_key(|(media_type, _)| !is_json(media_type))
    else {
        return Answer::json(status, Bytes::new());
    };
    let any = Value::Bool(true);
    let schema = Some(&content["schema"]).filter(|schema| !schema.is_null());
    let made = || {
        let schema = schema.unwrap_or(&any);
        let validator = schemas.validator(schema).ok();
        let made = validator.and_then(|validator| {
            [Extent::Most, Extent::Least]
                .into_iter()
                .find_map(|extent| sample::value(document, schema, &validator, extent, Way::Answer))
        });
        made.unwrap_or_else(|| crate::instance::of(document, schema))
    };
    let is_text = || schema.is_some_and(|schema| type_of(document, schema) == Some("string"));
    let body = if is_json(media_type) {
        made().to_string().into()
    } else if is_json_lines(media_type) {
        format!("{}\n", made()).into()
    } else if is_text()
        && let Value::String(text) = made()
    {
        text.into()
    } else {
        Bytes::from_static(b"sample")
    };
    let mut answer = Answer::json(status, body);
    let concrete = match media_type.as_str() {
        "*/*" | "application/*" => "application/json",
        "text/*" => "text/plain",
        other => other,
    };
    answer.media_type = concrete.replace("/*", "/octet-stream").into();
    answer
}

/// The answer of a request that succeeds: the first success, or else whatever is documented for all, or a redirect.
fn success(responses: &Value) -> Option<(u16, &Value)> {
    let responses = responses.as_object()?;
    let of_class = |class: u16| {
        let mut found: Vec<(u16, &Value)> = responses
            .iter()
            .filter_map(|(status, response)| Some((status.parse().ok()?, response)))
            .filter(|(status, _)| status / 100 == class)
            .collect();
        found.sort_by_key(|(status, _)| *status);
        let range = [format!("{class}XX"), format!("{class}xx")];
        let range = range.iter().find_map(|range| responses.get(range));
        found
            .first()
            .copied()
            .or_else(|| range.map(|response| (class * 100, response)))
    };
    of_class(2)
        .or_else(|| responses.get("default").map(|response| (200, response)))
        .or_else(|| of_class(3))
        .or_else(|| of_class(4))
}
