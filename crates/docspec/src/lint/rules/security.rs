//! How callers authenticate.

use serde_json::Value;

use super::provenance::has_list;
use crate::lint::names::words;
use crate::lint::report::{Doubt, Report};
use crate::lint::rule::{Level, Rule};
use crate::lint::survey::Survey;
use crate::structure::Part;

pub(super) const RULES: &[Rule] = &[
    Rule {
        name: "no-authentication",
        level: Level::Warning,
        summary: "an operation that does not say how a caller authenticates",
        why: "The client sends no credential with it. Hardly an API about people is open to everyone: the page likely \
              leaves it to a guide.",
        check: no_authentication,
    },
    Rule {
        name: "credential-as-parameter",
        level: Level::Warning,
        summary: "a credential among the parameters instead of a security scheme",
        why: "As a parameter, a key is handled like any other text: asked for in each call, and shown in logs. As a \
              scheme (`## Authentication`), the client keeps it once and never shows it.",
        check: credential_as_parameter,
    },
    Rule {
        name: "credential-in-query",
        level: Level::Warning,
        summary: "a security scheme that puts the credential into the query",
        why: "Addresses are written into logs and histories, and so the credential. Take another scheme where the \
              vendor has one.",
        check: credential_in_query,
    },
];

fn no_authentication(survey: &Survey<'_>, report: &mut Report) {
    if has_list(survey.input.document, "security") {
        return;
    }
    for operation in &survey.operations {
        let node = &survey.nodes[operation.node];
        if node.value.get("security").is_none() {
            report.join(
                Doubt::new(
                    node.place(),
                    "operations that do not say how a caller authenticates",
                    "a section `## Authentication`",
                    "add it from the vendor's guide; accept it when the operation is open to all",
                )
                .of(operation.name()),
            );
        }
    }
}

/// Names of headers and parameters that carry a credential, in words.
const CREDENTIALS: [&[&str]; 11] = [
    &["authorization"],
    &["api", "key"],
    &["apikey"],
    &["api", "token"],
    &["access", "token"],
    &["auth", "token"],
    &["auth", "key"],
    &["bearer", "token"],
    &["client", "secret"],
    &["app", "key"],
    &["api", "secret"],
];

fn credential_as_parameter(survey: &Survey<'_>, report: &mut Report) {
    for operation in &survey.operations {
        for parameter in &operation.parameters {
            let node = &survey.nodes[*parameter];
            let name = node.text("name").unwrap_or_default();
            let place = node.text("in").unwrap_or_default();
            let words = words(name);
            let is_credential = CREDENTIALS.iter().any(|credential| {
                words.len() >= credential.len()
                    && words[words.len() - credential.len()..]
                        .iter()
                        .zip(*credential)
                        .all(|(word, other)| word == other)
            });
            if is_credential && matches!(place, "header" | "query" | "cookie") {
                report.join(
                    Doubt::new(
                        node.place(),
                        format!("a credential as a {place} parameter"),
                        "a security scheme",
                        "move it to the section `## Authentication`",
                    )
                    .of(name),
                );
            }
        }
    }
}

fn credential_in_query(survey: &Survey<'_>, report: &mut Report) {
    for (_, node) in survey.of_part(Part::SecurityScheme) {
        let is_key = node.text("type") == Some("apiKey");
        if is_key && node.value.get("in") == Some(&Value::from("query")) {
            report.add(Doubt::new(
                node.place(),
                format!(
                    "the scheme `{}` puts the credential into the query",
                    node.key
                ),
                "a header",
                "take a header where the vendor has one; accept it when there is none",
            ));
        }
    }
}
