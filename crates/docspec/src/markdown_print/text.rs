//! Lines, prose and values.

use serde_json::Value;

use crate::layout::fences::Fence;
use crate::layout::markdown::{escape, to_code_span};
use crate::page::Shape;

use super::Fused;

/// JSON that is longer than this stands in a fenced block.
const LONGEST_INLINE: usize = 100;

/// The lines printed so far.
pub(super) struct Lines<'f> {
    text: String,
    /// The page's own source.
    pub(super) origin: Option<String>,
    /// Values that are printed as the texts that stand for them.
    fused: &'f Fused,
}

impl<'f> Lines<'f> {
    pub(super) fn new(origin: Option<String>, fused: &'f Fused) -> Self {
        Self {
            text: String::new(),
            origin,
            fused,
        }
    }

    /// The text that stands for a list of values.
    pub(super) fn fused(&self, values: &[Value]) -> Option<&'f str> {
        self.fused
            .iter()
            .find(|(known, _)| known == values)
            .map(|(_, text)| text.as_str())
    }

    pub(super) fn line(&mut self, indent: usize, text: &str) {
        self.text.extend(std::iter::repeat_n(' ', indent));
        self.text.push_str(text);
        self.text.push('\n');
    }

    /// Leaves one empty line, unless there is one or nothing stands above.
    pub(super) fn blank(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
    }

    /// A heading, with an empty line on both sides.
    pub(super) fn heading(&mut self, text: &str) {
        self.blank();
        self.line(0, text);
        self.blank();
    }

    /// Prose, each line indented and kept from being read as structure.
    pub(super) fn prose(&mut self, indent: usize, prose: &str) {
        let lines: Vec<&str> = prose.trim().lines().collect();
        let mut fence: Option<Fence<'_>> = None;
        for (index, line) in lines.iter().enumerate() {
            let line = line.trim_end();
            let words = line.trim_start_matches(' ');
            if words.is_empty() {
                self.text.push('\n');
                continue;
            }
            let closed = fence.is_some_and(|open| open.is_closed_by(line));
            let opened = match fence {
                Some(_) => None,
                None => Fence::opened_by(line).filter(|open| {
                    lines[index + 1..]
                        .iter()
                        .any(|line| open.is_closed_by(line.trim_end()))
                }),
            };
            if fence.is_some() || opened.is_some() {
                self.line(indent, line);
            } else {
                let spaces = line.len() - words.len();
                self.line(indent + spaces, &escape(words));
            }
            if closed {
                fence = None;
            } else if opened.is_some() {
                fence = opened;
            }
        }
    }

    /// An `Example:` line, with a fenced block where the value is long.
    pub(super) fn example(&mut self, indent: usize, value: &Value) {
        let inline = json(value, false);
        if inline.len() <= LONGEST_INLINE || !(value.is_object() || value.is_array()) {
            self.line(indent, &format!("Example: {}", to_code_span(&inline)));
            return;
        }
        self.line(indent, "Example:");
        self.line(indent, "```json");
        for line in json(value, true).lines() {
            self.line(indent, line);
        }
        self.line(indent, "```");
    }

    pub(super) fn finish(mut self) -> String {
        self.text.truncate(self.text.trim_end().len());
        self.text.push('\n');
        self.text
    }
}

/// A text on one line.
pub(super) fn one_line(text: &str) -> String {
    text.lines().map(str::trim).collect::<Vec<&str>>().join(" ")
}

/// What `Source:` says of an origin.
pub(super) fn origin(origin: Option<&str>) -> String {
    match origin {
        None => "unstated".to_owned(),
        Some(origin) if origin == "unstated" || origin.starts_with('\\') => {
            format!("\\{}", one_line(origin))
        }
        Some(origin) => one_line(origin),
    }
}

/// A value as `Allowed:` prints it: a bare word where it stays one.
pub(super) fn listed(value: &Value, shape: &Shape, nullable: bool) -> String {
    if let (Value::String(text), Shape::String | Shape::Binary) = (value, shape)
        && !text.is_empty()
        && text.trim() == text
        && !text.starts_with('"')
        && !(nullable && text == "null")
        && !text.chars().any(is_spoilt_by_copying)
    {
        return to_code_span(text);
    }
    to_code_span(&json(value, false))
}

/// JSON in which every character survives the normalising of pages.
pub(super) fn json(value: &Value, pretty: bool) -> String {
    let text = if pretty {
        format!("{value:#}")
    } else {
        value.to_string()
    };
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        if character != '\n' && is_spoilt_by_copying(character) {
            let mut units = [0; 2];
            for unit in character.encode_utf16(&mut units) {
                escaped.push_str("\\u");
                for shift in [12, 8, 4, 0] {
                    let digit = u32::from((*unit >> shift) & 0xf);
                    escaped.extend(char::from_digit(digit, 16));
                }
            }
        } else {
            escaped.push(character);
        }
    }
    escaped
}

/// Whether [`crate::text::Text`] changes the character, or could.
fn is_spoilt_by_copying(character: char) -> bool {
    character.is_control()
        || (character.is_whitespace() && character != ' ')
        || matches!(
            character,
            '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{ad}' | 'Â'
        )
}
