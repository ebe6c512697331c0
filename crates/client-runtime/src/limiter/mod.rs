//! Keeping within the number of requests that a vendor allows.

mod window;

use crate::api::{Quota, QuotaScope};
use crate::retry::MAX_PAUSE;
use std::collections::HashMap;
use std::collections::hash_map::RandomState;
use std::fmt;
use std::hash::BuildHasher as _;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Duration;
use tokio::time::Instant;
use window::Window;

/// From how many keys on those that are at rest are forgotten.
const MANY_KEYS: usize = 1024;

/// A rate limiter that counts requests per credential and per connected account. Within any period of a quota's
/// length it lets no more requests through than the quota allows, in the order in which they came. A server that asks
/// to wait (`Retry-After`, or `ratelimit-remaining: 0` with `ratelimit-reset`) holds back every later request of the
/// same account, or credential where no account is named, for at most a minute.
///
/// Each client has its own, seeded with what its API documents; clones of a limiter share their counts, so that
/// several clients of one API can keep within one quota.
#[derive(Clone)]
pub struct RateLimiter(Arc<Inner>);

struct Inner {
    quotas: Vec<Quota>,
    windows: Mutex<HashMap<Key, Window>>,
}

/// What is counted together: a scope, and a number that stands for a credential or an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Key(QuotaScope, u64);

impl Key {
    pub(crate) fn credential(identity: u64) -> Self {
        Self(QuotaScope::Credential, identity)
    }

    /// The one account that a credential belongs to.
    pub(crate) fn account_of_credential(identity: u64) -> Self {
        Self(QuotaScope::Account, identity)
    }

    pub(crate) fn account(name: &str) -> Self {
        Self(QuotaScope::Account, identity(name))
    }
}

/// A number that stands for `text` within this process and tells nothing about it.
pub(crate) fn identity(text: impl AsRef<[u8]>) -> u64 {
    static STATE: OnceLock<RandomState> = OnceLock::new();
    STATE.get_or_init(RandomState::new).hash_one(text.as_ref())
}

impl RateLimiter {
    /// A limiter for these quotas. Where several have the same scope, all of them are kept.
    #[must_use]
    pub fn new(quotas: &[Quota]) -> Self {
        Self(Arc::new(Inner {
            quotas: quotas.to_vec(),
            windows: Mutex::default(),
        }))
    }

    /// Waits until a request that counts for `key` may be sent. `false` if that is not before `deadline`; nothing is
    /// counted then.
    pub(crate) async fn acquire(&self, key: Key, deadline: Instant) -> bool {
        loop {
            let Some(at) = self.window(key).reserve(Instant::now(), deadline) else {
                return false;
            };
            if at <= Instant::now() {
                return true;
            }
            let mut place = Place {
                limiter: self,
                key,
                at: Some(at),
            };
            tokio::time::sleep_until(at).await;
            if self.window(key).is_open(Instant::now()) {
                place.at = None;
                return true;
            }
        }
    }

    /// Holds back requests that count for `key`, as a server asked.
    pub(crate) fn hold(&self, key: Key, pause: Duration) {
        let until = Instant::now() + pause.min(MAX_PAUSE);
        self.window(key).hold(until);
    }

    fn window(&self, key: Key) -> Locked<'_> {
        let mut windows = self
            .0
            .windows
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if windows.len() >= MANY_KEYS && !windows.contains_key(&key) {
            let now = Instant::now();
            windows.retain(|_, window| !window.is_at_rest(now));
        }
        Locked {
            windows,
            key,
            quotas: &self.0.quotas,
        }
    }
}

/// The windows, locked, for the use of one.
struct Locked<'a> {
    windows: MutexGuard<'a, HashMap<Key, Window>>,
    key: Key,
    quotas: &'a [Quota],
}

impl Locked<'_> {
    fn get(&mut self) -> &mut Window {
        let (key, quotas) = (self.key, self.quotas);
        self.windows
            .entry(key)
            .or_insert_with(|| Window::new(quotas.iter().filter(|quota| quota.per == key.0)))
    }

    fn reserve(&mut self, now: Instant, deadline: Instant) -> Option<Instant> {
        self.get().reserve(now, deadline)
    }

    fn is_open(&mut self, now: Instant) -> bool {
        self.get().is_open(now)
    }

    fn hold(&mut self, until: Instant) {
        self.get().hold(until);
    }
}

/// A place in the queue, given back if the call ends before it was used.
struct Place<'a> {
    limiter: &'a RateLimiter,
    key: Key,
    at: Option<Instant>,
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        if let Some(at) = self.at {
            self.limiter.window(self.key).get().give_back(at);
        }
    }
}

impl fmt::Debug for RateLimiter {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("RateLimiter")
            .field("quotas", &self.0.quotas)
            .finish_non_exhaustive()
    }
}
