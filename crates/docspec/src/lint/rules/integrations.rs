//! What the integrations are said to do, in one place and in another.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use crate::lint::finding::Place;
use crate::lint::names::nearness;
use crate::lint::report::{Doubt, Report};
use crate::lint::rule::{Level, Rule};
use crate::lint::survey::{Operation, Survey};

pub(super) const RULES: &[Rule] = &[
    Rule {
        name: "integration-spelling",
        level: Level::Error,
        summary: "two integrations whose names are spelled nearly alike",
        why: "Names of integrations are keys: a caller who asks about one spelling misses what is said under the \
              other. Write one name for one integration.",
        check: integration_spelling,
    },
    Rule {
        name: "integration-without-answer",
        level: Level::Warning,
        summary: "an integration that accepts a write and is listed for no field of the answer",
        why: "Where an answer says which integrations give each field, one that is listed for none gives an answer of \
              unknown form. The page's lists for the answer may be older than those for the request.",
        check: integration_without_answer,
    },
    Rule {
        name: "integration-not-on-operation",
        level: Level::Warning,
        summary: "an integration listed for fields, but not for the operation",
        why: "The operation says that it does not work with the integration, its fields say that it does.",
        check: integration_not_on_operation,
    },
    Rule {
        name: "integration-without-field",
        level: Level::Note,
        summary: "an integration listed for the operation, but for none of its fields",
        why: "The operation works with the integration, and there is nothing to send or to get. Often the lists of \
              the fields are from another page.",
        check: integration_without_field,
    },
    Rule {
        name: "integration-of-child-only",
        level: Level::Warning,
        summary: "an integration required by a child and not listed for its parent",
        why: "A caller who goes by the parent leaves it out, and so its required child.",
        check: integration_of_child_only,
    },
    Rule {
        name: "update-requires-more",
        level: Level::Note,
        summary: "an integration that requires a field of an update and not of a creation",
        why: "An update changes what is there already, so it rarely needs more than the creation. The two pages often \
              differ in age; the newer is right.",
        check: update_requires_more,
    },
    Rule {
        name: "integration-value-unknown",
        level: Level::Warning,
        summary: "a value that an integration accepts and the field's enum does not list",
        why: "The client's enum lacks the value that this integration wants, or one of the two lists is misread.",
        check: integration_value_unknown,
    },
];

/// What is said about integrations at a part of the document.
fn integrations<'a>(survey: &Survey<'a>, node: usize) -> Option<&'a Map<String, Value>> {
    survey.nodes[node].value.get("x-integrations")?.as_object()
}

/// The integrations of fields and parameters, each with the first place that lists it.
fn listed<'a>(
    survey: &Survey<'a>,
    nodes: impl IntoIterator<Item = usize>,
) -> BTreeMap<&'a str, usize> {
    let mut listed = BTreeMap::new();
    for node in nodes {
        for name in integrations(survey, node).into_iter().flat_map(Map::keys) {
            listed.entry(name.as_str()).or_insert(node);
        }
    }
    listed
}

/// The fields of the body and of the parameters that an operation takes.
fn taken(survey: &Survey<'_>, operation: &Operation<'_>) -> Vec<usize> {
    let mut nodes: Vec<usize> = operation.parameters.clone();
    if let Some(request) = operation.request {
        nodes.extend(survey.fields(request).iter().map(|field| field.node));
    }
    nodes
}

/// The fields of all answers that say that all went well.
fn given(survey: &Survey<'_>, operation: &Operation<'_>) -> Vec<usize> {
    operation
        .answers
        .iter()
        .filter(|answer| answer.is_success())
        .filter_map(|answer| answer.body)
        .flat_map(|body| survey.fields(body))
        .map(|field| field.node)
        .collect()
}

fn integration_spelling(survey: &Survey<'_>, report: &mut Report) {
    let all = listed(survey, 0..survey.nodes.len());
    let names: Vec<(&str, usize)> = all.into_iter().collect();
    for (index, (one, first)) in names.iter().enumerate() {
        for (other, second) in &names[index + 1..] {
            if nearness(one, other).is_some() {
                let (place, earlier) = later(survey, *first, *second);
                report.add(Doubt::new(
                    place,
                    format!("the integrations `{one}` and `{other}` are spelled nearly alike"),
                    format!("one name for one integration (the other is at {earlier})"),
                    "correct the name in the source",
                ));
            }
        }
    }
}

/// The later of two places, and the line of the other.
fn later(survey: &Survey<'_>, first: usize, second: usize) -> (Place, String) {
    let (one, other) = (survey.nodes[first].place(), survey.nodes[second].place());
    let (earlier, later) = if (&one.file, one.line) <= (&other.file, other.line) {
        (one, other)
    } else {
        (other, one)
    };
    let line = earlier
        .line
        .map_or_else(String::new, |line| format!(":{line}"));
    (later, format!("{}{line}", earlier.file))
}

