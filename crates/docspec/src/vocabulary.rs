//! Reviewed splits of enum values that a page prints without separators.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use serde_json::Value;

/// The reviewed splits, keyed by the exact fused text.
///
/// A vocabulary remembers which entries were asked for, so that entries that match nothing can be reported.
#[derive(Debug, Clone, Default)]
pub struct Vocabulary {
    splits: BTreeMap<String, Split>,
    used: RefCell<BTreeSet<String>>,
}

/// One reviewed split.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Split {
    /// The text as the page prints it, without separators.
    pub text: String,
    /// The values in order, repeats as the page has them.
    pub values: Vec<Value>,
    /// Why this split is right.
    pub reason: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    split: Vec<Split>,
}

/// Why a vocabulary file was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invalid {
    /// What was found, where, and how to mend it.
    pub message: String,
}

impl Vocabulary {
    /// Reads a `vocabulary.toml`: a `[[split]]` table for each fused text, with `text`, `values` and `reason`.
    ///
    /// # Errors
    ///
    /// When the file is not valid TOML, a key is unknown, a text stands twice, a reason is empty, or the values
    /// of an entry do not spell its text when they are written one after the other.
    pub fn parse(file: &str) -> Result<Self, Invalid> {
        let File { split } = toml::from_str(file).map_err(|error| Invalid {
            message: error.to_string(),
        })?;
        let mut splits = BTreeMap::new();
        for entry in split {
            let spelled: String = entry.values.iter().map(spelling).collect();
            if spelled != entry.text {
                return Err(Invalid {
                    message: format!(
                        "the values of the split {:?} spell {spelled:?}: correct `values` so that, one after the other, they are the text",
                        entry.text
                    ),
                });
            }
            if entry.reason.trim().is_empty() {
                return Err(Invalid {
                    message: format!(
                        "the split {:?} has no reason: say in `reason` why it is right",
                        entry.text
                    ),
                });
            }
            let text = entry.text.clone();
            if splits.insert(text.clone(), entry).is_some() {
                return Err(Invalid {
                    message: format!("the split {text:?} stands twice: remove one of them"),
                });
            }
        }
        Ok(Self {
            splits,
            used: RefCell::default(),
        })
    }

    /// Adds the entries of `other`, which win where both have the same text.
    pub fn extend(&mut self, other: Self) {
        self.splits.extend(other.splits);
        self.used.get_mut().extend(other.used.into_inner());
    }

    /// The values of a fused text with their repeats, or `None` when nobody has reviewed it.
    #[must_use]
    pub fn split(&self, fused: &str) -> Option<&[Value]> {
        let split = self.splits.get(fused)?;
        self.used.borrow_mut().insert(fused.to_owned());
        Some(&split.values)
    }

    /// The texts that no page has asked for so far.
    #[must_use]
    pub fn unused(&self) -> Vec<&str> {
        let used = self.used.borrow();
        self.splits
            .keys()
            .map(String::as_str)
            .filter(|text| !used.contains(*text))
            .collect()
    }

    /// The `[[split]]` table to fill in for a text that nobody has reviewed.
    #[must_use]
    pub fn entry_to_fill_in(fused: &str) -> String {
        format!(
            "[[split]]\ntext = {}\nvalues = []\nreason = \"\"",
            toml::Value::String(fused.to_owned())
        )
    }
}

/// How a value is written in a fused text: strings as they are, other values as JSON writes them.
fn spelling(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
