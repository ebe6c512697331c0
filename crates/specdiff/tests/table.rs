//! Every rule, both ways round, with both levels: the tables under `rules/` say what is expected.

#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a table that cannot be read fails the test"
)]

use std::collections::BTreeSet;

use serde_json::{Value, json};
use specdiff::{RustLevel, WireLevel, compare};

fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(|line| line.split(" | ").collect())
}

fn wire(letter: char) -> WireLevel {
    match letter {
        'B' => WireLevel::Breaking,
        'W' => WireLevel::Warning,
        'I' => WireLevel::Info,
        other => panic!("`{other}` is no level on the wire"),
    }
}

fn rust(letter: char) -> RustLevel {
    match letter {
        'M' => RustLevel::Major,
        'm' => RustLevel::Minor,
        'p' => RustLevel::Patch,
        other => panic!("`{other}` is no level in Rust"),
    }
}

/// `BI IB`: there sent, there answered; back sent, back answered.
fn letters(cell: &str) -> Vec<char> {
    cell.chars().filter(|letter| *letter != ' ').collect()
}

/// Says what differs between what is found and the one change that is expected.
fn judged(
    old: &Value,
    new: &Value,
    expected: (&str, WireLevel, RustLevel),
    seen: &mut BTreeSet<String>,
) -> Option<String> {
    let comparison = compare(old, new);
    let found: Vec<(String, WireLevel, RustLevel)> = comparison
        .changes
        .iter()
        .map(|change| (change.rule.id(), change.wire, change.rust))
        .collect();
    let expected = (expected.0.to_owned(), expected.1, expected.2);
    seen.insert(expected.0.clone());
    (found != [expected.clone()]).then(|| format!("expected {expected:?}\n   found {found:?}"))
}

/// A document with this schema in one place. `Snail` is an integration that both documents know.
fn document(slot: &str, schema: &Value) -> Value {
    let object = json!({"type": "object", "properties": {"slot": schema, "kept": {"type": "string", "x-integrations": {"Snail": "supported"}}}});
    let text = json!({"type": "string", "x-integrations": {"Snail": "supported"}});
    let is = |wanted: &str| slot == wanted;
    let sent = if is("request-property") {
        object.clone()
    } else if is("request-body") {
        schema.clone()
    } else if is("shared-property") {
        json!({"$ref": "#/components/schemas/Slot"})
    } else {
        text.clone()
    };
    let answered = if is("response-property") {
        object.clone()
    } else if is("response-body") {
        schema.clone()
    } else if is("shared-property") {
        json!({"$ref": "#/components/schemas/Slot"})
    } else {
        text.clone()
    };
    let parameter = |place: &str| {
        if is(&format!("{place}-parameter")) {
            schema.clone()
        } else {
            text.clone()
        }
    };
    let header = if is("response-header") {
        schema.clone()
    } else {
        text.clone()
    };
    json!({
        "openapi": "3.0.3",
        "info": {"title": "Slots", "version": "1"},
        "paths": {"/slots": {"put": {
            "operationId": "slots_put",
            "parameters": [
                {"name": "query", "in": "query", "schema": parameter("query")},
                {"name": "X-Header", "in": "header", "schema": parameter("header")},
                {"name": "cookie", "in": "cookie", "schema": parameter("cookie")}
            ],
            "requestBody": {"required": true, "content": {"application/json": {"schema": sent}}},
            "responses": {"200": {
                "description": "It.",
                "headers": {"X-Answer": {"schema": header}},
                "content": {"application/json": {"schema": answered}}
            }}
        }}},
        "components": {"schemas": if is("shared-property") { json!({"Slot": object}) } else { json!({}) }}
    })
}

