//! `Cargo.toml`.

use std::fmt::Write as _;

use crate::{
    finish::Modules,
    generate::{Dependency, Settings},
    plan::Plan,
};

/// The Rust version that generated code needs.
const RUST_VERSION: &str = "1.95";

/// Crates that generated types may name, with what `Cargo.toml` says of them.
const OPTIONAL: &[(&str, &str)] = &[
    (
        "chrono",
        "{ version = \"0.4.45\", default-features = false, features = [\"serde\"] }",
    ),
    (
        "uuid",
        "{ version = \"1.29.1\", default-features = false, features = [\"serde\", \"std\"] }",
    ),
];

/// The manifest.
pub(super) fn manifest(modules: &Modules, plan: &Plan, settings: &Settings, note: &str) -> String {
    let description = if settings.description.trim().is_empty() {
        format!("A typed client for {}", plan.title.trim())
    } else {
        settings.description.trim().to_owned()
    };
    let mut text = format!("# {note}\n\n[package]\n");
    key(&mut text, "name", &settings.name);
    key(&mut text, "version", &settings.version);
    key(&mut text, "description", &one_line(&description));
    text.push_str("edition = \"2024\"\n");
    key(&mut text, "rust-version", RUST_VERSION);
    if let Some(license) = &settings.license {
        key(&mut text, "license", &license.expression);
    }
    if let Some(repository) = &settings.repository {
        key(&mut text, "repository", repository);
    }
    text.push_str(
        "readme = \"README.md\"\nkeywords = [\"api\", \"client\", \"openapi\"]\ncategories = [\"api-bindings\"]\n",
    );
    features(&mut text, plan, settings.sandbox.is_some());
    text.push_str("\n[package.metadata.docs.rs]\nall-features = true\n\n[dependencies]\n");
    for (name, requirement) in OPTIONAL.iter().filter(|(name, _)| *name < "client-runtime") {
        optional(&mut text, modules, name, requirement);
    }
    dependency(&mut text, "client-runtime", &settings.runtime, false);
    if let Some(sandbox) = &settings.sandbox {
        dependency(&mut text, "sandbox", sandbox, true);
    }
    text.push_str("serde = { version = \"1.0.229\", features = [\"derive\"] }\n");
    for (name, requirement) in OPTIONAL.iter().filter(|(name, _)| *name > "client-runtime") {
        optional(&mut text, modules, name, requirement);
    }
    if settings.sandbox.is_some() {
        text.push_str(
            "\n[[test]]\nname = \"every_operation\"\nrequired-features = [\"sandbox\"]\n",
        );
    }
    text.push_str("\n[lints.rust]\nmissing_docs = \"warn\"\nunsafe_code = \"forbid\"\n");
    text
}

/// A crate that this one needs, or that a feature of its name brings.
fn dependency(text: &mut String, name: &str, dependency: &Dependency, is_optional: bool) {
    let version = quoted(&dependency.version);
    let path = dependency.path.as_deref().map(quoted);
    let path = path.map_or(String::new(), |path| format!(", path = {path}"));
    let _ = match (path.as_str(), is_optional) {
        ("", false) => writeln!(text, "{name} = {version}"),
        (_, false) => writeln!(text, "{name} = {{ version = {version}{path} }}"),
        (_, true) => writeln!(
            text,
            "{name} = {{ version = {version}{path}, optional = true }}"
        ),
    };
}

/// A feature for each tag, all of them by default, and one for the test kit.
fn features(text: &mut String, plan: &Plan, has_kit: bool) {
    if has_kit || !plan.features.is_empty() {
        text.push_str("\n[features]\n");
    }
    if has_kit {
        text.push_str("# A local server that plays the API, and a client of it: for tests.\nsandbox = [\"dep:sandbox\"]\n");
    }
    if plan.features.is_empty() {
        return;
    }
    text.push_str("default = [\"all-tags\"]\nall-tags = [\n");
    for name in plan.features.keys() {
        let _ = writeln!(text, "    {},", quoted(name));
    }
    text.push_str("]\n");
    for (name, tag) in &plan.features {
        let what = if tag.is_empty() {
            "operations without a tag".to_owned()
        } else {
            one_line(tag)
        };
        let _ = writeln!(text, "# {what}\n{name} = []");
    }
}

fn optional(text: &mut String, modules: &Modules, name: &str, requirement: &str) {
    let path = format!("::{name}::");
    if modules.values().any(|module| module.contains(&path)) {
        let _ = writeln!(text, "{name} = {requirement}");
    }
}

fn key(text: &mut String, name: &str, value: &str) {
    let _ = writeln!(text, "{name} = {}", quoted(value));
}

/// A TOML basic string.
fn quoted(value: &str) -> String {
    let mut quoted = String::with_capacity(value.len() + 2);
    quoted.push('"');
    for character in value.chars() {
        match character {
            '"' | '\\' => {
                quoted.push('\\');
                quoted.push(character);
            }
            control if control.is_control() => {
                let _ = write!(quoted, "\\u{:04X}", u32::from(control));
            }
            other => quoted.push(other),
        }
    }
    quoted.push('"');
    quoted
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
