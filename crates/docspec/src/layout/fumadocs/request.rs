//! The request body of a Fumadocs page.

use serde_json::Value;

use super::super::example::shown_type;
use super::super::findings::{Advice, Findings, Line};
use super::field_line::{self, Marks};
use super::panel::Panel;
use super::{fields, is_media_type, is_site_chrome};
use crate::page::{Media, RequestBody, Schema, Shape, Source};

/// Reads the section `Request Body`.
pub(super) fn read(
    heading: Line<'_>,
    lines: &[Line<'_>],
    marks: Marks,
    panel: &Panel,
    findings: &mut Findings<'_>,
) -> Option<RequestBody> {
    let mut media_type = None;
    let mut required = None;
    let mut prose = Vec::new();
    let mut index = 0;
    let mut list = false;
    while let Some(line) = lines.get(index) {
        if field_line::read(&lines[index..], marks).is_some() {
            break;
        }
        index += 1;
        match line.text {
            "Required" => required = Some(true),
            "Optional" => required = Some(false),
            "Array Item" => list = true,
            text if is_media_type(text) && media_type.is_none() => media_type = Some(text),
            text if is_site_chrome(text) => {}
            text => prose.push(text),
        }
    }
    let Some(media_type) = media_type else {
        findings.add(
            "missing-media-type",
            Some(heading.span()),
            "a request body without its media type",
            Advice::new(
                "a line such as `application/json` below the heading",
                "complete the section in the capture",
            ),
        );
        return None;
    };
    let mut assumed = None;
    let shape = if index < lines.len() {
        fields::read(&lines[index..], marks, None, findings)
    } else if let (Some(Value::Object(shown)), false) = (&panel.body, list)
        && !shown.is_empty()
    {
        assumed = Some("the page shows no fields: they are the sample's".to_owned());
        let mut keys = std::iter::repeat(panel.sample.as_ref().map_or(0, |sample| sample.line));
        shown_type::schema_of(&Value::Object(shown.clone()), &mut keys).shape
    } else {
        Shape::Hidden
    };
    let fields_required =
        matches!(&shape, Shape::Object(fields) if fields.iter().any(|field| field.required));
    let shape = if list {
        Shape::Array(Box::new(Schema::new(shape)))
    } else {
        shape
    };
    Some(RequestBody {
        required: required.unwrap_or(fields_required),
        description: (!prose.is_empty()).then(|| prose.join("\n\n")),
        content: vec![Media {
            media_type: media_type.to_owned(),
            schema: Schema::new(shape),
            example: panel.body.clone(),
        }],
        assumed,
        source: Source {
            line: heading.number,
            origin: None,
        },
    })
}
