//! Texts that a regular expression takes.

use super::scalar::lengths;
use regex_syntax::hir::{Class, Hir, HirKind};
use serde_json::{Map, Value};

/// How often a part is repeated that may be repeated without end.
const REPEATED: usize = 64;

/// A text that the pattern matches, of the length that the schema wants; `None` where the pattern is none that can be
/// read. Whether it is valid is for the validator to say: what stands ahead or behind is not looked at.
pub(super) fn matching(
    pattern: &str,
    schema: &Map<String, Value>,
    number: usize,
) -> Option<String> {
    let hir = regex_syntax::parse(pattern)
        .ok()
        .or_else(|| regex_syntax::parse(&without_looks(pattern)).ok())?;
    let (least, most) = lengths(schema);
    let mut shortest = None;
    for extra in 0..=REPEATED.max(least.min(1000)) {
        let mut text = String::new();
        append(&hir, extra, number, &mut text);
        let length = text.chars().count();
        if (least..=most).contains(&length) && length > 0 {
            return Some(text);
        }
        shortest.get_or_insert(text);
    }
    shortest
}

fn append(hir: &Hir, extra: usize, number: usize, text: &mut String) {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => {}
        HirKind::Literal(literal) => text.push_str(&String::from_utf8_lossy(&literal.0)),
        HirKind::Class(class) => text.extend(character(class, number)),
        HirKind::Repetition(repetition) => {
            let least = usize::try_from(repetition.min).unwrap_or_default();
            let most = repetition
                .max
                .and_then(|most| usize::try_from(most).ok())
                .unwrap_or(usize::MAX);
            for index in 0..least.saturating_add(extra).min(most) {
                append(&repetition.sub, extra, number + index, text);
            }
        }
        HirKind::Capture(capture) => append(&capture.sub, extra, number, text),
        HirKind::Concat(parts) => {
            for part in parts {
                append(part, extra, number, text);
            }
        }
        HirKind::Alternation(parts) => {
            if let Some(part) = parts.get(number % parts.len().max(1)) {
                append(part, extra, number, text);
            }
        }
    }
}

/// A character of the class: a letter or digit where it has one.
fn character(class: &Class, number: usize) -> Option<char> {
    let ranges: Vec<(char, char)> = match class {
        Class::Unicode(class) => class
            .ranges()
            .iter()
            .map(|range| (range.start(), range.end()))
            .collect(),
        Class::Bytes(class) => class
            .ranges()
            .iter()
            .map(|range| (char::from(range.start()), char::from(range.end())))
            .collect(),
    };
    let plain: Vec<char> = ('a'..='z')
        .chain('A'..='Z')
        .chain('0'..='9')
        .filter(|character| {
            ranges
                .iter()
                .any(|(first, last)| (first..=last).contains(&character))
        })
        .collect();
    if !plain.is_empty() {
        return Some(plain[number % plain.len()]);
    }
    let visible = ranges
        .iter()
        .find(|(first, _)| !first.is_control() && !first.is_whitespace());
    visible.or_else(|| ranges.first()).map(|(first, _)| *first)
}

/// The pattern without the groups that look ahead or behind, which the syntax here does not have.
fn without_looks(pattern: &str) -> String {
    let mut left = String::new();
    let mut rest = pattern;
    while let Some(start) = ["(?=", "(?!", "(?<=", "(?<!"]
        .iter()
        .filter_map(|look| rest.find(look))
        .min()
    {
        left.push_str(&rest[..start]);
        let mut depth = 0_usize;
        let mut escaped = false;
        let end = rest[start..].char_indices().find_map(|(index, character)| {
            match (escaped, character) {
                (true, _) => escaped = false,
                (_, '\\') => escaped = true,
                (_, '(') => depth += 1,
                (_, ')') => depth -= 1,
                _ => {}
            }
            (depth == 0).then_some(start + index + 1)
        });
        match end {
            Some(end) => rest = &rest[end..],
            None => return left,
        }
    }
    left.push_str(rest);
    left
}
