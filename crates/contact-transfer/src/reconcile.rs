//! Finds out what became of writes of which nobody knows, by listing the target.

use crate::drive::{Transfer, now};
use crate::error::TransferError;
use crate::journal::Change;
use crate::journal::entry::{Entry, State};
use crate::listing::Patient;
use crate::report::Stopped;
use crate::source::Rows;
use crate::source::people::folded;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::hash::{BuildHasher, RandomState};
use std::time::Duration;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;
use unified_contacts::{Contact, ListQuery, Operation, StoreErrorKind};

/// How many seconds the clocks of two machines may differ.
const CLOCKS: u64 = 3600;

/// How many contacts a record may have become are listed for a person.
const CANDIDATES: usize = 10;

/// A record of which nobody knows what became of it.
struct Open {
    line: u64,
    /// When it was going to be sent, in seconds since 1970.
    at: u64,
    /// The hash of its whole name, if it has one.
    name: Option<u64>,
    candidates: Vec<Candidate>,
}

struct Candidate {
    id: Option<String>,
    /// Whether the whole names are the same, as far as both have one.
    has_same_name: bool,
}

/// The records by hashes of what they are recognised by.
struct Wanted {
    hasher: RandomState,
    open: BTreeMap<u64, Open>,
    by_email: HashMap<u64, Vec<u64>>,
    by_phone: HashMap<u64, Vec<u64>>,
}

/// Finds out what became of records: each was created, has to be sent again, or is left for a person to decide. The
/// records are those with number, line and the time of their intent.
///
/// What is held of them are hashes of their addresses, some 200 bytes each.
pub(crate) async fn reconcile(
    transfer: &Transfer<'_>,
    rows: Rows,
    records: Vec<(u64, u64, u64)>,
) -> Result<Option<Stopped>, TransferError> {
    let journal = transfer.journal;
    if !transfer.store.capabilities().supports(Operation::List) {
        for (number, line, _) in records {
            let reason =
                "the answer was lost, and the target cannot be listed to find out".to_owned();
            let candidates = Vec::new();
            journal.put(number, line, State::Undecided { reason, candidates });
        }
        journal.durable().await?;
        return Ok(None);
    }
    let oldest = records
        .iter()
        .map(|(_, _, at)| *at)
        .min()
        .unwrap_or_default();
    if settled(transfer, &records).await {
        return Ok(Some(Stopped::Cancelled));
    }
    let mut wanted = Wanted::read(rows, records)?;
    transfer
        .progress
        .doing("listing the target to find out what was created");
    let mut query = ListQuery::new().page_size(100);
    if transfer.store.capabilities().filters_created_at {
        query.created_after = rfc3339(oldest.saturating_sub(CLOCKS));
    }
    let mut is_whole = true;
    let mut contacts = Patient::new(transfer.store.list(query)?);
    loop {
        let contact = tokio::select! {
            contact = contacts.next() => contact,
            () = transfer.cancel.cancelled() => return Ok(Some(Stopped::Cancelled)),
        };
        match contact {
            None => break,
            Some(Ok(contact)) => wanted.meet(&*contact),
            Some(Err(error)) if error.kind() == StoreErrorKind::Item => is_whole = false,
            Some(Err(error)) => return Ok(Some(Stopped::Unreachable(error.to_string()))),
        }
    }
    wanted.leave_out_those_of_others(journal)?;
    for (number, open) in wanted.open {
        let change = match open.outcome(is_whole) {
            Some(state) => Change::Put(number, Entry::new(open.line, state)),
            None => Change::Remove(number),
        };
        if matches!(&change, Change::Put(_, entry) if matches!(entry.state, State::Created { .. }))
        {
            transfer.progress.advanced(1);
        }
        journal.change(change);
    }
    journal.durable().await?;
    Ok(None)
}

/// Waits until a server can no longer be at work on the last of the writes. Says whether it was cancelled meanwhile.
async fn settled(transfer: &Transfer<'_>, records: &[(u64, u64, u64)]) -> bool {
    // A clock that was set back must not make this wait for longer than the time itself.
    let newest = records
        .iter()
        .map(|(_, _, at)| *at)
        .max()
        .unwrap_or_default();
    let passed = Duration::from_secs(now().saturating_sub(newest));
    let rest = transfer.options.settle.saturating_sub(passed);
    if rest.is_zero() {
        return transfer.cancel.is_cancelled();
    }
    transfer
        .progress
        .doing("waiting for writes that may still be under way");
    tokio::select! {
        () = tokio::time::sleep(rest) => false,
        () = transfer.cancel.cancelled() => true,
    }
}

fn rfc3339(seconds: u64) -> Option<String> {
    let time = OffsetDateTime::from_unix_timestamp(i64::try_from(seconds).ok()?).ok()?;
    time.format(&Rfc3339).ok()
}

/// A time of RFC 3339 in seconds since 1970.
fn seconds(text: &str) -> Option<u64> {
    let time = OffsetDateTime::parse(text, &Rfc3339).ok()?;
    u64::try_from(time.unix_timestamp()).ok()
}

