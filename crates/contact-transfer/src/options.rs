//! How a transfer runs.

use std::time::Duration;
use unified_contacts::Integration;

/// How a transfer runs.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct RunOptions {
    /// How many writes are in flight at most: 1 to 256, 16 unless set. The client's own rate limiter holds them back
    /// beyond the quotas of its API.
    pub concurrency: usize,
    /// How often a record is sent in one run when the store cannot be reached or takes no more; 3 unless set. The
    /// client's own retries are within each of these.
    pub attempts: u32,
    /// For how long a write is sent again under its idempotency key when nobody knows what became of it, 10 minutes
    /// unless set. After that, the target is listed to find out. No document says how long Truto keeps keys.
    pub replay_window: Duration,
    /// How long a write of which nobody knows what became of it is left alone before the target is listed to find out,
    /// 30 seconds unless set: a server may still be at work on it.
    pub settle: Duration,
    /// How long writes in flight are waited for when the transfer is cancelled, 30 seconds unless set.
    pub grace: Duration,
}

impl RunOptions {
    /// How many writes can be in flight at most.
    pub const MAX_CONCURRENCY: usize = 256;

    pub(crate) fn concurrency(&self) -> usize {
        self.concurrency.clamp(1, Self::MAX_CONCURRENCY)
    }
}

impl Default for RunOptions {
    fn default() -> Self {
        Self {
            concurrency: 16,
            attempts: 3,
            replay_window: Duration::from_mins(10),
            settle: Duration::from_secs(30),
            grace: Duration::from_secs(30),
        }
    }
}

/// How a file is imported.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct ImportOptions {
    /// The integration behind the target that contacts are checked for.
    pub integration: Option<Integration>,
    /// Whether records with problems are refused one by one, and the others sent.
    pub keep_going: bool,
    /// Whether contacts are sent though the target cannot hold all of them.
    pub accept_loss: bool,
    /// How the transfer runs.
    pub run: RunOptions,
}

/// How one store is copied into another.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct SyncOptions {
    /// The integration behind the target that contacts are checked for.
    pub integration: Option<Integration>,
    /// Whether contacts with problems are refused one by one, and the others sent.
    pub keep_going: bool,
    /// Whether contacts are sent though the target cannot hold all of them.
    pub accept_loss: bool,
    /// How many contacts a page of a listing has; as the API has it unless set.
    pub page_size: Option<u32>,
    /// How the transfer runs.
    pub run: RunOptions,
}
