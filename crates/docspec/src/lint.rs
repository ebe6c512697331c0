//! What is doubtful in the sources of an API, and in the document that they give.
//!
//! A [`Rule`] looks for one kind of doubt, by shape and never by the name of an API, a field or a vendor. A
//! [`Finding`] says where, what was found, what was expected, and how to mend it; what is true and stays is accepted
//! with a reason in `lint.toml` ([`acceptance`]). Pure: texts and values in, findings out.

pub mod acceptance;
mod finding;
mod json;
mod names;
mod notation;
mod printed;
mod render;
mod report;
mod rule;
mod rules;
mod sample_values;
mod survey;
mod validity;

use std::collections::BTreeMap;

use serde_json::Value;

use crate::derive;
use crate::diagnostic::Diagnostic;
use crate::layout::{self, Context, Layout};
use crate::page::Page;
use crate::sources::{self, Sources};
use crate::text::Text;
use crate::vocabulary::Vocabulary;

pub use finding::{Finding, Part, Place};
pub use json::{SCHEMA, document as json};
pub use render::{render, summary};
pub use rule::{Level, Rule, all, explain, named, table};

use survey::Survey;

/// What is looked at.
#[derive(Debug, Clone, Copy)]
pub struct Input<'a> {
    /// The derived document.
    pub document: &'a Value,
    /// What findings without a page call the document.
    pub document_name: &'a str,
    /// The pages that it was derived from.
    pub pages: &'a [Page],
    /// The texts of the pages by the names that the pages have.
    pub texts: &'a BTreeMap<String, Text>,
    /// The reviewed splits that the pages were read with.
    pub vocabulary: &'a Vocabulary,
    /// What [`sources::trace`] says of decisions that no longer apply.
    pub idle: &'a [Diagnostic],
}

/// Looks at a document and its pages: the findings of every rule, by file and line.
#[must_use]
pub fn findings(input: Input<'_>) -> Vec<Finding> {
    let survey = Survey::new(input);
    let mut findings = Vec::new();
    for rule in all() {
        findings.extend(report::of_rule(rule, &survey));
    }
    finding::sort(&mut findings);
    findings
}

/// Looks at the sources of an API.
///
/// # Errors
///
/// What makes the sources no sources, as [`sources::derive`] has it; decisions that no longer apply are findings
/// here.
pub fn of_sources(sources: &Sources) -> Result<Vec<Finding>, Vec<Diagnostic>> {
    let traced = sources::trace(sources)?;
    let texts = sources
        .pages
        .iter()
        .map(|(name, text)| (format!("pages/{name}"), Text::new(text)))
        .collect();
    Ok(findings(Input {
        document: &traced.derived.document,
        document_name: "openapi.json",
        pages: &traced.pages,
        texts: &texts,
        vocabulary: &traced.vocabulary,
        idle: &traced.idle,
    }))
}

/// Looks at pages as they were captured, all of one API.
///
/// # Errors
///
/// What is wrong with the pages, each by itself or together.
pub fn of_pages(
    texts: &BTreeMap<String, Text>,
    layout: Option<Layout>,
    vocabulary: &Vocabulary,
) -> Result<Vec<Finding>, Vec<Diagnostic>> {
    let mut pages = Vec::new();
    let mut problems = Vec::new();
    for (name, text) in texts {
        let context = Context {
            page: name,
            vocabulary,
        };
        match layout::read(text, layout, context) {
            Ok(page) => pages.push(page),
            Err(found) => problems.extend(found),
        }
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    let document = derive::document(&pages, None)?;
    Ok(findings(Input {
        document: &document,
        document_name: "the derived document",
        pages: &pages,
        texts,
        vocabulary,
        idle: &[],
    }))
}
