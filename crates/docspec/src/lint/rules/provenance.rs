//! What no page states, and decisions that no longer apply.

use serde_json::Value;

use crate::lint::finding::Place;
use crate::lint::report::{Doubt, Report};
use crate::lint::rule::{Level, Rule};
use crate::lint::survey::{Node, Operation, Survey};
use crate::structure::Part;

pub(super) const RULES: &[Rule] = &[
    Rule {
        name: "assumed",
        level: Level::Note,
        summary: "facts that no page states, with the reason why they are assumed",
        why: "What is assumed may be wrong without any page being wrong. A page found later, or an answer of the API, \
              settles it. Facts assumed for the same reason are one finding.",
        check: assumed,
    },
    Rule {
        name: "path-assumed",
        level: Level::Warning,
        summary: "an operation whose method or path the page does not print as it stands",
        why: "A page that prints its path as `/`, or without its placeholders, leaves open where requests go. Nothing \
              else of the operation matters if the path is wrong: ask the vendor, or try it.",
        check: path_assumed,
    },
    Rule {
        name: "vocabulary-unused",
        level: Level::Error,
        summary: "an entry of vocabulary.toml that no page asks for",
        why: "The page that had the text has changed or gone. `codegen` refuses such an entry, too: remove it.",
        check: vocabulary_unused,
    },
    Rule {
        name: "overlay-without-effect",
        level: Level::Error,
        summary: "an overlay's action that changes nothing",
        why: "The sources say by now what the decision was to add. `codegen` refuses such an action, too: remove it.",
        check: overlay_without_effect,
    },
    Rule {
        name: "overlay-target",
        level: Level::Error,
        summary: "an overlay's action whose target is not there",
        why: "What the decision was about has been renamed or has gone. `codegen` refuses such an action, too: correct \
              the target, or remove the action.",
        check: overlay_target,
    },
];

fn assumed(survey: &Survey<'_>, report: &mut Report) {
    for node in &survey.nodes {
        if node.part == Part::Operation {
            continue;
        }
        if let Some(reason) = node.text("x-assumed") {
            report.join(
                Doubt::new(
                    node.place(),
                    format!("assumed: {reason}"),
                    "a page that states it",
                    "look for a page that does; accept it when there is none",
                )
                .of(name(survey, node)),
            );
        }
    }
}

/// What a part is called where facts of several parts are listed.
fn name(survey: &Survey<'_>, node: &Node<'_>) -> String {
    match node.part {
        Part::Response => node.key.to_string(),
        Part::RequestBody => "the request body".to_owned(),
        _ if !node.field().is_empty() => node.field().to_owned(),
        _ => survey
            .operations
            .iter()
            .find(|operation| {
                node.pointer
                    .starts_with(&survey.nodes[operation.node].pointer)
            })
            .map_or_else(|| node.key.to_string(), Operation::name),
    }
}

fn path_assumed(survey: &Survey<'_>, report: &mut Report) {
    for operation in &survey.operations {
        let node = &survey.nodes[operation.node];
        if let Some(reason) = node.text("x-assumed") {
            report.add(Doubt::new(
                node.place(),
                format!("{} is assumed: {reason}", operation.name()),
                "a page that prints the method and the whole path",
                "ask the vendor or try the path; accept it when there is no other page",
            ));
        }
    }
}

fn vocabulary_unused(survey: &Survey<'_>, report: &mut Report) {
    idle(survey, report, "vocabulary-unused");
}

fn overlay_without_effect(survey: &Survey<'_>, report: &mut Report) {
    idle(survey, report, "overlay-without-effect");
}

fn overlay_target(survey: &Survey<'_>, report: &mut Report) {
    idle(survey, report, "overlay-target");
}

/// What reading and applying the decisions said of this rule.
fn idle(survey: &Survey<'_>, report: &mut Report, rule: &str) {
    for diagnostic in survey.input.idle {
        if diagnostic.rule == rule {
            report.add(Doubt::new(
                Place::of_file(&diagnostic.page, diagnostic.span.map(|span| span.line)),
                diagnostic.found.clone(),
                diagnostic.expected.clone(),
                diagnostic.fix.clone(),
            ));
        }
    }
}

/// Whether an object of the document holds a list under a key.
pub(super) fn has_list(value: &Value, key: &str) -> bool {
    value
        .get(key)
        .and_then(Value::as_array)
        .is_some_and(|list| !list.is_empty())
}
