//! A made-up document in which no rule finds anything, and looking at documents and pages.

use std::collections::BTreeMap;

use docspec::lint::{self, Finding, Input};
use docspec::text::Text;
use docspec::vocabulary::Vocabulary;
use serde_json::{Value, json};

/// A document in which no rule finds anything.
pub(crate) fn clean() -> Value {
    let list_of_boats = json!({
        "type": "object",
        "properties": {
            "result": { "type": "array", "description": "The boats.", "items": { "$ref": "#/components/schemas/Boat" } },
            "next_cursor": { "type": "string", "nullable": true, "description": "Where the next page starts." },
        },
    });
    let body = |schema: Value| json!({ "application/json": { "schema": schema } });
    let boat = || body(json!({ "$ref": "#/components/schemas/Boat" }));
    let failure = json!({ "description": "Something is wrong.", "content": body(json!({ "$ref": "#/components/schemas/Failure" })) });
    let integrations = || json!({ "Northquay": "supported", "Southpier": "supported" });
    json!({
        "openapi": "3.0.3",
        "info": { "title": "Harbour", "version": "1" },
        "servers": [{ "url": "https://api.harbour.org" }],
        "paths": {
            "/boats": {
                "get": {
                    "summary": "List boats",
                    "operationId": "boats_list",
                    "security": [{ "key": [] }],
                    "parameters": [{
                        "name": "cursor", "in": "query", "description": "Where the page starts.",
                        "schema": { "type": "string" }, "x-source": { "page": "pages/list.md", "line": 9 },
                    }],
                    "responses": {
                        "200": { "description": "One page.", "content": body(list_of_boats) },
                        "400": failure,
                    },
                    "x-pagination": { "type": "cursor", "parameter": "cursor", "next": "/next_cursor", "items": "/result" },
                    "x-source": { "page": "pages/list.md", "line": 5 },
                },
                "post": {
                    "summary": "Add a boat",
                    "operationId": "boats_create",
                    "security": [{ "key": [] }],
                    "requestBody": { "required": true, "content": body(json!({ "$ref": "#/components/schemas/BoatInput" })) },
                    "responses": { "200": { "description": "The boat.", "content": boat() }, "400": failure },
                    "x-integrations": integrations(),
                    "x-source": { "page": "pages/create.md", "line": 5 },
                },
            },
            "/boats/{id}": {
                "patch": {
                    "summary": "Change a boat",
                    "operationId": "boats_update",
                    "security": [{ "key": [] }],
                    "parameters": [{
                        "name": "id", "in": "path", "required": true, "description": "Which boat.",
                        "schema": { "type": "string" }, "x-source": { "page": "pages/update.md", "line": 9 },
                    }],
                    "requestBody": { "required": true, "content": body(boat_input(20)) },
                    "responses": { "200": { "description": "The boat.", "content": boat() }, "400": failure },
                    "x-integrations": integrations(),
                    "x-source": { "page": "pages/update.md", "line": 5 },
                },
            },
        },
        "components": {
            "schemas": {
                "Boat": boat_input(50),
                "BoatInput": boat_input(80),
                "Failure": {
                    "type": "object",
                    "properties": { "message": { "type": "string", "description": "What is wrong." } },
                },
            },
            "securitySchemes": { "key": { "type": "http", "scheme": "bearer" } },
        },
    })
}

/// The fields of a boat, the first of them on this line of its page.
fn boat_input(line: u64) -> Value {
    let source = |offset: u64| json!({ "page": "pages/boats.md", "line": line + offset });
    let integrations = json!({ "Northquay": "supported", "Southpier": "required" });
    json!({
        "type": "object",
        "properties": {
            "harbour_name": { "type": "string", "description": "Where it lies.", "x-integrations": integrations, "x-source": source(0) },
            "rigging": { "type": "string", "description": "How it is rigged.", "enum": ["sloop", "ketch"], "x-source": source(2) },
            "draught": { "type": "number", "description": "In metres.", "minimum": 0, "maximum": 20, "x-source": source(4) },
            "built_at": { "type": "string", "format": "date-time", "description": "When it was built.", "x-source": source(6) },
            "skipper": {
                "type": "object",
                "description": "Who sails it.",
                "properties": { "id": { "type": "string", "description": "The skipper's id." } },
                "x-integrations": integrations,
                "x-source": source(8),
            },
        },
        "x-source": source(0),
    })
}

/// Puts a value at a pointer; the object around it must be there. Nothing takes the value out.
pub(crate) fn put(document: &mut Value, pointer: &str, value: impl Into<Option<Value>>) {
    let (parent, key) = pointer.rsplit_once('/').unwrap();
    let key = key.replace("~1", "/").replace("~0", "~");
    let parent = document
        .pointer_mut(parent)
        .unwrap_or_else(|| panic!("nothing at {parent}"));
    match (parent, value.into()) {
        (Value::Object(object), Some(value)) => {
            object.insert(key, value);
        }
        (Value::Object(object), None) => {
            object.shift_remove(&key).unwrap();
        }
        (Value::Array(list), Some(value)) => list[key.parse::<usize>().unwrap()] = value,
        (other, _) => panic!("{other} has no keys"),
    }
}

/// The findings in a document without pages.
pub(crate) fn in_document(document: &Value) -> Vec<Finding> {
    lint::findings(Input {
        document,
        document_name: "openapi.json",
        pages: &[],
        texts: &BTreeMap::new(),
        vocabulary: &Vocabulary::default(),
        idle: &[],
    })
}

/// The findings in one page, read with the splits of the vocabulary.
pub(crate) fn in_page(page: &str, vocabulary: &str) -> Vec<Finding> {
    let texts = BTreeMap::from([("page".to_owned(), Text::new(page))]);
    let vocabulary = Vocabulary::parse(vocabulary).unwrap();
    lint::of_pages(&texts, None, &vocabulary).unwrap_or_else(|wrong| panic!("{wrong:#?}"))
}

/// The findings of a rule.
pub(crate) fn of<'f>(findings: &'f [Finding], rule: &str) -> Vec<&'f Finding> {
    assert!(lint::named(rule).is_some(), "no rule is called {rule}");
    findings
        .iter()
        .filter(|finding| finding.rule.name == rule)
        .collect()
}
