//! What an operation would send: method, URL, headers without secrets, and body.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use fault_server::{Behaviour, FaultServer};
use serde_json::{Value, json};
use unified_contacts::{
    AddressRecord, ContactPatch, ContactRecord, ContactStore, DryRun, Field, ListQuery,
    PhoneRecord, Planned, Position, WriteOptions, connect_url,
};

fn store(provider: &str, server: &FaultServer) -> Box<dyn ContactStore> {
    let host = server.url().strip_prefix("http://").unwrap();
    let account = if provider.starts_with("truto") {
        "&account=acc"
    } else {
        ""
    };
    connect_url(&format!(
        "{provider}+http://{host}/base?token=t0ken{account}"
    ))
    .unwrap()
}

fn body(request: &DryRun) -> Value {
    serde_json::from_slice(request.body()).unwrap()
}

fn target<'a>(request: &'a DryRun, server: &FaultServer) -> (&'a str, &'a str) {
    let target = request.url().strip_prefix(server.url()).unwrap();
    (request.method(), target)
}

#[test]
fn of_truto() {
    let server = FaultServer::start(Behaviour::drop()).unwrap();
    let store = store("truto", &server);
    let held = ContactRecord::new().with_etag("v7").with_tag("vip");
    let patch = ContactPatch::new()
        .set_first_name("Ada")
        .clear_title()
        .replace_emails(["ada@example.org"])
        .add_tag("new")
        .set_custom_field("score", json!(7))
        .clear_custom_field("old")
        .onto(&held);
    let request = store
        .dry_run(Planned::Update("a b", &patch, WriteOptions::new()))
        .unwrap();
    assert_eq!(
        target(&request, &server),
        (
            "PATCH",
            "/base/unified/crm/contacts/a%20b?etag=v7&integrated_account_id=acc"
        )
    );
    assert_eq!(
        body(&request),
        json!({
            "first_name": "Ada",
            "title": null,
            "email_addresses": [{"email": "ada@example.org"}],
            "tags": [{"name": "vip"}, {"name": "new"}],
            "custom_fields": {"score": 7, "old": null},
        })
    );
    let headers: Vec<_> = request.headers().collect();
    assert!(headers.contains(&("authorization", None)));
    assert!(headers.contains(&("content-type", Some("application/json"))));
    assert!(
        headers
            .iter()
            .any(|(name, value)| *name == "idempotency-key" && value.is_some())
    );
    let printed = format!("{request:?}");
    assert!(
        !printed.contains("Ada") && !printed.contains("acc"),
        "{printed}"
    );

    let query = ListQuery::new()
        .page_size(50)
        .created_after("2024-01-01T00:00:00Z")
        .resume(Position {
            cursor: Some("next".to_owned()),
            given: 0,
        });
    let request = store.dry_run(Planned::List(query)).unwrap();
    assert_eq!(
        target(&request, &server),
        (
            "GET",
            "/base/unified/crm/contacts?next_cursor=next&limit=50&created_at%5Bgt%5D=2024-01-01T00%3A00%3A00Z&integrated_account_id=acc"
        )
    );
    let request = store
        .dry_run(Planned::DeleteMany(&["1", "2"], WriteOptions::new()))
        .unwrap();
    assert_eq!(body(&request), json!({"id": ["1", "2"]}));
    assert_eq!(server.seen(), 0);
}

#[test]
fn of_thelinks() {
    let server = FaultServer::start(Behaviour::drop()).unwrap();
    let store = store("thelinks", &server);
    let held = ContactRecord::new()
        .with_first_name("Ada")
        .with_last_name("Lovelace")
        .with_email("ada@example.org")
        .with_phone("1")
        .with_phone(PhoneRecord::from("2").with_kind("mobile"))
        .with_address(AddressRecord::new().with_city("London"));
    // A PUT carries what the caller holds; what is taken away is null.
    let patch = ContactPatch::new()
        .clear_last_name()
        .remove_phone("2")
        .onto(&held);
    let request = store
        .dry_run(Planned::Update("1", &patch, WriteOptions::new()))
        .unwrap();
    assert_eq!(
        target(&request, &server),
        ("PUT", "/base/unified/contact/1")
    );
    assert_eq!(
        body(&request),
        json!({
            "email": "ada@example.org",
            "first_name": "Ada",
            "last_name": null,
            "phone": "1",
            "mobile_phone": null,
            "fax": null,
            "city": "London",
        })
    );
    // Without one, it carries what changes.
    let patch = ContactPatch::new()
        .set_first_name("Ada")
        .replace_emails(["ada@example.org"])
        .set_title("Countess");
    let request = store
        .dry_run(Planned::Update("1", &patch, WriteOptions::new()))
        .unwrap();
    assert_eq!(
        body(&request),
        json!({"email": "ada@example.org", "first_name": "Ada", "position": "Countess"})
    );
    assert!(store.dry_run(Planned::Get("1")).is_err());
    assert_eq!(server.seen(), 0);
}

