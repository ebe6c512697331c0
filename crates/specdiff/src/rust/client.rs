//! What the client of the generated crate and its builder are told before they are used: credentials, and the account.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::document::{Document, Located};
use crate::level::RustLevel::{self, Major, Minor, Patch};

/// The methods that take credentials, by the schemes that need them. One is named after the kind of its scheme, and
/// after the scheme, too, where several are of one kind.
pub(crate) fn credentials<'d>(document: &Document<'d>) -> BTreeMap<&'d str, String> {
    let schemes = document.components("securitySchemes");
    schemes
        .iter()
        .map(|(name, at)| {
            let own = kind(at);
            let alike = schemes.values().filter(|other| kind(other) == own).count();
            let method = if alike == 1 {
                own.to_owned()
            } else {
                format!("{own}_{name}")
            };
            (*name, method)
        })
        .collect()
}

fn kind(scheme: &Located<'_>) -> &'static str {
    let text = |key: &str| scheme.text(key).unwrap_or_default();
    match (text("type"), text("scheme").to_ascii_lowercase().as_str()) {
        ("http", "basic") => "basic_auth",
        ("http", "bearer") => "bearer_token",
        ("apiKey", _) => "api_key",
        _ => "access_token",
    }
}

/// What it means that a scheme came or changed: a method with it, or another name for one.
pub(crate) fn scheme_level(
    old: &BTreeMap<&str, String>,
    new: &BTreeMap<&str, String>,
    name: &str,
) -> RustLevel {
    let is_kept = old
        .iter()
        .all(|(scheme, method)| new.get(scheme).is_none_or(|other| other == method));
    match (is_kept, old.contains_key(name)) {
        (false, _) => Major,
        (true, false) => Minor,
        (true, true) => Patch,
    }
}

/// What it means that quotas changed: the parameter that they count by is a method of the builder.
pub(crate) fn quotas_level(old: &Document<'_>, new: &Document<'_>) -> RustLevel {
    match (account(old), account(new)) {
        (before, after) if before == after => Patch,
        (None, _) => Minor,
        _ => Major,
    }
}

/// The parameter that names the account by which quotas are counted.
fn account<'d>(document: &Document<'d>) -> Option<&'d str> {
    let quotas = document.root.get("x-quotas")?.as_array()?;
    let operations = document.operations();
    let is_there = |name: &&str| {
        operations
            .iter()
            .flat_map(|operation| &operation.parameters)
            .any(|parameter| {
                parameter.name == *name && matches!(parameter.place, "query" | "header")
            })
    };
    quotas
        .iter()
        .filter_map(|quota| quota.get("parameter").and_then(Value::as_str))
        .find(is_there)
}
