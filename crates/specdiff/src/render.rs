//! What changed, written down: for a terminal, for programs, for a pull request, for annotations and for a test
//! report.
//!
//! No writer trusts the words of a document: control characters are shown, markup is escaped, long values are cut.

mod changelog;
mod github;
mod json;
mod junit;
mod markdown;
mod text;
mod words;

use semver::Version;

use crate::Comparison;

pub use changelog::changelog;
pub use github::github;
pub use json::{SCHEMA, json};
pub use junit::junit;
pub use markdown::markdown;
pub use text::text;

/// What one document and the one before it have in common with the rest of the world.
#[derive(Debug, Clone, PartialEq)]
pub struct Compared {
    /// What the old document is called: a path, or a path in a revision.
    pub old: String,
    /// What the new document is called.
    pub new: String,
    /// The folder in which the pages of the new document's sources lie, from the root of the repository, such as
    /// `specs/truto`; none where its sources are not at hand.
    pub folder: Option<String>,
    /// The crate that is generated from it and the version that it has, where it is known.
    pub package: Option<(String, Version)>,
    /// What changed.
    pub comparison: Comparison,
}

impl Compared {
    fn advice(&self) -> Option<(&str, crate::Advice)> {
        let (name, version) = self.package.as_ref()?;
        Some((name, self.comparison.advice(version)))
    }
}
