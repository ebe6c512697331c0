//! No body of an answer makes a client panic or hang, and what is decoded can be written and read again.

mod calls;
mod mutation;

use crate::outcome::{Outcome, Run};
use crate::runtime::mixed;
use crate::{Error, clients, runtime};
use calls::{Call, Ended};
use client_runtime::CallOptions;
use fastrand::Rng;
use fault_server::{Behaviour, FaultServer, Reply, Request};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// The full figure: how many mutated bodies are answered.
const BODIES: u64 = 1_000_000;

const IN_FLIGHT: u64 = 32;

/// A call that is not over by then hangs: every answer is sent at once.
const LONG: Duration = Duration::from_secs(30);

/// The header by which the server knows which body to send.
const NUMBER: &str = "x-number";

#[derive(Default)]
struct Counts {
    decoded: AtomicU64,
    rejected_items: AtomicU64,
    errors: AtomicU64,
    hangs: AtomicU64,
    changed: AtomicU64,
    first_changed: AtomicU64,
}

pub(crate) fn run(run: &Run) -> Result<Outcome, Error> {
    let bodies = run.count_or(BODIES);
    let seed = run.seed;
    let server =
        FaultServer::builder()
            .unrecorded()
            .start(move |request: &Request, _: usize| {
                let number = request
                    .header(NUMBER)
                    .and_then(|number| number.parse().ok());
                Behaviour::answer(answer(seed, number.unwrap_or_default()))
            })?;
    let clients = Arc::new(calls::Clients {
        truto: clients::truto(server.url(), |core| {
            core.account("a").attempt_timeout(LONG).timeout(LONG)
        })?,
        thelinks: clients::thelinks(server.url(), |core| {
            core.attempt_timeout(LONG).timeout(LONG)
        })?,
        update: clients::contact_update(server.url(), |core| {
            core.attempt_timeout(LONG).timeout(LONG)
        })?,
    });
    let counts = Arc::new(Counts::default());
    let work = {
        let counts = Arc::clone(&counts);
        move |number: u64| {
            let (clients, counts) = (Arc::clone(&clients), Arc::clone(&counts));
            async move {
                let options = CallOptions::new()
                    .no_retries()
                    .header(NUMBER, &number.to_string());
                let call = Call::of(number);
                let add = |counter: &AtomicU64, by: u64| counter.fetch_add(by, Ordering::SeqCst);
                match tokio::time::timeout(LONG, clients.make(call, options)).await {
                    Ok(Ended::Decoded { is_same, rejected }) => {
                        add(&counts.decoded, 1);
                        add(&counts.rejected_items, rejected);
                        if !is_same && add(&counts.changed, 1) == 0 {
                            counts.first_changed.store(number, Ordering::SeqCst);
                        }
                    }
                    Ok(Ended::Failed { is_timeout: false }) => _ = add(&counts.errors, 1),
                    Ok(Ended::Failed { is_timeout: true }) | Err(_) => _ = add(&counts.hangs, 1),
                }
            }
        }
    };
    let panics = runtime::many(bodies, IN_FLIGHT, work)?;
    let count = |counter: &AtomicU64| counter.load(Ordering::SeqCst);
    let mut outcome = Outcome::new();
    outcome.count("bodies", bodies);
    outcome.count("decoded", count(&counts.decoded));
    outcome.count("items_kept_apart", count(&counts.rejected_items));
    outcome.count("errors", count(&counts.errors));
    let changed = count(&counts.changed);
    if changed > 0 {
        outcome.count("first_changed", count(&counts.first_changed));
    }
    let ended = count(&counts.decoded) + count(&counts.errors) + count(&counts.hangs) + panics;
    for (law, found) in [
        ("panics", panics),
        ("hangs", count(&counts.hangs)),
        ("changed_when_written_and_read_again", changed),
        ("calls_that_did_not_end", bodies.abs_diff(ended)),
    ] {
        #[expect(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
        outcome.at_most(law, found as f64, 0.0);
    }
    Ok(outcome)
}

/// The answer to the call of this number: most are successes, some are errors.
fn answer(seed: u64, number: u64) -> Reply {
    let mut rng = Rng::with_seed(mixed(seed, [number, 2]));
    let call = Call::of(number);
    let (status, text) = if rng.u8(..4) == 0 {
        (
            rng.choice(calls::ERRORS).unwrap_or(400),
            calls::ERROR_BODY.to_owned(),
        )
    } else {
        (200, call.body())
    };
    let body = mutation::mutated(text, &mut rng);
    let media_type = match rng.u8(..20) {
        0 => "text/html",
        1 => "application/octet-stream; charset=\"",
        _ => "application/json",
    };
    Reply::new(status)
        .header("content-type", media_type)
        .body(body)
}
