//! The requests of one credential or account within the periods of its quotas.

use crate::api::Quota;
use std::collections::VecDeque;
use std::time::Duration;
use tokio::time::Instant;

/// When requests were let through, for each quota, and how long all are held back.
pub(super) struct Window {
    logs: Vec<Log>,
    held_until: Option<Instant>,
}

/// The requests of a quota's current period, and those that have their time after it.
struct Log {
    allowed: usize,
    period: Duration,
    sent: VecDeque<Instant>,
}

impl Window {
    pub(super) fn new<'a>(quotas: impl Iterator<Item = &'a Quota>) -> Self {
        let logs = quotas.map(|quota| Log {
            allowed: usize::try_from(quota.requests).unwrap_or(usize::MAX).max(1),
            period: Duration::from_secs(quota.seconds.into()),
            sent: VecDeque::new(),
        });
        Self {
            logs: logs.collect(),
            held_until: None,
        }
    }

    /// Takes the earliest time at which a request may be sent, after those that took theirs before; `None` if that is
    /// not before `deadline`.
    pub(super) fn reserve(&mut self, now: Instant, deadline: Instant) -> Option<Instant> {
        for log in &mut self.logs {
            log.forget_before(now);
        }
        let earliest = self.held_until.map_or(now, |until| until.max(now));
        let at = self
            .logs
            .iter()
            .map(Log::earliest)
            .fold(earliest, |at, log| match log {
                Some(log) => at.max(log),
                None => at,
            });
        if at > now && at >= deadline {
            return None;
        }
        for log in &mut self.logs {
            log.sent.push_back(at);
        }
        Some(at)
    }

    /// Takes back a reservation that will not be used.
    pub(super) fn give_back(&mut self, at: Instant) {
        for log in &mut self.logs {
            if let Some(index) = log.sent.iter().rposition(|sent| *sent == at) {
                log.sent.remove(index);
            }
        }
    }

    pub(super) fn hold(&mut self, until: Instant) {
        self.held_until = self.held_until.max(Some(until));
    }

    pub(super) fn is_open(&self, now: Instant) -> bool {
        self.held_until.is_none_or(|until| until <= now)
    }

    /// Whether forgetting the window changes nothing.
    pub(super) fn is_at_rest(&self, now: Instant) -> bool {
        let is_over = |log: &Log| log.sent.back().is_none_or(|sent| *sent + log.period <= now);
        self.is_open(now) && self.logs.iter().all(is_over)
    }
}

impl Log {
    /// When the next request may be sent as far as this quota goes, after all that have their time already.
    fn earliest(&self) -> Option<Instant> {
        let freed = self
            .sent
            .len()
            .checked_sub(self.allowed)
            .and_then(|index| self.sent.get(index))
            .map(|sent| *sent + self.period);
        freed.max(self.sent.back().copied())
    }

    fn forget_before(&mut self, now: Instant) {
        while self
            .sent
            .front()
            .is_some_and(|sent| *sent + self.period <= now)
        {
            self.sent.pop_front();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::QuotaScope;

    const QUOTA: Quota = Quota {
        per: QuotaScope::Credential,
        requests: 3,
        seconds: 10,
    };

    fn seconds(number: f64) -> Duration {
        Duration::from_secs_f64(number)
    }

    #[test]
    fn no_period_holds_more_requests_than_the_quota() {
        let start = Instant::now();
        let mut window = Window::new([QUOTA].iter());
        let mut sent = Vec::new();
        for step in 0..200_u32 {
            let now = start + seconds(f64::from(step % 7) * 0.9 + f64::from(step) * 1.1);
            let at = window.reserve(now, now + seconds(1e6)).unwrap();
            assert!(at >= now);
            sent.push(at);
        }
        assert!(sent.is_sorted());
        for four in sent.windows(4) {
            assert!(four[3] - four[0] >= seconds(10.0));
        }
    }

    #[test]
    fn a_place_that_is_given_back_is_free_again() {
        let start = Instant::now();
        let deadline = start + seconds(100.0);
        let mut window = Window::new([QUOTA].iter());
        let places: Vec<_> = (0..4)
            .map(|_| window.reserve(start, deadline).unwrap())
            .collect();
        assert_eq!(places[3], start + seconds(10.0));
        window.give_back(places[3]);
        assert_eq!(window.reserve(start, deadline), Some(start + seconds(10.0)));
        assert_eq!(window.reserve(start, start + seconds(5.0)), None);
    }

    #[test]
    fn a_held_window_opens_when_the_server_said() {
        let start = Instant::now();
        let mut window = Window::new([].iter());
        window.hold(start + seconds(2.0));
        window.hold(start + seconds(1.0));
        assert!(!window.is_open(start) && !window.is_at_rest(start));
        let at = window.reserve(start, start + seconds(60.0)).unwrap();
        assert_eq!(at, start + seconds(2.0));
        assert!(window.is_open(at) && window.is_at_rest(at));
    }
}
