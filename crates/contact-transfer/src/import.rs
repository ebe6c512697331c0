//! From a file into a store.

use crate::cancel::Cancel;
use crate::check::{Checked, Checker};
use crate::drive::{Fed, Feed, Job, Transfer, Work, drive, now};
use crate::error::TransferError;
use crate::journal::entry::State;
use crate::journal::{Binding, Endpoint, Journal, Origin, hex};
use crate::mapping::Mapping;
use crate::options::ImportOptions;
use crate::problem::Problem;
use crate::progress::Progress;
use crate::reconcile::reconcile;
use crate::report::{Report, Stopped};
use crate::source::{FileSource, Rows};
use sha2::{Digest, Sha256};
use std::path::Path;
use std::sync::Arc;
use unified_contacts::ContactStore;

/// An import of a file into a store.
///
/// ```no_run
/// use contact_transfer::{Cancel, Endpoint, FileSource, Import, ImportOptions, Mapping, SourceOptions, TransferError};
/// use std::path::Path;
/// use unified_contacts::{ContactStore, Settings};
///
/// async fn import(store: &dyn ContactStore, settings: &Settings) -> Result<(), TransferError> {
///     let source = FileSource::open("people.csv", SourceOptions::default())?;
///     let mapping = Mapping::guess(source.header());
///     let import = Import::new(source, &mapping, store, Endpoint::of(settings), ImportOptions::default())?;
///     let checked = import.check(&())?;
///     let report = import.run(&checked, Path::new("people.csv.journal"), &(), &Cancel::new()).await?;
///     eprintln!("{report}");
///     Ok(())
/// }
/// ```
#[derive(Debug)]
pub struct Import<'a> {
    source: FileSource,
    mapping: Mapping,
    store: &'a dyn ContactStore,
    target: Endpoint,
    options: ImportOptions,
}

impl<'a> Import<'a> {
    /// An import. `target` is what the journal knows the store by.
    ///
    /// # Errors
    /// When the mapping is not one of the file's header, or no column becomes anything.
    pub fn new(
        source: FileSource,
        mapping: &Mapping,
        store: &'a dyn ContactStore,
        target: Endpoint,
        options: ImportOptions,
    ) -> Result<Self, TransferError> {
        let mapping = mapping.for_header(source.header(), &source.name)?;
        source.check_mapping(&mapping)?;
        Ok(Self {
            source,
            mapping,
            store,
            target,
            options,
        })
    }

    /// Checks every record: that it can be read, and that the target and the integration behind it would take it. Nothing
    /// is sent. It is as fast as the file is read, and blocks meanwhile.
    ///
    /// # Errors
    /// When the file cannot be read, and when the store can create nothing.
    pub fn check(&self, progress: &dyn Progress) -> Result<Checked, TransferError> {
        let mut checked = Checked {
            sha256: self.source.sha256()?,
            ..Checked::default()
        };
        let target = Checker {
            store: self.store,
            integration: self.options.integration,
            source: Arc::clone(&self.source.name),
        };
        progress.started(None, 0);
        let mut rows = self.source.rows(&self.mapping)?;
        while let Some(record) = rows.next_record()? {
            match record.draft {
                Ok(draft) => target.check(record.line, &draft, &mut checked)?,
                Err(problems) => checked.note(problems),
            }
            progress.advanced(1);
        }
        progress.finished();
        Ok(checked)
    }

    /// Sends every record that is not settled yet. Every run of the same file and mapping into the same target goes on
    /// with the same journal, which is begun where there is none.
    ///
    /// # Errors
    /// When something is wrong with the records and [`ImportOptions::keep_going`] is not set, when something would be
    /// lost and [`ImportOptions::accept_loss`] is not set (nothing was written then); when the journal is that of
    /// something else, or cannot be written; and when the file cannot be read.
    pub async fn run(
        &self,
        checked: &Checked,
        journal: &Path,
        progress: &dyn Progress,
        cancel: &Cancel,
    ) -> Result<Report, TransferError> {
        checked.allows(self.options.keep_going, self.options.accept_loss)?;
        let mut journal = Journal::open(journal, &self.binding(&checked.sha256))?;
        journal.set_total(checked.records, journal.is_done())?;
        let before = Report::of(&journal, None)?;
        progress.started(Some(checked.records), before.settled());
        let stopped = self.rounds(&journal, progress, cancel).await;
        progress.finished();
        let stopped = stopped?;
        if stopped.is_none() {
            journal.set_total(checked.records, true)?;
        }
        Ok(Report::of(&journal, stopped)?)
    }

