//! What was applied, counted in a few bytes per write.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasher as _, RandomState};
use std::sync::{Mutex, PoisonError};

/// How often each write was applied, for a script that sees millions of them. As in [`Ledger`](crate::Ledger), a
/// write with a key that was seen before is not applied again. What a write is, the script says by a number: one that
/// is sent again under another key is still the same write, so that applying it again shows.
#[derive(Debug, Default)]
pub struct Tally {
    inner: Mutex<Inner>,
    hasher: RandomState,
}

#[derive(Debug, Default)]
struct Inner {
    writes: HashMap<u64, Counts>,
    /// Hashes of the keys, which tell a million keys apart but for one chance in ten million.
    keys: HashSet<u64>,
}

/// What happened to one write.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// How many requests for it were noted.
    pub requests: u32,
    /// How often it was applied.
    pub applied: u32,
}

impl Tally {
    /// An empty one.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Notes a request for `write`, and gives how many came before it.
    pub fn note(&self, write: u64) -> u32 {
        self.change(write, |_, counts| {
            counts.requests += 1;
            counts.requests - 1
        })
    }

    /// Applies `write`, unless `key` was seen before. Says whether it was applied.
    pub fn apply(&self, write: u64, key: Option<&str>) -> bool {
        let key = key.map(|key| self.hasher.hash_one(key));
        self.change(write, |keys, counts| {
            let is_new = key.is_none_or(|key| keys.insert(key));
            counts.applied += u32::from(is_new);
            is_new
        })
    }

    /// What happened to `write` so far.
    #[must_use]
    pub fn of(&self, write: u64) -> Counts {
        let inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        inner.writes.get(&write).copied().unwrap_or_default()
    }

    fn change<T>(&self, write: u64, change: impl FnOnce(&mut HashSet<u64>, &mut Counts) -> T) -> T {
        let mut inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        let inner = &mut *inner;
        change(&mut inner.keys, inner.writes.entry(write).or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_write_under_its_key_is_applied_once_and_under_another_again() {
        let tally = Tally::new();
        assert_eq!((tally.note(7), tally.note(7)), (0, 1));
        assert!(tally.apply(7, Some("a")));
        assert!(!tally.apply(7, Some("a")));
        let (requests, applied) = (2, 1);
        assert_eq!(tally.of(7), Counts { requests, applied });
        assert!(tally.apply(7, Some("b")));
        assert_eq!(tally.of(7).applied, 2);
    }

    #[test]
    fn a_write_without_a_key_is_applied_each_time() {
        let tally = Tally::new();
        for write in [1, 1, 2] {
            assert!(tally.apply(write, None));
        }
        assert_eq!((tally.of(1).applied, tally.of(2).applied), (2, 1));
        assert_eq!(tally.of(3), Counts::default());
    }
}
