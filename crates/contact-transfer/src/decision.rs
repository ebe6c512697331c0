//! What only a person can decide.

use crate::error::TransferError;
use crate::journal::entry::{Entry, State};
use crate::journal::{Change, Journal, JournalError};
use serde::Serialize;
use std::fmt;
use std::path::Path;

/// A record of which nobody can tell from here whether it was created.
#[derive(Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Decision {
    /// The line on which the record starts.
    pub line: u64,
    /// Why nobody can tell.
    pub reason: String,
    /// The ids of contacts in the target that it may have become. `Display` and `Debug` do not print them.
    pub candidates: Vec<String>,
}

impl fmt::Display for Decision {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "line {}: {}", self.line, self.reason)
    }
}

impl fmt::Debug for Decision {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Decision")
            .field("line", &self.line)
            .field("reason", &self.reason)
            .field("candidates", &self.candidates.len())
            .finish()
    }
}

/// What a person decides about a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// It was created, and the target knows it under this id.
    CreatedAs(String),
    /// It was not created: the next run sends it.
    SendAgain,
    /// It is left out.
    Skip,
}

/// The records about which a person has to decide, all of them.
///
/// # Errors
/// When the journal cannot be read.
pub fn decisions(journal: &Path) -> Result<Vec<Decision>, TransferError> {
    let journal = Journal::existing(journal)?;
    let mut decisions = Vec::new();
    journal.each(|_, entry| {
        if let State::Undecided { reason, candidates } = entry.state {
            let line = entry.line;
            decisions.push(Decision {
                line,
                reason,
                candidates,
            });
        }
    })?;
    Ok(decisions)
}

/// Decides about the record that starts on a line.
///
/// # Errors
/// When the journal cannot be written, and when there is nothing to decide about that line.
pub async fn decide(journal: &Path, line: u64, answer: Answer) -> Result<(), TransferError> {
    let journal = Journal::existing(journal)?;
    let mut found = None;
    journal.each(|number, entry| {
        let is_open = matches!(entry.state, State::Undecided { .. });
        if is_open && entry.line == line {
            found = Some(number);
        }
    })?;
    let Some(number) = found else {
        let problem = format!(
            "{}: there is nothing to decide about line {line}; the report lists the lines",
            journal.name()
        );
        return Err(JournalError::new(problem).into());
    };
    let is_of_sync = journal.is_of_sync();
    match answer {
        Answer::CreatedAs(id) => {
            if is_of_sync {
                journal.change(Change::Id(number, id.clone()));
            }
            let created = Entry::new(line, State::Created { id: Some(id) });
            journal.change(Change::Put(number, created));
        }
        Answer::SendAgain => journal.change(Change::Remove(number)),
        Answer::Skip => journal.put(number, line, State::Skipped),
    }
    journal.durable().await?;
    Ok(())
}

/// What a journal says of its transfer so far.
///
/// # Errors
/// When the journal cannot be read.
pub fn report(journal: &Path) -> Result<crate::Report, TransferError> {
    Ok(crate::Report::of(&Journal::existing(journal)?, None)?)
}
