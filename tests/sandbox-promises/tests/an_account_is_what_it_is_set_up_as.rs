//! A connected account can be a CRM, for reading only, or blocked; what the CRM requires and keeps is in the document.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use sandbox::{Account, Sandbox};
use sandbox_promises::{Answer, Caller, TRUTO, send};
use serde_json::{Value, json};

fn with(account: Account) -> (Sandbox, Caller) {
    let sandbox = Sandbox::builder()
        .account(Sandbox::ACCOUNT, account)
        .start()
        .unwrap();
    let caller = Caller::new(&sandbox, "truto");
    (sandbox, caller)
}

fn create(caller: &Caller, body: &Value) -> Answer {
    send(caller.in_account("POST", TRUTO).json(body))
}

/// Each integration that the document says requires something refuses a write without it, and takes one with it.
#[test]
fn what_an_integration_requires_is_required() {
    let document: Value = {
        let sandbox = Sandbox::start().unwrap();
        let text = reqwest::blocking::get(format!("{}truto/openapi.json", sandbox.page()))
            .unwrap()
            .text()
            .unwrap();
        serde_json::from_str(&text).unwrap()
    };
    let operation = &document["paths"][TRUTO]["post"];
    let properties =
        &operation["requestBody"]["content"]["application/json"]["schema"]["properties"];
    let mut required = std::collections::BTreeMap::<&str, Vec<&str>>::new();
    for (property, schema) in properties.as_object().unwrap() {
        for (integration, level) in schema["x-integrations"].as_object().into_iter().flatten() {
            if level == "required" {
                required.entry(integration).or_default().push(property);
            }
        }
    }
    assert!(required.len() >= 5, "{required:?}");
    for (integration, properties) in required {
        let (_sandbox, caller) = with(Account::of(integration));
        let refused = create(&caller, &json!({}));
        assert_eq!(refused.status, 422, "{integration}");
        let message = refused.body["message"].as_str().unwrap();
        assert!(
            message.starts_with(&format!("{integration} requires ")),
            "{message}"
        );
        for property in properties {
            assert!(message.contains(&format!("body /{property}")), "{message}");
        }
    }
}

#[test]
fn what_an_integration_does_not_support_is_not_kept() {
    let (sandbox, caller) = with(Account::of("Monday CRM"));
    let body = json!({ "name": "Ada", "first_name": "Ada", "tags": [{ "id": "1", "name": "x" }], "account": { "id": "1" }, "email_addresses": [{ "email": "ada@example.org" }] });
    let made = create(&caller, &body);
    assert_eq!(made.status, 200, "{made:?}");
    let text = reqwest::blocking::get(format!("{}_sandbox/requests", sandbox.page()))
        .unwrap()
        .text()
        .unwrap();
    let seen: Value = serde_json::from_str(&text).unwrap();
    let notes = seen["requests"][0]["notes"].to_string();
    for (property, value) in body.as_object().unwrap() {
        let is_kept = made.body.get(property).is_some();
        assert_eq!(
            is_kept,
            !notes.contains(&format!("/{property}: not kept, Monday CRM")),
            "{property} {value} {notes}"
        );
    }
    assert!(notes.contains("not kept"), "{notes}");
}

#[test]
fn an_operation_that_an_integration_has_not_is_refused() {
    let (_sandbox, caller) = with(Account::of("Zoho CRM"));
    let answer = send(
        caller
            .in_account("POST", "/unified/crm/contacts/batch-delete")
            .json(&json!({ "id": ["1"] })),
    );
    assert_eq!(answer.status, 405);
    assert_eq!(send(caller.in_account("GET", TRUTO)).status, 200);
}

#[test]
fn an_account_for_reading_takes_no_write() {
    let (sandbox, caller) = with(Account::new().read_only());
    assert_eq!(create(&caller, &json!({ "name": "Ada" })).status, 405);
    assert_eq!(send(caller.in_account("GET", TRUTO)).status, 200);
    assert_eq!(sandbox.commits(), 0);
}

#[test]
fn a_blocked_account_answers_nothing() {
    let (_sandbox, caller) = with(Account::new().blocked());
    assert_eq!(send(caller.in_account("GET", TRUTO)).status, 503);
}

#[test]
fn an_account_that_is_not_set_up_is_not_known() {
    let (_sandbox, caller) = with(Account::new());
    let other = caller.request("GET", TRUTO).query(&[(
        "integrated_account_id",
        "11111111-1111-4111-8111-111111111111",
    )]);
    assert_eq!(send(other).status, 404);
}

#[test]
fn an_integration_that_no_document_names_is_refused() {
    let error = Sandbox::builder()
        .account("7", Account::of("Hubspot"))
        .start()
        .unwrap_err()
        .to_string();
    assert!(
        error.starts_with("no document names the integration `Hubspot`, they name Accelo, "),
        "{error}"
    );
    let sandbox = Sandbox::start().unwrap();
    assert!(sandbox.account("7", Account::of("Hubspot")).is_err());
    sandbox.account("7", Account::of("HubSpot")).unwrap();
    let put = |body: &Value| {
        let url = format!("{}_sandbox/accounts/8", sandbox.page());
        reqwest::blocking::Client::new()
            .put(url)
            .body(body.to_string())
            .send()
            .unwrap()
            .status()
            .as_u16()
    };
    assert_eq!(put(&json!({ "integration": "Hubspot" })), 400);
    assert_eq!(
        put(&json!({ "integration": "HubSpot", "access": "read-only" })),
        200
    );
}
