//! What is found before anything is written.

use crate::error::TransferError;
use crate::losses::Losses;
use crate::problem::{Problem, ProblemKind, Problems};
use std::sync::Arc;
use unified_contacts::{
    ContactRecord, ContactStore, Integration, Planned, StoreError, StoreErrorKind, WriteOptions,
};

/// What was found when every record was checked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Checked {
    /// How many records the source has.
    pub records: u64,
    /// How many of them are refused.
    pub refused: u64,
    /// What is wrong.
    pub problems: Problems,
    /// What the target cannot hold.
    pub losses: Losses,
    /// The SHA-256 of a file; empty for a store.
    pub(crate) sha256: String,
}

impl Checked {
    /// Counts a record, with what is wrong with it.
    pub(crate) fn note(&mut self, problems: Vec<Problem>) {
        self.records += 1;
        self.refused += u64::from(!problems.is_empty());
        for problem in problems {
            self.problems.add(problem);
        }
    }

    /// Whether the transfer may begin.
    pub(crate) fn allows(&self, keep_going: bool, accept_loss: bool) -> Result<(), TransferError> {
        if !self.problems.is_empty() && !keep_going {
            return Err(TransferError::Problems(self.problems.clone()));
        }
        if !self.losses.is_empty() && !accept_loss {
            return Err(TransferError::Loss(self.losses.clone()));
        }
        Ok(())
    }
}

/// Asks the target and the integration behind it what they say to a contact. Nothing is sent.
pub(crate) struct Checker<'a> {
    pub(crate) store: &'a dyn ContactStore,
    pub(crate) integration: Option<Integration>,
    /// What messages call the source.
    pub(crate) source: Arc<str>,
}

impl Checker<'_> {
    /// Checks a contact.
    pub(crate) fn check(
        &self,
        line: u64,
        draft: &ContactRecord,
        checked: &mut Checked,
    ) -> Result<(), TransferError> {
        let mut options = WriteOptions::new();
        options.integration = self.integration;
        let mut problems = Vec::new();
        if let Err(error) = self.store.dry_run(Planned::Create(draft, options)) {
            match error.kind() {
                StoreErrorKind::Lossy => checked.losses.add(error.lost()),
                StoreErrorKind::Unsupported => return Err(error.into()),
                _ => problems = self.problems_of(line, &error),
            }
        }
        checked.note(problems);
        Ok(())
    }

    /// A problem of the whole record.
    pub(crate) fn problem(
        &self,
        kind: ProblemKind,
        line: u64,
        found: String,
        expected: String,
        fix: &str,
    ) -> Problem {
        Problem {
            kind,
            file: Arc::clone(&self.source),
            line,
            column: None,
            found,
            expected,
            fix: fix.to_owned(),
        }
    }

    fn problems_of(&self, line: u64, error: &StoreError) -> Vec<Problem> {
        let provider = error.provider();
        match error.kind() {
            StoreErrorKind::Incomplete => {
                let missing = error.fields().iter().map(|field| {
                    self.problem(
                        ProblemKind::Missing,
                        line,
                        format!("no `{field}`"),
                        format!("a value, which {provider} requires of every contact"),
                        "fill it in, or map a column to it",
                    )
                });
                missing.collect()
            }
            StoreErrorKind::Integration => {
                let found = error.gaps().iter().map(|gap| {
                    self.problem(
                        ProblemKind::Integration,
                        line,
                        format!("a contact of which {gap}"),
                        format!("what {} takes", gap.integration),
                        "fill it in or leave it out, by the mapping or in the source",
                    )
                });
                found.collect()
            }
            _ => vec![self.problem(
                ProblemKind::NotSendable,
                line,
                format!("a contact that cannot be sent ({error})"),
                format!("what {provider} takes"),
                "correct the record",
            )],
        }
    }
}
