//! What was sent and what became of it, on disk.

mod binding;
pub(crate) mod entry;
mod header;
mod writer;

pub use binding::Endpoint;
pub(crate) use binding::{Binding, Origin};
pub(crate) use writer::Change;

use entry::{Entry, State};
use header::{Header, begin, database_at, header_of, write_header};
use redb::{Database, ReadableDatabase as _, ReadableTable as _, TableDefinition};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fmt::{self, Write as _};
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{self, Sender};
use std::thread::JoinHandle;
use tokio::sync::oneshot;
use writer::Message;

const META: TableDefinition<'_, &str, &str> = TableDefinition::new("meta");
const RECORDS: TableDefinition<'_, u64, &[u8]> = TableDefinition::new("records");
const LOST: TableDefinition<'_, &str, u64> = TableDefinition::new("lost");
const SOURCES: TableDefinition<'_, &str, u64> = TableDefinition::new("sources");
const IDS: TableDefinition<'_, u64, &str> = TableDefinition::new("ids");

/// How much of the database is held in memory, in bytes.
pub(crate) const CACHE: usize = 8 << 20;

/// Why a journal cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JournalError(String);

impl JournalError {
    pub(crate) fn new(problem: impl Into<String>) -> Self {
        Self(problem.into())
    }
}

impl fmt::Display for JournalError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl std::error::Error for JournalError {}

/// Whatever the database says is said of the journal.
macro_rules! of_database {
    ($($error:ty),*) => {
        $(
            impl From<$error> for JournalError {
                fn from(error: $error) -> Self {
                    Self::new(format!("the journal cannot be used: {error}"))
                }
            }
        )*
    };
}

of_database!(
    redb::TransactionError,
    redb::TableError,
    redb::StorageError,
    redb::CommitError
);

/// A journal, which one process at a time has open.
pub(crate) struct Journal {
    database: Arc<Database>,
    header: Header,
    name: String,
    messages: Option<Sender<Message>>,
    thread: Option<JoinHandle<()>>,
}

impl Journal {
    /// Opens a journal, or begins one.
    pub(crate) fn open(path: &Path, binding: &Binding) -> Result<Self, JournalError> {
        let (database, name) = database_at(path, true)?;
        let header = match header_of(&database, &name)? {
            Some(header) => {
                if let Some(other) = header.binding.difference(binding) {
                    return Err(JournalError::new(format!(
                        "{name}: this is the journal of {other}; go on with what it belongs to, or name another journal"
                    )));
                }
                header
            }
            None => begin(&database, binding)?,
        };
        Self::with(database, header, name)
    }

    /// Opens a journal that is there, whatever it belongs to.
    pub(crate) fn existing(path: &Path) -> Result<Self, JournalError> {
        let (database, name) = database_at(path, false)?;
        let Some(header) = header_of(&database, &name)? else {
            return Err(JournalError::new(format!(
                "{name}: no transfer was begun here"
            )));
        };
        Self::with(database, header, name)
    }

    fn with(database: Database, header: Header, name: String) -> Result<Self, JournalError> {
        let database = Arc::new(database);
        let (messages, received) = mpsc::channel();
        let shared = Arc::clone(&database);
        let thread = std::thread::Builder::new()
            .name("journal".to_owned())
            .spawn(move || writer::write(&shared, &received))
            .map_err(|error| {
                JournalError::new(format!("{name}: no thread to write it: {error}"))
            })?;
        Ok(Self {
            database,
            header,
            name,
            messages: Some(messages),
            thread: Some(thread),
        })
    }

    /// The journal's file, as messages name it.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// Whether it is the journal of a sync.
    pub(crate) fn is_of_sync(&self) -> bool {
        matches!(self.header.binding.origin, Origin::Store(_))
    }

