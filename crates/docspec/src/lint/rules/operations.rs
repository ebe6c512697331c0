//! Operations as wholes: what they are called, where they are, how they page.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::lint::report::{Doubt, Report};
use crate::lint::rule::{Level, Rule};
use crate::lint::survey::{Kind, Operation, Survey};

pub(super) const RULES: &[Rule] = &[
    Rule {
        name: "duplicate-summary",
        level: Level::Warning,
        summary: "two operations with the same summary",
        why: "The summary is what a reader of the client's documentation chooses by. A page that was copied to start \
              another one often keeps the title of the first.",
        check: duplicate_summary,
    },
    Rule {
        name: "body-of-reading",
        level: Level::Warning,
        summary: "a GET, HEAD or DELETE that takes a body",
        why: "HTTP gives such a body no meaning, and proxies drop it.",
        check: body_of_reading,
    },
    Rule {
        name: "trailing-slash",
        level: Level::Warning,
        summary: "a path that ends in a slash",
        why: "Most servers take `/a` and `/a/` for two things, and one of them answers with a redirect, which the \
              client does not follow.",
        check: trailing_slash,
    },
    Rule {
        name: "ambiguous-paths",
        level: Level::Warning,
        summary: "two paths of which a request could mean either",
        why: "In `/a/{x}` beside `/{y}/b`, a request to `/a/b` fits both, and which one answers is left to the server.",
        check: ambiguous_paths,
    },
    Rule {
        name: "pagination-undocumented",
        level: Level::Note,
        summary: "a listing with a cursor or a page number, and no word about how to go on",
        why: "Without `## Pagination` the client gives one page and no way to the next.",
        check: pagination_undocumented,
    },
    Rule {
        name: "pagination-misses",
        level: Level::Error,
        summary: "pagination that names a parameter or a field that is not there",
        why: "The client would ask for the first page for ever, or stop after it.",
        check: pagination_misses,
    },
];

fn duplicate_summary(survey: &Survey<'_>, report: &mut Report) {
    let mut first: BTreeMap<String, String> = BTreeMap::new();
    for operation in &survey.operations {
        let node = &survey.nodes[operation.node];
        let Some(summary) = node.text("summary") else {
            continue;
        };
        let key = summary.trim().to_lowercase();
        if let Some(other) = first.get(&key) {
            report.add(Doubt::new(
                node.place(),
                format!("{} has the summary of {other}", operation.name()),
                "a summary of its own for each operation",
                "say what tells the two apart",
            ));
        } else {
            first.insert(key, operation.name());
        }
    }
}

fn body_of_reading(survey: &Survey<'_>, report: &mut Report) {
    for operation in &survey.operations {
        let is_reading = matches!(operation.method.as_str(), "GET" | "HEAD" | "DELETE");
        if is_reading && survey.below(operation.node, "/requestBody").is_some() {
            report.add(Doubt::new(
                survey.nodes[operation.node].place(),
                format!("{} takes a body", operation.name()),
                "a body with POST, PUT or PATCH only",
                "check the method; accept it when the API is like that",
            ));
        }
    }
}

fn trailing_slash(survey: &Survey<'_>, report: &mut Report) {
    for operation in &survey.operations {
        if operation.path.len() > 1 && operation.path.ends_with('/') {
            report.add(Doubt::new(
                survey.nodes[operation.node].place(),
                format!("the path `{}` ends in a slash", operation.path),
                "a path without it",
                "remove the slash; accept it when the API is like that",
            ));
        }
    }
}

fn ambiguous_paths(survey: &Survey<'_>, report: &mut Report) {
    for (index, one) in survey.operations.iter().enumerate() {
        for other in &survey.operations[index + 1..] {
            if one.method == other.method && are_ambiguous(one.path, other.path) {
                report.add(Doubt::new(
                    survey.nodes[other.node].place(),
                    format!(
                        "a request can mean both `{}` and `{}`",
                        one.path, other.path
                    ),
                    "paths of which one is plainly the closer",
                    "correct the paths; accept it when the API is like that",
                ));
            }
        }
    }
}

