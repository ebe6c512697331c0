//! For a pull request.

use std::fmt::Write as _;

use super::Compared;
use super::words::{of_level, place, sentence, shown, summary};
use crate::{Change, WireLevel};

/// How many bytes are written before changes are only counted: GitHub takes a comment of 65,536 characters.
const BOUND: usize = 60_000;

/// Writes the changes as Markdown for a pull request, those that break first. What would not fit into a comment is
/// only counted.
#[must_use]
pub fn markdown(compared: &[Compared]) -> String {
    let mut text = String::from("## What changed for callers\n");
    let changed: Vec<&Compared> = compared
        .iter()
        .filter(|one| !one.comparison.is_empty())
        .collect();
    if changed.is_empty() {
        text.push_str("\nNothing.\n");
        return text;
    }
    text.push_str("\n| document | wire | crate |\n|---|---|---|\n");
    for one in &changed {
        let advice = one
            .advice()
            .map_or_else(String::new, |(name, advice)| format!("`{name}` {advice}"));
        // Writing to a string cannot fail.
        let _ = writeln!(
            text,
            "| {} | {} | {advice} |",
            code(&one.new),
            summary(&one.comparison)
        );
    }
    for one in changed {
        let _ = writeln!(text, "\n### {}", code(&one.new));
        for level in WireLevel::ALL.into_iter().rev() {
            section(&mut text, level, &of_level(&one.comparison, level));
        }
    }
    text
}

fn section(text: &mut String, level: WireLevel, changes: &[&Change]) {
    if changes.is_empty() {
        return;
    }
    let title = match level {
        WireLevel::Breaking => "Breaking",
        WireLevel::Warning => "Warnings",
        WireLevel::Info => "Info",
    };
    let folded = level == WireLevel::Info;
    // Writing to a string cannot fail.
    let _ = if folded {
        writeln!(
            text,
            "\n<details><summary>{title} ({})</summary>\n",
            changes.len()
        )
    } else {
        writeln!(text, "\n#### {title} ({})\n", changes.len())
    };
    text.push_str("| where | what | Rust | rule | operations |\n|---|---|---|---|---|\n");
    let mut left = changes.len();
    for change in changes {
        let row = row(change);
        if text.len() + row.len() > BOUND {
            break;
        }
        text.push_str(&row);
        left -= 1;
    }
    if left > 0 {
        let _ = writeln!(text, "\n… and {left} more.");
    }
    if folded {
        text.push_str("\n</details>\n");
    }
}

/// A line of the table.
fn row(change: &Change) -> String {
    let source = change.source.as_ref().map_or_else(String::new, |source| {
        format!("<br>{}", code(&format!("{}:{}", source.page, source.line)))
    });
    format!(
        "| {}{source} | {} | {} | `{}` | {} |\n",
        escaped(&place(change)),
        escaped(&sentence(change)),
        change.rust,
        change.rule.id(),
        operations(&change.operations)
    )
}

/// The first of the operations, and how many more there are.
fn operations(operations: &[String]) -> String {
    const SHOWN: usize = 4;
    let mut names: Vec<String> = operations
        .iter()
        .take(SHOWN)
        .map(|name| code(name))
        .collect();
    if operations.len() > SHOWN {
        names.push(format!("{} more", operations.len() - SHOWN));
    }
    names.join(", ")
}

/// A text as code in a cell of a table.
fn code(text: &str) -> String {
    let text = shown(text).replace('|', "\\|").replace('`', "'");
    format!("`{text}`")
}

/// A text that is no markup, mentions nobody and links nowhere, in a cell of a table.
pub(super) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(character) = rest.next() {
        match character {
            // Before a space it begins neither an address nor a picture's name.
            ':' if rest.peek().is_some_and(|next| *next == ' ') => escaped.push(':'),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '&' => escaped.push_str("&amp;"),
            '@' => escaped.push_str("&#64;"),
            '#' => escaped.push_str("&#35;"),
            ':' => escaped.push_str("&#58;"),
            '\\' | '|' | '`' | '*' | '_' | '[' | ']' | '!' | '~' => {
                escaped.push('\\');
                escaped.push(character);
            }
            other => escaped.push(other),
        }
    }
    escaped
}
