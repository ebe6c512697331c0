//! Nothing personal is printed: no token, id, query, header, contact field or body shows in what a program can print,
//! trace or log, over every way in which a server misbehaves.

mod bodies;
mod corpus;
mod sightings;

use crate::outcome::{Outcome, Run};
use crate::{Error, runtime};
use client_runtime::{CallOptions, ConfigError, CoreBuilder};
use contact_update_client::types::ContactsUpdateRequest;
use fault_server::{Behaviour, FaultServer};
use sightings::{CANARY, Sightings};
use std::collections::BTreeMap;
use std::fmt::Debug;
use std::panic::AssertUnwindSafe;
use std::time::Duration;
use thelinks_client::types::ContactInput;
use truto_client::types::{
    ContactsCreateRequest, ContactsUpdateRequest as TrutoUpdate, LeadsUpdateRequest,
};

/// The full figure: how many servers misbehave, each in its own way as far as there are ways, and then again.
const SERVERS: u64 = 255;

const SEEN: &str = "canaries_that_were_printed";

pub(crate) fn run(run: &Run) -> Result<Outcome, Error> {
    let mut outcome = Outcome::new();
    outcome.never(SEEN);
    let sightings = Sightings::watch()?;
    let runtime = runtime::current_thread()?;
    let mut calls = 0_u64;
    let servers = run.count_or(SERVERS);
    let endings = corpus::endings();
    for (_, ending) in (0..servers).zip(endings.iter().cycle()) {
        let ending = Behaviour::new(ending.clone());
        let server = FaultServer::builder().unrecorded().start(ending)?;
        calls += runtime.block_on(call_all(server.url(), &sightings))?;
    }
    // Nobody listens there any more.
    let gone = FaultServer::start(Behaviour::drop())?.url().to_owned();
    calls += runtime.block_on(call_all(&gone, &sightings))?;
    misconfigure(&sightings);
    outcome.count("calls", calls);
    outcome.count("servers", servers);
    outcome.count("ways_to_misbehave", endings.len() + 1);
    outcome.count("bytes_printed", sightings.printed_bytes());
    outcome.count("bytes_traced_and_logged", sightings.traced_bytes());
    for case in sightings.found() {
        outcome.breach(SEEN, || case);
    }
    if sightings.traced_bytes() == 0 || sightings.printed_bytes() == 0 {
        return Err("nothing was printed or traced, so that nothing was shown".into());
    }
    Ok(outcome)
}

/// Limits that let a whole corpus pass quickly.
fn hasty(core: CoreBuilder) -> CoreBuilder {
    core.no_rate_limiter()
        .attempt_timeout(Duration::from_millis(50))
        .timeout(Duration::from_millis(200))
        .max_attempts(2)
        .max_body_bytes(1 << 16)
}

fn options() -> CallOptions {
    CallOptions::new().header("x-extra", CANARY)
}

/// Makes a call, both ways, and looks at all of it that can be printed.
macro_rules! look_at {
    ($sightings:ident, $call:expr) => {
        look_at!($sightings, $call, options())
    };
    ($sightings:ident, $call:expr, $options:expr) => {{
        let call = $call.options($options);
        $sightings.look(&call);
        $sightings.look(&call.clone().into_request());
        match call.clone().send_raw().await {
            Ok(answer) => $sightings.look(&answer),
            Err(failure) => {
                $sightings.look_at_error(&failure);
                unwrap_in_vain(Err(failure));
            }
        }
        match call.send().await {
            Ok(value) => {
                $sightings.look(&value);
                $sightings.look(&*value);
            }
            Err(error) => {
                $sightings.look_at_error(&error);
                $sightings.look(&error.documented());
                $sightings.look(&error.outcome());
                $sightings.look_at_error(&error.into_untyped());
            }
        }
    }};
}

/// How many calls [`call_all`] makes besides those of a listing.
const CALLS: u64 = 22;

