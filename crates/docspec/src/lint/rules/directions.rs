//! What requests take against what answers give, and one operation of a resource against another.

use std::collections::BTreeSet;

use crate::lint::report::{Doubt, Report};
use crate::lint::rule::{Level, Rule};
use crate::lint::survey::Survey;

pub(super) const RULES: &[Rule] = &[
    Rule {
        name: "answer-type-differs",
        level: Level::Warning,
        summary: "a field of one type in the request and of another in the answer",
        why: "What a caller reads cannot be sent back as it is. Often one of the two is a slip of the page: an object \
              with an id in the request, the bare id in the answer. If both are right, accept it.",
        check: answer_type_differs,
    },
    Rule {
        name: "operation-type-differs",
        level: Level::Warning,
        summary: "a field whose type differs between operations of a resource",
        why: "Creating and updating, or listing and getting, show one record. A field of two types makes two types \
              of one thing in the client, and one page is likely out of date.",
        check: operation_type_differs,
    },
    Rule {
        name: "answer-only-field",
        level: Level::Note,
        summary: "an answer shows a field that only another operation's request takes",
        why: "The field can be written by one operation of the resource, and this one shows it without taking it. \
              The request's page may have forgotten it, or the API really does not take it there.",
        check: answer_only_field,
    },
    Rule {
        name: "request-only-field",
        level: Level::Note,
        summary: "a field that requests take and no answer of the resource shows",
        why: "What was written cannot be read back, so a caller cannot tell whether it arrived. The answer's page may \
              have forgotten the field.",
        check: request_only_field,
    },
];

fn answer_type_differs(survey: &Survey<'_>, report: &mut Report) {
    for taking in &survey.operations {
        let Some(request) = taking.request else {
            continue;
        };
        let sent = survey.fields(request);
        for giving in &survey.operations {
            if giving.resource != taking.resource {
                continue;
            }
            for shown in survey.answer_fields(giving).unwrap_or_default() {
                let Some(field) = sent.iter().find(|field| field.path == shown.path) else {
                    continue;
                };
                let (one, other) = (survey.kind(field.node), survey.kind(shown.node));
                if one.excludes(&other) {
                    let node = &survey.nodes[shown.node];
                    report.join(Doubt::new(
                        node.place(),
                        format!(
                            "`{}` is {one} in the request and {other} in the answer",
                            shown.path
                        ),
                        "one type in both directions",
                        "check both against the API; accept it when it is like that",
                    ));
                }
            }
        }
    }
}

fn operation_type_differs(survey: &Survey<'_>, report: &mut Report) {
    for (index, one) in survey.operations.iter().enumerate() {
        for other in &survey.operations[index + 1..] {
            if one.resource != other.resource {
                continue;
            }
            let bodies = [
                ("request", one.request, other.request),
                (
                    "answer",
                    survey.answer_record(one),
                    survey.answer_record(other),
                ),
            ];
            for (what, body, other_body) in bodies {
                let (Some(body), Some(other_body)) = (body, other_body) else {
                    continue;
                };
                let fields = survey.fields(body);
                for field in survey.fields(other_body) {
                    let Some(first) = fields.iter().find(|first| first.path == field.path) else {
                        continue;
                    };
                    let (kind, other_kind) = (survey.kind(first.node), survey.kind(field.node));
                    if kind.excludes(&other_kind) {
                        report.join(Doubt::new(
                            survey.nodes[field.node].place(),
                            format!(
                                "`{}` is {kind} in the {what} of {} and {other_kind} in that of {}",
                                field.path,
                                one.name(),
                                other.name()
                            ),
                            "one type in every operation",
                            "check both against the API; accept it when it is like that",
                        ));
                    }
                }
            }
        }
    }
}

fn answer_only_field(survey: &Survey<'_>, report: &mut Report) {
    for operation in &survey.operations {
        let Some(request) = operation.request else {
            continue;
        };
        let Some(record) = survey.answer_record(operation) else {
            continue;
        };
        let own: BTreeSet<String> = paths(survey, request);
        let elsewhere = survey.request_names(&operation.resource);
        for field in survey.own_fields(record) {
            if !own.contains(&field.path) && elsewhere.contains(field.path.as_str()) {
                report.join(
                    Doubt::new(
                        survey.nodes[field.node].place(),
                        format!(
                            "the answer of {} shows what only another request takes",
                            operation.name()
                        ),
                        "the field in the request, too",
                        "look at the request's page again; accept it when the API is like that",
                    )
                    .of(field.path),
                );
            }
        }
    }
}

fn request_only_field(survey: &Survey<'_>, report: &mut Report) {
    for operation in &survey.operations {
        let Some(request) = operation.request else {
            continue;
        };
        let records: Vec<usize> = survey
            .operations
            .iter()
            .filter(|other| other.resource == operation.resource)
            .filter_map(|other| survey.answer_record(other))
            .collect();
        if records.is_empty() {
            continue;
        }
        let shown: BTreeSet<String> = records
            .iter()
            .flat_map(|record| paths(survey, *record))
            .collect();
        for field in survey.own_fields(request) {
            if !shown.contains(&field.path) {
                report.join(
                    Doubt::new(
                        survey.nodes[field.node].place(),
                        format!(
                            "a field that {} takes and no answer shows",
                            operation.name()
                        ),
                        "the field in an answer, too",
                        "look at the answer's page again; accept it when the API is like that",
                    )
                    .of(field.path),
                );
            }
        }
    }
}

fn paths(survey: &Survey<'_>, schema: usize) -> BTreeSet<String> {
    survey
        .own_fields(schema)
        .into_iter()
        .map(|field| field.path)
        .collect()
}
