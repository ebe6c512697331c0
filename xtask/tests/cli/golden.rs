//! Golden files: texts that are compared exactly, and rewritten when `UPDATE_GOLDEN=1` is set.

use std::fs;
use std::path::Path;

/// Compares what a terminal of 80 columns is shown with `tests/golden/<name>`.
pub(crate) fn check(name: &str, text: &str) {
    for line in text.lines() {
        assert!(
            line.chars().count() <= 80,
            "wider than 80 columns: {line}\n{text}"
        );
    }
    check_wide(name, text);
}

/// The same for pages and diagnostics, whose lines are as long as what they quote.
pub(crate) fn check_wide(name: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/golden")
        .join(name);
    if std::env::var_os("UPDATE_GOLDEN").is_some_and(|value| value == "1") {
        fs::write(&path, text).expect("the golden file can be written");
    }
    let golden = fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(
        text, golden,
        "{name} differs; run with UPDATE_GOLDEN=1 and read the difference"
    );
}
