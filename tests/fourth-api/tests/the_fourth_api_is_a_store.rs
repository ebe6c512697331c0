//! The store of the fourth API passes the conformance suite, as those of the facade do, and the same program runs on it.

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
use unified_contacts::{Contact, ContactRecord, ContactStore, FromContact, Settings};

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
#[test]
fn a_contact_of_another_api_becomes_a_card() {
    let contact: truto_client::types::Contact = serde_json::from_value(json!({
        "first_name": "Ada", "tags": [{"id": "7", "name": "pioneer"}], "phone_numbers": [{"number": "1"}, {"number": "2"}],
    }))
    .unwrap();
    let mapped = RolodexCard::from_contact(&contact);
    assert_eq!(mapped.value.first_name(), Some("Ada"));
    let lost: Vec<String> = mapped.lost.iter().map(ToString::to_string).collect();
    assert_eq!(
        lost,
        [
            "/phones/1: the target has room for fewer entries",
            "/tags/0/id: the target has no such field"
        ]
    );
}
