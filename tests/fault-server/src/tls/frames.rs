//! A server of HTTP/2 that writes its frames itself, so that it can end streams as no library would.

use super::identity::{Identity, Protocol};
use super::listen::Listening;
use std::collections::HashMap;
use std::io;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio_rustls::server::TlsStream;

const PREFACE: usize = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".len();
const DATA: u8 = 0x0;
const HEADERS: u8 = 0x1;
const RST_STREAM: u8 = 0x3;
const SETTINGS: u8 = 0x4;
const PING: u8 = 0x6;
const GOAWAY: u8 = 0x7;
const ACK: u8 = 0x1;
const END_STREAM: u8 = 0x1;
const END_HEADERS: u8 = 0x4;
/// `:status: 200`, as HPACK's static table numbers it (RFC 7541, appendix A).
const STATUS_200: u8 = 0x80 | 8;

/// How a [`FrameServer`] ends a stream whose request came in whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StreamEnd {
    /// It applies the write and answers 200 with `{}`.
    Answer,
    /// It resets the stream with this error code. With any code but that of a refused stream it applied the write.
    Reset(u32),
    /// It ends the connection with this error code, and says that it did nothing of this stream.
    GoAwayBelow(u32),
    /// It applies the write, ends the connection with this error code, says that this stream was processed, and
    /// closes.
    GoAwayAt(u32),
}

impl StreamEnd {
    /// The error code of a stream that was not processed (RFC 9113, 7 and 8.7).
    pub const REFUSED_STREAM: u32 = 0x7;

    fn applies(self) -> bool {
        !matches!(
            self,
            Self::Reset(Self::REFUSED_STREAM) | Self::GoAwayBelow(_)
        )
    }
}

/// A server of HTTP/2 over TLS that ends streams as it is told to. It ends when this is dropped.
#[derive(Debug)]
pub struct FrameServer {
    listening: Listening,
    counts: Arc<Counts>,
}

#[derive(Debug, Default)]
struct Counts {
    requests: AtomicUsize,
    applied: AtomicUsize,
    last: Mutex<Vec<u8>>,
}

impl FrameServer {
    /// Starts a server that ends one stream after the other so, and every later one as the last.
    ///
    /// # Errors
    /// When the system gives no port or thread.
    pub fn start(identity: &Identity, ends: &[StreamEnd]) -> io::Result<Self> {
        let counts = Arc::<Counts>::default();
        let (shared, ends) = (Arc::clone(&counts), ends.to_vec());
        let listening = Listening::start(identity.acceptor(&[Protocol::Http2])?, {
            move |stream, _| {
                let (shared, ends) = (Arc::clone(&shared), ends.clone());
                async move {
                    // A client that goes away is part of the play.
                    let _gone = serve(stream, &shared, &ends).await;
                }
            }
        })?;
        Ok(Self { listening, counts })
    }

    /// The server's URL under the name `host`, without a trailing slash.
    #[must_use]
    pub fn url(&self, host: &str) -> String {
        format!("https://{host}:{}", self.listening.port)
    }

    /// How many connections were made so far.
    #[must_use]
    pub fn connections(&self) -> usize {
        self.listening.connections()
    }

    /// How many requests came in whole so far.
    #[must_use]
    pub fn requests(&self) -> usize {
        self.counts.requests.load(Ordering::SeqCst)
    }

    /// How many requests were applied so far.
    #[must_use]
    pub fn applied(&self) -> usize {
        self.counts.applied.load(Ordering::SeqCst)
    }

    /// The body of the last request.
    #[must_use]
    pub fn last_body(&self) -> Vec<u8> {
        let last = &self.counts.last;
        last.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

async fn serve(
    mut stream: TlsStream<TcpStream>,
    counts: &Counts,
    ends: &[StreamEnd],
) -> io::Result<()> {
    stream.read_exact(&mut [0; PREFACE]).await?;
    send(&mut stream, SETTINGS, 0, 0, &[]).await?;
    let mut bodies = HashMap::<u32, Vec<u8>>::new();
    loop {
        let mut head = [0; 9];
        stream.read_exact(&mut head).await?;
        let [a, b, c, kind, flags, id @ ..] = head;
        let mut payload = vec![0; usize::try_from(u32::from_be_bytes([0, a, b, c])).unwrap_or(0)];
        stream.read_exact(&mut payload).await?;
        let id = u32::from_be_bytes(id);
        match kind {
            SETTINGS if flags & ACK == 0 => send(&mut stream, SETTINGS, ACK, 0, &[]).await?,
            PING if flags & ACK == 0 => send(&mut stream, PING, ACK, 0, &payload).await?,
            HEADERS => drop(bodies.insert(id, Vec::new())),
            DATA => bodies.entry(id).or_default().extend(payload),
            _ => {}
        }
        if !matches!(kind, HEADERS | DATA) || flags & END_STREAM == 0 {
            continue;
        }
        *counts.last.lock().unwrap_or_else(PoisonError::into_inner) =
            bodies.remove(&id).unwrap_or_default();
        let seen = counts.requests.fetch_add(1, Ordering::SeqCst);
        let Some(end) = ends.get(seen).or(ends.last()) else {
            return Ok(());
        };
        counts
            .applied
            .fetch_add(usize::from(end.applies()), Ordering::SeqCst);
        match *end {
            StreamEnd::Answer => {
                send(&mut stream, HEADERS, END_HEADERS, id, &[STATUS_200]).await?;
                send(&mut stream, DATA, END_STREAM, id, b"{}").await?;
            }
            StreamEnd::Reset(code) => {
                send(&mut stream, RST_STREAM, 0, id, &code.to_be_bytes()).await?;
            }
            StreamEnd::GoAwayBelow(code) => {
                go_away(&mut stream, id.saturating_sub(2), code).await?;
            }
            StreamEnd::GoAwayAt(code) => {
                go_away(&mut stream, id, code).await?;
                return stream.shutdown().await;
            }
        }
    }
}

async fn go_away(stream: &mut TlsStream<TcpStream>, last: u32, code: u32) -> io::Result<()> {
    let payload = [last.to_be_bytes(), code.to_be_bytes()].concat();
    send(stream, GOAWAY, 0, 0, &payload).await
}

async fn send(
    stream: &mut TlsStream<TcpStream>,
    kind: u8,
    flags: u8,
    id: u32,
    payload: &[u8],
) -> io::Result<()> {
    let [_, length @ ..] = u32::try_from(payload.len())
        .unwrap_or(u32::MAX)
        .to_be_bytes();
    let mut frame = length.to_vec();
    frame.extend([kind, flags]);
    frame.extend(id.to_be_bytes());
    frame.extend(payload);
    stream.write_all(&frame).await?;
    stream.flush().await
}
