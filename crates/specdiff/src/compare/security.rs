//! How callers authenticate.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::aspect::Aspect;
use crate::change::Subject;
use crate::compare::properties::same;
use crate::compare::{Comparing, Place, Sides, level};
use crate::document::{Located, Operation};
use crate::level::RustLevel::{Major, Patch};
use crate::rust::{Levels, client};

impl<'d> Comparing<'d> {
    pub(crate) fn operation_security(
        &mut self,
        label: usize,
        was: &Operation<'d>,
        is: &Operation<'d>,
    ) {
        let (old, new) = (was.at.get("security"), is.at.get("security"));
        if old.is_none() && new.is_none() {
            return;
        }
        let before = old
            .as_ref()
            .map_or_else(|| self.old.root.get("security"), |own| Some(own.value));
        let after = new
            .as_ref()
            .map_or_else(|| self.new.root.get("security"), |own| Some(own.value));
        let sides = Sides::keyword((&was.at, old.as_ref()), (&is.at, new.as_ref()), "security");
        let place = Self::at_operation(label, Subject::Operation);
        self.ways(place, before, after, &sides);
    }

    pub(crate) fn api_security(&mut self) {
        let root = |value: &'d Value| Located::new(value, "");
        let (old, new) = (root(self.old.root), root(self.new.root));
        let (before, after) = (old.get("security"), new.get("security"));
        let sides = Sides::keyword((&old, before.as_ref()), (&new, after.as_ref()), "security");
        self.ways(
            Self::at_api(Subject::Api),
            before.map(|found| found.value),
            after.map(|found| found.value),
            &sides,
        );
        self.schemes();
    }

    fn ways(&mut self, place: Place, old: Option<&Value>, new: Option<&Value>, sides: &Sides) {
        let (was, is) = (ways(old), ways(new));
        if was == is {
            return;
        }
        let is_open = |ways: &BTreeSet<String>| ways.is_empty() || ways.contains("");
        let shown = |ways: &BTreeSet<String>| {
            let named: Vec<&str> = ways
                .iter()
                .map(String::as_str)
                .filter(|way| !way.is_empty())
                .collect();
            (!named.is_empty()).then(|| named.join(" or "))
        };
        let aspect = match (is_open(&was), is_open(&is)) {
            (true, false) => Some(Aspect::AuthenticationDemanded),
            (false, true) => Some(Aspect::AuthenticationDropped),
            _ => None,
        };
        if let Some(aspect) = aspect {
            let sides = sides.clone().with(shown(&was), shown(&is));
            return self.note(place, aspect, sides, Levels::PATCH);
        }
        for way in is.difference(&was) {
            let sides = sides.clone().with(None::<String>, Some(way.clone()));
            self.note(place, Aspect::AuthenticationWayAdded, sides, Levels::PATCH);
        }
        for way in was.difference(&is) {
            let sides = sides.clone().with(Some(way.clone()), None::<String>);
            self.note(
                place,
                Aspect::AuthenticationWayRemoved,
                sides,
                Levels::PATCH,
            );
        }
    }

    fn schemes(&mut self) {
        let (old, new) = (
            self.old.components("securitySchemes"),
            self.new.components("securitySchemes"),
        );
        let place = Self::at_api(Subject::Api);
        let methods = [&self.old, &self.new].map(client::credentials);
        let names: BTreeSet<&str> = old.keys().chain(new.keys()).copied().collect();
        for name in names {
            match (old.get(name), new.get(name)) {
                (Some(was), Some(is)) => {
                    let works = |at: &Located<'_>| {
                        let mut value = at.value.clone();
                        if let Some(object) = value.as_object_mut() {
                            object.retain(|key, _| {
                                key != "description"
                                    && key != "bearerFormat"
                                    && !key.starts_with("x-")
                            });
                        }
                        value
                    };
                    let sides = Sides::places(Some(was), Some(is));
                    if works(was) != works(is) {
                        let rust = client::scheme_level(&methods[0], &methods[1], name);
                        self.note(place, Aspect::SchemeChanged, sides, level(rust));
                    } else if !same(was.value, is.value) {
                        self.note(place, Aspect::SchemeReworded, sides, level(Patch));
                    }
                    self.moved_within(was, is);
                }
                (was, is) => {
                    let (aspect, rust) = if was.is_none() {
                        let rust = client::scheme_level(&methods[0], &methods[1], name);
                        (Aspect::SchemeAdded, rust)
                    } else {
                        (Aspect::SchemeRemoved, Major)
                    };
                    self.note(place, aspect, Sides::places(was, is), level(rust));
                }
            }
        }
    }
}

/// The sets of schemes, any one of which authenticates; the empty one stands for none.
fn ways(security: Option<&Value>) -> BTreeSet<String> {
    security
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(Value::as_object)
        .map(|way| {
            let mut schemes: Vec<String> = way
                .iter()
                .map(|(name, scopes)| {
                    let scopes: Vec<&str> = scopes
                        .as_array()
                        .into_iter()
                        .flatten()
                        .filter_map(Value::as_str)
                        .collect();
                    if scopes.is_empty() {
                        name.clone()
                    } else {
                        format!("{name} ({})", scopes.join(", "))
                    }
                })
                .collect();
            schemes.sort_unstable();
            schemes.join(" and ")
        })
        .collect()
}
