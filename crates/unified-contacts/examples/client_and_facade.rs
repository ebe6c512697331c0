//! The generated client and the facade side by side: one client, one pool of connections, one rate limiter.
//!
//! `cargo run -p unified-contacts --example client_and_facade` runs against a local server that it starts itself.

#![allow(clippy::print_stdout, reason = "an example prints what it shows")]

use contact_server::{ACCOUNT, ContactServer, TOKEN};
use serde_json::json;
use std::error::Error;
use truto_client::Client;
use unified_contacts::truto::TrutoContacts;
use unified_contacts::{Contact, ContactPatch, ContactStore, Planned, ReadOptions, WriteOptions};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let server = ContactServer::start()?;
    let id = server.put(
        "truto",
        json!({"first_name": "Ada", "title": "Countess", "remote_data": {"crm": "HubSpot"}}),
    );
    let client = Client::builder()
        .base_url(&server.url("truto"))
        .bearer_token(TOKEN)
        .integrated_account_id(ACCOUNT)
        .build()?;
    let store = TrutoContacts::new(client.clone());

    // The generated client has every parameter that the API documents.
    let contact = client
        .contacts_get()
        .id(&id)
        .truto_exclude_fields(["addresses"])
        .send()
        .await?;
    // What it gives is a contact, as what the facade gives is.
    println!(
        "client: {} ({})",
        contact.first_name().unwrap_or("?"),
        contact.origin()
    );

    let contact = store.get(&id, ReadOptions::new()).await?;
    println!(
        "facade: {} ({})",
        contact.first_name().unwrap_or("?"),
        contact.origin()
    );
    // The generated type is still there.
    if let Some(generated) = contact.downcast::<truto_client::types::Contact>() {
        println!("remote_data: {:?}", generated.remote_data.is_some());
    }

    let patch = ContactPatch::new()
        .clear_title()
        .set_last_name("Lovelace")
        .onto(&*contact);
    let request = store.dry_run(Planned::Update(&id, &patch, WriteOptions::new()))?;
    println!(
        "would send: {} {}",
        request.method(),
        request.url().replace(&server.url("truto"), "")
    );
    for (name, value) in request.headers() {
        println!("  {name}: {}", value.map_or("(a secret)", |_| "…"));
    }
    println!("  {}", String::from_utf8_lossy(request.body()));

    // The version that was read goes with the write, so that a second one from the same reading is refused.
    store
        .update(&id, patch.clone(), WriteOptions::new())
        .await?;
    match store.update(&id, patch, WriteOptions::new()).await {
        Ok(_) => println!("written twice"),
        Err(error) => println!(
            "second write: {:?}",
            error.call().and_then(truto_client::prelude::Error::status)
        ),
    }
    Ok(())
}
