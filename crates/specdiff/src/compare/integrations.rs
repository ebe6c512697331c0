//! What each integration behind the API supports and requires.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::aspect::Aspect;
use crate::compare::words::Keywords;
use crate::compare::{Comparing, Place, Sides};
use crate::document::Located;
use crate::rust::Levels;

/// The keywords that this module compares.
pub(crate) const KEYWORDS: [&str; 3] = [
    "x-integrations",
    "x-integration-values",
    "x-integration-notes",
];

impl<'d> Comparing<'d> {
    pub(crate) fn integrations(
        &mut self,
        place: Place,
        (old, was): (&Located<'d>, &Keywords<'d>),
        (new, is): (&Located<'d>, &Keywords<'d>),
    ) {
        for key in KEYWORDS {
            let (before, after) = (was.get(key), is.get(key));
            if before.map(|found| found.value) == after.map(|found| found.value) {
                continue;
            }
            let facts = |found: Option<&Located<'d>>| -> BTreeMap<&'d str, &'d Value> {
                found
                    .and_then(|found| found.value.as_object())
                    .into_iter()
                    .flatten()
                    .map(|(name, value)| (name.as_str(), value))
                    .collect()
            };
            let (facts_before, facts_after) = (facts(before), facts(after));
            let sides = Sides::keyword((old, before), (new, after), key);
            let names: BTreeSet<&str> = facts_before
                .keys()
                .chain(facts_after.keys())
                .copied()
                .collect();
            for name in names {
                let (before, after) = (facts_before.get(name), facts_after.get(name));
                if before != after {
                    let one = Sides {
                        before: before.map(|value| (*value).clone()),
                        after: after.map(|value| (*value).clone()),
                        ..sides.clone()
                    };
                    self.integration(place, key, name, one);
                }
            }
        }
    }

    /// The integrations of both documents that require what only one of them has, in words; none where none does.
    pub(crate) fn demanded_by(&self, only: &Located<'d>) -> Option<String> {
        let facts = only.value.get("x-integrations")?.as_object()?;
        let names: Vec<&str> = facts
            .iter()
            .filter(|(_, level)| level.as_str() == Some("required"))
            .map(|(name, _)| name.as_str())
            .filter(|name| {
                self.old.integrations.contains(*name) && self.new.integrations.contains(*name)
            })
            .collect();
        (!names.is_empty()).then(|| names.join(", "))
    }

    fn integration(&mut self, place: Place, key: &str, name: &str, sides: Sides) {
        if key == "x-integration-values" {
            return self.integration_values(place, name, &sides);
        }
        let aspect = if key == "x-integration-notes" {
            match (&sides.before, &sides.after) {
                (None, _) => Aspect::IntegrationNoteAdded,
                (_, None) => Aspect::IntegrationNoteRemoved,
                _ => Aspect::IntegrationNoteChanged,
            }
        } else {
            let requires = |value: &Option<Value>| {
                value
                    .as_ref()
                    .map(|value| value.as_str() == Some("required"))
            };
            let is_new = !self.old.integrations.contains(name);
            let is_lost = !self.new.integrations.contains(name);
            match (requires(&sides.before), requires(&sides.after)) {
                (None, Some(false)) if is_new => Aspect::NewIntegrationSupports,
                (None, Some(true)) if is_new => Aspect::NewIntegrationRequires,
                (Some(false), None) if is_lost => Aspect::LostIntegrationSupported,
                (Some(true), None) if is_lost => Aspect::LostIntegrationRequired,
                (None, Some(false)) => Aspect::IntegrationNowSupports,
                (None, Some(true)) => Aspect::IntegrationNowDemands,
                (Some(false), None) => Aspect::IntegrationNoLongerSupports,
                (Some(true), None) => Aspect::IntegrationNoLongerDemands,
                (Some(false), Some(true)) => Aspect::IntegrationNowRequires,
                (Some(true), Some(false)) => Aspect::IntegrationNoLongerRequires,
                _ => return,
            }
        };
        self.note_about(place, aspect, sides, Levels::PATCH, Some(name.to_owned()));
    }

    fn integration_values(&mut self, place: Place, name: &str, sides: &Sides) {
        let values = |side: &Option<Value>| -> Vec<Value> {
            side.as_ref()
                .and_then(Value::as_array)
                .cloned()
                .unwrap_or_default()
        };
        let (before, after) = (values(&sides.before), values(&sides.after));
        for value in after.iter().filter(|value| !before.contains(value)) {
            let sides = sides.clone().with(None::<Value>, Some(value.clone()));
            let aspect = Aspect::IntegrationValueAdded;
            self.note_about(place, aspect, sides, Levels::PATCH, Some(name.to_owned()));
        }
        for value in before.iter().filter(|value| !after.contains(value)) {
            let sides = sides.clone().with(Some(value.clone()), None::<Value>);
            let aspect = Aspect::IntegrationValueRemoved;
            self.note_about(place, aspect, sides, Levels::PATCH, Some(name.to_owned()));
        }
    }
}
