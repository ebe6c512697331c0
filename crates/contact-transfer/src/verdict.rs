//! What an error of a write means for the transfer.

use unified_contacts::client_runtime::ErrorKind;
use unified_contacts::{StoreError, StoreErrorKind, WriteOutcome};

/// What an error of a write means for the transfer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// It was applied, only the answer was lost.
    Applied,
    /// Nobody can tell.
    Unknown,
    /// It was not applied, and may be later.
    Later,
    /// It was not applied, and will not be.
    Refused,
    /// Neither this nor any other write will be applied.
    Denied,
}

impl Verdict {
    pub(crate) fn of(error: &StoreError) -> Self {
        match error.outcome() {
            WriteOutcome::Applied => return Self::Applied,
            WriteOutcome::NotApplied => {}
            _ => return Self::Unknown,
        }
        let Some(call) = error.call() else {
            return match error.kind() {
                StoreErrorKind::Unsupported => Self::Denied,
                _ => Self::Refused,
            };
        };
        match (call.status(), call.kind()) {
            (Some(401 | 403 | 405), _) | (None, ErrorKind::MissingCredential) => Self::Denied,
            _ if call.is_retryable() => Self::Later,
            (None, ErrorKind::InvalidRequest) => Self::Refused,
            // A server that cannot be reached, or is not well.
            (None | Some(500..), _) => Self::Later,
            (Some(404), _) if error.operation() == unified_contacts::Operation::Create => {
                Self::Denied
            }
            (Some(300..=399), _) => Self::Denied,
            (Some(_), _) => Self::Refused,
        }
    }
}
