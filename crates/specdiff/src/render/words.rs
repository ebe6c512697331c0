//! What the writers have in common: a change in words, counts, and breaking lines.

use std::fmt::Write as _;

use serde_json::Value;
use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

use crate::{Change, Comparison, WireLevel};

/// How many columns a terminal has at least.
pub(super) const COLUMNS: usize = 80;

/// How many columns of a value are shown.
const VALUE: usize = 48;

/// Where a change is, in words: `Contact › phone_numbers › items`.
pub(super) fn place(change: &Change) -> String {
    if change.trail.is_empty() {
        "the API".to_owned()
    } else {
        shown(&change.trail.join(" › "))
    }
}

/// What happened, in words.
pub(super) fn sentence(change: &Change) -> String {
    let mut sentence = String::new();
    if let Some(about) = &change.about {
        sentence.push_str(&cut(&shown(about)));
        sentence.push_str(": ");
    }
    sentence.push_str(change.rule.aspect.says());
    match (&change.before, &change.after) {
        (Some(before), Some(after)) => {
            // Writing to a string cannot fail.
            let _ = write!(sentence, ": {} → {}", value(before), value(after));
        }
        (Some(one), None) | (None, Some(one)) => {
            let _ = write!(sentence, ": {}", value(one));
        }
        (None, None) => {}
    }
    sentence
}

/// A value on one line, cut where it is long.
fn value(value: &Value) -> String {
    match value {
        Value::String(text) => cut(&shown(text)),
        other => cut(&shown(&other.to_string())),
    }
}

/// A text without control characters: they are shown as escapes, and lines are joined.
pub(super) fn shown(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for character in text.chars() {
        if character == '\n' {
            shown.push(' ');
        } else if character.is_control() || is_directional(character) {
            shown.extend(character.escape_unicode());
        } else {
            shown.push(character);
        }
    }
    shown
}

/// Characters that turn the direction of text around, or are not seen.
fn is_directional(character: char) -> bool {
    matches!(character, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

fn cut(text: &str) -> String {
    if text.width() <= VALUE {
        return text.to_owned();
    }
    let mut columns = 1;
    let mut short: String = text
        .chars()
        .take_while(|character| {
            columns += character.width().unwrap_or_default();
            columns <= VALUE
        })
        .collect();
    short.push('…');
    short
}

/// `1 change`, `2 changes`.
pub(super) fn counted(count: usize, what: &str) -> String {
    let ending = if count == 1 { "" } else { "s" };
    format!("{count} {what}{ending}")
}

/// `3 changes: 1 breaking, 2 info`.
pub(super) fn summary(comparison: &Comparison) -> String {
    if comparison.is_empty() {
        return "no change".to_owned();
    }
    let levels: Vec<String> = WireLevel::ALL
        .into_iter()
        .rev()
        .filter_map(|level| {
            let count = comparison.count(level);
            (count > 0).then(|| format!("{count} {level}"))
        })
        .collect();
    format!(
        "{}: {}",
        counted(comparison.changes.len(), "change"),
        levels.join(", ")
    )
}

/// The changes of a level on the wire, those that matter most to Rust callers first.
pub(super) fn of_level(comparison: &Comparison, level: WireLevel) -> Vec<&Change> {
    let mut changes: Vec<&Change> = comparison
        .changes
        .iter()
        .filter(|change| change.wire == level)
        .collect();
    changes.sort_by_key(|change| std::cmp::Reverse(change.rust));
    changes
}

/// Breaks a text into lines of so many columns at most: at spaces, and before `/` where a word is too long.
pub(super) fn wrapped(text: &str, columns: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in text.split(' ') {
        let room = columns.saturating_sub(line.width() + usize::from(!line.is_empty()));
        if word.width() > room && !line.is_empty() {
            lines.push(std::mem::take(&mut line));
        }
        if !line.is_empty() {
            line.push(' ');
        }
        if word.width() <= columns.saturating_sub(line.width()) {
            line.push_str(word);
            continue;
        }
        for part in parts(word, columns) {
            if line.width() + part.width() > columns && !line.is_empty() {
                lines.push(std::mem::take(&mut line));
            }
            line.push_str(&part);
        }
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

/// A long word in parts that may stand on lines of their own.
fn parts(word: &str, columns: usize) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    for character in word.chars() {
        let room = parts
            .last()
            .is_some_and(|part| part.width() + character.width().unwrap_or_default() <= columns);
        match parts.last_mut() {
            Some(part) if character != '/' && room => part.push(character),
            _ => parts.push(character.to_string()),
        }
    }
    parts
}
