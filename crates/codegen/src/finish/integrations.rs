//! The integration matrix as a sorted table.

use std::{collections::BTreeSet, fmt::Write as _};

use crate::plan::{IntegrationFact, Plan};

/// The parts in the order of `client_runtime::FactPart`.
const PARTS: &[(&str, &str)] = &[
    ("operation", "Operation"),
    ("path", "Path"),
    ("query", "Query"),
    ("header", "Header"),
    ("request", "Request"),
    ("response", "Response"),
];

/// `integrations.rs`.
///
/// The table is written as text, one line for each row: it is data, thousands of rows of it.
pub(super) fn integrations(plan: &Plan) -> String {
    let mut rows: Vec<(&str, usize, &IntegrationFact)> = plan
        .operations
        .iter()
        .flat_map(|operation| {
            operation
                .integrations
                .iter()
                .map(|fact| (operation.id.as_str(), part_index(fact.part), fact))
        })
        .collect();
    rows.sort_by(|one, other| {
        let key = |row: &(&str, usize, &IntegrationFact)| (row.0.to_owned(), row.1);
        key(one)
            .cmp(&key(other))
            .then_with(|| one.2.field.cmp(&other.2.field))
            .then_with(|| one.2.integration.cmp(&other.2.integration))
            .then_with(|| other.2.required.cmp(&one.2.required))
    });
    let names: BTreeSet<&str> = rows
        .iter()
        .map(|(_, _, fact)| fact.integration.as_str())
        .collect();

    let mut text = String::from(
        "//! What each integration behind the API requires and supports, field by field, as the API's document says.\n\n\
         use client_runtime::{FactPart, IntegrationFact, IntegrationLevel, IntegrationMatrix};\n\n\
         /// The matrix. Looking something up allocates nothing.\n\
         pub static MATRIX: IntegrationMatrix = IntegrationMatrix::new(FACTS);\n\n\
         /// The integrations that the document names, sorted.\n\
         pub static INTEGRATIONS: &[&str] = &[",
    );
    for (index, name) in names.iter().enumerate() {
        let separator = if index == 0 { "" } else { ", " };
        let _ = write!(text, "{separator}{name:?}");
    }
    text.push_str("];\n\nstatic FACTS: &[IntegrationFact] = &[\n");
    for (operation, part, fact) in &rows {
        let part = PARTS.get(*part).map_or("Operation", |(_, name)| name);
        let function = if fact.required {
            "required"
        } else {
            "supported"
        };
        let _ = write!(
            text,
            "    {function}({operation:?}, FactPart::{part}, {:?}, {:?}, &[",
            fact.field, fact.integration
        );
        for (index, value) in fact.values.iter().enumerate() {
            let separator = if index == 0 { "" } else { ", " };
            let _ = write!(text, "{separator}{value:?}");
        }
        text.push_str("]),\n");
    }
    text.push_str("];\n");
    for (function, level, used) in [
        (
            "required",
            "Required",
            rows.iter().any(|row| row.2.required),
        ),
        (
            "supported",
            "Supported",
            rows.iter().any(|row| !row.2.required),
        ),
    ] {
        if used {
            let _ = write!(
                text,
                "\nconst fn {function}(\n    operation: &'static str,\n    part: FactPart,\n    field: &'static str,\n    \
                 integration: &'static str,\n    values: &'static [&'static str],\n) -> IntegrationFact {{\n    \
                 IntegrationFact {{ operation, part, field, integration, level: IntegrationLevel::{level}, values \
                 }}\n}}\n"
            );
        }
    }
    if rows.is_empty() {
        text = text.replace(
            "FactPart, IntegrationFact, IntegrationLevel, IntegrationMatrix",
            "IntegrationFact, IntegrationMatrix",
        );
    }
    text
}

fn part_index(part: &str) -> usize {
    PARTS
        .iter()
        .position(|(name, _)| *name == part)
        .unwrap_or_default()
}
