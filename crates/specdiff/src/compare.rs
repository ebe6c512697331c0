//! The comparison: both documents are walked side by side, operation by operation, and every pair of schemas once.

mod answers;
mod api;
mod body;
mod integrations;
mod keywords;
mod limits;
mod operations;
mod parameters;
mod properties;
mod schemas;
mod security;
mod values;
mod words;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::aspect::Aspect;
use crate::change::{Change, Directions, Subject};
use crate::document::{Document, Located};
use crate::finish;
use crate::level::RustLevel;
use crate::pointer::step;
use crate::reach::Reach;
use crate::rust::{Levels, Visible};

/// Compares two documents. The changes come in the order of their places.
pub(crate) fn changes(old: &Value, new: &Value) -> Vec<Change> {
    let mut comparing = Comparing::new(old, new);
    comparing.api();
    comparing.operations();
    comparing.finish_schemas();
    comparing.unused_schemas();
    comparing.directions();
    finish::changes(comparing)
}

/// A pair of schemas that is compared once, wherever it is used.
pub(crate) type Node = usize;

/// What the comparison knows so far.
pub(crate) struct Comparing<'d> {
    pub(crate) old: Document<'d>,
    pub(crate) new: Document<'d>,
    pub(crate) reach: [Reach; 2],
    /// The nodes that use a node.
    pub(crate) users: Vec<Vec<Node>>,
    /// The operations and ways that a node is the root of.
    pub(crate) roots: Vec<Vec<(usize, Directions)>>,
    /// The operations, as a reader calls them.
    pub(crate) labels: Vec<String>,
    /// The lists whose records are kept apart from each other, by their pointers.
    pub(crate) kept_apart: [BTreeSet<String>; 2],
    pub(crate) found: Vec<Found>,
    /// Facts that stand elsewhere in their sources, by their places in both documents.
    pub(crate) moved: BTreeSet<(String, String)>,
    pairs: BTreeMap<(String, String), Node>,
    work: Vec<(Node, Located<'d>, Located<'d>)>,
}

/// A difference.
#[derive(Debug)]
pub(crate) struct Found {
    pub(crate) aspect: Aspect,
    pub(crate) subject: Subject,
    /// Which operations it matters to.
    pub(crate) owner: Owner,
    pub(crate) old: Option<String>,
    pub(crate) new: Option<String>,
    pub(crate) before: Option<Value>,
    pub(crate) after: Option<Value>,
    /// What it is about, where the place does not tell: an integration, a keyword.
    pub(crate) about: Option<String>,
    pub(crate) rust: Levels,
}

/// Which operations a difference matters to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Owner {
    /// All of them.
    Api,
    /// One.
    Operation(usize),
    /// Those that reach a node.
    Node(Node),
}

/// Where the comparison of a schema stands.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place {
    pub(crate) owner: Owner,
    pub(crate) subject: Subject,
    pub(crate) position: Position,
    pub(crate) visible: Visible,
}

/// What holds a schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Position {
    /// A parameter, a body or a header.
    Root,
    /// The components.
    Component,
    /// A field.
    Field,
    /// A list, a map or a choice.
    Inside,
}

impl Place {
    pub(crate) fn inside(self) -> Self {
        Self {
            position: Position::Inside,
            ..self
        }
    }
}

/// The two sides of a difference.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sides {
    pub(crate) old: Option<String>,
    pub(crate) new: Option<String>,
    pub(crate) before: Option<Value>,
    pub(crate) after: Option<Value>,
}

impl Sides {
    /// A difference between two values.
    pub(crate) fn of(old: Option<&Located<'_>>, new: Option<&Located<'_>>) -> Self {
        Self {
            old: old.map(|found| found.pointer.clone()),
            new: new.map(|found| found.pointer.clone()),
            before: old.map(|found| found.value.clone()),
            after: new.map(|found| found.value.clone()),
        }
    }

    /// A keyword of an object. A side that lacks it has the pointer at which it would stand.
    pub(crate) fn keyword(
        (old, before): (&Located<'_>, Option<&Located<'_>>),
        (new, after): (&Located<'_>, Option<&Located<'_>>),
        key: &str,
    ) -> Self {
        let place = |found: Option<&Located<'_>>, at: &Located<'_>| {
            Some(found.map_or_else(|| step(&at.pointer, key), |found| found.pointer.clone()))
        };
        Self {
            old: place(before, old),
            new: place(after, new),
            ..Self::of(before, after)
        }
    }

