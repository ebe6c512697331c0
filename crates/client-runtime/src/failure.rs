//! Why a call failed, whatever the operation's documented errors are.

use crate::effect::Effect;
use bytes::Bytes;
use http::{HeaderMap, HeaderValue};
use std::borrow::Cow;
use std::error::Error as StdError;
use std::fmt;

/// What kind of failure ended a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// A parameter, header, body or option cannot be sent as it is. Nothing was sent.
    InvalidRequest,
    /// The client holds no credential that the operation takes. Nothing was sent.
    MissingCredential,
    /// No connection could be made. Nothing was sent.
    Connect,
    /// The call, or its last attempt, took longer than it may.
    Timeout,
    /// The connection broke, or what came over it was no HTTP.
    Io,
    /// The answer's body is larger than the client takes.
    BodyTooLarge,
    /// The answer's body is not what the document says.
    Decode,
    /// The answer says that too many requests were made.
    RateLimited,
    /// The answer points elsewhere, which is not followed.
    Redirect,
    /// The answer is one of the errors that the document describes.
    Documented,
    /// The answer's status is not in the document, or its error body is not as described there.
    Undocumented,
}

impl ErrorKind {
    const fn text(self) -> &'static str {
        match self {
            Self::InvalidRequest => "the request cannot be sent",
            Self::MissingCredential => "no credential was set",
            Self::Connect => "no connection could be made",
            Self::Timeout => "timed out",
            Self::Io => "the connection failed",
            Self::BodyTooLarge => "the answer's body is too large",
            Self::Decode => "the answer's body cannot be decoded",
            Self::RateLimited => "too many requests",
            Self::Redirect => "the answer is a redirect, which is not followed",
            Self::Documented => "the API answered with an error",
            Self::Undocumented => "the API answered with an undocumented status or body",
        }
    }
}

impl fmt::Display for ErrorKind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.text())
    }
}

/// Why a call failed, without an operation's own error types. Neither `Debug` nor `Display` prints a body, a query, a
/// header's value or an id.
pub struct Failure(pub(crate) Box<Fault>);

pub(crate) struct Fault {
    pub(crate) kind: ErrorKind,
    pub(crate) operation: &'static str,
    pub(crate) message: Cow<'static, str>,
    pub(crate) status: Option<u16>,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    pub(crate) is_temporary: bool,
    pub(crate) effect: Effect,
    pub(crate) attempts: u32,
    pub(crate) idempotency_key: Option<HeaderValue>,
    pub(crate) source: Option<Box<dyn StdError + Send + Sync>>,
}

impl Failure {
    pub(crate) fn missing_credential(operation: &'static str) -> Self {
        let message = "the operation takes a credential and the client has none that fits";
        Self::new(ErrorKind::MissingCredential, operation, message)
    }

    pub(crate) fn new(
        kind: ErrorKind,
        operation: &'static str,
        message: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self(Box::new(Fault {
            kind,
            operation,
            message: message.into(),
            status: None,
            headers: HeaderMap::new(),
            body: Bytes::new(),
            is_temporary: matches!(
                kind,
                ErrorKind::Connect | ErrorKind::Timeout | ErrorKind::Io | ErrorKind::RateLimited
            ),
            effect: Effect::None,
            attempts: 0,
            idempotency_key: None,
            source: None,
        }))
    }

    pub(crate) fn with_source(
        mut self,
        source: impl Into<Box<dyn StdError + Send + Sync>>,
    ) -> Self {
        self.0.source = Some(source.into());
        self
    }

    pub(crate) fn with_effect(mut self, effect: Effect) -> Self {
        self.0.effect = effect;
        self
    }

    pub(crate) fn with_head(mut self, status: u16, headers: HeaderMap) -> Self {
        self.0.status = Some(status);
        self.0.headers = headers;
        self
    }

    /// What kind of failure this is.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// The id of the operation that failed.
    #[must_use]
    pub fn operation(&self) -> &'static str {
        self.0.operation
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let fault = &*self.0;
        write!(formatter, "{}: {}", fault.operation, fault.kind)?;
        if let Some(status) = fault.status {
            write!(formatter, " (status {status})")?;
        }
        if !fault.message.is_empty() {
            write!(formatter, ": {}", fault.message)?;
        }
        Ok(())
    }
}

impl fmt::Debug for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let fault = &*self.0;
        formatter
            .debug_struct("Failure")
            .field("kind", &fault.kind)
            .field("operation", &fault.operation)
            .field("message", &fault.message)
            .field("status", &fault.status)
            .field("body_bytes", &fault.body.len())
            .field("attempts", &fault.attempts)
            .field("effect", &fault.effect)
            .field("source", &fault.source)
            .finish_non_exhaustive()
    }
}

impl StdError for Failure {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source.as_deref().map(|source| source as _)
    }
}
