//! The answers of a Fumadocs page: what stands below `Response Body`, and the examples behind the sample.
//!
//! Copying a page loses the statuses as a rule, since they are buttons. What is left is a media type for each
//! answer that has a body, and an example, or the word `Empty`, for each answer: their numbers must agree.

use super::super::example::Example;
use super::super::findings::{Advice, Findings, Line};
use super::super::status::is_status;
use super::field_line::{self, Marks};
use super::{fields, tabs};
use crate::page::{Media, Response, ResponseWithoutStatus, Schema, Shape, Source};

const NO_STATUS: &str = "the page states no status";
const NO_MEDIA_TYPE: &str = "the page names no media type";

/// What was read below the heading about one answer.
struct Described<'t> {
    line: Line<'t>,
    status: Option<&'t str>,
    media_type: Option<&'t str>,
    prose: Vec<&'t str>,
    schema: Option<Schema>,
}

/// Joins what the section says with the examples; without them when they could not be read.
pub(super) fn read(
    heading: Line<'_>,
    lines: &[Line<'_>],
    marks: Marks,
    examples: Option<Vec<Example>>,
    findings: &mut Findings<'_>,
) -> (Vec<Response>, Vec<ResponseWithoutStatus>) {
    let (tabs, lines) = tabs::take(lines);
    let described = describe(lines, marks, findings);
    let Some(mut examples) = examples else {
        return (Vec::new(), Vec::new());
    };
    if !tabs.is_empty() && !tabs::name(heading, &tabs, &mut examples, findings) {
        return (Vec::new(), Vec::new());
    }
    let stated = described.iter().any(|answer| answer.status.is_some());
    if examples.is_empty() {
        findings.add(
            "cut-off",
            Some(heading.span()),
            "a page that ends before its example answers",
            Advice::new(
                "an example of each answer, or the word `Empty`, behind the sample: this layout prints them last",
                "capture the whole page, down to its end",
            ),
        );
        return (Vec::new(), Vec::new());
    }
    if stated {
        let responses = with_statuses(heading, described, examples, findings);
        return (responses, Vec::new());
    }
    without_statuses(heading, described, examples, findings)
}

fn describe<'t>(
    lines: &[Line<'t>],
    marks: Marks,
    findings: &mut Findings<'_>,
) -> Vec<Described<'t>> {
    let mut answers: Vec<Described<'t>> = Vec::new();
    let mut index = 0;
    while let Some(&line) = lines.get(index) {
        let (status, media_type) = start_of_answer(line.text);
        let starts_answer = status.is_some() || media_type.is_some();
        if !starts_answer && field_line::read(&lines[index..], marks).is_some() {
            let end = (index + 1..lines.len())
                .find(|end| start_of_answer(lines[*end].text) != (None, None))
                .unwrap_or(lines.len());
            let shape = fields::read(&lines[index..end], marks, None, findings);
            match answers.last_mut() {
                Some(answer) => answer.schema = Some(Schema::new(shape)),
                None => findings.unknown_line(line, "a status or a media type"),
            }
            index = end;
            continue;
        }
        index += 1;
        if !starts_answer {
            match answers.last_mut() {
                _ if super::is_site_chrome(line.text) => {}
                Some(answer) => answer.prose.push(line.text),
                None => findings.unknown_line(line, "a status or a media type"),
            }
            continue;
        }
        match answers.last_mut() {
            Some(answer)
                if status.is_none() && answer.status.is_some() && answer.media_type.is_none() =>
            {
                answer.media_type = media_type;
            }
            _ => answers.push(Described {
                line,
                status,
                media_type,
                prose: Vec::new(),
                schema: None,
            }),
        }
    }
    answers
}

/// The status and the media type with which an answer starts, on one line or alone.
fn start_of_answer(text: &str) -> (Option<&str>, Option<&str>) {
    if is_status(text) {
        return (Some(text), None);
    }
    if super::is_media_type(text) {
        return match text.split_at_checked(3) {
            Some((status, media_type)) if is_status(status) => {
                (Some(status), Some(media_type.trim_start()))
            }
            _ => (None, Some(text)),
        };
    }
    (None, None)
}

fn with_statuses(
    heading: Line<'_>,
    described: Vec<Described<'_>>,
    examples: Vec<Example>,
    findings: &mut Findings<'_>,
) -> Vec<Response> {
    if !examples.is_empty() && examples.len() != described.len() {
        count_disagrees(
            heading,
            described.len(),
            "statuses",
            examples.len(),
            findings,
        );
        return Vec::new();
    }
    let mut examples = examples.into_iter();
    let mut responses: Vec<Response> = Vec::with_capacity(described.len());
    for answer in described {
        let example = examples.next();
        let Some(status) = answer.status else {
            findings.unknown_line(answer.line, "a status above every media type");
            continue;
        };
        if let Some(tab) = example
            .as_ref()
            .and_then(|example| example.status.as_deref())
            && tab != status
        {
            findings.add(
                "example-status",
                Some(answer.line.span()),
                format!("the status {status}, whose example stands below {tab}"),
                Advice::new(
                    "the examples in the order of the statuses",
                    "put the example below its status in the capture",
                ),
            );
        }
        if let Some(earlier) = responses.iter().find(|earlier| earlier.status == status) {
            findings.add(
                "repeated-status",
                Some(answer.line.span()),
                format!(
                    "the status {status} again, which line {} documents",
                    earlier.source.line
                ),
                Advice::new("each status once", "remove one of them from the capture"),
            );
        }
        responses.push(response(status.to_owned(), None, Some(answer), example));
    }
    responses
}

