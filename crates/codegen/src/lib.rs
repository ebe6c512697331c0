//! Turns an OpenAPI document into the files of a typed Rust client crate.

pub mod document;
pub mod normalise;
pub mod plan;
pub mod print;
pub mod refusal;
pub mod report;
