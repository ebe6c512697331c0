//! The store of the fourth API passes the conformance suite, as those of the facade do, and a program that knows
//! of no API runs on it.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use fault_server::{Behaviour, FaultServer, Reply, Request};
use fourth_api::rolodex::RolodexCard;
use fourth_api::{connect, registry};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use unified_contacts::client_runtime::CoreBuilder;
use unified_contacts::conformance::{self, Subject, Verdict};
use unified_contacts::{
    Contact, ContactPatch, ContactRecord, ContactStore, EmailRecord, FromContact, ListQuery, Lost,
    Operation, Planned, ReadOptions, Settings, StoreError, StoreErrorKind, WriteOptions, Written,
};

/// The vendor's server, made up like its pages.
#[derive(Default)]
struct Vendor {
    cards: Mutex<BTreeMap<String, Value>>,
    ids: AtomicUsize,
}

impl Vendor {
    fn put(&self, mut card: Value) -> String {
        let id = format!("card-{:04}", self.ids.fetch_add(1, Ordering::Relaxed));
        card["id"] = json!(id);
        card["version"] = json!("1");
        self.cards.lock().unwrap().insert(id.clone(), card);
        id
    }

    fn answer(&self, request: &Request) -> Behaviour {
        let body: Value = serde_json::from_slice(request.body()).unwrap_or_default();
        let parameter = |name: &str| {
            let mut pairs = request
                .query()
                .split('&')
                .filter_map(|pair| pair.split_once('='));
            pairs
                .find(|(known, _)| *known == name)
                .map(|(_, value)| value.to_owned())
        };
        let id = request.path().strip_prefix("/cards/").unwrap_or_default();
        let (status, body) = match (request.method(), id) {
            ("GET", "") => {
                let after = parameter("after").unwrap_or_default();
                let size: usize = parameter("size")
                    .and_then(|size| size.parse().ok())
                    .unwrap_or(10);
                let cards = self.cards.lock().unwrap();
                let mut rest = cards.range(after..).peekable();
                let page: Vec<Value> = rest
                    .by_ref()
                    .take(size)
                    .map(|(_, card)| card.clone())
                    .collect();
                let next = rest.peek().map(|(id, _)| id.to_owned());
                (200, json!({"cards": page, "next": next}))
            }
            ("POST", "") => {
                let id = self.put(body);
                (200, self.cards.lock().unwrap()[&id].clone())
            }
            (method, id) => {
                let mut cards = self.cards.lock().unwrap();
                match cards.get_mut(id) {
                    None => (404, json!({})),
                    Some(card) if method == "PATCH" => {
                        if parameter("version").is_some_and(|version| card["version"] != version) {
                            (409, json!({}))
                        } else {
                            for (name, value) in body.as_object().unwrap() {
                                card[name] = value.clone();
                            }
                            let version: u64 = card["version"].as_str().unwrap().parse().unwrap();
                            card["version"] = json!((version + 1).to_string());
                            (200, card.clone())
                        }
                    }
                    Some(card) => {
                        let card = card.clone();
                        if method == "DELETE" {
                            cards.remove(id);
                        }
                        (200, card)
                    }
                }
            }
        };
        Behaviour::answer(Reply::new(status).json(&body.to_string()))
    }
}

struct Api {
    vendor: Arc<Vendor>,
    server: FaultServer,
}

impl Api {
    fn start() -> Self {
        let vendor = Arc::new(Vendor::default());
        let shared = Arc::clone(&vendor);
        let server =
            FaultServer::start(move |request: &Request, _| shared.answer(request)).unwrap();
        Self { vendor, server }
    }
}

impl Subject for Api {
    fn store(&self) -> Box<dyn ContactStore> {
        let settings = Settings::new("rolodex")
            .base_url(self.server.url())
            .credential("t0ken");
        connect(&settings.configure(CoreBuilder::no_rate_limiter)).unwrap()
    }

    fn existing(&self) -> ContactRecord {
        let id = self.vendor.put(json!({
            "given": "Ada", "family": "Lovelace", "job": "Countess", "mails": [{"value": "ada@example.org", "label": "work"}],
            "tel": "+441", "labels": ["pioneer"], "mood": "merry", "unheard": [1],
        }));
        let card = self.vendor.cards.lock().unwrap()[&id].to_string();
        ContactRecord::of(&RolodexCard(serde_json::from_str(&card).unwrap()))
    }

    fn requests_seen(&self) -> usize {
        self.server.seen()
    }

    fn secrets(&self) -> Vec<String> {
        vec!["t0ken".to_owned()]
    }
}

