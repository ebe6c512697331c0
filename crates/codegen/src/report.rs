//! What normalising changed: which rule, where, and what.

use std::{
    collections::BTreeMap,
    fmt::{self, Write as _},
};

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
    /// How many of the fields keep the type that the document gives them.
    pub fields: Fields,
}

/// The fields, parameters and bodies of a crate's types, by what became of their types.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fields {
    /// How many there are.
    pub total: usize,
    /// Those that are, or hold, any JSON although the document says more: the rule and the pointer of each.
    pub weakened: Vec<(String, String)>,
}

impl Fields {
    /// The share of fields that keep their full type, from 0 to 1; 1 where there are none.
    #[must_use]
    #[expect(
        clippy::cast_precision_loss,
        reason = "no document has so many fields that it would show"
    )]
    pub fn kept(&self) -> f64 {
        if self.total == 0 {
            return 1.0;
        }
        1.0 - self.weakened.len() as f64 / self.total as f64
    }
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

impl Report {
    /// How many fields kept their type, and how often each rule changed something: one line for each rule.
    #[must_use]
    pub fn summary(&self) -> String {
        let Fields { total, weakened } = &self.fields;
        let mut text = format!(
            "{:.2} % of {total} fields kept their full type",
            100.0 * self.fields.kept()
        );
        let mut lost: BTreeMap<&str, usize> = BTreeMap::new();
        for (rule, _) in weakened {
            *lost.entry(rule).or_default() += 1;
        }
        for (rule, count) in self.counts() {
            // Writing to a string cannot fail.
            let _ = write!(text, "\n  {rule:<24}{count:>8}");
            if let Some(lost) = lost.get(rule) {
                let _ = write!(text, "   {lost} to any JSON, text or bytes");
            }
        }
        text
    }

    /// The summary, every field that lost its type, and every change with its pointer.
    #[must_use]
    pub fn to_text(&self) -> String {
        let mut text = self.summary();
        text.push_str("\n\nfields that lost their type:\n");
        for (rule, pointer) in &self.fields.weakened {
            let _ = writeln!(text, "{rule} {pointer}");
        }
        let _ = write!(text, "\nchanges:\n{self}");
        text
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
