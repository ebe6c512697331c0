//! Rust names as typify and progenitor make them, so that collisions are seen before they do.

use std::collections::BTreeSet;

use heck::{ToPascalCase, ToSnakeCase};
use unicode_ident::{is_xid_continue, is_xid_start};

/// The words that typify follows by an underscore.
const KEYWORDS: [&str; 56] = [
    "_", "abstract", "as", "async", "await", "become", "box", "break", "const", "continue",
    "crate", "do", "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if",
    "impl", "in", "let", "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub",
    "ref", "return", "Self", "self", "static", "struct", "super", "trait", "true", "try", "type",
    "typeof", "unsafe", "unsized", "use", "virtual", "where", "while", "yield", "union", "auto",
    "default",
];

/// Words above that typify takes as they are.
const CONTEXTUAL: [&str; 3] = ["union", "auto", "default"];

/// The name of a type or an enum's variant.
pub(crate) fn pascal(text: &str) -> String {
    identifier(text, str::to_pascal_case, "X")
}

/// The name of a field, a parameter or a method.
pub(crate) fn snake(text: &str) -> String {
    identifier(text, str::to_snake_case, "x")
}

fn identifier(text: &str, case: impl Fn(&str) -> String, prefix: &str) -> String {
    let name = match text {
        "+1" => "plus1".to_owned(),
        "-1" => "minus1".to_owned(),
        _ => case(
            &text
                .replace('\'', "")
                .replace(|letter| !is_xid_continue(letter), "-"),
        ),
    };
    let name = match name.chars().next() {
        None => prefix.to_owned(),
        Some(first) if is_xid_start(first) => name,
        Some(_) => format!("{prefix}{name}"),
    };
    if KEYWORDS.contains(&name.as_str()) && !CONTEXTUAL.contains(&name.as_str()) {
        format!("{name}_")
    } else {
        name
    }
}

/// Whether typify can tell these enum values apart as variants.
pub(super) fn distinct_variants<'a>(values: impl Iterator<Item = &'a str> + Clone) -> bool {
    let plain = |value: &'a str| pascal(value);
    let marked = |value: &'a str| {
        pascal(&value.replace(|letter| letter == '_' || !is_xid_continue(letter), "X"))
    };
    all_different(values.clone().map(plain)) || all_different(values.map(marked))
}

fn all_different(names: impl Iterator<Item = String>) -> bool {
    let mut seen = BTreeSet::new();
    names.into_iter().all(|name| seen.insert(name))
}

/// Names that are taken, compared as Rust sees them.
#[derive(Debug, Default)]
pub(super) struct Names(BTreeSet<String>);

impl Names {
    /// Takes these names away.
    pub(super) fn reserve(&mut self, names: &[&str]) {
        self.0.extend(names.iter().map(|name| (*name).to_owned()));
    }

    /// `wanted`, or `wanted` with the lowest number from 2 that makes it free; then taken.
    pub(super) fn take(&mut self, wanted: &str) -> String {
        let mut name = wanted.to_owned();
        let mut number = 2_usize;
        while !self.0.insert(name.clone()) {
            name = if wanted.ends_with(|last: char| last.is_ascii_digit()) {
                format!("{wanted}_{number}")
            } else {
                format!("{wanted}{number}")
            };
            number += 1;
        }
        name
    }

    /// Whether the name is taken.
    pub(super) fn has(&self, name: &str) -> bool {
        self.0.contains(name)
    }
}
