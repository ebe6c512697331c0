//! Memory and file descriptors stay flat, however many calls are made.

use crate::outcome::{Outcome, Run};
use crate::runtime::mixed;
use crate::{Error, clients, memory, runtime};
use client_runtime::CallOptions;
use contact_update_client::types::ContactsUpdateRequest;
use fault_server::{Behaviour, Ending, FaultServer, Reply, Request};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;
use thelinks_client::types::ContactInput;

/// The full figure: how many calls are made.
const CALLS: u64 = 10_000_000;

const IN_FLIGHT: u64 = 64;

/// How often memory and descriptors are looked at.
const SAMPLES: u64 = 100;

/// How much more may be resident in the second half than in the first.
const MEMORY_BOUND: u64 = 2 << 20;

/// How many descriptors may be open at any time: both ends of a connection for each call in flight, and what a process
/// holds anyway. Broken connections make the number go up and down below that.
const DESCRIPTOR_BOUND: u64 = 2 * IN_FLIGHT + 32;

pub(crate) fn run(run: &Run) -> Result<Outcome, Error> {
    let calls = run.count_or(CALLS).max(SAMPLES);
    let server = FaultServer::builder()
        .unrecorded()
        .start(script(run.seed))?;
    let truto = clients::truto(server.url(), |core| core.account("a"))?;
    let thelinks = clients::thelinks(server.url(), |core| core)?;
    let update = clients::contact_update(server.url(), |core| core)?;
    let answered = Arc::new(AtomicU64::new(0));
    let work = {
        let answered = Arc::clone(&answered);
        move |number: u64| {
            let (truto, thelinks, update) = (truto.clone(), thelinks.clone(), update.clone());
            let answered = Arc::clone(&answered);
            async move {
                let once = CallOptions::new().no_retries();
                let is_answered = match number % 5 {
                    0 => truto.contacts_get().id("1").send().await.is_ok(),
                    1 => truto.contacts_list().send().await.is_ok(),
                    2 => {
                        let body = truto_client::types::ContactsUpdateRequest::new();
                        truto
                            .contacts_update()
                            .id("1")
                            .body(body)
                            .options(once)
                            .send()
                            .await
                            .is_ok()
                    }
                    3 => {
                        let body = ContactInput::new("ada@example.com", "Ada");
                        thelinks.contacts_create().body(body).send().await.is_ok()
                    }
                    _ => update
                        .contacts_update()
                        .id("1")
                        .body(ContactsUpdateRequest::new())
                        .send()
                        .await
                        .is_ok(),
                };
                answered.fetch_add(is_answered.into(), Ordering::Relaxed);
            }
        }
    };
    let work = Arc::new(work);
    let started = Instant::now();
    let (mut resident, mut descriptors, mut panics) = (Vec::new(), Vec::new(), 0);
    for _ in 0..SAMPLES {
        let work = Arc::clone(&work);
        panics += runtime::many(calls / SAMPLES, IN_FLIGHT, move |number| work(number))?;
        resident.push(memory::resident()?);
        descriptors.push(memory::descriptors()?);
    }
    let mut outcome = Outcome::new();
    let made = calls / SAMPLES * SAMPLES;
    outcome.count("calls", made);
    outcome.count("answered_with_success", answered.load(Ordering::Relaxed));
    #[expect(
        clippy::cast_precision_loss,
        reason = "a rate needs no more than 52 bits"
    )]
    outcome.count(
        "calls_a_second",
        (made as f64 / started.elapsed().as_secs_f64()).round(),
    );
    outcome.count(
        "most_resident_in_the_first_half_kib",
        first_half(&resident) >> 10,
    );
    outcome.count(
        "most_resident_in_the_second_half_kib",
        second_half(&resident) >> 10,
    );
    outcome.count(
        "most_descriptors_in_the_first_half",
        first_half(&descriptors),
    );
    outcome.count(
        "most_descriptors_in_the_second_half",
        second_half(&descriptors),
    );
    #[expect(clippy::cast_precision_loss, reason = "memory is far below 2^52 bytes")]
    for (law, grown, bound) in [
        ("memory_grown_bytes", grown(&resident), MEMORY_BOUND),
        (
            "most_descriptors",
            largest(Some(&descriptors)),
            DESCRIPTOR_BOUND,
        ),
        ("panics", panics, 0),
        (
            "calls_without_success_above_a_tenth",
            (made - answered.load(Ordering::Relaxed)).saturating_sub(made / 10),
            0,
        ),
    ] {
        outcome.at_most(law, grown as f64, bound as f64);
    }
    Ok(outcome)
}

/// How much the largest sample of the second half is above that of the first, whose first tenth is for warming up.
fn grown(samples: &[u64]) -> u64 {
    second_half(samples).saturating_sub(first_half(samples))
}

fn first_half(samples: &[u64]) -> u64 {
    largest(samples.get(samples.len() / 10..samples.len() / 2))
}

fn second_half(samples: &[u64]) -> u64 {
    largest(samples.get(samples.len() / 2..))
}

fn largest(samples: Option<&[u64]>) -> u64 {
    samples
        .unwrap_or_default()
        .iter()
        .copied()
        .max()
        .unwrap_or_default()
}

/// Answers as documented, but for one request in twenty-five, which is broken somehow.
fn script(seed: u64) -> impl Fn(&Request, usize) -> Behaviour + Send + Sync {
    let contact = r#"{"id":"1","first_name":"Ada","email_addresses":[{"email":"ada@example.com"}],"remote_data":{"a":[1]}}"#;
    let contact = Reply::new(200).json(contact);
    let page = Reply::new(200).json(r#"{"result":[{"id":"1"},{"id":2}],"next_cursor":null}"#);
    let links = Reply::new(200).json(r#"{"data":{"_id":"1","email":"ada@example.com"}}"#);
    let good = [&contact, &page, &links].map(Behaviour::prepared);
    move |request, seen| {
        let [contact_answer, page_answer, links_answer] = &good;
        let choice = mixed(seed, [u64::try_from(seen).unwrap_or_default(), 1]);
        match choice % 100 {
            0 => Behaviour::drop(),
            1 => Behaviour::new(Ending::Truncate(contact.clone(), 9)),
            2 => Behaviour::status(422),
            3 => Behaviour::answer(Reply::new(200).json("[")),
            _ if request.path().ends_with("/contacts") => page_answer.clone(),
            _ if request.path().contains("/unified/contact") => links_answer.clone(),
            _ => contact_answer.clone(),
        }
    }
}
