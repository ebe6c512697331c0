//! How a server is put together and started.

use crate::behaviour::Script;
use crate::{FaultServer, Shared, connection};
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use tokio::net::{TcpListener, TcpSocket};
use tokio::sync::watch;

/// How many connections may wait to be accepted.
const BACKLOG: u32 = 4096;

/// Puts a [`FaultServer`] together.
#[derive(Debug, Clone)]
#[must_use = "nothing runs until the server is started"]
pub struct FaultServerBuilder {
    is_recording: bool,
    threads: usize,
}

impl FaultServerBuilder {
    pub(crate) fn new() -> Self {
        Self {
            is_recording: true,
            threads: 1,
        }
    }

    /// Keeps no request and no ledger, so that any number of requests takes no memory.
    pub fn unrecorded(mut self) -> Self {
        self.is_recording = false;
        self
    }

    /// Serves connections in this many threads, at least one.
    pub fn threads(mut self, threads: usize) -> Self {
        self.threads = threads.max(1);
        self
    }

    /// Starts the server in threads of its own.
    ///
    /// # Errors
    /// When the system gives no port or thread.
    pub fn start(self, script: impl Script) -> io::Result<FaultServer> {
        let runtimes: Vec<_> = (0..self.threads)
            .map(|_| {
                tokio::runtime::Builder::new_current_thread()
                    .enable_all()
                    .build()
            })
            .collect::<io::Result<_>>()?;
        let listener = {
            let _context = runtimes.first().map(tokio::runtime::Runtime::enter);
            listen()?.into_std()?
        };
        let (mut server, stopped) = self.server(listener.local_addr()?);
        let script = Arc::new(script);
        for runtime in runtimes {
            let listener = {
                let _context = runtime.enter();
                TcpListener::from_std(listener.try_clone()?)?
            };
            let (shared, script) = (Arc::clone(&server.shared), Arc::clone(&script));
            let mut stopped = stopped.clone();
            let thread = std::thread::Builder::new().name("fault-server".to_owned());
            server.threads.push(thread.spawn(move || {
                runtime.block_on(async {
                    tokio::select! {
                        () = connection::accept(listener, shared, script) => {}
                        _ = stopped.changed() => {}
                    }
                });
            })?);
        }
        Ok(server)
    }

    /// Starts the server in the runtime that calls this, so that a client in the same runtime can talk to it while
    /// time is paused.
    ///
    /// # Errors
    /// When the system gives no port.
    ///
    /// # Panics
    /// Outside of a runtime.
    pub fn start_here(self, script: impl Script) -> io::Result<FaultServer> {
        let listener = listen()?;
        let (server, mut stopped) = self.server(listener.local_addr()?);
        let (shared, script) = (Arc::clone(&server.shared), Arc::new(script));
        tokio::spawn(async move {
            tokio::select! {
                () = connection::accept(listener, shared, script) => {}
                _ = stopped.changed() => {}
            }
        });
        Ok(server)
    }

    fn server(&self, address: SocketAddr) -> (FaultServer, watch::Receiver<()>) {
        let (stop, stopped) = watch::channel(());
        let server = FaultServer {
            url: format!("http://{address}"),
            shared: Arc::new(Shared {
                is_recording: self.is_recording,
                ..Shared::default()
            }),
            stop: Some(stop),
            threads: Vec::new(),
        };
        (server, stopped)
    }
}

fn listen() -> io::Result<TcpListener> {
    let socket = TcpSocket::new_v4()?;
    socket.bind(SocketAddr::from((Ipv4Addr::LOCALHOST, 0)))?;
    socket.listen(BACKLOG)
}