    fn binding(&self, sha256: &str) -> Binding {
        let mut mapping = Sha256::new();
        mapping.update(self.mapping.to_toml());
        Binding {
            origin: Origin::File {
                sha256: sha256.to_owned(),
                mapping_sha256: hex(&mapping.finalize()),
            },
            target: self.target.clone(),
        }
    }

    /// Goes through the file, finds out what became of writes of which that is not known, and goes through it again for
    /// those that have to be sent again.
    async fn rounds(
        &self,
        journal: &Journal,
        progress: &dyn Progress,
        cancel: &Cancel,
    ) -> Result<Option<Stopped>, TransferError> {
        const ROUNDS: usize = 3;
        let transfer = Transfer {
            store: self.store,
            journal,
            integration: self.options.integration,
            options: &self.options.run,
            progress,
            cancel,
        };
        let has_keys = self.store.capabilities().idempotency_keys;
        let window = if has_keys {
            self.options.run.replay_window.as_secs()
        } else {
            0
        };
        for round in 1..=ROUNDS {
            let mut feed = FileFeed {
                rows: self.source.rows(&self.mapping)?,
                journal,
                last: journal.last_number()?,
                resend_after: has_keys.then(|| now().saturating_sub(window)),
            };
            let stopped = drive(&transfer, &mut feed).await?;
            if stopped.is_some() || round == ROUNDS {
                return Ok(stopped);
            }
            let mut stale = Vec::new();
            let mut fresh = 0_u64;
            let oldest = now().saturating_sub(window);
            journal.each(|number, entry| match entry.state {
                State::Intended { at } if has_keys && at > oldest => fresh += 1,
                State::Intended { at } => stale.push((number, entry.line, at)),
                _ => {}
            })?;
            if stale.is_empty() && fresh == 0 {
                return Ok(None);
            }
            if !stale.is_empty() {
                let rows = self.source.rows(&self.mapping)?;
                if let Some(stopped) = reconcile(&transfer, rows, stale).await? {
                    return Ok(Some(stopped));
                }
            }
        }
        Ok(None)
    }
}

/// The records of a file that are not settled yet.
struct FileFeed<'a> {
    rows: Rows,
    journal: &'a Journal,
    /// The greatest number that the journal has something of.
    last: u64,
    /// Intents that are younger than this are sent again under their keys; none where there are no keys.
    resend_after: Option<u64>,
}

impl Feed for FileFeed<'_> {
    async fn next(&mut self) -> Result<Fed, TransferError> {
        let Some(record) = self.rows.next_record()? else {
            return Ok(Fed::End);
        };
        let (number, line) = (record.number, record.line);
        let entry = if number <= self.last {
            self.journal.entry(number)?
        } else {
            None
        };
        let intended_at = match entry.map(|entry| entry.state) {
            None => None,
            Some(State::Intended { at }) if self.resend_after.is_some_and(|oldest| at > oldest) => {
                Some(at)
            }
            Some(_) => return Ok(Fed::Passed),
        };
        Ok(match record.draft {
            Ok(draft) => Fed::Job(Job {
                number,
                line,
                work: Work::Create(Box::new(draft)),
                intended_at,
                attempts: 0,
            }),
            Err(problems) => {
                let reasons: Vec<String> = problems.iter().map(Problem::reason).collect();
                let reason = reasons.join("; ");
                Fed::Settled {
                    number,
                    line,
                    state: State::Refused { reason },
                }
            }
        })
    }
}
