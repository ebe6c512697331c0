//! A page, whatever it holds, is read or refused with its place, in every layout, and can be looked at for doubts.
#![no_main]

use docspec::layout::{Context, Layout, read};
use docspec::text::Text;
use docspec::vocabulary::Vocabulary;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|page: &str| {
    let text = Text::new(page);
    let vocabulary = Vocabulary::default();
    let context = Context { page: "page", vocabulary: &vocabulary };
    for layout in std::iter::once(None).chain(Layout::ALL.map(Some)) {
        match read(&text, layout, context) {
            Ok(page) => {
                let pages = [page];
                if let Ok(document) = docspec::derive::document(&pages, None) {
                    let _ = docspec::lint::findings(docspec::lint::Input {
                        document: &document,
                        document_name: "document",
                        pages: &pages,
                        texts: &[("page".to_owned(), text.clone())].into(),
                        vocabulary: &vocabulary,
                        idle: &[],
                    });
                }
            }
            Err(diagnostics) => {
                assert!(!diagnostics.is_empty(), "a refusal says why");
                for diagnostic in diagnostics {
                    let _ = diagnostic.render(&text);
                }
            }
        }
    }
});
