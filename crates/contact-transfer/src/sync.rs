//! From one store into another.

mod feed;

use crate::cancel::Cancel;
use crate::check::{Checked, Checker};
use crate::drive::{Transfer, drive, now};
use crate::error::TransferError;
use crate::held::Held;
use crate::journal::entry::State;
use crate::journal::{Binding, Endpoint, Journal, Origin};
use crate::listing::Patient;
use crate::options::SyncOptions;
use crate::problem::ProblemKind;
use crate::progress::Progress;
use crate::report::{Report, Stopped};
use feed::StoreFeed;
use std::path::Path;
use std::time::Duration;
use unified_contacts::adapter::unsupported;
use unified_contacts::{ContactRecord, ContactStore, ListQuery, Operation, StoreErrorKind};

/// A copy of the contacts of one store into another.
///
/// A contact of the source is one of the target that an earlier run made of it, or else the one with the same e-mail
/// address; where there is none, it is created. Nothing is deleted, and what the source does not have is kept. When a
/// pass is through, the next run begins another one.
///
/// Of every contact some 50 bytes are held in memory; the contacts of the target lie in a file without a name beside
/// the journal while it runs.
#[derive(Debug)]
pub struct Sync<'a> {
    from: &'a dyn ContactStore,
    source: Endpoint,
    to: &'a dyn ContactStore,
    target: Endpoint,
    options: SyncOptions,
}

impl<'a> Sync<'a> {
    /// A sync from one store to another, each with what the journal knows it by.
    ///
    /// # Errors
    /// When the source cannot be listed, or the target cannot be listed, created and updated in.
    pub fn new(
        (from, source): (&'a dyn ContactStore, Endpoint),
        (to, target): (&'a dyn ContactStore, Endpoint),
        options: SyncOptions,
    ) -> Result<Self, TransferError> {
        let needs = [
            (from, Operation::List),
            (to, Operation::List),
            (to, Operation::Create),
            (to, Operation::Update),
        ];
        for (store, operation) in needs {
            if !store.capabilities().supports(operation) {
                return Err(unsupported(store.provider(), operation).into());
            }
        }
        Ok(Self {
            from,
            source,
            to,
            target,
            options,
        })
    }

    /// Checks every contact of the source as if it were created in the target. Nothing is written. Lines are places in
    /// the source's listing.
    ///
    /// # Errors
    /// When the source cannot be listed to its end.
    pub async fn check(&self, progress: &dyn Progress) -> Result<Checked, TransferError> {
        let mut checked = Checked::default();
        let target = Checker {
            store: self.to,
            integration: self.options.integration,
            source: self.from.provider().into(),
        };
        progress.started(None, 0);
        let mut contacts = Patient::new(self.from.list(self.query())?);
        let mut place = 0;
        while let Some(contact) = contacts.next().await {
            place += 1;
            match contact {
                Ok(contact) => target.check(place, &ContactRecord::of(&*contact), &mut checked)?,
                Err(error) if error.kind() == StoreErrorKind::Item => {
                    let problem = target.problem(
                        ProblemKind::NotSendable,
                        place,
                        format!("a contact that cannot be read ({error})"),
                        "what the document of the API says".to_owned(),
                        "correct it in the source",
                    );
                    checked.note(vec![problem]);
                }
                Err(error) => return Err(error.into()),
            }
            progress.advanced(1);
        }
        progress.finished();
        Ok(checked)
    }

    /// Copies every contact that this pass did not settle yet. Every run between the same stores goes on with the same
    /// journal, which is begun where there is none.
    ///
    /// # Errors
    /// As those of [`Import::run`](crate::Import::run).
    pub async fn run(
        &self,
        checked: &Checked,
        journal: &Path,
        progress: &dyn Progress,
        cancel: &Cancel,
    ) -> Result<Report, TransferError> {
        checked.allows(self.options.keep_going, self.options.accept_loss)?;
        let path = journal;
        let binding = Binding {
            origin: Origin::Store(self.source.clone()),
            target: self.target.clone(),
        };
        let mut journal = Journal::open(path, &binding)?;
        if journal.is_done() {
            journal.begin_pass()?;
        }
        let before = Report::of(&journal, None)?;
        progress.started(Some(checked.records), before.settled());
        let stopped = self.rounds(&mut journal, path, progress, cancel).await;
        progress.finished();
        Ok(Report::of(&journal, stopped?)?)
    }

    fn query(&self) -> ListQuery {
        let mut query = ListQuery::new();
        query.page_size = self.options.page_size;
        query
    }

    async fn rounds(
        &self,
        journal: &mut Journal,
        path: &Path,
        progress: &dyn Progress,
        cancel: &Cancel,
    ) -> Result<Option<Stopped>, TransferError> {
        const ROUNDS: usize = 3;
        for _ in 0..ROUNDS {
            let held = match self.held(journal, path, progress, cancel).await? {
                Ok(held) => held,
                Err(stopped) => return Ok(Some(stopped)),
            };
            let (stopped, total) = {
                let transfer = Transfer {
                    store: self.to,
                    journal,
                    integration: self.options.integration,
                    options: &self.options.run,
                    progress,
                    cancel,
                };
                progress.doing("copying contacts");
                let mut feed = StoreFeed::new(self, journal, held)?;
                (drive(&transfer, &mut feed).await?, feed.place)
            };
            if stopped.is_some() {
                return Ok(stopped);
            }
            let mut unknown = 0_u64;
            journal.each(|_, entry| {
                unknown += u64::from(matches!(entry.state, State::Intended { .. }));
            })?;
            journal.set_total(total, unknown == 0)?;
            if unknown == 0 {
                return Ok(None);
            }
        }
        Ok(None)
    }

    /// The contacts of the target. Writes that may still be under way are waited for, so that what they make is among
    /// them.
    async fn held(
        &self,
        journal: &Journal,
        path: &Path,
        progress: &dyn Progress,
        cancel: &Cancel,
    ) -> Result<Result<Held, Stopped>, TransferError> {
        let mut newest = 0;
        journal.each(|_, entry| {
            if let State::Intended { at } = entry.state {
                newest = newest.max(at);
            }
        })?;
        let passed = Duration::from_secs(now().saturating_sub(newest));
        let rest = self.options.run.settle.saturating_sub(passed);
        if newest > 0 && !rest.is_zero() {
            progress.doing("waiting for writes that may still be under way");
            tokio::select! {
                () = tokio::time::sleep(rest) => {}
                () = cancel.cancelled() => return Ok(Err(Stopped::Cancelled)),
            }
        }
        progress.doing("listing the target");
        let mut held = Held::new(path)?;
        let mut contacts = Patient::new(self.to.list(self.query())?);
        loop {
            let contact = tokio::select! {
                contact = contacts.next() => contact,
                () = cancel.cancelled() => return Ok(Err(Stopped::Cancelled)),
            };
            match contact {
                None => break,
                Some(Ok(contact)) => held.take(&*contact)?,
                // A contact that cannot be read is matched by nobody.
                Some(Err(error)) if error.kind() == StoreErrorKind::Item => {}
                Some(Err(error)) => return Ok(Err(Stopped::Unreachable(error.to_string()))),
            }
        }
        held.flush()?;
        Ok(Ok(held))
    }
}
