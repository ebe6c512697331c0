//! Failures that the server is told to have.

use fault_server::{Behaviour, Reply};
use std::time::Duration;

/// A failure of the next requests.
#[derive(Debug, Clone)]
pub struct Fault {
    /// How many requests fail, from the next one on.
    pub on_next: usize,
    /// How they fail.
    pub kind: FaultKind,
}

/// How a request fails.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum FaultKind {
    /// The connection breaks, and nothing is applied.
    DropBeforeCommit,
    /// The write is applied, and then the connection breaks.
    DropAfterCommit,
    /// This status, and nothing is applied.
    Status(u16),
    /// The write is applied, and then this status.
    StatusAfterCommit(u16),
    /// The answer takes so long.
    Slow(Duration),
}

/// The fault of the next request.
pub(crate) fn next(fault: &mut Option<Fault>) -> Option<FaultKind> {
    let current = fault.as_mut()?;
    current.on_next = current.on_next.checked_sub(1)?;
    Some(current.kind.clone())
}

impl FaultKind {
    /// What the server does in place of what it was asked for.
    pub(crate) fn instead(&self) -> Option<Behaviour> {
        match self {
            Self::DropBeforeCommit => Some(Behaviour::drop()),
            Self::Status(status) => Some(Behaviour::status(*status)),
            _ => None,
        }
    }

    /// What becomes of the answer.
    pub(crate) fn after(&self, reply: Reply) -> Behaviour {
        match self {
            Self::DropAfterCommit => Behaviour::drop(),
            Self::StatusAfterCommit(status) => Behaviour::status(*status),
            Self::Slow(delay) => Behaviour::answer(reply).after(*delay),
            _ => Behaviour::answer(reply),
        }
    }
}
