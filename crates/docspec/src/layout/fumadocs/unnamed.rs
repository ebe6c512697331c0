//! Fields that stand below no heading: some captures lose the headings between the authentication and the answers.

use super::super::findings::{Advice, Findings, Line};
use super::super::operation_line::parameter;
use super::super::path_template;
use super::call::Call;
use super::field_line::{self, Marks};
use super::fields;
use super::panel::Panel;
use crate::page::{Field, Media, Method, Operation, Place, RequestBody, Schema, Shape, Source};

const NO_HEADING: &str = "the page prints no heading above it: ";

/// Adds the fields to the operation where the path, the method and the sample tell their places.
pub(super) fn read(
    first: Line<'_>,
    lines: &[Line<'_>],
    marks: Marks,
    panel: &Panel,
    call: &Call,
    operation: &mut Operation,
    findings: &mut Findings<'_>,
) {
    let start = (0..lines.len())
        .find(|index| field_line::read(&lines[*index..], marks).is_some())
        .unwrap_or(lines.len());
    let prose: Vec<&str> = lines[..start].iter().map(|line| line.text).collect();
    let prose = (!prose.is_empty()).then(|| prose.join("\n\n"));
    let Shape::Object(fields) = fields::read(&lines[start..], marks, None, findings) else {
        report(first, findings);
        return;
    };
    let placeholders = path_template::placeholders(&call.path);
    let (in_path, rest): (Vec<Field>, Vec<Field>) = fields
        .into_iter()
        .partition(|field| placeholders.contains(&field.name.as_str()));
    operation.parameters.extend(
        in_path
            .into_iter()
            .map(|field| parameter(Place::Path, field)),
    );
    if rest.is_empty() {
        return;
    }
    let sample = panel.sample.as_ref();
    let sends_body = panel
        .body
        .as_ref()
        .is_some_and(serde_json::Value::is_object);
    let sends_query = sample.is_some_and(|sample| !sample.query_names().is_empty());
    let sends_neither = matches!(call.method, Method::Get | Method::Head)
        || call.method == Method::Delete && sample.is_some_and(|sample| sample.body.is_none());
    if sends_body && !sends_query && operation.request_body.is_none() {
        let media_type = sample.and_then(|sample| sample.media_type());
        operation.request_body = Some(RequestBody {
            required: rest.iter().any(|field| field.required),
            description: prose,
            content: vec![Media {
                media_type: media_type.unwrap_or("application/json").to_owned(),
                schema: Schema::new(Shape::Object(rest)),
                example: panel.body.clone(),
            }],
            assumed: Some(format!(
                "{NO_HEADING}taken for the body that the sample sends"
            )),
            source: Source {
                line: first.number,
                origin: None,
            },
        });
    } else if sends_neither && !sends_body {
        let query = rest.into_iter().map(|mut field| {
            field.assumed = Some(format!(
                "{NO_HEADING}taken for a query parameter, since the operation sends no body"
            ));
            parameter(Place::Query, field)
        });
        operation.parameters.extend(query);
        let description = operation.description.take().into_iter().chain(prose);
        operation.description = description.reduce(|above, below| above + "\n\n" + &below);
    } else {
        report(first, findings);
    }
}

fn report(first: Line<'_>, findings: &mut Findings<'_>) {
    findings.add(
        "missing-heading",
        Some(first.span()),
        "fields below no heading, and no sample that tells where they go",
        Advice::new(
            "`Request Body`, `Query Parameters` or another heading above the fields",
            "add the heading that the page shows above this line, and the media type below `Request Body`",
        ),
    );
}