    /// A key of two objects, as [`Sides::keyword`] has it.
    pub(crate) fn at(old: &Located<'_>, new: &Located<'_>, key: &str) -> Self {
        Self::keyword(
            (old, old.get(key).as_ref()),
            (new, new.get(key).as_ref()),
            key,
        )
    }

    /// A difference that is told by its places alone.
    pub(crate) fn places(old: Option<&Located<'_>>, new: Option<&Located<'_>>) -> Self {
        Self {
            old: old.map(|found| found.pointer.clone()),
            new: new.map(|found| found.pointer.clone()),
            ..Self::default()
        }
    }

    pub(crate) fn with(
        mut self,
        before: Option<impl Into<Value>>,
        after: Option<impl Into<Value>>,
    ) -> Self {
        self.before = before.map(Into::into);
        self.after = after.map(Into::into);
        self
    }
}

impl<'d> Comparing<'d> {
    fn new(old: &'d Value, new: &'d Value) -> Self {
        let (old, new) = (Document::new(old), Document::new(new));
        Self {
            reach: [Reach::of(&old), Reach::of(&new)],
            old,
            new,
            users: Vec::new(),
            roots: Vec::new(),
            labels: Vec::new(),
            kept_apart: Default::default(),
            found: Vec::new(),
            moved: BTreeSet::new(),
            pairs: BTreeMap::new(),
            work: Vec::new(),
        }
    }

    pub(crate) fn note(&mut self, place: Place, aspect: Aspect, sides: Sides, rust: Levels) {
        self.note_about(place, aspect, sides, rust, None);
    }

    pub(crate) fn note_about(
        &mut self,
        place: Place,
        aspect: Aspect,
        sides: Sides,
        rust: Levels,
        about: Option<String>,
    ) {
        self.found.push(Found {
            aspect,
            subject: place.subject,
            owner: place.owner,
            old: sides.old,
            new: sides.new,
            before: sides.before,
            after: sides.after,
            about,
            rust: place.visible.of(rust),
        });
    }

    /// A node for the root of a parameter, body or header of an operation.
    pub(crate) fn root(&mut self, operation: usize, directions: Directions) -> Node {
        let node = self.users.len();
        self.users.push(Vec::new());
        self.roots.push(vec![(operation, directions)]);
        node
    }

    /// The node of two components, which is compared when its turn comes.
    pub(crate) fn pair(&mut self, user: Owner, old: Located<'d>, new: Located<'d>) -> Node {
        let key = (old.pointer.clone(), new.pointer.clone());
        let node = if let Some(node) = self.pairs.get(&key) {
            *node
        } else {
            let node = self.users.len();
            self.users.push(Vec::new());
            self.roots.push(Vec::new());
            self.pairs.insert(key, node);
            self.work.push((node, old, new));
            node
        };
        if let Owner::Node(user) = user
            && user != node
            && !self.users[node].contains(&user)
        {
            self.users[node].push(user);
        }
        node
    }

    /// Compares the pairs of components that were met.
    fn finish_schemas(&mut self) {
        while let Some((node, old, new)) = self.work.pop() {
            let place = Place {
                owner: Owner::Node(node),
                subject: Subject::Schema,
                position: Position::Component,
                visible: Visible::ALL,
            };
            self.shapes(place, &old, &new);
        }
    }

    /// Whether two components were compared.
    pub(crate) fn is_paired(&self, old: &str, new: &str) -> bool {
        self.pairs.contains_key(&(old.to_owned(), new.to_owned()))
    }

    /// A place that belongs to an operation as a whole.
    pub(crate) fn at_operation(operation: usize, subject: Subject) -> Place {
        Place {
            owner: Owner::Operation(operation),
            subject,
            position: Position::Root,
            visible: Visible::ALL,
        }
    }

    /// A place that belongs to the API as a whole.
    pub(crate) fn at_api(subject: Subject) -> Place {
        Place {
            owner: Owner::Api,
            subject,
            position: Position::Root,
            visible: Visible::ALL,
        }
    }
}

/// The same level, whichever way it goes.
pub(crate) fn level(level: RustLevel) -> Levels {
    Levels::both(level)
}
