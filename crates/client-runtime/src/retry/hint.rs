//! What a server says about when to come back.

use http::HeaderMap;
use http::header::{DATE, RETRY_AFTER};
use std::time::{Duration, SystemTime};

/// How long to wait: `Retry-After` in seconds or as a date, else `ratelimit-reset` in seconds. Of several the longest
/// counts; what is no time, or is past, counts as nothing.
pub(crate) fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    if headers.is_empty() {
        return None;
    }
    let texts = |name: &str| {
        headers
            .get_all(name)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .collect::<Vec<_>>()
    };
    let now = texts(DATE.as_str())
        .first()
        .and_then(|date| httpdate::parse_http_date(date).ok())
        .unwrap_or_else(SystemTime::now);
    let asked = texts(RETRY_AFTER.as_str())
        .into_iter()
        .filter_map(|text| seconds(text).or_else(|| until(text, now)))
        .max();
    asked.or_else(|| {
        ["ratelimit-reset", "x-ratelimit-reset"]
            .into_iter()
            .flat_map(texts)
            .filter_map(seconds)
            .max()
    })
}

/// Whether the server says that no request is left in its current period.
pub(crate) fn is_exhausted(headers: &HeaderMap) -> bool {
    ["ratelimit-remaining", "x-ratelimit-remaining"]
        .iter()
        .any(|name| {
            headers
                .get(*name)
                .is_some_and(|left| left.as_bytes() == b"0")
        })
}

/// A number of seconds, whole or not. More than a duration holds is the longest duration.
fn seconds(text: &str) -> Option<Duration> {
    let number: f64 = text
        .trim()
        .parse()
        .ok()
        .filter(|number: &f64| *number >= 0.0)?;
    Some(Duration::try_from_secs_f64(number).unwrap_or(Duration::MAX))
}

fn until(text: &str, now: SystemTime) -> Option<Duration> {
    httpdate::parse_http_date(text)
        .ok()?
        .duration_since(now)
        .ok()
}
