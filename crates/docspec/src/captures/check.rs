//! Whether a lock fits its pages.

use std::collections::BTreeSet;

use super::{Capture, Lock, wrong};
use crate::diagnostic::{Diagnostic, some_of};
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
            problems.push(without_page(file, capture));
            continue;
        };
        let known: BTreeSet<String> = facts::facts(page, operation, &components)
            .into_iter()
            .map(|fact| fact.key)
            .collect();
        let unknown: Vec<String> = capture
            .facts
            .keys()
            .filter(|key| !known.contains(*key))
            .map(|key| format!("`{key}`"))
            .collect();
        if !unknown.is_empty() {
            problems.push(wrong(
                capture.line,
                format!("{name} does not have {}", some_of(&unknown)),
                "facts that the page has",
            ));
        }
    }
    problems
}

/// What in a lock speaks of a page that is not among those that are listed.
#[must_use]
pub fn unlisted(lock: &Lock, listed: &BTreeSet<&str>) -> Vec<Diagnostic> {
    lock.pages
        .iter()
        .filter(|(file, _)| !listed.contains(file.as_str()))
        .map(|(file, capture)| without_page(file, capture))
        .collect()
}

fn without_page(file: &str, capture: &Capture) -> Diagnostic {
    Diagnostic {
        fix: "bring the page back, give its entry the page's new name, or take the entry out"
            .to_owned(),
        ..wrong(
            capture.line,
            format!("pages/{file} is no page of an operation"),
            "entries of pages that api.toml lists",
        )
    }
}
