//! The texts of the pages that change.

use std::collections::BTreeMap;

use super::edit::edit;
use crate::layout::{self, Context, Layout};
use crate::markdown_print::{Fused, print_fused};
use crate::page::{Content, Page};
use crate::text::Text;
use crate::vocabulary::Vocabulary;

/// Writes what the pages are to say into their texts.
pub(super) fn write(
    texts: &mut BTreeMap<String, String>,
    before: &[Page],
    after: &BTreeMap<String, Content>,
    vocabulary: &Vocabulary,
    fused: &Fused,
) {
    for (name, content) in after {
        let file = name.strip_prefix("pages/").unwrap_or(name);
        let page = Page {
            layout: Layout::Markdown,
            name: name.clone(),
            content: content.clone(),
        };
        let new = print_fused(&page, fused);
        let old = before.iter().find(|page| page.name == *name);
        let text = match old.zip(texts.get(file)) {
            Some((old, text)) => {
                let old = print_fused(old, fused);
                if old == new {
                    continue;
                }
                let edited = edit(text, &old, &new);
                // Where the text is written so differently that the edit says something else, it is printed anew.
                if printed(&edited, name, vocabulary, fused).as_ref() == Some(&new) {
                    edited
                } else {
                    new
                }
            }
            None => new,
        };
        texts.insert(file.to_owned(), text);
    }
}

/// The page that a text holds, as the printer has it.
fn printed(text: &str, name: &str, vocabulary: &Vocabulary, fused: &Fused) -> Option<String> {
    let vocabulary = vocabulary.fresh();
    let context = Context {
        page: name,
        vocabulary: &vocabulary,
    };
    let read = layout::read(&Text::new(text), Some(Layout::Markdown), context).ok()?;
    Some(print_fused(&read, fused))
}
