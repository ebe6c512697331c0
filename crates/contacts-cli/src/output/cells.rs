//! Texts as they can be shown on a terminal: nothing in them moves the cursor or changes colours.

use serde_json::Value;
use unicode_segmentation::UnicodeSegmentation as _;
use unicode_width::UnicodeWidthStr as _;

/// A text in which what a terminal would obey is written out, and which stays on its line.
pub(crate) fn shown(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\n' | '\r' | '\t' => shown.push(' '),
            // Control characters, and those that turn the direction of everything behind them.
            _ if letter.is_control() || is_direction(letter) => {
                shown.extend(letter.escape_unicode());
            }
            _ => shown.push(letter),
        }
    }
    shown
}

/// The same value with the fields of every object in the order of their names, however it came to be.
pub(crate) fn ordered(value: Value) -> Value {
    match value {
        Value::Object(fields) => {
            let mut fields: Vec<(String, Value)> = fields.into_iter().collect();
            fields.sort_unstable_by(|a, b| a.0.cmp(&b.0));
            let ordered_fields = fields
                .into_iter()
                .map(|(name, value)| (name, ordered(value)));
            Value::Object(ordered_fields.collect())
        }
        Value::Array(values) => values.into_iter().map(ordered).collect(),
        other => other,
    }
}

fn is_direction(letter: char) -> bool {
    matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}')
}

/// A text in exactly that many columns: cut off with `…`, or filled up with spaces.
pub(super) fn fitted(text: &str, width: usize) -> String {
    let whole = text.width();
    if whole <= width {
        return format!("{text}{}", " ".repeat(width - whole));
    }
    let mut cut = String::new();
    let mut used = 0;
    for letter in text.graphemes(true) {
        let needed = letter.width();
        if used + needed > width.saturating_sub(1) {
            break;
        }
        used += needed;
        cut.push_str(letter);
    }
    cut.push('…');
    used += 1;
    cut.extend(std::iter::repeat_n(' ', width.saturating_sub(used)));
    cut
}
