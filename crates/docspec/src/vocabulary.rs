//! Reviewed splits of enum values that a page prints without separators.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use serde_json::Value;
use toml::Spanned;

use crate::diagnostic::{Diagnostic, Span};

/// The reviewed splits, keyed by the exact fused text.
///
/// A vocabulary remembers which entries were asked for, so that entries that match nothing can be reported.
#[derive(Debug, Clone, Default)]
pub struct Vocabulary {
    splits: BTreeMap<String, Split>,
    /// The line of each entry in its file.
    lines: BTreeMap<String, usize>,
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
    split: Vec<Spanned<Split>>,
}

/// The name of the file with the reviewed splits.
pub const FILE: &str = "vocabulary.toml";

impl Vocabulary {
    /// Reads a `vocabulary.toml`: a `[[split]]` table for each fused text, with `text`, `values` and `reason`.
    /// Diagnostics call the file [`FILE`].
    ///
    /// # Errors
    ///
    /// When the file is not valid TOML, a key is unknown, a text stands twice, a reason is empty, or the values
    /// of an entry do not spell its text when they are written one after the other.
    pub fn parse(file: &str) -> Result<Self, Vec<Diagnostic>> {
        let File { split } = toml::from_str(file).map_err(|error| {
            vec![Diagnostic {
                rule: "vocabulary-syntax",
                page: FILE.to_owned(),
                span: error.span().map(|range| span(file, &range)),
                found: error.message().trim().replace('\n', ", "),
                expected: "`[[split]]` tables with `text`, `values` and `reason`".to_owned(),
                fix: "correct the entry".to_owned(),
            }]
        })?;
        let mut splits: BTreeMap<String, Split> = BTreeMap::new();
        let mut lines = BTreeMap::new();
        let mut problems = Vec::new();
        for entry in split {
            let span = span(file, &entry.span());
            let line = span.line;
            let entry = entry.into_inner();
            let mut refuse = |rule, found: String, expected: &str, fix: &str| {
                problems.push(Diagnostic {
                    rule,
                    page: FILE.to_owned(),
                    span: Some(span),
                    found,
                    expected: expected.to_owned(),
                    fix: fix.to_owned(),
                });
            };
            let spelled: String = entry.values.iter().map(spelling).collect();
            if spelled != entry.text {
                refuse(
                    "vocabulary-spelling",
                    format!("the values of the split {:?} spell {spelled:?}", entry.text),
                    "values that, written one after the other, are the text",
                    "correct `values`",
                );
            }
            if entry.reason.trim().is_empty() {
                refuse(
                    "vocabulary-reason",
                    format!("the split {:?} has no reason", entry.text),
                    "a reason that a reviewer can check",
                    "say in `reason` why the split is right",
                );
            }
            let text = entry.text.clone();
            if let Some(first) = lines.insert(text.clone(), line) {
                refuse(
                    "vocabulary-twice",
                    format!("the split {text:?} stands twice, first on line {first}"),
                    "each text once",
                    "remove one of them",
                );
            }
            splits.insert(text, entry);
        }
        if problems.is_empty() {
            Ok(Self {
                splits,
                lines,
                used: RefCell::default(),
            })
        } else {
            Err(problems)
        }
    }

    /// Adds the entries of `other`, which win where both have the same text.
    pub fn extend(&mut self, other: Self) {
        self.splits.extend(other.splits);
        self.lines.extend(other.lines);
        self.used.get_mut().extend(other.used.into_inner());
    }

    /// The values of a fused text with their repeats, or `None` when nobody has reviewed it.
    #[must_use]
    pub fn split(&self, fused: &str) -> Option<&[Value]> {
        let split = self.splits.get(fused)?;
        self.used.borrow_mut().insert(fused.to_owned());
        Some(&split.values)
    }

    /// The same splits, none of which has been asked for.
    #[must_use]
    pub fn fresh(&self) -> Self {
        Self {
            used: RefCell::default(),
            ..self.clone()
        }
    }

    /// The entries that have been asked for, in the order of their texts.
    #[must_use]
    pub fn used(&self) -> Vec<&Split> {
        let used = self.used.borrow();
        self.splits
            .values()
            .filter(|split| used.contains(&split.text))
            .collect()
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

    /// A diagnostic for each entry that no page has asked for so far.
    #[must_use]
    pub fn unused_entries(&self) -> Vec<Diagnostic> {
        self.unused()
            .into_iter()
            .map(|text| Diagnostic {
                rule: "vocabulary-unused",
                page: FILE.to_owned(),
                span: self.lines.get(text).map(|line| Span {
                    line: *line,
                    start: 0,
                    end: usize::MAX,
                }),
                found: format!("no page has the fused text {text:?}"),
                expected: "entries that a page needs".to_owned(),
                fix: "remove the entry".to_owned(),
            })
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

/// The first line of a byte range.
fn span(file: &str, range: &std::ops::Range<usize>) -> Span {
    let before = file.get(..range.start).unwrap_or(file);
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    let line = file[start..].lines().next().unwrap_or_default();
    let column = before.len() - start;
    Span {
        line: before.matches('\n').count() + 1,
        start: column,
        end: range
            .end
            .saturating_sub(start)
            .clamp(column, line.len().max(column)),
    }
}

/// How a value is written in a fused text: strings as they are, other values as JSON writes them.
fn spelling(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
