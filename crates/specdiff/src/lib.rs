//! What changed between two OpenAPI documents: on the wire, for Rust callers of the generated crate, and for each
//! integration behind the API.
//!
//! [`compare`] walks both documents side by side. Every difference comes once, with its place, the operations that
//! reach it and two levels: [`WireLevel`], which tells what is sent from what is answered, and [`RustLevel`], which
//! is about the crate that `codegen` generates. [`Comparison::advice`] says which version that crate needs next, and
//! [`render`] writes it all down.
//!
//! ```
//! use serde_json::json;
//! use specdiff::{RustLevel, WireLevel, compare};
//!
//! let document = |values: serde_json::Value| {
//!     json!({
//!         "openapi": "3.0.3",
//!         "info": {"title": "Parcels", "version": "1"},
//!         "paths": {"/parcels": {"get": {
//!             "operationId": "parcels_list",
//!             "parameters": [{"name": "kind", "in": "query", "schema": {"type": "string", "enum": values}}],
//!             "responses": {"200": {"description": "The parcels."}}
//!         }}}
//!     })
//! };
//! let comparison = compare(&document(json!(["letter", "pallet"])), &document(json!(["letter"])));
//! let change = &comparison.changes[0];
//! assert_eq!(change.rule.id(), "query-parameter-enum-value-removed");
//! assert_eq!((change.wire, change.rust), (WireLevel::Breaking, RustLevel::Major));
//! ```
//!
//! Two things are no change: the order of keys and of parameters, which means nothing, and the line at which a fact
//! stands in its source (`x-source`). Of the latter one change says how many there are.

mod advice;
mod aspect;
mod change;
pub mod changelog;
mod compare;
mod document;
mod finish;
mod level;
mod pointer;
mod reach;
pub mod render;
mod rust;
mod shape;

use semver::Version;
use serde_json::Value;

pub use advice::{Advice, version_after};
pub use aspect::Aspect;
pub use change::{Change, Directions, Rule, Source, Subject};
pub use level::{RustLevel, WireLevel};

/// What changed between two documents.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Comparison {
    /// The changes, in the order of their places.
    pub changes: Vec<Change>,
}

impl Comparison {
    /// Whether nothing changed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    /// The highest level on the wire; none when nothing changed.
    #[must_use]
    pub fn wire_level(&self) -> Option<WireLevel> {
        self.changes.iter().map(|change| change.wire).max()
    }

    /// The highest level for Rust callers; none when nothing changed.
    #[must_use]
    pub fn rust_level(&self) -> Option<RustLevel> {
        self.changes.iter().map(|change| change.rust).max()
    }

    /// How many changes have a level on the wire.
    #[must_use]
    pub fn count(&self, level: WireLevel) -> usize {
        self.changes
            .iter()
            .filter(|change| change.wire == level)
            .count()
    }

    /// The version that the generated crate needs after one of this version.
    #[must_use]
    pub fn advice(&self, version: &Version) -> Advice {
        Advice::new(version, self.rust_level())
    }
}

/// Compares two OpenAPI documents, 3.0 or 3.1.
///
/// Whatever they hold, it gives an answer: what is no OpenAPI is compared as the words that it has.
#[must_use]
pub fn compare(old: &Value, new: &Value) -> Comparison {
    Comparison {
        changes: compare::changes(old, new),
    }
}
