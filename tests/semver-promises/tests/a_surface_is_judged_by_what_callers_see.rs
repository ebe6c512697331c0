//! The second judge: what of a crate its callers see, and what a difference in it means.

#![expect(
    clippy::unwrap_used,
    reason = "a source that cannot be read fails the test"
)]

use std::collections::BTreeMap;

use semver_promises::Surface;
use specdiff::RustLevel::{self, Major, Minor, Patch};

fn surface(source: &str) -> Result<Surface, String> {
    Surface::of(&BTreeMap::from([(
        "src/lib.rs".to_owned(),
        source.to_owned(),
    )]))
}

fn level(old: &str, new: &str) -> RustLevel {
    surface(new).unwrap().level_since(&surface(old).unwrap())
}

/// Both ways round.
fn levels(old: &str, new: &str) -> (RustLevel, RustLevel) {
    (level(old, new), level(new, old))
}

#[test]
fn what_is_added_is_minor_and_what_is_gone_is_major() {
    for (without, with) in [
        ("", "pub struct A;"),
        ("pub struct A;", "pub struct A { pub b: u8 }"),
        (
            "pub struct A { pub b: u8 }",
            "pub struct A { pub b: u8, pub c: u8 }",
        ),
        ("pub enum A { B }", "pub enum A { B, C }"),
        (
            "pub struct A;",
            "pub struct A; impl A { pub fn b(&self) {} }",
        ),
        (
            "pub struct A;",
            "pub struct A; impl A { pub const B: u8 = 1; }",
        ),
        (
            "pub struct A;",
            "pub struct A; impl Default for A { fn default() -> Self { Self } }",
        ),
        ("pub struct A;", "#[derive(Clone)] pub struct A;"),
        (
            "pub struct A;",
            "pub struct A; impl From<A> for String { fn from(_: A) -> Self { Self::new() } }",
        ),
        (
            "mod a { pub struct A; }",
            "mod a { pub struct A; } pub use a::A;",
        ),
        ("", "pub use other::A;"),
        ("", "pub fn a() {}"),
        ("", "pub static A: u8 = 1;"),
    ] {
        assert_eq!(levels(without, with), (Minor, Major), "{without} | {with}");
    }
}

#[test]
fn a_changed_type_is_major() {
    for (old, new) in [
        ("pub struct A { pub b: u8 }", "pub struct A { pub b: u16 }"),
        ("pub enum A { B(u8) }", "pub enum A { B(u16) }"),
        ("pub fn a(b: u8) {}", "pub fn a(b: u16) {}"),
        ("pub fn a() -> u8 { 1 }", "pub fn a() -> u16 { 1 }"),
        ("pub fn a(b: impl Into<u8>) {}", "pub fn a(b: u8) {}"),
        (
            "pub struct A; impl A { pub fn b(self) {} }",
            "pub struct A; impl A { pub async fn b(self) {} }",
        ),
        ("pub static A: u8 = 1;", "pub static A: u16 = 1;"),
        ("pub const A: u8 = 1;", "pub const A: u8 = 2;"),
        ("pub type A = u8;", "pub type A = u16;"),
        ("pub use one::A;", "pub use other::A;"),
        ("pub fn a() {}", "#[cfg(feature = \"a\")] pub fn a() {}"),
    ] {
        assert_eq!(levels(old, new), (Major, Major), "{old} | {new}");
    }
}

#[test]
fn what_callers_do_not_see_is_patch() {
    for (old, new) in [
        (
            "pub fn a() {}",
            "/// Words.\npub fn a() { b(); }\nfn b() {}",
        ),
        ("pub fn a(b: u8) {}", "pub fn a(c: u8,) {}"),
        ("pub struct A { b: u8 }", "pub struct A { b: u16 }"),
        ("mod a { pub struct A; }", "mod a { pub struct B; }"),
        ("pub static A: u8 = 1;", "pub static A: u8 = 2;"),
        (
            "pub struct A { pub b: u8 }",
            "pub struct A { #[serde(rename = \"c\")] pub b: u8 }",
        ),
    ] {
        assert_eq!(levels(old, new), (Patch, Patch), "{old} | {new}");
    }
}

#[test]
fn a_warning_is_minor_and_its_end_is_patch() {
    for (old, new) in [
        ("pub fn a() {}", "#[deprecated] pub fn a() {}"),
        ("pub fn a() {}", "#[must_use] pub fn a() {}"),
        (
            "pub struct A { pub b: u8 }",
            "pub struct A { #[deprecated = \"old\"] pub b: u8 }",
        ),
    ] {
        assert_eq!(levels(old, new), (Minor, Patch), "{old} | {new}");
    }
}

#[test]
fn a_feature_is_a_part_of_the_surface() {
    let of = |manifest: &str| {
        Surface::of(&BTreeMap::from([
            ("src/lib.rs".to_owned(), String::new()),
            ("Cargo.toml".to_owned(), manifest.to_owned()),
        ]))
        .unwrap()
    };
    let (without, with) = (of(""), of("[features]\na = []\n"));
    assert_eq!(with.level_since(&without), Minor);
    assert_eq!(without.level_since(&with), Major);
}

#[test]
fn an_item_is_known_by_the_path_that_callers_write() {
    let files = BTreeMap::from([
        ("src/lib.rs".to_owned(), "pub mod types;".to_owned()),
        (
            "src/types.rs".to_owned(),
            "mod contact; pub use contact::Contact;".to_owned(),
        ),
        (
            "src/types/contact.rs".to_owned(),
            "pub struct Contact { pub name: String } struct Reader;".to_owned(),
        ),
    ]);
    let surface = Surface::of(&files).unwrap();
    assert!(surface.has("types::Contact.name"));
    assert!(!surface.to_text().contains("Reader"));
}

#[test]
fn what_cannot_be_judged_is_refused() {
    for (source, expected) in [
        ("pub use other::*;", "a public `use` of `*`"),
        ("make_items!();", "a macro `make_items`"),
        ("pub trait A {}", "`A` is a kind of item"),
        ("pub mod a;", "src/a.rs is not among the files"),
        ("pub fn", "src/lib.rs: "),
    ] {
        let message = surface(source).unwrap_err();
        assert!(message.contains(expected), "{source}: {message}");
    }
}
