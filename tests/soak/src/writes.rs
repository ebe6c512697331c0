//! No write is applied twice, none that was acknowledged is lost, and the caller can tell what became of each.

mod fault;
mod keyed;
mod keyless;

use crate::Error;
use crate::outcome::{Outcome, Run};
use fault::Server;
use std::sync::Arc;

/// The full figure: how many writes are made.
const WRITES: u64 = 1_000_000;

/// One write in so many goes to the API without idempotency keys.
const KEYLESS_SHARE: u64 = 5;

/// How many writes are under way at a time.
const IN_FLIGHT: u64 = 256;

pub(crate) fn run(run: &Run) -> Result<Outcome, Error> {
    let writes = run.count_or(WRITES).max(KEYLESS_SHARE);
    let keyless = writes / KEYLESS_SHARE;
    let keyed = writes - keyless;
    let mut outcome = Outcome::new();
    outcome.count("writes_with_key", keyed);
    outcome.count("writes_without_key", keyless);
    let with_key = Arc::new(Server::new(run.seed, fault::AFTER_AND_BEFORE));
    let without_key = Arc::new(Server::new(run.seed.wrapping_add(1), fault::AFTER));
    keyed::run(keyed, &with_key, &mut outcome)?;
    keyless::run(keyless, &without_key, &mut outcome)?;
    let attempts = with_key.attempts() + without_key.attempts();
    let broken = with_key.broken_after_commit() + without_key.broken_after_commit();
    outcome.count("attempts", attempts);
    outcome.count("attempts_broken_after_the_commit", broken);
    outcome.count(
        "attempts_broken_before_the_commit",
        with_key.broken_before_commit() + without_key.broken_before_commit(),
    );
    outcome.at_most(
        "percent_of_attempts_not_broken_after_the_commit",
        100.0 - percent(broken, attempts),
        70.0,
    );
    Ok(outcome)
}

#[expect(
    clippy::cast_precision_loss,
    reason = "a share needs no more than 52 bits"
)]
fn percent(part: u64, whole: u64) -> f64 {
    part as f64 * 100.0 / whole as f64
}
