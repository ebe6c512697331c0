//! Lists of values.

use serde_json::Value;

use crate::aspect::Aspect;
use crate::compare::schemas::Both;
use crate::compare::{Comparing, level};
use crate::level::RustLevel::{Major, Minor, Patch};
use crate::rust::Levels;
use crate::rust::{
    types::{self, Way},
    variants,
};
use crate::shape::Shape;

impl<'d> Comparing<'d> {
    pub(crate) fn values(&mut self, both: &Both<'_, 'd>) {
        let sides = both.keyword("enum");
        let stated = |shape: &Shape<'_>| shape.is("x-open-enum");
        let was_open = self.old.unvalidated || stated(both.was);
        let is_open = self.new.unvalidated || stated(both.is);
        let (old, new) = match (both.was.values(), both.is.values()) {
            (None, None) => return,
            (Some(old), Some(new)) => (old, new),
            (None, Some(_)) => {
                let aspect = if is_open {
                    Aspect::OpenEnumStated
                } else {
                    Aspect::EnumStated
                };
                return self.note(both.place, aspect, sides, self.levels(both));
            }
            (Some(_), None) => {
                let aspect = if was_open {
                    Aspect::OpenEnumDropped
                } else {
                    Aspect::EnumDropped
                };
                return self.note(both.place, aspect, sides, self.levels(both));
            }
        };
        let open_sides = both.keyword("x-open-enum");
        match (stated(both.was), stated(both.is)) {
            (false, true) => self.note(
                both.place,
                Aspect::EnumOpened,
                open_sides,
                self.levels(both),
            ),
            (true, false) => self.note(
                both.place,
                Aspect::EnumClosed,
                open_sides,
                self.levels(both),
            ),
            _ => {}
        }
        let open = was_open && is_open;
        let (added, removed) = self.value_levels(both, (&old, &new), open);
        for value in new.iter().filter(|value| !old.contains(value)) {
            let aspect = if open {
                Aspect::OpenEnumValueAdded
            } else {
                Aspect::EnumValueAdded
            };
            let sides = sides.clone().with(None::<Value>, Some((*value).clone()));
            self.note(both.place, aspect, sides, added);
        }
        for value in old.iter().filter(|value| !new.contains(value)) {
            let aspect = if open {
                Aspect::OpenEnumValueRemoved
            } else {
                Aspect::EnumValueRemoved
            };
            let sides = sides.clone().with(Some((*value).clone()), None::<Value>);
            self.note(both.place, aspect, sides, removed);
        }
        let common = |values: &[&Value], others: &[&Value]| -> Vec<Value> {
            values
                .iter()
                .filter(|value| others.contains(value))
                .map(|value| (*value).clone())
                .collect()
        };
        if common(&old, &new) != common(&new, &old) {
            self.note(
                both.place,
                Aspect::EnumReordered,
                sides.with(None::<Value>, None::<Value>),
                Levels::PATCH,
            );
        }
    }

    /// What it means in Rust that a value is added, and that one is removed.
    fn value_levels(
        &self,
        both: &Both<'_, 'd>,
        (old, new): (&[&Value], &[&Value]),
        open: bool,
    ) -> (Levels, Levels) {
        let is_enum = |document, at| {
            let written = types::of(document, at, Way::Answered);
            written.starts_with("enum") || written.starts_with("Open<")
        };
        if !is_enum(&self.old, both.old) && !is_enum(&self.new, both.new) {
            return (Levels::PATCH, Levels::PATCH);
        }
        if variants::are_renamed(old, new) {
            return (level(Major), level(Major));
        }
        let sent = if open { Patch } else { Minor };
        let added = Levels::new(sent, Patch).max(self.levels(both));
        (added, level(Major))
    }
}
