//! Spoilt documents are normalised and printed, or refused: nothing panics, and what is printed is Rust.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::{fs, path::Path};

use bad_input::document::spoil;
use codegen::{
    document::{self, Format},
    normalise::normalise,
    print,
};
use serde_json::{Value, json};

const DOCUMENTS: [&str; 7] = [
    "crm",
    "composition",
    "names",
    "parameters",
    "references",
    "newer",
    "repairs",
];

fn source(name: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/normalise")
        .join(name)
        .with_extension("yaml");
    document::parse(&fs::read_to_string(path).unwrap(), Format::Yaml).unwrap()
}

/// Whether the pointer names a place of the document, or what is missing in one.
fn is_in(document: &Value, pointer: &str) -> bool {
    let parent = pointer.rsplit_once('/').map_or("", |(parent, _)| parent);
    document.pointer(pointer).is_some() || document.pointer(parent).is_some()
}

#[test]
fn spoilt_documents_are_refused_with_a_reason_or_printed_as_rust() {
    let sources = DOCUMENTS.map(source);
    let (mut refused, mut printed) = (0, 0);
    for seed in 0..10_000_u64 {
        let source = &sources[usize::try_from(seed).unwrap() % sources.len()];
        let spoilt = spoil(source, &mut fastrand::Rng::with_seed(seed));
        match normalise(&spoilt) {
            Err(refusals) => {
                refused += 1;
                for refusal in &refusals {
                    assert_ne!(refusal.rule, "normalise", "seed {seed}: a rule panicked");
                    assert!(
                        is_in(&spoilt, &refusal.pointer),
                        "seed {seed}: {refusal} is not in the document"
                    );
                    assert!(!refusal.expected.is_empty() && !refusal.fix.is_empty());
                }
            }
            // Printing is the slow part, and sound input for it is what normalising promises.
            Ok(normalised) if seed % 40 == 0 => {
                let code = print::client(&normalised)
                    .unwrap_or_else(|refusals| panic!("seed {seed}: {refusals}"));
                syn::parse_file(&code).unwrap();
                printed += 1;
            }
            Ok(normalised) => {
                for change in &normalised.report.changes {
                    assert!(
                        is_in(&spoilt, &change.pointer),
                        "seed {seed}: {change} is not in the document"
                    );
                }
            }
        }
    }
    assert!(
        refused > 100 && printed > 20,
        "{refused} refused, {printed} printed"
    );
}

#[test]
fn any_json_value_is_refused_and_not_a_panic() {
    let values = [
        Value::Null,
        json!(true),
        json!(1.5),
        json!("openapi: 3.0.3"),
        json!([]),
        json!({}),
        json!({ "openapi": {}, "info": [], "paths": "x", "components": 1 }),
    ];
    for value in values {
        assert!(normalise(&value).is_err(), "{value}");
    }
}

#[test]
fn deep_nesting_is_refused_and_not_an_overflow() {
    let mut schema = json!({ "type": "string" });
    for _ in 0..100 {
        schema = json!({ "type": "array", "items": schema });
    }
    let document = json!({
        "openapi": "3.0.3",
        "info": { "title": "Deep", "version": "1" },
        "paths": {},
        "components": { "schemas": { "Deep": schema } },
    });
    let refusals = normalise(&document).unwrap_err();
    let refusal = refusals.iter().next().unwrap();
    assert_eq!(refusal.rule, "depth");
    assert!(
        refusal
            .pointer
            .starts_with("/components/schemas/Deep/items"),
        "{refusal}"
    );
}

#[test]
fn a_long_chain_of_components_is_printed() {
    let schemas: serde_json::Map<String, Value> = (0..2_000)
        .map(|number| {
            let next = format!("#/components/schemas/Link{}", (number + 1) % 2_000);
            let own = json!({ "type": "object", "properties": { "next": { "$ref": next } } });
            (format!("Link{number}"), own)
        })
        .collect();
    let answer = json!({ "schema": { "$ref": "#/components/schemas/Link0" } });
    let document = json!({
        "openapi": "3.0.3",
        "info": { "title": "Chain", "version": "1" },
        "paths": { "/": { "get": { "responses": { "200": { "description": "", "content": { "application/json": answer } } } } } },
        "components": { "schemas": schemas },
    });
    assert!(normalise(&document).is_ok());
}
