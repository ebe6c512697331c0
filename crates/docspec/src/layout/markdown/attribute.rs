//! Attribute lines: `Key: value` under a field or a heading.

use super::inline::code_span;
use super::problem::Problem;

/// What an attribute line says something about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Key {
    Allowed,
    AllowedSource,
    Fused,
    Default,
    Example,
    Range,
    Length,
    Pattern,
    Encoding,
    RequiredBy,
    SupportedBy,
    AllowedFor,
    FusedFor,
    NoteFor,
    SourceFor,
    Source,
    Assumed,
    Children,
    Operation,
    Server,
    Tags,
    Resource,
    Deprecated,
}

/// The keys with the words that introduce them. Those that end in ` for` are followed by an integration's name.
const KEYS: [(Key, &str); 23] = [
    (Key::Allowed, "Allowed"),
    (Key::AllowedSource, "Allowed source"),
    (Key::Fused, "Fused"),
    (Key::Default, "Default"),
    (Key::Example, "Example"),
    (Key::Range, "Range"),
    (Key::Length, "Length"),
    (Key::Pattern, "Pattern"),
    (Key::Encoding, "Encoding"),
    (Key::RequiredBy, "Required by"),
    (Key::SupportedBy, "Supported by"),
    (Key::AllowedFor, "Allowed for"),
    (Key::FusedFor, "Fused for"),
    (Key::NoteFor, "Note for"),
    (Key::SourceFor, "Source for"),
    (Key::Source, "Source"),
    (Key::Assumed, "Assumed"),
    (Key::Children, "Children"),
    (Key::Operation, "Operation"),
    (Key::Server, "Server"),
    (Key::Tags, "Tags"),
    (Key::Resource, "Resource"),
    (Key::Deprecated, "Deprecated"),
];

impl Key {
    /// The words that introduce the key.
    pub(super) fn words(self) -> &'static str {
        KEYS.iter()
            .find(|(key, _)| *key == self)
            .map_or("", |(_, words)| words)
    }

    fn takes_name(self) -> bool {
        matches!(
            self,
            Self::AllowedFor | Self::FusedFor | Self::NoteFor | Self::SourceFor
        )
    }
}

/// What may stand under a schema.
pub(super) const SCHEMA: &[Key] = &[
    Key::Allowed,
    Key::AllowedSource,
    Key::Fused,
    Key::Default,
    Key::Range,
    Key::Length,
    Key::Pattern,
    Key::Children,
];

/// What may stand under a parameter: how it is encoded, and all that may stand under a field.
pub(super) const PARAMETER: &[Key] = &[
    Key::Encoding,
    Key::Allowed,
    Key::AllowedSource,
    Key::Fused,
    Key::Default,
    Key::Example,
    Key::Range,
    Key::Length,
    Key::Pattern,
    Key::RequiredBy,
    Key::SupportedBy,
    Key::AllowedFor,
    Key::FusedFor,
    Key::NoteFor,
    Key::SourceFor,
    Key::Source,
    Key::Assumed,
    Key::Children,
];

/// What may stand under a field.
pub(super) const FIELD: &[Key] = match PARAMETER {
    [Key::Encoding, field @ ..] => field,
    _ => PARAMETER,
};

/// What may stand under `## Supported integrations`.
pub(super) const INTEGRATIONS: &[Key] = &[
    Key::RequiredBy,
    Key::SupportedBy,
    Key::AllowedFor,
    Key::FusedFor,
    Key::NoteFor,
    Key::SourceFor,
];

/// What may stand under the method and path.
pub(super) const OPERATION: &[Key] = &[
    Key::Operation,
    Key::Server,
    Key::Tags,
    Key::Resource,
    Key::Deprecated,
    Key::Assumed,
];

/// What may stand under the heading of a request body or a response.
pub(super) const HEAD: &[Key] = &[Key::Assumed, Key::Source, Key::Example];

/// What may stand under `### Body`.
pub(super) const BODY: &[Key] = &[Key::Example];

/// What may stand under an authentication scheme, a server or the heading of a component.
pub(super) const SOURCE: &[Key] = &[Key::Source];

/// An attribute line, taken apart.
#[derive(Debug, Clone, Copy)]
pub(super) struct Attribute<'a> {
    pub(super) key: Key,
    /// The key as it stands in the line.
    pub(super) words: &'a str,
    /// What follows the colon.
    pub(super) value: &'a str,
}

