//! An update of a contact, a contact read and a long listing: through the facade, and through the generated client.
//!
//! `cargo bench -p facade-bench` counts what the facade adds.

#![allow(
    clippy::expect_used,
    clippy::missing_panics_doc,
    reason = "a measurement that cannot be made fails"
)]

use client_bench::{ACCOUNT, CONTACT, ID, generated, server};
use fault_server::{Behaviour, FaultServer, Reply, Request};
use std::hint::black_box;
use tokio::runtime::{Builder, Runtime};
use unified_contacts::truto::TrutoContacts;
use unified_contacts::{
    Contact, ContactPatch, ContactStore, EmailRecord, ListQuery, TagRecord, WriteOptions,
};

/// How many calls are measured.
pub const CALLS: usize = 256;

/// How many contacts a page has.
pub const PAGE: usize = 100;

/// Which of the two is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// The generated client.
    Generated,
    /// The facade.
    Facade,
}

fn runtime() -> Runtime {
    Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime")
}

/// The update that is measured, as a patch: the same as [`generated::update`].
#[must_use]
pub fn patch() -> ContactPatch {
    ContactPatch::new()
        .set_first_name("Zeynep")
        .set_last_name("Öztürk")
        .set_title("Head of Operations")
        .replace_emails([EmailRecord::from("zeynep.ozturk@example.com").with_kind("work")])
        .replace_tags([TagRecord::new().with_id("t-1")])
}

/// Has `measure` run the updates of both sides in turns, after they were warmed up.
pub fn updates(rounds: usize, measure: &mut dyn FnMut(Side, &mut dyn FnMut())) {
    let runtime = runtime();
    let server = server().expect("a server");
    let client = generated::client(server.url(), "t0ken").expect("a client");
    client.set_integrated_account_id(ACCOUNT);
    let store: Box<dyn ContactStore> = Box::new(TrutoContacts::new(client.clone()));
    let mut run_generated = || {
        runtime.block_on(async {
            for _ in 0..CALLS {
                let call = client.contacts_update().id(ID);
                let answer = call.body(generated::update()).send().await;
                black_box(answer.expect("an answer"));
            }
        });
    };
    run_generated();
    let mut run_facade = || {
        runtime.block_on(async {
            for _ in 0..CALLS {
                let answer = store.update(ID, patch(), WriteOptions::new()).await;
                black_box(answer.expect("an answer"));
            }
        });
    };
    run_facade();
    for _ in 0..rounds {
        measure(Side::Generated, &mut run_generated);
        measure(Side::Facade, &mut run_facade);
    }
}

/// The contact that is read.
#[must_use]
pub fn contact() -> Box<dyn Contact> {
    let contact: truto_client::types::Contact =
        serde_json::from_str(CONTACT).expect("a contact of the API");
    Box::new(contact)
}

/// Reads every field of a contact, and gives how much text there was.
#[must_use]
pub fn read(contact: &dyn Contact) -> usize {
    let texts = [
        contact.id(),
        contact.name(),
        contact.first_name(),
        contact.last_name(),
        contact.second_last_name(),
        contact.title(),
        contact.language(),
        contact.country(),
        contact.source(),
        contact.etag(),
        contact.created_at().map(unified_contacts::Time::as_str),
        contact.updated_at().map(unified_contacts::Time::as_str),
        contact
            .last_activity_at()
            .map(unified_contacts::Time::as_str),
        contact.company().and_then(|company| company.name),
        contact.owner().and_then(|owner| owner.id),
    ];
    let mut read: usize = texts.into_iter().flatten().map(str::len).sum();
    let addresses = contact.emails().filter_map(|email| email.address);
    read += addresses.map(|address| address.len()).sum::<usize>();
    let numbers = contact.phones().filter_map(|phone| phone.number);
    read += numbers.map(|number| number.len()).sum::<usize>();
    let cities = contact.addresses().filter_map(|address| address.city);
    read += cities.map(str::len).sum::<usize>();
    read += contact
        .tags()
        .filter_map(|tag| tag.name)
        .map(str::len)
        .sum::<usize>();
    read += contact
        .links()
        .filter_map(|link| link.url)
        .map(str::len)
        .sum::<usize>();
    let fields = contact
        .custom_fields()
        .into_iter()
        .flat_map(|fields| fields.fields());
    read += fields
        .map(|(name, value)| name.len() + value.get().len())
        .sum::<usize>();
    read + contact.raw().count() + contact.external_references().count()
}

/// A server that lists so many contacts, [`PAGE`] to a page.
///
/// # Errors
/// When the system gives no port or thread.
pub fn listing_server(contacts: usize) -> std::io::Result<FaultServer> {
    let pages = contacts / PAGE;
    let result = vec![CONTACT; PAGE].join(",");
    let page = move |request: &Request, _| {
        let cursor = request
            .query()
            .split('&')
            .find_map(|pair| pair.strip_prefix("next_cursor="));
        let number: usize = cursor.and_then(|cursor| cursor.parse().ok()).unwrap_or(0);
        let next = if number + 1 < pages {
            format!("\"{}\"", number + 1)
        } else {
            "null".to_owned()
        };
        let page = format!(r#"{{"next_cursor":{next},"result":[{result}]}}"#);
        Behaviour::answer(Reply::new(200).json(&page))
    };
    FaultServer::builder().unrecorded().start(page)
}

/// Lists every contact of a server through the facade, and gives how many there were.
#[must_use]
pub fn list(url: &str) -> usize {
    let client = generated::client(url, "t0ken").expect("a client");
    client.set_integrated_account_id(ACCOUNT);
    let store = TrutoContacts::new(client);
    runtime().block_on(async {
        let mut listing = store.list(ListQuery::new()).expect("a listing");
        let mut count = 0;
        while let Some(contact) = listing.next().await {
            black_box(contact.expect("a contact"));
            count += 1;
        }
        count
    })
}
