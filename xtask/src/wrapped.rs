//! Text that fits into 80 columns.

use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

/// How wide a line may be.
const WIDTH: usize = 80;

/// Words after a lead, broken where the line would be too wide; further lines are indented by `indent` columns.
///
/// A word that is wider than a line, such as a long pointer or address, is broken before its slashes, else where the line
/// ends. What would steer a terminal is shown as U+FFFD.
pub(crate) fn wrapped(lead: &str, text: &str, indent: usize) -> String {
    let mut lines = Lines {
        text: String::from(lead),
        width: lead.width(),
        indent,
        is_first: true,
    };
    let text = text.replace(char::is_control, "\u{fffd}");
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        lines.word(word);
    }
    let mut text = lines.text;
    text.truncate(text.trim_end().len());
    text.push('\n');
    text
}

struct Lines {
    text: String,
    /// How wide the last line is.
    width: usize,
    indent: usize,
    /// Whether no word stands yet.
    is_first: bool,
}

impl Lines {
    fn word(&mut self, word: &str) {
        if !self.is_first {
            if self.width + 1 + word.width() > WIDTH {
                self.break_line();
            } else {
                self.push(" ");
            }
        }
        self.is_first = false;
        if self.width + word.width() <= WIDTH {
            self.push(word);
            return;
        }
        for part in parts(word, WIDTH.saturating_sub(self.indent)) {
            if self.width + part.width() > WIDTH && self.width > self.indent {
                self.break_line();
            }
            self.push(&part);
        }
    }

    fn push(&mut self, text: &str) {
        self.text.push_str(text);
        self.width += text.width();
    }

    fn break_line(&mut self) {
        self.text.push('\n');
        self.text.extend(std::iter::repeat_n(' ', self.indent));
        self.width = self.indent;
    }
}

/// A long word in parts that may stand on lines of their own.
fn parts(word: &str, columns: usize) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    for character in word.chars() {
        let fits = |part: &String| part.width() + character.width().unwrap_or(0) <= columns;
        match parts.last_mut() {
            Some(part) if character != '/' && fits(part) => part.push(character),
            _ => parts.push(character.to_string()),
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_pointer_is_broken_before_its_slashes() {
        let pointer = format!("#/{}/{}/end", "a".repeat(50), "b".repeat(30));
        assert_eq!(
            wrapped("  at ", &pointer, 4),
            format!("  at #/{}\n    /{}/end\n", "a".repeat(50), "b".repeat(30))
        );
    }

    #[test]
    fn no_line_is_wider_than_80_columns() {
        for length in 1..300 {
            for text in [
                "x".repeat(length),
                format!("{} {}", "y".repeat(length / 2), "/zz".repeat(length)),
                "\u{65e5}".repeat(length),
            ] {
                for line in wrapped("  renamed?   ", &text, 13).lines() {
                    assert!(line.width() <= WIDTH, "{line}");
                }
            }
        }
    }

    #[test]
    fn what_steers_a_terminal_is_not_printed() {
        assert_eq!(
            wrapped("", "a\u{1b}[31mb\nc", 2),
            "a\u{fffd}[31mb\u{fffd}c\n"
        );
    }
}
