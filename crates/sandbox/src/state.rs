//! What the server keeps: records, what was committed, and answers to be given again.

mod collection;
mod database;

pub(crate) use collection::{Collection, Record};
pub(crate) use database::{Change, Database, Saved};

use crate::SandboxError;
use crate::ledger::Commit;
use bytes::Bytes;
use std::collections::HashMap;
use std::sync::Arc;

/// An answer that is given again under the same idempotency key.
#[derive(Debug, Clone)]
pub(crate) struct Replay {
    pub status: u16,
    pub body: Bytes,
}

/// What the server keeps.
#[derive(Debug, Default)]
pub(crate) struct State {
    collections: HashMap<Arc<str>, Collection>,
    pub ledger: Vec<Commit>,
    pub replays: HashMap<String, Replay>,
    /// What changed since it was last handed over to be saved; nothing where nothing is saved.
    changes: Option<Vec<Change>>,
}

impl State {
    /// The state that a database holds; its changes are to be saved there.
    pub(crate) fn of(saved: Saved) -> Self {
        let mut state = Self {
            changes: Some(Vec::new()),
            ..Self::default()
        };
        for (name, sequence, record) in saved.records {
            let collection = state.collections.entry(name.into()).or_default();
            collection.restore(sequence, record);
        }
        state.ledger = saved.ledger;
        state.replays = saved.replays;
        state
    }

    pub(crate) fn names(&self) -> impl Iterator<Item = (&Arc<str>, &Collection)> {
        self.collections.iter()
    }

    pub(crate) fn collection(&self, name: &str) -> Option<&Collection> {
        self.collections.get(name)
    }

    fn collection_mut(&mut self, name: &str) -> (Arc<str>, &mut Collection) {
        if !self.collections.contains_key(name) {
            self.collections.insert(name.into(), Collection::default());
        }
        let name = self
            .collections
            .get_key_value(name)
            .map_or_else(|| name.into(), |(name, _)| Arc::clone(name));
        let collection = self.collections.entry(Arc::clone(&name)).or_default();
        (name, collection)
    }

    /// Puts a record at the end of a collection, or in place of the one with its id.
    pub(crate) fn put(&mut self, collection: &str, record: Record) {
        let (name, collection) = self.collection_mut(collection);
        let sequence = collection.put(record.clone());
        self.changed(|| Change::Put {
            collection: name,
            sequence,
            record,
        });
    }

    pub(crate) fn remove(&mut self, collection: &str, id: &str) -> Option<Record> {
        let (name, collection) = self.collection_mut(collection);
        let (sequence, record) = collection.remove(id)?;
        self.changed(|| Change::Remove {
            collection: name,
            sequence,
        });
        Some(record)
    }

    /// How many records a collection has had, which tells the next one's id.
    pub(crate) fn next_number(&mut self, collection: &str) -> u64 {
        self.collection_mut(collection).1.next_number()
    }

    pub(crate) fn commit(&mut self, mut commit: Commit) {
        commit.number = self.ledger.len() as u64 + 1;
        self.ledger.push(commit.clone());
        self.changed(|| Change::Commit(commit));
    }

    pub(crate) fn replay_later(&mut self, key: String, replay: Replay) {
        self.replays.insert(key.clone(), replay.clone());
        self.changed(|| Change::Replay { key, replay });
    }

    fn changed(&mut self, change: impl FnOnce() -> Change) {
        if let Some(changes) = &mut self.changes {
            changes.push(change());
        }
    }

    /// Hands over what changed, in order, while the state is held. Says whether there is something to wait for: a write
    /// may be answered when `done` is told.
    pub(crate) fn save(
        &mut self,
        database: Option<&Database>,
        done: impl FnOnce(Result<(), SandboxError>) + Send + 'static,
    ) -> bool {
        let changes = self.changes.as_mut().filter(|changes| !changes.is_empty());
        let (Some(changes), Some(database)) = (changes, database) else {
            return false;
        };
        database.save(std::mem::take(changes), Box::new(done));
        true
    }

    /// Forgets everything.
    pub(crate) fn clear(&mut self) {
        self.collections.clear();
        self.ledger.clear();
        self.replays.clear();
        self.changed(|| Change::Clear);
    }
}
