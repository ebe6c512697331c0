//! A server that commits writes, and breaks what comes after, or before.

use crate::runtime::mixed;
use fault_server::{Behaviour, Counts, Ending, Reply, Request, Script, Tally};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// What is broken: of a thousand attempts, how many after the write was committed and how many before.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rates {
    after: u64,
    before: u64,
    /// Whether what is broken before the commit is always refused, and never left without an answer.
    refuses: bool,
}

/// Faults after the commit, and before it such as an API with idempotency keys lets a caller sort out.
pub(super) const AFTER_AND_BEFORE: Rates = Rates {
    after: 340,
    before: 60,
    refuses: false,
};

/// Faults after the commit; before it, only refusals that say so.
pub(super) const AFTER: Rates = Rates {
    after: 380,
    before: 40,
    refuses: true,
};

/// How long an attempt may take.
pub(super) const ATTEMPT_TIMEOUT: Duration = Duration::from_secs(3);

/// How many requests for one write are broken at most, so that every write comes to an end.
const MOST_FAULTS: u32 = 20;

/// The server's memory: what was applied, and how often something was broken.
#[derive(Debug)]
pub(super) struct Server {
    seed: u64,
    rates: Rates,
    tally: Tally,
    attempts: AtomicU64,
    after_commit: AtomicU64,
    after_commit_with_success: AtomicU64,
    before_commit: AtomicU64,
}

impl Server {
    pub(super) fn new(seed: u64, rates: Rates) -> Self {
        Self {
            seed,
            rates,
            tally: Tally::new(),
            attempts: AtomicU64::new(0),
            after_commit: AtomicU64::new(0),
            after_commit_with_success: AtomicU64::new(0),
            before_commit: AtomicU64::new(0),
        }
    }

    /// What happened to a write.
    pub(super) fn of(&self, write: u64) -> Counts {
        self.tally.of(write)
    }

    pub(super) fn attempts(&self) -> u64 {
        self.attempts.load(Ordering::SeqCst)
    }

    pub(super) fn broken_after_commit(&self) -> u64 {
        self.after_commit.load(Ordering::SeqCst)
    }

    /// Of those, the ones whose answer began with a success.
    pub(super) fn broken_after_success(&self) -> u64 {
        self.after_commit_with_success.load(Ordering::SeqCst)
    }

    pub(super) fn broken_before_commit(&self) -> u64 {
        self.before_commit.load(Ordering::SeqCst)
    }

    /// What the server does: a function of the seed, the write, and how often it came in.
    pub(super) fn script(self: &Arc<Self>) -> impl Script + use<> {
        let server = Arc::clone(self);
        let done = Behaviour::prepared(&contact());
        move |request: &Request, _: usize| {
            let Some(write) = write_of(request) else {
                return Behaviour::status(500);
            };
            server.attempts.fetch_add(1, Ordering::SeqCst);
            let earlier = server.tally.note(write);
            let choice = mixed(server.seed, [write, earlier.into()]);
            let (rate, kind) = (choice % 1000, choice / 1000);
            let key = request.header("idempotency-key");
            if earlier < MOST_FAULTS && rate < server.rates.before {
                server.before_commit.fetch_add(1, Ordering::SeqCst);
                return before_commit(kind, server.rates.refuses);
            }
            server.tally.apply(write, key);
            if earlier < MOST_FAULTS && rate < server.rates.before + server.rates.after {
                server.after_commit.fetch_add(1, Ordering::SeqCst);
                return server.after_commit(kind);
            }
            done.clone()
        }
    }

    fn after_commit(&self, kind: u64) -> Behaviour {
        let failed = |status| Behaviour::prepared(&Reply::new(status).json("{}"));
        match kind % 300 {
            // Rare, since each takes the whole timeout.
            0 => Behaviour::prepared(&contact()).after(ATTEMPT_TIMEOUT * 2),
            1..50 => Behaviour::new(Ending::Drop),
            50..100 => Behaviour::new(Ending::Reset),
            100..150 => {
                self.after_commit_with_success
                    .fetch_add(1, Ordering::SeqCst);
                Behaviour::new(Ending::Truncate(
                    contact(),
                    usize::try_from(kind % 40).unwrap_or(0),
                ))
            }
            150..200 => failed(502),
            200..250 => failed(503),
            _ => failed(504),
        }
    }
}

fn before_commit(kind: u64, refuses: bool) -> Behaviour {
    match if refuses { 3 + kind % 2 } else { kind % 5 } {
        0 => Behaviour::new(Ending::Drop),
        1 => Behaviour::new(Ending::Reset),
        2 => Behaviour::prepared(&Reply::new(503).json("{}")),
        3 => Behaviour::prepared(&Reply::new(429).header("retry-after", "0").json("{}")),
        _ => Behaviour::prepared(&Reply::new(409).json("{}")),
    }
}

fn contact() -> Reply {
    Reply::new(200).json(r#"{"id":"c-1","first_name":"Ada","last_name":"Lovelace"}"#)
}

/// The number of the write, which is the last segment of its path.
fn write_of(request: &Request) -> Option<u64> {
    request.path().rsplit('/').next()?.parse().ok()
}
