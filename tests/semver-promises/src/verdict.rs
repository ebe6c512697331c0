//! The verdicts of the judges, as they are written down.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use codegen::generate::sha256;
use serde::Deserialize;
use specdiff::RustLevel;

use crate::surface::Surface;

/// What the judges say of one pair.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// The level of cargo-semver-checks.
    pub semver_checks: RustLevel,
    /// Its checks that failed, sorted.
    pub checks: Vec<String>,
    /// The level by the surfaces of both crates.
    pub surface: RustLevel,
    /// What was judged; see [`digest`].
    pub digest: String,
}

impl Verdict {
    /// The level that the two judges call for.
    #[must_use]
    pub fn level(&self) -> RustLevel {
        self.semver_checks.max(self.surface)
    }
}

/// The verdicts, and who gave them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Verdicts {
    /// The version of cargo-semver-checks.
    pub version: String,
    /// The verdicts by the names of the pairs.
    pub of: BTreeMap<String, Verdict>,
}

/// What a verdict is about: the surfaces of both crates. What no surface shows, such as documentation, judges do not
/// look at, so that a change of it makes no verdict stale.
#[must_use]
pub fn digest(old: &Surface, new: &Surface) -> String {
    let mut digest = sha256(&format!("{}\n{}", old.to_text(), new.to_text()));
    // Plenty to tell a few hundred texts apart.
    digest.truncate(16);
    digest
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct File {
    cargo_semver_checks: String,
    verdict: Vec<Row>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Row {
    pair: String,
    semver_checks: String,
    #[serde(default)]
    checks: Vec<String>,
    surface: String,
    digest: String,
}

impl Verdicts {
    /// Reads what [`to_text`](Self::to_text) wrote.
    ///
    /// # Errors
    ///
    /// When the text is something else; the message names the place.
    pub fn parse(text: &str) -> Result<Self, String> {
        let file: File = toml::from_str(text).map_err(|error| error.to_string())?;
        let mut verdicts = Self {
            version: file.cargo_semver_checks,
            of: BTreeMap::new(),
        };
        for row in file.verdict {
            let verdict = Verdict {
                semver_checks: level(&row.pair, &row.semver_checks)?,
                checks: row.checks,
                surface: level(&row.pair, &row.surface)?,
                digest: row.digest,
            };
            if verdicts.of.insert(row.pair.clone(), verdict).is_some() {
                return Err(format!(
                    "`{}` has two verdicts; expected one; to fix: remove one of them",
                    row.pair
                ));
            }
        }
        Ok(verdicts)
    }

    /// The verdicts as text, in the order of these names. Others are left out.
    #[must_use]
    pub fn to_text(&self, order: &[String]) -> String {
        let mut text = format!(
            "# What the judges say of each pair. Written by `cargo run --release -p semver-promises -- judge`.\n\n\
             cargo-semver-checks = {:?}\n",
            self.version
        );
        for name in order {
            let Some(verdict) = self.of.get(name) else {
                continue;
            };
            // Writing to a string cannot fail.
            let _ = write!(
                text,
                "\n[[verdict]]\npair = {name:?}\nsemver-checks = \"{}\"\n",
                verdict.semver_checks
            );
            if !verdict.checks.is_empty() {
                let _ = writeln!(text, "checks = {:?}", verdict.checks);
            }
            let _ = writeln!(
                text,
                "surface = \"{}\"\ndigest = {:?}",
                verdict.surface, verdict.digest
            );
        }
        text
    }
}

fn level(pair: &str, word: &str) -> Result<RustLevel, String> {
    RustLevel::ALL
        .into_iter()
        .find(|level| level.as_str() == word)
        .ok_or_else(|| {
            format!("`{pair}` has the level `{word}`; expected patch, minor or major; to fix: judge it again")
        })
}
