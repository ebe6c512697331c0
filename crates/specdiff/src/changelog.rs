//! The changelog of a generated crate, from release to release.

use std::fmt::Write as _;

use semver::Version;

use crate::{Comparison, RustLevel, render, version_after};

/// A release of a generated crate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Release {
    /// Its version.
    pub version: Version,
    /// Its entry in the changelog and those of the releases before it, the newest first, in Markdown.
    pub entries: String,
}

/// The releases of a generated crate, and what has changed since.
///
/// ```
/// use serde_json::json;
/// use specdiff::changelog::Changelog;
/// use specdiff::{Comparison, compare};
///
/// let first = Changelog { last: None, since: Comparison::default(), notes: String::new() };
/// let last = first.released(&"0.1.0".parse()?, "2026-11-20");
/// assert_eq!(last.entries, "## 0.1.0 - 2026-11-20\n\nThe first version.\n");
///
/// let since = compare(&json!({"info": {"title": "Parcel"}}), &json!({"info": {"title": "Parcels"}}));
/// let next = Changelog { last: Some(last), since, notes: String::new() };
/// assert_eq!(next.needed(), Some("0.1.1".parse()?));
/// # Ok::<_, semver::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Changelog {
    /// The release that came last.
    pub last: Option<Release>,
    /// What has changed since; nothing before the first release.
    pub since: Comparison,
    /// What is to be said beside what the documents show, in Markdown; for instance of a change of the generator.
    pub notes: String,
}

impl Changelog {
    /// What callers see of what has changed since the last release; none when nothing has. Notes by themselves are a
    /// patch.
    #[must_use]
    pub fn level(&self) -> Option<RustLevel> {
        let of_notes = (!self.notes.is_empty()).then_some(RustLevel::Patch);
        self.since.rust_level().max(of_notes)
    }

    /// The least version that the next release can have; none before the first, and when nothing has changed.
    #[must_use]
    pub fn needed(&self) -> Option<Version> {
        Some(version_after(&self.last.as_ref()?.version, self.level()?))
    }

    /// The text of the crate's `CHANGELOG.md`, without the marks of a generated file.
    #[must_use]
    pub fn to_text(&self, crate_name: &str) -> String {
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
        for part in [self.notes.trim(), changes.trim_end()] {
            if !part.is_empty() {
                let _ = write!(text, "\n{part}\n");
            }
        }
        text
    }

    /// The release of everything that has changed, on a day such as `2026-11-21`.
    #[must_use]
    pub fn released(&self, version: &Version, date: &str) -> Release {
        let mut entries = format!("## {version} - {date}\n{}", self.entry());
        if let Some(last) = &self.last {
            entries.push('\n');
            entries.push_str(&last.entries);
        }
        Release {
            version: version.clone(),
            entries,
        }
    }
}
