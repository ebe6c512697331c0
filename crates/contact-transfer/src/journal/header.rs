//! The beginning of a journal: what it belongs to, and how it is opened.

use super::binding::Binding;
use super::{CACHE, IDS, JournalError, LOST, META, RECORDS, SOURCES, hex};
use redb::backends::FileBackend;
use redb::{Database, DatabaseError, ReadableDatabase as _};
use serde::{Deserialize, Serialize};
use std::fs::OpenOptions;
use std::path::Path;

/// The first lines of a journal.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Header {
    pub(super) version: u32,
    /// Random, in hexadecimal digits; idempotency keys are made from it.
    pub(super) id: String,
    pub(super) binding: Binding,
    /// Which pass of a sync it is, from 1.
    pub(super) pass: u64,
    /// How many records the source has, once that is known.
    pub(super) total: Option<u64>,
    /// Whether the pass was gone through to its end.
    pub(super) is_done: bool,
}

/// Opens the database, for this user alone.
pub(super) fn database_at(
    path: &Path,
    may_create: bool,
) -> Result<(Database, String), JournalError> {
    let name = path.display().to_string();
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(may_create);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(path).map_err(|error| {
        JournalError::new(format!("{name}: the journal cannot be opened: {error}"))
    })?;
    let backend = FileBackend::new(file);
    let database = backend.and_then(|backend| {
        let mut builder = Database::builder();
        builder.set_cache_size(CACHE).create_with_backend(backend)
    });
    let database = database.map_err(|error| match error {
        DatabaseError::DatabaseAlreadyOpen => JournalError::new(format!(
            "{name}: another process has this journal open; wait for it, or end it"
        )),
        DatabaseError::Storage(redb::StorageError::Io(error))
            if error.kind() == std::io::ErrorKind::InvalidData =>
        {
            JournalError::new(format!("{name}: this is no journal; name another file"))
        }
        error => JournalError::new(format!("{name}: the journal cannot be opened: {error}")),
    })?;
    Ok((database, name))
}

pub(super) fn header_of(database: &Database, name: &str) -> Result<Option<Header>, JournalError> {
    let transaction = database.begin_read()?;
    let meta = match transaction.open_table(META) {
        Ok(meta) => meta,
        Err(redb::TableError::TableDoesNotExist(_)) => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    let Some(text) = meta.get("header")? else {
        return Ok(None);
    };
    let header: Option<Header> = serde_json::from_str(text.value()).ok();
    match header.filter(|header| header.version == 1) {
        Some(header) => Ok(Some(header)),
        None => Err(JournalError::new(format!(
            "{name}: this is the journal of another version of this program; finish it with that one, or name another journal"
        ))),
    }
}

pub(super) fn begin(database: &Database, binding: &Binding) -> Result<Header, JournalError> {
    let mut random = [0; 16];
    getrandom::fill(&mut random)
        .map_err(|error| JournalError::new(format!("no random numbers for a journal: {error}")))?;
    let header = Header {
        version: 1,
        id: hex(&random),
        binding: binding.clone(),
        pass: 1,
        total: None,
        is_done: false,
    };
    let transaction = database.begin_write()?;
    transaction.open_table(RECORDS)?;
    transaction.open_table(LOST)?;
    transaction.open_table(SOURCES)?;
    transaction.open_table(IDS)?;
    write_header(&transaction, &header)?;
    transaction.commit()?;
    Ok(header)
}

pub(super) fn write_header(
    transaction: &redb::WriteTransaction,
    header: &Header,
) -> Result<(), JournalError> {
    let text = serde_json::to_string(header)
        .map_err(|_| JournalError::new("the journal's header cannot be written"))?;
    let mut meta = transaction.open_table(META)?;
    meta.insert("header", text.as_str())?;
    Ok(())
}
