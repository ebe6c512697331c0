//! Reviewed human decisions about a derived document, as [`OpenAPI` Overlay 1.1][spec] files.
//!
//! One file holds one decision: `info.title` says what was decided, `info.description` why. On top of the
//! specification, a decision must still apply: a target that selects nothing and an action that changes nothing are
//! errors, so that a decision that the sources have caught up with is noticed. Whatever an action changes carries
//! the file's name in `x-overlay`.
//!
//! [spec]: https://spec.openapis.org/overlay/v1.1.0.html

mod apply;
mod merge;
mod near;
mod read;

use serde_json::Value;
use serde_json_path::JsonPath;

pub use apply::{apply, apply_those_that_fit};

/// An overlay that was read without an error.
#[derive(Debug, Clone)]
pub struct Overlay {
    /// The file's name, for messages and `x-overlay`.
    pub file: String,
    /// What was decided.
    pub title: String,
    /// The version of the decision.
    pub version: String,
    /// Why it was decided.
    pub description: String,
    /// The document that the overlay was written for, when it says so.
    pub extends: Option<String>,
    /// What it does, in order.
    pub actions: Vec<Action>,
}

/// One change, at every place that its target selects.
#[derive(Debug, Clone)]
pub struct Action {
    /// The line of the file where the action starts, counted from 1; 0 when it is not known.
    pub line: usize,
    /// What is changed.
    pub target: Selector,
    /// What the action is for.
    pub description: Option<String>,
    /// How it is changed.
    pub change: Change,
}

/// A `JSONPath` of RFC 9535.
#[derive(Debug, Clone)]
pub struct Selector {
    /// The path as the file writes it.
    pub text: String,
    /// The path, parsed.
    pub path: JsonPath,
}

/// How a target is changed.
#[derive(Debug, Clone)]
pub enum Change {
    /// Merged into objects, appended to lists, put in the place of scalars.
    Update(Value),
    /// As an update, with what stands at this one place of the document.
    Copy(Selector),
    /// Taken out of the object or list that it stands in.
    Remove,
}

/// The name of a file without its folder, as `x-overlay` has it.
fn file_name(file: &str) -> &str {
    file.rsplit('/').next().unwrap_or(file)
}
