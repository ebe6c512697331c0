//! What a sandbox is started with.

use super::Sandbox;
use crate::SandboxError;
use crate::account::{Account, Accounts};
use crate::connection::Connections;
use crate::document::{Document, Terms};
use crate::engine::Engine;
use crate::fault::{Fault, Faults};
use crate::quota::Quotas;
use crate::routes;
use crate::seen::SeenRequests;
use crate::state::{Database, State};
use std::collections::HashSet;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::sync::oneshot;

/// How long a sandbox that stops waits for requests to be answered.
const GRACE: Duration = Duration::from_secs(2);

/// The documents of this workspace.
const DOCUMENTS: [(&str, &str); 3] = [
    ("truto", include_str!("../../documents/truto.json")),
    ("thelinks", include_str!("../../documents/thelinks.json")),
    (
        "contact-update",
        include_str!("../../documents/contact-update.json"),
    ),
];

/// What a sandbox is started with. Each call sets one thing; what is not said is as [`Sandbox::start`] has it.
#[derive(Debug, Default)]
pub struct SandboxBuilder {
    documents: Vec<(String, String)>,
    address: Option<SocketAddr>,
    data: Option<PathBuf>,
    accounts: Accounts,
    credentials: HashSet<String>,
    faults: Vec<Fault>,
    seed: u64,
    keeps_quotas: bool,
    terms: Terms,
    keeps_exchanges: bool,
}

impl SandboxBuilder {
    /// Plays the API of an OpenAPI 3 document in JSON or YAML, under a name that stands first in its paths. Without this the
    /// sandbox plays `truto`, `thelinks` and `contact-update`.
    #[must_use]
    pub fn document(mut self, name: impl Into<String>, text: impl Into<String>) -> Self {
        self.documents.push((name.into(), text.into()));
        self
    }

    /// Listens there.
    #[must_use]
    pub fn address(mut self, address: SocketAddr) -> Self {
        self.address = Some(address);
        self
    }

    /// Keeps everything in a file that survives the process. Without it everything is in memory.
    #[must_use]
    pub fn data(mut self, file: impl Into<PathBuf>) -> Self {
        self.data = Some(file.into());
        self
    }

    /// Sets up a connected account. Without one each id stands for an account of its own.
    #[must_use]
    pub fn account(mut self, id: impl Into<String>, account: Account) -> Self {
        self.accounts.0.insert(id.into(), account);
        self
    }

    /// Takes this credential, and others only if they are named as well. Without one each is taken.
    #[must_use]
    pub fn credential(mut self, secret: impl Into<String>) -> Self {
        self.credentials.insert(secret.into());
        self
    }

    /// Sets a fault.
    #[must_use]
    pub fn fault(mut self, fault: Fault) -> Self {
        self.faults.push(fault);
        self
    }

    /// What made-up people, ids and the choice of faults depend on.
    #[must_use]
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = seed;
        self
    }

    /// Keeps the quotas that documents name, and refuses what is beyond them.
    #[must_use]
    pub fn quotas(mut self) -> Self {
        self.keeps_quotas = true;
        self
    }

    /// Refuses values that a document does not list also where it says that its API takes others.
    #[must_use]
    pub fn strict(mut self) -> Self {
        self.terms.is_strict = true;
        self
    }

    /// Keeps no records. A request that is as documented is answered with a made-up value of what the document answers, so
    /// that each operation can be tried by itself.
    #[must_use]
    pub fn without_records(mut self) -> Self {
        self.terms.is_made_up = true;
        self
    }

    /// Keeps every request and its answer as they were on the wire, for [`Sandbox::exchanges`].
    #[must_use]
    pub fn exchanges(mut self) -> Self {
        self.keeps_exchanges = true;
        self
    }

    /// Starts it.
    ///
    /// # Errors
    /// When a document, an account, a fault or the data file cannot be used, or the system gives no port or thread.
    pub fn start(self) -> Result<Sandbox, SandboxError> {
        let documents = self.read_documents()?;
        for account in self.accounts.0.values() {
            account.check(&documents)?;
        }
        if let Some(problem) = self.faults.iter().find_map(Fault::problem) {
            return Err(SandboxError::new(format!("fault: {problem}")));
        }
        let (database, state) = match &self.data {
            Some(file) => {
                let (database, saved) = Database::open(file)?;
                (Some(database), State::of(saved))
            }
            None => (None, State::default()),
        };
        let faults = Faults::new(self.seed);
        self.faults.into_iter().for_each(|fault| faults.add(fault));
        let engine = Arc::new(Engine {
            documents,
            state: Mutex::new(state),
            database,
            accounts: Mutex::new(self.accounts),
            quotas: self.keeps_quotas.then(|| Mutex::new(Quotas::default())),
            faults,
            seen: SeenRequests::default(),
            exchanges: self.keeps_exchanges.then(Mutex::default),
            credentials: self.credentials,
            seed: self.seed,
        });
        let asked = self
            .address
            .unwrap_or_else(|| (Ipv4Addr::LOCALHOST, 0).into());
        let fault = |error| SandboxError::caused(format!("cannot listen on {asked}"), error);
        let listener = TcpListener::bind(asked).map_err(fault)?;
        listener.set_nonblocking(true).map_err(fault)?;
        let address = listener.local_addr().map_err(fault)?;
        let (stop, stopped) = oneshot::channel();
        let served = Arc::clone(&engine);
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .thread_name("sandbox-worker")
            .enable_all()
            .build()
            .map_err(|error| SandboxError::caused("cannot start threads", error))?;
        let thread = std::thread::Builder::new()
            .name("sandbox".to_owned())
            .spawn(move || {
                runtime.block_on(serve(listener, served, stopped));
                runtime.shutdown_timeout(GRACE);
            })
            .map_err(|error| SandboxError::caused("cannot start a thread", error))?;
        Ok(Sandbox {
            engine,
            address,
            stop: Some(stop),
            server: Some(thread),
        })
    }

    fn read_documents(&self) -> Result<Vec<Document>, SandboxError> {
        let own = DOCUMENTS.map(|(name, json)| (name.to_owned(), json.to_owned()));
        let documents = if self.documents.is_empty() {
            &own[..]
        } else {
            &self.documents
        };
        let mut names = HashSet::new();
        for (name, _) in documents {
            let is_plain = name
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'));
            if name.is_empty() || !is_plain || name.starts_with(['.', '_']) {
                return Err(SandboxError::document(
                    name,
                    "the name has to be of letters, digits, `-`, `_` and `.`",
                ));
            }
            if !names.insert(name) {
                return Err(SandboxError::document(
                    name,
                    "there are two documents of this name",
                ));
            }
        }
        documents
            .iter()
            .map(|(name, json)| Document::read(name, json, self.terms))
            .collect()
    }
}

/// Serves until it is told to stop, and then until what came is answered.
async fn serve(listener: TcpListener, engine: Arc<Engine>, stopped: oneshot::Receiver<()>) {
    let Ok(listener) = tokio::net::TcpListener::from_std(listener) else {
        return;
    };
    let (told, is_told) = oneshot::channel();
    let stopping = async move {
        let _dropped = stopped.await;
        let _ended = told.send(());
    };
    let serving = axum::serve(Connections(listener), routes::service(engine))
        .with_graceful_shutdown(stopping);
    let late = async move {
        if is_told.await.is_err() {
            std::future::pending::<()>().await;
        }
        tokio::time::sleep(GRACE).await;
    };
    tokio::select! {
        _result = serving => {}
        () = late => {}
    }
}
