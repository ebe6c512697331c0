//! What is wrong with a source, place by place.

use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

/// What kind of problem it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ProblemKind {
    /// There is nothing in the file.
    Empty,
    /// The file is in an encoding that is not read.
    Encoding,
    /// A byte sequence that is no text in the file's encoding.
    InvalidText,
    /// A NUL byte.
    NulByte,
    /// A line that is longer than the limit.
    LineTooLong,
    /// A record with more or fewer cells than the header.
    Ragged,
    /// A quote that is never closed.
    OpenQuote,
    /// Text between a closing quote and the next separator.
    TextAfterQuote,
    /// A line break in a cell that holds one line.
    LineBreak,
    /// A cell that a spreadsheet would take for a formula.
    Formula,
    /// A person that stands in the file before.
    DuplicatePerson,
    /// A column that stands in the header twice.
    DuplicateColumn,
    /// A header in which no column is known.
    NoKnownColumn,
    /// A line that is no JSON, or no contact record.
    Json,
    /// A value that cannot be what the column stands for.
    Value,
    /// A record in which nothing is set.
    NothingSet,
    /// A field that the target requires.
    Missing,
    /// What the integration behind the target does not take.
    Integration,
    /// What the target cannot be sent.
    NotSendable,
}

impl ProblemKind {
    /// Its name in JSON.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::Encoding => "encoding",
            Self::InvalidText => "invalid_text",
            Self::NulByte => "nul_byte",
            Self::LineTooLong => "line_too_long",
            Self::Ragged => "ragged",
            Self::OpenQuote => "open_quote",
            Self::TextAfterQuote => "text_after_quote",
            Self::LineBreak => "line_break",
            Self::Formula => "formula",
            Self::DuplicatePerson => "duplicate_person",
            Self::DuplicateColumn => "duplicate_column",
            Self::NoKnownColumn => "no_known_column",
            Self::Json => "json",
            Self::Value => "value",
            Self::NothingSet => "nothing_set",
            Self::Missing => "missing",
            Self::Integration => "integration",
            Self::NotSendable => "not_sendable",
        }
    }
}

impl fmt::Display for ProblemKind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

/// Something that is wrong at one place of a source: what was found, what was expected, how to mend it. No value of a
/// contact is in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// What kind of problem it is.
    pub kind: ProblemKind,
    /// The name of the file.
    #[serde(serialize_with = "as_text")]
    pub file: Arc<str>,
    /// The line on which the record starts, from 1.
    pub line: u64,
    /// The column's name, if the problem is in one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<String>,
    /// What was found, in words.
    pub found: String,
    /// What was expected.
    pub expected: String,
    /// How to mend it.
    pub fix: String,
}

fn as_text<S: serde::Serializer>(text: &Arc<str>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(text)
}

impl Problem {
    /// The problem without its place, as a reason by which many are counted.
    #[must_use]
    pub fn reason(&self) -> String {
        let column = self.column.as_ref();
        let column = column.map(|column| format!("column `{}`: ", column.escape_debug()));
        let column = column.unwrap_or_default();
        format!(
            "{column}found {}, expected {}; {}",
            self.found, self.expected, self.fix
        )
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}:{}: {}", self.file, self.line, self.reason())
    }
}

impl std::error::Error for Problem {}

/// Problems: the first ones as they are, and how many there are of each kind.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Problems {
    /// The first ones.
    pub listed: Vec<Problem>,
    /// How many there are of each kind.
    pub counts: BTreeMap<ProblemKind, u64>,
}

impl Problems {
    /// How many are listed.
    pub const LISTED: usize = 100;

    /// None.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds one.
    pub fn add(&mut self, problem: Problem) {
        *self.counts.entry(problem.kind).or_default() += 1;
        if self.listed.len() < Self::LISTED {
            self.listed.push(problem);
        }
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.counts.is_empty()
    }

    /// How many there are.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.counts.values().sum()
    }
}

impl fmt::Display for Problems {
    /// One line for each that is listed, and one for the rest.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for problem in &self.listed {
            writeln!(formatter, "{problem}")?;
        }
        let rest = self.count().saturating_sub(self.listed.len() as u64);
        if rest > 0 {
            writeln!(formatter, "and {rest} more problems")?;
        }
        Ok(())
    }
}