#[tokio::test]
async fn it_conforms() {
    let report = conformance::run(&Api::start()).await;
    assert!(report.is_passed(), "{report}");
    let skipped: Vec<&str> = report
        .verdicts
        .iter()
        .filter(|(_, verdict)| *verdict != Verdict::Kept)
        .map(|(name, _)| *name)
        .collect();
    // The made-up server does not break writes.
    assert_eq!(
        skipped,
        ["what_becomes_of_a_broken_write_is_told"],
        "{report}"
    );
}

/// A program that knows of no API: it takes a contact through its life, and tells what it saw.
async fn program(store: &dyn ContactStore) -> Result<Vec<String>, StoreError> {
    let mut seen = Vec::new();
    let mut see = |what: &str, contact: &dyn Contact| {
        let name = contact.first_name().unwrap_or("-");
        let tags: Vec<&str> = contact.tags().filter_map(|tag| tag.name).collect();
        seen.push(format!("{what} {name} [{}]", tags.join(" ")));
    };
    let draft = ContactRecord::new()
        .with_first_name("Ada")
        .with_email(EmailRecord::from("ada@example.org").with_kind("work"))
        .with_tag("pioneer");
    let created = held(store.create(&draft, WriteOptions::new()).await?);
    see("created", &*created);
    let id = created.id().unwrap_or_default();
    let got = store.get(id, ReadOptions::new()).await?;
    see("got", &*got);
    let mut listing = store.list(ListQuery::new().page_size(1))?;
    while let Some(contact) = listing.next().await {
        see("listed", &*contact?);
    }
    let patch = ContactPatch::new().add_tag("friend").clear_first_name();
    let updated = store.update(id, patch.clone().onto(&*got), WriteOptions::new());
    see("updated", &*held(updated.await?));
    // The contact that is held is an older version by now, and the newer one is not written over.
    let stale = store.update(id, patch.onto(&*got), WriteOptions::new());
    let refused = stale.await.err();
    let status = refused.as_ref().and_then(StoreError::call);
    let status = status.and_then(unified_contacts::client_runtime::Error::status);
    see(&format!("refused {status:?}"), &*got);
    let deleted = store.delete(id, WriteOptions::new()).await?;
    see("deleted", &*held(deleted));
    let gone = store.get(id, ReadOptions::new()).await.err();
    see(
        &format!("gone {}", gone.is_some_and(|error| error.is_not_found())),
        &ContactRecord::new(),
    );
    Ok(seen)
}

fn held(written: Written) -> Box<dyn Contact> {
    written.contact.unwrap().into_box()
}

#[tokio::test]
async fn a_program_that_knows_of_no_api_runs_on_it() {
    let api = Api::start();
    api.vendor.put(json!({"given": "Grace"}));
    let seen = program(&*api.store()).await.unwrap();
    assert_eq!(
        seen,
        [
            "created Ada [pioneer]",
            "got Ada [pioneer]",
            "listed Grace []",
            "listed Ada [pioneer]",
            "updated - [pioneer friend]",
            "refused Some(409) Ada [pioneer]",
            "deleted - [pioneer friend]",
            "gone true - []",
        ]
    );
}

#[tokio::test]
async fn what_its_pages_do_not_document_is_refused_before_anything_is_sent() {
    let api = Api::start();
    let store = api.store();
    let error = store
        .delete_many(&["card-0001"], WriteOptions::new())
        .await
        .unwrap_err();
    assert_eq!(error.kind(), StoreErrorKind::Unsupported);
    assert_eq!(error.operation(), Operation::DeleteMany);
    assert_eq!(
        error.to_string(),
        "rolodex: cannot delete several contacts in one call: the API documents no such operation, truto can"
    );
    assert_eq!(api.requests_seen(), 0);
}

#[test]
fn a_dry_run_shows_what_would_be_sent_and_sends_nothing() {
    let api = Api::start();
    let held = ContactRecord::new().with_etag("7").with_tag("pioneer");
    let patch = ContactPatch::new().clear_title().add_tag("friend");
    let patch = patch.onto(&held);
    let planned = Planned::Update("card 1", &patch, WriteOptions::new());
    let request = api.store().dry_run(planned).unwrap();
    let target = request.url().strip_prefix(api.server.url()).unwrap();
    assert_eq!(
        (request.method(), target),
        ("PATCH", "/cards/card%201?version=7")
    );
    let body: Value = serde_json::from_slice(request.body()).unwrap();
    assert_eq!(body, json!({"job": null, "labels": ["pioneer", "friend"]}));
    assert!(
        request
            .headers()
            .any(|header| header == ("authorization", None))
    );
    assert_eq!(api.requests_seen(), 0);
}

