//! How long two documents of 1,000 operations take, beside reading their texts.

#![expect(clippy::print_stdout, reason = "a benchmark prints what it measured")]

use std::hint::black_box;
use std::time::{Duration, Instant};

use serde_json::{Map, Value, json};

const OPERATIONS: usize = 1_000;
const FIELDS: usize = 30;
const ROUNDS: usize = 5;

/// A document whose every operation sends and answers a schema of its own; every tenth field is `kind`.
fn document(kind: &str) -> String {
    let (mut paths, mut schemas) = (Map::new(), Map::new());
    for number in 0..OPERATIONS {
        let named = json!({"$ref": format!("#/components/schemas/Schema{number}")});
        paths.insert(
            format!("/path/{number}"),
            json!({"post": {
                "operationId": format!("operation_{number}"),
                "requestBody": {"content": {"application/json": {"schema": named}}},
                "responses": {"200": {"description": "It.", "content": {"application/json": {"schema": named}}}}
            }}),
        );
        let properties: Map<String, Value> = (0..FIELDS)
            .map(|field| {
                let kind = if field % 10 == 0 { kind } else { "string" };
                let schema = json!({"type": kind, "description": format!("What field {field} is."), "x-integrations": {"Snail": "supported", "Heron": "required"}});
                (format!("field_{field}"), schema)
            })
            .collect();
        schemas.insert(
            format!("Schema{number}"),
            json!({"type": "object", "properties": properties}),
        );
    }
    json!({"openapi": "3.0.3", "info": {"title": "Large", "version": "1"}, "paths": paths, "components": {"schemas": schemas}}).to_string()
}

fn least(mut work: impl FnMut()) -> Duration {
    (0..ROUNDS)
        .map(|_| {
            let start = Instant::now();
            work();
            start.elapsed()
        })
        .min()
        .unwrap_or_default()
}

fn main() {
    let (old, new) = (document("string"), document("integer"));
    let read = || {
        let value = |text: &str| serde_json::from_str::<Value>(text).unwrap_or_default();
        (value(&old), value(&new))
    };
    let reading = least(|| {
        black_box(read());
    });
    let (before, after) = read();
    let mut changes = 0;
    let comparing = least(|| {
        changes = black_box(specdiff::compare(&before, &after)).changes.len();
    });
    println!(
        "{OPERATIONS} operations, {} fields, {} and {} bytes, {changes} changes",
        OPERATIONS * FIELDS,
        old.len(),
        new.len()
    );
    println!("reading both    {reading:>12.2?}");
    println!(
        "comparing them  {comparing:>12.2?}  {:.2} times reading",
        comparing.as_secs_f64() / reading.as_secs_f64()
    );
}
