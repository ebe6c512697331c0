//! Golden files: texts that are compared exactly, and rewritten when `UPDATE_GOLDEN=1` is set.

use std::fs;
use std::path::Path;

/// Compares a text with `tests/golden/<name>`.
pub(crate) fn check(name: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/golden")
        .join(name);
    if std::env::var_os("UPDATE_GOLDEN").is_some_and(|value| value == "1") {
        fs::create_dir_all(path.parent().expect("a folder")).expect("the folder can be made");
        fs::write(&path, text).expect("the golden file can be written");
    }
    let golden = fs::read_to_string(&path)
        .unwrap_or_else(|error| panic!("{}: {error}; run with UPDATE_GOLDEN=1", path.display()));
    assert!(
        golden == text,
        "{} differs; run with UPDATE_GOLDEN=1 and read the difference",
        path.display()
    );
}
