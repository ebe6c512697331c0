//! A store is built from typed settings, from environment variables, or from a connection string.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use contact_server::{ACCOUNT, ContactServer, TOKEN};
use serde_json::json;
use std::process::Command;
use unified_contacts::{
    AnyContact, Contact, ContactListing, ContactPatch, ContactRecord, ContactStore, Integration,
    ReadOptions, Secret, Settings, StoreError, WriteOptions, Written, connect, connect_url,
};

async fn is_a_store_of(store: &dyn ContactStore, server: &ContactServer) {
    let id = server.put("truto", json!({"first_name": "Ada"}));
    let contact = store.get(&id, ReadOptions::new()).await.unwrap();
    assert_eq!(contact.first_name(), Some("Ada"));
}

#[tokio::test]
async fn typed_or_as_text() {
    let server = ContactServer::start().unwrap();
    let settings = Settings::new("truto")
        .base_url(server.url("truto"))
        .credential(TOKEN)
        .account(ACCOUNT);
    is_a_store_of(&*connect(&settings).unwrap(), &server).await;
    is_a_store_of(&*connect_url(&server.connection("truto")).unwrap(), &server).await;
}

#[test]
fn what_is_left_out_is_taken_from_variables() {
    let variables = |name: &str| match name {
        "TRUTO_TOKEN" => Some("of the environment".to_owned()),
        "TRUTO_ACCOUNT" => Some("another".to_owned()),
        "TRUTO_BASE_URL" => Some(String::new()),
        _ => None,
    };
    let settings = Settings::new("truto")
        .account("given")
        .or_from("TRUTO", variables);
    assert_eq!(
        settings.credential.as_ref().map(Secret::expose),
        Some("of the environment")
    );
    assert_eq!(settings.account.as_deref(), Some("given"));
    assert_eq!(settings.base_url, None);
    assert!(!format!("{settings:?}").contains("of the environment"));
}

/// The variables of a process of its own, since those of this one belong to every test.
#[test]
fn the_environment_is_that_of_the_process() {
    let server = ContactServer::start().unwrap();
    server.put(
        "truto",
        json!({"first_name": "Ada", "last_name": "of the environment"}),
    );
    let output = Command::new(env!("CARGO"))
        .args([
            "run",
            "--quiet",
            "--package",
            "unified-contacts",
            "--example",
            "read_any_provider",
            "--",
            "truto:",
        ])
        .env("TRUTO_TOKEN", TOKEN)
        .env("TRUTO_ACCOUNT", ACCOUNT)
        .env("TRUTO_BASE_URL", server.url("truto"))
        .output()
        .unwrap();
    let printed = String::from_utf8_lossy(&output.stdout);
    assert!(
        printed.contains("Ada of the environment"),
        "{printed} {}",
        String::from_utf8_lossy(&output.stderr)
    );
}

#[test]
fn everything_can_be_sent_and_shared() {
    fn is_send<T: Send + ?Sized>() {}
    fn is_send_and_sync<T: Send + Sync + ?Sized>() {}
    is_send_and_sync::<dyn Contact>();
    is_send_and_sync::<Box<dyn Contact>>();
    is_send_and_sync::<dyn ContactStore>();
    is_send_and_sync::<AnyContact>();
    is_send_and_sync::<ContactRecord>();
    is_send_and_sync::<ContactPatch>();
    is_send_and_sync::<Integration>();
    is_send_and_sync::<Settings>();
    is_send_and_sync::<StoreError>();
    is_send_and_sync::<WriteOptions>();
    is_send_and_sync::<Written>();
    is_send::<ContactListing>();
    is_send::<unified_contacts::Answer<'static, Written>>();
}
