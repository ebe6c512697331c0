//! Operations: which of them are the same, and what changed about each.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::aspect::Aspect;
use crate::change::Subject;
use crate::compare::{Comparing, Sides, level};
use crate::document::Operation;
use crate::level::RustLevel::{Major, Minor, Patch};
use crate::rust::{self, listing};

/// Keywords of an operation that are compared on their own.
const COMPARED: [&str; 8] = [
    "operationId",
    "tags",
    "parameters",
    "requestBody",
    "responses",
    "security",
    "deprecated",
    "x-pagination",
];

impl<'d> Comparing<'d> {
    pub(crate) fn operations(&mut self) {
        let (old, new) = (self.old.operations(), self.new.operations());
        let pairs = pairs(&old, &new);
        let labels = labels(&old, &new, &pairs);
        self.labels = labels.names;
        self.kept_apart = [
            listing::kept_apart(&self.old, &self.reach[0], &old),
            listing::kept_apart(&self.new, &self.reach[1], &new),
        ];
        for (index, was) in old.iter().enumerate() {
            let label = labels.old[index];
            if let Some(other) = pairs.get(&index) {
                self.operation(label, was, &new[*other]);
                continue;
            }
            let aspect = if was.at.is("deprecated") {
                Aspect::DeprecatedOperationRemoved
            } else {
                Aspect::OperationRemoved
            };
            let place = Self::at_operation(label, Subject::Operation);
            let sides = Sides::places(Some(&was.at), None);
            self.note(place, aspect, sides, level(Major));
        }
        let paired: BTreeSet<usize> = pairs.values().copied().collect();
        for (index, is) in new.iter().enumerate() {
            if paired.contains(&index) {
                continue;
            }
            let aspect = if is.at.is("deprecated") {
                Aspect::DeprecatedOperationAdded
            } else {
                Aspect::OperationAdded
            };
            let place = Self::at_operation(index, Subject::Operation);
            let sides = Sides::places(None, Some(&is.at));
            self.note(place, aspect, sides, level(Minor));
        }
    }

    /// An operation that both documents have.
    fn operation(&mut self, label: usize, was: &Operation<'d>, is: &Operation<'d>) {
        let place = Self::at_operation(label, Subject::Operation);
        let both = || Sides::places(Some(&was.at), Some(&is.at));
        if blank(was.path) != blank(is.path) {
            let sides = both().with(Some(was.path), Some(is.path));
            self.note(place, Aspect::PathChanged, sides, level(Patch));
        }
        if was.method != is.method {
            let sides = both().with(Some(was.method), Some(is.method));
            self.note(place, Aspect::MethodChanged, sides, level(Patch));
        }
        let name = |operation: &Operation<'_>| {
            rust::method(operation.id(), operation.method, operation.path)
        };
        let renamed = level(if name(was) == name(is) { Patch } else { Major });
        let (id_before, id_after) = (was.at.get("operationId"), is.at.get("operationId"));
        if id_before.as_ref().map(|id| id.value) != id_after.as_ref().map(|id| id.value) {
            let sides = Sides::keyword(
                (&was.at, id_before.as_ref()),
                (&is.at, id_after.as_ref()),
                "operationId",
            );
            self.keyword(place, "operationId", sides, renamed);
        } else if was.id().is_none() && renamed != level(Patch) && blank(was.path) == blank(is.path)
        {
            // The method is named after the path, and so after the names of its parameters.
            let sides = both().with(Some(name(was)), Some(name(is)));
            self.note(place, Aspect::OperationIdChanged, sides, renamed);
        }
        let deprecated = match (was.at.is("deprecated"), is.at.is("deprecated")) {
            (false, true) => Some((Aspect::Deprecated, Minor)),
            (true, false) => Some((Aspect::Reinstated, Patch)),
            _ => None,
        };
        if let Some((aspect, rust)) = deprecated {
            self.note(place, aspect, both(), level(rust));
        }
        self.tags(label, was, is);
        self.pagination(label, was, is);
        self.holder_words(place, &was.at, &is.at, &COMPARED);
        self.operation_security(label, was, is);
        self.parameters(label, was, is);
        self.request_body(label, was, is);
        self.answers(label, was, is);
    }

    /// A listing has methods of its own where the document says how it is paged.
    fn pagination(&mut self, label: usize, was: &Operation<'d>, is: &Operation<'d>) {
        let key = "x-pagination";
        let (before, after) = (was.at.get(key), is.at.get(key));
        if before.as_ref().map(|found| found.value) == after.as_ref().map(|found| found.value) {
            return;
        }
        let rust = listing::level(
            (&self.old, &self.reach[0], was),
            (&self.new, &self.reach[1], is),
            &self.kept_apart,
        );
        let sides = Sides::keyword((&was.at, before.as_ref()), (&is.at, after.as_ref()), key);
        let place = Self::at_operation(label, Subject::Operation);
        self.keyword(place, key, sides, level(rust));
    }

    fn tags(&mut self, label: usize, was: &Operation<'d>, is: &Operation<'d>) {
        let tags = |operation: &Operation<'d>| -> Vec<&'d str> {
            operation
                .at
                .value
                .get("tags")
                .and_then(Value::as_array)
                .into_iter()
                .flatten()
                .filter_map(Value::as_str)
                .collect()
        };
        let (before, after) = (tags(was), tags(is));
        let place = Self::at_operation(label, Subject::Operation);
        let sides = Sides::at(&was.at, &is.at, "tags");
        for tag in after.iter().filter(|tag| !before.contains(tag)) {
            let sides = sides.clone().with(None::<&str>, Some(*tag));
            self.note(place, Aspect::TagAdded, sides, level(Patch));
        }
        for tag in before.iter().filter(|tag| !after.contains(tag)) {
            let sides = sides.clone().with(Some(*tag), None::<&str>);
            self.note(place, Aspect::TagRemoved, sides, level(Patch));
        }
    }
}

