//! Facts before and after, compared.

use std::collections::{BTreeMap, BTreeSet};

use super::{Entry, Kind};
use crate::facts::{Fact, Integration, Says};
use crate::import::moves::{Moves, Way};
use crate::page::Level;

type ByKey<'f, 'a> = BTreeMap<&'f str, &'f Fact<'a>>;

fn by_key<'f, 'a>(facts: &'f [Fact<'a>]) -> ByKey<'f, 'a> {
    facts.iter().map(|fact| (fact.key.as_str(), fact)).collect()
}

/// Compares our page before and after with the capture.
pub(super) fn entries(
    before: &[Fact<'_>],
    after: &[Fact<'_>],
    capture: &[Fact<'_>],
    moves: &Moves<'_>,
) -> Vec<Entry> {
    let (old, new, shown) = (by_key(before), by_key(after), by_key(capture));
    let mut entries = Entries {
        entries: Vec::new(),
        shown: &shown,
    };
    let left: BTreeSet<&str> = moves
        .ways
        .iter()
        .filter(|(to, (from, _))| new.contains_key(to.as_str()) && !new.contains_key(from.as_str()))
        .map(|(_, (from, _))| from.as_str())
        .collect();
    for fact in before {
        let key = fact.key.as_str();
        match new.get(key) {
            Some(after) => entries.differences(&fact.says, &after.says, key),
            None if left.contains(key) || is_below(key, &left) => {}
            None => entries.add(Kind::Removed, key, words(&fact.says)),
        }
    }
    for fact in after {
        let key = fact.key.as_str();
        if old.contains_key(key) {
            continue;
        }
        match moves.ways.get(key) {
            Some((from, way)) if left.contains(from.as_str()) => {
                let kind = match way {
                    Way::Moved => Kind::Moved,
                    Way::Renamed => Kind::Renamed,
                };
                entries.add(kind, key, format!("was {from}"));
                if let Some(old) = old.get(from.as_str()) {
                    entries.differences(&old.says, &fact.says, key);
                }
            }
            _ => entries.add(Kind::Added, key, words(&fact.says)),
        }
    }
    let mut kept: Vec<&str> = Vec::new();
    for fact in after {
        let key = fact.key.as_str();
        if let Some(capture) = shown.get(key) {
            entries.kept_of(&fact.says, &capture.says, key);
            continue;
        }
        let inside = kept.iter().any(|kept| {
            key.strip_prefix(kept)
                .is_some_and(|rest| rest.starts_with('/') || rest.starts_with(" header/"))
        });
        if !inside {
            kept.push(key);
            entries.add(Kind::Kept, key, String::new());
        }
    }
    entries
        .entries
        .sort_by_key(|entry| entry.kind == Kind::Kept);
    entries.entries
}

fn is_below(key: &str, parents: &BTreeSet<&str>) -> bool {
    parents
        .iter()
        .any(|parent| key.starts_with(parent) && key[parent.len()..].starts_with('/'))
}

struct Entries<'f, 'a> {
    entries: Vec<Entry>,
    shown: &'f ByKey<'f, 'a>,
}

impl Entries<'_, '_> {
    fn add(&mut self, kind: Kind, key: &str, detail: String) {
        let line = self
            .shown
            .get(key)
            .and_then(|fact| fact.places.first())
            .map(|place| place.line);
        self.entries.push(Entry {
            kind,
            key: key.to_owned(),
            detail,
            line,
        });
    }

    fn differences(&mut self, old: &Says, new: &Says, key: &str) {
        if old.kind != new.kind {
            let detail = match old.kind.as_str() {
                "" => new.kind.clone(),
                kind => format!("{}, was {kind}", new.kind),
            };
            self.add(Kind::Retyped, key, detail);
        }
        let gone = missing(&old.more, &new.more)
            .into_iter()
            .map(|line| format!("no longer {line}"));
        let came = missing(&new.more, &old.more);
        let changed: Vec<String> = came.into_iter().chain(gone).collect();
        if !changed.is_empty() {
            self.add(Kind::Changed, key, changed.join("; "));
        }
        let gained = unknown(&new.integrations, &old.integrations);
        if !gained.is_empty() {
            self.add(Kind::Gained, key, listed(&gained));
        }
        let lost = unknown(&old.integrations, &new.integrations);
        if !lost.is_empty() {
            self.add(Kind::Lost, key, listed(&lost));
        }
        let mut levels = Vec::new();
        for integration in &new.integrations {
            let Some(known) = find(&old.integrations, &integration.name) else {
                continue;
            };
            if known.level != integration.level {
                levels.push(format!(
                    "{} by {}",
                    integration.level.as_str(),
                    integration.name
                ));
            }
            if known.values != integration.values {
                levels.push(format!(
                    "{} takes {}",
                    integration.name,
                    integration.values.join(", ")
                ));
            }
        }
        if !levels.is_empty() {
            self.add(Kind::Changed, key, levels.join("; "));
        } else if gained.is_empty() && lost.is_empty() && old.integrations != new.integrations {
            let many = new.integrations.len();
            self.add(Kind::Reordered, key, format!("{many} integrations"));
        }
    }

    /// What our page says of a fact beyond what the capture says.
    fn kept_of(&mut self, ours: &Says, capture: &Says, key: &str) {
        let mut kept = Vec::new();
        if ours.kind != capture.kind {
            kept.push(format!("{}, not {}", ours.kind, capture.kind));
        }
        kept.extend(missing(&ours.more, &capture.more));
        let integrations = unknown(&ours.integrations, &capture.integrations);
        if !integrations.is_empty() {
            kept.push(listed(&integrations));
        }
        if !kept.is_empty() {
            self.add(Kind::Kept, key, kept.join("; "));
        }
    }
}

/// What is in one list and not in the other.
fn missing(one: &[String], other: &[String]) -> Vec<String> {
    one.iter()
        .filter(|line| !other.contains(line))
        .cloned()
        .collect()
}

fn find<'i>(integrations: &'i [Integration], name: &str) -> Option<&'i Integration> {
    integrations
        .iter()
        .find(|integration| integration.name == name)
}

fn unknown<'i>(one: &'i [Integration], other: &[Integration]) -> Vec<&'i Integration> {
    one.iter()
        .filter(|integration| find(other, &integration.name).is_none())
        .collect()
}

/// Names, those that need the field marked.
fn listed(integrations: &[&Integration]) -> String {
    let names: Vec<String> = integrations
        .iter()
        .map(|integration| match integration.level {
            Level::Required => format!("{} (required)", integration.name),
            Level::Supported => integration.name.clone(),
        })
        .collect();
    names.join(", ")
}

/// What a fact says, in one line.
fn words(says: &Says) -> String {
    let integrations: Vec<&Integration> = says.integrations.iter().collect();
    std::iter::once(&says.kind)
        .chain(&says.more)
        .chain([&listed(&integrations)])
        .filter(|word| !word.is_empty())
        .map(String::as_str)
        .collect::<Vec<&str>>()
        .join("; ")
}
