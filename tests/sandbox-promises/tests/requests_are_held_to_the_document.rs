//! Every request is checked against the document: path, query, headers, body. What is wrong is named by its place, and
//! no value is repeated.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use sandbox::Sandbox;
use sandbox_promises::{Answer, Caller, TRUTO, send};
use serde_json::{Value, json};

fn refused(answer: &Answer, status: u16, place: &str) {
    assert_eq!(answer.status, status, "{answer:?}");
    let message = answer.body["message"].as_str().unwrap();
    assert!(message.contains(place), "{message}");
}

fn truto() -> (Sandbox, Caller) {
    let sandbox = Sandbox::start().unwrap();
    let caller = Caller::new(&sandbox, "truto");
    (sandbox, caller)
}

#[test]
fn a_path_or_a_method_that_is_not_documented() {
    let (sandbox, caller) = truto();
    refused(
        &send(caller.in_account("GET", "/unified/crm/deals")),
        404,
        "no such path",
    );
    let answer = send(caller.in_account("PUT", TRUTO));
    refused(&answer, 405, "no such method");
    assert_eq!(
        answer.headers,
        [("allow".to_owned(), "GET, POST".to_owned())]
    );
    let elsewhere = reqwest::blocking::get(format!("{}nowhere", sandbox.page())).unwrap();
    assert_eq!(elsewhere.status(), 404);
    assert!(elsewhere.text().unwrap().contains("/thelinks/api/v1"));
}

#[test]
fn a_credential_is_needed() {
    let sandbox = Sandbox::builder().credential("known").start().unwrap();
    let caller = Caller::new(&sandbox, "truto");
    refused(&send(caller.in_account("GET", TRUTO)), 401, "not known");
    let bare = reqwest::blocking::Client::new().get(format!("{}{TRUTO}", sandbox.url("truto")));
    refused(
        &send(bare.query(&[("integrated_account_id", Sandbox::ACCOUNT)])),
        401,
        "needed",
    );
    let known = reqwest::blocking::Client::new().get(format!("{}{TRUTO}", sandbox.url("truto")));
    let known = known
        .query(&[("integrated_account_id", Sandbox::ACCOUNT)])
        .bearer_auth("known");
    assert_eq!(send(known).status, 200);
}

#[test]
fn parameters() {
    let (_sandbox, caller) = truto();
    refused(
        &send(caller.request("GET", TRUTO)),
        400,
        "query integrated_account_id: required",
    );
    let of =
        |name: &str, value: &str| send(caller.in_account("GET", TRUTO).query(&[(name, value)]));
    refused(&of("limit", "many-of-them"), 400, "query limit");
    refused(
        &of("truto_ignore_limit", "perhaps"),
        400,
        "query truto_ignore_limit",
    );
    refused(
        &of("integrated_account_id", "x"),
        400,
        "there more than once",
    );
    refused(
        &send(
            caller
                .request("GET", TRUTO)
                .query(&[("integrated_account_id", "no-uuid-at-all")]),
        ),
        400,
        "uuid",
    );
    refused(&of("next_cursor", "made-up"), 400, "not given out");
    refused(
        &of("created_at[gt][deeper]", "2024"),
        400,
        "query created_at/gt",
    );
    let many = caller.in_account("GET", TRUTO).query(&[
        ("truto_exclude_fields[]", "a"),
        ("truto_exclude_fields[]", "b"),
    ]);
    assert_eq!(send(many).status, 200);
    assert_eq!(of("remote_query[a][b]", "c").status, 200);
    // An empty key is a name in an object, whatever comes first.
    assert_eq!(of("remote_query[]", "c").status, 200);
    assert_eq!(of("created_at[gt]", "2024-01-01T00:00:00Z").status, 200);
    let broken = caller.request(
        "GET",
        &format!("{TRUTO}?integrated_account_id={}&x=%ff", Sandbox::ACCOUNT),
    );
    refused(&send(broken), 400, "UTF-8");
}

#[test]
fn bodies() {
    let (sandbox, caller) = truto();
    let create = |body: &Value| send(caller.in_account("POST", TRUTO).json(body));
    let secret = "Confidential Name";
    for (body, place) in [
        (json!({ "first_name": 7 }), "body /first_name"),
        (
            json!({ "email_addresses": [{ "email": [secret] }] }),
            "body /email_addresses/0/email",
        ),
        (json!({ "account": { "name": secret } }), "\"id\""),
        (json!({ "created_at": secret }), "body /created_at"),
        (json!([secret]), "body"),
    ] {
        let answer = create(&body);
        refused(&answer, 422, place);
        assert!(!answer.body.to_string().contains(secret), "{answer:?}");
    }
    let text = |text: &'static str, kind: &str| {
        send(
            caller
                .in_account("POST", TRUTO)
                .header("content-type", kind)
                .body(text),
        )
    };
    refused(
        &text("{\"first_name\": ", "application/json"),
        422,
        "not JSON at line 1",
    );
    refused(
        &text("first_name=Ada", "application/x-www-form-urlencoded"),
        422,
        "content-type",
    );
    refused(
        &send(caller.in_account("POST", TRUTO)),
        422,
        "body: required",
    );
    assert_eq!(sandbox.commits(), 0);
}

/// A vendor that says it does not hold requests to its schema takes other values; a strict sandbox shows who relies on it.
#[test]
fn values_that_are_not_listed() {
    let body = json!({ "phone_numbers": [{ "number": "1", "type": "satellite" }] });
    let (_sandbox, open) = truto();
    assert_eq!(send(open.in_account("POST", TRUTO).json(&body)).status, 200);
    let strict = Sandbox::builder().strict().start().unwrap();
    let strict = Caller::new(&strict, "truto");
    refused(
        &send(strict.in_account("POST", TRUTO).json(&body)),
        422,
        "body /phone_numbers/0/type",
    );
}

/// What a document requires of one API it does not of another.
#[test]
fn each_api_by_its_own_document() {
    let sandbox = Sandbox::start().unwrap();
    let thelinks = Caller::new(&sandbox, "thelinks");
    let create = |body: Value| send(thelinks.request("POST", "/unified/contact").json(&body));
    refused(&create(json!({ "first_name": "Ada" })), 422, "\"email\"");
    assert_eq!(
        create(json!({ "first_name": "Ada", "email": "ada@example.org" })).status,
        200
    );
    let update = Caller::new(&sandbox, "contact-update");
    let wrong = send(update.request("PUT", "/7").json(&json!({ "priority": 9 })));
    assert_eq!((wrong.status, wrong.body), (422, Value::Null));
}
