//! The document and the client of the fourth API are what its sources make, byte for byte.
//! `UPDATE_GOLDEN=1` writes them.

#![allow(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

use codegen::generate::{Dependency, License, Settings, generate, sha256};
use docspec::sources::{Sources, derive};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_path_buf()
}

fn files_under(folder: &Path) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(current) = folders.pop() {
        for entry in fs::read_dir(current).into_iter().flatten() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().to_string_lossy();
                let text = fs::read_to_string(&path).unwrap();
                found.insert(name.into_owned(), text);
            }
        }
    }
    found
}

/// What `cargo xtask codegen` does for each folder under `specs/`: the document's text, and the files of the crate.
fn generated() -> (String, BTreeMap<String, String>) {
    let specs = root().join("specs/rolodex");
    let sources = Sources {
        api: fs::read_to_string(specs.join("api.toml")).unwrap(),
        pages: files_under(&specs.join("pages")),
        ..Sources::default()
    };
    let derived = derive(&sources).unwrap_or_else(|problems| panic!("{problems:#?}"));
    let text = docspec::canonical::to_string(&derived.document);
    let settings = Settings {
        name: derived.api.crate_name,
        version: derived.api.crate_version,
        description: derived.api.description.unwrap_or_default(),
        documentation: derived.api.docs,
        document_sha256: sha256(&text),
        document_name: "specs/rolodex/openapi.json".to_owned(),
        command: "UPDATE_GOLDEN=1 cargo test -p fourth-api".to_owned(),
        license: Some(License {
            expression: "MIT OR Apache-2.0".to_owned(),
            texts: BTreeMap::new(),
        }),
        runtime: Dependency {
            version: "0.1.0".to_owned(),
            path: Some("../../../crates/client-runtime".to_owned()),
        },
        sandbox: Some(Dependency {
            version: "0.1.0".to_owned(),
            path: Some("../../../crates/sandbox".to_owned()),
        }),
        ..Settings::new("")
    };
    let generated = generate(&derived.document, &settings);
    let generated = generated.unwrap_or_else(|refusals| panic!("{refusals}"));
    (text, generated.files)
}

#[test]
fn the_document_and_the_client_are_those_in_the_repository() {
    let (document, client) = generated();
    let document_path = root().join("specs/rolodex/openapi.json");
    let client_path = root().join("client");
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(&document_path, &document).unwrap();
        // The crate stays whole while it is written: this test is built with it.
        for (name, text) in &client {
            let path = client_path.join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        for name in files_under(&client_path).keys() {
            if !client.contains_key(name) {
                fs::remove_file(client_path.join(name)).unwrap();
            }
        }
    }
    assert_eq!(fs::read_to_string(document_path).unwrap(), document);
    assert_eq!(files_under(&client_path), client);
}
