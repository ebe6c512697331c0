//! `contacts integrations`.

use crate::exit;
use crate::failure::Failure;
use crate::output::{Output, Table};
use crate::store::integration_of;
use client_runtime::{FactPart, IntegrationLevel};
use unified_contacts::{Integration, Operation, Provider, providers};

/// The operations that documents say something of, and how a column is headed.
const OPERATIONS: [(Operation, &str); 6] = [
    (Operation::List, "list"),
    (Operation::Get, "get"),
    (Operation::Create, "create"),
    (Operation::Update, "update"),
    (Operation::Delete, "delete"),
    (Operation::DeleteMany, "delete many"),
];

pub(super) fn run(name: Option<&str>, api: &str, output: &mut Output) -> Result<u8, Failure> {
    let Some(provider) = providers().find(|provider| provider.name == api) else {
        let known: Vec<&str> = providers().map(|provider| provider.name).collect();
        return Err(Failure::usage(format!(
            "there is no API of that name, expected one of {}",
            known.join(", ")
        )));
    };
    let mut integrations = provider.capabilities.integrations().peekable();
    if integrations.peek().is_none() {
        return Err(Failure::usage(format!(
            "the document of {api} names no integrations"
        )));
    }
    match name {
        None => all(provider, output)?,
        Some(name) => {
            let integration = integration_of(api, provider.capabilities, name)?;
            one(integration, output)?;
        }
    }
    Ok(exit::DONE)
}

fn all(provider: &Provider, output: &mut Output) -> Result<(), Failure> {
    let header = [
        "integration",
        "list",
        "get",
        "create",
        "update",
        "delete",
        "required to create",
    ];
    let mut rows = vec![header.map(str::to_owned).to_vec()];
    for integration in provider.capabilities.integrations() {
        let mut row = vec![integration.name().to_owned()];
        for (operation, _) in OPERATIONS.iter().take(5) {
            row.push(match integration.supports(*operation) {
                Some(true) => "yes".to_owned(),
                Some(false) => "no".to_owned(),
                None => "?".to_owned(),
            });
        }
        row.push(of_level(integration, Operation::Create, IntegrationLevel::Required).join(", "));
        rows.push(row);
    }
    let table = Table::fit(&rows, output.width());
    for (index, row) in rows.iter().enumerate() {
        output.line(table.row(row))?;
        if index == 0 {
            output.line(table.rule())?;
        }
    }
    output.tell("?: the document does not say");
    Ok(())
}

fn one(integration: Integration, output: &mut Output) -> Result<(), Failure> {
    output.line(integration.name())?;
    for (operation, name) in OPERATIONS {
        let says = match integration.supports(operation) {
            Some(true) => "supported",
            Some(false) => "not supported",
            None => continue,
        };
        output.line("")?;
        output.line(format!("{name}: {says}"))?;
        for (level, word) in [
            (IntegrationLevel::Required, "requires"),
            (IntegrationLevel::Supported, "takes"),
        ] {
            let properties = of_level(integration, operation, level);
            if !properties.is_empty() {
                wrapped(word, &properties, output)?;
            }
        }
        let facts = integration
            .facts(operation)
            .filter(|fact| fact.part == FactPart::Request && !fact.values.is_empty());
        for fact in facts {
            let values: Vec<String> = fact
                .values
                .iter()
                .map(|value| (*value).to_owned())
                .collect();
            wrapped(&format!("{} is one of", fact.field), &values, output)?;
        }
    }
    Ok(())
}

/// What an integration requires or supports in a request, by the names of the API's own JSON.
fn of_level(
    integration: Integration,
    operation: Operation,
    level: IntegrationLevel,
) -> Vec<String> {
    let is_asked = |part: FactPart| !matches!(part, FactPart::Operation | FactPart::Response);
    let facts = integration
        .facts(operation)
        .filter(|fact| is_asked(fact.part) && fact.level == level);
    facts.map(|fact| fact.field.to_owned()).collect()
}

/// Words in lines that fit.
fn wrapped(head: &str, words: &[String], output: &mut Output) -> Result<(), Failure> {
    let mut line = format!("  {head}:");
    for (index, word) in words.iter().enumerate() {
        let comma = if index + 1 < words.len() { "," } else { "" };
        if line.len() + 1 + word.len() + comma.len() > output.width() {
            output.line(&line)?;
            "   ".clone_into(&mut line);
        }
        line.extend([" ", word, comma]);
    }
    output.line(line)
}
