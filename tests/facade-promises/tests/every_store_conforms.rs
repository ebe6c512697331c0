//! The stores of every API pass the conformance suite, against a server that behaves like the APIs and breaks writes
//! after it applied them.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use contact_server::{ContactServer, Fault, FaultKind, TOKEN};
use serde_json::{Value, json};
use unified_contacts::conformance::{self, Subject, Verdict};
use unified_contacts::{Contact, ContactRecord, ContactStore, Settings, connect};

struct Api {
    provider: &'static str,
    server: ContactServer,
    contact: Value,
}

impl Api {
    fn new(provider: &'static str, contact: Value) -> Self {
        let server = ContactServer::start().unwrap();
        Self {
            provider,
            server,
            contact,
        }
    }

    fn decoded(&self, json: &Value) -> ContactRecord {
        fn of<T: Contact + serde::de::DeserializeOwned>(json: &Value) -> ContactRecord {
            ContactRecord::of(&serde_json::from_str::<T>(&json.to_string()).unwrap())
        }
        match self.provider {
            "truto" => of::<truto_client::types::Contact>(json),
            "truto-leads" => of::<truto_client::types::Lead>(json),
            "thelinks" => of::<thelinks_client::types::Contact>(json),
            _ => of::<contact_update_client::types::ContactsUpdateResponse>(json),
        }
    }
}

impl Subject for Api {
    fn store(&self) -> Box<dyn ContactStore> {
        let settings = Settings::new(self.provider)
            .base_url(self.server.url(self.provider))
            .credential(TOKEN);
        let settings =
            settings.configure(unified_contacts::client_runtime::CoreBuilder::no_rate_limiter);
        let settings = if self.provider.starts_with("truto") {
            settings.account(contact_server::ACCOUNT)
        } else {
            settings
        };
        connect(&settings).unwrap()
    }

    fn existing(&self) -> ContactRecord {
        let id = self.server.put(self.provider, self.contact.clone());
        self.decoded(&self.server.stored(self.provider, &id).unwrap())
    }

    fn requests_seen(&self) -> usize {
        self.server.requests_seen()
    }

    fn writes_applied(&self) -> Option<usize> {
        Some(self.server.writes_applied())
    }

    fn break_after_next_write(&self) -> bool {
        let kind = FaultKind::DropAfterCommit;
        self.server.set_fault(Some(Fault { on_next: 1, kind }));
        true
    }

    fn secrets(&self) -> Vec<String> {
        vec![TOKEN.to_owned()]
    }
}

async fn passes(api: Api, not_applicable: &[&str]) {
    let report = conformance::run(&api).await;
    assert!(report.is_passed(), "{report}");
    let is_not_applicable = |verdict: &Verdict| matches!(verdict, Verdict::NotApplicable(_));
    let skipped: Vec<&str> = report
        .verdicts
        .iter()
        .filter(|(_, verdict)| is_not_applicable(verdict))
        .map(|(name, _)| *name)
        .collect();
    assert_eq!(skipped, not_applicable, "{report}");
    assert_eq!(report.verdicts.len(), 17);
}

#[tokio::test]
async fn truto_contacts() {
    let contact = json!({
        "first_name": "Ada", "last_name": "Lovelace", "name": "Ada Lovelace", "title": "Countess",
        "email_addresses": [{"id": "e1", "email": "ada@example.org", "type": "work"}],
        "phone_numbers": [{"number": "+441", "type": "mobile"}],
        "addresses": [{"city": "London", "country": "GB"}],
        "account": {"id": "a1", "name": "Analytical Engines"}, "owner": {"id": "o1"},
        "tags": [{"id": "t1", "name": "pioneer"}], "urls": [{"url": "https://example.org", "type": "work"}],
        "custom_fields": {"score": 7}, "created_at": "2024-05-06T07:08:09Z", "remote_data": {"x": [1]},
    });
    passes(
        Api::new("truto", contact),
        &["what_is_not_documented_is_refused_before_anything_is_sent"],
    )
    .await;
}

#[tokio::test]
async fn truto_leads() {
    let contact = json!({
        "first_name": "Ada", "last_name": "Lovelace", "title": "Countess", "status": "new",
        "email_addresses": [{"email": "ada@example.org", "type": "primary"}],
        "lead_source": "Web", "contact": {"id": "c1"}, "custom_fields": {"score": 7},
    });
    passes(
        Api::new("truto-leads", contact),
        &[
            "a_created_contact_is_the_draft",
            "what_cannot_be_held_is_told",
            "what_only_its_own_kind_has_is_told",
            "entries_are_added_and_taken_out",
        ],
    )
    .await;
}

#[tokio::test]
async fn thelinks() {
    let contact = json!({
        "first_name": "Ada", "last_name": "Lovelace", "email": "ada@example.org", "position": "Countess",
        "phone": "+441", "mobile_phone": "+442", "city": "London", "country": "GB",
        "source_system": "crm", "source_id": "7", "is_active": true,
    });
    passes(
        Api::new("thelinks", contact),
        &[
            "a_contact_is_given_as_it_is",
            "entries_are_added_and_taken_out",
            "a_deleted_contact_is_gone",
        ],
    )
    .await;
}

#[tokio::test]
async fn contact_update() {
    let contact = json!({
        "first_name": "Ada", "last_name": "Lovelace", "second_last_name": "Byron", "email": "ada@example.org",
        "additional_emails": ["countess@example.org"], "phone": "+441", "company_name": "Analytical Engines",
        "priority": 3, "source": "crm", "language": "en", "country_code": "GB", "email_marketing_opt_in": false,
        "external_reference_id": "x7", "skills": ["mathematics"],
    });
    passes(
        Api::new("contact-update", contact),
        &[
            "a_contact_is_given_as_it_is",
            "a_listing_gives_every_contact_once",
            "a_listing_goes_on_where_another_one_stopped",
            "a_created_contact_is_the_draft",
            "what_cannot_be_held_is_told",
            "what_only_its_own_kind_has_is_told",
            "entries_are_added_and_taken_out",
            "a_deleted_contact_is_gone",
        ],
    )
    .await;
}
