//! cargo-semver-checks, as it is installed on this machine.

use std::{path::Path, process::Command};

use specdiff::RustLevel;

/// The version whose verdicts are recorded. Another one has other checks.
pub(crate) const VERSION: &str = "0.51.0";

/// What cargo-semver-checks finds between two crates.
#[derive(Debug)]
pub(crate) struct Finding {
    pub(crate) level: RustLevel,
    /// The checks that failed, sorted.
    pub(crate) checks: Vec<String>,
}

/// Whether the right version is installed.
pub(crate) fn ensure() -> Result<(), String> {
    let found = Command::new("cargo-semver-checks")
        .args(["semver-checks", "--version"])
        .output()
        .ok()
        .filter(|output| output.status.success())
        .map(|output| String::from_utf8_lossy(&output.stdout).trim().to_owned());
    let expected = format!("cargo-semver-checks {VERSION}");
    if found.as_ref() == Some(&expected) {
        return Ok(());
    }
    Err(format!(
        "found {}; expected {expected} in the PATH, since the verdicts are recorded for it; to fix: cargo install \
         cargo-semver-checks --version {VERSION} --locked",
        found.unwrap_or_else(|| "no cargo-semver-checks".to_owned())
    ))
}

/// Compares the rustdoc JSON of two crates.
pub(crate) fn compare(old: &Path, new: &Path) -> Result<Finding, String> {
    let output = Command::new("cargo-semver-checks")
        .args(["semver-checks", "--color", "never", "--baseline-rustdoc"])
        .arg(old)
        .arg("--current-rustdoc")
        .arg(new)
        // As if nothing but a patch were meant, so that whatever needs more is said.
        .args(["--release-type", "patch"])
        .output()
        .map_err(|error| format!("cargo-semver-checks does not run: {error}"))?;
    let text = format!(
        "{}\n{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    read(&text, output.status.success()).ok_or_else(|| {
        format!(
            "cargo-semver-checks says what this does not understand: {}; expected a summary of version {VERSION}",
            text.trim()
        )
    })
}

/// Reads what it printed: the names of the checks that failed, and what they come to.
fn read(text: &str, is_well: bool) -> Option<Finding> {
    let summary = text
        .lines()
        .find_map(|line| line.trim_start().strip_prefix("Summary "))?;
    let level = if summary.contains("no semver update required") {
        RustLevel::Patch
    } else if summary.contains("requires new major version") {
        RustLevel::Major
    } else if summary.contains("requires new minor version") {
        RustLevel::Minor
    } else {
        return None;
    };
    let mut checks: Vec<String> = text
        .lines()
        .filter_map(|line| line.strip_prefix("--- failure "))
        .filter_map(|line| Some(line.split_once(':')?.0.to_owned()))
        .collect();
    checks.sort_unstable();
    // Whatever was found has a name, and makes the tool fail.
    let has_found = level != RustLevel::Patch;
    (has_found != checks.is_empty() && has_found != is_well).then_some(Finding { level, checks })
}
