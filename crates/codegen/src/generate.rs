//! From an OpenAPI document to the files of a client crate.

use std::{collections::BTreeMap, fmt::Write as _, num::NonZero, thread};

use serde_json::Value;
use sha2::{Digest as _, Sha256};

use crate::{
    deep::deep,
    finish, normalise, package, print,
    refusal::{Refusal, Refusals},
    report::Report,
};

/// What a crate is called and what it depends on: everything that no document says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// The crate's name, such as `parcels-client`.
    pub name: String,
    /// The crate's version.
    pub version: String,
    /// What the crate is, for `Cargo.toml`; the document's title when it is empty.
    pub description: String,
    /// The licence of the crate as an SPDX expression, and its texts by file name.
    pub license: Option<License>,
    /// What is to stand in `CHANGELOG.md`, in Markdown; the crate has none without it.
    pub changelog: Option<String>,
    /// Where the crate's sources are.
    pub repository: Option<String>,
    /// The vendor's documentation.
    pub documentation: Option<String>,
    /// Where `client-runtime` comes from.
    pub runtime: Dependency,
    /// Where `sandbox` comes from, with which the crate has a test kit; without it the crate has none.
    pub sandbox: Option<Dependency>,
    /// The SHA-256 of the document's text in hexadecimal, as [`sha256`] gives it.
    pub document_sha256: String,
    /// What the document is called, such as `specs/parcels/openapi.json`.
    pub document_name: String,
    /// The command that generates the crate, such as `cargo xtask codegen`.
    pub command: String,
}

impl Settings {
    /// Settings for a crate of this name in version 0.1.0, with no licence or links, that takes the runtime from the
    /// registry and was generated from `openapi.json` by `codegen`.
    #[must_use]
    pub fn new(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            version: "0.1.0".to_owned(),
            description: String::new(),
            license: None,
            changelog: None,
            repository: None,
            documentation: None,
            runtime: Dependency {
                version: "0.1.0".to_owned(),
                path: None,
            },
            sandbox: None,
            document_sha256: String::new(),
            document_name: "openapi.json".to_owned(),
            command: "codegen".to_owned(),
        }
    }
}

/// A licence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct License {
    /// The SPDX expression.
    pub expression: String,
    /// The texts, by file name.
    pub texts: BTreeMap<String, String>,
}

/// Where a crate comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dependency {
    /// The version.
    pub version: String,
    /// The folder, seen from the generated crate; for crates of one workspace.
    pub path: Option<String>,
}

/// A crate that was generated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Generated {
    /// The files by their path in the crate, with `/` between folders.
    pub files: BTreeMap<String, String>,
    /// What normalising changed in the document.
    pub report: Report,
}

/// Generates a client crate, on every processor that there is. The same document and settings give the same files,
/// byte for byte.
///
/// # Errors
///
/// When the document holds what no client can be generated for; each refusal names its place.
pub fn generate(document: &Value, settings: &Settings) -> Result<Generated, Refusals> {
    let threads = thread::available_parallelism().unwrap_or(NonZero::<usize>::MIN);
    generate_on(threads, document, settings)
}

/// As [`generate`], on this many threads. Their number changes no byte.
///
/// # Errors
///
/// As [`generate`].
pub fn generate_on(
    threads: NonZero<usize>,
    document: &Value,
    settings: &Settings,
) -> Result<Generated, Refusals> {
    let generated = deep(|| {
        let normalised = normalise::normalise(document)?;
        let printed = print::tokens(&normalised)?;
        // Large documents take much memory, and finishing needs it.
        drop(normalised.document);
        let kit = settings.sandbox.as_ref().map(|_| settings.name.as_str());
        let finished = finish::finish(printed, &normalised.plan, kit, threads)?;
        let mut files = package::files(finished, &normalised.plan, settings);
        if kit.is_some() {
            files.insert("openapi.json".to_owned(), document.to_string());
        }
        Ok(Generated {
            files,
            report: normalised.report,
        })
    });
    generated.unwrap_or_else(|| {
        Err(Refusals::from(Refusal::new(
            "generate",
            "",
            "a document that this program fails on",
            "a document that it takes or refuses",
            "report the document as a fault of this program",
        )))
    })
}

/// The SHA-256 of `text` in hexadecimal.
#[must_use]
pub fn sha256(text: &str) -> String {
    let mut hexadecimal = String::with_capacity(64);
    for byte in Sha256::digest(text) {
        // Writing to a string cannot fail.
        let _ = write!(hexadecimal, "{byte:02x}");
    }
    hexadecimal
}
