//! What normalising makes of small documents, and what it refuses, against files. `UPDATE_GOLDEN=1` rewrites them.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use codegen::{
    document::{self, Format},
    normalise::{Normalised, normalise},
    print,
    refusal::Refusals,
};

fn sources(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests")
        .join(folder);
    let mut found: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "yaml")
        })
        .collect();
    found.sort();
    assert!(!found.is_empty());
    found
}

fn read(path: &Path) -> Result<Normalised, Refusals> {
    let text = fs::read_to_string(path).unwrap();
    document::parse(&text, Format::Yaml).and_then(|document| normalise(&document))
}

fn compare(path: &Path, text: &str) {
    if env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(path, text).unwrap();
    }
    let expected = fs::read_to_string(path).unwrap_or_default();
    assert!(
        expected == text,
        "{} is stale: run the tests with UPDATE_GOLDEN=1 and review the difference",
        path.display()
    );
}

#[test]
fn normalised_documents_plans_and_reports_are_as_reviewed() {
    for path in sources("normalise") {
        let normalised =
            read(&path).unwrap_or_else(|refusals| panic!("{}: {refusals}", path.display()));
        let document = serde_json::to_string_pretty(&normalised.document).unwrap();
        compare(
            &path.with_extension("document.json"),
            &format!("{document}\n"),
        );
        compare(
            &path.with_extension("plan.txt"),
            &format!("{:#?}\n", normalised.plan),
        );
        compare(
            &path.with_extension("report.txt"),
            &normalised.report.to_string(),
        );
    }
}

#[test]
fn normalised_documents_are_printed_as_rust() {
    for path in sources("normalise") {
        let normalised =
            read(&path).unwrap_or_else(|refusals| panic!("{}: {refusals}", path.display()));
        let code = print::client(&normalised)
            .unwrap_or_else(|refusals| panic!("{}: {refusals}", path.display()));
        syn::parse_file(&code).unwrap();
    }
}

#[test]
fn every_place_that_is_refused_is_named_at_once_with_its_pointer() {
    for path in sources("refused") {
        let refusals = read(&path).expect_err(&path.display().to_string());
        compare(&path.with_extension("txt"), &format!("{refusals}\n"));
    }
}

#[test]
fn the_same_document_is_normalised_to_the_same_text_twice() {
    for path in sources("normalise") {
        assert_eq!(read(&path), read(&path));
    }
}
