//! Starting, asking and stopping a sandbox.

mod builder;

pub use builder::SandboxBuilder;

use crate::SandboxError;
use crate::account::Account;
use crate::calls::Arguments;
use crate::engine::{Engine, locked};
use crate::exchange::Exchange;
use crate::fault::Fault;
use crate::ledger::Commit;
use crate::sample::Extent;
use crate::state::State;
use serde_json::Value;
use std::net::SocketAddr;
use std::sync::Arc;
use std::thread::JoinHandle;
use tokio::sync::oneshot;

/// A running sandbox. It stops when this is dropped.
///
/// ```
/// use sandbox::Sandbox;
///
/// let sandbox = Sandbox::start()?;
/// sandbox.seed("truto", "contacts", Some(Sandbox::ACCOUNT), 3)?;
/// assert!(sandbox.connection("truto").starts_with("truto+http://127.0.0.1:"));
/// assert_eq!(sandbox.records("truto", "contacts", Some(Sandbox::ACCOUNT)).len(), 3);
/// # Ok::<(), sandbox::SandboxError>(())
/// ```
#[derive(Debug)]
pub struct Sandbox {
    engine: Arc<Engine>,
    address: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    server: Option<JoinHandle<()>>,
}

impl Sandbox {
    /// The connected account that [`Sandbox::connection`] names.
    pub const ACCOUNT: &'static str = "0d1f6c1e-6b5f-4a43-9c1e-2f6a5f1b7c20";

    /// The credential that [`Sandbox::connection`] names. Any other does as well, unless the builder says which do.
    pub const CREDENTIAL: &'static str = "sandbox";

    /// Starts a sandbox of all three APIs on a free port of this machine, without records, quotas or faults.
    ///
    /// # Errors
    /// When the system gives no port or thread.
    pub fn start() -> Result<Self, SandboxError> {
        Self::builder().start()
    }

    /// A sandbox that is not started yet.
    #[must_use]
    pub fn builder() -> SandboxBuilder {
        SandboxBuilder::default()
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The URL of the page that shows what is in it.
    #[must_use]
    pub fn page(&self) -> String {
        format!("http://{}/", self.address)
    }

    /// The base URL of an API, which takes the place of the server that its document names. It is that of the sandbox,
    /// where there is no such API.
    #[must_use]
    pub fn url(&self, api: &str) -> String {
        format!("http://{}{}", self.address, self.base(api))
    }

    /// The path of [`Sandbox::url`].
    pub(crate) fn base(&self, api: &str) -> &str {
        let mut documents = self.engine.documents.iter();
        let document = documents.find(|document| document.name == api_of(api));
        document.map_or("", |document| document.base.as_str())
    }

    /// A connection string, as the facade takes it, for a provider: the name of an API, or one that begins with it
    /// (`truto-leads`).
    #[must_use]
    pub fn connection(&self, provider: &str) -> String {
        let api = api_of(provider);
        let document = self
            .engine
            .documents
            .iter()
            .find(|document| document.name == api);
        let account = document.and_then(|document| document.account_parameter.as_ref());
        let account = account.map_or(String::new(), |_| format!("&account={}", Self::ACCOUNT));
        format!(
            "{provider}+{}?token={}{account}",
            self.url(api),
            Self::CREDENTIAL
        )
    }

    /// Adds a fault to those that are set.
    ///
    /// # Errors
    /// When a number of it is out of its range.
    pub fn fault(&self, fault: Fault) -> Result<(), SandboxError> {
        if let Some(problem) = fault.problem() {
            return Err(SandboxError::new(format!("fault: {problem}")));
        }
        self.engine.faults.add(fault);
        Ok(())
    }

    /// Takes all faults away.
    pub fn clear_faults(&self) {
        self.engine.faults.clear();
    }

    /// Sets up a connected account. From the first one on, only those that are set up are taken.
    ///
    /// # Errors
    /// When no document names its integration.
    pub fn account(&self, id: impl Into<String>, account: Account) -> Result<(), SandboxError> {
        self.engine.set_account(id.into(), account)
    }

    /// Everything that was committed, in order.
    #[must_use]
    pub fn ledger(&self) -> Vec<Commit> {
        locked(&self.engine.state).ledger.clone()
    }

    /// How many writes were committed.
    #[must_use]
    pub fn commits(&self) -> usize {
        locked(&self.engine.state).ledger.len()
    }

    /// How many requests came.
    #[must_use]
    pub fn requests(&self) -> u64 {
        self.engine.seen.count()
    }

    /// Adds records of made-up people. The same seed of the sandbox has the same people.
    ///
    /// # Errors
    /// When there is no such API or resource, or the data cannot be saved.
    pub fn seed(
        &self,
        api: &str,
        resource: &str,
        account: Option<&str>,
        count: usize,
    ) -> Result<(), SandboxError> {
        self.engine.seed(api, resource, account, count)
    }

    /// Puts a record into a resource, in the JSON of the API's answers, and gives its id: its own, or a new one.
    ///
    /// # Errors
    /// When there is no such API or resource, the record is no object, or the data cannot be saved.
    pub fn put(
        &self,
        api: &str,
        resource: &str,
        account: Option<&str>,
        record: Value,
    ) -> Result<String, SandboxError> {
        self.engine.put(api, resource, account, record)
    }

    /// The records of a resource, in the order in which they came.
    #[must_use]
    pub fn records(&self, api: &str, resource: &str, account: Option<&str>) -> Vec<Value> {
        self.engine.records(api, resource, account)
    }

    /// Every request so far with its answer, where the builder was told to keep them.
    #[must_use]
    pub fn exchanges(&self) -> Vec<Exchange> {
        self.exchanges_from(0)
    }

    /// Those after the first `known`.
    pub(crate) fn exchanges_from(&self, known: usize) -> Vec<Exchange> {
        let exchanges = self.engine.exchanges.as_ref();
        exchanges.map_or_else(Vec::new, |exchanges| {
            locked(exchanges).iter().skip(known).cloned().collect()
        })
    }

    /// The arguments for a call of an operation, made up from its document.
    ///
    /// # Errors
    /// When the document has no such operation.
    pub fn arguments(
        &self,
        api: &str,
        method: &str,
        path: &str,
        extent: Extent,
    ) -> Result<Arguments<'_>, SandboxError> {
        let document = self
            .engine
            .documents
            .iter()
            .find(|document| document.name == api);
        let operation = document.and_then(|document| {
            let operations = &mut document.operations.iter();
            let found = operations.find(|known| known.method == method && known.path == path)?;
            Some(Arguments::new(&document.json, found, extent))
        });
        operation.ok_or_else(|| {
            SandboxError::new(format!(
                "`{api}` has no operation {method} {path}, expected one of its document"
            ))
        })
    }

    /// Forgets all records, what was committed, and what would be answered again.
    ///
    /// # Errors
    /// When the data cannot be saved.
    pub fn clear(&self) -> Result<(), SandboxError> {
        self.engine.change(State::clear)
    }

    /// Waits until the sandbox ends, which it does not do by itself.
    pub fn wait(mut self) {
        if let Some(server) = self.server.take() {
            let _panicked = server.join();
        }
    }

    /// Stops it: no connection is taken any more, requests that came are answered, and what was written is saved.
    pub fn stop(self) {}
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        if let Some(stop) = self.stop.take() {
            let _ended = stop.send(());
        }
        if let Some(server) = self.server.take() {
            let _panicked = server.join();
        }
    }
}

/// The API that a provider belongs to.
fn api_of(provider: &str) -> &str {
    provider.strip_suffix("-leads").unwrap_or(provider)
}
