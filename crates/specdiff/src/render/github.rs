//! For annotations on the files of a pull request.

use std::fmt::Write as _;

use super::Compared;
use super::words::{place, sentence, shown};
use crate::WireLevel;

/// Writes the changes as workflow commands: what breaks is an error, at the line of the page where it was read.
#[must_use]
pub fn github(compared: &[Compared]) -> String {
    let mut text = String::new();
    for one in compared {
        for change in &one.comparison.changes {
            let command = match change.wire {
                WireLevel::Breaking => "error",
                WireLevel::Warning => "warning",
                WireLevel::Info => "notice",
            };
            let at = match (&one.folder, &change.source) {
                (Some(folder), Some(source)) => format!(
                    "file={},line={}",
                    property(&format!("{folder}/{}", source.page)),
                    source.line
                ),
                _ => format!("file={}", property(&one.new)),
            };
            let message = format!(
                "{}: {} ({} in Rust)",
                place(change),
                sentence(change),
                change.rust
            );
            // Writing to a string cannot fail.
            let _ = writeln!(
                text,
                "::{command} {at},title={}::{}",
                property(&change.rule.id()),
                data(&message)
            );
        }
    }
    text
}

/// The message of a command.
fn data(text: &str) -> String {
    shown(text)
        .replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// The value of a property of a command.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
