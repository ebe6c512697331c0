//! A page's text with the damage of copying undone and its line numbers kept.

use std::borrow::Cow;
use std::str::Chars;

/// The lines of a page, normalised one by one, so that line `n` here is line `n` of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    lines: Vec<String>,
}

impl Text {
    /// Normalises a page: CRLF and CR line ends, NO-BREAK SPACE and other wide blanks, ZERO WIDTH SPACE and other
    /// marks that cannot be seen, a byte order mark, and the mojibake that UTF-8 read as Windows-1252 leaves
    /// (`Â·`, `·Â`, `â€™`). Trailing white space is dropped, leading
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
    let line = without_mojibake(line);
    let mut normalised: String = line
        .chars()
        .filter_map(|character| match character {
            '\u{a0}'
            | '\u{1680}'
            | '\u{2000}'..='\u{200a}'
            | '\u{2028}'
            | '\u{2029}'
            | '\u{202f}'
            | '\u{205f}'
            | '\u{3000}' => Some(' '),
            '\u{ad}'
            | '\u{180e}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{2069}'
            | '\u{feff}' => None,
            other => Some(other),
        })
        .collect();
    if normalised.contains('Â') {
        normalised = normalised.replace("·Â", "·").replace("Â ", " ");
    }
    normalised.truncate(normalised.trim_end().len());
    normalised
}

/// Decodes again what is UTF-8 that was read as Windows-1252: `Â·` is a `·`, `â€™` an apostrophe.
fn without_mojibake(line: &str) -> Cow<'_, str> {
    if !line.contains(|character| lead(character).is_some()) {
        return Cow::Borrowed(line);
    }
    let mut decoded = String::with_capacity(line.len());
    let mut rest = line.chars();
    while let Some(character) = rest.next() {
        match again(character, rest.clone()) {
            Some((original, used)) => {
                decoded.push(original);
                for _ in 0..used {
                    rest.next();
                }
            }
            None => decoded.push(character),
        }
    }
    Cow::Owned(decoded)
}

/// The character that this one and its followers are the bytes of, and how many followers it takes.
fn again(first: char, followers: Chars<'_>) -> Option<(char, usize)> {
    let used = lead(first)?;
    let mut bytes = vec![byte(first)?];
    for follower in followers.take(used) {
        bytes.push(byte(follower).filter(|byte| (0x80..0xc0).contains(byte))?);
    }
    let mut decoded = std::str::from_utf8(&bytes).ok()?.chars();
    Some((decoded.next()?, used))
}

/// How many bytes follow, when the character is the first byte of a sequence that pages hold: accented letters and
/// signs (`Â`, `Ã`), punctuation (`â`) and pictures (`ð`). Others are letters more often than damage.
fn lead(character: char) -> Option<usize> {
    match character {
        'Â' | 'Ã' => Some(1),
        'â' => Some(2),
        'ð' => Some(3),
        _ => None,
    }
}

/// The byte that Windows-1252 shows as this character.
fn byte(character: char) -> Option<u8> {
    const FROM_80: &str = "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8d}Ž\u{8f}\u{90}‘’“”•–—˜™š›œ\u{9d}žŸ";
    u8::try_from(character).ok().or_else(|| {
        let place = FROM_80.chars().position(|known| known == character)?;
        u8::try_from(0x80 + place).ok()
    })
}
