//! What a server does with a request.

use crate::request::Request;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// What the server does with one request: it commits the write or not, waits, and ends the exchange somehow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Behaviour {
    pub(crate) commits: bool,
    pub(crate) delay: Duration,
    pub(crate) ending: Ending,
}

/// How an exchange ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ending {
    /// With an answer.
    Answer(Reply),
    /// With an answer that was put together before, whole and with its length. The connection stays open.
    Prepared(Arc<[u8]>),
    /// With an answer whose body breaks off after this many bytes, though more were announced.
    Truncate(Reply, usize),
    /// With an answer that announces this length, whatever its body has.
    WrongLength(Reply, u64),
    /// With an answer whose body is repeated for as long as the client reads.
    Endless(Reply),
    /// With an answer whose body is sent byte by byte, with this pause after each.
    Slow(Reply, Duration),
    /// With these bytes, whatever they are.
    Raw(Vec<u8>),
    /// With a closed connection.
    Drop,
    /// With a reset connection.
    Reset,
    /// Not at all.
    Hang,
}

impl Behaviour {
    /// Ends the exchange so.
    #[must_use]
    pub fn new(ending: Ending) -> Self {
        Self {
            commits: false,
            delay: Duration::ZERO,
            ending,
        }
    }

    /// Answers.
    #[must_use]
    pub fn answer(reply: Reply) -> Self {
        Self::new(Ending::Answer(reply))
    }

    /// Gives the same answer many times without putting it together each time.
    #[must_use]
    pub fn prepared(reply: &Reply) -> Self {
        Self::new(Ending::Prepared(reply.to_bytes().into()))
    }

    /// Answers with a status and no body.
    #[must_use]
    pub fn status(status: u16) -> Self {
        Self::answer(Reply::new(status))
    }

    /// Closes the connection without an answer.
    #[must_use]
    pub fn drop() -> Self {
        Self::new(Ending::Drop)
    }

    /// Commits the write first.
    #[must_use]
    pub fn commits(mut self) -> Self {
        self.commits = true;
        self
    }

    /// Waits before the end, after the commit.
    #[must_use]
    pub fn after(mut self, delay: Duration) -> Self {
        self.delay = delay;
        self
    }
}

/// An answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Reply {
    /// An answer without a body.
    #[must_use]
    pub fn new(status: u16) -> Self {
        Self {
            status,
            headers: Vec::new(),
            body: Vec::new(),
        }
    }

    /// Adds a header.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Sets the body.
    #[must_use]
    pub fn body(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.body = body.into();
        self
    }

    /// Sets a body of JSON text.
    #[must_use]
    pub fn json(self, text: &str) -> Self {
        self.header("content-type", "application/json").body(text)
    }

    /// The whole answer with its length.
    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = self.head(Some(self.length()));
        bytes.extend_from_slice(&self.body);
        bytes
    }

    pub(crate) fn length(&self) -> u64 {
        u64::try_from(self.body.len()).unwrap_or(u64::MAX)
    }

    pub(crate) fn head(&self, length: Option<u64>) -> Vec<u8> {
        let mut head = format!("HTTP/1.1 {} Status\r\n", self.status);
        for (name, value) in &self.headers {
            head.extend([name, ": ", value, "\r\n"]);
        }
        match length {
            Some(_) if matches!(self.status, 204 | 304) => {}
            Some(length) => head.extend(["content-length: ", &length.to_string(), "\r\n"]),
            None => head.push_str("transfer-encoding: chunked\r\n"),
        }
        head.push_str("\r\n");
        head.into_bytes()
    }
}

/// Says what the server does with each request.
pub trait Script: Send + Sync + 'static {
    /// What it does with this one. `seen` requests came in before.
    fn behaviour(&self, request: &Request, seen: usize) -> Behaviour;
}

impl<F: Fn(&Request, usize) -> Behaviour + Send + Sync + 'static> Script for F {
    fn behaviour(&self, request: &Request, seen: usize) -> Behaviour {
        self(request, seen)
    }
}

/// The same with every request.
impl Script for Behaviour {
    fn behaviour(&self, _: &Request, _: usize) -> Behaviour {
        self.clone()
    }
}

/// One after the other, the last one for ever. An empty list drops every connection.
impl<const N: usize> Script for [Behaviour; N] {
    fn behaviour(&self, _: &Request, seen: usize) -> Behaviour {
        let current = self.get(seen).or(self.last());
        current.cloned().unwrap_or_else(Behaviour::drop)
    }
}

/// A script that a test changes while the server runs.
impl Script for Arc<Mutex<Behaviour>> {
    fn behaviour(&self, _: &Request, _: usize) -> Behaviour {
        self.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}
