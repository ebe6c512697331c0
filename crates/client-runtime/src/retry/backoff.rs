//! The pauses between attempts.

use backon::{BackoffBuilder as _, ExponentialBackoff, ExponentialBuilder};
use std::time::Duration;

/// The shortest pause before the second attempt. Each later one is twice as long.
const FIRST: Duration = Duration::from_millis(200);

/// The longest pause that no server asked for.
const LONGEST: Duration = Duration::from_secs(20);

/// Pauses that grow, with jitter, so that clients which failed together do not come back together.
pub(crate) struct Backoff(ExponentialBackoff);

impl Backoff {
    pub(crate) fn new() -> Self {
        Self(
            ExponentialBuilder::new()
                .with_min_delay(FIRST)
                .with_max_delay(LONGEST / 2)
                .without_max_times()
                .with_jitter()
                .with_jitter_seed(fastrand::u64(..))
                .build(),
        )
    }

    /// The next pause: the server's own hint, a little longer so that not all come at once, or else a growing one.
    /// Never longer than [`MAX_PAUSE`](super::MAX_PAUSE).
    pub(crate) fn next(&mut self, hint: Option<Duration>) -> Duration {
        let grown = self.0.next().unwrap_or(LONGEST);
        let hinted = hint
            .unwrap_or_default()
            .min(super::MAX_PAUSE)
            .mul_f64(1.0 + fastrand::f64() / 10.0);
        grown.max(hinted).min(super::MAX_PAUSE)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_and_differ_and_stay_within_their_bound() {
        let pauses = || {
            let mut backoff = Backoff::new();
            (0..20).map(|_| backoff.next(None)).collect::<Vec<_>>()
        };
        let (one, two) = (pauses(), pauses());
        assert_ne!(one, two);
        for pauses in [one, two] {
            assert!(pauses[0] >= FIRST && pauses[0] <= FIRST * 2);
            assert!(pauses.iter().all(|pause| *pause <= LONGEST));
            assert!(pauses[19] >= LONGEST / 2);
        }
    }

    #[test]
    fn a_hint_is_waited_for_in_full() {
        let mut backoff = Backoff::new();
        let hint = Duration::from_secs(30);
        let pause = backoff.next(Some(hint));
        assert!(pause >= hint && pause <= hint.mul_f64(1.1));
    }
}
