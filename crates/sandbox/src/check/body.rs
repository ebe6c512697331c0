//! The body of a request.

use super::{Checked, Problem};
use crate::document::{is_form, is_json, schema::errors};
use axum::body::Bytes;
use http::HeaderMap;
use http::header::CONTENT_TYPE;
use serde_json::Value;

use crate::document::BodyTerms;

/// How many problems of one body are told.
const MOST: usize = 10;

pub(super) fn check(
    document: &Value,
    terms: &BodyTerms,
    headers: &HeaderMap,
    text: &Bytes,
    checked: &mut Checked,
) {
    let media_type = headers
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let is_form = is_form(media_type);
    // A form without fields is written as nothing.
    if text.is_empty() && !is_form {
        if terms.is_required {
            checked
                .problems
                .push(Problem::of_body("", "required, and not there"));
        }
        return;
    }
    let Some(content) = terms.content(media_type) else {
        let known: Vec<&str> = terms
            .contents
            .iter()
            .map(|content| content.media_type.as_str())
            .collect();
        let known = known.join("` or `");
        let problem = Problem::of_body("", format!("the header content-type has to say `{known}`"));
        checked.problems.push(problem);
        return;
    };
    if is_form {
        let form = super::Query::read(&String::from_utf8_lossy(text));
        checked.body = form.object(document, &content.schema);
        let errors = errors(&content.validator, &checked.body).take(MOST);
        checked.problems.extend(errors.map(|error| {
            Problem::of_body(
                &error.instance_path().to_string(),
                error.masked().to_string(),
            )
        }));
        return;
    }
    if !is_json(media_type) {
        return;
    }
    match serde_json::from_slice(text) {
        Ok(body) => checked.body = body,
        Err(error) => {
            let place = format!("line {}, column {}", error.line(), error.column());
            checked
                .problems
                .push(Problem::of_body("", format!("not JSON at {place}")));
            return;
        }
    }
    if content.validator.is_valid(&checked.body) {
        return;
    }
    let without_nulls = match &checked.body {
        Value::Object(fields) if terms.null_clears => {
            let there = fields.iter().filter(|(_, value)| !value.is_null());
            Value::Object(
                there
                    .map(|(name, value)| (name.clone(), value.clone()))
                    .collect(),
            )
        }
        body => body.clone(),
    };
    for error in errors(&content.validator, &without_nulls).take(MOST) {
        let pointer = error.instance_path().to_string();
        checked
            .problems
            .push(Problem::of_body(&pointer, error.masked().to_string()));
    }
}
