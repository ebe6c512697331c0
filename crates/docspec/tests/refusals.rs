//! Pages that document no operation, files that are no captures, and layouts that are not clear.

#![allow(clippy::unwrap_used, reason = "a test stops at what it did not expect")]

mod golden_text;

use docspec::layout::Layout;
use docspec::vocabulary::Vocabulary;

#[test]
fn every_refusal_says_what_its_golden_file_says() {
    for (name, page) in golden_text::pages("refusals") {
        let read = golden_text::read(&name, &page, None, &Vocabulary::default());
        assert!(read.is_err(), "{name} was read");
        golden_text::compare("refusals", &name, &golden_text::outcome(&page, &read));
    }
}

#[test]
fn a_refusal_is_one_message() {
    for (name, page) in golden_text::pages("refusals") {
        let diagnostics =
            golden_text::read(&name, &page, None, &Vocabulary::default()).unwrap_err();
        assert_eq!(diagnostics.len(), 1, "{name}: {diagnostics:?}");
    }
}

#[test]
fn a_page_of_no_layout_is_told_what_was_looked_for() {
    let page = "Boats\n\ntype_of_boat: string\n\ncurl https://api.harbour.example/boats\n";
    let diagnostics = golden_text::read("page", page, None, &Vocabulary::default()).unwrap_err();
    assert_eq!(diagnostics[0].rule, "unknown-layout");
    for layout in [Layout::Markdown, Layout::TrutoCurrent, Layout::Theneo] {
        assert!(diagnostics[0].expected.contains(layout.name()));
    }
    assert!(diagnostics[0].fix.contains("--layout"));
}

#[test]
fn a_layout_that_is_given_must_show_a_sign_of_itself() {
    for (name, page) in golden_text::pages("fumadocs") {
        if name == "older" {
            let read =
                golden_text::read(&name, &page, Some(Layout::Theneo), &Vocabulary::default());
            let diagnostics = read.unwrap_err();
            assert_eq!(diagnostics[0].rule, "layout-mismatch");
            assert!(diagnostics[0].expected.contains("Response Attributes"));
        }
    }
}

#[test]
fn the_pages_of_each_layout_are_recognised_as_their_own() {
    for (folder, layout) in [("theneo", Layout::Theneo), ("fumadocs", Layout::Fumadocs)] {
        for (name, page) in golden_text::pages(folder) {
            let vocabulary = golden_text::vocabulary(folder);
            let recognised = golden_text::read(&name, &page, None, &vocabulary);
            let vocabulary = golden_text::vocabulary(folder);
            let given = golden_text::read(&name, &page, Some(layout), &vocabulary);
            assert_eq!(recognised, given, "{folder}/{name}");
        }
    }
}