/// A path without the names of its parameters, which no server sees.
pub(crate) fn blank(path: &str) -> String {
    let mut blank = String::with_capacity(path.len());
    let mut inside = false;
    for character in path.chars() {
        match character {
            '{' => inside = true,
            '}' => inside = false,
            _ if inside => continue,
            _ => {}
        }
        blank.push(character);
    }
    blank
}

/// Which operation is which: the same method and path, else the same id.
fn pairs(old: &[Operation<'_>], new: &[Operation<'_>]) -> BTreeMap<usize, usize> {
    let mut pairs = BTreeMap::new();
    let mut by_path: BTreeMap<(&str, String), usize> = BTreeMap::new();
    for (index, operation) in new.iter().enumerate() {
        by_path
            .entry((operation.method, blank(operation.path)))
            .or_insert(index);
    }
    let mut taken = BTreeSet::new();
    for (index, operation) in old.iter().enumerate() {
        if let Some(other) = by_path.get(&(operation.method, blank(operation.path)))
            && taken.insert(*other)
        {
            pairs.insert(index, *other);
        }
    }
    let mut by_id: BTreeMap<&str, usize> = BTreeMap::new();
    for (index, operation) in new.iter().enumerate() {
        if !taken.contains(&index)
            && let Some(id) = operation.id()
        {
            by_id.entry(id).or_insert(index);
        }
    }
    for (index, operation) in old.iter().enumerate() {
        if !pairs.contains_key(&index)
            && let Some(other) = operation.id().and_then(|id| by_id.remove(id))
        {
            pairs.insert(index, other);
        }
    }
    pairs
}

/// What a reader calls the operations of both documents.
struct Labels {
    names: Vec<String>,
    /// The name of each operation of the old document; those of the new one are the first names, in order.
    old: Vec<usize>,
}

/// An operation of both documents is called as the new one calls it.
fn labels(old: &[Operation<'_>], new: &[Operation<'_>], pairs: &BTreeMap<usize, usize>) -> Labels {
    let mut names: Vec<String> = new.iter().map(Operation::label).collect();
    let old = old
        .iter()
        .enumerate()
        .map(|(index, operation)| {
            pairs.get(&index).copied().unwrap_or_else(|| {
                names.push(operation.label());
                names.len() - 1
            })
        })
        .collect();
    Labels { names, old }
}
