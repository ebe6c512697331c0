//! The operations of each API, and what a call needs.

use facts::{Api, Document};
use serde_json::json;

fn operations(api: Api) -> Vec<String> {
    let document = Document::read(api);
    let mut lines: Vec<String> = document
        .operations()
        .into_iter()
        .map(|(method, path, operation)| {
            let id = operation["operationId"].as_str().unwrap_or_default();
            format!("{id}: {method} {path}")
        })
        .collect();
    lines.sort();
    lines
}

#[test]
fn truto_has_the_operations_of_contacts_and_leads() {
    assert_eq!(
        operations(Api::Truto),
        [
            "contacts_batch_delete: POST /unified/crm/contacts/batch-delete",
            "contacts_create: POST /unified/crm/contacts",
            "contacts_delete: DELETE /unified/crm/contacts/{id}",
            "contacts_get: GET /unified/crm/contacts/{id}",
            "contacts_list: GET /unified/crm/contacts",
            "contacts_update: PATCH /unified/crm/contacts/{id}",
            "leads_delete: DELETE /unified/crm/leads/{id}",
            "leads_get: GET /unified/crm/leads/{id}",
            "leads_list: GET /unified/crm/leads",
            "leads_update: PATCH /unified/crm/leads/{id}",
        ]
    );
}

#[test]
fn thelinks_creates_updates_and_lists_contacts() {
    assert_eq!(
        operations(Api::TheLinks),
        [
            "contacts_create: POST /unified/contact",
            "contacts_list: GET /unified/contacts",
            "contacts_update: PUT /unified/contact/{unifiedContactId}",
        ]
    );
}

#[test]
fn the_contact_update_api_only_updates() {
    assert_eq!(
        operations(Api::ContactUpdate),
        ["contacts_update: PUT /{id}"]
    );
}

#[test]
fn only_truto_has_a_server_that_a_caller_need_not_name() {
    let truto = Document::read(Api::Truto);
    assert_eq!(truto.at("/servers/0/url"), "https://api.truto.one");
    assert_ne!(truto.at("/servers/0")["x-default"], json!(false));

    let thelinks = Document::read(Api::TheLinks);
    assert_eq!(
        thelinks.at("/servers/0/url"),
        "https://dev-backend.thelinks.ai/api/v1"
    );
    assert_eq!(thelinks.at("/servers/0")["x-default"], json!(false));

    let contact_update = Document::read(Api::ContactUpdate);
    assert!(contact_update.value.get("servers").is_none());
}

#[test]
fn every_operation_says_how_a_caller_authenticates() {
    for (api, name, scheme) in [
        (
            Api::Truto,
            "bearerAuth",
            json!(["http", "bearer", null, null]),
        ),
        (
            Api::TheLinks,
            "bearerAuth",
            json!(["http", "bearer", null, null]),
        ),
        (
            Api::ContactUpdate,
            "apiKey",
            json!(["apiKey", null, "header", "X-Api-Key"]),
        ),
    ] {
        let document = Document::read(api);
        let found = document.at(&format!("/components/securitySchemes/{name}"));
        let found = json!([found["type"], found["scheme"], found["in"], found["name"]]);
        assert_eq!(found, scheme);
        for (method, path, operation) in document.operations() {
            assert_eq!(
                operation["security"],
                json!([{ name: [] }]),
                "{method} {path}"
            );
        }
    }
}

#[test]
fn lists_and_objects_in_a_query_have_their_encoding() {
    let truto = Document::read(Api::Truto);
    for (_, path, operation) in truto.operations() {
        let id = operation["operationId"].as_str().unwrap_or_default();
        let fields = truto.parameter(id, "truto_exclude_fields[]");
        assert_eq!(fields["style"], "form", "{path}");
        assert_eq!(fields["explode"], true, "{path}");
        let remote = truto.parameter(id, "remote_query");
        assert_eq!(remote["style"], "deepObject", "{path}");
    }
    let workspace = truto.parameter("contacts_create", "workspace");
    assert_eq!(workspace["style"], "deepObject");
    assert_eq!(workspace["schema"]["required"], json!(["id"]));
    let ids = truto.parameter("contacts_batch_delete", "id[]");
    assert_eq!(ids["style"], "form");
}

#[test]
fn every_truto_operation_names_the_connected_account() {
    let truto = Document::read(Api::Truto);
    for (method, path, operation) in truto.operations() {
        let id = operation["operationId"].as_str().unwrap_or_default();
        let account = truto.parameter(id, "integrated_account_id");
        assert_eq!(account["required"], true, "{method} {path}");
        assert_eq!(account["schema"]["format"], "uuid", "{method} {path}");
        assert_eq!(account["in"], "query", "{method} {path}");
    }
}

#[test]
fn a_write_to_an_existing_contact_takes_an_etag_in_the_query() {
    let truto = Document::read(Api::Truto);
    for id in ["contacts_update", "contacts_delete"] {
        let etag = truto.parameter(id, "etag");
        assert_eq!(etag["in"], "query");
        assert_ne!(etag["required"], true);
        assert!(etag["x-assumed"].is_string());
    }
}

