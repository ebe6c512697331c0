//! What is written down: for 80 columns, for programs, for a pull request, and without trusting the words of a document.
//!
//! The texts in `golden/` are what every writer makes of the two documents there; `UPDATE_GOLDEN=1` writes them anew.

#![expect(
    clippy::unwrap_used,
    reason = "a test fails where a document cannot be read"
)]

use std::fs;
use std::path::{Path, PathBuf};

use semver::Version;
use serde_json::{Value, json};
use specdiff::compare;
use specdiff::render::{self, Compared};

fn golden(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/golden")
        .join(name)
}

fn compared(old: &Value, new: &Value) -> Vec<Compared> {
    vec![Compared {
        old: "main:specs/parcels/openapi.json".to_owned(),
        new: "specs/parcels/openapi.json".to_owned(),
        folder: Some("specs/parcels".to_owned()),
        package: Some(("parcels-client".to_owned(), Version::new(0, 3, 1))),
        comparison: compare(old, new),
    }]
}

/// The two documents in `golden/`.
fn parcels() -> Vec<Compared> {
    let read =
        |name| serde_json::from_str::<Value>(&fs::read_to_string(golden(name)).unwrap()).unwrap();
    compared(&read("old.json"), &read("new.json"))
}

fn is_golden(name: &str, text: &str) {
    let path = golden(name);
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(&path, text).unwrap();
    }
    let expected = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        text == expected,
        "{name} is not what is written; UPDATE_GOLDEN=1 writes it anew:\n{text}"
    );
}

#[test]
fn a_terminal_of_80_columns_shows_it() {
    let text = render::text(&parcels());
    is_golden("diff.txt", &text);
    for line in text.lines() {
        assert!(line.chars().count() <= 80, "{line}");
    }
}

#[test]
fn a_pull_request_shows_it() {
    is_golden("diff.md", &render::markdown(&parcels()));
}

#[test]
fn annotations_stand_at_the_lines_of_the_pages() {
    is_golden("diff.github.txt", &render::github(&parcels()));
}

#[test]
fn a_report_of_tests_shows_it() {
    is_golden("diff.junit.xml", &render::junit(&parcels()));
}

#[test]
fn programs_read_it() {
    is_golden("diff.json", &render::json(&parcels()));
}

#[test]
fn the_changelog_says_what_callers_must_change() {
    is_golden("changelog.md", &render::changelog(&parcels()[0].comparison));
}

#[test]
fn json_fits_its_schema() {
    let schema: Value = serde_json::from_str(render::SCHEMA).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let nothing = compared(&json!({}), &json!({}));
    for compared in [parcels(), hostile(), nothing] {
        let written: Value = serde_json::from_str(&render::json(&compared)).unwrap();
        let errors: Vec<String> = validator
            .iter_errors(&written)
            .map(|error| error.to_string())
            .collect();
        assert!(errors.is_empty(), "{errors:?}");
    }
}

#[test]
fn a_comment_of_github_has_room_for_it() {
    let fields = |kind: &str| -> Value {
        let fields = (0..5_000).map(|field| (format!("field_{field}"), json!({"type": kind})));
        document(&json!({"type": "object", "properties": Value::Object(fields.collect())}))
    };
    let text = render::markdown(&compared(&fields("string"), &fields("integer")));
    assert!(text.len() < 65_536, "{}", text.len());
    let listed = text
        .lines()
        .filter(|line| line.contains("field\\_"))
        .count();
    assert!(text.contains(&format!("… and {} more.", 5_000 - listed)));
}

/// A document with a field of a request.
fn document(field: &Value) -> Value {
    json!({
        "openapi": "3.0.3",
        "info": {"title": "Parcels", "version": "1"},
        "paths": {"/parcels": {"post": {
            "operationId": "parcels_create",
            "requestBody": {"content": {"application/json": {"schema": {"type": "object", "properties": {"sender": field}}}}},
            "responses": {"204": {"description": "Done."}}
        }}}
    })
}

/// Words that would be markup, commands or control characters if they were believed.
fn hostile() -> Vec<Compared> {
    let words = "\u{1b}[31m\u{202e}\r\n::error::x | <script>alert(1)</script> @everyone #1 ]]> \"";
    compared(
        &document(&json!({"type": "string"})),
        &document(&json!({"type": "string", "description": words, "enum": [words]})),
    )
}

#[test]
fn the_words_of_a_document_are_not_believed() {
    let hostile = hostile();
    let text = render::text(&hostile);
    assert!(!text.contains('\u{1b}') && !text.contains('\u{202e}') && !text.contains('\r'));
    let github = render::github(&hostile);
    assert!(
        github
            .lines()
            .all(|line| line.starts_with("::error file=") || line.starts_with("::notice file="))
    );
    for markdown in [
        render::markdown(&hostile),
        render::changelog(&hostile[0].comparison),
    ] {
        assert!(!markdown.contains("<script>") && !markdown.contains("@everyone"));
    }
    let junit = render::junit(&hostile);
    assert!(!junit.contains("<script>") && !junit.contains('\u{1b}'));
}
