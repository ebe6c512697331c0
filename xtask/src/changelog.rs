//! `specs/<api>/changelog/`: the release that came last, and what has changed for callers since.
//!
//! The folder holds `release.toml`, the document of that release, the entries of all releases as they were published,
//! and, by hand, `unreleased.md`: what the documents do not show, such as a change of the generator.

use std::path::Path;

use codegen::generate::sha256;
use semver::Version;
use serde::Deserialize;
use serde_json::Value;
use specdiff::changelog::{Changelog, Release};
use specdiff::{Comparison, compare};

use crate::day::{self, Day};
use crate::document::document;
use crate::exit::Failure;
use crate::files::Plan;
use crate::workspace::{Workspace, read, read_if_there};

/// The document of the release that came last.
const DOCUMENT: &str = "released.json";
/// The entries of all releases, the newest first.
const ENTRIES: &str = "released.md";
/// Which release came last.
const RELEASE: &str = "release.toml";
/// What is to be said of the next release beside what the documents show.
const NOTES: &str = "unreleased.md";

/// What `release.toml` says.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Manifest {
    version: Version,
    date: String,
    /// The SHA-256 of the document.
    document: String,
}

/// Reads the folder of an API and compares the document of its last release with today's.
pub(crate) fn of_api(
    workspace: &Workspace,
    api: &str,
    today: &Value,
) -> Result<Changelog, Failure> {
    let folder = folder(api);
    let path = workspace.root().join(&folder);
    let notes = read_if_there(&path.join(NOTES))?.unwrap_or_default();
    let (last, since) = match read_if_there(&path.join(RELEASE))? {
        None => (None, Comparison::default()),
        Some(text) => {
            let manifest = manifest(&format!("{folder}/{RELEASE}"), &text)?;
            let document = released(&path, &format!("{folder}/{DOCUMENT}"), &manifest)?;
            let release = Release {
                version: manifest.version,
                entries: read(&path.join(ENTRIES))?,
            };
            (Some(release), compare(&document, today))
        }
    };
    Ok(Changelog {
        last,
        since,
        notes: notes.trim().to_owned(),
    })
}

/// Plans the folder of an API as it is after a release of this document.
pub(crate) fn plan(plan: &mut Plan, api: &str, release: &Release, document: &str, date: Day) {
    let folder = folder(api);
    let manifest = format!(
        "# Written by `cargo xtask release`.\nversion = \"{}\"\ndate = \"{date}\"\n# The SHA-256 of {DOCUMENT}.\ndocument = \"{}\"\n",
        release.version,
        sha256(document)
    );
    plan.file(&format!("{folder}/{RELEASE}"), manifest);
    plan.file(&format!("{folder}/{ENTRIES}"), release.entries.clone());
    plan.file(&format!("{folder}/{DOCUMENT}"), document.to_owned());
    plan.nothing_else(&folder);
}

fn folder(api: &str) -> String {
    format!("specs/{api}/changelog")
}

fn manifest(name: &str, text: &str) -> Result<Manifest, Failure> {
    let wrong = |line: usize, found: &str| {
        Failure::Input(format!(
            "{name}:{line}: {found}; expected `version`, `date` and `document` as `cargo xtask release` writes them; \
             to fix: restore the file from the history"
        ))
    };
    let manifest: Manifest = toml::from_str(text).map_err(|error| {
        let line = error.span().map_or(1, |span| {
            text[..span.start.min(text.len())].matches('\n').count() + 1
        });
        wrong(line, error.message().trim())
    })?;
    if day::parse(&manifest.date).is_err() {
        let line = text.lines().position(|line| line.starts_with("date"));
        return Err(wrong(line.unwrap_or(0) + 1, "the date is no day"));
    }
    Ok(manifest)
}

/// The document of the last release.
fn released(folder: &Path, name: &str, manifest: &Manifest) -> Result<Value, Failure> {
    let text = read(&folder.join(DOCUMENT))?;
    if sha256(&text) != manifest.document {
        return Err(Failure::Input(format!(
            "{name}:1: the document is not the one of {}, by its SHA-256; expected it as it was released; to fix: \
             restore the file from the history",
            manifest.version
        )));
    }
    document(&text, name)
}