/// Takes a line apart when it is an attribute line.
///
/// `None` is prose. A line that comes close to a key that may stand here, or is a key that may not, is a problem:
/// prose that must start like this has its colon escaped.
pub(super) fn attribute<'a>(
    text: &'a str,
    allowed: &[Key],
) -> Option<Result<Attribute<'a>, Problem<'a>>> {
    let (words, value) = text.split_once(':')?;
    if words.ends_with('\\') {
        return None;
    }
    if let Some(key) = exact(text, words) {
        let words = if key.takes_name() {
            &text[..key.words().len()]
        } else {
            words
        };
        let value = if key.takes_name() {
            text[words.len()..].trim_start()
        } else {
            value.trim()
        };
        if allowed.contains(&key) {
            return Some(Ok(Attribute { key, words, value }));
        }
        if belongs_elsewhere(key, allowed) {
            return None;
        }
        return Some(Err(Problem::new(
            "misplaced-attribute",
            words,
            format!("`{}:` where it says nothing", key.words()),
            list(allowed),
            format!("move the line to what it speaks of, or write `{words}\\:` if it is prose"),
        )));
    }
    let close = closest(words, allowed)?;
    Some(Err(Problem::new(
        "unknown-attribute",
        words,
        format!("`{words}:`, which is no attribute"),
        list(allowed),
        format!(
            "write `{}:` if that is meant, or `{words}\\:` if it is prose",
            close.words()
        ),
    )))
}

/// Whether a reader could take a line of prose for an attribute line, wherever it stands.
pub(crate) fn looks_like_one(text: &str) -> bool {
    let Some((words, _)) = text.split_once(':') else {
        return false;
    };
    let every: Vec<Key> = KEYS.iter().map(|(key, _)| *key).collect();
    exact(text, words).is_some() || closest(words, &every).is_some()
}

/// Words such as `Server:` are attributes of an operation, and ordinary prose under a field.
fn belongs_elsewhere(key: Key, allowed: &[Key]) -> bool {
    OPERATION.contains(&key) && key != Key::Assumed && !allowed.contains(&key)
}

fn exact(text: &str, words: &str) -> Option<Key> {
    KEYS.iter().map(|(key, _)| *key).find(|key| {
        if key.takes_name() {
            text.strip_prefix(key.words())
                .is_some_and(|rest| rest.starts_with(' '))
        } else {
            key.words() == words
        }
    })
}

fn list(allowed: &[Key]) -> String {
    let words: Vec<String> = allowed
        .iter()
        .map(|key| {
            let name = if key.takes_name() { " NAME" } else { "" };
            format!("`{}{name}:`", key.words())
        })
        .collect();
    match words.as_slice() {
        [] => "no attribute here".to_owned(),
        [one] => one.clone(),
        [first @ .., last] => format!("one of {} and {last}", first.join(", ")),
    }
}

/// The key that was probably meant by words that are none.
fn closest(words: &str, allowed: &[Key]) -> Option<Key> {
    if words.len() < 4 || words.len() > 24 {
        return None;
    }
    allowed.iter().copied().find(|key| {
        let target = key.words();
        if words.strip_suffix('s') == Some(target) && *key != Key::Tags {
            return false;
        }
        words.eq_ignore_ascii_case(target) || distance_at_most(words, target, target.len() / 5)
    })
}

/// Whether two texts are at most `most` single-letter edits apart.
fn distance_at_most(left: &str, right: &str, most: usize) -> bool {
    if left.chars().count().abs_diff(right.chars().count()) > most {
        return false;
    }
    let right: Vec<char> = right.chars().collect();
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for (index, from) in left.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = index + 1;
        for (column, to) in right.iter().enumerate() {
            let substituted = diagonal + usize::from(from != *to);
            diagonal = row[column + 1];
            row[column + 1] = substituted.min(row[column] + 1).min(diagonal + 1);
        }
    }
    row[right.len()] <= most
}

/// Takes `NAME: value` apart, where NAME is one of the names that are known or stands in backticks.
pub(super) fn named(text: &str, known: impl Fn(&str) -> bool) -> Result<(&str, &str), Problem<'_>> {
    if text.starts_with('`') {
        return match code_span(text).map(|(name, rest)| (name, rest.strip_prefix(':'))) {
            Some((name, Some(value))) => Ok((name, value.trim())),
            _ => Err(Problem::new(
                "attribute-name",
                text,
                "a name in backticks without its colon",
                "the name in backticks, a colon and a value",
                "close the backticks and write a colon after them",
            )),
        };
    }
    let mut longest = None;
    for (at, _) in text.match_indices(':') {
        if known(text[..at].trim_end()) {
            longest = Some(at);
        }
    }
    let at = longest.or_else(|| text.find(": "));
    match at.or_else(|| text.find(':')) {
        Some(at) => Ok((text[..at].trim_end(), text[at + 1..].trim())),
        None => Err(Problem::new(
            "attribute-name",
            text,
            "an integration's name without a colon",
            "the name, a colon and a value",
            "write a colon after the name",
        )),
    }
}
