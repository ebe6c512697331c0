//! The blocking front of a store.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use fault_server::{Behaviour, FaultServer, Reply};
use unified_contacts::blocking::BlockingStore;
use unified_contacts::{
    ContactPatch, ContactRecord, ListQuery, Operation, Planned, ReadOptions, StoreErrorKind,
    WriteOptions, connect_url,
};

fn store(server: &FaultServer) -> BlockingStore {
    let host = server.url().strip_prefix("http://").unwrap();
    let store = connect_url(&format!("truto+http://{host}?token=t0ken&account=acc")).unwrap();
    BlockingStore::new(store).unwrap()
}

#[test]
fn every_operation_can_be_waited_for() {
    let page = r#"{"result":[{"id":"1"},{"id":"2"}],"next_cursor":null}"#;
    let one = || Behaviour::answer(Reply::new(200).json(r#"{"id":"1","first_name":"Ada"}"#));
    let server = FaultServer::start([
        one(),
        Behaviour::answer(Reply::new(200).json(page)),
        one(),
        one(),
        one(),
        Behaviour::answer(Reply::new(200).json(r#"{"result":{}}"#)),
        one(),
    ])
    .unwrap();
    let store = store(&server);
    assert_eq!(store.provider(), "truto");
    assert!(store.capabilities().supports(Operation::Get));
    let contact = store.get("1", ReadOptions::new()).unwrap();
    assert_eq!(contact.first_name(), Some("Ada"));
    let listing = store.list(ListQuery::new()).unwrap();
    let ids: Vec<_> = listing
        .map(|contact| contact.unwrap().id().unwrap().to_owned())
        .collect();
    assert_eq!(ids, ["1", "2"]);
    let draft = ContactRecord::new().with_first_name("Ada");
    let patch = ContactPatch::new().set_first_name("Ada");
    let created = store.create(&draft, WriteOptions::new()).unwrap();
    assert_eq!(created.contact.unwrap().id(), Some("1"));
    store
        .update("1", patch.clone(), WriteOptions::new())
        .unwrap();
    store.delete("1", WriteOptions::new()).unwrap();
    store.delete_many(&["1", "2"], WriteOptions::new()).unwrap();
    store
        .upsert(&draft.with_id("1"), WriteOptions::new())
        .unwrap();
    let seen: Vec<String> = server
        .requests()
        .iter()
        .map(|request| request.method().to_owned())
        .collect();
    assert_eq!(
        seen,
        ["GET", "GET", "POST", "PATCH", "DELETE", "POST", "PATCH"]
    );
    let planned = store
        .dry_run(Planned::Update("1", &patch, WriteOptions::new()))
        .unwrap();
    assert_eq!((planned.method(), server.seen()), ("PATCH", 7));
}

#[tokio::test]
async fn async_code_is_not_blocked() {
    let server = FaultServer::start(Behaviour::drop()).unwrap();
    let store = store(&server);
    let error = store.get("1", ReadOptions::new()).err().unwrap();
    assert_eq!(error.kind(), StoreErrorKind::Invalid);
    assert_eq!(
        error.to_string(),
        "truto: cannot get a contact: a blocking store was called from async code, use the store itself there"
    );
    assert!(store.list(ListQuery::new()).is_err());
    assert_eq!(server.seen(), 0);
    // It is dropped outside, as any runtime must be.
    tokio::task::spawn_blocking(move || drop(store))
        .await
        .unwrap();
}