/// The whole name, as it is compared.
fn whole_name(contact: &dyn Contact) -> Option<String> {
    let parts = [
        contact.first_name(),
        contact.last_name(),
        contact.second_last_name(),
    ];
    let joined: Vec<&str> = parts.into_iter().flatten().collect();
    let name = if joined.is_empty() {
        contact.name()?.to_owned()
    } else {
        joined.join(" ")
    };
    Some(
        name.split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
            .to_lowercase(),
    )
}

fn digits(number: &str) -> String {
    number.chars().filter(char::is_ascii_digit).collect()
}

impl Wanted {
    /// Reads what the records are recognised by.
    fn read(mut rows: Rows, records: Vec<(u64, u64, u64)>) -> Result<Self, TransferError> {
        let mut wanted = Self {
            hasher: RandomState::new(),
            open: BTreeMap::new(),
            by_email: HashMap::new(),
            by_phone: HashMap::new(),
        };
        let last = records
            .iter()
            .map(|(number, ..)| *number)
            .max()
            .unwrap_or_default();
        for (number, line, at) in records {
            let open = Open {
                line,
                at,
                name: None,
                candidates: Vec::new(),
            };
            wanted.open.insert(number, open);
        }
        while let Some(record) = rows.next_record()? {
            if let (Ok(draft), Some(open)) = (&record.draft, wanted.open.get_mut(&record.number)) {
                open.name = whole_name(draft).map(|name| wanted.hasher.hash_one(name));
                let emails = emails_of(&wanted.hasher, draft);
                let by_email = !emails.is_empty();
                for hash in emails {
                    wanted.by_email.entry(hash).or_default().push(record.number);
                }
                if !by_email {
                    for hash in phones_of(&wanted.hasher, draft) {
                        wanted.by_phone.entry(hash).or_default().push(record.number);
                    }
                }
            }
            if record.number >= last {
                break;
            }
        }
        Ok(wanted)
    }

    /// Looks whether a contact of the target is one of them.
    fn meet(&mut self, contact: &dyn Contact) {
        let mut numbers: Vec<u64> = Vec::new();
        for hash in emails_of(&self.hasher, contact) {
            numbers.extend(self.by_email.get(&hash).into_iter().flatten());
        }
        if !self.by_phone.is_empty() {
            for hash in phones_of(&self.hasher, contact) {
                numbers.extend(self.by_phone.get(&hash).into_iter().flatten());
            }
        }
        numbers.sort_unstable();
        numbers.dedup();
        let name = whole_name(contact).map(|name| self.hasher.hash_one(name));
        let created_at = contact.created_at().and_then(|time| seconds(time.as_str()));
        for number in numbers {
            // A contact that was there long before is another one.
            let is_older =
                |open: &Open| created_at.is_some_and(|created| created + CLOCKS < open.at);
            if let Some(open) = self.open.get_mut(&number)
                && !is_older(open)
                && open.candidates.len() < CANDIDATES
            {
                let has_same_name = open.name.is_none() || name.is_none() || open.name == name;
                let id = contact.id().map(str::to_owned);
                open.candidates.push(Candidate { id, has_same_name });
            }
        }
    }

    /// A contact that another record became is not this one.
    fn leave_out_those_of_others(
        &mut self,
        journal: &crate::journal::Journal,
    ) -> Result<(), TransferError> {
        let candidates = self.open.values().flat_map(|open| &open.candidates);
        let mut ids: HashSet<String> = candidates
            .filter_map(|candidate| candidate.id.clone())
            .collect();
        let mut taken = HashSet::new();
        journal.each(|_, entry| {
            if let State::Created { id: Some(id) } = entry.state
                && ids.remove(&id)
            {
                taken.insert(id);
            }
        })?;
        for open in self.open.values_mut() {
            let is_taken =
                |candidate: &Candidate| candidate.id.as_ref().is_some_and(|id| taken.contains(id));
            open.candidates.retain(|candidate| !is_taken(candidate));
        }
        Ok(())
    }
}

impl Open {
    /// What became of it; `None` where it has to be sent again.
    fn outcome(&self, is_whole: bool) -> Option<State> {
        let reason = match self.candidates.as_slice() {
            [only] if only.has_same_name => {
                return Some(State::Created {
                    id: only.id.clone(),
                });
            }
            [] if is_whole => return None,
            [] => "the answer was lost, and not all of the target could be read",
            [_] => "the answer was lost, and a contact of another name has its address",
            _ => "the answer was lost, and several contacts may be the one",
        };
        let ids = self.candidates.iter();
        Some(State::Undecided {
            reason: reason.to_owned(),
            candidates: ids.filter_map(|candidate| candidate.id.clone()).collect(),
        })
    }
}

fn emails_of(hasher: &RandomState, contact: &dyn Contact) -> Vec<u64> {
    let addresses = contact.emails().filter_map(|email| email.address);
    addresses
        .filter(|address| !address.trim().is_empty())
        .map(|address| hasher.hash_one(folded(&address)))
        .collect()
}

/// A telephone number tells who it is together with a name.
fn phones_of(hasher: &RandomState, contact: &dyn Contact) -> Vec<u64> {
    let Some(name) = whole_name(contact) else {
        return Vec::new();
    };
    let numbers = contact.phones().filter_map(|phone| phone.number);
    numbers
        .map(|number| digits(&number))
        .filter(|number| !number.is_empty())
        .map(|number| hasher.hash_one((&name, number)))
        .collect()
}
