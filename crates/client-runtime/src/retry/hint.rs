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

#[cfg(test)]
mod tests {
    use super::*;
    use http::{HeaderName, HeaderValue};

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        let pair = |(name, value): &(&'static str, &str)| {
            (
                HeaderName::from_static(name),
                HeaderValue::from_str(value).unwrap(),
            )
        };
        let mut headers = HeaderMap::new();
        for (name, value) in pairs.iter().map(pair) {
            headers.append(name, value);
        }
        headers
    }

    fn hint(pairs: &[(&'static str, &str)]) -> Option<f64> {
        retry_after(&headers(pairs)).map(|pause| pause.as_secs_f64())
    }

    #[test]
    fn seconds_and_dates_are_read() {
        assert_eq!(hint(&[("retry-after", "10")]), Some(10.0));
        assert_eq!(hint(&[("retry-after", " 1.5 ")]), Some(1.5));
        let date = ("date", "Sun, 06 Nov 1994 08:49:37 GMT");
        assert_eq!(
            hint(&[date, ("retry-after", "Sun, 06 Nov 1994 08:50:37 GMT")]),
            Some(60.0)
        );
        assert_eq!(
            hint(&[date, ("retry-after", "Sun, 06 Nov 1994 08:00:00 GMT")]),
            None
        );
        assert_eq!(hint(&[("ratelimit-reset", "7")]), Some(7.0));
        assert_eq!(
            hint(&[("ratelimit-reset", "7"), ("retry-after", "3")]),
            Some(3.0)
        );
    }

    #[test]
    fn of_several_the_longest_counts_and_nonsense_does_not() {
        let several = [
            ("retry-after", "2"),
            ("retry-after", "x"),
            ("retry-after", "5"),
            ("retry-after", "-9"),
        ];
        assert_eq!(hint(&several), Some(5.0));
        for text in [
            "",
            "-1",
            "-inf",
            "NaN",
            "soon",
            "0x10",
            "1 2",
            "Sun, 99 Nov 1994 08:49:37 GMT",
        ] {
            assert_eq!(hint(&[("retry-after", text)]), None, "{text}");
        }
    }

    #[test]
    fn no_hint_makes_a_pause_beyond_the_cap() {
        let mut backoff = crate::retry::Backoff::new();
        for text in [
            "0",
            "1e18",
            "inf",
            "1e999",
            "99999999999999999999999",
            "Fri, 31 Dec 9999 23:59:59 GMT",
        ] {
            let hint = retry_after(&headers(&[("retry-after", text)]));
            assert!(hint.is_some(), "{text}");
            for _ in 0..100 {
                assert!(backoff.next(hint) <= crate::retry::MAX_PAUSE, "{text}");
            }
        }
    }
}
