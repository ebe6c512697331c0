//! For what reads the reports of tests.

use std::fmt::Write as _;

use super::Compared;
use super::words::{place, sentence};
use crate::WireLevel;

/// Writes the changes as a `JUnit` report: a test for each change, which fails when it breaks.
#[must_use]
pub fn junit(compared: &[Compared]) -> String {
    let total: usize = compared
        .iter()
        .map(|one| one.comparison.changes.len())
        .sum();
    let failures: usize = compared
        .iter()
        .map(|one| one.comparison.count(WireLevel::Breaking))
        .sum();
    let mut text = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    // Writing to a string cannot fail.
    let _ = writeln!(
        text,
        "<testsuites name=\"specdiff\" tests=\"{total}\" failures=\"{failures}\">"
    );
    for one in compared {
        let _ = writeln!(
            text,
            "  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\">",
            escaped(&one.new),
            one.comparison.changes.len(),
            one.comparison.count(WireLevel::Breaking)
        );
        for change in &one.comparison.changes {
            let name = escaped(&format!("{}: {}", place(change), sentence(change)));
            let rule = change.rule.id();
            let _ = write!(text, "    <testcase classname=\"{rule}\" name=\"{name}\"");
            let _ = if change.wire == WireLevel::Breaking {
                writeln!(
                    text,
                    ">\n      <failure type=\"{rule}\" message=\"{name}\"/>\n    </testcase>"
                )
            } else {
                writeln!(text, "/>")
            };
        }
        text.push_str("  </testsuite>\n");
    }
    text.push_str("</testsuites>\n");
    text
}

/// A text in an attribute. What XML has no characters for is shown as an escape.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '&' => escaped.push_str("&amp;"),
            '"' => escaped.push_str("&quot;"),
            '\u{fffe}' | '\u{ffff}' => escaped.push('\u{fffd}'),
            other if other.is_control() => escaped.extend(other.escape_unicode()),
            other => escaped.push(other),
        }
    }
    escaped
}
