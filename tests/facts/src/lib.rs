//! The derived documents of `specs/`, and ways to look at them.
//!
//! The tests of this crate hold what the vendors' pages state as tables of their own, written down apart from the
//! sources, and compare the committed documents with them.

mod document;
pub mod integrations;
pub mod shape;

pub use document::{Api, Document};
