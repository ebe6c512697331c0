//! Answers have the document's status, envelope, pages and errors.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use sandbox::Sandbox;
use sandbox_promises::{Answer, Caller, TRUTO, send};
use serde_json::{Value, json};

fn ids(page: &Value, items: &str) -> Vec<String> {
    let items = page[items].as_array().unwrap().iter();
    items
        .map(|item| item["id"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn a_record_goes_through_its_life() {
    let sandbox = Sandbox::start().unwrap();
    let caller = Caller::new(&sandbox, "truto");
    let made = send(
        caller
            .in_account("POST", TRUTO)
            .json(&json!({ "first_name": "Ada", "title": "Countess" })),
    );
    assert_eq!(made.status, 200);
    let id = made.body["id"].as_str().unwrap();
    let path = format!("{TRUTO}/{id}");
    assert_eq!(send(caller.in_account("GET", &path)).body, made.body);
    let changed = send(
        caller
            .in_account("PATCH", &path)
            .json(&json!({ "title": null, "last_name": "Lovelace" })),
    );
    assert_eq!(changed.body["first_name"], "Ada");
    assert_eq!(changed.body["last_name"], "Lovelace");
    assert_eq!(changed.body.get("title"), None);
    assert_ne!(changed.body["etag"], made.body["etag"]);
    assert_eq!(changed.body["created_at"], made.body["created_at"]);
    assert_eq!(
        send(caller.in_account("DELETE", &path)).body["id"],
        made.body["id"]
    );
    let gone = send(caller.in_account("GET", &path));
    assert_eq!(gone.status, 404);
    assert_eq!(
        gone.body,
        json!({ "statusCode": 404, "error": "Not Found", "message": "there is no record with this id" })
    );
    let operations: Vec<String> = sandbox
        .ledger()
        .into_iter()
        .map(|commit| commit.operation)
        .collect();
    assert_eq!(
        operations,
        ["contacts_create", "contacts_update", "contacts_delete"]
    );
}

#[test]
fn an_envelope_stands_around_a_record() {
    let sandbox = Sandbox::start().unwrap();
    let caller = Caller::new(&sandbox, "thelinks");
    let body = json!({ "first_name": "Ada", "email": "ada@example.org" });
    let made = send(caller.request("POST", "/unified/contact").json(&body));
    let id = made.body["data"]["id"].as_str().unwrap();
    let body = json!({ "first_name": "Augusta", "email": "ada@example.org" });
    let changed = send(
        caller
            .request("PUT", &format!("/unified/contact/{id}"))
            .json(&body),
    );
    assert_eq!(changed.body["data"]["first_name"], "Augusta");
    assert_eq!(changed.body["data"]["id"], id);
}

#[test]
fn pages_follow_a_cursor() {
    let sandbox = Sandbox::start().unwrap();
    sandbox
        .seed("truto", "contacts", Some(Sandbox::ACCOUNT), 25)
        .unwrap();
    let caller = Caller::new(&sandbox, "truto");
    let page = |cursor: Option<&str>| -> Answer {
        let request = caller.in_account("GET", TRUTO).query(&[("limit", "10")]);
        send(match cursor {
            Some(cursor) => request.query(&[("next_cursor", cursor)]),
            None => request,
        })
    };
    let mut seen = Vec::new();
    let mut cursor: Option<String> = None;
    loop {
        let answer = page(cursor.as_deref());
        let found = ids(&answer.body, "result");
        assert_eq!(answer.body["result_count"], found.len());
        seen.extend(found);
        match answer.body["next_cursor"].as_str() {
            Some(next) => cursor = Some(next.to_owned()),
            None => break,
        }
    }
    let kept: Vec<String> = sandbox
        .records("truto", "contacts", Some(Sandbox::ACCOUNT))
        .iter()
        .map(|record| record["id"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(seen, kept);
    // What is deleted between two pages moves no other out of place.
    let first = page(None);
    send(caller.in_account("DELETE", &format!("{TRUTO}/{}", kept[3])));
    let second = page(first.body["next_cursor"].as_str());
    assert_eq!(ids(&second.body, "result"), kept[10..20]);
}

#[test]
fn pages_are_numbered() {
    let sandbox = Sandbox::start().unwrap();
    sandbox.seed("thelinks", "contacts", None, 25).unwrap();
    let caller = Caller::new(&sandbox, "thelinks");
    let page = |number: &str| {
        send(
            caller
                .request("GET", "/unified/contacts")
                .query(&[("page", number)]),
        )
        .body
    };
    for (number, count) in [
        ("1", 10),
        ("2", 10),
        ("3", 5),
        ("4", 0),
        ("99999999999999999999", 0),
    ] {
        let page = page(number);
        assert_eq!(ids(&page, "data").len(), count, "page {number}");
        assert_eq!(
            (&page["totalPages"], &page["totalResults"], &page["limit"]),
            (&json!(3), &json!(25), &json!(10))
        );
    }
    assert_eq!(page("-1"), page("1"));
    let beyond = send(
        caller
            .request("GET", "/unified/contacts")
            .query(&[("limit", "101")]),
    );
    assert_eq!(beyond.status, 400);
}

#[test]
fn a_list_is_chosen_by_a_property() {
    let sandbox = Sandbox::start().unwrap();
    for (id, created) in [
        ("a", "2024-01-01T00:00:00Z"),
        ("b", "2024-06-01T00:00:00Z"),
        ("c", "2025-01-01T00:00:00Z"),
    ] {
        let record = json!({ "id": id, "created_at": created });
        sandbox
            .put("truto", "contacts", Some(Sandbox::ACCOUNT), record)
            .unwrap();
    }
    let caller = Caller::new(&sandbox, "truto");
    let chosen = |bounds: &[(&str, &str)]| {
        ids(
            &send(caller.in_account("GET", TRUTO).query(bounds)).body,
            "result",
        )
    };
    assert_eq!(
        chosen(&[("created_at[gt]", "2024-01-01T00:00:00Z")]),
        ["b", "c"]
    );
    assert_eq!(
        chosen(&[
            ("created_at[gte]", "2024-01-01T00:00:00Z"),
            ("created_at[lt]", "2025-01-01T00:00:00Z")
        ]),
        ["a", "b"]
    );
}

#[test]
fn several_are_deleted_at_once() {
    let sandbox = Sandbox::start().unwrap();
    sandbox
        .seed("truto", "contacts", Some(Sandbox::ACCOUNT), 3)
        .unwrap();
    let records = sandbox.records("truto", "contacts", Some(Sandbox::ACCOUNT));
    let caller = Caller::new(&sandbox, "truto");
    let body = json!({ "id": [records[0]["id"], records[2]["id"], "unknown"] });
    let answer = send(
        caller
            .in_account("POST", "/unified/crm/contacts/batch-delete")
            .json(&body),
    );
    assert_eq!(answer.status, 200);
    assert_eq!(
        answer.body["result"],
        json!([records[0]["id"], records[2]["id"]])
    );
    assert_eq!(
        sandbox.records("truto", "contacts", Some(Sandbox::ACCOUNT)),
        [records[1].clone()]
    );
    assert_eq!(sandbox.ledger()[0].ids.len(), 2);
}

#[test]
fn each_connected_account_has_records_of_its_own() {
    let sandbox = Sandbox::start().unwrap();
    let caller = Caller::new(&sandbox, "truto");
    let other = "11111111-1111-4111-8111-111111111111";
    let in_other = |method: &str| {
        caller
            .request(method, TRUTO)
            .query(&[("integrated_account_id", other)])
    };
    send(in_other("POST").json(&json!({ "first_name": "Ada" })));
    assert_eq!(ids(&send(in_other("GET")).body, "result").len(), 1);
    assert!(ids(&send(caller.in_account("GET", TRUTO)).body, "result").is_empty());
}

#[test]
fn the_documents_are_served() {
    let sandbox = Sandbox::start().unwrap();
    let get = |path: &str| -> Value {
        let text = reqwest::blocking::get(format!("{}{path}", sandbox.page()))
            .unwrap()
            .text()
            .unwrap();
        serde_json::from_str(&text).unwrap()
    };
    let listed = get("openapi.json");
    for (name, place) in listed["documents"].as_object().unwrap() {
        let document = get(place.as_str().unwrap().trim_start_matches('/'));
        assert_eq!(document["openapi"], "3.0.3");
        let base = document["servers"][0]["url"].as_str().unwrap();
        assert!(sandbox.url(name).ends_with(base), "{base}");
    }
    let one = Sandbox::builder()
        .document("one", get("thelinks/openapi.json").to_string())
        .start()
        .unwrap();
    let text = reqwest::blocking::get(format!("{}openapi.json", one.page()))
        .unwrap()
        .text()
        .unwrap();
    assert!(text.contains("/unified/contact/{unifiedContactId}"));
}