fn integration_without_answer(survey: &Survey<'_>, report: &mut Report) {
    for operation in survey
        .operations
        .iter()
        .filter(|operation| operation.request.is_some())
    {
        let answered = listed(survey, given(survey, operation));
        if answered.is_empty() {
            continue;
        }
        let mut accepting = listed(survey, taken(survey, operation));
        accepting.extend(listed(survey, [operation.node]));
        for (name, _) in accepting {
            if !answered.contains_key(name) {
                report.join(
                    Doubt::new(
                        survey.nodes[operation.node].place(),
                        format!(
                            "{} is accepted by integrations whose answer is undocumented",
                            operation.name()
                        ),
                        "each of them at a field of the answer",
                        "look at the answer's lists again; accept it when the page is like that",
                    )
                    .of(name),
                );
            }
        }
    }
}

fn integration_not_on_operation(survey: &Survey<'_>, report: &mut Report) {
    for operation in &survey.operations {
        let Some(own) = integrations(survey, operation.node) else {
            continue;
        };
        for (name, node) in listed(survey, taken(survey, operation)) {
            if !own.contains_key(name) {
                report.join(
                    Doubt::new(
                        survey.nodes[node].place(),
                        format!(
                            "integrations listed for fields of {}, but not for it",
                            operation.name()
                        ),
                        "the same integrations in both lists",
                        "correct the list of the operation, or that of the fields",
                    )
                    .of(name),
                );
            }
        }
    }
}

fn integration_without_field(survey: &Survey<'_>, report: &mut Report) {
    for operation in &survey.operations {
        let mut fields = listed(survey, taken(survey, operation));
        fields.extend(listed(survey, given(survey, operation)));
        if fields.is_empty() {
            continue;
        }
        for name in integrations(survey, operation.node)
            .into_iter()
            .flat_map(Map::keys)
        {
            if !fields.contains_key(name.as_str()) {
                report.join(
                    Doubt::new(
                        survey.nodes[operation.node].place(),
                        format!("integrations listed for {}, but for none of its fields", operation.name()),
                        "each at one field at least",
                        "look at the lists of the fields again; accept it when the page is like that",
                    )
                    .of(name.as_str()),
                );
            }
        }
    }
}

fn integration_of_child_only(survey: &Survey<'_>, report: &mut Report) {
    let mut seen: BTreeSet<(usize, usize)> = BTreeSet::new();
    for operation in &survey.operations {
        let bodies = operation.request.into_iter().chain(operation.answer());
        for parent in bodies.flat_map(|body| survey.fields(body)) {
            let Some(own) = integrations(survey, parent.node) else {
                continue;
            };
            for child in survey.own_fields(parent.node) {
                if !seen.insert((parent.node, child.node)) {
                    continue;
                }
                for (name, level) in integrations(survey, child.node).into_iter().flatten() {
                    if level == "required" && !own.contains_key(name) {
                        report.join(
                            Doubt::new(
                                survey.nodes[child.node].place(),
                                format!(
                                    "integrations that require `{}.{}` and are not listed for `{0}`",
                                    parent.path, child.path
                                ),
                                "the integration at the parent, too",
                                "correct the list of the parent, or that of the child",
                            )
                            .of(name.as_str()),
                        );
                    }
                }
            }
        }
    }
}

fn update_requires_more(survey: &Survey<'_>, report: &mut Report) {
    let is =
        |operation: &Operation<'_>, methods: &[&str]| methods.contains(&operation.method.as_str());
    for update in survey
        .operations
        .iter()
        .filter(|update| is(update, &["PATCH", "PUT"]))
    {
        let creation = survey
            .operations
            .iter()
            .find(|other| is(other, &["POST"]) && other.resource == update.resource);
        let (Some(changed), Some(created)) = (
            update.request,
            creation.and_then(|creation| creation.request),
        ) else {
            continue;
        };
        let created = survey.own_fields(created);
        for field in survey.own_fields(changed) {
            let Some(first) = created.iter().find(|first| first.path == field.path) else {
                continue;
            };
            let levels = integrations(survey, first.node);
            for (name, level) in integrations(survey, field.node).into_iter().flatten() {
                let at_first = levels.and_then(|levels| levels.get(name));
                if level == "required" && at_first.is_some_and(|at_first| at_first != "required") {
                    report.join(
                        Doubt::new(
                            survey.nodes[field.node].place(),
                            format!(
                                "integrations that require `{}` of an update only",
                                field.path
                            ),
                            "at most what the creation requires",
                            "compare the age of the two pages; accept it when both are right",
                        )
                        .of(name.as_str()),
                    );
                }
            }
        }
    }
}

fn integration_value_unknown(survey: &Survey<'_>, report: &mut Report) {
    for (index, node) in survey.nodes.iter().enumerate() {
        let Some(values) = node
            .value
            .get("x-integration-values")
            .and_then(Value::as_object)
        else {
            continue;
        };
        let schema = survey.below(index, "/schema").unwrap_or(index);
        let mut core = survey.core(schema);
        while let Some(items) = survey.below(core, "/items") {
            core = survey.core(items);
        }
        let Some(known) = survey.nodes[core]
            .value
            .get("enum")
            .and_then(Value::as_array)
        else {
            continue;
        };
        for (name, accepted) in values {
            let unknown = accepted
                .as_array()
                .into_iter()
                .flatten()
                .any(|value| !known.contains(value));
            if unknown {
                report.join(
                    Doubt::new(
                        node.place(),
                        format!("values of `{}` that its enum does not list", node.field()),
                        "each value of an integration in the enum",
                        "correct the list of the field, or that of the integration",
                    )
                    .of(name.as_str()),
                );
            }
        }
    }
}