/// Makes a call of each kind with canaries wherever a caller can put something.
async fn call_all(url: &str, sightings: &Sightings) -> Result<u64, Error> {
    let truto = truto_client::Client::builder()
        .base_url(url)
        .bearer_token(CANARY)
        .integrated_account_id(CANARY)
        .configure(hasty);
    sightings.look(&truto);
    let truto = truto.build()?;
    sightings.look(&(&truto, options()));
    write_all(&truto, sightings).await?;
    write_all_others(url, sightings).await?;
    look_at!(
        sightings,
        truto
            .contacts_get()
            .id(CANARY)
            .truto_exclude_fields([CANARY])
    );
    let query = BTreeMap::from([(CANARY.to_owned(), CANARY.to_owned())]);
    let list = truto
        .contacts_list()
        .next_cursor(CANARY)
        .truto_key_by(CANARY);
    look_at!(sightings, list.created_at(query));
    // What cannot be sent.
    for id in ["/..", "\n", "\\", "\0"] {
        look_at!(sightings, truto.contacts_get().id(format!("{CANARY}{id}")));
    }
    let mut listing = truto
        .contacts_list()
        .options(options())
        .next_cursor(CANARY)
        .stream();
    for _ in 0..10 {
        sightings.look(&listing);
        sightings.look(listing.position());
        match listing.next().await {
            Some(Ok(contact)) => sightings.look(&contact),
            Some(Err(error)) => sightings.look_at_error(&error),
            None => break,
        }
    }
    Ok(CALLS)
}

async fn write_all(truto: &truto_client::Client, sightings: &Sightings) -> Result<(), Error> {
    let contact: TrutoUpdate = bodies::truto("/unified/crm/contacts/{id}", "patch")?;
    sightings.look(&contact);
    look_at!(
        sightings,
        truto
            .contacts_update()
            .id(CANARY)
            .etag(CANARY)
            .body(contact)
    );
    let contact: ContactsCreateRequest = bodies::truto("/unified/crm/contacts", "post")?;
    sightings.look(&contact);
    look_at!(
        sightings,
        truto.contacts_create().body(contact),
        options().idempotency_key(CANARY)
    );
    let lead: LeadsUpdateRequest = bodies::truto("/unified/crm/leads/{id}", "patch")?;
    sightings.look(&lead);
    look_at!(sightings, truto.leads_update().id(CANARY).body(lead));
    Ok(())
}

async fn write_all_others(url: &str, sightings: &Sightings) -> Result<(), Error> {
    let links = thelinks_client::Client::builder().base_url(url);
    let links = links.bearer_token(CANARY).configure(hasty).build()?;
    let update = contact_update_client::Client::builder().base_url(url);
    let update = update.api_key(CANARY).configure(hasty).build()?;
    sightings.look(&(&links, &update));
    let contact: ContactInput = bodies::thelinks()?;
    sightings.look(&contact);
    look_at!(
        sightings,
        links
            .contacts_update()
            .unified_contact_id(CANARY)
            .body(contact)
    );
    let contact: ContactsUpdateRequest = bodies::contact_update()?;
    sightings.look(&contact);
    look_at!(sightings, update.contacts_update().id(CANARY).body(contact));
    Ok(())
}

/// Panics as a program does that takes every call for a success; the hook of [`Sightings`] looks at what is said.
#[expect(clippy::unwrap_used, reason = "the panic is what is looked at")]
fn unwrap_in_vain<E: Debug>(result: Result<(), E>) {
    let unwrap = AssertUnwindSafe(|| result.unwrap());
    let _panicked = std::panic::catch_unwind(unwrap);
}

/// Looks at what is said about a configuration that is refused.
fn misconfigure(sightings: &Sightings) {
    let refused = |url: &str, token: &str| -> Option<ConfigError> {
        let builder = truto_client::Client::builder()
            .base_url(url)
            .bearer_token(token);
        sightings.look(&builder);
        builder.build().err()
    };
    let good = "https://127.0.0.1";
    for url in [
        "https://USER:CANARY@127.0.0.1/",
        "https://127.0.0.1/?q=CANARY",
        "https://127.0.0.1/#CANARY",
        "ftp://127.0.0.1/CANARY",
        "http://example.com/CANARY",
        "CANARY",
        "https://CANARY CANARY/",
    ] {
        if let Some(error) = refused(&url.replace("CANARY", CANARY), "t") {
            sightings.look_at_error(&error);
        }
    }
    for token in [
        format!("{CANARY}\n"),
        format!("\0{CANARY}"),
        format!("{CANARY}\u{e9}\r"),
    ] {
        if let Some(error) = refused(good, &token) {
            sightings.look_at_error(&error);
        }
    }
}
