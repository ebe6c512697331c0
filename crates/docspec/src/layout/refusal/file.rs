//! Files that are no text captures at all.

use super::super::Context;
use super::super::findings::Line;
use super::refusal;
use crate::diagnostic::Diagnostic;
use crate::text::Text;

/// Refuses what is no text capture at all: an empty file, a binary file, HTML.
pub(in crate::layout) fn of_file(text: &Text, context: Context<'_>) -> Option<Diagnostic> {
    let lines = || text.lines().map(|(_, line)| line);
    let Some((number, first)) = text.lines().find(|(_, line)| !line.trim().is_empty()) else {
        return Some(refusal(
            context,
            "empty-file",
            None,
            "a file without any text",
            "a captured page",
            "copy the page's text into the file",
        ));
    };
    let characters: usize = lines().map(str::len).sum();
    let odd = lines()
        .flat_map(str::chars)
        .filter(|character| {
            character.is_control() && *character != '\t'
                || *character == char::REPLACEMENT_CHARACTER
        })
        .count();
    let nul = lines().any(|line| line.contains('\0'));
    if nul || first.starts_with("%PDF-") || odd * 100 > characters {
        return Some(refusal(
            context,
            "binary-file",
            None,
            "a file that is no text",
            "a page's text in UTF-8",
            "copy the page's text out of the browser into a plain-text file",
        ));
    }
    let start = first.trim_start().to_ascii_lowercase();
    let html = ["<!doctype html", "<html", "<head", "<body", "<div", "<?xml"]
        .iter()
        .any(|tag| start.starts_with(tag));
    html.then(|| {
        let line = Line {
            number,
            text: first,
            indent: 0,
            after_blank: false,
        };
        refusal(
            context,
            "html-file",
            Some(line),
            "HTML",
            "the text that the page shows",
            "copy the text out of the browser, or take the page's Markdown form, usually its URL with `.md`",
        )
    })
}
