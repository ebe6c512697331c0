//! Any OpenAPI document into the form that progenitor prints well, by named rules that report what they change.
//!
//! The rules work on JSON values, in this order: `structure`, `references`, `operation-names`, `security`,
//! `path-parameters`, `parameters`, `all-of`, `unions`, `documentation`, `enumerations`, the shapes (`free-form`,
//! `formats`, `constraints`, `unknown-keywords`), `nullability`, `integrations`, `component-names`, `inline-schemas`, `aliases`, `unused-components`,
//! `directions`, `response-unions`, and the fields (`property-names`, `lenient-responses`, `three-state`,
//! `open-enums`).

mod aliases;
mod all_of;
mod directions;
mod documentation;
mod draft;
mod emit;
mod enumerations;
mod fields;
mod hoist;
mod identifier;
mod integrations;
mod nullability;
mod operations;
mod parameters;
mod references;
mod schema;
mod shapes;
mod structure;
mod unions;

use std::thread;

use serde_json::Value;

use crate::{
    plan::Plan,
    refusal::{Refusal, Refusals},
    report::Report,
};

/// Enough for the rules' recursion over components that build on each other in long chains.
const STACK: usize = 256 << 20;

/// A document in the form that progenitor prints well, and what goes with it.
#[derive(Debug, Clone, PartialEq)]
pub struct Normalised {
    /// The document that progenitor reads.
    pub document: Value,
    /// What the client must do beyond what progenitor can be told.
    pub plan: Plan,
    /// What was changed.
    pub report: Report,
}

/// Normalises an OpenAPI 3.0 document.
///
/// # Errors
///
/// When the document is not OpenAPI 3.0, refers to what is not there, or says what no Rust type can: every such place
/// at once, as far as it can be read.
pub fn normalise(document: &Value) -> Result<Normalised, Refusals> {
    let failed = || {
        Refusals::from(Refusal::new(
            "normalise",
            "",
            "a document that this program fails on",
            "a document that it takes or refuses",
            "report the document as a fault of this program",
        ))
    };
    thread::scope(|scope| {
        let worker = thread::Builder::new()
            .name("normalise".to_owned())
            .stack_size(STACK)
            .spawn_scoped(scope, || rules(document))
            .map_err(|_| failed())?;
        worker.join().map_err(|_| failed())?
    })
}

fn rules(document: &Value) -> Result<Normalised, Refusals> {
    Refusals::check(structure::check(document))?;
    let mut report = Report::default();
    let mut draft = references::apply(document, &mut report)?;
    operations::name(&mut draft, &mut report);
    let schemes = operations::security_schemes(document, &mut report);
    let security = operations::security(document, &draft, &schemes)?;
    operations::parameters(&mut draft, &schemes, &mut report);
    all_of::apply(&mut draft, &mut report)?;
    unions::apply(&mut draft, &mut report);
    documentation::apply(&mut draft);
    enumerations::apply(&mut draft, &mut report);
    shapes::apply(&mut draft, &mut report);
    nullability::apply(&mut draft, &mut report);
    let facts = integrations::facts(&draft);
    let mut names = hoist::rename(&mut draft, &mut report);
    hoist::apply(&mut draft, &mut names, &mut report);
    aliases::apply(&mut draft, &mut report)?;
    let directions = directions::apply(&mut draft, &mut names, &mut report);
    let types = fields::apply(&mut draft, &directions, &mut report);
    let parts = emit::Parts {
        source: document,
        types,
        names,
        facts,
        schemes,
        security,
    };
    let (document, plan) = emit::document(&draft, parts, &mut report)?;
    Ok(Normalised {
        document,
        plan,
        report,
    })
}
