//! A page's text with the damage of copying undone and its line numbers kept.

/// The lines of a page, normalised one by one, so that line `n` here is line `n` of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    lines: Vec<String>,
}

impl Text {
    /// Normalises a page: CRLF and CR line ends, NO-BREAK SPACE, ZERO WIDTH SPACE and its kin, a byte order mark,
    /// and the mojibake that UTF-8 read as Latin-1 leaves (`Â·`, `·Â`). Trailing white space is dropped, leading
    /// white space is kept, for the layouts that indent.
    #[must_use]
    pub fn new(page: &str) -> Self {
        let unified = page.replace("\r\n", "\n").replace('\r', "\n");
        let mut lines: Vec<String> = unified.split('\n').map(normalise).collect();
        while lines.last().is_some_and(String::is_empty) {
            lines.pop();
        }
        Self { lines }
    }

    /// Line `number`, counted from 1.
    #[must_use]
    pub fn line(&self, number: usize) -> Option<&str> {
        self.lines.get(number.checked_sub(1)?).map(String::as_str)
    }

    /// The lines with their numbers, counted from 1.
    #[must_use]
    pub fn lines(&self) -> impl ExactSizeIterator<Item = (usize, &str)> + DoubleEndedIterator {
        self.lines
            .iter()
            .enumerate()
            .map(|(index, line)| (index + 1, line.as_str()))
    }

    /// How many lines the page has, trailing empty ones not counted.
    #[must_use]
    pub fn len(&self) -> usize {
        self.lines.len()
    }

    /// Whether the page holds no text at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }
}

fn normalise(line: &str) -> String {
    let mut normalised: String = line
        .chars()
        .filter_map(|character| match character {
            '\u{a0}' | '\u{202f}' | '\u{2007}' => Some(' '),
            '\u{200b}' | '\u{200c}' | '\u{200d}' | '\u{2060}' | '\u{feff}' | '\u{ad}' => None,
            other => Some(other),
        })
        .collect();
    if normalised.contains('Â') {
        normalised = normalised
            .replace("Â·", "·")
            .replace("·Â", "·")
            .replace("Â ", " ");
    }
    normalised.truncate(normalised.trim_end().len());
    normalised
}
