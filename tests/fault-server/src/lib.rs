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
//! It speaks HTTP/1.1 on a free loopback port, in a thread of its own, so that it serves any kind of test. For the
//! millions of requests of a soak it records nothing ([`FaultServerBuilder::unrecorded`]), runs in several threads
//! ([`FaultServerBuilder::threads`]) and sends answers that were put together before ([`Behaviour::prepared`]); its
//! script then keeps a [`Tally`] of what was applied. For a test in paused time it runs in the test's own runtime
//! ([`FaultServerBuilder::start_here`]).
//!
//! With the feature `tls` there are two servers more: `TlsServer` answers over TLS in HTTP/1.1 or HTTP/2, and
//! `FrameServer` ends HTTP/2 streams as no well-behaved server would.

mod behaviour;
mod builder;
mod connection;
mod ledger;
mod request;
mod tally;
#[cfg(feature = "tls")]
mod tls;

pub use behaviour::{Behaviour, Ending, Reply, Script};
pub use builder::FaultServerBuilder;
pub use ledger::{Ledger, Write};
pub use request::Request;
pub use tally::{Counts, Tally};
#[cfg(feature = "tls")]
pub use tls::{Exchange, FrameServer, Identity, Protocol, StreamEnd, TlsServer};

use std::io;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use tokio::sync::watch;

/// A running server. It ends when this is dropped.
#[derive(Debug)]
pub struct FaultServer {
    url: String,
    shared: Arc<Shared>,
    stop: Option<watch::Sender<()>>,
    threads: Vec<JoinHandle<()>>,
}

#[derive(Debug, Default)]
pub(crate) struct Shared {
    pub(crate) is_recording: bool,
    pub(crate) requests: Mutex<Vec<Request>>,
    pub(crate) ledger: Mutex<Ledger>,
    pub(crate) seen: AtomicUsize,
    pub(crate) connections: AtomicUsize,
}

impl FaultServer {
    /// Starts a server that treats each request as `script` says.
    ///
    /// # Errors
    /// When the system gives no port or thread.
    pub fn start(script: impl Script) -> io::Result<Self> {
        Self::builder().start(script)
    }

    /// Puts a server together that differs from the one which [`FaultServer::start`] starts.
    pub fn builder() -> FaultServerBuilder {
        FaultServerBuilder::new()
    }

    /// The server's URL, without a trailing slash.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The requests that came in whole so far, in order; none where they are not recorded.
    #[must_use]
    pub fn requests(&self) -> Vec<Request> {
        self.shared
            .requests
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// How many requests came in whole so far.
    #[must_use]
    pub fn seen(&self) -> usize {
        self.shared.seen.load(Ordering::SeqCst)
    }

    /// What was committed so far; nothing where requests are not recorded.
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
        self.shared.connections.load(Ordering::SeqCst)
    }
}

impl Drop for FaultServer {
    fn drop(&mut self) {
        drop(self.stop.take());
        for thread in self.threads.drain(..) {
            // A panic in the server's thread was printed by the thread itself.
            let _ended = thread.join();
        }
    }
}
