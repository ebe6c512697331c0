//! From differences as they were met to changes: each once, with the operations that reach it and its levels.

use std::collections::{BTreeMap, BTreeSet, btree_map::Entry};

use crate::aspect::Aspect;
use crate::change::{Change, Directions, Rule, Source, Subject};
use crate::compare::{Comparing, Found, Node, Owner};
use crate::document::Document;
use crate::level::RustLevel;
use crate::pointer::{self, steps};
use crate::rust::Levels;

type Key = (Aspect, Option<String>, Option<String>, String, String);

/// A difference with everybody whom it matters to.
struct Gathered {
    found: Found,
    operations: BTreeSet<usize>,
    directions: Directions,
}

pub(crate) fn changes(mut comparing: Comparing<'_>) -> Vec<Change> {
    let found = std::mem::take(&mut comparing.found);
    let mut reached = Reached::default();
    let mut gathered: BTreeMap<Key, Gathered> = BTreeMap::new();
    for found in found {
        let (operations, directions) = match found.owner {
            Owner::Api => (BTreeSet::new(), Directions::default()),
            Owner::Operation(operation) => (BTreeSet::from([operation]), Directions::default()),
            Owner::Node(node) => reached.from(&comparing, node).clone(),
        };
        let key = (
            found.aspect,
            found.old.clone(),
            found.new.clone(),
            format!("{:?}{:?}", found.about, found.before),
            format!("{:?}", found.after),
        );
        match gathered.entry(key) {
            Entry::Vacant(vacant) => {
                vacant.insert(Gathered {
                    found,
                    operations,
                    directions,
                });
            }
            Entry::Occupied(mut there) => {
                let there = there.get_mut();
                there.operations.extend(operations);
                there.directions = there.directions.and(directions);
                there.found.rust = there.found.rust.max(found.rust);
            }
        }
    }
    let mut changes: Vec<Change> = gathered
        .into_values()
        .map(|gathered| change(gathered, &comparing))
        .collect();
    changes.extend(moved(&comparing));
    changes.sort_by(|one, other| {
        let place = |change: &Change| {
            change
                .new
                .clone()
                .or_else(|| change.old.clone())
                .unwrap_or_default()
        };
        (place(one), one.rule, one.about.as_ref()).cmp(&(
            place(other),
            other.rule,
            other.about.as_ref(),
        ))
    });
    changes
}

fn change(gathered: Gathered, comparing: &Comparing<'_>) -> Change {
    let Gathered {
        found,
        operations,
        mut directions,
    } = gathered;
    if directions == Directions::default() {
        directions = match found.subject {
            Subject::Schema | Subject::Property => component(&found, comparing),
            _ => Directions {
                request: true,
                response: true,
            },
        };
    }
    let rule = Rule {
        aspect: found.aspect,
        subject: found.subject,
        directions,
    };
    let trail = match (&found.new, &found.old) {
        (Some(new), _) => trail(&comparing.new, new),
        (None, Some(old)) => trail(&comparing.old, old),
        (None, None) => Vec::new(),
    };
    let source = match (&found.new, &found.old) {
        (Some(new), _) => source(&comparing.new, new),
        (None, Some(old)) => source(&comparing.old, old),
        (None, None) => None,
    };
    let operations = operations
        .into_iter()
        .map(|operation| comparing.labels[operation].clone())
        .collect();
    Change {
        rule,
        wire: rule.wire(),
        rust: level(found.rust, directions),
        old: found.old,
        new: found.new,
        trail,
        source,
        about: found.about,
        before: found.before,
        after: found.after,
        operations,
    }
}

/// The source of a place: its own, or that of what holds it.
fn source(document: &Document<'_>, place: &str) -> Option<Source> {
    let mut place = place;
    loop {
        let stated = document
            .root
            .pointer(place)
            .and_then(|value| value.get("x-source"));
        if let Some(stated) = stated {
            return Some(Source {
                page: stated.get("page")?.as_str()?.to_owned(),
                line: stated.get("line")?.as_u64()?,
            });
        }
        place = &place[..place.rfind('/')?];
    }
}