#[test]
fn lists_say_how_they_are_paged() {
    let truto = Document::read(Api::Truto);
    for id in ["contacts_list", "leads_list"] {
        let pagination = &truto.operation(id)["x-pagination"];
        for value in ["next_cursor", "/next_cursor", "/result", "limit"] {
            assert!(holds(pagination, value), "{id}: {value} in {pagination}");
        }
        for name in ["next_cursor", "limit", "truto_key_by", "truto_ignore_limit"] {
            assert_eq!(truto.parameter(id, name)["in"], "query", "{id}: {name}");
        }
    }
    let thelinks = Document::read(Api::TheLinks);
    let pagination = &thelinks.operation("contacts_list")["x-pagination"];
    for value in ["page", "/data", "/totalPages", "limit"] {
        assert!(holds(pagination, value), "{value} in {pagination}");
    }
}

fn holds(object: &serde_json::Value, value: &str) -> bool {
    object
        .as_object()
        .is_some_and(|object| object.values().any(|found| found == value))
}

#[test]
fn thelinks_pages_are_counted_from_one_and_hold_ten_contacts() {
    let thelinks = Document::read(Api::TheLinks);
    let page = &thelinks.parameter("contacts_list", "page")["schema"];
    assert_eq!(
        [&page["type"], &page["default"]],
        [&json!("integer"), &json!(1)]
    );
    let limit = &thelinks.parameter("contacts_list", "limit")["schema"];
    assert_eq!(
        [
            &limit["type"],
            &limit["default"],
            &limit["minimum"],
            &limit["maximum"]
        ],
        [&json!("integer"), &json!(10), &json!(1), &json!(100)]
    );
}

#[test]
fn every_documented_error_of_truto_has_the_same_body() {
    let truto = Document::read(Api::Truto);
    for (method, path, operation) in truto.operations() {
        let id = operation["operationId"].as_str().unwrap_or_default();
        let mut statuses: Vec<&str> = operation["responses"]
            .as_object()
            .into_iter()
            .flatten()
            .map(|(status, _)| status.as_str())
            .collect();
        statuses.sort_unstable();
        let mut expected = vec![
            "200", "400", "401", "403", "404", "405", "409", "422", "429", "500", "502", "503",
            "504",
        ];
        if method == "GET" {
            expected.retain(|status| *status != "405");
        }
        assert_eq!(statuses, expected, "{method} {path}");
        for status in &expected[1..] {
            let body = truto.resolve(truto.response(id, status));
            assert_eq!(
                body,
                truto.at("/components/schemas/ErrorBody"),
                "{path} {status}"
            );
        }
    }
}

#[test]
fn answers_of_truto_carry_the_rate_limit() {
    let truto = Document::read(Api::Truto);
    for (method, path, operation) in truto.operations() {
        for status in ["200", "429"] {
            let headers = &operation["responses"][status]["headers"];
            for name in ["ratelimit-limit", "ratelimit-remaining", "ratelimit-reset"] {
                assert!(
                    headers[name].is_object(),
                    "{method} {path} {status}: {name}"
                );
            }
        }
        let retry_after = &operation["responses"]["429"]["headers"]["Retry-After"];
        assert_eq!(retry_after["schema"]["type"], "string", "{method} {path}");
    }
}

#[test]
fn retries_and_quotas_are_the_documented_ones() {
    let truto = Document::read(Api::Truto);
    let retry = truto.at("/x-retry");
    assert_eq!(retry["statuses"], json!([429, 502, 504]));
    for never in [400, 401, 403, 404, 405, 409, 422, 503] {
        let listed = retry["never"].as_array().into_iter().flatten();
        assert!(listed.into_iter().any(|status| *status == never), "{never}");
    }
    assert_eq!(retry["idempotency-header"], "Idempotency-Key");
    assert_eq!(retry["remote-error-pointer"], "/truto_is_remote_error");
    assert_eq!(
        quotas(&truto),
        ["credential: 500 in 10 s", "account: 50 in 10 s"]
    );

    let contact_update = Document::read(Api::ContactUpdate);
    assert_eq!(contact_update.at("/x-retry")["statuses"], json!([429]));
    assert_eq!(
        quotas(&contact_update),
        ["credential: 40 in 2 s", "account: 25 in 60 s"]
    );

    let thelinks = Document::read(Api::TheLinks);
    assert!(thelinks.value.get("x-retry").is_none());
    assert!(thelinks.value.get("x-quotas").is_none());
}

fn quotas(document: &Document) -> Vec<String> {
    document
        .at("/x-quotas")
        .as_array()
        .into_iter()
        .flatten()
        .map(|quota| {
            let per = quota["per"].as_str().unwrap_or_default();
            format!("{per}: {} in {} s", quota["requests"], quota["seconds"])
        })
        .collect()
}
