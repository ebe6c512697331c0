//! How many retries a client may make for the calls that it makes, so that a failing server is not hit harder.

use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::time::Duration;
use tokio::time::Instant;

/// Thousandths of a retry that each call earns.
const EARNED: i64 = 150;

/// Thousandths of a retry that are there from the start, and never more.
const MOST: i64 = 10_000;

/// How long a client that makes few calls waits for one more retry.
const REFILL: Duration = Duration::from_secs(10);

/// A store of retries, shared by every clone of a client. Each call earns 0.15 of a retry and ten seconds earn one;
/// at most ten are kept. So a storm of failing calls sends little more than 15 % on top.
pub(crate) struct Budget {
    thousandths: AtomicI64,
    start: Instant,
    refills: AtomicU64,
}

impl Budget {
    pub(crate) fn new() -> Self {
        Self {
            thousandths: AtomicI64::new(MOST),
            start: Instant::now(),
            refills: AtomicU64::new(0),
        }
    }

    /// Notes a call.
    pub(crate) fn earn(&self) {
        if self.thousandths.load(Ordering::Relaxed) < MOST {
            self.thousandths.fetch_add(EARNED, Ordering::Relaxed);
        }
    }

    /// Takes a retry out, if there is one.
    pub(crate) fn spend(&self) -> bool {
        let due = self.start.elapsed().as_secs() / REFILL.as_secs();
        let given = self.refills.fetch_max(due, Ordering::Relaxed);
        let refill = i64::try_from(due.saturating_sub(given)).unwrap_or(i64::MAX);
        self.thousandths
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |thousandths| {
                let filled = refill
                    .saturating_mul(1000)
                    .saturating_add(thousandths)
                    .min(MOST);
                (filled >= 1000).then_some(filled - 1000)
            })
            .is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How many retries a budget gives in `seconds` with `calls` in each of them, every one failing three times.
    async fn storm(seconds: u32, calls: u32) -> u32 {
        let budget = Budget::new();
        let mut spent = 0;
        for _ in 0..seconds {
            for _ in 0..calls {
                budget.earn();
                spent += (0..3).map(|_| u32::from(budget.spend())).sum::<u32>();
            }
            tokio::time::advance(Duration::from_secs(1)).await;
        }
        spent
    }

    #[tokio::test(start_paused = true)]
    async fn a_storm_gets_at_most_a_fifth_on_top() {
        for calls in [10, 100, 1000] {
            let spent = storm(60, calls).await;
            assert!(
                spent > 0 && spent * 5 <= 60 * calls,
                "{spent} retries for {} calls",
                60 * calls
            );
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_quiet_client_gets_its_retries_back() {
        let budget = Budget::new();
        while budget.spend() {}
        tokio::time::advance(REFILL).await;
        assert!(budget.spend() && !budget.spend());
        tokio::time::advance(REFILL * 1000).await;
        assert_eq!((0..100).filter(|_| budget.spend()).count(), 10);
    }
}
