//! Whether a lock fits its pages.

use std::collections::BTreeSet;

use super::{Lock, wrong};
use crate::diagnostic::Diagnostic;
use crate::facts::{self, Components};
use crate::page::Page;

/// What in a lock speaks of a page or a fact that is not there.
pub(crate) fn check(lock: &Lock, pages: &[Page]) -> Vec<Diagnostic> {
    let components = Components::of(pages);
    let mut problems = Vec::new();
    for (file, capture) in &lock.pages {
        let name = format!("pages/{file}");
        let Some((page, operation)) = facts::operations(pages).find(|(page, _)| *page == name)
        else {
            problems.push(wrong(
                capture.line,
                format!("{name} is no page of an operation"),
                "entries of pages that api.toml lists",
            ));
            continue;
        };
        let known: BTreeSet<String> = facts::facts(page, operation, &components)
            .into_iter()
            .map(|fact| fact.key)
            .collect();
        let unknown: Vec<&str> = capture
            .facts
            .keys()
            .filter(|key| !known.contains(*key))
            .map(String::as_str)
            .collect();
        if !unknown.is_empty() {
            problems.push(wrong(
                capture.line,
                format!("{name} does not have `{}`", unknown.join("`, `")),
                "facts that the page has",
            ));
        }
    }
    problems
}
