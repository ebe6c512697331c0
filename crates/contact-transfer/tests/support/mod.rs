//! What the tests share: files, stores without quotas, and imports into them.

#![allow(dead_code, reason = "each test uses what it needs of it")]

use contact_server::ContactServer;
use contact_transfer::{
    Cancel, Checked, Endpoint, FileSource, Import, ImportOptions, Mapping, Progress, Report,
    SourceOptions, TransferError,
};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::time::Duration;
use tempfile::TempDir;
use unified_contacts::{ContactStore, Settings, connect};

/// Settings for a server of this machine: without the quotas of the real one, which a test has no time for.
pub(crate) fn settings(connection: &str) -> Settings {
    Settings::from_url(connection)
        .unwrap()
        .configure(|core| core.no_rate_limiter().timeout(Duration::from_secs(10)))
}

pub(crate) fn store(connection: &str) -> Box<dyn ContactStore> {
    connect(&settings(connection)).unwrap()
}

/// A folder with a file in it.
pub(crate) fn file(name: &str, content: impl AsRef<[u8]>) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, content).unwrap();
    (folder, path)
}

/// People by their numbers, as CSV.
pub(crate) fn people(count: usize) -> String {
    let mut csv = "First name,Last name,E-mail,Phone\n".to_owned();
    for number in 1..=count {
        writeln!(
            csv,
            "Ada,No {number},ada{number}@example.org,+49 30 {number}"
        )
        .unwrap();
    }
    csv
}

/// Options for a test: nothing is waited for.
pub(crate) fn at_once() -> ImportOptions {
    let mut options = ImportOptions::default();
    options.run.settle = Duration::ZERO;
    options.run.grace = Duration::from_secs(5);
    options
}

/// An import of a file into a store, with a guessed mapping.
pub(crate) struct Given<'a> {
    pub(crate) store: &'a dyn ContactStore,
    pub(crate) target: Endpoint,
    pub(crate) path: &'a Path,
    pub(crate) journal: PathBuf,
    pub(crate) source: SourceOptions,
    pub(crate) options: ImportOptions,
}

impl<'a> Given<'a> {
    pub(crate) fn new(store: &'a dyn ContactStore, server: &ContactServer, path: &'a Path) -> Self {
        let url = server.url(store.provider());
        Self {
            target: Endpoint::new(store.provider(), Some(&url), None),
            store,
            path,
            journal: path.with_extension("journal"),
            source: SourceOptions::default(),
            options: at_once(),
        }
    }

    pub(crate) fn import(&self) -> Result<Import<'a>, TransferError> {
        let source = FileSource::open(self.path, self.source.clone())?;
        let mapping = Mapping::guess(source.header());
        let (target, options) = (self.target.clone(), self.options.clone());
        Import::new(source, &mapping, self.store, target, options)
    }

    pub(crate) fn check(&self) -> Result<Checked, TransferError> {
        self.import()?.check(&())
    }

    pub(crate) async fn run(&self) -> Result<Report, TransferError> {
        self.run_with(&(), &Cancel::new()).await
    }

    pub(crate) async fn run_with(
        &self,
        progress: &dyn Progress,
        cancel: &Cancel,
    ) -> Result<Report, TransferError> {
        let import = self.import()?;
        let checked = import.check(&())?;
        import.run(&checked, &self.journal, progress, cancel).await
    }
}

/// How often each e-mail address is in a server.
pub(crate) fn addresses(server: &ContactServer, provider: &str) -> Vec<String> {
    let contacts = server.all(provider);
    let address = |contact: &serde_json::Value| {
        let address = match provider {
            "truto" => &contact["email_addresses"][0]["email"],
            _ => &contact["email"],
        };
        address.as_str().unwrap_or_default().to_owned()
    };
    let mut addresses: Vec<String> = contacts.iter().map(address).collect();
    addresses.sort();
    addresses
}
