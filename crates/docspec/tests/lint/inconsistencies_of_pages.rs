//! What captured pages are known to disagree with themselves about is found by rule, on pages of the same shapes.

use std::fs;
use std::path::Path;

use docspec::lint::Finding;

use crate::harbour::{in_page, of};

fn fixture(path: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    fs::read_to_string(folder.join(path)).unwrap()
}

fn findings(page: &str, vocabulary: &str) -> Vec<Finding> {
    let vocabulary = if vocabulary.is_empty() {
        String::new()
    } else {
        fixture(vocabulary)
    };
    in_page(&fixture(page), &vocabulary)
}

fn boats() -> Vec<Finding> {
    findings("lint/boats.txt", "truto_current/vocabulary.toml")
}

/// The lines and names that the only finding of a rule speaks of.
fn only(findings: &[Finding], rule: &str) -> (Vec<usize>, String) {
    let found = of(findings, rule);
    let [finding] = found.as_slice() else {
        panic!("{rule}: {found:#?}");
    };
    let lines = finding
        .parts
        .iter()
        .filter_map(|part| part.place.line)
        .collect();
    (lines, finding.title())
}

#[test]
fn a_misspelt_twin_is_found_on_its_line() {
    let (lines, title) = only(&boats(), "near-twin");
    assert_eq!(lines, [24]);
    assert_eq!(
        title,
        "`berth_numbers` and `berth_numbesr` are the same but for one letter"
    );
}

#[test]
fn an_object_in_the_request_and_a_string_in_the_answer_are_found() {
    let (lines, title) = only(&boats(), "answer-type-differs");
    assert_eq!(lines, [77]);
    assert_eq!(
        title,
        "`former_owner` is an object in the request and a string in the answer"
    );
}

#[test]
fn a_map_that_a_sample_sends_as_a_string_is_found_on_its_line_of_the_sample() {
    let (lines, title) = only(&boats(), "sample-contradicts-schema");
    assert_eq!(lines, [90]);
    assert_eq!(
        title,
        "`flags` is an object, and the sample sends it as a string that holds JSON"
    );
}

#[test]
fn repeated_values_are_found_in_lists_with_and_without_separators() {
    let (lines, title) = only(&boats(), "enum-repeats");
    assert_eq!(lines, [58]);
    assert_eq!(title, "a list that repeats `licence`: `papers.kind`");

    let bulleted = "PATCH /unified/harbour/boats/{id}\n\nPath parameters\n\nid\nstring\nREQUIRED\u{a0}·\u{a0}\n\nWhich boat.\n\n\
        Request Body\n\nrig\nstring\n\nHow it is rigged.\n\nAll possible enum values:\n  • sloop\n  • ketch\n  • sloop\n\
        Supported in\n  • Northquay\n\nResponse Body\n\nid\nstring\n\nThe id.\n\nSupported in\n  • Northquay\n";
    let findings = in_page(bulleted, "");
    let (lines, title) = only(&findings, "enum-repeats");
    assert_eq!(lines, [19]);
    assert_eq!(title, "a list that repeats `sloop`: `rig`");
}

#[test]
fn an_untyped_field_is_found() {
    let (lines, title) = only(&boats(), "untyped-field");
    assert_eq!(lines, [24]);
    assert_eq!(title, "no type is given: `berth_numbesr`");
}

#[test]
fn integrations_that_accept_a_write_and_document_no_answer_are_found() {
    let findings = boats();
    let found = of(&findings, "integration-without-answer");
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].subjects(), ["Southpier"]);
}

#[test]
fn a_path_that_is_printed_as_a_slash_is_found() {
    let findings = findings("theneo/update.txt", "theneo/vocabulary.toml");
    let (_, title) = only(&findings, "path-assumed");
    assert!(title.contains("the page prints the path as `/`"), "{title}");
}

#[test]
fn a_response_that_is_printed_twice_is_found() {
    let findings = findings("theneo/update.txt", "theneo/vocabulary.toml");
    let (_, title) = only(&findings, "repeated-heading");
    assert!(title.starts_with("the heading `Response` again"), "{title}");
}

#[test]
fn hidden_children_are_found() {
    let findings = findings("theneo/update.txt", "theneo/vocabulary.toml");
    let (_, title) = only(&findings, "hidden-children");
    for name in ["`crew`", "`engine`", "`tags`"] {
        assert!(title.contains(name), "{title}");
    }
}

#[test]
fn a_key_among_the_headers_is_found() {
    let findings = findings("theneo/update.txt", "theneo/vocabulary.toml");
    let (_, title) = only(&findings, "no-authentication");
    assert!(title.contains("`PUT /{boat_id}`"), "{title}");
}

#[test]
fn answers_without_a_status_are_found_each_on_its_line() {
    let findings = findings("fumadocs/update.txt", "");
    let (lines, _) = only(&findings, "answer-without-status");
    assert_eq!(lines.len(), 2);
}

#[test]
fn values_without_separators_that_an_entry_splits_are_noted() {
    let findings = findings("theneo/update.txt", "theneo/vocabulary.toml");
    let (_, title) = only(&findings, "enum-split");
    assert!(
        title.contains("`kind`") && title.contains("`pier`"),
        "{title}"
    );
}
