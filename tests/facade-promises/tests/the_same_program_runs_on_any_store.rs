//! One program text, three stores chosen at run time, the same contact printed.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use contact_server::ContactServer;
use serde_json::json;
use std::fmt::Write as _;
use unified_contacts::{
    Contact, ContactPatch, ContactRecord, ContactStore, ReadOptions, WriteOptions, connect_url,
};

/// What a person would read of a contact.
fn printed(contact: &dyn Contact) -> String {
    let mut text = String::new();
    writeln!(
        text,
        "{} {}",
        contact.first_name().unwrap_or("-"),
        contact.last_name().unwrap_or("-")
    )
    .unwrap();
    for email in contact.emails() {
        writeln!(text, "  mail  {}", email.address.as_deref().unwrap_or("-")).unwrap();
    }
    for phone in contact.phones() {
        writeln!(text, "  phone {}", phone.number.as_deref().unwrap_or("-")).unwrap();
    }
    text
}

/// The program: it gives a contact that it holds another last name, and prints what the API made of it.
async fn program(store: &dyn ContactStore, held: &ContactRecord) -> String {
    let id = held.id().unwrap();
    let patch = ContactPatch::new().set_last_name("Lovelace").onto(held);
    let written = store.update(id, patch, WriteOptions::new()).await.unwrap();
    printed(&*written.contact.unwrap())
}

#[tokio::test]
async fn and_prints_the_same_contact() {
    let server = ContactServer::start().unwrap();
    let truto = json!({
        "first_name": "Ada", "last_name": "Byron",
        "email_addresses": [{"email": "ada@example.org"}], "phone_numbers": [{"number": "+441"}],
    });
    let flat = json!({"first_name": "Ada", "last_name": "Byron", "email": "ada@example.org", "phone": "+441"});
    let held = ContactRecord::new()
        .with_first_name("Ada")
        .with_last_name("Byron")
        .with_email("ada@example.org")
        .with_phone("+441");
    let mut prints = Vec::new();
    for (provider, contact) in [
        ("truto", truto),
        ("thelinks", flat.clone()),
        ("contact-update", flat),
    ] {
        let id = server.put(provider, contact);
        let store = connect_url(&server.connection(provider)).unwrap();
        prints.push(program(&*store, &held.clone().with_id(id)).await);
    }
    assert_eq!(
        prints[0],
        "Ada Lovelace\n  mail  ada@example.org\n  phone +441\n"
    );
    assert!(prints.iter().all(|print| *print == prints[0]), "{prints:?}");
}

/// A contact that somebody else changed meanwhile is not written over, where the API has versions.
#[tokio::test]
async fn a_version_that_is_gone_is_not_written_over() {
    let server = ContactServer::start().unwrap();
    let id = server.put("truto", json!({"first_name": "Ada"}));
    let store = connect_url(&server.connection("truto")).unwrap();
    let held = store.get(&id, ReadOptions::new()).await.unwrap();
    let patch = ContactPatch::new().set_title("Countess");
    let first = store
        .update(&id, patch.clone().onto(&*held), WriteOptions::new())
        .await;
    first.unwrap();
    let error = store
        .update(&id, patch.onto(&*held), WriteOptions::new())
        .await
        .unwrap_err();
    assert_eq!(error.call().unwrap().status(), Some(409));
    assert!(!error.may_have_been_applied());
}

/// Creating is chosen where there is no id, updating where there is one.
#[tokio::test]
async fn an_upsert_creates_or_updates() {
    let server = ContactServer::start().unwrap();
    for provider in ["truto", "thelinks"] {
        let store = connect_url(&server.connection(provider)).unwrap();
        let draft = ContactRecord::new()
            .with_first_name("Ada")
            .with_email("ada@example.org");
        let created = store
            .upsert(&draft, WriteOptions::new())
            .await
            .unwrap()
            .contact
            .unwrap();
        let id = created.id().unwrap().to_owned();
        assert_eq!(server.count(provider), 1);
        let draft = draft.with_last_name("Lovelace").with_id(&id);
        let updated = store
            .upsert(&draft, WriteOptions::new())
            .await
            .unwrap()
            .contact
            .unwrap();
        assert_eq!(
            (updated.id(), updated.last_name()),
            (Some(id.as_str()), Some("Lovelace"))
        );
        assert_eq!(server.count(provider), 1);
        let unknown = draft.with_id("nobody");
        assert!(
            store
                .upsert(&unknown, WriteOptions::new())
                .await
                .unwrap_err()
                .is_not_found()
        );
    }
}
