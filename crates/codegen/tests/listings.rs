//! What a document says about paging becomes a stream of the builder, or is refused by its pointer.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use codegen::generate::{Settings, generate};
use serde_json::{Value, json};

/// The builder of a listing whose answer has its items and what says how to go on one level down.
fn builder(pagination: &Value) -> Result<String, String> {
    let document = json!({
        "openapi": "3.0.3",
        "info": {"title": "Pings", "version": "1"},
        "paths": {"/pings": {"get": {
            "operationId": "pings",
            "x-pagination": pagination,
            "parameters": [
                {"name": "after", "in": "query", "schema": {"type": "string"}},
                {"name": "page", "in": "query", "schema": {"type": "integer"}},
                {"name": "filter", "in": "query", "style": "deepObject", "explode": true, "schema": {"type": "object"}},
                {"name": "shard", "in": "query", "required": true, "schema": {"type": "string"}},
            ],
            "responses": {"200": {"description": "A page.", "content": {"application/json": {"schema": {
                "type": "object",
                "properties": {
                    "page": {"type": "object", "properties": {
                        "pings": {"type": "array", "items": {"type": "object", "properties": {"at": {"type": "string"}}}},
                        "names": {"type": "array", "items": {"type": "string"}},
                    }},
                    "paging": {"type": "object", "properties": {
                        "after": {"type": "string"},
                        "pages": {"type": "integer"},
                        "is_short": {"type": "boolean"},
                        "next": {"type": "string", "nullable": true},
                    }},
                },
            }}}}},
        }}},
    });
    match generate(&document, &Settings::new("pings-client")) {
        Ok(generated) => {
            let lines = generated.files["src/builder/pings.rs"].lines();
            Ok(lines.map(str::trim).collect())
        }
        Err(refusals) => Err(refusals.to_string()),
    }
}

#[test]
fn pointers_lead_through_the_answer() {
    let cursor = json!({"type": "cursor", "parameter": "after", "next": "/paging/after", "items": "/page/pings"});
    let page = json!({"type": "page", "parameter": "page", "totalPages": "/paging/pages", "items": "/page/names",
        "partial": "/paging/is_short"});
    let cursor = builder(&cursor).unwrap();
    assert!(
        cursor.contains("pub fn stream(") && cursor.contains("Listing<types::"),
        "{cursor}"
    );
    let page = builder(&page).unwrap();
    assert!(page.contains("Listing<String, "), "{page}");
    assert!(page.contains("next_page("), "{page}");
}

#[test]
fn offsets_are_counted_until_a_total_or_a_flag_ends_them() {
    let offset = json!({"type": "offset", "parameter": "page", "total": "/paging/pages", "items": "/page/pings"});
    let offset = builder(&offset).unwrap();
    assert!(
        offset.contains("next_offset(cursor.as_deref(), end, count)"),
        "{offset}"
    );
    assert!(offset.contains("total: page.paging"), "{offset}");
    let more = json!({"type": "offset", "parameter": "page", "hasMore": "/paging/is_short", "items": "/page/pings"});
    let more = builder(&more).unwrap();
    assert!(more.contains("total: None"), "{more}");
    assert!(more.contains("has_more: page.paging"), "{more}");
}

#[test]
fn pages_may_be_numbered_from_zero() {
    let page = json!({"type": "page", "parameter": "page", "first": 0, "items": "/page/pings"});
    let page = builder(&page).unwrap();
    assert!(page.contains("cursor.as_deref(),0i64,end,"), "{page}");
}

#[test]
fn links_are_followed_from_the_body_or_the_head_without_a_parameter() {
    let body = json!({"type": "link", "next": "/paging/next", "items": "/page/pings"});
    let body = builder(&body).unwrap();
    assert!(body.contains("request.follow(cursor);"), "{body}");
    assert!(body.contains("pub fn stream(self,)"), "{body}");
    let head = builder(&json!({"type": "link", "items": "/page/pings"})).unwrap();
    assert!(
        head.contains("client_runtime::next_link(answer.headers())"),
        "{head}"
    );
}

#[test]
fn an_answer_may_be_the_list_itself() {
    let document = json!({
        "openapi": "3.0.3",
        "info": {"title": "Pings", "version": "1"},
        "paths": {"/pings": {"get": {
            "operationId": "pings",
            "x-pagination": {"type": "link", "items": ""},
            "responses": {"200": {"description": "A page.", "content": {"application/json": {"schema": {
                "type": "array", "items": {"type": "object", "properties": {"at": {"type": "string"}}},
            }}}}},
        }}},
    });
    let generated = generate(&document, &Settings::new("pings-client")).unwrap();
    let builder = &generated.files["src/builder/pings.rs"];
    let answers = "ResponseValue<client_runtime::Items<types::PingsResponseItem>>";
    assert!(builder.contains(answers), "{builder}");
    assert!(builder.contains("= page;"), "{builder}");
    assert!(!generated.files.contains_key("src/types/pings_response.rs"));
}

#[test]
fn an_operation_that_is_no_listing_has_no_stream() {
    for pagination in [
        Value::Null,
        json!({"style": "of another program", "items": "/nowhere"}),
    ] {
        let builder = builder(&pagination).unwrap();
        assert!(!builder.contains("Listing"), "{builder}");
    }
}

#[test]
fn what_does_not_fit_the_operation_is_refused_by_its_pointer() {
    for (pagination, key) in [
        (
            json!({"type": "page", "parameter": "page", "first": 2, "items": "/page/pings"}),
            "first",
        ),
        (
            json!({"type": "page", "parameter": "page", "totalPages": 3, "items": "/page/pings"}),
            "totalPages",
        ),
        (
            json!({"type": "offset", "parameter": "page", "total": "/page", "items": "/page/pings"}),
            "total",
        ),
        (
            json!({"type": "offset", "parameter": "page", "hasMore": "/paging/after", "items": "/page/pings"}),
            "hasMore",
        ),
        (
            json!({"type": "offset", "items": "/page/pings"}),
            "parameter",
        ),
        (
            json!({"type": "link", "next": "/paging/pages", "items": "/page/pings"}),
            "next",
        ),
        (json!({"type": "link", "items": ""}), "items"),
    ] {
        let refusal = builder(&pagination).unwrap_err();
        let pointer = format!("/paths/~1pings/get/x-pagination/{key}");
        assert!(refusal.contains(&pointer), "{pagination}: {refusal}");
    }
    let right = json!({"type": "cursor", "parameter": "after", "next": "/paging/after", "items": "/page/pings"});
    for (key, wrong) in [
        ("parameter", json!("before")),
        ("parameter", json!("filter")),
        ("parameter", json!("shard")),
        ("parameter", Value::Null),
        ("items", json!("/page")),
        ("items", json!("/page/pongs")),
        ("items", json!("page/pings")),
        ("items", Value::Null),
        ("next", json!("/paging/is_short")),
        ("next", json!("/paging")),
        ("partial", json!("/paging/after")),
    ] {
        let mut pagination = right.clone();
        pagination[key] = wrong.clone();
        let refusal = builder(&pagination).unwrap_err();
        let pointer = format!("/paths/~1pings/get/x-pagination/{key}");
        assert!(refusal.contains(&pointer), "{wrong}: {refusal}");
    }
}