#[test]
fn every_rule_about_a_schema_has_its_levels_wherever_the_schema_stands() {
    let mut seen = BTreeSet::new();
    let mut wrong = Vec::new();
    for row in rows(include_str!("rules/schemas.txt")) {
        let [rules, before, after, wires, rusts] = row.as_slice() else {
            panic!("not five cells: {row:?}");
        };
        let (there, back) = rules.split_once(" / ").unwrap();
        let (before, after): (Value, Value) = (
            serde_json::from_str(before).unwrap(),
            serde_json::from_str(after).unwrap(),
        );
        let (wires, rusts) = (letters(wires), letters(rusts));
        // The slot, and which of the letters count there.
        let slots: [(&str, &[usize], &[usize]); 8] = [
            ("request-property", &[0], &[0]),
            ("response-property", &[1], &[1]),
            ("shared-property", &[0, 1], &[0, 1]),
            ("request-body", &[0], &[0]),
            ("response-body", &[1], &[1]),
            ("query-parameter", &[0], &[0]),
            ("header-parameter", &[0], &[0]),
            ("response-header", &[1], &[]),
        ];
        for (slot, wire_letters, rust_letters) in slots {
            for (way, rule, from, to) in [(0, there, &before, &after), (2, back, &after, &before)] {
                let wire = wire_letters
                    .iter()
                    .map(|index| wire(wires[way + index]))
                    .max()
                    .unwrap();
                let rust = rust_letters
                    .iter()
                    .map(|index| rust(rusts[way + index]))
                    .max()
                    .unwrap_or(RustLevel::Patch);
                let rule = format!("{slot}-{rule}");
                let (from, to) = (document(slot, from), document(slot, to));
                if let Some(message) = judged(&from, &to, (&rule, wire, rust), &mut seen) {
                    wrong.push(format!("{slot}: {row:?}\n{message}"));
                }
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "{} wrong:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
    assert!(seen.len() >= 200, "only {} rules were tried", seen.len());
}

#[test]
fn every_rule_about_the_fields_of_an_object_has_its_levels() {
    let mut seen = BTreeSet::new();
    let mut wrong = Vec::new();
    for row in rows(include_str!("rules/fields.txt")) {
        let [rules, before, after, wires, rusts] = row.as_slice() else {
            panic!("not five cells: {row:?}");
        };
        let (there, back) = rules.split_once(" / ").unwrap();
        let (wires, rusts) = (letters(wires), letters(rusts));
        let document = |direction: &str, schema: &str| {
            let named = json!({"$ref": "#/components/schemas/Slot"});
            let sent = if direction == "response" {
                json!({"type": "string"})
            } else {
                named.clone()
            };
            let answered = if direction == "request" {
                json!({"type": "string"})
            } else {
                named
            };
            json!({
                "openapi": "3.0.3",
                "info": {"title": "Slots", "version": "1"},
                "paths": {"/slots": {"put": {
                    "operationId": "slots_put",
                    "requestBody": {"content": {"application/json": {"schema": sent}}},
                    "responses": {"200": {"description": "It.", "content": {"application/json": {"schema": answered}}}}
                }}},
                "components": {"schemas": {
                    "Slot": serde_json::from_str::<Value>(schema).unwrap(),
                    "Left": {"type": "object", "properties": {"id": {"type": "string"}}},
                    "Right": {"type": "object", "properties": {"id": {"type": "string"}}},
                    "Word": {"type": "string"},
                    "Term": {"type": "string"}
                }}
            })
        };
        let directions: [(&str, &[usize]); 3] =
            [("request", &[0]), ("response", &[1]), ("shared", &[0, 1])];
        for (direction, counting) in directions {
            for (way, rule, from, to) in [(0, there, before, after), (2, back, after, before)] {
                let wire = counting
                    .iter()
                    .map(|index| wire(wires[way + index]))
                    .max()
                    .unwrap();
                let rust = counting
                    .iter()
                    .map(|index| rust(rusts[way + index]))
                    .max()
                    .unwrap();
                let rule = format!("{direction}-{rule}");
                let (from, to) = (document(direction, from), document(direction, to));
                if let Some(message) = judged(&from, &to, (&rule, wire, rust), &mut seen) {
                    wrong.push(format!("{direction}: {row:?}\n{message}"));
                }
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "{} wrong:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

/// The document that `rules/documents.txt` edits.
fn base() -> Value {
    json!({
        "openapi": "3.0.3",
        "info": {"title": "Things", "version": "1"},
        "x-retry": {"statuses": [429]},
        "x-quotas": [{"per": "credential", "requests": 9, "seconds": 1}],
        "servers": [{"url": "https://api.example"}],
        "paths": {
            "/ping": {"get": {"operationId": "ping", "responses": {"204": {"description": "Here."}}}},
            "/things": {
                "get": {
                    "operationId": "things_list",
                    "parameters": [
                        {"name": "search", "in": "query", "description": "What to look for.", "schema": {"type": "string"}, "x-integrations": {"Snail": "supported"}},
                        {"name": "store", "in": "query", "required": true, "description": "Where to look.", "schema": {"type": "string", "default": "x"}, "x-integrations": {"Snail": "supported"}},
                        {"name": "X-Trace", "in": "header", "description": "Names the call.", "schema": {"type": "string"}},
                        {"name": "flavour", "in": "cookie", "description": "What the shop has.", "schema": {"type": "string"}},
                        {"name": "kinds", "in": "query", "description": "Which kinds.", "schema": {"type": "array", "items": {"type": "string"}}}
                    ],
                    "responses": {"200": {"description": "Some.", "content": {"application/json": {"schema": {"type": "object", "properties": {"items": {"type": "array", "items": {"type": "string"}}}}}}}}
                },
                "post": {
                    "operationId": "things_create",
                    "summary": "Words.",
                    "description": "Words.",
                    "x-colour": "red",
                    "x-assumed": "no page says so",
                    "x-source": {"page": "pages/things.md", "line": 3},
                    "x-notes": [{"text": "Words.", "x-source": {"page": "pages/things.md", "line": 4}}],
                    "security": [{"token": []}],
                    "requestBody": {"required": true, "content": {"application/json": {"schema": {"type": "object", "properties": {"a": {"type": "string"}}}}}},
                    "responses": {"204": {"description": "Done."}}
                }
            },
            "/things/{id}": {"get": {
                "operationId": "things_get",
                "parameters": [{"name": "id", "in": "path", "required": true, "schema": {"type": "string"}}],
                "responses": {"200": {"description": "It."}}
            }},
            "/lists": {"get": {
                "operationId": "lists",
                "x-pagination": {"type": "page", "page": "page", "items": "/items"},
                "responses": {"200": {"description": "Some.", "content": {"application/json": {"schema": {"type": "object", "properties": {"items": {"type": "array", "items": {"type": "string"}}, "others": {"type": "array", "items": {"type": "integer"}}}}}}}}
            }},
            "/records": {"get": {
                "operationId": "records",
                "responses": {"200": {"description": "Some.", "content": {"application/json": {"schema": {"type": "object", "properties": {"items": {"type": "array", "items": {"$ref": "#/components/schemas/Record"}}}}}}}}
            }},
            "/plain": {"post": {
                "operationId": "plain",
                "requestBody": {"required": true, "content": {"text/plain": {"schema": {"type": "string"}}}},
                "responses": {"204": {"description": "Done."}}
            }},
            "/several": {"get": {
                "operationId": "several",
                "responses": {
                    "200": {"description": "It.", "headers": {"X-A": {"schema": {"type": "string"}}}, "content": {"application/json": {"schema": {"type": "string"}}}},
                    "201": {"description": "New.", "content": {"application/json": {"schema": {"type": "integer"}}}},
                    "400": {"description": "Wrong."}
                }
            }},
            "/orders": {"post": {
                "operationId": "orders",
                "parameters": [{"name": "colour", "in": "query", "schema": {"$ref": "#/components/schemas/Colour"}}],
                "requestBody": {"required": true, "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Order"}}}},
                "responses": {"204": {"description": "Done."}}
            }}
        },
        "components": {
            "securitySchemes": {
                "token": {"type": "http", "scheme": "bearer"},
                "key": {"type": "apiKey", "in": "header", "name": "X-Key"}
            },
            "schemas": {
                "Idle": {"type": "string"},
                "Colour": {"type": "string", "enum": ["red", "blue"]},
                "Order": {"type": "object", "properties": {"id": {"type": "string"}}},
                "Record": {"type": "object", "properties": {"id": {"type": "string"}}},
                "Twin": {"type": "object", "properties": {"a": {"type": "string"}}}
            }
        }
    })
}

/// Sets or removes what stands at a pointer.
fn edit(document: &mut Value, pointer: &str, value: Option<Value>) {
    let (parent, key) = pointer.rsplit_once('/').unwrap();
    let key = key.replace("~1", "/").replace("~0", "~");
    match (document.pointer_mut(parent), value) {
        (Some(Value::Object(object)), Some(value)) => {
            object.insert(key, value);
        }
        (Some(Value::Object(object)), None) => {
            object.remove(&key).expect("something to remove");
        }
        (Some(Value::Array(list)), Some(value)) => {
            let index: usize = key.parse().unwrap();
            if index < list.len() {
                list[index] = value;
            } else {
                list.push(value);
            }
        }
        (place, _) => panic!("cannot edit {pointer} in {place:?}"),
    }
}

#[test]
fn every_rule_about_operations_and_the_api_has_its_levels() {
    let mut seen = BTreeSet::new();
    let mut wrong = Vec::new();
    let old = base();
    for row in rows(include_str!("rules/documents.txt")) {
        let [rules, edits, wires, rusts] = row.as_slice() else {
            panic!("not four cells: {row:?}");
        };
        let (there, back) = rules.split_once(" / ").unwrap();
        let (wires, rusts) = (letters(wires), letters(rusts));
        let mut new = old.clone();
        for one in edits.split(" & ") {
            let (pointer, value) = one.split_once(' ').unwrap();
            let value = (value != "gone").then(|| serde_json::from_str(value).unwrap());
            edit(&mut new, pointer, value);
        }
        let ways = [(0, there, &old, &new), (1, back, &new, &old)];
        for (way, rule, from, to) in ways {
            let expected = (rule, wire(wires[way]), rust(rusts[way]));
            if let Some(message) = judged(from, to, expected, &mut seen) {
                wrong.push(format!("{row:?}\n{message}"));
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "{} wrong:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

#[test]
fn every_kind_of_change_is_in_a_table() {
    let tables = [
        include_str!("rules/schemas.txt"),
        include_str!("rules/fields.txt"),
        include_str!("rules/documents.txt"),
    ];
    let tried: Vec<&str> = tables
        .into_iter()
        .flat_map(rows)
        .flat_map(|row| row[0].split(" / ").collect::<Vec<_>>())
        .collect();
    let missing: Vec<&str> = specdiff::Aspect::ALL
        .iter()
        .map(|aspect| aspect.id())
        // Two of them have a test of their own, since they never come alone.
        .filter(|id| !["now-answered-too", "no-longer-answered"].contains(id))
        .filter(|id| !tried.iter().any(|rule| rule.ends_with(id)))
        .collect();
    assert!(missing.is_empty(), "in no table: {missing:?}");
}

#[test]
fn a_schema_that_is_answered_too_has_another_type_for_requests() {
    let old = base();
    let mut new = base();
    edit(
        &mut new,
        "/paths/~1orders/post/responses/200",
        Some(
            json!({"description": "It.", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Order"}}}}),
        ),
    );
    let ids = |old: &Value, new: &Value| -> Vec<(String, RustLevel)> {
        let changes = compare(old, new).changes;
        changes
            .iter()
            .map(|change| (change.rule.id(), change.rust))
            .collect()
    };
    assert_eq!(
        ids(&old, &new),
        [
            (
                "request-schema-now-answered-too".to_owned(),
                RustLevel::Major
            ),
            ("response-success-added".to_owned(), RustLevel::Major),
        ]
    );
    assert_eq!(
        ids(&new, &old)[0],
        (
            "request-schema-no-longer-answered".to_owned(),
            RustLevel::Major
        )
    );
}
