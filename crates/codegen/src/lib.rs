//! Turns an OpenAPI document into the files of a typed Rust client crate.

mod deep;
pub mod document;
mod finish;
pub mod generate;
pub mod item;
pub mod normalise;
mod package;
pub mod plan;
pub mod print;
pub mod refusal;
pub mod report;
