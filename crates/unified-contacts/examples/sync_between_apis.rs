//! Copies the contacts of one API into another, and reports what the other one could not hold.
//!
//! `cargo run -p unified-contacts --example sync_between_apis` runs against a local server that it starts itself.

#![allow(clippy::print_stdout, reason = "an example prints what it shows")]

use contact_server::ContactServer;
use serde_json::json;
use std::collections::BTreeMap;
use std::error::Error;
use unified_contacts::{ContactStore, ListQuery, StoreErrorKind, WriteOptions, connect_url};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let server = ContactServer::start()?;
    for contact in [
        json!({"first_name": "Ada", "last_name": "Lovelace", "email_addresses": [{"email": "ada@example.org"}]}),
        json!({
            "first_name": "Zoë", "title": "Engineer", "tags": [{"name": "vip"}],
            "email_addresses": [{"email": "zoe@example.org", "type": "work"}, {"email": "z@example.net"}],
        }),
        json!({"first_name": "Nobody", "phone_numbers": [{"number": "+49 30 1"}]}),
    ] {
        server.put("truto", contact);
    }
    let from = connect_url(&server.connection("truto"))?;
    let to = connect_url(&server.connection("thelinks"))?;
    sync(&*from, &*to).await?;
    println!("{} contacts are in the target", server.count("thelinks"));
    Ok(())
}

async fn sync(from: &dyn ContactStore, to: &dyn ContactStore) -> Result<(), Box<dyn Error>> {
    let mut created = 0;
    let mut refused = Vec::new();
    let mut lost = BTreeMap::new();
    let mut contacts = from.list(ListQuery::new().page_size(100))?;
    while let Some(contact) = contacts.next().await {
        let contact = contact?;
        // Without `accept_loss`, a contact that the target cannot hold as a whole is refused before it is sent.
        let written = match to
            .create(&*contact, WriteOptions::new().accept_loss())
            .await
        {
            Ok(written) => written,
            Err(error) if error.kind() == StoreErrorKind::Incomplete => {
                refused.push(error.to_string());
                continue;
            }
            // Whether anything was applied, `error.outcome()` would tell.
            Err(error) => return Err(error.into()),
        };
        created += 1;
        for lost_place in written.lost.iter().filter(|lost| lost.is_content()) {
            *lost.entry(lost_place.to_string()).or_insert(0) += 1;
        }
    }
    println!("created: {created}");
    println!("refused: {}", refused.len());
    for reason in refused {
        println!("  {reason}");
    }
    println!("lost:");
    for (place, times) in lost {
        println!("  {times} × {place}");
    }
    Ok(())
}
