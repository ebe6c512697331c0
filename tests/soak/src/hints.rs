//! No hint of a server makes a pause that is longer than the cap, and none makes a client panic.

use crate::outcome::{Outcome, Run};
use crate::{Error, clients, runtime};
use client_runtime::{CallOptions, Quota, QuotaScope, RateLimiter};
use fastrand::Rng;
use fault_server::{Behaviour, Ending, FaultServer, Request};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::time::Instant;

/// The full figure: how many combinations of status and headers are tried.
const HINTS: u64 = 10_000;

/// The longest pause that a hint may make.
const CAP: Duration = Duration::from_mins(1);

const LONGER: &str = "pauses_longer_than_the_cap";
const HELD: &str = "held_back_longer_than_the_cap";
const UNSETTLED: &str = "calls_that_hints_kept_from_ending";

const NAMES: [&str; 8] = [
    "retry-after",
    "ratelimit-reset",
    "x-ratelimit-reset",
    "ratelimit-remaining",
    "x-ratelimit-remaining",
    "ratelimit-limit",
    "ratelimit",
    "date",
];

const VALUES: [&[u8]; 40] = [
    b"",
    b" ",
    b"0",
    b"-0",
    b"-1",
    b"1",
    b"59.9",
    b"60",
    b"61",
    b"86400",
    b"1e18",
    b"1e308",
    b"1e309",
    b"-1e309",
    b"NaN",
    b"-NaN",
    b"inf",
    b"-inf",
    b"infinity",
    b"0x10",
    b"1_000",
    b"1,2",
    b"10;w=10",
    b"110;w=10",
    b"+5",
    b"5s",
    b"18446744073709551615",
    b"18446744073709551616",
    b"99999999999999999999999999999999999999999999999999",
    b"0.0000000000000000000000000001",
    b"\xff\xfe",
    b"\xe2\x80\x8b5",
    b"Fri, 31 Dec 9999 23:59:59 GMT",
    b"Thu, 01 Jan 1970 00:00:00 GMT",
    b"Sun, 06 Nov 1994 08:49:37 GMT",
    b"Sunday, 06-Nov-94 08:49:37 GMT",
    b"Sun Nov  6 08:49:37 1994",
    b"Sun, 99 Nov 1994 08:49:37 GMT",
    b"Mon, 01 Jan 0000 00:00:00 GMT",
    b"tomorrow",
];

/// The last answer's bytes, and when requests came in.
#[derive(Default)]
struct State {
    first: Vec<u8>,
    came: Vec<Instant>,
}

pub(crate) fn run(run: &Run) -> Result<Outcome, Error> {
    let mut outcome = Outcome::new();
    for law in [LONGER, HELD, UNSETTLED] {
        outcome.never(law);
    }
    let hints = run.count_or(HINTS);
    let mut rng = Rng::with_seed(run.seed);
    let (mut retried, mut longest) = (0_u64, Duration::ZERO);
    for number in 0..hints {
        let answer = answer(&mut rng);
        let case = || {
            format!(
                "hint number {number}: {:?}",
                String::from_utf8_lossy(&answer)
            )
        };
        let pauses = runtime::paused()?.block_on(try_both(&answer))?;
        retried += u64::from(pauses.retry.is_some());
        longest = longest
            .max(pauses.retry.unwrap_or_default())
            .max(pauses.hold);
        if pauses.retry.is_some_and(|pause| pause > CAP) {
            outcome.breach(LONGER, case);
        }
        if pauses.hold > CAP {
            outcome.breach(HELD, case);
        }
        if !pauses.is_settled {
            outcome.breach(UNSETTLED, case);
        }
    }
    outcome.count("hints", hints);
    outcome.count("followed_by_another_attempt", retried);
    outcome.count("longest_pause_seconds", longest.as_secs_f64());
    Ok(outcome)
}

/// What a hint made a client wait for.
struct Pauses {
    /// Between the two attempts of a call.
    retry: Option<Duration>,
    /// Between a call and the next one of the same client, whose rate limiter heeds hints.
    hold: Duration,
    is_settled: bool,
}

async fn try_both(first: &[u8]) -> Result<Pauses, Error> {
    let state = Arc::new(Mutex::new(State {
        first: first.to_vec(),
        came: Vec::new(),
    }));
    let lock = |state: &Arc<Mutex<State>>| -> Vec<Instant> {
        state
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .came
            .clone()
    };
    let server = {
        let state = Arc::clone(&state);
        FaultServer::builder()
            .unrecorded()
            .start_here(move |_: &Request, seen: usize| {
                let mut state = state.lock().unwrap_or_else(PoisonError::into_inner);
                state.came.push(Instant::now());
                let good = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}".to_vec();
                let bytes = if seen == 0 { state.first.clone() } else { good };
                Behaviour::new(Ending::Prepared(bytes.into()))
            })?
    };
    let hours = Duration::from_hours(100);
    let client = clients::truto(server.url(), |core| {
        core.attempt_timeout(hours).timeout(hours).max_attempts(2)
    })?;
    let settled = client
        .contacts_get()
        .id("1")
        .integrated_account_id("a")
        .send_raw()
        .await
        .is_ok();
    let retry = match lock(&state)[..] {
        [first, second, ..] => Some(second - first),
        _ => None,
    };

    state
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .came
        .clear();
    let first_again = first.to_vec();
    let limited = {
        let state = Arc::clone(&state);
        FaultServer::builder()
            .unrecorded()
            .start_here(move |_: &Request, _: usize| {
                let mut state = state.lock().unwrap_or_else(PoisonError::into_inner);
                state.came.push(Instant::now());
                Behaviour::new(Ending::Prepared(first_again.clone().into()))
            })?
    };
    let quota = Quota {
        per: QuotaScope::Account,
        requests: 1000,
        seconds: 1,
    };
    let client = clients::truto(limited.url(), |core| {
        core.attempt_timeout(hours)
            .timeout(hours)
            .rate_limiter(RateLimiter::new(&[quota]))
    })?;
    let mut is_settled = settled;
    for _ in 0..2 {
        let call = client.contacts_get().id("1").integrated_account_id("a");
        is_settled &= call
            .options(CallOptions::new().no_retries())
            .send_raw()
            .await
            .is_ok();
    }
    let hold = match lock(&state)[..] {
        [first, second, ..] => second - first,
        _ => Duration::ZERO,
    };
    Ok(Pauses {
        retry,
        hold,
        is_settled,
    })
}

/// An answer with hostile headers, byte for byte.
fn answer(rng: &mut Rng) -> Vec<u8> {
    let status = rng.choice([429, 429, 502, 503, 504, 200]).unwrap_or(429);
    let mut bytes = format!("HTTP/1.1 {status} Status\r\ncontent-length: 2\r\n").into_bytes();
    for _ in 0..rng.usize(1..6) {
        // Most of all the header that every client heeds.
        let name = if rng.bool() {
            "retry-after"
        } else {
            rng.choice(NAMES).unwrap_or("date")
        };
        let value: Vec<u8> = match rng.u8(..8) {
            0 => rng.f64().to_string().into_bytes(),
            1 => rng.i64(..).to_string().into_bytes(),
            2 => std::iter::repeat_with(|| rng.u8(0x21..0x7f))
                .take(12)
                .collect(),
            _ => rng.choice(VALUES).unwrap_or_default().to_vec(),
        };
        bytes.extend_from_slice(name.as_bytes());
        bytes.extend_from_slice(b": ");
        bytes.extend_from_slice(&value);
        bytes.extend_from_slice(b"\r\n");
    }
    bytes.extend_from_slice(b"\r\n{}");
    bytes
}
