//! Fields that a vendor has moved or renamed, so that our words about them go with them.

use std::collections::{BTreeMap, BTreeSet};

use super::merge::Donors;
use crate::facts::{Fact, Says};

/// How a field went from one key to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// The same name under another object.
    Moved,
    /// Another name in the same place, of which the same is said.
    Renamed,
}

/// What was found.
#[derive(Debug, Default)]
pub(super) struct Moves<'a> {
    /// Our fields by the new keys.
    pub(super) donors: Donors<'a>,
    /// The old keys by the new ones.
    pub(super) ways: BTreeMap<String, (String, Way)>,
}

/// Compares the keys of our page with those of the capture. `stays` says which of our facts are not the capture's to
/// take away.
pub(super) fn find<'a>(
    ours: &[Fact<'a>],
    theirs: &[Fact<'_>],
    stays: impl Fn(&Fact<'a>) -> bool,
) -> Moves<'a> {
    let our_keys: BTreeSet<&str> = ours.iter().map(|fact| fact.key.as_str()).collect();
    let their_keys: BTreeSet<&str> = theirs.iter().map(|fact| fact.key.as_str()).collect();
    let gone: Vec<&Fact<'a>> = ours
        .iter()
        .filter(|fact| fact.field.is_some() && !their_keys.contains(fact.key.as_str()))
        .filter(|fact| is_under(&fact.key, &their_keys) && !stays(fact))
        .collect();
    let new: Vec<&Fact<'_>> = theirs
        .iter()
        .filter(|fact| fact.field.is_some() && !our_keys.contains(fact.key.as_str()))
        .filter(|fact| is_under(&fact.key, &our_keys))
        .collect();
    let our_neighbours = neighbours(ours, &their_keys);
    let their_neighbours = neighbours(theirs, &our_keys);
    let mut moves = Moves::default();
    for fact in &new {
        let is_renamed = |gone: &&&Fact<'a>| {
            parent(&gone.key) == parent(&fact.key)
                && gone.says == fact.says
                && (is_telling(&fact.says) || are_alike(name(&gone.key), name(&fact.key)))
                && is_same_position(
                    our_neighbours.get(gone.key.as_str()),
                    their_neighbours.get(fact.key.as_str()),
                )
        };
        let is_moved = |gone: &&&Fact<'a>| {
            parent(&gone.key) != parent(&fact.key)
                && part(&gone.key) == part(&fact.key)
                && name(&gone.key) == name(&fact.key)
                && gone.says.kind == fact.says.kind
        };
        let elsewhere = only(gone.iter().filter(is_moved)).map(|from| (from, Way::Moved));
        let renamed = || only(gone.iter().filter(is_renamed)).map(|from| (from, Way::Renamed));
        let Some((from, way)) = elsewhere.or_else(renamed) else {
            continue;
        };
        let Some(field) = from.field else { continue };
        moves.donors.insert(fact.key.clone(), field);
        moves.ways.insert(fact.key.clone(), (from.key.clone(), way));
    }
    moves.without_rivals();
    moves
}

impl Moves<'_> {
    /// A field that could have gone to two places has gone to neither.
    fn without_rivals(&mut self) {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for (from, _) in self.ways.values() {
            *counts.entry(from.clone()).or_default() += 1;
        }
        self.ways
            .retain(|_, (from, _)| counts.get(from.as_str()) == Some(&1));
        let ways = &self.ways;
        self.donors.retain(|key, _| ways.contains_key(key));
    }
}

/// Whether enough is said of a field to know it again under another name.
fn is_telling(says: &Says) -> bool {
    says.integrations.len() > 1
}

/// Whether two names may be spellings of one.
fn are_alike(one: &str, other: &str) -> bool {
    const ALIKE: f64 = 0.8;
    strsim::jaro_winkler(one, other) >= ALIKE
}

/// The one item, where there is exactly one.
fn only<T>(mut items: impl Iterator<Item = T>) -> Option<T> {
    let first = items.next()?;
    items.next().is_none().then_some(first)
}

fn parent(key: &str) -> &str {
    key.rsplit_once('/').map_or("", |(parent, _)| parent)
}

fn name(key: &str) -> &str {
    key.rsplit_once('/').map_or(key, |(_, name)| name)
}

/// `query`, `request`, `response 200`: nothing moves from one to another.
fn part(key: &str) -> &str {
    key.split_once('/').map_or(key, |(part, _)| part)
}

/// Whether what a field stands in is there: parts of an operation always are.
fn is_under(key: &str, keys: &BTreeSet<&str>) -> bool {
    let parent = parent(key);
    let parent = parent.strip_suffix("/*").unwrap_or(parent);
    !parent.contains('/') || keys.contains(parent) || parent.contains("/one of ")
}

/// The nearest neighbours of a field that the other page has, too: before it and after it.
type Neighbours<'f> = (Option<&'f str>, Option<&'f str>);

/// The neighbours of each field.
fn neighbours<'f>(
    facts: &'f [Fact<'_>],
    known: &BTreeSet<&str>,
) -> BTreeMap<&'f str, Neighbours<'f>> {
    let mut found: BTreeMap<&str, Neighbours<'_>> = BTreeMap::new();
    let fields = || facts.iter().filter(|fact| fact.field.is_some());
    let mut last: BTreeMap<&str, &str> = BTreeMap::new();
    for fact in fields() {
        let key = fact.key.as_str();
        found.entry(key).or_default().0 = last.get(parent(key)).copied();
        if known.contains(key) {
            last.insert(parent(key), key);
        }
    }
    last.clear();
    for fact in fields().rev() {
        let key = fact.key.as_str();
        found.entry(key).or_default().1 = last.get(parent(key)).copied();
        if known.contains(key) {
            last.insert(parent(key), key);
        }
    }
    found
}

/// Whether the nearest neighbour that both have, before or after, is the same one.
fn is_same_position(gone: Option<&Neighbours<'_>>, new: Option<&Neighbours<'_>>) -> bool {
    let (Some((before, after)), Some((their_before, their_after))) = (gone, new) else {
        return false;
    };
    (before.is_some() && before == their_before)
        || (after.is_some() && after == their_after)
        || (before.is_none() && after.is_none() && their_before.is_none() && their_after.is_none())
}
