//! Real pages survive being printed as Markdown and read again.

#![expect(
    clippy::panic,
    clippy::expect_used,
    reason = "a test fails by panicking"
)]

#[path = "support/pages.rs"]
mod pages;

use std::fs;
use std::path::{Path, PathBuf};

use docspec::diagnostic::Diagnostic;
use docspec::layout::{self, Context, Layout};
use docspec::markdown_print::print;
use docspec::page::Page;
use docspec::text::Text;
use docspec::vocabulary::Vocabulary;
use pages::without_lines;

fn read(
    page: &str,
    layout: Option<Layout>,
    vocabulary: &Vocabulary,
) -> Result<Page, Vec<Diagnostic>> {
    let context = Context {
        page: "page",
        vocabulary,
    };
    layout::read(&Text::new(page), layout, context)
}

/// The vocabulary in a folder, empty where there is none.
fn vocabulary(folder: &Path) -> Vocabulary {
    fs::read_to_string(folder.join("vocabulary.toml"))
        .map(|file| Vocabulary::parse(&file).expect("a vocabulary"))
        .unwrap_or_default()
}

/// The files in a folder that end in `.{extension}`, in order.
fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|it| it == extension))
        .collect();
    files.sort();
    files
}

/// Prints a page, reads it again, and compares.
fn survives(path: &Path, mut page: Page) {
    page.layout = Layout::Markdown;
    let printed = print(&page);
    let again =
        read(&printed, Some(Layout::Markdown), &Vocabulary::default()).unwrap_or_else(|errors| {
            let text = Text::new(&printed);
            let rendered: Vec<String> = errors.iter().map(|error| error.render(&text)).collect();
            panic!("{}: {}\n\n{printed}", path.display(), rendered.join("\n\n"))
        });
    assert_eq!(
        without_lines(&again),
        without_lines(&page),
        "{}",
        path.display()
    );
    assert_eq!(print(&again), printed, "{}", path.display());
}

#[test]
fn every_page_of_the_sources_survives_printing() {
    let specs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../specs");
    let mut survived = 0;
    for api in fs::read_dir(&specs).expect("the folder of the sources") {
        let api = api.expect("an entry").path();
        if !api.join("pages").is_dir() {
            continue;
        }
        let vocabulary = vocabulary(&api);
        for path in files(&api.join("pages"), "md") {
            let text = fs::read_to_string(&path).expect("a page");
            let page = read(&text, None, &vocabulary)
                .unwrap_or_else(|errors| panic!("{}: {errors:#?}", path.display()));
            survives(&path, page);
            survived += 1;
        }
    }
    assert!(survived > 10, "only {survived} pages were found");
}

#[test]
fn captures_of_every_layout_survive_printing() {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    for layout in [
        Layout::TrutoCurrent,
        Layout::TrutoOlder,
        Layout::Theneo,
        Layout::Fumadocs,
    ] {
        let folder = fixtures.join(layout.name().replace('-', "_"));
        let vocabulary = vocabulary(&folder);
        let mut survived = 0;
        for path in files(&folder, "txt") {
            let text = fs::read_to_string(&path).expect("a capture");
            // Captures that are refused show what is refused; their own tests say so.
            if let Ok(page) = read(&text, Some(layout), &vocabulary) {
                survives(&path, page);
                survived += 1;
            }
        }
        assert!(survived > 0, "no capture of {} is read", layout.name());
    }
}
