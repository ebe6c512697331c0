//! Generates the crate of one document, and measures it.

use std::{collections::BTreeMap, fs, path::Path, process::Command, time::Instant};

use codegen::generate::{Dependency, Settings, generate, sha256};
use docspec::description;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::{folders::Folders, list::Document};

/// What became of a document.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct Measured {
    /// The document's name in the list.
    pub(crate) name: String,
    /// Why there is no crate.
    pub(crate) problem: Option<String>,
    pub(crate) bytes: usize,
    pub(crate) operations: usize,
    pub(crate) schemas: usize,
    /// How often each rule changed something.
    pub(crate) rules: BTreeMap<String, usize>,
    pub(crate) fields: usize,
    /// The fields that lost their type: rule and pointer.
    pub(crate) weakened: Vec<(String, String)>,
    /// From the text of the document to the texts of the crate.
    pub(crate) seconds: f64,
    /// The most memory that the process held.
    pub(crate) peak_megabytes: u64,
    pub(crate) files: usize,
    pub(crate) lines: usize,
}

/// Generates in a process of its own, so that the memory is that of one document.
pub(crate) fn apart(document: &Document) -> Measured {
    let failed = |problem: String| Measured {
        name: document.name.clone(),
        problem: Some(problem),
        ..Measured::default()
    };
    let program = match std::env::current_exe() {
        Ok(program) => program,
        Err(error) => return failed(error.to_string()),
    };
    match Command::new(program)
        .arg("one")
        .arg(
            document
                .file
                .as_deref()
                .unwrap_or_else(|| Path::new(&document.name)),
        )
        .output()
    {
        Ok(output) => serde_json::from_slice(&output.stdout).unwrap_or_else(|_| {
            let text = String::from_utf8_lossy(&output.stderr);
            failed(format!("the process failed: {}", text.trim()))
        }),
        Err(error) => failed(error.to_string()),
    }
}

/// Generates and writes the crate.
pub(crate) fn here(folders: &Folders, document: &Document) -> Measured {
    let mut measured = Measured {
        name: document.name.clone(),
        ..Measured::default()
    };
    if let Err(problem) = made(folders, document, &mut measured) {
        measured.problem = Some(problem);
    }
    measured.peak_megabytes = peak_megabytes().unwrap_or_default();
    measured
}

fn made(folders: &Folders, document: &Document, measured: &mut Measured) -> Result<(), String> {
    let file = folders.document(document);
    let text = fs::read_to_string(&file).map_err(|error| format!("{}: {error}", file.display()))?;
    measured.bytes = text.len();
    let start = Instant::now();
    let name = file
        .file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default();
    let value = description::parse(&name, &text).map_err(|problems| {
        let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
        lines.join("\n")
    })?;
    (measured.operations, measured.schemas) = counts(&value);
    let mut settings = Settings::new(document.name.clone());
    settings.document_name = name;
    settings.document_sha256 = sha256(&text);
    "published-documents".clone_into(&mut settings.command);
    settings.runtime = Dependency {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        path: folders
            .workspace()
            .join("crates/client-runtime")
            .to_str()
            .map(str::to_owned),
    };
    settings.sandbox = Some(Dependency {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        path: folders
            .workspace()
            .join("crates/sandbox")
            .to_str()
            .map(str::to_owned),
    });
    let generated = generate(&value, &settings).map_err(|refusals| refusals.to_string())?;
    measured.seconds = start.elapsed().as_secs_f64();
    measured.files = generated.files.len();
    measured.lines = generated
        .files
        .values()
        .map(|text| text.lines().count())
        .sum();
    measured.rules = generated
        .report
        .counts()
        .into_iter()
        .map(|(rule, count)| (rule.to_owned(), count))
        .collect();
    let report = folders.report(document);
    written(&report, &generated.report.to_text())?;
    measured.fields = generated.report.fields.total;
    measured.weakened = generated.report.fields.weakened;
    let root = folders.crates().join(&document.name);
    let _absent = fs::remove_dir_all(&root);
    for (path, text) in &generated.files {
        written(&root.join(path), text)?;
    }
    Ok(())
}

fn written(path: &Path, text: &str) -> Result<(), String> {
    let fault = |error: std::io::Error| format!("{}: {error}", path.display());
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(fault)?;
    }
    fs::write(path, text).map_err(fault)
}

/// The operations and the component schemas of a document.
fn counts(document: &Value) -> (usize, usize) {
    const METHODS: [&str; 8] = [
        "get", "put", "post", "delete", "options", "head", "patch", "trace",
    ];
    let paths = document.get("paths").and_then(Value::as_object);
    let operations = paths
        .into_iter()
        .flat_map(Map::values)
        .filter_map(Value::as_object)
        .flat_map(Map::keys)
        .filter(|key| METHODS.contains(&key.as_str()))
        .count();
    let schemas = document
        .pointer("/components/schemas")
        .and_then(Value::as_object)
        .map_or(0, Map::len);
    (operations, schemas)
}

/// The peak of this process's resident memory, where the system tells.
fn peak_megabytes() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    let kilobytes: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kilobytes / 1024)
}
