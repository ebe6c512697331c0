//! What a call may have changed on the server.

use crate::failure::ErrorKind;
use crate::operation::Operation;
use std::fmt;

/// What a failed call did on the server. `Debug` prints whether there is a key, and not the key.
#[derive(Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum WriteOutcome<'a> {
    /// It was applied: the server said so, and only its answer was lost or not understood.
    Applied,
    /// It was certainly not applied.
    NotApplied,
    /// Nobody can tell from here.
    Unknown {
        /// The key that every attempt carried. The same call with this key is safe to make again wherever the API
        /// honours such keys. `None` where it does not: then only reading the record back tells. The key is no
        /// secret, but it names one write of the caller's.
        idempotency_key: Option<&'a str>,
        /// How often the request was sent.
        attempts: u32,
        /// What ended the last attempt.
        last_error: ErrorKind,
    },
}

impl fmt::Debug for WriteOutcome<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Applied => formatter.write_str("Applied"),
            Self::NotApplied => formatter.write_str("NotApplied"),
            Self::Unknown {
                idempotency_key,
                attempts,
                last_error,
            } => formatter
                .debug_struct("Unknown")
                .field("has_idempotency_key", &idempotency_key.is_some())
                .field("attempts", attempts)
                .field("last_error", last_error)
                .finish(),
        }
    }
}

/// What one attempt, or all of them, did on the server; the greater one says more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Effect {
    None,
    Unknown,
    Applied,
}

impl Effect {
    /// What an answer tells: a success was applied; a request that the server calls wrong, unauthorised or too early
    /// was not; of a server that failed, or that points elsewhere after a write, nobody knows.
    pub(crate) fn of_status(operation: &Operation, status: u16) -> Self {
        match status {
            _ if operation.is_safe() => Self::None,
            200..=299 => Self::Applied,
            304 | 307 | 308 | 400..=499 | 501 | 505 => Self::None,
            _ => Self::Unknown,
        }
    }

    /// What is left to think after a request was sent and nothing came back.
    pub(crate) fn of_silence(operation: &Operation) -> Self {
        if operation.is_safe() {
            Self::None
        } else {
            Self::Unknown
        }
    }
}
