//! What is written down: for 80 columns, for programs, and without trusting the words of a document.

use semver::Version;
use serde_json::{Value, json};
use specdiff::compare;
use specdiff::render::{self, Compared};

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

fn compared(old: &Value, new: &Value) -> Vec<Compared> {
    vec![Compared {
        old: "main:specs/parcels/openapi.json".to_owned(),
        new: "specs/parcels/openapi.json".to_owned(),
        folder: Some("specs/parcels".to_owned()),
        package: Some(("parcels-client".to_owned(), Version::new(0, 3, 1))),
        comparison: compare(&document(old), &document(new)),
    }]
}

fn retyped() -> Vec<Compared> {
    compared(
        &json!({"type": "string", "x-source": {"page": "pages/create.md", "line": 12}}),
        &json!({"type": "integer", "x-source": {"page": "pages/create.md", "line": 12}}),
    )
}

#[test]
fn a_terminal_of_80_columns_shows_it() {
    let text = render::text(&retyped());
    assert_eq!(
        text,
        "specs/parcels/openapi.json: 1 change: 1 breaking\n\
         parcels-client 0.3.1 needs 0.4.0 (major)\n\
         \n\
         breaking, major in Rust: request-property-type-changed\n\
         \x20 POST /parcels › request body › sender\n\
         \x20 the type changed: string → integer\n\
         \x20 in parcels_create\n\
         \x20 at\n\
         \x20   /paths/~1parcels/post/requestBody/content/application~1json/schema\n\
         \x20   /properties/sender\n\
         \x20 read at pages/create.md:12\n"
    );
}

#[test]
fn an_annotation_stands_at_the_line_of_the_page() {
    assert_eq!(
        render::github(&retyped()),
        "::error file=specs/parcels/pages/create.md,line=12,title=request-property-type-changed::\
         POST /parcels › request body › sender: the type changed: string → integer (major in Rust)\n"
    );
}

#[test]
fn the_changelog_says_what_callers_must_change() {
    assert_eq!(
        render::changelog(&retyped()[0].comparison),
        "### Breaking\n\n\
         - POST /parcels › request body › sender: the type changed&#58; string → integer (breaking on the wire)\n"
    );
}

#[test]
fn json_fits_its_schema() {
    let schema: Value = serde_json::from_str(render::SCHEMA).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let nothing = compared(&json!({}), &json!({}));
    for compared in [retyped(), hostile(), nothing] {
        let written: Value = serde_json::from_str(&render::json(&compared)).unwrap();
        let errors: Vec<String> = validator
            .iter_errors(&written)
            .map(|error| error.to_string())
            .collect();
        assert!(errors.is_empty(), "{errors:?}");
    }
}

/// Words that would be markup, commands or control characters if they were believed.
fn hostile() -> Vec<Compared> {
    let words = "\u{1b}[31m\u{202e}\r\n::error::x | <script>alert(1)</script> @everyone #1 ]]> \"";
    compared(
        &json!({"type": "string"}),
        &json!({"type": "string", "description": words, "enum": [words]}),
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
    let markdown = render::markdown(&hostile);
    assert!(!markdown.contains("<script>") && !markdown.contains("@everyone"));
    let junit = render::junit(&hostile);
    assert!(!junit.contains("<script>") && !junit.contains('\u{1b}'));
}
