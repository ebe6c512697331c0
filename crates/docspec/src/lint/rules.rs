//! The rules, a module for each family.

mod answers;
mod directions;
mod enumerations;
mod examples;
mod integrations;
mod names;
mod operations;
mod pages;
mod prose;
mod provenance;
mod schemas;
mod security;
mod servers;
mod types;

use super::acceptance;
use super::rule::Rule;

/// Every rule, in the order of the table.
pub(super) static FAMILIES: &[&[Rule]] = &[
    names::RULES,
    types::RULES,
    schemas::RULES,
    directions::RULES,
    enumerations::RULES,
    examples::RULES,
    integrations::RULES,
    prose::RULES,
    provenance::RULES,
    operations::RULES,
    answers::RULES,
    servers::RULES,
    security::RULES,
    pages::RULES,
    acceptance::RULES,
];
