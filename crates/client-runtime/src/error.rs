//! The error of a generated operation.

use crate::effect::{Effect, WriteOutcome};
use crate::failure::{ErrorKind, Failure};
use crate::response::request_id;
use crate::retry;
use http::HeaderMap;
use std::convert::Infallible;
use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

/// Why a call failed. `E` is the operation's documented errors, in most cases an enum with a variant for each
/// documented status.
///
/// Neither `Debug` nor `Display`, nor anything in [`source`](StdError::source), prints a body, a query, a header's
/// value or an id; [`Error::raw`], [`Error::headers`] and [`Error::documented`] hold them for those who ask.
pub struct Error<E = Infallible> {
    failure: Failure,
    documented: Option<Box<E>>,
}

impl<E> Error<E> {
    pub(crate) fn with_documented(failure: Failure, documented: E) -> Self {
        Self {
            failure,
            documented: Some(Box::new(documented)),
        }
    }

    /// What kind of failure this is.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.failure.kind()
    }

    /// The id of the operation that failed.
    #[must_use]
    pub fn operation(&self) -> &'static str {
        self.failure.operation()
    }

    /// The status of the answer, if there was one.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        self.failure.0.status
    }

    /// The headers of the answer; empty if there was none.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.failure.0.headers
    }

    /// The id that the server gave the request, for its support.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        request_id(self.headers())
    }

    /// The error as the document describes it, if the answer was one of those.
    #[must_use]
    pub fn documented(&self) -> Option<&E> {
        self.documented.as_deref()
    }

    /// The error as the document describes it, if the answer was one of those.
    #[must_use]
    pub fn into_documented(self) -> Option<E> {
        self.documented.map(|documented| *documented)
    }

    /// The body of the answer, as far as it was read.
    #[must_use]
    pub fn raw(&self) -> Option<&[u8]> {
        self.failure.0.status.map(|_| &*self.failure.0.body)
    }

    /// Whether the same call may succeed later without a change, as far as the vendor documents it. Before a write is
    /// made again, [`Error::outcome`] tells whether that could apply it twice.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        self.failure.0.is_temporary
    }

    /// Whether the call may have changed something. `false` means that it certainly did not.
    #[must_use]
    pub fn may_have_been_applied(&self) -> bool {
        self.failure.0.effect != Effect::None
    }

    /// What the call did on the server, as far as it can be told. A call that only reads did nothing.
    #[must_use]
    pub fn outcome(&self) -> WriteOutcome<'_> {
        match self.failure.0.effect {
            Effect::Applied => WriteOutcome::Applied,
            Effect::None => WriteOutcome::NotApplied,
            Effect::Unknown => WriteOutcome::Unknown {
                idempotency_key: self.idempotency_key(),
                attempts: self.attempts(),
                last_error: self.kind(),
            },
        }
    }

    /// How often the request was sent; 0 if it never was.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.failure.0.attempts
    }

    /// The key that every attempt carried, where the API takes such keys.
    #[must_use]
    pub fn idempotency_key(&self) -> Option<&str> {
        self.failure.0.idempotency_key.as_ref()?.to_str().ok()
    }

    /// How long the server asks to wait before the next call, as it says it, without a cap.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        retry::retry_after(self.headers())
    }

    /// Whether too many requests were made.
    #[must_use]
    pub fn is_rate_limited(&self) -> bool {
        self.kind() == ErrorKind::RateLimited || self.status() == Some(429)
    }

    /// Whether the call, or its last attempt, took longer than it may.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        self.kind() == ErrorKind::Timeout
    }

    /// Whether the API knows nothing under that id or path.
    #[must_use]
    pub fn is_not_found(&self) -> bool {
        matches!(self.status(), Some(404 | 410))
    }

    /// Whether the credential was refused, or does not allow the call.
    #[must_use]
    pub fn is_unauthorized(&self) -> bool {
        matches!(self.status(), Some(401 | 403)) || self.kind() == ErrorKind::MissingCredential
    }

    /// The same with the documented error changed by `change`.
    #[must_use]
    pub fn map<F>(self, change: impl FnOnce(E) -> F) -> Error<F> {
        Error {
            failure: self.failure,
            documented: self
                .documented
                .map(|documented| Box::new(change(*documented))),
        }
    }

    /// The same without the documented error's type; [`Error::raw`] still holds the body.
    #[must_use]
    pub fn into_untyped(self) -> Error {
        Error {
            failure: self.failure,
            documented: None,
        }
    }
}

impl<E> From<Failure> for Error<E> {
    fn from(failure: Failure) -> Self {
        Self {
            failure,
            documented: None,
        }
    }
}

impl<E> fmt::Display for Error<E> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.failure.fmt(formatter)
    }
}

impl<E> fmt::Debug for Error<E> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.failure, formatter)
    }
}

impl<E> StdError for Error<E> {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.failure.source()
    }
}
