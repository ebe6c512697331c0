//! Connections that can be made to misbehave: what HTTP libraries rightly refuse to send is written here in their place.

use axum::extract::connect_info::Connected;
use axum::serve::{IncomingStream, Listener};
use bytes::Bytes;
use socket2::SockRef;
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};

use crate::engine::locked;

/// What is done to a connection in place of the answer.
#[derive(Debug, Clone)]
pub(crate) struct Sabotage {
    /// What is written before.
    pub bytes: Bytes,
    pub is_reset: bool,
}

/// By which a request reaches its own connection.
#[derive(Debug, Clone, Default)]
pub(crate) struct Handle(Arc<Mutex<Option<Sabotage>>>);

impl Handle {
    /// Has this done when the answer would be written.
    pub(crate) fn sabotage(&self, sabotage: Sabotage) {
        *locked(&self.0) = Some(sabotage);
    }
}

/// A connection.
#[derive(Debug)]
pub(crate) struct Connection {
    stream: TcpStream,
    handle: Handle,
}

impl Connection {
    /// Writes what a sabotage has to write, and then ends the connection.
    fn poll_sabotage(&mut self, context: &mut Context<'_>) -> Option<Poll<io::Result<usize>>> {
        let mut sabotage = locked(&self.handle.0);
        let running = sabotage.as_mut()?;
        while !running.bytes.is_empty() {
            match Pin::new(&mut self.stream).poll_write(context, &running.bytes) {
                Poll::Ready(Ok(written)) => drop(running.bytes.split_to(written)),
                other => return Some(other),
            }
        }
        if running.is_reset {
            // Closing without lingering is what makes the system send a reset.
            let _kept = SockRef::from(&self.stream).set_linger(Some(Duration::ZERO));
        }
        Some(Poll::Ready(Err(io::ErrorKind::ConnectionAborted.into())))
    }
}

impl AsyncRead for Connection {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl AsyncWrite for Connection {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        match self.poll_sabotage(context) {
            Some(result) => result,
            None => Pin::new(&mut self.stream).poll_write(context, bytes),
        }
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

/// Accepts connections.
#[derive(Debug)]
pub(crate) struct Connections(pub TcpListener);

impl Listener for Connections {
    type Io = Connection;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Connection, SocketAddr) {
        loop {
            match self.0.accept().await {
                Ok((stream, address)) => {
                    // An answer is one write: waiting for more would only delay it.
                    let _kept = stream.set_nodelay(true);
                    return (
                        Connection {
                            stream,
                            handle: Handle::default(),
                        },
                        address,
                    );
                }
                // No more files, or a peer that left: what comes later may do better.
                Err(_) => tokio::time::sleep(Duration::from_millis(10)).await,
            }
        }
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.0.local_addr()
    }
}

impl Connected<IncomingStream<'_, Connections>> for Handle {
    fn connect_info(stream: IncomingStream<'_, Connections>) -> Self {
        stream.io().handle.clone()
    }
}