/// The ways of a component that no operation of both documents reaches.
fn component(found: &Found, comparing: &Comparing<'_>) -> Directions {
    let name = |place: &Option<String>| {
        place
            .as_ref()
            .and_then(|place| place.strip_prefix("/components/schemas/"))
            .and_then(|rest| steps(&format!("/{rest}")).first().cloned())
    };
    let of = |place: &Option<String>, side: usize| {
        name(place).map_or_else(Directions::default, |name| {
            comparing.reach[side].directions(&name)
        })
    };
    of(&found.old, 0).and(of(&found.new, 1))
}

fn level(levels: Levels, directions: Directions) -> RustLevel {
    let mut level = RustLevel::Patch;
    if directions.request {
        level = level.max(levels.sent);
    }
    if directions.response {
        level = level.max(levels.answered);
    }
    level
}

/// One change for all the facts whose sources alone differ.
fn moved(comparing: &Comparing<'_>) -> Option<Change> {
    let count = comparing.moved.len();
    if count == 0 {
        return None;
    }
    let rule = Rule {
        aspect: Aspect::SourcesMoved,
        subject: Subject::Api,
        directions: Directions::default(),
    };
    Some(Change {
        rule,
        wire: rule.wire(),
        rust: RustLevel::Patch,
        old: Some(String::new()),
        new: Some(String::new()),
        trail: Vec::new(),
        source: None,
        about: Some(count.to_string()),
        before: None,
        after: None,
        operations: Vec::new(),
    })
}

/// The operations that reach each node.
#[derive(Default)]
struct Reached(BTreeMap<Node, (BTreeSet<usize>, Directions)>);

impl Reached {
    fn from(&mut self, comparing: &Comparing<'_>, node: Node) -> &(BTreeSet<usize>, Directions) {
        self.0.entry(node).or_insert_with(|| {
            let mut seen = BTreeSet::from([node]);
            let mut open = vec![node];
            let mut operations = BTreeSet::new();
            let mut directions = Directions::default();
            while let Some(node) = open.pop() {
                for (operation, way) in &comparing.roots[node] {
                    operations.insert(*operation);
                    directions = directions.and(*way);
                }
                open.extend(
                    comparing.users[node]
                        .iter()
                        .copied()
                        .filter(|user| seen.insert(*user)),
                );
            }
            (operations, directions)
        })
    }
}

/// What a reader calls a place.
fn trail(document: &Document<'_>, place: &str) -> Vec<String> {
    let steps = steps(place);
    let named = |at: usize| {
        let pointer: String = steps[..=at]
            .iter()
            .fold(String::new(), |pointer, step| pointer::step(&pointer, step));
        let found = document.at(&pointer)?;
        let parameter = document.resolved(found);
        let name = parameter.text("name")?;
        Some(match parameter.text("in") {
            Some(place) => format!("{place} parameter {name}"),
            None => name.to_owned(),
        })
    };
    let words: Vec<&str> = steps.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["components", "parameters", _, ..] => {
            pointer::trail(&steps[3..], named(2).unwrap_or_default())
        }
        [
            "components",
            "schemas" | "responses" | "requestBodies" | "headers",
            name,
            ..,
        ] => pointer::trail(&steps[3..], (*name).to_owned()),
        ["components", kind, rest @ ..] => {
            let mut trail = vec![(*kind).to_owned()];
            trail.extend(rest.iter().map(|step| (*step).to_owned()));
            trail
        }
        ["paths", path, "parameters", _, ..] => pointer::trail(
            &steps[4..],
            format!("{path} {}", named(3).unwrap_or_default()),
        ),
        ["paths", path, method, rest @ ..] => {
            let head = format!("{} {path}", method.to_ascii_uppercase());
            let mut trail = vec![head];
            match rest {
                ["parameters", _, ..] => {
                    trail.extend(pointer::trail(&steps[5..], named(4).unwrap_or_default()));
                }
                ["requestBody", ..] => {
                    trail.extend(pointer::trail(&steps[4..], "request body".to_owned()));
                }
                ["responses", status, "headers", name, ..] => trail.extend(pointer::trail(
                    &steps[7..],
                    format!("answer {status} header {name}"),
                )),
                ["responses", status, ..] => {
                    trail.extend(pointer::trail(&steps[5..], format!("answer {status}")));
                }
                _ => {}
            }
            trail
        }
        _ => words.iter().map(|step| (*step).to_owned()).collect(),
    }
}
