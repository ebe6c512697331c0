//! Turns an OpenAPI document into the files of a typed Rust client crate.

pub mod plan;
