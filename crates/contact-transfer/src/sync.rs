//! From one store into another.

use crate::cancel::Cancel;
use crate::check::{Checked, Checker};
use crate::drive::{Fed, Feed, Job, Transfer, Work, drive, now};
use crate::error::TransferError;
use crate::held::Held;
use crate::journal::entry::State;
use crate::journal::{Binding, Change, Endpoint, Journal, Origin};
use crate::merge::change;
use crate::options::SyncOptions;
use crate::problem::ProblemKind;
use crate::progress::Progress;
use crate::report::{Report, Stopped};
use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasher, RandomState};
use std::path::Path;
use std::time::Duration;
use unified_contacts::adapter::unsupported;
use unified_contacts::{
    Contact, ContactListing, ContactRecord, ContactStore, Integration, ListQuery, Operation,
    StoreErrorKind,
};

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
        let mut contacts = self.from.list(self.query())?;
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
        let mut contacts = self.to.list(self.query())?;
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

/// The contacts of the source that this pass did not settle yet.
struct StoreFeed<'a> {
    contacts: ContactListing,
    journal: &'a Journal,
    held: Held,
    to: &'a dyn ContactStore,
    integration: Option<Integration>,
    /// Intents that are younger than this are sent again under their keys; none where there are no keys.
    resend_after: Option<u64>,
    hasher: RandomState,
    /// The ids of the source that were met, since a listing can give a contact twice.
    met: HashSet<u64>,
    /// Which contact of the source is this one of the target, by the hash of its id.
    claimed: HashMap<u64, u64>,
    last: u64,
    place: u64,
}

impl<'a> StoreFeed<'a> {
    fn new(sync: &Sync<'a>, journal: &'a Journal, held: Held) -> Result<Self, TransferError> {
        let hasher = RandomState::new();
        let mut claimed = HashMap::new();
        journal.each_id(|number, id| {
            claimed.insert(hasher.hash_one(id), number);
        })?;
        let window = sync.options.run.replay_window.as_secs();
        let has_keys = sync.to.capabilities().idempotency_keys;
        Ok(Self {
            contacts: sync.from.list(sync.query())?,
            journal,
            held,
            to: sync.to,
            integration: sync.options.integration,
            resend_after: has_keys.then(|| now().saturating_sub(window)),
            hasher,
            met: HashSet::new(),
            claimed,
            last: journal.numbered()?,
            place: 0,
        })
    }

    /// The number of a contact of the source.
    fn number(&mut self, id: &str) -> Result<u64, TransferError> {
        if let Some(number) = self.journal.number_of(id)? {
            return Ok(number);
        }
        self.last += 1;
        self.journal
            .change(Change::Source(id.to_owned(), self.last));
        Ok(self.last)
    }

    fn refused(&mut self, key: &str, reason: String) -> Result<Fed, TransferError> {
        let number = self.number(key)?;
        let line = self.place;
        Ok(Fed::Settled {
            number,
            line,
            state: State::Refused { reason },
        })
    }

    fn feed(&mut self, contact: &dyn Contact) -> Result<Fed, TransferError> {
        let line = self.place;
        let Some(id) = contact.id() else {
            let key = format!("\0{line}");
            return self.refused(&key, "the source gives no id for it".to_owned());
        };
        if !self.met.insert(self.hasher.hash_one(id)) {
            self.place -= 1;
            return Ok(Fed::Passed);
        }
        let number = self.number(id)?;
        let intended_at = match self.journal.entry(number)?.map(|entry| entry.state) {
            None => None,
            Some(State::Intended { at }) => Some(at),
            Some(_) => return Ok(Fed::Passed),
        };
        let record = ContactRecord::of(contact);
        let settled = |state| {
            Ok(Fed::Settled {
                number,
                line,
                state,
            })
        };
        let (matched, candidates) = self.matched(number, &record)?;
        let work = match (matched, candidates.as_slice()) {
            (Some(held), _) => {
                let id = held.id.clone().unwrap_or_default();
                let claim = self.claimed.insert(self.hasher.hash_one(&id), number);
                if claim.is_some_and(|other| other != number) {
                    let reason = "another contact of the source is the same one in the target";
                    return settled(State::Refused {
                        reason: reason.to_owned(),
                    });
                }
                self.journal.change(Change::Id(number, id.clone()));
                match change(self.to, self.integration, &held, &record) {
                    None => return settled(State::Unchanged { id }),
                    Some(patch) => Work::Update(id, Box::new(patch)),
                }
            }
            (None, []) => {
                let can_be_known = record
                    .emails
                    .iter()
                    .flatten()
                    .any(|email| email.address.is_some());
                let has_key = intended_at
                    .is_none_or(|at| self.resend_after.is_some_and(|oldest| at > oldest));
                if !can_be_known && !has_key {
                    let reason = "the answer was lost, and there is no address to find it by";
                    let candidates = Vec::new();
                    return settled(State::Undecided {
                        reason: reason.to_owned(),
                        candidates,
                    });
                }
                Work::Create(Box::new(record))
            }
            (None, _) => {
                let reason = "several contacts of the target have its address".to_owned();
                return settled(State::Undecided { reason, candidates });
            }
        };
        Ok(Fed::Job(Job {
            number,
            line,
            work,
            intended_at,
            attempts: 0,
        }))
    }

    /// The contact of the target that one of the source is; where several may be it, their ids.
    fn matched(
        &self,
        number: u64,
        record: &ContactRecord,
    ) -> Result<(Option<ContactRecord>, Vec<String>), TransferError> {
        if let Some(id) = self.journal.target_id(number)?
            && let Some(held) = self.held.get(&id)?
        {
            return Ok((Some(held), Vec::new()));
        }
        let mut ids = self.held.ids_of(record)?;
        if ids.len() == 1
            && let Some(id) = ids.pop()
        {
            return Ok((self.held.get(&id)?, Vec::new()));
        }
        Ok((None, ids))
    }
}

impl Feed for StoreFeed<'_> {
    async fn next(&mut self) -> Result<Fed, TransferError> {
        let Some(contact) = self.contacts.next().await else {
            return Ok(Fed::End);
        };
        match contact {
            Ok(contact) => {
                self.place += 1;
                self.feed(&*contact)
            }
            Err(error) if error.kind() == StoreErrorKind::Item => {
                self.place += 1;
                let key = format!("\0{}", self.place);
                self.refused(&key, error.to_string())
            }
            Err(error) => Ok(Fed::Stopped(Stopped::Unreachable(error.to_string()))),
        }
    }
}
