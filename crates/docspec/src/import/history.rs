//! The lock: which capture a page was brought up to date with, and which ones before.

use std::collections::{BTreeMap, BTreeSet};

use super::Given;
use super::job::Job;
use crate::captures::{Capture, Earlier, Lock};
use crate::diagnostic::Diagnostic;
use crate::facts::{self, Components};
use crate::layout::Layout;
use crate::page::Page;

/// Refuses a capture that is older than the one that the page was brought up to date with.
#[expect(clippy::result_large_err, reason = "an error ends the import")]
pub(super) fn not_older(lock: &Lock, file: &str, given: &Given) -> Result<(), Diagnostic> {
    let Some(known) = lock.pages.get(file) else {
        return Ok(());
    };
    if known.sha256 == given.sha256 {
        return Ok(());
    }
    let found = if let Some(earlier) = known
        .earlier
        .iter()
        .find(|earlier| earlier.sha256 == given.sha256)
    {
        format!(
            "the capture of {}, which pages/{file} has had before; it now has that of {}",
            earlier.captured, known.captured
        )
    } else if given.captured < known.captured {
        format!(
            "a capture of {}; pages/{file} was brought up to date with one of {}",
            given.captured, known.captured
        )
    } else {
        return Ok(());
    };
    Err(Diagnostic {
        rule: "import-older",
        page: given.name.clone(),
        span: None,
        found,
        expected: "a newer capture of the page".to_owned(),
        fix: "capture the page again, or pass `--older` to go back to this one".to_owned(),
    })
}

/// The lock with the new captures. What no page has is not in it.
pub(super) fn locked(mut lock: Lock, jobs: &[Job<'_>], after: &[Page]) -> Lock {
    let components = Components::of(after);
    let none = Components::default();
    for job in jobs {
        let page = job.page();
        let Some((name, operation)) = facts::operations(after).find(|(name, _)| *name == page)
        else {
            continue;
        };
        let ours: BTreeSet<String> = facts::facts(name, operation, &components)
            .into_iter()
            .map(|fact| fact.key)
            .collect();
        let read = facts::facts("", &job.capture, &none)
            .into_iter()
            .filter(|fact| ours.contains(&fact.key))
            .filter_map(|fact| Some((fact.key, fact.places.first()?.line)))
            .collect();
        let known = lock.pages.get(&job.file);
        let source = job
            .given
            .source
            .clone()
            .or_else(|| known.and_then(|known| known.source.clone()))
            .or_else(|| operation.source.origin.clone());
        let entry = entry(known, job.given, job.layout, source, read);
        lock.pages.insert(job.file.clone(), entry);
    }
    lock
}

/// The entry of a page after an import. The same capture again keeps its day, unless a later one is stated.
fn entry(
    known: Option<&Capture>,
    given: &Given,
    layout: Layout,
    source: Option<String>,
    facts: BTreeMap<String, usize>,
) -> Capture {
    let mut captured = given.captured.clone();
    let mut earlier = Vec::new();
    if let Some(known) = known {
        earlier.clone_from(&known.earlier);
        if known.sha256 == given.sha256 {
            if !given.is_dated || known.captured > captured {
                captured.clone_from(&known.captured);
            }
        } else {
            earlier.retain(|earlier| earlier.sha256 != given.sha256);
            earlier.push(Earlier {
                captured: known.captured.clone(),
                sha256: known.sha256.clone(),
            });
        }
    }
    Capture {
        source,
        captured,
        sha256: given.sha256.clone(),
        layout,
        earlier,
        facts,
        line: 0,
    }
}
