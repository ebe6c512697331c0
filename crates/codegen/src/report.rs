//! What normalising changed: which rule, where, and what.

use std::{collections::BTreeMap, fmt};

/// One change that a rule made.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Change {
    /// The rule.
    pub rule: &'static str,
    /// The JSON pointer into the source document.
    pub pointer: String,
    /// What was changed.
    pub detail: String,
}

impl fmt::Display for Change {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} {}: {}", self.rule, self.pointer, self.detail)
    }
}

/// Every change, in the order in which the rules made them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// The changes.
    pub changes: Vec<Change>,
}

impl Report {
    /// Notes a change.
    pub fn note(
        &mut self,
        rule: &'static str,
        pointer: impl Into<String>,
        detail: impl Into<String>,
    ) {
        self.changes.push(Change {
            rule,
            pointer: pointer.into(),
            detail: detail.into(),
        });
    }

    /// How often each rule changed something, by the rule's name.
    #[must_use]
    pub fn counts(&self) -> BTreeMap<&'static str, usize> {
        let mut counts = BTreeMap::new();
        for change in &self.changes {
            *counts.entry(change.rule).or_default() += 1;
        }
        counts
    }
}

impl fmt::Display for Report {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for change in &self.changes {
            writeln!(out, "{change}")?;
        }
        Ok(())
    }
}
