//! `specs/<api>/changelog/`: the release that came last, and what has changed for callers since.
//!
//! The folder holds `release.toml`, the document of that release, the entries of all releases as they were published,
//! and, by hand, `unreleased.md`: what the documents do not show, such as a change of the generator.

use std::fmt::Write as _;
use std::path::Path;

use codegen::generate::sha256;
use docspec::description;
use semver::Version;
use serde::Deserialize;
use serde_json::Value;
use specdiff::{Comparison, RustLevel, compare, render};

use crate::day::{self, Day};
use crate::exit::Failure;
use crate::files::Plan;
use crate::report::Texts;
use crate::workspace::{Workspace, read, read_if_there};

/// The document of the release that came last.
const DOCUMENT: &str = "released.json";
/// The entries of all releases, the newest first.
const ENTRIES: &str = "released.md";
/// Which release came last.
const RELEASE: &str = "release.toml";
/// What is to be said of the next release beside what the documents show.
const NOTES: &str = "unreleased.md";

/// The releases of an API's crate, and what has changed since.
#[derive(Debug)]
pub(crate) struct Changelog {
    /// The folder, from the workspace's root.
    folder: String,
    last: Option<Release>,
    /// What has changed since the last release; nothing before the first.
    since: Comparison,
    notes: String,
}

/// The release that came last.
#[derive(Debug)]
struct Release {
    version: Version,
    entries: String,
}

/// What `release.toml` says.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Manifest {
    version: Version,
    date: String,
    /// The SHA-256 of the document.
    document: String,
}

impl Changelog {
    /// Reads the folder of an API and compares the document of its last release with today's.
    pub(crate) fn of(workspace: &Workspace, api: &str, today: &Value) -> Result<Self, Failure> {
        let folder = format!("specs/{api}/changelog");
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
        Ok(Self {
            folder,
            last,
            since,
            notes: notes.trim().to_owned(),
        })
    }

    /// The version of the last release.
    pub(crate) fn last(&self) -> Option<&Version> {
        self.last.as_ref().map(|release| &release.version)
    }

    /// What callers see of what has changed since the last release; none when nothing has.
    pub(crate) fn level(&self) -> Option<RustLevel> {
        let of_notes = (!self.notes.is_empty()).then_some(RustLevel::Patch);
        self.since.rust_level().max(of_notes)
    }

    /// The least version that the next release can have; none before the first, and when nothing has changed.
    pub(crate) fn needed(&self) -> Option<Version> {
        Some(specdiff::version_after(self.last()?, self.level()?))
    }

    /// The text of the crate's `CHANGELOG.md`.
    pub(crate) fn to_text(&self, crate_name: &str) -> String {
        let mut text = format!(
            "# Changelog\n\n\
             What each version of `{crate_name}` changes for its callers, worked out from the documents of the API \
             that the versions were generated from. Where the server takes or answers something else, the entry says \
             what that does on the wire.\n"
        );
        if self.last.is_none() || self.level().is_some() {
            text.push_str("\n## Unreleased\n");
            if let (Some(version), Some(level)) = (self.needed(), self.level()) {
                // Writing to a string cannot fail.
                let _ = write!(
                    text,
                    "\nThe next version is {version} or later ({level}).\n"
                );
            }
            text.push_str(&self.entry());
        }
        if let Some(last) = &self.last {
            text.push('\n');
            text.push_str(&last.entries);
        }
        text
    }

    /// What is said of the changes since the last release.
    fn entry(&self) -> String {
        let changes = match self.last {
            None => "The first version.\n".to_owned(),
            Some(_) => render::changelog(&self.since),
        };
        let mut text = String::new();
        for part in [&self.notes, changes.trim_end()] {
            if !part.is_empty() {
                let _ = write!(text, "\n{part}\n");
            }
        }
        text
    }

    /// The changelog after a release of today's document.
    pub(crate) fn released(self, version: &Version, date: Day) -> Self {
        let mut entries = format!("## {version} - {date}\n{}", self.entry());
        if let Some(last) = &self.last {
            entries.push('\n');
            entries.push_str(&last.entries);
        }
        Self {
            folder: self.folder,
            last: Some(Release {
                version: version.clone(),
                entries,
            }),
            since: Comparison::default(),
            notes: String::new(),
        }
    }

    /// Plans the folder after a release of this document.
    pub(crate) fn plan(&self, plan: &mut Plan, document: &str, date: Day) {
        let Some(last) = &self.last else {
            return;
        };
        let manifest = format!(
            "# Written by `cargo xtask release`.\nversion = \"{}\"\ndate = \"{date}\"\n# The SHA-256 of {DOCUMENT}.\ndocument = \"{}\"\n",
            last.version,
            sha256(document)
        );
        plan.file(&format!("{}/{RELEASE}", self.folder), manifest);
        plan.file(&format!("{}/{ENTRIES}", self.folder), last.entries.clone());
        plan.file(&format!("{}/{DOCUMENT}", self.folder), document.to_owned());
        plan.nothing_else(&self.folder);
    }
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
    description::parse(name, &text).map_err(|diagnostics| {
        let mut texts = Texts::default();
        texts.add(name, docspec::text::Text::new(&text));
        texts.failure("", diagnostics)
    })
}