#[test]
fn of_the_contact_update_api() {
    let server = FaultServer::start(Behaviour::drop()).unwrap();
    let store = store("contact-update", &server);
    let patch = ContactPatch::new()
        .set_second_last_name("Byron")
        .replace_emails(["a@example.org", "b@example.org"])
        .set_whatsapp_marketing(false)
        .set_source("crm")
        .set_priority(5);
    let request = store
        .dry_run(Planned::Update(
            "1",
            &patch,
            WriteOptions::new().accept_loss(),
        ))
        .unwrap();
    assert_eq!(target(&request, &server), ("PUT", "/base/1"));
    assert_eq!(
        body(&request),
        json!({
            "second_last_name": "Byron",
            "email": "a@example.org",
            "additional_emails": ["b@example.org"],
            "whatsapp_marketing_opt_in": false,
            "source": "crm",
            "priority": 5,
        })
    );
    assert!(
        request
            .headers()
            .any(|header| header == ("x-api-key", None))
    );
    // A PUT carries what the caller holds, what no patch changes among it.
    let held: contact_update_client::types::ContactsUpdateResponse = serde_json::from_value(json!({
        "first_name": "Ada", "email": "a@example.org", "additional_emails": [], "skills": ["maths"],
        "custom_attributes": [{"any": 1}], "title": "Countess", "is_client": true,
    }))
    .unwrap();
    let patch = ContactPatch::new().set_language("en").onto(&held);
    let request = store
        .dry_run(Planned::Update("1", &patch, WriteOptions::new()))
        .unwrap();
    assert_eq!(
        body(&request),
        json!({
            "first_name": "Ada", "email": "a@example.org", "additional_emails": [], "skills": ["maths"],
            "custom_attributes": [{"any": 1}], "language": "en",
        })
    );
    assert_eq!(server.seen(), 0);
}

#[test]
fn a_write_names_the_version_that_it_is_for() {
    let server = FaultServer::start(Behaviour::drop()).unwrap();
    let truto = store("truto", &server);
    let ours = ContactRecord::new()
        .with_origin("truto.contact")
        .with_etag("v7");
    let theirs = ContactRecord::new()
        .with_origin("hubspot.contact")
        .with_etag("v7");
    let etag = |planned| {
        let request = truto.dry_run(planned).unwrap();
        let (_, query) = request.url().split_once('?').unwrap();
        let etag = query.split('&').find_map(|pair| pair.strip_prefix("etag="));
        etag.map(str::to_owned)
    };
    let patch = ContactPatch::new().set_first_name("Ada");
    let onto_ours = patch.clone().onto(&ours);
    let onto_theirs = patch.clone().onto(&theirs);
    let plain = WriteOptions::new;
    let of_v8 = || WriteOptions::new().if_version("v8");
    assert_eq!(etag(Planned::Update("1", &patch, plain())), None);
    assert_eq!(
        etag(Planned::Update("1", &onto_ours, plain())).as_deref(),
        Some("v7")
    );
    assert_eq!(
        etag(Planned::Update("1", &onto_ours, of_v8())).as_deref(),
        Some("v8")
    );
    assert_eq!(etag(Planned::Update("1", &onto_theirs, plain())), None);
    assert_eq!(etag(Planned::Delete("1", of_v8())).as_deref(), Some("v8"));
    assert_eq!(etag(Planned::Delete("1", plain())), None);
    assert!(!format!("{:?}", of_v8()).contains("v8"));

    let refused = [
        truto.dry_run(Planned::DeleteMany(&["1"], of_v8())),
        truto.dry_run(Planned::Create(&ours, of_v8())),
        store("truto-leads", &server).dry_run(Planned::Delete("1", of_v8())),
        store("thelinks", &server).dry_run(Planned::Update("1", &onto_ours, of_v8())),
        store("contact-update", &server).dry_run(Planned::Update("1", &onto_ours, of_v8())),
    ];
    for refused in refused {
        let error = refused.unwrap_err();
        assert!(error.is_unsupported(), "{error}");
        assert_eq!(error.fields(), [Field::Etag]);
    }
    assert_eq!(server.seen(), 0);
}
