//! The stores of the facade pass the conformance suite on a sandbox, which knows none of their APIs by name.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use sandbox::{Fault, FaultKind, Sandbox, When};
use serde_json::{Value, json};
use unified_contacts::client_runtime::CoreBuilder;
use unified_contacts::conformance::{self, Subject, Verdict};
use unified_contacts::{Contact, ContactRecord, ContactStore, Settings, connect};

struct Api {
    sandbox: Sandbox,
    provider: &'static str,
    resource: &'static str,
    contact: Value,
}

impl Api {
    fn new(provider: &'static str, resource: &'static str, contact: Value) -> Self {
        Self {
            sandbox: Sandbox::start().unwrap(),
            provider,
            resource,
            contact,
        }
    }

    fn api(&self) -> &'static str {
        if self.provider == "truto-leads" {
            "truto"
        } else {
            self.provider
        }
    }

    fn account(&self) -> Option<&'static str> {
        self.provider
            .starts_with("truto")
            .then_some(Sandbox::ACCOUNT)
    }
}

impl Subject for Api {
    fn store(&self) -> Box<dyn ContactStore> {
        let settings = Settings::from_url(&self.sandbox.connection(self.provider)).unwrap();
        connect(&settings.configure(CoreBuilder::no_rate_limiter)).unwrap()
    }

    fn existing(&self) -> ContactRecord {
        let id = self
            .sandbox
            .put(
                self.api(),
                self.resource,
                self.account(),
                self.contact.clone(),
            )
            .unwrap();
        let records = self
            .sandbox
            .records(self.api(), self.resource, self.account());
        let stored = records
            .iter()
            .find(|record| record["id"] == id.as_str())
            .unwrap()
            .to_string();
        let contact: Box<dyn Contact> = match self.provider {
            "truto" => {
                Box::new(serde_json::from_str::<truto_client::types::Contact>(&stored).unwrap())
            }
            "truto-leads" => {
                Box::new(serde_json::from_str::<truto_client::types::Lead>(&stored).unwrap())
            }
            "thelinks" => {
                Box::new(serde_json::from_str::<thelinks_client::types::Contact>(&stored).unwrap())
            }
            _ => Box::new(
                serde_json::from_str::<contact_update_client::types::ContactsUpdateResponse>(
                    &stored,
                )
                .unwrap(),
            ),
        };
        ContactRecord::of(&*contact)
    }

    fn requests_seen(&self) -> usize {
        usize::try_from(self.sandbox.requests()).unwrap()
    }

    fn writes_applied(&self) -> Option<usize> {
        Some(self.sandbox.commits())
    }

    fn break_after_next_write(&self) -> bool {
        let route = if self.provider == "truto-leads" {
            "leads_update"
        } else {
            "contacts_update"
        };
        self.sandbox.clear_faults();
        let drop = FaultKind::Drop { after_commit: true };
        self.sandbox
            .fault(Fault::new(drop).on(route).when(When::Next(1)))
            .unwrap();
        true
    }

    fn secrets(&self) -> Vec<String> {
        vec![]
    }
}

async fn passes(api: Api, kept: usize) {
    let report = conformance::run(&api).await;
    assert!(report.is_passed(), "{report}");
    let found = report
        .verdicts
        .iter()
        .filter(|(_, verdict)| *verdict == Verdict::Kept)
        .count();
    assert_eq!(found, kept, "{report}");
}

#[tokio::test]
async fn truto_contacts() {
    let contact = json!({
        "first_name": "Ada", "last_name": "Lovelace", "name": "Ada Lovelace", "title": "Countess",
        "email_addresses": [{ "id": "e1", "email": "ada@example.org", "type": "work" }],
        "phone_numbers": [{ "number": "+441", "type": "mobile" }], "addresses": [{ "city": "London", "country": "GB" }],
        "account": { "id": "a1", "name": "Analytical Engines" }, "owner": { "id": "o1" }, "tags": [{ "name": "pioneer" }],
    });
    passes(Api::new("truto", "contacts", contact), 16).await;
}

#[tokio::test]
async fn truto_leads() {
    let contact = json!({ "first_name": "Ada", "last_name": "Lovelace", "title": "Countess", "email_addresses": [{ "email": "ada@example.org" }] });
    passes(Api::new("truto-leads", "leads", contact), 13).await;
}

#[tokio::test]
async fn thelinks() {
    let contact = json!({ "first_name": "Ada", "last_name": "Lovelace", "email": "ada@example.org", "phone": "+441", "position": "Countess" });
    passes(Api::new("thelinks", "contacts", contact), 14).await;
}

#[tokio::test]
async fn contact_update() {
    let contact = json!({ "first_name": "Ada", "last_name": "Lovelace", "email": "ada@example.org", "phone": "+441", "priority": 3 });
    passes(Api::new("contact-update", "contacts", contact), 9).await;
}
