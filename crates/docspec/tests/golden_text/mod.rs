//! Golden files: a text is compared exactly with the file beside its fixture.

#![allow(
    dead_code,
    reason = "each test is a crate of its own and uses what it needs"
)]

use std::fs;
use std::path::{Path, PathBuf};

use docspec::diagnostic::Diagnostic;
use docspec::layout::{self, Context, Layout};
use docspec::page::Page;
use docspec::text::Text;
use docspec::vocabulary::Vocabulary;

/// The folder of fixtures of this name.
pub(crate) fn fixtures(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/fixtures")
        .join(name)
}

/// Every fixture in a folder, by name, in order.
pub(crate) fn pages(folder: &str) -> Vec<(String, String)> {
    let mut pages: Vec<(String, String)> = fs::read_dir(fixtures(folder))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
        .map(|path| {
            let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
            (name, fs::read_to_string(&path).unwrap())
        })
        .collect();
    pages.sort();
    assert!(!pages.is_empty(), "no fixtures in {folder}");
    pages
}

/// The vocabulary of a folder of fixtures; an empty one where there is none.
pub(crate) fn vocabulary(folder: &str) -> Vocabulary {
    match fs::read_to_string(fixtures(folder).join("vocabulary.toml")) {
        Ok(file) => Vocabulary::parse(&file).unwrap(),
        Err(_) => Vocabulary::default(),
    }
}

/// Reads a page under a short name.
pub(crate) fn read(
    name: &str,
    page: &str,
    layout: Option<Layout>,
    vocabulary: &Vocabulary,
) -> Result<Page, Vec<Diagnostic>> {
    let context = Context {
        page: name,
        vocabulary,
    };
    layout::read(&Text::new(page), layout, context)
}

/// What was read, or what is wrong, as a text to compare.
///
/// Of a page, what is absent, false or empty is left out.
pub(crate) fn outcome(page: &str, read: &Result<Page, Vec<Diagnostic>>) -> String {
    match read {
        Ok(read) => {
            let whole = format!("{read:#?}\n");
            let said: Vec<&str> = whole
                .lines()
                .filter(|line| {
                    ![": None,", ": false,", ": [],"]
                        .iter()
                        .any(|nothing| line.ends_with(nothing))
                })
                .collect();
            said.join("\n") + "\n"
        }
        Err(diagnostics) => {
            assert!(!diagnostics.is_empty(), "a refusal without a reason");
            let text = Text::new(page);
            let rendered: Vec<String> = diagnostics
                .iter()
                .map(|diagnostic| format!("{}\n", diagnostic.render(&text)))
                .collect();
            rendered.join("\n")
        }
    }
}

/// Compares with the golden file, or rewrites it when `UPDATE_GOLDEN=1` is set.
pub(crate) fn compare(folder: &str, name: &str, actual: &str) {
    let path = fixtures(folder).join(format!("{name}.golden"));
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(&path, actual).unwrap();
        return;
    }
    let expected = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        actual == expected,
        "{folder}/{name}.golden differs; UPDATE_GOLDEN=1 rewrites it. It would be:\n{actual}"
    );
}
