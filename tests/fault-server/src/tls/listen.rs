//! A listener in a thread of its own.

use std::io;
use std::net::Ipv4Addr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::JoinHandle;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;

/// Accepts connections on a loopback port until it is dropped.
#[derive(Debug)]
pub(super) struct Listening {
    pub(super) port: u16,
    connections: Arc<AtomicUsize>,
    handshakes: Arc<AtomicUsize>,
    stop: Option<watch::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Listening {
    /// Gives each connection whose handshake succeeds to `serve`, with its number.
    pub(super) fn start<S, F>(acceptor: TlsAcceptor, serve: S) -> io::Result<Self>
    where
        S: Fn(TlsStream<TcpStream>, usize) -> F + Send + 'static,
        F: Future<Output = ()> + Send + 'static,
    {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()?;
        let listener = std::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        listener.set_nonblocking(true)?;
        let port = listener.local_addr()?.port();
        let listener = {
            let _context = runtime.enter();
            TcpListener::from_std(listener)?
        };
        let (connections, handshakes) = (Arc::<AtomicUsize>::default(), Arc::default());
        let counters = (Arc::clone(&connections), Arc::clone(&handshakes));
        let (stop, mut stopped) = watch::channel(());
        let thread = std::thread::Builder::new().name("tls-server".to_owned());
        let thread = thread.spawn(move || {
            runtime.block_on(async {
                tokio::select! {
                    () = accept(listener, acceptor, serve, counters) => {}
                    _ = stopped.changed() => {}
                }
            });
        })?;
        Ok(Self {
            port,
            connections,
            handshakes,
            stop: Some(stop),
            thread: Some(thread),
        })
    }

    pub(super) fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }

    pub(super) fn handshakes(&self) -> usize {
        self.handshakes.load(Ordering::SeqCst)
    }
}

impl Drop for Listening {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            // A panic in the server's thread was printed by the thread itself.
            let _ended = thread.join();
        }
    }
}

async fn accept<S, F>(
    listener: TcpListener,
    acceptor: TlsAcceptor,
    serve: S,
    (connections, handshakes): (Arc<AtomicUsize>, Arc<AtomicUsize>),
) where
    S: Fn(TlsStream<TcpStream>, usize) -> F,
    F: Future<Output = ()> + Send + 'static,
{
    let mut shaking = JoinSet::new();
    let mut serving = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => {
                let Ok((stream, _)) = accepted else { return };
                connections.fetch_add(1, Ordering::SeqCst);
                let acceptor = acceptor.clone();
                shaking.spawn(async move {
                    stream.set_nodelay(true)?;
                    acceptor.accept(stream).await
                });
            }
            Some(shaken) = shaking.join_next() => {
                // A client that does not trust the server goes away here.
                if let Ok(Ok(stream)) = shaken {
                    let number = handshakes.fetch_add(1, Ordering::SeqCst);
                    serving.spawn(serve(stream, number));
                }
            }
            Some(_) = serving.join_next() => {}
        }
    }
}
