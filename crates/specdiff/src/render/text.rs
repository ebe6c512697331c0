//! For a terminal of 80 columns.

use std::fmt::Write as _;

use super::Compared;
use super::words::{COLUMNS, of_level, place, sentence, shown, summary, wrapped};
use crate::{Change, WireLevel};

/// Writes the changes for a terminal, those that break first.
#[must_use]
pub fn text(compared: &[Compared]) -> String {
    let mut text = String::new();
    for (index, one) in compared.iter().enumerate() {
        if index > 0 {
            text.push('\n');
        }
        line(
            &mut text,
            0,
            &format!("{}: {}", shown(&one.new), summary(&one.comparison)),
        );
        if let Some((name, advice)) = one.advice() {
            line(&mut text, 0, &format!("{name} {advice}"));
        }
        for level in WireLevel::ALL.into_iter().rev() {
            for change in of_level(&one.comparison, level) {
                text.push('\n');
                write_change(&mut text, change);
            }
        }
    }
    text
}

fn write_change(text: &mut String, change: &Change) {
    line(
        text,
        0,
        &format!(
            "{}, {} in Rust: {}",
            change.wire,
            change.rust,
            change.rule.id()
        ),
    );
    line(text, 2, &place(change));
    line(text, 2, &sentence(change));
    if !change.operations.is_empty() {
        line(
            text,
            2,
            &format!("in {}", shown(&change.operations.join(", "))),
        );
    }
    let places = match (&change.old, &change.new) {
        (Some(old), Some(new)) if old == new => vec![("at", new)],
        (old, new) => [("was at", old), ("is at", new)]
            .into_iter()
            .filter_map(|(word, place)| Some((word, place.as_ref()?)))
            .collect(),
    };
    for (word, pointer) in places {
        if !pointer.is_empty() {
            line(text, 2, &format!("{word} {}", shown(pointer)));
        }
    }
    if let Some(source) = &change.source {
        line(
            text,
            2,
            &format!("read at {}:{}", shown(&source.page), source.line),
        );
    }
}

/// Adds a line, and further ones that are indented more where it is too long.
fn line(text: &mut String, indent: usize, words: &str) {
    for (index, part) in wrapped(words, COLUMNS - indent - 2).iter().enumerate() {
        let indent = if index == 0 { indent } else { indent + 2 };
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{:indent$}{part}", "");
    }
}
