//! The operations with what goes in and what comes out.

use std::collections::BTreeSet;

use serde_json::Value;

use super::Survey;
use super::fields::Field;
use crate::structure::Part;

/// An operation.
#[derive(Debug)]
pub(in crate::lint) struct Operation<'a> {
    pub(in crate::lint) node: usize,
    /// The method in upper case.
    pub(in crate::lint) method: String,
    pub(in crate::lint) path: &'a str,
    /// The parameters, those of the path included, through references.
    pub(in crate::lint) parameters: Vec<usize>,
    /// The schema of the body, of its first media type.
    pub(in crate::lint) request: Option<usize>,
    /// The answers, through references.
    pub(in crate::lint) answers: Vec<Answer<'a>>,
    /// What the operation works on: the path without the placeholders at its end, in the singular.
    pub(in crate::lint) resource: String,
}

/// An answer of an operation.
#[derive(Debug)]
pub(in crate::lint) struct Answer<'a> {
    pub(in crate::lint) status: &'a str,
    pub(in crate::lint) node: usize,
    /// The schema of the body, of its first media type.
    pub(in crate::lint) body: Option<usize>,
}

impl Answer<'_> {
    /// Whether it says that all went well.
    pub(in crate::lint) fn is_success(&self) -> bool {
        self.status.starts_with('2')
    }

    /// Whether it says that something is wrong.
    pub(in crate::lint) fn is_failure(&self) -> bool {
        self.status.starts_with(['4', '5']) || self.status == "default"
    }
}

impl Operation<'_> {
    /// `PATCH /contacts/{id}`.
    pub(in crate::lint) fn name(&self) -> String {
        format!("{} {}", self.method, self.path)
    }

    /// The body of the first answer that says that all went well.
    pub(in crate::lint) fn answer(&self) -> Option<usize> {
        self.answers
            .iter()
            .filter(|answer| answer.is_success())
            .find_map(|answer| answer.body)
    }
}

/// The operations of a document in its order.
pub(super) fn all<'a>(survey: &Survey<'a>) -> Vec<Operation<'a>> {
    let mut operations = Vec::new();
    for (node, operation) in survey.of_part(Part::Operation) {
        let Some(item) = operation.parent else {
            continue;
        };
        let item = &survey.nodes[item];
        let Some((path, _)) = survey
            .input
            .document
            .get("paths")
            .and_then(Value::as_object)
            .and_then(|paths| paths.get_key_value(item.key.as_ref()))
        else {
            continue;
        };
        let request = survey
            .below(node, "/requestBody")
            .and_then(|body| content(survey, body));
        operations.push(Operation {
            node,
            method: operation.key.to_ascii_uppercase(),
            path,
            parameters: parameters(survey, node),
            request,
            answers: answers(survey, node),
            resource: resource(path),
        });
    }
    operations
}

fn parameters(survey: &Survey<'_>, operation: usize) -> Vec<usize> {
    let item = survey.nodes[operation].parent;
    let mut parameters = Vec::new();
    for owner in [Some(operation), item].into_iter().flatten() {
        let count = survey.nodes[owner]
            .value
            .get("parameters")
            .and_then(Value::as_array)
            .map_or(0, Vec::len);
        parameters.extend(
            (0..count)
                .filter_map(|at| survey.below(owner, &format!("/parameters/{at}")))
                .map(|parameter| survey.resolved(parameter)),
        );
    }
    parameters
}

fn answers<'a>(survey: &Survey<'a>, operation: usize) -> Vec<Answer<'a>> {
    let Some(responses) = survey.nodes[operation]
        .value
        .get("responses")
        .and_then(Value::as_object)
    else {
        return Vec::new();
    };
    responses
        .keys()
        .filter_map(|status| {
            let node =
                survey.below(operation, &format!("/responses/{}", super::escaped(status)))?;
            let node = survey.resolved(node);
            Some(Answer {
                status,
                node,
                body: content(survey, node),
            })
        })
        .collect()
}

/// The schema of the first media type of a body.
fn content(survey: &Survey<'_>, body: usize) -> Option<usize> {
    let body = survey.resolved(body);
    let content = survey.nodes[body].value.get("content")?.as_object()?;
    let first = super::escaped(content.keys().next()?);
    survey.below(body, &format!("/content/{first}/schema"))
}

/// The path without the placeholders at its end, its last word in the singular.
fn resource(path: &str) -> String {
    let mut segments: Vec<&str> = path
        .split('/')
        .filter(|segment| !segment.is_empty())
        .collect();
    while segments.last().is_some_and(|last| last.starts_with('{')) {
        segments.pop();
    }
    let joined = segments.join("/");
    joined
        .strip_suffix('s')
        .map_or(joined.clone(), str::to_owned)
}

impl Survey<'_> {
    /// The names that the requests for a resource take, at the top of their bodies.
    pub(in crate::lint) fn request_names(&self, resource: &str) -> BTreeSet<&str> {
        self.operations
            .iter()
            .filter(|operation| operation.resource == resource)
            .filter_map(|operation| operation.request)
            .flat_map(|request| self.own_fields(request))
            .map(|field| self.nodes[field.node].key.as_ref())
            .collect()
    }

    /// The record that an operation's answer gives, with what it wraps taken off.
    pub(in crate::lint) fn answer_record(&self, operation: &Operation<'_>) -> Option<usize> {
        let names = self.request_names(&operation.resource);
        self.record(operation.answer()?, &names)
    }

    /// The fields of the record that an operation's answer gives.
    pub(in crate::lint) fn answer_fields(&self, operation: &Operation<'_>) -> Option<Vec<Field>> {
        Some(self.fields(self.answer_record(operation)?))
    }
}
