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

/// Failures of some requests among many, the same ones for the same seed.
#[derive(Debug, Clone)]
pub struct FaultRate {
    /// How many of a thousand requests fail.
    pub per_thousand: u64,
    /// How they fail, each as often as the others.
    pub kinds: Vec<FaultKind>,
    /// What the choice begins with.
    pub seed: u64,
}

impl FaultRate {
    /// The fault of the next request, if it has one.
    pub(crate) fn next(&mut self) -> Option<FaultKind> {
        // SplitMix64, which needs nothing but the number itself.
        self.seed = self.seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.seed ^ (self.seed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        let random = mixed ^ (mixed >> 31);
        if random % 1000 >= self.per_thousand {
            return None;
        }
        let kinds = u64::try_from(self.kinds.len()).ok()?;
        let index = (random / 1000).checked_rem(kinds)?;
        self.kinds.get(usize::try_from(index).ok()?).cloned()
    }
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
