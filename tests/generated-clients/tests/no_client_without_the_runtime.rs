//! A generated client does not compile without `client-runtime`: there is no other way to send in it.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::{fs, path::Path, process::Command};

use codegen::generate::{Settings, generate};

#[test]
fn it_does_not_compile() {
    let document = serde_json::json!({
        "openapi": "3.0.3",
        "info": {"title": "Pings", "version": "1"},
        "paths": {"/ping": {"get": {"operationId": "ping", "responses": {"204": {"description": "Pong."}}}}}
    });
    let files = generate(&document, &Settings::new("pings-client"))
        .unwrap()
        .files;
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in &files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        let without: String = text
            .split_inclusive('\n')
            .filter(|line| !line.starts_with("client-runtime = "))
            .collect();
        let kept = if path.ends_with("Cargo.toml") {
            &without
        } else {
            text
        };
        fs::write(path, kept).unwrap();
    }
    // The workspace's lock file names versions that are on this machine already.
    let lock = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../Cargo.lock");
    fs::copy(lock, folder.path().join("Cargo.lock")).unwrap();
    let checked = Command::new(env!("CARGO"))
        .args([
            "check",
            "--offline",
            "--quiet",
            "--target-dir",
            env!("CARGO_TARGET_TMPDIR"),
        ])
        .current_dir(folder.path())
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&checked.stderr);
    assert!(!checked.status.success(), "it compiled");
    let errors: Vec<&str> = told
        .lines()
        .filter(|line| line.starts_with("error["))
        .collect();
    assert!(!errors.is_empty(), "{told}");
    assert!(
        errors.iter().all(|line| line.contains("client_runtime")),
        "{told}"
    );
}
