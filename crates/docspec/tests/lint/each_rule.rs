//! Every rule finds what it is for, and leaves alone what only looks like it.

mod answers_and_servers;
mod descriptions;
mod integrations;
mod names;
mod operations;
mod schemas;
mod types;

use std::collections::BTreeSet;

use docspec::lint;
use serde_json::{Value, json};

use crate::harbour::{clean, in_document, in_page, of, put};

/// What is done to the clean document.
type Change = fn(&mut Value);

/// A rule, what it finds, and what only looks like it.
type Case = (&'static str, Change, Change);

/// The cases, by families.
const CASES: [&[Case]; 7] = [
    answers_and_servers::CASES,
    descriptions::CASES,
    integrations::CASES,
    names::CASES,
    operations::CASES,
    schemas::CASES,
    types::CASES,
];

const INPUT: &str = "/components/schemas/BoatInput/properties";
const BOAT: &str = "/components/schemas/Boat/properties";
const POST: &str = "/paths/~1boats/post";
const PATCH: &str = "/paths/~1boats~1{id}/patch";
const GET: &str = "/paths/~1boats/get";

fn field(document: &mut Value, name: &str, value: Value) {
    let mut value = value;
    value["description"] = json!("A field.");
    put(document, &format!("{INPUT}/{name}"), value);
}

fn change(document: &mut Value, pointer: &str, value: impl Into<Option<Value>>) {
    put(document, pointer, value);
}

/// A page with a line in place of `HERE`.
const PAGE: &str = "# Add a boat\n\n> Source: https://harbour.org/docs\n\n`POST /boats`\n\n## Request body\n\n\
    `application/json`\n\n- **`rig`** _(string)_\n  The rig.\nHERE\n## Response `200`\n\nDone.\n";

/// A page in the layout that prints its method last; `HERE` stands before its end.
const CAPTURE: &str = "Add a boat\n\nBody Parameters\n\nrigstring\n\nHow it is rigged\n\nResponse\n\n200\nObject\ndone\nHERE\n\
    Was this section helpful?\n\nPOST\n\n/boats\n";

/// Rule by rule: a page, what it finds there, and what it does not.
const PAGES: &[(&str, &str, &str, &str)] = &[
    (
        "enum-repeats",
        PAGE,
        "  Allowed: `sloop`, `ketch`, `sloop`\n",
        "  Allowed: `sloop`, `ketch`\n",
    ),
    (
        "enum-repeats",
        PAGE,
        "  Fused: `sloopketchsloop`\n",
        "  Fused: `sloopketch`\n",
    ),
    (
        "enum-split",
        PAGE,
        "  Fused: `sloopketch`\n",
        "  Allowed: `sloop`, `ketch`\n",
    ),
    (
        "sample-contradicts-schema",
        PAGE,
        "- **`papers`** _(map<any>)_\n  Papers.\n\n## Code examples\n\n```sh\ncurl -X POST 'https://harbour.org/boats' -d '{ \"papers\": \"{}\" }'\n```\n",
        "- **`papers`** _(map<any>)_\n  Papers.\n\n## Code examples\n\n```sh\ncurl -X POST 'https://harbour.org/boats' -d '{ \"papers\": \"your_papers\", \"rig\": \"{}\" }'\n```\n",
    ),
    (
        "repeated-heading",
        CAPTURE,
        "Was this section helpful?\n\nSelect\nResponse\n\n",
        "Was this section helpful?\n\nSelect\n\n",
    ),
];

const SPLITS: &str = "[[split]]\ntext = \"sloopketchsloop\"\nvalues = [\"sloop\", \"ketch\", \"sloop\"]\nreason = \"words\"\n\n\
    [[split]]\ntext = \"sloopketch\"\nvalues = [\"sloop\", \"ketch\"]\nreason = \"words\"\n";

/// Rules about decisions, which the tests of sources and acceptances show.
const ELSEWHERE: [&str; 4] = [
    "vocabulary-unused",
    "overlay-without-effect",
    "overlay-target",
    "unused-acceptance",
];

#[test]
fn a_clean_document_has_no_finding() {
    let findings = in_document(&clean());
    assert!(findings.is_empty(), "{findings:#?}");
}

#[test]
fn every_rule_finds_what_it_is_for_and_leaves_alone_what_looks_like_it() {
    for (rule, doubtful, near) in CASES.into_iter().flatten() {
        let mut document = clean();
        doubtful(&mut document);
        let findings = in_document(&document);
        assert!(
            !of(&findings, rule).is_empty(),
            "{rule} finds nothing in {findings:#?}"
        );
        let mut document = clean();
        near(&mut document);
        let findings = in_document(&document);
        assert!(of(&findings, rule).is_empty(), "{rule}: {findings:#?}");
    }
}

#[test]
fn every_rule_about_pages_finds_what_it_is_for_and_leaves_alone_what_looks_like_it() {
    for (rule, page, doubtful, near) in PAGES {
        let findings = in_page(&page.replace("HERE\n", doubtful), SPLITS);
        assert!(
            !of(&findings, rule).is_empty(),
            "{rule} finds nothing in {findings:#?}"
        );
        let findings = in_page(&page.replace("HERE\n", near), SPLITS);
        assert!(of(&findings, rule).is_empty(), "{rule}: {findings:#?}");
    }
}

#[test]
fn every_rule_has_a_case() {
    let shown: BTreeSet<&str> = CASES
        .into_iter()
        .flatten()
        .map(|(rule, ..)| *rule)
        .chain(PAGES.iter().map(|(rule, ..)| *rule))
        .chain(ELSEWHERE)
        .collect();
    let rules: BTreeSet<&str> = lint::all().map(|rule| rule.name).collect();
    assert_eq!(shown, rules);
}

#[test]
fn names_and_texts_of_rules_follow_one_form() {
    let mut names = BTreeSet::new();
    for rule in lint::all() {
        assert!(names.insert(rule.name), "{} stands twice", rule.name);
        let is_kebab = rule
            .name
            .chars()
            .all(|letter| letter.is_ascii_lowercase() || letter == '-' || letter.is_ascii_digit());
        assert!(is_kebab, "{}", rule.name);
        assert!(!rule.summary.ends_with('.'), "{}", rule.name);
        assert!(rule.why.ends_with(['.', ')']), "{}", rule.name);
    }
}
