//! Fields that a vendor has moved or renamed, so that our words about them go with them.

use std::collections::{BTreeMap, BTreeSet};

use super::merge::Donors;
use crate::facts::Fact;

/// How a field went from one key to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// The same name under another object.
    Moved,
    /// Another name in the same place, with the same type and integrations.
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
    let mut moves = Moves::default();
    for fact in &new {
        let is_renamed = |gone: &&&Fact<'a>| {
            parent(&gone.key) == parent(&fact.key)
                && gone.says.kind == fact.says.kind
                && gone.says.integrations == fact.says.integrations
                && is_same_position(gone, fact, ours, theirs)
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

/// Whether the nearest neighbour that both have, before or after, is the same one.
fn is_same_position(
    gone: &Fact<'_>,
    new: &Fact<'_>,
    ours: &[Fact<'_>],
    theirs: &[Fact<'_>],
) -> bool {
    let siblings = |facts: &[Fact<'_>], of: &Fact<'_>| -> Vec<String> {
        facts
            .iter()
            .filter(|fact| fact.field.is_some() && parent(&fact.key) == parent(&of.key))
            .map(|fact| fact.key.clone())
            .collect()
    };
    let (ours, theirs) = (siblings(ours, gone), siblings(theirs, new));
    let neighbours = |list: &[String], other: &[String], key: &str| {
        let at = list.iter().position(|it| it == key).unwrap_or(0);
        let common = |key: &&String| other.contains(key);
        let before = list[..at].iter().rev().find(common).cloned();
        let after = list.iter().skip(at + 1).find(common).cloned();
        (before, after)
    };
    let (before, after) = neighbours(&ours, &theirs, &gone.key);
    let (their_before, their_after) = neighbours(&theirs, &ours, &new.key);
    (before.is_some() && before == their_before)
        || (after.is_some() && after == their_after)
        || (before.is_none() && after.is_none() && their_before.is_none() && their_after.is_none())
}
