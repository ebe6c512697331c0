//! How many requests the documents allow, and who has made how many.

use crate::document::QuotaTerms;
use std::collections::HashMap;
use std::time::{Duration, Instant};

/// What is left of the quota that is nearest to its end.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Quota {
    pub requests: usize,
    pub seconds: u64,
    pub remaining: usize,
    /// Seconds until it is whole again.
    pub reset: u64,
    pub is_exceeded: bool,
}

/// The requests of one caller in the time that runs.
#[derive(Debug)]
struct Window {
    started: Instant,
    requests: usize,
}

/// Counts requests by credential and by account.
#[derive(Debug, Default)]
pub(crate) struct Quotas(HashMap<(usize, String), Window>);

impl Quotas {
    /// Counts a request, unless it is one too many.
    pub(crate) fn count(
        &mut self,
        api: &str,
        terms: &[QuotaTerms],
        credential: &str,
        account: &str,
        now: Instant,
    ) -> Option<Quota> {
        let mut nearest: Option<Quota> = None;
        for (index, terms) in terms.iter().enumerate() {
            let who = if terms.is_of_account {
                account
            } else {
                credential
            };
            let window = self
                .0
                .entry((index, format!("{api} {who}")))
                .or_insert(Window {
                    started: now,
                    requests: 0,
                });
            let length = Duration::from_secs(terms.seconds);
            if now.duration_since(window.started) >= length {
                *window = Window {
                    started: now,
                    requests: 0,
                };
            }
            let is_exceeded = window.requests >= terms.requests;
            if !is_exceeded {
                window.requests += 1;
            }
            let left = length.saturating_sub(now.duration_since(window.started));
            let quota = Quota {
                requests: terms.requests,
                seconds: terms.seconds,
                remaining: terms.requests - window.requests,
                reset: left.as_secs() + u64::from(left.subsec_nanos() > 0),
                is_exceeded,
            };
            let is_nearer = nearest.is_none_or(|known| {
                (quota.is_exceeded, known.remaining) > (known.is_exceeded, quota.remaining)
            });
            if is_nearer {
                nearest = Some(quota);
            }
        }
        nearest
    }
}
