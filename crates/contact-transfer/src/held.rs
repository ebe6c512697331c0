//! The contacts of the target, held on disk while a sync runs.

use crate::error::TransferError;
use crate::journal::{CACHE, JournalError};
use crate::source::people::folded;
use redb::backends::FileBackend;
use redb::{Database, Durability, MultimapTableDefinition, ReadableDatabase as _, TableDefinition};
use std::hash::{BuildHasher, RandomState};
use std::path::Path;
use unified_contacts::{Contact, ContactRecord};

const CONTACTS: TableDefinition<'_, &str, &[u8]> = TableDefinition::new("contacts");
const EMAILS: MultimapTableDefinition<'_, u64, &str> = MultimapTableDefinition::new("emails");

/// How many contacts are written at a time.
const BATCH: usize = 500;

/// The contacts of a store by their ids and addresses. They lie in a file without a name, which is gone with this
/// process, however it ends; what is held in memory is a cache of some megabytes.
pub(crate) struct Held {
    database: Database,
    hasher: RandomState,
    waiting: Vec<ContactRecord>,
}

impl Held {
    /// None yet. The file lies in the folder of `beside`.
    pub(crate) fn new(beside: &Path) -> Result<Self, TransferError> {
        let folder = beside
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty());
        let file = tempfile::tempfile_in(folder.unwrap_or(Path::new(".")));
        let file = file.map_err(|error| failed(&error))?;
        let backend = FileBackend::new(file).map_err(|error| failed(&error))?;
        let mut builder = Database::builder();
        let database = builder.set_cache_size(CACHE).create_with_backend(backend);
        let mut held = Self {
            database: database.map_err(|error| failed(&error))?,
            hasher: RandomState::new(),
            waiting: Vec::new(),
        };
        held.flush()?;
        Ok(held)
    }

    /// Takes a contact; one without an id is of no use.
    pub(crate) fn take(&mut self, contact: &dyn Contact) -> Result<(), TransferError> {
        if contact.id().is_some() {
            self.waiting.push(ContactRecord::of(contact));
        }
        if self.waiting.len() >= BATCH {
            self.flush()?;
        }
        Ok(())
    }

    /// Writes what was taken.
    pub(crate) fn flush(&mut self) -> Result<(), TransferError> {
        self.write().map_err(|error| {
            TransferError::from(JournalError::new(format!(
                "the contacts of the target cannot be held on disk: {error}"
            )))
        })
    }

    fn write(&mut self) -> Result<(), redb::Error> {
        let mut transaction = self.database.begin_write()?;
        // Nobody reads this file after the process has ended.
        transaction.set_durability(Durability::None)?;
        {
            let mut contacts = transaction.open_table(CONTACTS)?;
            let mut emails = transaction.open_multimap_table(EMAILS)?;
            for record in self.waiting.drain(..) {
                let Some(id) = record.id.as_deref() else {
                    continue;
                };
                for hash in hashes(&self.hasher, &record) {
                    emails.insert(hash, id)?;
                }
                let json = serde_json::to_vec(&record).unwrap_or_default();
                contacts.insert(id, json.as_slice())?;
            }
        }
        transaction.commit()?;
        Ok(())
    }

    /// A contact by its id.
    pub(crate) fn get(&self, id: &str) -> Result<Option<ContactRecord>, TransferError> {
        let read = || -> Result<Option<ContactRecord>, redb::Error> {
            let contacts = self.database.begin_read()?.open_table(CONTACTS)?;
            let json = contacts.get(id)?;
            Ok(json.and_then(|json| serde_json::from_slice(json.value()).ok()))
        };
        read().map_err(|error| failed(&error))
    }

    /// The ids of contacts that have an address in common with this one.
    pub(crate) fn ids_of(&self, contact: &ContactRecord) -> Result<Vec<String>, TransferError> {
        let read = || -> Result<Vec<String>, redb::Error> {
            let emails = self.database.begin_read()?.open_multimap_table(EMAILS)?;
            let mut ids = Vec::new();
            for hash in hashes(&self.hasher, contact) {
                for id in emails.get(hash)? {
                    ids.push(id?.value().to_owned());
                }
            }
            ids.sort();
            ids.dedup();
            Ok(ids)
        };
        read().map_err(|error| failed(&error))
    }
}

fn hashes(hasher: &RandomState, contact: &ContactRecord) -> Vec<u64> {
    let addresses = contact.emails.iter().flatten();
    let addresses = addresses.filter_map(|email| email.address.as_deref());
    addresses
        .filter(|address| !address.trim().is_empty())
        .map(|address| hasher.hash_one(folded(address)))
        .collect()
}

fn failed(error: &dyn std::error::Error) -> TransferError {
    JournalError::new(format!(
        "the contacts of the target cannot be held on disk: {error}"
    ))
    .into()
}
