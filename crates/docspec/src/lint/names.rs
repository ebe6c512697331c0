//! Names that are so near to each other that one is likely a slip for the other.

use std::collections::BTreeMap;

/// The shortest word in which a slip can be told from another word.
const SHORTEST: usize = 5;

/// Pairs of words, in the singular and in alphabetical order, that one letter tells apart and that are both right.
const BOTH_RIGHT: [(&str, &str); 44] = [
    ("black", "block"),
    ("change", "charge"),
    ("consent", "content"),
    ("contact", "contract"),
    ("content", "contest"),
    ("content", "context"),
    ("count", "court"),
    ("country", "county"),
    ("formal", "format"),
    ("lead", "load"),
    ("like", "line"),
    ("like", "link"),
    ("line", "link"),
    ("marker", "market"),
    ("massage", "message"),
    ("modal", "model"),
    ("month", "mouth"),
    ("node", "note"),
    ("paper", "payer"),
    ("parent", "patent"),
    ("personal", "personnel"),
    ("phase", "phrase"),
    ("place", "plate"),
    ("point", "print"),
    ("portal", "postal"),
    ("price", "prime"),
    ("price", "prize"),
    ("quota", "quote"),
    ("role", "rule"),
    ("scope", "score"),
    ("score", "store"),
    ("shape", "share"),
    ("stack", "stock"),
    ("stage", "state"),
    ("states", "status"),
    ("taken", "token"),
    ("team", "term"),
    ("thread", "threat"),
    ("trace", "trade"),
    ("tracing", "tracking"),
    ("track", "truck"),
    ("white", "write"),
    ("word", "work"),
    ("world", "would"),
];

/// Ends that make another word of the same stem: `update` and `updated`, `user` and `users`.
const ENDS: [&str; 9] = ["s", "es", "d", "r", "n", "y", "ed", "er", "ly"];

/// How two names are near.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Nearness {
    /// They differ only in capitals and in what joins their words.
    Style,
    /// One letter is wrong, missing, too much, or has changed places with the next.
    Letter,
}

/// Whether one of two names is likely a slip for the other.
pub(super) fn nearness(one: &str, other: &str) -> Option<Nearness> {
    if one == other {
        return None;
    }
    let (words, others) = (words(one), words(other));
    if words.concat() == others.concat() {
        return Some(Nearness::Style);
    }
    if words.len() != others.len() {
        return None;
    }
    let mut differing = words
        .iter()
        .zip(&others)
        .filter(|(one, other)| one != other);
    let (word, other) = differing.next()?;
    (differing.next().is_none() && is_slip(word, other)).then_some(Nearness::Letter)
}

/// The words of a name in lower case: `phoneNumber`, `phone_number` and `Phone number` have the same two.
pub(super) fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut after_lower = false;
    let mut inside = false;
    for character in name.chars() {
        if !character.is_alphanumeric() {
            inside = false;
            after_lower = false;
            continue;
        }
        if !inside || (after_lower && character.is_uppercase()) {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut() {
            word.extend(character.to_lowercase());
        }
        inside = true;
        after_lower = character.is_lowercase();
    }
    words
}

/// Whether two different words are one letter apart and not two words in their own right.
fn is_slip(one: &str, other: &str) -> bool {
    let shortest = one.chars().count().min(other.chars().count());
    if shortest < SHORTEST || strsim::osa_distance(one, other) != 1 {
        return false;
    }
    if has_digit(one) || has_digit(other) {
        return false;
    }
    // A slip keeps the first letter, save where it changes places with the second: `height` is no slip for `weight`.
    let swapped = sorted(one, 2) == sorted(other, 2);
    if one.chars().next() != other.chars().next() && !swapped {
        return false;
    }
    !are_both_right(one, other) && !is_inflection(one, other)
}

/// Whether two words, or what they are the plurals of, are both right.
fn are_both_right(one: &str, other: &str) -> bool {
    let is_known = |one: &str, other: &str| {
        BOTH_RIGHT.contains(&if one < other {
            (one, other)
        } else {
            (other, one)
        })
    };
    let singulars = one.strip_suffix('s').zip(other.strip_suffix('s'));
    is_known(one, other) || singulars.is_some_and(|(one, other)| is_known(one, other))
}

/// Whether two words are one stem with two ends.
fn is_inflection(one: &str, other: &str) -> bool {
    let common = one
        .char_indices()
        .zip(other.chars())
        .take_while(|((_, one), other)| one == other)
        .last()
        .map_or(0, |((at, character), _)| at + character.len_utf8());
    let is_end = |end: &str| end.is_empty() || ENDS.contains(&end) || end == "e";
    is_end(&one[common..]) && is_end(&other[common..])
}

fn has_digit(word: &str) -> bool {
    word.contains(|character: char| character.is_ascii_digit())
}

fn sorted(word: &str, count: usize) -> Vec<char> {
    let mut letters: Vec<char> = word.chars().take(count).collect();
    letters.sort_unstable();
    letters
}

/// How a name joins its words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Style {
    Snake,
    Camel,
    Pascal,
    Kebab,
}

impl Style {
    /// The style of a name of several words; a single word in lower case fits most styles.
    pub(super) fn of(name: &str) -> Option<Self> {
        let capital = name.starts_with(|first: char| first.is_uppercase());
        if name
            .contains(|character: char| !(character.is_alphanumeric() || "_-".contains(character)))
        {
            return None;
        }
        match (name.contains('_'), name.contains('-')) {
            (true, false) if name.chars().all(|character| !character.is_uppercase()) => {
                Some(Self::Snake)
            }
            (false, true) => Some(Self::Kebab),
            (false, false) if words(name).len() > 1 => {
                Some(if capital { Self::Pascal } else { Self::Camel })
            }
            _ => None,
        }
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Snake => "snake_case",
            Self::Camel => "camelCase",
            Self::Pascal => "PascalCase",
            Self::Kebab => "kebab-case",
        }
    }
}

/// The styles of names with how many have each, the most frequent first.
pub(super) fn styles<'n>(names: impl Iterator<Item = &'n str>) -> Vec<(Style, Vec<&'n str>)> {
    let mut styles: BTreeMap<Style, Vec<&str>> = BTreeMap::new();
    for name in names {
        if let Some(style) = Style::of(name) {
            styles.entry(style).or_default().push(name);
        }
    }
    let mut styles: Vec<(Style, Vec<&str>)> = styles.into_iter().collect();
    styles.sort_by_key(|(style, names)| (std::cmp::Reverse(names.len()), *style));
    styles
}
