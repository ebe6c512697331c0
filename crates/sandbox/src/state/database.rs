//! A file that the state survives in. A write is answered when its transaction is on the disk; writes that come
//! together share one.

use super::{Record, Replay};
use crate::SandboxError;
use crate::ledger::Commit;
use bytes::Bytes;
use redb::{ReadableDatabase as _, ReadableTable as _, Table, TableDefinition};
use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc;
use std::thread::JoinHandle;

const RECORDS: TableDefinition<'_, (&str, u64), (&str, u64, &[u8])> =
    TableDefinition::new("records");
const COMMITS: TableDefinition<'_, u64, &[u8]> = TableDefinition::new("commits");
const REPLAYS: TableDefinition<'_, &str, (u16, &[u8])> = TableDefinition::new("replays");

/// How many writes share a transaction at most.
const MOST_TOGETHER: usize = 4096;

/// Something that is to be saved.
#[derive(Debug)]
pub(crate) enum Change {
    Put {
        collection: Arc<str>,
        sequence: u64,
        record: Record,
    },
    Remove {
        collection: Arc<str>,
        sequence: u64,
    },
    Commit(Commit),
    Replay {
        key: String,
        replay: Replay,
    },
    Clear,
}

/// What a file held when it was opened.
#[derive(Debug, Default)]
pub(crate) struct Saved {
    pub records: Vec<(String, u64, Record)>,
    pub ledger: Vec<Commit>,
    pub replays: HashMap<String, Replay>,
}

/// Told once its changes are saved, or are not.
type Done = Box<dyn FnOnce(Result<(), SandboxError>) + Send>;

type Save = (Vec<Change>, Done);

/// An open file, and the thread that writes to it.
#[derive(Debug)]
pub(crate) struct Database {
    saves: Option<mpsc::Sender<Save>>,
    writer: Option<JoinHandle<()>>,
}

impl Database {
    /// Opens a file, or makes it, and reads what it holds.
    pub(crate) fn open(path: &Path) -> Result<(Self, Saved), SandboxError> {
        let shown = path.display();
        let fault = |error: redb::Error| {
            let is_taken = matches!(error, redb::Error::DatabaseAlreadyOpen);
            let hint = if is_taken {
                ", another sandbox uses it, stop that one or name another file"
            } else {
                ""
            };
            SandboxError::caused(
                format!("cannot use {shown} as the sandbox's data{hint}"),
                error,
            )
        };
        let database = redb::Database::create(path).map_err(|error| fault(error.into()))?;
        let saved = read(&database).map_err(fault)?;
        let (sender, asked) = mpsc::channel();
        let writer = std::thread::Builder::new()
            .name("sandbox-data".to_owned())
            .spawn(move || write_all(&database, &asked))
            .map_err(|error| SandboxError::caused("cannot start a thread", error))?;
        Ok((
            Self {
                saves: Some(sender),
                writer: Some(writer),
            },
            saved,
        ))
    }

    /// Asks for changes to be saved, after all that were asked for before. Where they cannot be, `done` is dropped or told.
    pub(super) fn save(&self, changes: Vec<Change>, done: Done) {
        if let Some(saves) = &self.saves {
            let _gone = saves.send((changes, done));
        }
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        self.saves = None;
        if let Some(writer) = self.writer.take() {
            let _panicked = writer.join();
        }
    }
}

fn write_all(database: &redb::Database, asked: &mpsc::Receiver<Save>) {
    while let Ok(first) = asked.recv() {
        let mut together = vec![first];
        while together.len() < MOST_TOGETHER
            && let Ok(next) = asked.try_recv()
        {
            together.push(next);
        }
        let saved = write(database, &together);
        let problem = saved.err().map(|error| error.to_string());
        for (_, done) in together {
            let result = match &problem {
                None => Ok(()),
                Some(problem) => Err(SandboxError::new(format!(
                    "the data could not be saved: {problem}"
                ))),
            };
            done(result);
        }
    }
}

fn write(database: &redb::Database, together: &[Save]) -> Result<(), redb::Error> {
    let transaction = database.begin_write()?;
    {
        let mut tables = Tables {
            records: transaction.open_table(RECORDS)?,
            commits: transaction.open_table(COMMITS)?,
            replays: transaction.open_table(REPLAYS)?,
        };
        for change in together.iter().flat_map(|(changes, _)| changes) {
            tables.apply(change)?;
        }
    }
    transaction.commit()?;
    Ok(())
}

struct Tables<'t> {
    records: Table<'t, (&'static str, u64), (&'static str, u64, &'static [u8])>,
    commits: Table<'t, u64, &'static [u8]>,
    replays: Table<'t, &'static str, (u16, &'static [u8])>,
}

impl Tables<'_> {
    fn apply(&mut self, change: &Change) -> Result<(), redb::Error> {
        match change {
            Change::Put {
                collection,
                sequence,
                record,
            } => {
                let value = (&*record.id, record.version, &*record.json);
                self.records.insert((&**collection, *sequence), value)?;
            }
            Change::Remove {
                collection,
                sequence,
            } => {
                self.records.remove((&**collection, *sequence))?;
            }
            Change::Commit(commit) => {
                let text = serde_json::to_vec(commit).unwrap_or_default();
                self.commits.insert(commit.number, &*text)?;
            }
            Change::Replay { key, replay } => {
                self.replays
                    .insert(&**key, (replay.status, &*replay.body))?;
            }
            Change::Clear => {
                self.records.retain(|_, _| false)?;
                self.commits.retain(|_, _| false)?;
                self.replays.retain(|_, _| false)?;
            }
        }
        Ok(())
    }
}

fn read(database: &redb::Database) -> Result<Saved, redb::Error> {
    // A table that was never written to is no table: all are made first.
    let transaction = database.begin_write()?;
    transaction.open_table(RECORDS)?;
    transaction.open_table(COMMITS)?;
    transaction.open_table(REPLAYS)?;
    transaction.commit()?;
    let mut saved = Saved::default();
    let transaction = database.begin_read()?;
    for entry in transaction.open_table(RECORDS)?.iter()? {
        let (key, value) = entry?;
        let ((collection, sequence), (id, version, json)) = (key.value(), value.value());
        let record = Record {
            id: id.into(),
            version,
            json: Bytes::copy_from_slice(json),
        };
        saved
            .records
            .push((collection.to_owned(), sequence, record));
    }
    for entry in transaction.open_table(COMMITS)?.iter()? {
        let (_, text) = entry?;
        saved
            .ledger
            .extend(serde_json::from_slice::<Commit>(text.value()).ok());
    }
    for entry in transaction.open_table(REPLAYS)?.iter()? {
        let (key, value) = entry?;
        let (status, body) = value.value();
        saved.replays.insert(
            key.value().to_owned(),
            Replay {
                status,
                body: Bytes::copy_from_slice(body),
            },
        );
    }
    Ok(saved)
}
