//! The picture in the README is what `contacts demo` prints. `UPDATE_GOLDEN=1` draws it anew.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "support/picture.rs"]
mod picture;

use std::path::Path;

#[test]
fn the_picture_shows_the_demo() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("demo.svg");
    let drawn = picture::of(&picture::demo(env!("CARGO_BIN_EXE_contacts")));
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(&file, &drawn).unwrap();
    }
    let kept = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(
        kept == drawn,
        "demo.svg is not what `contacts demo` prints; UPDATE_GOLDEN=1 draws it anew"
    );
}
