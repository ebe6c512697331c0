//! Writes to an API without idempotency keys: each is made once, and the caller is told that nobody knows exactly when
//! an answer was broken after the commit.

use super::IN_FLIGHT;
use super::fault::{ATTEMPT_TIMEOUT, Server};
use crate::outcome::Outcome;
use crate::{Error, clients, runtime};
use client_runtime::WriteOutcome;
use fault_server::FaultServer;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use thelinks_client::types::ContactInput;

#[derive(Default)]
struct Told {
    success: AtomicU64,
    applied: AtomicU64,
    unknown: AtomicU64,
    not_applied: AtomicU64,
    wrongly_not_applied: AtomicU64,
}

pub(super) fn run(writes: u64, server: &Arc<Server>, outcome: &mut Outcome) -> Result<(), Error> {
    let http = FaultServer::builder().unrecorded().start(server.script())?;
    let client = clients::thelinks(http.url(), |core| core.attempt_timeout(ATTEMPT_TIMEOUT))?;
    let told = Arc::new(Told::default());
    let work = {
        let (told, server) = (Arc::clone(&told), Arc::clone(server));
        move |write: u64| {
            let (client, told, server) = (client.clone(), Arc::clone(&told), Arc::clone(&server));
            async move {
                let call = client
                    .contacts_update()
                    .unified_contact_id(write.to_string());
                let body = ContactInput::new("ada@example.com", "Ada");
                let counter = match call.body(body).send().await {
                    Ok(_) => &told.success,
                    Err(error) => match error.outcome() {
                        WriteOutcome::Applied => &told.applied,
                        WriteOutcome::Unknown { .. } => &told.unknown,
                        _ => {
                            let is_applied = server.of(write).applied > 0;
                            told.wrongly_not_applied
                                .fetch_add(is_applied.into(), Ordering::SeqCst);
                            &told.not_applied
                        }
                    },
                };
                counter.fetch_add(1, Ordering::SeqCst);
            }
        }
    };
    let panics = runtime::many(writes, IN_FLIGHT, work)?;
    let count = |counter: &AtomicU64| counter.load(Ordering::SeqCst);
    let (success, applied) = (count(&told.success), count(&told.applied));
    let unknown = count(&told.unknown);
    outcome.count("keyless_told_success", success);
    outcome.count("keyless_told_applied", applied);
    outcome.count("keyless_told_unknown", unknown);
    outcome.count("keyless_told_not_applied", count(&told.not_applied));
    let duplicates = (0..writes)
        .filter(|write| server.of(*write).applied > 1)
        .count();
    let in_ledger: u64 = (0..writes)
        .map(|write| u64::from(server.of(write).applied))
        .sum();
    let silent = server.broken_after_commit() - server.broken_after_success();
    for (law, found) in [
        (
            "keyless_duplicates",
            u64::try_from(duplicates).unwrap_or(u64::MAX),
        ),
        (
            "keyless_not_applied_but_in_the_ledger",
            count(&told.wrongly_not_applied),
        ),
        // A fault after a success began is no unknown: the client saw that the write was applied.
        (
            "keyless_unknown_more_or_less_often_than_a_fault_after_the_commit",
            unknown.abs_diff(silent),
        ),
        (
            "keyless_applied_more_or_less_often_than_a_success_broke_off",
            applied.abs_diff(server.broken_after_success()),
        ),
        (
            "keyless_acknowledged_and_lost",
            (success + applied + unknown).saturating_sub(in_ledger),
        ),
        ("keyless_panics", panics),
    ] {
        #[expect(
            clippy::cast_precision_loss,
            reason = "a count of breaches needs no more than 52 bits"
        )]
        outcome.at_most(law, found as f64, 0.0);
    }
    Ok(())
}
