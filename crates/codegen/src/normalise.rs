//! Any OpenAPI document into the form that progenitor prints well, by named rules that report what they change.
//!
//! The rules work on JSON values. A change that one of them makes stands in the [`Report`] under its name:
//!
//! | rule | what it does |
//! |---|---|
//! | `additional-properties` | Further fields beside documented ones are any JSON, whatever the document says of them. |
//! | `aliases` | A component that only names another shape is written out where it is used. |
//! | `all-of` | The members of `allOf` become one schema; what cannot be both is any JSON or refused. |
//! | `body-media-type` | Of several media types of a body, one is sent: JSON first, then a form, then others; a form in parts has files. |
//! | `boolean-schemas` | The schema `true` is any JSON, and `false` no value at all. |
//! | `bounds` | An exclusive bound of 3.1 is a bound and a flag. |
//! | `component-names` | A component has the name of its Rust type. |
//! | `conditions` | Properties that only some values have are optional; the server judges the rest of a condition. |
//! | `constants` | A constant is an enum of one value. |
//! | `constraints` | Limits of values go into the documentation: the server judges them, not the client. |
//! | `definitions` | What `$id`, `$anchor` and `$defs` name, and `$recursiveRef`, are references into the document. |
//! | `directions` | What is sent and what is answered are two types; what can only be read is not sent. |
//! | `encodings` | The encoding and media type of text are a format. |
//! | `enumerations` | The values of an enum differ as Rust names, or it becomes text that lists them; values of several types are a union. |
//! | `formats` | A date and time keeps its text; other formats go into the documentation. |
//! | `free-form` | An object without properties is a map of any JSON. |
//! | `info-version` | The version keeps only what a header can hold. |
//! | `inline-schemas` | An object, enum or union inside another schema becomes a component. |
//! | `lenient-responses` | An answer may lack what the document requires of it. |
//! | `listings` | An item of a page that is not as documented is kept apart from the others. |
//! | `not` | What a value is not is left out. |
//! | `nullability` | That a component can be null is said where it is used. |
//! | `open-enums` | An enum that may grow keeps values that it does not list. |
//! | `operation-names` | An operation has a Rust name that no other has. |
//! | `parameter-encodings` | What no style writes into a path, header or cookie, such as lists of lists, is given as text. |
//! | `parameters` | A parameter has a Rust name that no other of its operation has. |
//! | `path-parameters` | The path and its parameters name the same. |
//! | `paths` | Two paths may differ in nothing but the names in braces. |
//! | `pattern-properties` | Properties whose names follow a pattern are further properties. |
//! | `property-names` | A property has a Rust name that no other of its object has. |
//! | `reference-siblings` | What restricts a value beside a reference is left out, as OpenAPI 3.0 says. |
//! | `references` | What a reference names outside of the components becomes one. |
//! | `repairs` | What the specification does not allow, and only has one meaning, is taken for that. |
//! | `required-names` | A name that is required and not described is a property. |
//! | `response-unions` | In an answer a union of objects is one object with the fields of all. |
//! | `responses` | Several kinds of success become an enum by status. |
//! | `rust-types` | `x-rust-type` is for these rules alone, and a document cannot say it. |
//! | `security` | What the client sends by itself is no parameter; flows that it cannot run ask for a token. |
//! | `tags` | A large API has a feature for each tag. |
//! | `three-state` | Null is accepted in updates of an API that does not validate, so that a field can be cleared. |
//! | `tuples` | An item of a list is of any of the types that the document gives for its place. |
//! | `types` | Several types are alternatives, and null among them makes the value nullable. |
//! | `unions` | `anyOf` and `oneOf` become one choice, without what says the same twice. |
//! | `unknown-keywords` | A keyword that OpenAPI 3.0 does not know is left out. |
//! | `unused-components` | A component that no operation uses is left out. |
//! | `webhooks` | What the API sends is no operation. |
//!
//! Others only refuse: `structure` and `depth` what cannot be read.
//! `documentation` and `integrations` change nothing and report nothing: they gather what the crate's documentation and
//! its table say. Nor does `boxes`, which gives types a size, and one that a stack has room for.
//!
//! They run in the order of [`normalise`]'s stages: the dialect, structure, references, operations and their parameters, `allOf`,
//! unions, documentation, enums, shapes, nullability, integrations, component names, inline schemas, aliases,
//! directions, listings, fields, boxes. Last, every any JSON is held against the document: where that says more, the field
//! is counted as one that lost its type.

mod aliases;
mod all_of;
mod boxes;
mod dialect;
mod directions;
mod documentation;
mod draft;
mod emit;
mod enumerations;
mod fields;
mod hoist;
mod identifier;
mod integrations;
mod listings;
mod media_type;
mod nullability;
mod operations;
mod parameters;
mod printed_schema;
mod references;
mod response_unions;
mod schema;
mod shapes;
mod share;
mod structure;
mod tags;
mod unions;

pub(crate) use identifier::{pascal, snake};

use serde_json::Value;

use crate::{
    deep::deep,
    plan::Plan,
    refusal::{Refusal, Refusals},
    report::Report,
};

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

/// Normalises an OpenAPI 3.0 or 3.1 document.
///
/// # Errors
///
/// When the document is neither OpenAPI 3.0 nor 3.1, refers to what is not there, or says what no Rust type can: every such place
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
    deep(|| rules(document)).unwrap_or_else(|| Err(failed()))
}

fn rules(source: &Value) -> Result<Normalised, Refusals> {
    Refusals::check(structure::too_deep(source).into_iter().collect())?;
    let mut report = Report::default();
    let document = &dialect::apply(source, &mut report);
    Refusals::check(structure::check(document))?;
    let mut draft = references::apply(document, &mut report)?;
    operations::name(&mut draft, &mut report);
    let schemes = operations::security_schemes(document, &mut report);
    let security = operations::security(document, &draft, &schemes)?;
    operations::parameters(&mut draft, &schemes, &security, &mut report);
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
    listings::apply(&mut draft, &directions, &mut report);
    let types = fields::apply(&mut draft, &directions, &mut report);
    boxes::apply(&mut draft);
    share::count(&draft, source, &mut report.fields);
    let tags = tags::of(&draft, &mut report);
    let parts = emit::Parts {
        tags,
        source: document,
        types,
        names,
        facts,
        schemes,
        security,
    };
    let (document, plan) = emit::document(&draft, parts, &mut report);
    Ok(Normalised {
        document,
        plan,
        report,
    })
}
