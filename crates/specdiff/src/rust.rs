//! What a change means for Rust callers of the generated crate.
//!
//! Types of answers are `#[non_exhaustive]`, keep what they do not name and may lack any field. Types of requests can
//! be written as literals, so a further field breaks those who do. A list of values that may grow is `Open<…>`, whose
//! callers handle unknown values already.

pub(crate) mod client;
pub(crate) mod listing;
pub(crate) mod types;
pub(crate) mod variants;

use crate::document::{Document, Located};
use crate::level::RustLevel::{self, Major, Minor, Patch};
use types::Way;

/// The level of a change where it is sent, and where it is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Levels {
    pub(crate) sent: RustLevel,
    pub(crate) answered: RustLevel,
}

impl Levels {
    pub(crate) const PATCH: Self = Self::both(Patch);

    pub(crate) const fn both(level: RustLevel) -> Self {
        Self {
            sent: level,
            answered: level,
        }
    }

    pub(crate) const fn new(sent: RustLevel, answered: RustLevel) -> Self {
        Self { sent, answered }
    }

    /// Levels of two types that may differ.
    pub(crate) fn of_types(
        old: (&Document<'_>, &Located<'_>),
        new: (&Document<'_>, &Located<'_>),
    ) -> Self {
        let level = |way| {
            if types::of(old.0, old.1, way) == types::of(new.0, new.1, way) {
                Patch
            } else {
                Major
            }
        };
        Self::new(level(Way::Sent), level(Way::Answered))
    }

    pub(crate) fn max(self, other: Self) -> Self {
        Self::new(self.sent.max(other.sent), self.answered.max(other.answered))
    }
}

/// Which of the generated types a place is part of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Visible {
    pub(crate) sent: bool,
    pub(crate) answered: bool,
}

impl Visible {
    pub(crate) const ALL: Self = Self {
        sent: true,
        answered: true,
    };
    pub(crate) const NONE: Self = Self {
        sent: false,
        answered: false,
    };

    /// What is left of this inside a field: one that can only be read is not sent, and the other way round.
    pub(crate) fn within(self, read_only: bool, write_only: bool) -> Self {
        Self {
            sent: self.sent && !read_only,
            answered: self.answered && !write_only,
        }
    }

    pub(crate) fn of(self, levels: Levels) -> Levels {
        let level = |visible, level| if visible { level } else { Patch };
        Levels::new(
            level(self.sent, levels.sent),
            level(self.answered, levels.answered),
        )
    }
}

/// A field that comes or goes: in a request it changes a literal, in an answer it is one more or one less.
pub(crate) fn field(comes: bool, visible: Visible) -> Levels {
    visible.of(if comes {
        Levels::new(Major, Minor)
    } else {
        Levels::both(Major)
    })
}

/// The name of the method of an operation.
pub(crate) fn method(id: Option<&str>, method: &str, path: &str) -> String {
    use heck::ToSnakeCase as _;

    let named = id.map_or_else(
        || {
            let words: Vec<String> = path
                .split('/')
                .filter(|segment| !segment.is_empty())
                .map(|segment| match segment.strip_prefix('{') {
                    Some(name) => format!("by {}", name.trim_end_matches('}')),
                    None => segment.to_owned(),
                })
                .collect();
            format!("{method} {}", words.join(" "))
        },
        str::to_owned,
    );
    named.to_snake_case()
}
