//! How much a change matters, on the wire and for Rust callers.

use std::fmt;

use serde::Serialize;

/// What a change means for a program that talks to the API, whatever it is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum WireLevel {
    /// Nothing that worked stops working.
    Info,
    /// Something that worked may stop working.
    Warning,
    /// Something that worked stops working.
    Breaking,
}

impl WireLevel {
    /// Every level, the least first.
    pub const ALL: [Self; 3] = [Self::Info, Self::Warning, Self::Breaking];

    /// The level in lower case.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Breaking => "breaking",
        }
    }
}

impl fmt::Display for WireLevel {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.pad(self.as_str())
    }
}

/// What a change means for a Rust program that calls the generated crate, as Cargo's rules for versions say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum RustLevel {
    /// No item of the crate changes: documentation, or data behind it.
    Patch,
    /// Items are added, or are deprecated; what compiled compiles.
    Minor,
    /// What compiled may no longer compile, or a call that could be made can no longer be.
    Major,
}

impl RustLevel {
    /// Every level, the least first.
    pub const ALL: [Self; 3] = [Self::Patch, Self::Minor, Self::Major];

    /// The level in lower case.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        }
    }
}

impl fmt::Display for RustLevel {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.pad(self.as_str())
    }
}
