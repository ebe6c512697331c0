//! What operations are said to answer.

use std::collections::BTreeSet;

use serde_json::Value;

use super::provenance::has_list;
use crate::lint::report::{Doubt, Report};
use crate::lint::rule::{Level, Rule};
use crate::lint::survey::{Answer, Survey};

pub(super) const RULES: &[Rule] = &[
    Rule {
        name: "answer-without-status",
        level: Level::Warning,
        summary: "an answer that a page shows without its status",
        why: "The client cannot tell which answer is meant, and treats it as undocumented. Another page, or a call, \
              tells the status.",
        check: answer_without_status,
    },
    Rule {
        name: "no-success-answer",
        level: Level::Error,
        summary: "an operation without an answer that says that all went well",
        why: "Without a 2XX, a 3XX or a default, every answer to the operation is an error to the client.",
        check: no_success_answer,
    },
    Rule {
        name: "no-error-answer",
        level: Level::Warning,
        summary: "an operation without an answer that says what went wrong",
        why: "Errors happen, and the client can only hand them over as undocumented bytes. Vendors often list errors \
              once for the whole API, on a page of their own.",
        check: no_error_answer,
    },
    Rule {
        name: "answer-without-body",
        level: Level::Note,
        summary: "answers whose body no page shows",
        why: "A body is likely there and has no type. 204, 205 and 304 have none.",
        check: answer_without_body,
    },
    Rule {
        name: "quota-without-429",
        level: Level::Warning,
        summary: "quotas, and operations that do not list the answer 429",
        why: "The runtime knows the quota, and the caller is not told what exceeding it looks like.",
        check: quota_without_429,
    },
    Rule {
        name: "retry-status-undocumented",
        level: Level::Note,
        summary: "a status that api.toml retries and no operation answers with",
        why: "Either an answer is missing from the pages, or `statuses` of `[retry]` names one that never comes.",
        check: retry_status_undocumented,
    },
];

fn answer_without_status(survey: &Survey<'_>, report: &mut Report) {
    for operation in &survey.operations {
        let node = &survey.nodes[operation.node];
        let shown = node
            .value
            .get("x-responses-without-status")
            .and_then(Value::as_array);
        for response in shown.into_iter().flatten() {
            let line = response
                .pointer("/x-source/line")
                .and_then(Value::as_u64)
                .and_then(|line| usize::try_from(line).ok());
            let mut place = node.place();
            place.line = line.or(place.line);
            place.pointer = place
                .pointer
                .map(|pointer| format!("{pointer}/x-responses-without-status"));
            report.join(Doubt::new(
                place,
                format!("{} has answers without a status", operation.name()),
                "a status for each answer",
                "find the status on another page or by a call; accept it when there is none",
            ));
        }
    }
}

fn no_success_answer(survey: &Survey<'_>, report: &mut Report) {
    for operation in &survey.operations {
        let is_there = operation
            .answers
            .iter()
            .any(|answer| answer.status.starts_with(['2', '3']) || answer.status == "default");
        if !is_there {
            report.add(Doubt::new(
                survey.nodes[operation.node].place(),
                format!(
                    "{} has no answer that says that all went well",
                    operation.name()
                ),
                "an answer with a status of 2XX or 3XX",
                "add the answer to the page, marked as assumed if no page states it",
            ));
        }
    }
}

fn no_error_answer(survey: &Survey<'_>, report: &mut Report) {
    for operation in &survey.operations {
        if !operation.answers.iter().any(Answer::is_failure) {
            report.join(
                Doubt::new(
                    survey.nodes[operation.node].place(),
                    "operations without an answer that says what went wrong",
                    "the errors that the API answers with",
                    "look for a page about errors; accept it when there is none",
                )
                .of(operation.name()),
            );
        }
    }
}

fn answer_without_body(survey: &Survey<'_>, report: &mut Report) {
    for operation in &survey.operations {
        for answer in &operation.answers {
            let has_none = matches!(answer.status, "204" | "205" | "304")
                || answer.status.starts_with(['1', '3'])
                || operation.method == "HEAD";
            if !has_none && survey.nodes[answer.node].value.get("content").is_none() {
                report.join(
                    Doubt::new(
                        survey.nodes[answer.node].place(),
                        "answers whose body no page shows",
                        "the body of each answer",
                        "look for the body on another page; accept it when there is none",
                    )
                    .of(format!("{} {}", operation.name(), answer.status)),
                );
            }
        }
    }
}

fn quota_without_429(survey: &Survey<'_>, report: &mut Report) {
    if !has_list(survey.input.document, "x-quotas") {
        return;
    }
    for operation in &survey.operations {
        let is_there = operation
            .answers
            .iter()
            .any(|answer| matches!(answer.status, "429" | "4XX"));
        if !is_there {
            report.join(
                Doubt::new(
                    survey.nodes[operation.node].place(),
                    "operations under a quota that do not list the answer 429",
                    "an answer 429 for each operation under a quota",
                    "add the answer to the page, marked as assumed if no page states it",
                )
                .of(operation.name()),
            );
        }
    }
}

fn retry_status_undocumented(survey: &Survey<'_>, report: &mut Report) {
    let answered: BTreeSet<&str> = survey
        .operations
        .iter()
        .flat_map(|operation| &operation.answers)
        .map(|answer| answer.status)
        .collect();
    let retried = survey
        .input
        .document
        .pointer("/x-retry/statuses")
        .and_then(Value::as_array);
    for status in retried.into_iter().flatten().map(Value::to_string) {
        let range = format!("{}XX", &status[..1]);
        if !answered.contains(status.as_str()) && !answered.contains(range.as_str()) {
            let mut place = survey.whole();
            place.pointer = Some("/x-retry/statuses".to_owned());
            report.join(
                Doubt::new(
                    place,
                    "statuses that are retried and that no operation answers with",
                    "each retried status among the answers",
                    "add the answer to the pages, or take the status out of `[retry]`",
                )
                .of(status),
            );
        }
    }
}
