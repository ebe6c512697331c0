//! For the changelog of the generated crate.

use std::fmt::Write as _;

use super::markdown::escaped;
use super::words::{of_level, place, sentence};
use crate::{Change, Comparison, RustLevel, WireLevel};

/// Writes the body of an entry of a changelog: what callers of the crate must change, what they can use now, and what
/// else is different; in each, what breaks on the wire first. Empty when nothing changed.
#[must_use]
pub fn changelog(comparison: &Comparison) -> String {
    let mut text = String::new();
    let sections = [
        (RustLevel::Major, "Breaking"),
        (RustLevel::Minor, "Added and deprecated"),
        (RustLevel::Patch, "Other changes"),
    ];
    for (level, title) in sections {
        let changes: Vec<&Change> = WireLevel::ALL
            .into_iter()
            .rev()
            .flat_map(|wire| of_level(comparison, wire))
            .filter(|change| change.rust == level)
            .collect();
        if changes.is_empty() {
            continue;
        }
        if !text.is_empty() {
            text.push('\n');
        }
        // Writing to a string cannot fail.
        let _ = writeln!(text, "### {title}\n");
        for change in changes {
            let wire = match change.wire {
                WireLevel::Info => String::new(),
                level => format!(" ({level} on the wire)"),
            };
            let _ = writeln!(
                text,
                "- `{}`: {}{wire}",
                place(change).replace('`', "'"),
                escaped(&sentence(change))
            );
        }
    }
    text
}
