//! The row of tabs with the statuses of a Fumadocs page.

use super::super::example::Example;
use super::super::findings::{Findings, Line};
use super::super::status::{self, is_status};
use super::answers::count_disagrees;

/// The statuses that a section shows as tabs above what it says of the answers, and the lines below them.
///
/// Copying joins tabs on one line, or prints them one below the other.
pub(super) fn take<'l, 't>(lines: &'l [Line<'t>]) -> (Vec<&'t str>, &'l [Line<'t>]) {
    let Some(first) = lines.first() else {
        return (Vec::new(), lines);
    };
    if let Some(row) = status::row(first.text) {
        return (row, &lines[1..]);
    }
    let statuses: Vec<&str> = lines
        .iter()
        .map(|line| line.text)
        .take_while(|text| is_status(text))
        .collect();
    let below = &lines[statuses.len()..];
    if statuses.len() > 1 && !below.is_empty() {
        (statuses, below)
    } else {
        (Vec::new(), lines)
    }
}

/// Gives each example the status of its tab; false when the page says otherwise.
pub(super) fn name(
    heading: Line<'_>,
    tabs: &[&str],
    examples: &mut [Example],
    findings: &mut Findings<'_>,
) -> bool {
    let agrees = tabs.iter().zip(examples.iter()).all(|(tab, example)| {
        example
            .status
            .as_deref()
            .is_none_or(|status| status == *tab)
    });
    if tabs.len() != examples.len() || !agrees {
        count_disagrees(heading, tabs.len(), "statuses", examples.len(), findings);
        return false;
    }
    for (tab, example) in tabs.iter().zip(examples) {
        example.status = Some((*tab).to_owned());
    }
    true
}
