//! Writes to an API that takes idempotency keys. A caller who is told that nobody knows makes the same write again with
//! the same key, until the API says what became of it.

use super::IN_FLIGHT;
use super::fault::{ATTEMPT_TIMEOUT, Server};
use crate::outcome::Outcome;
use crate::{Error, clients, runtime};
use client_runtime::{CallOptions, Nullable, WriteOutcome};
use fault_server::FaultServer;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use truto_client::Client;
use truto_client::types::ContactsUpdateRequest;

#[derive(Default)]
struct Told {
    applied: AtomicU64,
    unknown: AtomicU64,
    not_applied: AtomicU64,
    breaches: Mutex<Vec<(&'static str, String)>>,
}

impl Told {
    fn breach(&self, law: &'static str, case: String) {
        let mut breaches = self.breaches.lock().unwrap_or_else(PoisonError::into_inner);
        breaches.push((law, case));
    }
}

const DUPLICATES: &str = "keyed_duplicates";
const LOST: &str = "keyed_acknowledged_and_lost";
const WRONG: &str = "keyed_not_applied_but_in_the_ledger";
const ENDLESS: &str = "keyed_never_settled";

pub(super) fn run(writes: u64, server: &Arc<Server>, outcome: &mut Outcome) -> Result<(), Error> {
    let http = FaultServer::builder().unrecorded().start(server.script())?;
    let client = clients::truto(http.url(), |core| core.attempt_timeout(ATTEMPT_TIMEOUT))?;
    let told = Arc::new(Told::default());
    let work = {
        let (told, server) = (Arc::clone(&told), Arc::clone(server));
        move |write| {
            let (client, told, server) = (client.clone(), Arc::clone(&told), Arc::clone(&server));
            async move { settle(&client, write, &server, &told).await }
        }
    };
    let panics = runtime::many(writes, IN_FLIGHT, work)?;
    outcome.count("keyed_told_applied", told.applied.load(Ordering::SeqCst));
    outcome.count("keyed_told_unknown", told.unknown.load(Ordering::SeqCst));
    outcome.count(
        "keyed_told_not_applied",
        told.not_applied.load(Ordering::SeqCst),
    );
    for law in [DUPLICATES, LOST, WRONG, ENDLESS] {
        outcome.never(law);
    }
    for (law, case) in told
        .breaches
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .drain(..)
    {
        outcome.breach(law, || case);
    }
    #[expect(clippy::cast_precision_loss, reason = "a count of panics is small")]
    outcome.at_most("keyed_panics", panics as f64, 0.0);
    Ok(())
}

/// Makes a write until the API says that it was applied.
async fn settle(client: &Client, write: u64, server: &Server, told: &Told) {
    let mut key: Option<String> = None;
    for _ in 0..100 {
        let body = ContactsUpdateRequest {
            first_name: Some(Nullable::Value("Ada".to_owned())),
            ..ContactsUpdateRequest::default()
        };
        let options = key.iter().fold(CallOptions::new(), |options, key| {
            options.idempotency_key(key)
        });
        let call = client
            .contacts_update()
            .integrated_account_id("a")
            .id(write.to_string());
        let applied = match call.body(body).options(options).send().await {
            Ok(_) => true,
            Err(error) => match error.outcome() {
                WriteOutcome::Applied => true,
                WriteOutcome::Unknown {
                    idempotency_key, ..
                } => {
                    told.unknown.fetch_add(1, Ordering::SeqCst);
                    key = idempotency_key.map(str::to_owned);
                    false
                }
                _ => {
                    told.not_applied.fetch_add(1, Ordering::SeqCst);
                    // After a call of which nobody knows, another one's refusal says nothing about the first.
                    if key.is_none() && server.of(write).applied > 0 {
                        told.breach(WRONG, format!("write {write}"));
                    }
                    false
                }
            },
        };
        if applied {
            told.applied.fetch_add(1, Ordering::SeqCst);
            match server.of(write).applied {
                0 => told.breach(LOST, format!("write {write}")),
                1 => {}
                times => told.breach(DUPLICATES, format!("write {write}, {times} times")),
            }
            return;
        }
    }
    told.breach(ENDLESS, format!("write {write}"));
}
