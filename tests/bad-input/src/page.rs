//! Spoilt pages.

use fastrand::Rng;

/// Things that a page should not hold where they end up.
const FOREIGN: [&str; 14] = [
    "",
    "\u{0}",
    "string",
    "required",
    "23 supported15 required",
    "18446744073709551616 supported",
    "Request Body",
    "```",
    "- **`x`** _(array<array<array<object>>>, required)_",
    "        - **`deep`** _(string)_",
    "{ \"a\": [",
    "PATCH /a/{b}/{b}",
    "\u{202e}\u{feff}\u{200b}é",
    "_(string",
];

/// Changes a page in one to four places: lines cut, swapped, repeated, deleted, joined, foreign ones put in, single
/// characters changed, or the page cut short.
#[must_use]
pub fn spoil(page: &str, rng: &mut Rng) -> String {
    let mut lines: Vec<String> = page.lines().map(str::to_owned).collect();
    for _ in 0..rng.usize(1..=4) {
        if lines.is_empty() {
            lines.push(rng.choice(FOREIGN).unwrap_or_default().to_owned());
        }
        let at = rng.usize(0..lines.len());
        match rng.u8(0..9) {
            0 => {
                lines.remove(at);
            }
            1 => {
                let repeated = lines[at].clone();
                lines.insert(at, repeated);
            }
            2 => {
                let other = rng.usize(0..lines.len());
                lines.swap(at, other);
            }
            3 => {
                let cut = boundary(&lines[at], rng);
                lines[at].truncate(cut);
            }
            4 => lines.insert(at, rng.choice(FOREIGN).unwrap_or_default().to_owned()),
            5 => {
                let spoilt = change_character(&lines[at], rng);
                lines[at] = spoilt;
            }
            6 if at + 1 < lines.len() => {
                let next = lines.remove(at + 1);
                lines[at].push_str(&next);
            }
            7 => {
                let indent = " ".repeat(rng.usize(0..9));
                lines[at] = format!("{indent}{}", lines[at].trim_start());
            }
            _ => {
                if rng.u8(0..4) == 0 {
                    lines.truncate(at);
                } else {
                    let end = (at + rng.usize(1..20)).min(lines.len());
                    lines.drain(at..end);
                }
            }
        }
    }
    lines.join(if rng.u8(0..8) == 0 { "\r\n" } else { "\n" })
}

fn boundary(line: &str, rng: &mut Rng) -> usize {
    let mut cut = rng.usize(0..=line.len());
    while !line.is_char_boundary(cut) {
        cut -= 1;
    }
    cut
}

fn change_character(line: &str, rng: &mut Rng) -> String {
    let mut characters: Vec<char> = line.chars().collect();
    if characters.is_empty() {
        return "\u{a0}".to_owned();
    }
    let at = rng.usize(0..characters.len());
    characters[at] = *rng
        .choice(&[
            '"',
            '`',
            '{',
            ']',
            '·',
            '\u{0}',
            '9',
            '\u{1f600}',
            ' ',
            '*',
            'é',
            '\\',
        ])
        .unwrap_or(&' ');
    characters.into_iter().collect()
}
