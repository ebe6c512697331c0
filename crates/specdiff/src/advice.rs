//! Which version a generated crate needs next.

use std::fmt;

use semver::Version;
use serde::Serialize;

use crate::level::RustLevel;

/// The least version that Cargo's rules allow to follow another for a change of this level: before 1.0.0 the second
/// number stands for what breaks and the third for all else; before 0.1.0 every version may break.
///
/// ```
/// use semver::Version;
/// use specdiff::{RustLevel, version_after};
///
/// let after = |version: &str, level| Ok::<_, semver::Error>(version_after(&version.parse::<Version>()?, level).to_string());
/// assert_eq!(after("1.4.2", RustLevel::Major)?, "2.0.0");
/// assert_eq!(after("1.4.2", RustLevel::Minor)?, "1.5.0");
/// assert_eq!(after("0.4.2", RustLevel::Major)?, "0.5.0");
/// assert_eq!(after("0.4.2", RustLevel::Minor)?, "0.4.3");
/// # Ok::<_, semver::Error>(())
/// ```
#[must_use]
pub fn version_after(version: &Version, level: RustLevel) -> Version {
    let (major, minor, patch) = (version.major, version.minor, version.patch);
    match (level, major, minor) {
        (RustLevel::Patch, ..) | (_, 0, 0) | (RustLevel::Minor, 0, _) => {
            Version::new(major, minor, patch + 1)
        }
        (RustLevel::Major, 0, _) => Version::new(0, minor + 1, 0),
        (RustLevel::Major, ..) => Version::new(major + 1, 0, 0),
        (RustLevel::Minor, ..) => Version::new(major, minor + 1, 0),
    }
}

/// Which version a crate needs next.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Advice {
    /// What the changes need; none when nothing changed.
    pub level: Option<RustLevel>,
    /// The version to compare with.
    #[serde(serialize_with = "shown")]
    pub from: Version,
    /// The least version that may follow; the same when nothing changed.
    #[serde(serialize_with = "shown")]
    pub to: Version,
}

fn shown<S: serde::Serializer>(version: &Version, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(version)
}

impl Advice {
    pub(crate) fn new(from: &Version, level: Option<RustLevel>) -> Self {
        Self {
            level,
            from: from.clone(),
            to: level.map_or_else(|| from.clone(), |level| version_after(from, level)),
        }
    }
}

impl fmt::Display for Advice {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.level {
            None => write!(out, "{} stays", self.from),
            Some(level) => write!(out, "{} needs {} ({level})", self.from, self.to),
        }
    }
}
