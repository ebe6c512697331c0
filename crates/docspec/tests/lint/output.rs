//! What people and programs see.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use docspec::lint::acceptance::Acceptances;
use docspec::lint::{self, Finding};
use docspec::text::Text;
use docspec::vocabulary::Vocabulary;
use serde_json::Value;

fn fixtures() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures")
}

fn boats() -> (Vec<Finding>, BTreeMap<String, Text>) {
    let page = fs::read_to_string(fixtures().join("lint/boats.txt")).unwrap();
    let splits = fs::read_to_string(fixtures().join("truto_current/vocabulary.toml")).unwrap();
    let texts = BTreeMap::from([("boats.txt".to_owned(), Text::new(&page))]);
    let found = lint::of_pages(&texts, None, &Vocabulary::parse(&splits).unwrap()).unwrap();
    let acceptances = "[[accept]]\nrule = \"enum-repeats\"\nplace = \"*\"\nreason = \"it is so\"\n";
    (Acceptances::parse(acceptances).unwrap().apply(found), texts)
}

fn text() -> String {
    let (findings, texts) = boats();
    let rendered: Vec<String> = findings
        .iter()
        .map(|finding| lint::render(finding, "specs/harbour/", |file| texts.get(file)))
        .collect();
    format!(
        "{}\n\n{}\n",
        rendered.join("\n\n"),
        lint::summary(&findings)
    )
}

#[test]
fn findings_read_as_the_golden_file_says() {
    let golden = fixtures().join("lint/boats.golden");
    let text = text();
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(&golden, &text).unwrap();
    }
    assert_eq!(text, fs::read_to_string(&golden).unwrap_or_default());
}

#[test]
fn findings_the_table_and_explanations_fit_80_columns() {
    let mut all = text();
    all.push_str(&lint::table());
    all.extend(lint::all().map(lint::explain));
    for line in all.lines() {
        let is_pointer = line.trim_start().starts_with('/');
        assert!(line.chars().count() <= 80 || is_pointer, "{line}");
    }
}

#[test]
fn the_table_names_every_rule_with_its_level() {
    let table = lint::table();
    for rule in lint::all() {
        let row = table
            .lines()
            .find(|row| row.split_whitespace().next() == Some(rule.name));
        let row = row.unwrap_or_else(|| panic!("no row for {}", rule.name));
        assert_eq!(row.split_whitespace().nth(1), Some(rule.level.name()));
    }
}

#[test]
fn an_explanation_shows_how_to_accept() {
    let rule = lint::named("near-twin").unwrap();
    let explained = lint::explain(rule);
    assert!(explained.starts_with("near-twin (error)\n"), "{explained}");
    assert!(
        explained.contains("[[accept]]\nrule = \"near-twin\"\n"),
        "{explained}"
    );
}

#[test]
fn the_json_form_is_what_its_schema_says() {
    let schema: Value = serde_json::from_str(lint::SCHEMA).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let (findings, _) = boats();
    let count = findings.len();
    let document = lint::json(&[
        ("specs/harbour/".to_owned(), findings),
        (String::new(), vec![]),
    ]);
    let wrong: Vec<String> = validator
        .iter_errors(&document)
        .map(|error| error.to_string())
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    let listed = document["findings"].as_array().unwrap();
    assert_eq!(listed.len(), count);
    assert_eq!(listed[0]["places"][0]["file"], "specs/harbour/boats.txt");
    assert!(
        listed
            .iter()
            .any(|finding| finding["accepted"] == "it is so")
    );

    // The schema is strict: what is no finding is none.
    for slip in ["rule", "level", "places"] {
        let mut document = document.clone();
        document["findings"][0]
            .as_object_mut()
            .unwrap()
            .remove(slip);
        assert!(!validator.is_valid(&document), "{slip}");
    }
    let mut document = document.clone();
    document["findings"][0]["place"] = Value::Null;
    assert!(!validator.is_valid(&document));
}

#[test]
fn findings_stand_by_file_and_line() {
    let (findings, _) = boats();
    let places: Vec<(&str, Option<usize>)> = findings
        .iter()
        .map(|finding| (finding.place().file.as_str(), finding.place().line))
        .collect();
    assert!(places.is_sorted(), "{places:?}");
    for finding in &findings {
        assert!(finding.parts.is_sorted(), "{finding:#?}");
    }
}
