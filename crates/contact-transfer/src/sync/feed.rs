//! The contacts of the source, each with what has to be done about it.

use super::Sync;
use crate::drive::{Fed, Feed, Job, Work, now};
use crate::error::TransferError;
use crate::held::Held;
use crate::journal::entry::State;
use crate::journal::{Change, Journal};
use crate::listing::Patient;
use crate::merge::change;
use crate::report::Stopped;
use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasher, RandomState};
use unified_contacts::{Contact, ContactRecord, ContactStore, Integration, StoreErrorKind};

/// The contacts of the source that this pass did not settle yet.
pub(super) struct StoreFeed<'a> {
    contacts: Patient,
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
    /// How many contacts were met.
    pub(super) place: u64,
}

impl<'a> StoreFeed<'a> {
    pub(super) fn new(
        sync: &Sync<'a>,
        journal: &'a Journal,
        held: Held,
    ) -> Result<Self, TransferError> {
        let hasher = RandomState::new();
        let mut claimed = HashMap::new();
        journal.each_id(|number, id| {
            claimed.insert(hasher.hash_one(id), number);
        })?;
        let window = sync.options.run.replay_window.as_secs();
        let has_keys = sync.to.capabilities().idempotency_keys;
        Ok(Self {
            contacts: Patient::new(sync.from.list(sync.query())?),
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
