//! A local HTTP server that commits writes and then misbehaves as a test asks.
//!
//! ```
//! use fault_server::{Behaviour, FaultServer, Reply};
//!
//! // The first request is committed and its connection dropped; every later one is answered.
//! let server = FaultServer::start([Behaviour::drop().commits(), Behaviour::answer(Reply::new(200)).commits()])?;
//! assert!(server.url().starts_with("http://127.0.0.1:"));
//! assert!(server.requests().is_empty());
//! # Ok::<(), std::io::Error>(())
//! ```
//!
//! It speaks HTTP/1.1 on a free loopback port, in a thread of its own, so that it serves any kind of test.

mod behaviour;
mod connection;
mod ledger;
mod request;

pub use behaviour::{Behaviour, Ending, Reply, Script};
pub use ledger::{Ledger, Write};
pub use request::Request;

use std::io;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use tokio::net::TcpListener;
use tokio::sync::oneshot;

/// A running server. It ends when this is dropped.
#[derive(Debug)]
pub struct FaultServer {
    url: String,
    shared: Arc<Shared>,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

#[derive(Debug, Default)]
pub(crate) struct Shared {
    pub(crate) requests: Mutex<Vec<Request>>,
    pub(crate) ledger: Mutex<Ledger>,
    pub(crate) connections: Mutex<usize>,
}

impl FaultServer {
    /// Starts a server that treats each request as `script` says.
    ///
    /// # Errors
    /// When the system gives no port or thread.
    pub fn start(script: impl Script) -> io::Result<Self> {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()?;
        let listener = std::net::TcpListener::bind("127.0.0.1:0")?;
        let url = format!("http://{}", listener.local_addr()?);
        listener.set_nonblocking(true)?;
        let listener = {
            let _context = runtime.enter();
            TcpListener::from_std(listener)?
        };
        let shared = Arc::new(Shared::default());
        let (stop, stopped) = oneshot::channel();
        let (state, script) = (Arc::clone(&shared), Arc::new(script));
        let thread = std::thread::Builder::new()
            .name("fault-server".to_owned())
            .spawn(move || {
                runtime.block_on(async {
                    tokio::select! {
                        () = connection::accept(listener, state, script) => {}
                        _ = stopped => {}
                    }
                });
            })?;
        Ok(Self {
            url,
            shared,
            stop: Some(stop),
            thread: Some(thread),
        })
    }

    /// The server's URL, without a trailing slash.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The requests that came in whole so far, in order.
    #[must_use]
    pub fn requests(&self) -> Vec<Request> {
        self.shared
            .requests
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// What was committed so far.
    #[must_use]
    pub fn ledger(&self) -> Ledger {
        self.shared
            .ledger
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// How many connections were made so far.
    #[must_use]
    pub fn connections(&self) -> usize {
        *self
            .shared
            .connections
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for FaultServer {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            // A panic in the server's thread was printed by the thread itself.
            let _ended = thread.join();
        }
    }
}
