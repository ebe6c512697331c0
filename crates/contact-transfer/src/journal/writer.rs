//! The thread that writes a journal: many changes, one commit.

use super::entry::Entry;
use super::{IDS, JournalError, LOST, RECORDS, SOURCES};
use redb::{Database, ReadableTable as _};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::Duration;
use tokio::sync::oneshot;

/// How long changes wait for others when nobody waits for them.
const LINGER: Duration = Duration::from_millis(50);

/// How many changes one commit has at most.
const MOST: usize = 4096;

/// A change of a journal.
pub(crate) enum Change {
    Put(u64, Entry),
    Remove(u64),
    /// How often more something was lost at each place.
    Lost(BTreeMap<String, u64>),
    /// A contact of the source has this number.
    Source(String, u64),
    /// A contact of the source is this one of the target.
    Id(u64, String),
}

pub(crate) enum Message {
    Change(Change),
    /// Tell when everything before this is on disk.
    Wait(oneshot::Sender<Result<(), JournalError>>),
}

/// Writes until nobody can send any more.
pub(crate) fn write(database: &Arc<Database>, messages: &Receiver<Message>) {
    let mut failed: Option<JournalError> = None;
    while let Ok(first) = messages.recv() {
        let mut changes = Vec::new();
        let mut waiting = Vec::new();
        let mut take = |message| match message {
            Message::Change(change) => changes.push(change),
            Message::Wait(waiter) => waiting.push(waiter),
        };
        let mut is_awaited = matches!(first, Message::Wait(_));
        let mut count = 1;
        take(first);
        // Whoever waits is not let wait for more; the rest waits for company.
        while count < MOST {
            let next = if is_awaited {
                messages.try_recv().map_err(|_| RecvTimeoutError::Timeout)
            } else {
                messages.recv_timeout(LINGER)
            };
            let Ok(next) = next else { break };
            is_awaited |= matches!(next, Message::Wait(_));
            count += 1;
            take(next);
        }
        if failed.is_none() && !changes.is_empty() {
            failed = commit(database, &changes).err();
        }
        for waiter in waiting {
            let result = failed.clone().map_or(Ok(()), Err);
            // Whoever asked may have gone.
            let _ = waiter.send(result);
        }
    }
}

fn commit(database: &Database, changes: &[Change]) -> Result<(), JournalError> {
    // A commit is durable unless asked otherwise.
    let transaction = database.begin_write()?;
    {
        let mut records = transaction.open_table(RECORDS)?;
        let mut lost = transaction.open_table(LOST)?;
        let mut sources = transaction.open_table(SOURCES)?;
        let mut ids = transaction.open_table(IDS)?;
        for change in changes {
            match change {
                Change::Put(number, entry) => {
                    records.insert(number, entry.to_bytes().as_slice())?;
                }
                Change::Remove(number) => {
                    records.remove(number)?;
                }
                Change::Lost(places) => {
                    for (place, count) in places {
                        let before = lost.get(place.as_str())?.map(|known| known.value());
                        lost.insert(place.as_str(), before.unwrap_or_default() + count)?;
                    }
                }
                Change::Source(id, number) => {
                    sources.insert(id.as_str(), number)?;
                }
                Change::Id(number, id) => {
                    ids.insert(number, id.as_str())?;
                }
            }
        }
    }
    transaction.commit()?;
    Ok(())
}
