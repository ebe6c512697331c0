//! The answers that a Theneo page documents: a status, a type, a meaning and the attributes, one after the other.

use super::super::Context;
use super::super::findings::{Advice, Findings, Line};
use super::super::status::is_status;
use super::fields;
use crate::page::{Media, Response, Schema, Shape, Source};

/// The heading above the fields of an answer.
pub(super) const ATTRIBUTES: &str = "Response Attributes";

const NO_MEDIA_TYPE: &str = "the page names no media type";
const NO_STATUS: &str = "the page states no status";
const NO_RESPONSE: &str = "the page documents no response";

/// Reads the lines between the heading `Response` and the end of the documentation.
pub(super) fn read(
    lines: &[Line<'_>],
    context: Context<'_>,
    findings: &mut Findings<'_>,
) -> Vec<Response> {
    let starts: Vec<usize> = (0..lines.len())
        .filter(|index| is_start(&lines[*index..]))
        .collect();
    let first = starts.first().copied().unwrap_or(lines.len());
    let mut responses: Vec<Response> = Vec::new();
    if first > 0 {
        responses.push(without_status(&lines[..first], context, findings));
    }
    for (position, start) in starts.iter().enumerate() {
        let end = starts.get(position + 1).copied().unwrap_or(lines.len());
        let response = one(&lines[*start..end], context, findings);
        if let Some(earlier) = responses
            .iter()
            .find(|earlier| earlier.status == response.status)
        {
            findings.add(
                "repeated-status",
                Some(lines[*start].span()),
                format!(
                    "the status {} again, which line {} documents",
                    earlier.status, earlier.source.line
                ),
                Advice::new("each status once", "remove one of them from the capture"),
            );
        }
        responses.push(response);
    }
    responses
}

/// What an operation answers whose page documents no response at all.
pub(super) fn undocumented(line: Line<'_>) -> Response {
    Response {
        status: "2XX".to_owned(),
        assumed: Some(NO_RESPONSE.to_owned()),
        description: None,
        headers: Vec::new(),
        content: Vec::new(),
        source: source(line),
    }
}

/// Whether the lines start with a status; a number inside a list of attributes is none.
fn is_start(lines: &[Line<'_>]) -> bool {
    lines
        .first()
        .is_some_and(|line| status(line.text).is_some())
        && lines.get(1).is_none_or(|next| {
            body_type(next.text).is_some() || next.text == ATTRIBUTES || !next.text.ends_with(':')
        })
}

/// The status that a line holds, with the phrase behind it.
fn status(text: &str) -> Option<(&str, &str)> {
    let (code, phrase) = text.split_once(' ').unwrap_or((text, ""));
    is_status(code).then_some((code, phrase.trim()))
}

fn one(lines: &[Line<'_>], context: Context<'_>, findings: &mut Findings<'_>) -> Response {
    let Some((first, rest)) = lines.split_first() else {
        return unknown(lines);
    };
    let (code, phrase) = status(first.text).unwrap_or((first.text, ""));
    let mut response = answer(*first, code, rest, context, findings);
    if response.description.is_none() && !phrase.is_empty() {
        response.description = Some(phrase.to_owned());
    }
    response
}

fn without_status(
    lines: &[Line<'_>],
    context: Context<'_>,
    findings: &mut Findings<'_>,
) -> Response {
    let Some(first) = lines.first() else {
        return unknown(lines);
    };
    let mut response = answer(*first, "200", lines, context, findings);
    response.assumed = Some(NO_STATUS.to_owned());
    response
}

fn unknown(lines: &[Line<'_>]) -> Response {
    Response {
        status: "default".to_owned(),
        assumed: Some(NO_RESPONSE.to_owned()),
        description: None,
        headers: Vec::new(),
        content: Vec::new(),
        source: Source {
            line: lines.first().map_or(0, |line| line.number),
            origin: None,
        },
    }
}

fn answer(
    at: Line<'_>,
    status: &str,
    lines: &[Line<'_>],
    context: Context<'_>,
    findings: &mut Findings<'_>,
) -> Response {
    let (shape, lines) = match lines.split_first() {
        Some((line, rest)) if body_type(line.text).is_some() => (body_type(line.text), rest),
        _ => (None, lines),
    };
    let attributes = lines
        .iter()
        .position(|line| line.text == ATTRIBUTES)
        .unwrap_or(lines.len());
    let prose: Vec<&str> = lines[..attributes].iter().map(|line| line.text).collect();
    let fields = lines
        .get(attributes + 1..)
        .map(|lines| fields::read(lines, context, findings));
    let schema = match (shape, fields) {
        (None, None) => None,
        (Some(Shape::Array(_)), fields) => {
            let items = fields.map_or(Shape::Any, Shape::Object);
            Some(Schema::new(Shape::Array(Box::new(Schema::new(items)))))
        }
        (Some(shape), None) => Some(Schema::new(shape)),
        (_, Some(fields)) => Some(Schema::new(Shape::Object(fields))),
    };
    Response {
        status: status.to_owned(),
        assumed: schema.is_some().then(|| NO_MEDIA_TYPE.to_owned()),
        description: (!prose.is_empty()).then(|| prose.join("\n\n")),
        headers: Vec::new(),
        content: schema
            .map(|schema| Media {
                media_type: "application/json".to_owned(),
                schema,
                example: None,
            })
            .into_iter()
            .collect(),
        source: source(at),
    }
}

/// The type of a body, printed in a word of its own.
fn body_type(text: &str) -> Option<Shape> {
    Some(match text {
        "Object" => Shape::Object(Vec::new()),
        "Array" => Shape::Array(Box::new(Schema::new(Shape::Any))),
        "String" => Shape::String,
        "Integer" => Shape::Integer,
        "Number" => Shape::Number,
        "Boolean" => Shape::Boolean,
        _ => return None,
    })
}

fn source(line: Line<'_>) -> Source {
    Source {
        line: line.number,
        origin: None,
    }
}