#[tokio::test]
async fn nothing_that_is_printed_holds_a_value() {
    let api = Api::start();
    let store = api.store();
    let card = api.existing();
    let id = card.id.clone().unwrap();
    let got = store.get(&id, ReadOptions::new()).await.unwrap();
    let patch = ContactPatch::new().set_last_name("King").onto(&*got);
    let written = store
        .update(&id, patch.clone(), WriteOptions::new())
        .await
        .unwrap();
    let request = store
        .dry_run(Planned::Update(&id, &patch, WriteOptions::new()))
        .unwrap();
    let stale = store.update(&id, patch.clone(), WriteOptions::new());
    let stale = stale.await.unwrap_err();
    let mapped = RolodexCard::from_contact(&*got);
    let printed =
        format!("{store:?} {got:?} {patch:?} {written:?} {request:?} {stale:?} {stale} {mapped:?}");
    let values = [
        "Ada", "Lovelace", "King", "Countess", "ada@", "+441", "pioneer", "merry", "t0ken", &id,
    ];
    for value in values {
        assert!(!printed.contains(value), "{value}: {printed}");
    }
}

#[test]
fn it_loses_nothing_on_the_way_to_a_record_and_back() {
    let api = Api::start();
    let record = api.existing();
    let mapped = RolodexCard::from_contact(&record);
    assert!(mapped.lost.is_empty(), "{:?}", mapped.lost);
    assert!(ContactRecord::of(&mapped.value) == record);
    assert_eq!(record.raw.get("/mood").unwrap().get(), "\"merry\"");
    assert!(!format!("{:?}", mapped.value).contains("Ada"));
}

#[test]
fn it_stands_in_the_registry_with_the_others() {
    let names: Vec<&str> = registry().map(|provider| provider.name).collect();
    assert_eq!(
        names,
        [
            "truto",
            "truto-leads",
            "thelinks",
            "contact-update",
            "rolodex"
        ]
    );
    let settings = Settings::from_url("rolodex:?token=t0ken").unwrap();
    assert_eq!(connect(&settings).unwrap().provider(), "rolodex");
}

/// A contact of another API goes in, and what there is no room for is said.
/// What is lost, with its full pointer: `Display` leaves the names of raw fields out.
fn told(lost: &Lost) -> String {
    format!("{}: {}", lost.pointer, lost.reason)
}

#[test]
fn a_contact_of_another_api_becomes_a_card() {
    let contact: truto_client::types::Contact = serde_json::from_value(json!({
        "first_name": "Ada", "tags": [{"id": "7", "name": "pioneer"}], "phone_numbers": [{"number": "1"}, {"number": "2"}],
    }))
    .unwrap();
    let mapped = RolodexCard::from_contact(&contact);
    assert_eq!(mapped.value.first_name(), Some("Ada"));
    let lost: Vec<String> = mapped.lost.iter().map(told).collect();
    assert_eq!(
        lost,
        [
            "/phones/1: the target has room for fewer entries",
            "/tags/0/id: the target has no such field"
        ]
    );
}

#[tokio::test]
async fn what_a_card_cannot_hold_is_told_once() {
    let api = Api::start();
    let contact: truto_client::types::Contact = serde_json::from_value(json!({
        "id": "7", "first_name": "Ada", "unheard": 1,
        "phone_numbers": [{"extension": "9"}, {"number": "1"}, {"number": "2"}],
    }))
    .unwrap();
    let accepts = WriteOptions::new().accept_loss();
    let written = api.store().create(&contact, accepts).await.unwrap();
    let lost: Vec<String> = written.lost.iter().map(told).collect();
    assert_eq!(
        lost,
        [
            "/id: the target's API fills this field itself",
            "/phones/0: the target cannot hold a value of this form",
            "/phones/2: the target has room for fewer entries",
            "/raw/~1unheard: only contacts of the origin have this field",
        ]
    );
}

/// A copy of a card leaves behind what only answers hold, and says so.
#[tokio::test]
async fn what_a_request_cannot_hold_of_a_card_is_told() {
    let api = Api::start();
    let card = serde_json::from_value(json!({
        "given": "Ada", "mood": "merry", "mails": [{"value": "ada@example.org", "unheard": 1}],
    }));
    let card = RolodexCard(card.unwrap());
    let store = api.store();
    let written = store.create(&card, WriteOptions::new()).await.unwrap();
    let lost: Vec<String> = written.lost.iter().map(told).collect();
    assert_eq!(
        lost,
        [
            "/emails/0/extra: only contacts of the origin have this field",
            "/raw/~1mood: only contacts of the origin have this field",
        ]
    );
}
