//! Two small documents that have every feature become crates: those in `tests/golden`, which are members of the
//! workspace, so that they are compiled, documented and tested like the others.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use std::{
    collections::BTreeMap,
    fs,
    num::NonZero,
    path::{Path, PathBuf},
};

use codegen::generate::{Dependency, Generated, License, Settings, generate, generate_on, sha256};
use serde_json::Value;

const DOCUMENT: &str = include_str!("fixtures/parcels.json");

/// A document of OpenAPI 3.1 with whatever a request can have.
const NEWER: &str = include_str!("fixtures/kiosk.json");

fn settings(text: &str) -> Settings {
    let name = if text == NEWER { "kiosk" } else { "parcels" };
    Settings {
        name: format!("{name}-client"),
        version: "0.1.0".to_owned(),
        description: String::new(),
        license: Some(License {
            expression: "MIT OR Apache-2.0".to_owned(),
            texts: BTreeMap::new(),
        }),
        changelog: None,
        repository: None,
        documentation: None,
        runtime: Dependency {
            version: "0.1.0".to_owned(),
            path: Some("../../../../client-runtime".to_owned()),
        },
        sandbox: Some(Dependency {
            version: "0.1.0".to_owned(),
            path: Some("../../../../sandbox".to_owned()),
        }),
        document_sha256: sha256(text),
        document_name: format!("tests/fixtures/{name}.json"),
        command: "UPDATE_GOLDEN=1 cargo test -p codegen --test generate".to_owned(),
    }
}

fn generated(text: &str) -> Generated {
    let document: Value = serde_json::from_str(text).unwrap();
    generate(&document, &settings(text)).unwrap_or_else(|refusals| panic!("{refusals}"))
}

fn golden(text: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/golden")
        .join(settings(text).name)
}

fn files_under(folder: &Path, root: &Path, found: &mut BTreeMap<String, String>) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    for entry in entries {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files_under(&path, root, found);
        } else {
            let name = path
                .strip_prefix(root)
                .unwrap()
                .to_string_lossy()
                .replace('\\', "/");
            found.insert(name, fs::read_to_string(&path).unwrap());
        }
    }
}

#[test]
fn the_generated_crates_are_those_in_the_repository() {
    for document in [DOCUMENT, NEWER] {
        is_in_the_repository(document);
    }
}

fn is_in_the_repository(document: &str) {
    let files = generated(document).files;
    let root = golden(document);
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        if root.exists() {
            fs::remove_dir_all(&root).unwrap();
        }
        for (path, text) in &files {
            let path = root.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
    }
    let mut known = BTreeMap::new();
    files_under(&root, &root, &mut known);
    let names = |files: &BTreeMap<String, String>| files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(
        names(&known),
        names(&files),
        "the files differ; UPDATE_GOLDEN=1 rewrites them"
    );
    for (path, text) in &files {
        assert!(
            known[path] == *text,
            "{path} differs; UPDATE_GOLDEN=1 rewrites it"
        );
    }
}

#[test]
fn the_number_of_threads_changes_no_byte() {
    let document: Value = serde_json::from_str(DOCUMENT).unwrap();
    let on = |threads: usize| {
        let threads = NonZero::new(threads).unwrap();
        generate_on(threads, &document, &settings(DOCUMENT)).unwrap()
    };
    let alone = on(1);
    for threads in [2, 3, 16] {
        assert_eq!(on(threads), alone, "{threads} threads");
    }
}

#[test]
fn the_same_document_gives_the_same_files() {
    assert_eq!(generated(DOCUMENT), generated(DOCUMENT));
}

#[test]
fn the_order_of_schemas_in_the_document_changes_no_type() {
    let mut document: Value = serde_json::from_str(DOCUMENT).unwrap();
    let schemas = document["components"]["schemas"].as_object_mut().unwrap();
    let reversed = std::mem::take(schemas).into_iter().rev().collect();
    *schemas = reversed;
    let settings = settings(DOCUMENT);
    let turned = generate(&document, &settings).unwrap_or_else(|refusals| panic!("{refusals}"));
    let types = |generated: &Generated| {
        generated
            .files
            .iter()
            .filter(|(path, _)| path.starts_with("src/types/"))
            .map(|(path, text)| (path.clone(), text.clone()))
            .collect::<Vec<_>>()
    };
    assert_eq!(types(&turned), types(&generated(DOCUMENT)));
}

#[test]
fn every_file_names_the_command_and_the_digest_of_the_document() {
    let digest = sha256(DOCUMENT);
    for (path, text) in generated(DOCUMENT).files {
        // The document is as it was.
        if path == "openapi.json" {
            assert_eq!(
                text,
                serde_json::from_str::<Value>(DOCUMENT).unwrap().to_string()
            );
            continue;
        }
        let first = text.lines().next().unwrap_or_default();
        assert!(
            first.contains("@generated")
                && first.contains("cargo test -p codegen")
                && first.contains(&digest),
            "{path}: {first}"
        );
    }
}

#[test]
fn no_generated_module_names_another_way_to_send_than_the_runtime() {
    for (path, text) in generated(DOCUMENT).files {
        for other in [
            "reqwest",
            "progenitor",
            "hyper",
            "api-version",
            "api_version",
        ] {
            assert!(!text.contains(other), "{path} contains `{other}`");
        }
    }
}

#[test]
fn files_stay_of_a_size_that_people_read() {
    for (path, text) in generated(DOCUMENT).files {
        assert!(
            text.lines().count() < 600,
            "{path} has {} lines",
            text.lines().count()
        );
    }
}

#[test]
fn a_crate_to_publish_depends_on_the_runtime_by_version_alone() {
    let document: Value = serde_json::from_str(DOCUMENT).unwrap();
    let mut settings = settings(DOCUMENT);
    settings.runtime.path = None;
    settings.sandbox = None;
    let manifest = generate(&document, &settings).unwrap().files["Cargo.toml"].clone();
    assert!(
        manifest.contains("client-runtime = \"0.1.0\"\n"),
        "{manifest}"
    );
    assert!(!manifest.contains("path"), "{manifest}");
}
