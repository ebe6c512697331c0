//! Compiles the generated crates.

use std::{collections::BTreeMap, fmt::Write as _, fs, process::Command, time::Instant};

use crate::{folders::Folders, say};

/// How long `cargo check` took for a crate in seconds, without its dependencies, or what the compiler said.
pub(crate) type Checked = BTreeMap<String, Result<f64, String>>;

/// Checks the crates one after the other; what they depend on is compiled before.
pub(crate) fn check(folders: &Folders, names: &[&str]) -> Result<Checked, String> {
    workspace(folders, names)?;
    let mut checked = Checked::new();
    if names.is_empty() {
        return Ok(checked);
    }
    run(folders, &["check", "--package", "client-runtime"]).map_err(|text| {
        format!("client-runtime does not compile beside the generated crates: {text}")
    })?;
    for name in names {
        // The time is that of this crate alone, compiled anew.
        let _not_there = run(folders, &["clean", "--package", name]);
        let start = Instant::now();
        let result = run(folders, &["check", "--package", name]);
        let seconds = start.elapsed().as_secs_f64();
        if let Err(text) = &result {
            let first: String = text
                .lines()
                .take(12)
                .fold(String::new(), |text, line| text + line + "\n");
            say(&first);
        }
        say(&format!(
            "{name}: {} after {seconds:.1} s",
            if result.is_ok() {
                "compiles"
            } else {
                "does not compile"
            }
        ));
        checked.insert((*name).to_owned(), result.map(|()| seconds));
    }
    Ok(checked)
}

/// Makes a workspace of these crates.
pub(crate) fn workspace(folders: &Folders, names: &[&str]) -> Result<(), String> {
    let root = folders.crates();
    let fault = |error: std::io::Error| format!("{}: {error}", root.display());
    let mut manifest = String::from("[workspace]\nresolver = \"3\"\nmembers = [");
    for name in names {
        // Writing to a string cannot fail.
        let _ = write!(manifest, "{name:?}, ");
    }
    manifest.push_str("]\n");
    fs::write(root.join("Cargo.toml"), manifest).map_err(fault)?;
    fs::copy(
        folders.workspace().join("Cargo.lock"),
        root.join("Cargo.lock"),
    )
    .map_err(fault)?;
    Ok(())
}

/// Runs cargo in the workspace of the crates; on failure, what it said.
pub(crate) fn run(folders: &Folders, arguments: &[&str]) -> Result<(), String> {
    let root = folders.crates();
    let output = Command::new("cargo")
        .args(arguments)
        .args(["--quiet", "--color", "never"])
        .current_dir(&root)
        .env("CARGO_TARGET_DIR", root.join("target"))
        .env("RUSTFLAGS", "-D warnings")
        .env("CARGO_INCREMENTAL", "0")
        .output()
        .map_err(|error| format!("cargo does not run: {error}"))?;
    if output.status.success() {
        return Ok(());
    }
    let text = String::from_utf8_lossy(&output.stderr);
    Err(text.trim().to_owned())
}
