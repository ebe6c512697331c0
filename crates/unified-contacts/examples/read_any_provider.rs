//! Reads contacts of any API and prints them.
//!
//! `cargo run -p unified-contacts --example read_any_provider -- 'truto:?account=ID'` reads from that store; without an
//! argument, it reads from a local server that it starts itself and that behaves like each of the APIs.

#![allow(clippy::print_stdout, reason = "an example prints what it shows")]

use contact_server::ContactServer;
use serde_json::json;
use std::error::Error;
use unified_contacts::{
    Contact, ContactPatch, ContactStore, ListQuery, Operation, WriteOptions, connect_url, providers,
};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    if let Some(connection) = std::env::args().nth(1) {
        return read(&*connect_url(&connection)?).await;
    }
    let server = ContactServer::start()?;
    let nested = json!({
        "first_name": "Zoë", "last_name": "Nguyễn", "title": "Engineer",
        "email_addresses": [{"email": "zoe@example.org", "type": "work"}, {"email": "z@example.net"}],
        "phone_numbers": [{"number": "+49 30 1234", "type": "mobile"}],
    });
    let flat = json!({
        "id": "7", "first_name": "محمد", "last_name": "العربي", "email": "m@example.org", "phone": "+20 2 5678",
    });
    for provider in providers() {
        let is_nested = provider.name.starts_with("truto");
        let contact = if is_nested { &nested } else { &flat };
        server.put(provider.name, contact.clone());
        println!("{}", provider.name);
        read(&*connect_url(&server.connection(provider.name))?).await?;
    }
    Ok(())
}

/// The same text for every store. It asks what the API can do before it calls.
async fn read(store: &dyn ContactStore) -> Result<(), Box<dyn Error>> {
    if store.capabilities().supports(Operation::List) {
        let mut contacts = store.list(ListQuery::new())?;
        while let Some(contact) = contacts.next().await {
            print(&*contact?);
        }
        return Ok(());
    }
    if let Err(error) = store.list(ListQuery::new()) {
        println!("  {error}");
    }
    // An API that only updates tells what it has when it is written to.
    let patch = ContactPatch::new().set_language("ar");
    let written = store.update("7", patch, WriteOptions::new()).await?;
    if let Some(contact) = &written.contact {
        print(&**contact);
    }
    Ok(())
}

fn print(contact: &dyn Contact) {
    let names = [contact.first_name(), contact.last_name()];
    let names: Vec<&str> = names.into_iter().flatten().collect();
    println!("  {}", names.join(" "));
    for email in contact.emails() {
        let kind = email.kind.map_or("", |kind| kind.as_str());
        println!("    {} {kind}", email.address.unwrap_or_default());
    }
    for phone in contact.phones() {
        let kind = phone.kind.map_or("", |kind| kind.as_str());
        println!("    {} {kind}", phone.number.unwrap_or_default());
    }
}
