//! The lock: which capture a page was brought up to date with, and which ones before.

use std::collections::BTreeMap;

use super::Given;
use crate::captures::{Capture, Earlier, Lock};
use crate::diagnostic::Diagnostic;
use crate::layout::Layout;

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

/// The entry of a page after an import. The same capture again keeps its day, unless a later one is stated.
pub(super) fn entry(
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