    /// The idempotency key of a record: a UUID that is the same whenever the record is sent.
    pub(crate) fn key(&self, number: u64) -> String {
        let mut digest = Sha256::new();
        digest.update(self.header.id.as_bytes());
        digest.update(self.header.pass.to_le_bytes());
        digest.update(number.to_le_bytes());
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&digest.finalize()[..16]);
        let uuid = uuid::Builder::from_custom_bytes(bytes).into_uuid();
        uuid.hyphenated().to_string()
    }

    /// Queues a change. It is on disk a moment later, and at the latest when [`Journal::durable`] says so.
    pub(crate) fn change(&self, change: Change) {
        if let Some(messages) = &self.messages {
            // The thread ends only after this end of the channel; a panic of it shows in `durable`.
            let _ = messages.send(Message::Change(change));
        }
    }

    pub(crate) fn put(&self, number: u64, line: u64, state: State) {
        self.change(Change::Put(number, Entry::new(line, state)));
    }

    /// Waits until everything that was queued is on disk.
    pub(crate) async fn durable(&self) -> Result<(), JournalError> {
        let (told, on_disk) = oneshot::channel();
        if let Some(messages) = &self.messages {
            let _ = messages.send(Message::Wait(told));
        }
        let gone = || JournalError::new(format!("{}: nobody writes it any more", self.name));
        on_disk.await.map_err(|_| gone())?
    }

    /// What is on disk of a record.
    pub(crate) fn entry(&self, number: u64) -> Result<Option<Entry>, JournalError> {
        let records = self.database.begin_read()?.open_table(RECORDS)?;
        let Some(bytes) = records.get(number)? else {
            return Ok(None);
        };
        self.decoded(bytes.value()).map(Some)
    }

    /// Goes through what is on disk, in the records' order.
    pub(crate) fn each(&self, mut take: impl FnMut(u64, Entry)) -> Result<(), JournalError> {
        let records = self.database.begin_read()?.open_table(RECORDS)?;
        for record in records.iter()? {
            let (number, bytes) = record?;
            take(number.value(), self.decoded(bytes.value())?);
        }
        Ok(())
    }

    fn decoded(&self, bytes: &[u8]) -> Result<Entry, JournalError> {
        let damaged = || JournalError::new(format!("{}: an entry is damaged", self.name));
        Entry::from_bytes(bytes).ok_or_else(damaged)
    }

    /// The greatest number of a record, 0 where there is none.
    pub(crate) fn last_number(&self) -> Result<u64, JournalError> {
        let records = self.database.begin_read()?.open_table(RECORDS)?;
        let last = records.last()?;
        Ok(last.map(|(number, _)| number.value()).unwrap_or_default())
    }

    /// How often something was lost at each place.
    pub(crate) fn lost(&self) -> Result<BTreeMap<String, u64>, JournalError> {
        let lost = self.database.begin_read()?.open_table(LOST)?;
        let mut places = BTreeMap::new();
        for place in lost.iter()? {
            let (place, count) = place?;
            places.insert(place.value().to_owned(), count.value());
        }
        Ok(places)
    }

    /// The number of a contact of the source store.
    pub(crate) fn number_of(&self, id: &str) -> Result<Option<u64>, JournalError> {
        let sources = self.database.begin_read()?.open_table(SOURCES)?;
        Ok(sources.get(id)?.map(|number| number.value()))
    }

    /// How many contacts of the source store have a number.
    pub(crate) fn numbered(&self) -> Result<u64, JournalError> {
        let sources = self.database.begin_read()?.open_table(SOURCES)?;
        Ok(redb::ReadableTableMetadata::len(&sources)?)
    }

    /// The contact of the target that a contact of the source is.
    pub(crate) fn target_id(&self, number: u64) -> Result<Option<String>, JournalError> {
        let ids = self.database.begin_read()?.open_table(IDS)?;
        Ok(ids.get(number)?.map(|id| id.value().to_owned()))
    }

    /// Goes through which contact of the source is which of the target.
    pub(crate) fn each_id(&self, mut take: impl FnMut(u64, &str)) -> Result<(), JournalError> {
        let ids = self.database.begin_read()?.open_table(IDS)?;
        for pair in ids.iter()? {
            let (number, id) = pair?;
            take(number.value(), id.value());
        }
        Ok(())
    }

    /// How many records the source has, once that is known.
    pub(crate) fn total(&self) -> Option<u64> {
        self.header.total
    }

    /// Whether the source was gone through to its end.
    pub(crate) fn is_done(&self) -> bool {
        self.header.is_done
    }

    /// Writes down how many records the source has, and whether it was gone through.
    pub(crate) fn set_total(&mut self, total: u64, is_done: bool) -> Result<(), JournalError> {
        if (self.header.total, self.header.is_done) == (Some(total), is_done) {
            return Ok(());
        }
        self.header.total = Some(total);
        self.header.is_done = is_done;
        let transaction = self.database.begin_write()?;
        write_header(&transaction, &self.header)?;
        transaction.commit()?;
        Ok(())
    }

    /// Begins another pass of a sync: which contact is which stays, what became of each is forgotten.
    pub(crate) fn begin_pass(&mut self) -> Result<(), JournalError> {
        self.header.pass += 1;
        self.header.total = None;
        self.header.is_done = false;
        let transaction = self.database.begin_write()?;
        transaction.delete_table(RECORDS)?;
        transaction.delete_table(LOST)?;
        transaction.open_table(RECORDS)?;
        transaction.open_table(LOST)?;
        write_header(&transaction, &self.header)?;
        transaction.commit()?;
        Ok(())
    }
}

impl Drop for Journal {
    fn drop(&mut self) {
        // Without a sender the thread writes what it has and ends.
        self.messages = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

impl fmt::Debug for Journal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Journal").finish_non_exhaustive()
    }
}

/// Bytes in hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing into a text never fails.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
