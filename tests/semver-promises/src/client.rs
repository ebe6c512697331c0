//! The crate of a document.

use std::collections::BTreeMap;

use codegen::generate::{Dependency, Settings, generate};
use serde_json::Value;

/// What both crates of every pair are called: cargo-semver-checks compares crates of one name.
pub const NAME: &str = "address-book-client";

/// The files of the crate that `cargo xtask generate` makes of a document, by their paths. `runtime` is the folder
/// of `client-runtime`, where the crate will be compiled.
///
/// # Errors
///
/// When the document is refused; the text names each place.
pub fn client(
    document: &Value,
    runtime: Option<String>,
) -> Result<BTreeMap<String, String>, String> {
    let settings = Settings {
        runtime: Dependency {
            version: "0.1.0".to_owned(),
            path: runtime,
        },
        ..Settings::new(NAME)
    };
    generate(document, &settings)
        .map(|generated| generated.files)
        .map_err(|refusals| refusals.to_string())
}
