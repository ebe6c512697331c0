//! The walk-through adds an API with one folder, one adapter file and one line, names files that exist, and shows what
//! stands in them.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::{Path, PathBuf};

const WALK_THROUGH: &str = "crates/unified-contacts/ADDING_AN_API.md";
const FOLDER: &str = "tests/fourth-api/specs/rolodex";
const ADAPTER: &str = "tests/fourth-api/src/rolodex.rs";
const REGISTRY: &str = "tests/fourth-api/src/lib.rs";

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap()
}

fn names_in(folder: &str) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(root().join(folder))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

/// The fenced blocks of the walk-through, each with its language.
fn blocks(text: &str) -> Vec<(&str, Vec<&str>)> {
    let mut blocks = Vec::new();
    let mut open = None;
    for line in text.lines().map(str::trim) {
        match (line.strip_prefix("```"), open.take()) {
            (Some(language), None) => open = Some((language, Vec::new())),
            (Some(_), Some(block)) => blocks.push(block),
            (None, Some((language, mut lines))) => {
                lines.push(line);
                open = Some((language, lines));
            }
            (None, None) => {}
        }
    }
    blocks
}

#[test]
fn one_folder_holds_what_the_vendor_says() {
    assert_eq!(names_in("tests/fourth-api/specs"), ["rolodex"]);
    assert_eq!(names_in(FOLDER), ["api.toml", "openapi.json", "pages"]);
}

#[test]
fn one_file_and_one_line_know_the_api() {
    assert_eq!(names_in("tests/fourth-api/src"), ["lib.rs", "rolodex.rs"]);
    let registry = read(REGISTRY);
    let lines = registry.lines().map(str::trim);
    let lines: Vec<&str> = lines
        .filter(|line| !line.starts_with("//") && line.contains("rolodex"))
        .collect();
    assert_eq!(
        lines,
        [
            "pub mod rolodex;",
            "providers().chain([&rolodex::PROVIDER])"
        ]
    );
}

#[test]
fn the_walk_through_names_files_that_exist() {
    let text = read(WALK_THROUGH);
    let is_path = |name: &&str| {
        ["tests/", "crates/", ".ci/", "specs/README"]
            .iter()
            .any(|folder| name.starts_with(folder))
    };
    let mut named: Vec<&str> = text.split('`').filter(is_path).collect();
    named.retain(|name| !name.contains('<'));
    for name in &named {
        assert!(root().join(name).exists(), "{name}");
    }
    for name in [FOLDER, ADAPTER, REGISTRY] {
        assert!(named.contains(&name), "{name}");
    }
}

/// Each line that the walk-through shows stands in a file, but for those that are of an API inside the workspace.
#[test]
fn the_walk_through_shows_what_stands_in_the_files() {
    let text = read(WALK_THROUGH);
    let code = [
        read(ADAPTER),
        read(REGISTRY),
        read("crates/unified-contacts/src/provider.rs"),
    ]
    .concat();
    let api = read(&format!("{FOLDER}/api.toml"));
    let page = read(&format!("{FOLDER}/pages/cards-get.md"));
    let mut shown = 0;
    for (language, lines) in blocks(&text) {
        let source = match language {
            "toml" if lines.contains(&"[api]") => &api,
            "markdown" => &page,
            "rust,ignore" => &code,
            _ => continue,
        };
        for line in lines {
            let line = line.split("//").next().unwrap_or_default().trim();
            let is_left_out = line.contains('…') || line == "\"rolodex\" rolodex: PROVIDER;";
            if !line.is_empty() && !is_left_out {
                shown += 1;
                assert!(source.lines().any(|known| known.trim() == line), "{line}");
            }
        }
    }
    assert!(shown > 30, "{shown}");
}
