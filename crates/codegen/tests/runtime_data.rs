//! What a document says to the runtime, `x-retry` and `x-quotas`: it reaches the constant `API`, or is refused by its
//! pointer.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use codegen::{
    generate::{Generated, Settings, generate},
    refusal::Refusals,
};
use serde_json::{Value, json};

fn generated(key: &str, value: &Value) -> Result<Generated, Refusals> {
    let document = json!({
        "openapi": "3.0.3",
        "info": {"title": "Pings", "version": "1"},
        "paths": {"/ping": {"get": {
            "operationId": "ping",
            "parameters": [{"name": "licence", "in": "query", "schema": {"type": "string"}}],
            "responses": {"204": {"description": "Pong."}},
        }}},
        key: value,
    });
    generate(&document, &Settings::new("pings-client"))
}

fn client(key: &str, value: &Value) -> String {
    let generated = generated(key, value).unwrap_or_else(|refusals| panic!("{refusals}"));
    generated.files["src/client.rs"].clone()
}

#[test]
fn a_quota_per_account_names_its_parameter() {
    let quota = json!([{"per": "account", "parameter": "licence", "requests": 5, "seconds": 1}]);
    assert!(client("x-quotas", &quota).contains(".account_parameter(\"licence\")"));
    let builder = &generated("x-quotas", &quota).unwrap().files["src/builder/ping.rs"];
    assert!(
        builder.contains("optional_account(\"licence\""),
        "{builder}"
    );
}

#[test]
fn a_quota_per_account_that_nothing_can_count_by_says_so() {
    let quota = json!([{"per": "account", "requests": 5, "seconds": 1}]);
    let client = client("x-quotas", &quota);
    assert!(!client.contains("account_parameter"));
    assert!(client.contains("nothing counts by it"), "{client}");
}

#[test]
fn members_are_read_in_camel_case_too() {
    let client = client("x-retry", &json!({"idempotencyHeader": "X-Once"}));
    assert!(client.contains("idempotency_header: Some(\"X-Once\")"));
}

#[test]
fn what_is_malformed_is_refused_by_its_pointer() {
    let quota = |member: &str, value: Value| {
        let mut quota = json!({"per": "account", "requests": 5, "seconds": 1});
        quota[member] = value;
        json!([{"per": "credential", "requests": 5, "seconds": 1}, quota])
    };
    let cases = [
        ("x-retry", json!([]), "/x-retry: found an array"),
        (
            "x-retry",
            json!({"statuses": 429}),
            "/x-retry/statuses: found 429",
        ),
        (
            "x-retry",
            json!({"never": [503, 600]}),
            "/x-retry/never/1: found 600",
        ),
        (
            "x-retry",
            json!({"idempotentMethods": [null]}),
            "/x-retry/idempotentMethods/0: found null",
        ),
        (
            "x-retry",
            json!({"remote-error-pointer": {"a": "secret"}}),
            "/x-retry/remote-error-pointer: found an object",
        ),
        ("x-quotas", json!({}), "/x-quotas: found an object"),
        (
            "x-quotas",
            quota("per", json!("user")),
            "/x-quotas/1/per: found \"user\"",
        ),
        (
            "x-quotas",
            quota("seconds", json!(0)),
            "/x-quotas/1/seconds: found 0",
        ),
        (
            "x-quotas",
            quota("requests", Value::Null),
            "/x-quotas/1/requests: found null",
        ),
        (
            "x-quotas",
            quota("parameter", json!("nobody")),
            "/x-quotas/1/parameter: found \"nobody\"",
        ),
        (
            "x-quotas",
            json!([{"per": "credential", "parameter": "licence", "requests": 5, "seconds": 1}]),
            "/x-quotas/0/parameter: found \"licence\"",
        ),
    ];
    for (key, value, told) in cases {
        let refusals = generated(key, &value).unwrap_err().to_string();
        assert!(
            refusals.starts_with(told) && refusals.ends_with("[runtime-data]"),
            "{refusals}"
        );
    }
}
