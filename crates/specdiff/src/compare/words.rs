//! What is said of a value beside its shape: words, samples, marks, and where it was read.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::aspect::Aspect;
use crate::compare::properties::{PROVENANCE, same};
use crate::compare::{Comparing, Place, Sides, integrations, keywords, limits};
use crate::document::Located;
use crate::level::RustLevel::{Major, Minor, Patch};
use crate::pointer::step;
use crate::rust::Levels;

/// Keywords of a schema that other modules compare.
const COMPARED: [&str; 14] = [
    "$ref",
    "allOf",
    "oneOf",
    "anyOf",
    "type",
    "format",
    "nullable",
    "enum",
    "const",
    "items",
    "properties",
    "required",
    "additionalProperties",
    "x-open-enum",
];

/// The keywords of one side.
pub(crate) type Keywords<'d> = BTreeMap<&'d str, Located<'d>>;

impl<'d> Comparing<'d> {
    /// Compares what stands beside two references.
    pub(crate) fn beside(&mut self, place: Place, old: &Located<'d>, new: &Located<'d>) {
        let nullable = |at: &Located<'_>| at.is("nullable");
        let aspect = match (nullable(old), nullable(new)) {
            (false, true) => Some(Aspect::BecameNullable),
            (true, false) => Some(Aspect::BecameNotNullable),
            _ => None,
        };
        if let Some(aspect) = aspect {
            let levels = self.null_levels(place, old, new);
            self.note(place, aspect, Sides::places(Some(old), Some(new)), levels);
        }
        self.holder_words(place, old, new, &[]);
    }

    /// Compares all that other modules do not.
    pub(crate) fn words(
        &mut self,
        place: Place,
        (old, was): (&Located<'d>, &Keywords<'d>),
        (new, is): (&Located<'d>, &Keywords<'d>),
    ) {
        self.integrations(place, (old, was), (new, is));
        let keys: BTreeSet<&str> = was.keys().chain(is.keys()).copied().collect();
        for key in keys {
            let (before, after) = (was.get(key), is.get(key));
            if PROVENANCE.contains(&key) {
                self.provenance(before, after, old, new, key);
                continue;
            }
            let is_compared = COMPARED.contains(&key)
                || limits::KEYWORDS.contains(&key)
                || integrations::KEYWORDS.contains(&key);
            if is_compared {
                continue;
            }
            if let (Some(was), Some(is)) = (before, after)
                && same(was.value, is.value)
            {
                self.provenance(before, after, old, new, key);
                continue;
            }
            self.word(place, key, Sides::keyword((old, before), (new, after), key));
        }
    }

    fn word(&mut self, place: Place, key: &str, sides: Sides) {
        let is_true = |value: &Option<Value>| *value == Some(Value::Bool(true));
        let (was, is) = (is_true(&sides.before), is_true(&sides.after));
        let flag = |set, unset| match (was, is) {
            (false, true) => Some(set),
            (true, false) => Some(unset),
            _ => None,
        };
        let (aspect, levels) = match key {
            "deprecated" => (
                flag(Aspect::Deprecated, Aspect::Reinstated),
                Levels::both(if is { Minor } else { Patch }),
            ),
            "readOnly" => (
                flag(Aspect::BecameReadOnly, Aspect::ReadOnlyDropped),
                Levels::new(Major, Patch),
            ),
            "writeOnly" => (
                flag(Aspect::BecameWriteOnly, Aspect::WriteOnlyDropped),
                Levels::new(Patch, if is { Major } else { Minor }),
            ),
            "x-hidden" => (
                flag(Aspect::HiddenStated, Aspect::HiddenDropped),
                Levels::PATCH,
            ),
            _ => {
                return self.keyword(place, key, sides, Levels::PATCH);
            }
        };
        if let Some(aspect) = aspect {
            self.note(place, aspect, sides, levels);
        }
    }

    /// A keyword that has no meaning of its own here, or one of words.
    pub(crate) fn keyword(&mut self, place: Place, key: &str, sides: Sides, levels: Levels) {
        let named = keywords::NAMED.iter().find(|named| named.0 == key);
        let (added, removed, changed) = named.map_or(
            (
                Aspect::KeywordAdded,
                Aspect::KeywordRemoved,
                Aspect::KeywordChanged,
            ),
            |named| (named.1, named.2, named.3),
        );
        let aspect = match (&sides.before, &sides.after) {
            (None, Some(_)) => added,
            (Some(_), None) => removed,
            _ => changed,
        };
        let about = named.is_none().then(|| key.to_owned());
        self.note_about(place, aspect, sides, levels, about);
    }

    /// Notes that a fact stands elsewhere than before. That one has a source at all is no change of the API either.
    fn provenance(
        &mut self,
        before: Option<&Located<'d>>,
        after: Option<&Located<'d>>,
        old: &Located<'d>,
        new: &Located<'d>,
        key: &str,
    ) {
        if before.map(|found| found.value) != after.map(|found| found.value) {
            self.moved
                .insert((step(&old.pointer, key), step(&new.pointer, key)));
        }
    }

    /// The source of what is not compared by its words.
    pub(crate) fn moved_within(&mut self, old: &Located<'d>, new: &Located<'d>) {
        let key = "x-source";
        let (before, after) = (old.get(key), new.get(key));
        self.provenance(before.as_ref(), after.as_ref(), old, new, key);
    }
}
