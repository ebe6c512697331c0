//! No document makes the generator panic or hang, and every refusal names its place.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "it fails by panicking and prints what it measured"
)]

use std::fs;
use std::path::Path;

use bad_input::document::spoil;
use codegen::generate::{Settings, generate};
use fastrand::Rng;
use serde_json::{Value, json};

const CASES: u64 = 10_000;

/// Every so many accepted documents are printed as a whole crate; the others stop before progenitor, which takes most
/// of the time.
const PRINTED: u64 = 8;

/// A small document with everything that the generator treats in a way of its own.
fn everything() -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../crates/codegen/tests/fixtures/parcels.json");
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

/// A document with several kinds of schema and little else.
fn schemas() -> Value {
    json!({
        "openapi": "3.0.3",
        "info": { "title": "Boats", "version": "1" },
        "paths": { "/boats/{id}": { "put": {
            "operationId": "boat_update",
            "parameters": [{ "name": "id", "in": "path", "required": true, "schema": { "type": "string" } }],
            "requestBody": { "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Boat" } } } },
            "responses": { "200": { "description": "", "content": { "application/json": {
                "schema": { "$ref": "#/components/schemas/Boat" } } } }, "default": { "description": "" } },
        } } },
        "components": { "schemas": {
            "Boat": { "type": "object", "required": ["name"], "properties": {
                "name": { "type": "string" },
                "rig": { "type": "string", "enum": ["sloop", "ketch"], "nullable": true },
                "crew": { "type": "array", "items": { "$ref": "#/components/schemas/Sailor" } },
                "tender": { "$ref": "#/components/schemas/Boat" },
                "papers": { "type": "object", "additionalProperties": { "type": "integer" } },
                "any": {},
            } },
            "Sailor": { "allOf": [
                { "type": "object", "properties": { "id": { "type": "integer" } } },
                { "type": "object", "properties": { "since": { "type": "string", "format": "date-time" } } },
            ] },
            "Berth": { "oneOf": [{ "type": "string" }, { "$ref": "#/components/schemas/Boat" }] },
        } },
    })
}

#[test]
fn ten_thousand_spoilt_documents_become_a_crate_or_are_refused_with_their_place() {
    let documents = [everything(), schemas()];
    let (mut accepted, mut printed, mut refused) = (0_u64, 0_u64, 0_u64);
    for seed in 0..CASES {
        let mut rng = Rng::with_seed(seed);
        let spoilt = spoil(rng.choice(&documents).unwrap(), &mut rng);
        let refusals = match codegen::normalise::normalise(&spoilt) {
            Ok(_) => {
                accepted += 1;
                if accepted % PRINTED != 0 {
                    continue;
                }
                match generate(&spoilt, &Settings::new("spoilt-client")) {
                    Ok(crate_) => {
                        printed += 1;
                        assert!(
                            crate_.files.contains_key("src/lib.rs"),
                            "seed {seed}: half a crate"
                        );
                        continue;
                    }
                    Err(refusals) => refusals,
                }
            }
            Err(refusals) => refusals,
        };
        refused += 1;
        let mut reasons = 0;
        for refusal in &refusals {
            reasons += 1;
            assert!(
                refusal.pointer.is_empty() || refusal.pointer.starts_with('/'),
                "seed {seed}: {:?} is no JSON pointer",
                refusal.pointer
            );
            for (what, part) in [
                ("found", &refusal.found),
                ("expected", &refusal.expected),
                ("fix", &refusal.fix),
            ] {
                assert!(
                    !part.trim().is_empty(),
                    "seed {seed}: {}: `{what}` is empty",
                    refusal.rule
                );
            }
        }
        assert!(reasons > 0, "seed {seed}: a refusal without a reason");
    }
    println!(
        "{CASES} spoilt documents: {accepted} accepted ({printed} printed), {refused} refused"
    );
    assert!(
        refused > CASES / 10,
        "the mutations are too mild to show anything"
    );
    assert!(
        printed > CASES / 100,
        "the mutations are too hard to show anything"
    );
}