/// Whether two templates fit one request and neither is closer in every segment.
fn are_ambiguous(one: &str, other: &str) -> bool {
    let (ones, others): (Vec<&str>, Vec<&str>) =
        (one.split('/').collect(), other.split('/').collect());
    if ones.len() != others.len() {
        return false;
    }
    let (mut closer, mut farther) = (false, false);
    for (one, other) in ones.iter().zip(&others) {
        match (one.starts_with('{'), other.starts_with('{')) {
            (false, false) if one != other => return false,
            (false, true) => closer = true,
            (true, false) => farther = true,
            _ => {}
        }
    }
    closer && farther
}

/// The names, in lower case without joints, of parameters that ask for another page.
const PAGING: [&str; 9] = [
    "cursor",
    "nextcursor",
    "page",
    "pagenumber",
    "pagetoken",
    "nextpagetoken",
    "offset",
    "skip",
    "startingafter",
];

fn pagination_undocumented(survey: &Survey<'_>, report: &mut Report) {
    for operation in survey
        .operations
        .iter()
        .filter(|operation| operation.method == "GET")
    {
        let node = &survey.nodes[operation.node];
        let pages = operation.parameters.iter().any(|parameter| {
            let name = survey.nodes[*parameter].text("name").unwrap_or_default();
            let name: String = name.to_lowercase().replace(['_', '-'], "");
            PAGING.contains(&name.as_str())
        });
        let lists = operation
            .answer()
            .is_some_and(|answer| is_listing(survey, answer));
        if pages && lists && node.value.get("x-pagination").is_none() {
            report.add(Doubt::new(
                node.place(),
                format!("{} lists and does not say how to go on", operation.name()),
                "how the answer is paged",
                "add the section `## Pagination` to the page",
            ));
        }
    }
}

fn is_listing(survey: &Survey<'_>, answer: usize) -> bool {
    let is_list = |schema: usize| matches!(survey.kind(schema), Kind::Array(_));
    is_list(answer)
        || survey
            .own_fields(answer)
            .iter()
            .any(|field| is_list(field.node))
}

fn pagination_misses(survey: &Survey<'_>, report: &mut Report) {
    for operation in &survey.operations {
        let node = &survey.nodes[operation.node];
        let Some(pagination) = node.value.get("x-pagination") else {
            continue;
        };
        let said = |key: &str| pagination.get(key).and_then(Value::as_str);
        let mut misses: Vec<String> = Vec::new();
        for key in ["parameter", "limit"] {
            if let Some(name) = said(key)
                && !has_parameter(survey, operation, name)
            {
                misses.push(format!("the parameter `{name}`"));
            }
        }
        for key in ["next", "items", "totalPages", "partial"] {
            if let Some(pointer) = said(key)
                && let Some(answer) = operation.answer()
                && !has_field(survey, answer, pointer)
            {
                misses.push(format!("the field `{pointer}` of the answer"));
            }
        }
        for missed in misses {
            report.add(Doubt::new(
                node.place(),
                format!(
                    "the pagination of {} names {missed}, which is not there",
                    operation.name()
                ),
                "a query parameter, or a field of the answer",
                "correct the line below `## Pagination`",
            ));
        }
    }
}

fn has_parameter(survey: &Survey<'_>, operation: &Operation<'_>, name: &str) -> bool {
    operation
        .parameters
        .iter()
        .any(|parameter| survey.nodes[*parameter].text("name") == Some(name))
}

/// Whether an answer has a field at a pointer. What is any JSON may have it.
fn has_field(survey: &Survey<'_>, answer: usize, pointer: &str) -> bool {
    let mut schema = answer;
    for name in pointer.split('/').skip(1) {
        if survey.kind(schema) == Kind::Any {
            return true;
        }
        let fields = survey.own_fields(schema);
        if fields.is_empty() {
            return survey.kind(schema) == Kind::Object;
        }
        match fields.iter().find(|field| field.path == name) {
            Some(field) => schema = field.node,
            None => return false,
        }
    }
    true
}
