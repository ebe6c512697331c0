//! Calls every operation of a generated crate, and has what was on the wire judged.

use std::{fmt, fs, process::Command};

use serde::Deserialize;

use crate::{check, folders::Folders, generate, list::Document};

/// What stands above the lines of the documents.
pub(crate) const HEAD: &str = "document                   ops called  calls  clean  requests judged invalid ambiguous  answers judged invalid ambiguous";

/// What became of the operations of one document.
#[derive(Debug)]
pub(crate) struct Called {
    name: String,
    operations: usize,
    calls: Calls,
    judged: Judged,
}

/// What the test of the crate said.
#[derive(Debug, Default)]
struct Calls {
    /// Operations of which at least one request was sent.
    called: usize,
    made: usize,
    clean: usize,
    faults: Vec<String>,
}

/// What the validator said.
#[derive(Debug, Default, Deserialize)]
struct Judged {
    requests: usize,
    invalid_requests: Vec<String>,
    answers: usize,
    invalid_answers: Vec<String>,
    operations: usize,
    /// Values that are wrong in nothing but that more than one alternative of `oneOf` takes them.
    ambiguous_requests: usize,
    ambiguous_answers: usize,
}

impl Called {
    /// Whether every operation was called and everything on the wire was valid.
    pub(crate) fn is_clean(&self) -> bool {
        (self.calls.made > 0 || self.operations == 0)
            && self.calls.clean == self.calls.made
            && self.calls.called == self.operations
            && self.judged.invalid_requests.is_empty()
            && self.judged.invalid_answers.is_empty()
    }
}

impl fmt::Display for Called {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { calls, judged, .. } = self;
        write!(
            out,
            "{:<24}{:>6}{:>7}{:>7}{:>7}{:>17}{:>8}{:>10}{:>16}{:>8}{:>10}",
            self.name,
            self.operations,
            calls.called,
            calls.made,
            calls.clean,
            judged.requests,
            judged.invalid_requests.len(),
            judged.ambiguous_requests,
            judged.answers,
            judged.invalid_answers.len(),
            judged.ambiguous_answers,
        )?;
        for fault in &calls.faults {
            write!(out, "\n    call: {fault}")?;
        }
        for fault in &judged.invalid_requests {
            write!(out, "\n    request: {fault}")?;
        }
        for fault in &judged.invalid_answers {
            write!(out, "\n    answer: {fault}")?;
        }
        Ok(())
    }
}

/// Generates the crate, runs its test, and has the exchanges judged.
pub(crate) fn call(folders: &Folders, document: &Document) -> Result<Called, String> {
    let measured = generate::apart(document);
    if let Some(problem) = measured.problem {
        return Err(problem);
    }
    let name = document.name.clone();
    if measured.operations == 0 {
        return Ok(Called {
            name,
            operations: 0,
            calls: Calls::default(),
            judged: Judged::default(),
        });
    }
    check::workspace(folders, &[&name])?;
    let calls = folders.calls();
    fs::create_dir_all(&calls).map_err(|error| format!("{}: {error}", calls.display()))?;
    let exchanges = calls.join(format!("{name}.jsonl"));
    let _not_there = fs::remove_file(&exchanges);
    let root = folders.crates();
    let output = Command::new("cargo")
        .args(["test", "--quiet", "--color", "never", "--package", &name])
        .args(["--features", "sandbox", "--test", "every_operation"])
        // The sandbox and its validators run often, and are compiled once.
        .args(["--config", "profile.dev.package.\"*\".opt-level=1"])
        .args(["--", "--nocapture"])
        .current_dir(&root)
        .env("CARGO_TARGET_DIR", root.join("target"))
        .env("CARGO_INCREMENTAL", "0")
        .env("CARGO_PROFILE_DEV_DEBUG", "0")
        .env("SANDBOX_EXCHANGES", &exchanges)
        .output()
        .map_err(|error| format!("cargo does not run: {error}"))?;
    let said = String::from_utf8_lossy(&output.stdout);
    if !exchanges.exists() {
        let errors = String::from_utf8_lossy(&output.stderr);
        let first: Vec<&str> = errors.lines().take(40).collect();
        return Err(format!("{name}: {}\n{}", said.trim(), first.join("\n")));
    }
    let judged = judge(folders, &root.join(&name).join("openapi.json"), &exchanges)?;
    Ok(Called {
        operations: measured.operations,
        calls: read(&said, judged.operations),
        judged,
        name,
    })
}

/// Reads what the test prints: `14 calls, 14 sent, 13 answered as documented`, and a line for each fault.
fn read(said: &str, called: usize) -> Calls {
    let mut calls = Calls {
        called,
        ..Calls::default()
    };
    let mut lines = said.lines().skip_while(|line| !line.contains(" calls, "));
    let numbers: Vec<usize> = lines
        .next()
        .unwrap_or_default()
        .split_whitespace()
        .filter_map(|word| word.parse().ok())
        .collect();
    if let [made, _, clean] = numbers[..] {
        calls.made = made;
        calls.clean = clean;
    }
    calls.faults = lines
        .take_while(|line| !line.is_empty())
        .map(str::to_owned)
        .collect();
    calls
}

/// Has openapi-core judge each exchange by the document.
fn judge(
    folders: &Folders,
    document: &std::path::Path,
    exchanges: &std::path::Path,
) -> Result<Judged, String> {
    let output = Command::new(
        folders
            .workspace()
            .join("tests/sandbox-promises/judge/exchanges"),
    )
    .arg(document)
    .arg(exchanges)
    .output()
    .map_err(|error| format!("the judge does not run: {error}"))?;
    serde_json::from_slice(&output.stdout).map_err(|_| {
        let said = String::from_utf8_lossy(&output.stderr);
        format!("the judge failed: {}", said.trim())
    })
}