fn without_statuses(
    heading: Line<'_>,
    described: Vec<Described<'_>>,
    examples: Vec<Example>,
    findings: &mut Findings<'_>,
) -> (Vec<Response>, Vec<ResponseWithoutStatus>) {
    let bodies = examples
        .iter()
        .filter(|example| example.body.is_some())
        .count();
    if !examples.is_empty() && !described.is_empty() && bodies != described.len() {
        count_disagrees(heading, described.len(), "media types", bodies, findings);
        return (Vec::new(), Vec::new());
    }
    let mut described = described.into_iter();
    let mut answers: Vec<(Option<Described<'_>>, Option<Example>)> = examples
        .into_iter()
        .map(|example| {
            let answer = example.body.as_ref().and_then(|_| described.next());
            (answer, Some(example))
        })
        .collect();
    answers.extend(described.map(|answer| (Some(answer), None)));
    let mut responses = Vec::new();
    let mut unknown = Vec::new();
    for (index, (answer, example)) in answers.into_iter().enumerate() {
        let tab = example.as_ref().and_then(|example| example.status.clone());
        match tab {
            Some(status) => responses.push(response(status, None, answer, example)),
            None if index == 0 => {
                let assumed = Some(NO_STATUS.to_owned());
                responses.push(response("200".to_owned(), assumed, answer, example));
            }
            None => unknown.push(nameless(answer.as_ref(), example.as_ref())),
        }
    }
    (responses, unknown)
}

fn response(
    status: String,
    mut assumed: Option<String>,
    answer: Option<Described<'_>>,
    example: Option<Example>,
) -> Response {
    let line = source_line(answer.as_ref(), example.as_ref());
    let body = example.and_then(|example| example.body);
    let (media_type, prose, documented) = match answer {
        Some(answer) => (answer.media_type, answer.prose, answer.schema),
        None => (None, Vec::new(), None),
    };
    let has_body = media_type.is_some() || documented.is_some() || body.is_some();
    if has_body && media_type.is_none() && assumed.is_none() {
        assumed = Some(NO_MEDIA_TYPE.to_owned());
    }
    let content = has_body.then(|| {
        let (example, shown) =
            body.map_or((None, None), |body| (Some(body.value), Some(body.schema)));
        Media {
            media_type: media_type.unwrap_or("application/json").to_owned(),
            schema: documented
                .or(shown)
                .unwrap_or_else(|| Schema::new(Shape::Hidden)),
            example,
        }
    });
    Response {
        status,
        assumed,
        description: (!prose.is_empty()).then(|| prose.join("\n\n")),
        headers: Vec::new(),
        content: content.into_iter().collect(),
        source: Source { line, origin: None },
    }
}

fn source_line(answer: Option<&Described<'_>>, example: Option<&Example>) -> usize {
    answer
        .map(|answer| answer.line.number)
        .or_else(|| example.map(|example| example.line))
        .unwrap_or_default()
}

/// An answer whose status is lost; the keys of its body are all that is known of it.
fn nameless(answer: Option<&Described<'_>>, example: Option<&Example>) -> ResponseWithoutStatus {
    let body = example.and_then(|example| example.body.as_ref());
    let description = match (body, answer.and_then(|answer| answer.media_type)) {
        (None, None) => "an answer without a body".to_owned(),
        (None, Some(media_type)) => format!("an answer of the media type {media_type}"),
        (Some(body), media_type) => {
            let media_type = media_type.unwrap_or("application/json");
            match &body.schema.shape {
                Shape::Object(fields) if !fields.is_empty() => {
                    let keys: Vec<&str> = fields.iter().map(|field| field.name.as_str()).collect();
                    format!(
                        "an answer of the media type {media_type} with {}",
                        keys.join(", ")
                    )
                }
                _ => format!("an answer of the media type {media_type}"),
            }
        }
    };
    ResponseWithoutStatus {
        description,
        source: Source {
            line: example.map_or_else(|| source_line(answer, None), |example| example.line),
            origin: None,
        },
    }
}

pub(super) fn count_disagrees(
    heading: Line<'_>,
    stated: usize,
    what: &str,
    shown: usize,
    findings: &mut Findings<'_>,
) {
    findings.add(
        "example-count",
        Some(heading.span()),
        format!("{stated} {what} and {shown} examples of answers"),
        Advice::new(
            "as many examples as answers",
            "capture the whole page again, down to its end",
        ),
    );
}
