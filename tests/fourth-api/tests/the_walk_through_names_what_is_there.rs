//! The walk-through names files that exist, and shows what stands in them.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::Path;

#[test]
fn every_file_and_excerpt_is_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let text = fs::read_to_string(root.join("crates/unified-contacts/ADDING_AN_API.md")).unwrap();
    let mut files = 0;
    for name in text.split('`').skip(1).step_by(2) {
        let is_path =
            name.starts_with("tests/") || name.starts_with("crates/") || name == "specs/README.md";
        if is_path && !name.contains('<') {
            files += 1;
            assert!(root.join(name).exists(), "{name}");
        }
    }
    assert!(files >= 8, "{files}");
    let adapter = fs::read_to_string(root.join("tests/fourth-api/src/rolodex.rs")).unwrap();
    for excerpt in [
        "check_patch(NAME, &CARDS, patch, &options)?;",
        "check_loss(NAME, Operation::Update, &mapped.lost, &options)?;",
        "(Operation::Get, \"cards_get\")",
        "..Capabilities::NONE",
    ] {
        assert!(
            text.contains(excerpt) && adapter.contains(excerpt),
            "{excerpt}"
        );
    }
    let page =
        fs::read_to_string(root.join("tests/fourth-api/specs/rolodex/pages/cards-get.md")).unwrap();
    for line in ["`GET /cards/{id}`", "Operation: `cards_get`", "_(Card)_"] {
        assert!(text.contains(line) && page.contains(line), "{line}");
    }
    let registry = fs::read_to_string(root.join("tests/fourth-api/src/lib.rs")).unwrap();
    assert!(registry.contains("providers().chain([&rolodex::PROVIDER])"));
}

/// One adapter file: nothing else of the crate knows the vendor, but for the line in the registry.
#[test]
fn one_file_knows_the_api() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files: Vec<String> = fs::read_dir(source)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    files.sort();
    assert_eq!(files, ["lib.rs", "rolodex.rs"]);
}
