//! Schemas, and the references to them.

use std::collections::BTreeSet;

use crate::aspect::Aspect;
use crate::change::{Directions, Subject};
use crate::compare::{Comparing, Owner, Place, Position, Sides, level};
use crate::document::{Located, component};
use crate::level::RustLevel::{Major, Minor, Patch};
use crate::rust::types::{self, Way};
use crate::rust::{Levels, Visible};
use crate::shape::{Shape, Use};

impl<'d> Comparing<'d> {
    /// Compares two schemas where they are used.
    #[expect(
        clippy::needless_pass_by_value,
        reason = "callers have no further use for the places"
    )]
    pub(crate) fn schemas(&mut self, place: Place, old: Located<'d>, new: Located<'d>) {
        let (was, is) = (
            Use::of(&self.old, old.clone()),
            Use::of(&self.new, new.clone()),
        );
        match (was.target, is.target) {
            (None, None) => self.shapes(place, &old, &new),
            (Some(was), Some(is)) => {
                self.beside(place, &old, &new);
                if component(&was.pointer) != component(&is.pointer) {
                    self.other_component(place, (&old, &was), (&new, &is));
                }
                self.pair(place.owner, was, is);
            }
            (Some(_), None) => self.reference(place, Aspect::ReferenceInlined, &old, &new),
            (None, Some(_)) => self.reference(place, Aspect::ReferenceMade, &old, &new),
        }
    }

    /// A reference on one side, the schema itself on the other.
    fn reference(&mut self, place: Place, aspect: Aspect, old: &Located<'d>, new: &Located<'d>) {
        let levels = self.type_levels(old, new);
        let named = |document, at, way| types::is_named(&types::of(document, at, way));
        let is_named = named(&self.old, old, Way::Answered) || named(&self.new, new, Way::Answered);
        let levels = if is_named { levels } else { Levels::PATCH };
        self.note(place, aspect, Sides::places(Some(old), Some(new)), levels);
        self.shapes(place, old, new);
    }

    /// A reference that names another component than before.
    fn other_component(
        &mut self,
        place: Place,
        (old, was): (&Located<'d>, &Located<'d>),
        (new, is): (&Located<'d>, &Located<'d>),
    ) {
        let levels = self.type_levels(was, is);
        let (Some(from), Some(to)) = (component(&was.pointer), component(&is.pointer)) else {
            return;
        };
        let is_renamed = self.new.at(&was.pointer).is_none() && self.old.at(&is.pointer).is_none();
        let (aspect, sides, place) = if is_renamed {
            let place = Place {
                subject: Subject::Schema,
                ..place
            };
            (
                Aspect::SchemaRenamed,
                Sides::places(Some(was), Some(is)),
                place,
            )
        } else {
            (
                Aspect::ReferenceChanged,
                Sides::places(Some(old), Some(new)),
                place,
            )
        };
        self.note(place, aspect, sides.with(Some(from), Some(to)), levels);
    }

    /// What it means in Rust that the types of two schemas differ, if they do.
    pub(crate) fn levels(&self, both: &Both<'_, 'd>) -> Levels {
        self.type_levels(both.old, both.new)
    }

    fn type_levels(&self, old: &Located<'d>, new: &Located<'d>) -> Levels {
        Levels::of_types((&self.old, old), (&self.new, new))
    }

    /// Compares what two schemas say, and what is inside them.
    pub(crate) fn shapes(&mut self, place: Place, old: &Located<'d>, new: &Located<'d>) {
        let (was, is) = (Shape::of(&self.old, old), Shape::of(&self.new, new));
        let both = Both {
            place,
            old,
            new,
            was: &was,
            is: &is,
        };
        let is_choice = |shape: &Shape<'_>| shape.choice().is_some();
        if is_choice(&was) == is_choice(&is) && self.types(&both) {
            self.formats(&both);
            self.limits(&both);
            self.values(&both);
            self.items(&both);
            self.further_fields(&both);
            self.properties(&both);
        }
        self.choices(&both);
        self.nullability(&both);
        self.words(place, (old, &was.keywords), (new, &is.keywords));
    }

    /// Compares the types, and says whether they are alike.
    fn types(&mut self, both: &Both<'_, 'd>) -> bool {
        let (was, is) = (both.was.types(), both.is.types());
        if was == is {
            return true;
        }
        let aspect = if was.is_empty() {
            Aspect::TypeStated
        } else if is.is_empty() {
            Aspect::TypeDropped
        } else if takes_all(&was, &is) {
            Aspect::TypeWidened
        } else if takes_all(&is, &was) {
            Aspect::TypeNarrowed
        } else {
            Aspect::TypeChanged
        };
        let shown = |types: &BTreeSet<&str>| {
            let names: Vec<&str> = types.iter().copied().collect();
            (!names.is_empty()).then(|| names.join(" or "))
        };
        let sides = Sides {
            old: Some(both.old.pointer.clone()),
            new: Some(both.new.pointer.clone()),
            ..Sides::default()
        };
        self.note(
            both.place,
            aspect,
            sides.with(shown(&was), shown(&is)),
            self.levels(both),
        );
        false
    }

    fn formats(&mut self, both: &Both<'_, 'd>) {
        let (was, is) = (both.was.text("format"), both.is.text("format"));
        let aspect = match (was, is) {
            _ if was == is => return,
            (None, _) => Aspect::FormatStated,
            (_, None) => Aspect::FormatDropped,
            (Some("int32"), Some("int64")) | (Some("float"), Some("double")) => {
                Aspect::FormatWidened
            }
            (Some("int64"), Some("int32")) | (Some("double"), Some("float")) => {
                Aspect::FormatNarrowed
            }
            _ => Aspect::FormatChanged,
        };
        self.note(
            both.place,
            aspect,
            both.keyword("format"),
            self.levels(both),
        );
    }

    fn nullability(&mut self, both: &Both<'_, 'd>) {
        let aspect = match (both.was.is_nullable(), both.is.is_nullable()) {
            (false, true) => Aspect::BecameNullable,
            (true, false) => Aspect::BecameNotNullable,
            _ => return,
        };
        let sides = Sides::places(Some(both.old), Some(both.new));
        let levels = self.null_levels(both.place, both.old, both.new);
        self.note(both.place, aspect, sides, levels);
    }

    /// What it means in Rust that null comes or goes.
    pub(crate) fn null_levels(&self, place: Place, old: &Located<'d>, new: &Located<'d>) -> Levels {
        if types::of(&self.old, old, Way::Sent) == "Json"
            || types::of(&self.new, new, Way::Sent) == "Json"
        {
            return Levels::PATCH;
        }
        match place.position {
            Position::Root => Levels::PATCH,
            Position::Field | Position::Component => Levels::new(Major, Patch),
            Position::Inside => level(Major),
        }
    }

    fn items(&mut self, both: &Both<'_, 'd>) {
        let place = both.place.inside();
        match (both.was.items(), both.is.items()) {
            (Some(old), Some(new)) => self.schemas(place, old.clone(), new.clone()),
            (None, None) => {}
            (old, new) => {
                let aspect = if old.is_none() {
                    Aspect::ItemsStated
                } else {
                    Aspect::ItemsDropped
                };
                let sides = Sides {
                    old: Some(both.old.pointer.clone()),
                    new: Some(both.new.pointer.clone()),
                    ..Sides::of(old, new)
                };
                self.note(place, aspect, sides, self.levels(both));
            }
        }
    }

    fn choices(&mut self, both: &Both<'_, 'd>) {
        let (old, new) = match (both.was.choice(), both.is.choice()) {
            (None, None) => return,
            (Some(old), Some(new)) => (old, new),
            (old, _) => {
                let aspect = if old.is_none() {
                    Aspect::ChoiceStated
                } else {
                    Aspect::ChoiceDropped
                };
                let sides = Sides::places(Some(both.old), Some(both.new));
                self.note(both.place, aspect, sides, self.levels(both));
                return;
            }
        };
        if old.0 != new.0 {
            let aspect = if new.0 == "oneOf" {
                Aspect::ChoiceMadeExclusive
            } else {
                Aspect::ChoiceMadeInclusive
            };
            let sides = Sides::places(Some(both.old), Some(both.new));
            self.note(both.place, aspect, sides, Levels::PATCH);
        }
        let (mut removed, mut added) = (Vec::new(), new.1);
        for form in old.1 {
            let same = added.iter().position(|other| {
                crate::document::target(form.value).is_some()
                    && crate::document::target(form.value) == crate::document::target(other.value)
                    || form.value == other.value
            });
            match same {
                Some(index) => {
                    let other = added.remove(index);
                    self.schemas(both.place.inside(), form, other);
                }
                None => removed.push(form),
            }
        }
        // What is left is the same form changed when there is one of its type on either side.
        for form in std::mem::take(&mut removed) {
            let types = Shape::of(&self.old, &form).types();
            let is_inline = |at: &Located<'_>| crate::document::target(at.value).is_none();
            let mut alike = added.iter().enumerate().filter(|(_, other)| {
                is_inline(&form)
                    && is_inline(other)
                    && !types.is_empty()
                    && Shape::of(&self.new, other).types() == types
            });
            match (alike.next().map(|(index, _)| index), alike.next()) {
                (Some(index), None) => {
                    let other = added.remove(index);
                    self.schemas(both.place.inside(), form, other);
                }
                _ => removed.push(form),
            }
        }
        for form in removed {
            let sides = Sides::places(Some(&form), None);
            self.note(
                both.place.inside(),
                Aspect::ChoiceRemoved,
                sides,
                level(Major),
            );
        }
        for form in added {
            let sides = Sides::places(None, Some(&form));
            let levels = self.levels(both).max(level(Minor));
            self.note(both.place.inside(), Aspect::ChoiceAdded, sides, levels);
        }
    }

    /// Component schemas that only one document has and that nothing there uses, and those that no pair was made of.
    pub(crate) fn unused_schemas(&mut self) {
        let (old, new) = (
            self.old.components("schemas"),
            self.new.components("schemas"),
        );
        let place = Place {
            owner: Owner::Api,
            subject: Subject::Schema,
            position: Position::Component,
            visible: Visible::NONE,
        };
        for (name, was) in &old {
            match new.get(name) {
                Some(is) if !self.is_paired(&was.pointer, &is.pointer) => {
                    self.pair(Owner::Api, was.clone(), is.clone());
                }
                None if self.reach[0].directions(name) == Directions::default() => self.note(
                    place,
                    Aspect::SchemaRemoved,
                    Sides::places(Some(was), None),
                    Levels::PATCH,
                ),
                _ => {}
            }
        }
        for (name, is) in &new {
            if !old.contains_key(name) && self.reach[1].directions(name) == Directions::default() {
                let sides = Sides::places(None, Some(is));
                self.note(place, Aspect::SchemaAdded, sides, Levels::PATCH);
            }
        }
        self.finish_schemas();
    }

    /// Components whose type for requests gets another name, because they are answered too or no longer.
    pub(crate) fn directions(&mut self) {
        let (old, new) = (
            self.old.components("schemas"),
            self.new.components("schemas"),
        );
        for (name, was) in &old {
            let Some(is) = new.get(name) else { continue };
            let [before, after] = &self.reach;
            if !before.sends(name) || !after.sends(name) {
                continue;
            }
            let aspect = match (before.answers(name), after.answers(name)) {
                (false, true) => Aspect::NowAnsweredToo,
                (true, false) => Aspect::NoLongerAnswered,
                _ => continue,
            };
            let kind = types::of(&self.new, is, Way::Sent);
            if !kind.starts_with("record") && !kind.starts_with("union") {
                continue;
            }
            let node = self.pair(Owner::Api, was.clone(), is.clone());
            let place = Place {
                owner: Owner::Node(node),
                subject: Subject::Schema,
                position: Position::Component,
                visible: Visible::ALL,
            };
            let sides = Sides::places(Some(was), Some(is));
            self.note(place, aspect, sides, Levels::new(Major, Patch));
        }
    }
}

/// Two schemas that are compared, with all that they say.
pub(crate) struct Both<'c, 'd> {
    pub(crate) place: Place,
    pub(crate) old: &'c Located<'d>,
    pub(crate) new: &'c Located<'d>,
    pub(crate) was: &'c Shape<'d>,
    pub(crate) is: &'c Shape<'d>,
}

impl Both<'_, '_> {
    /// A keyword on both sides. A side that lacks it has the pointer at which it would stand.
    pub(crate) fn keyword(&self, key: &str) -> Sides {
        let (old, new) = (self.was.keywords.get(key), self.is.keywords.get(key));
        Sides::keyword((self.old, old), (self.new, new), key)
    }
}

/// Whether every value of these types is one of those types.
fn takes_all(few: &BTreeSet<&str>, many: &BTreeSet<&str>) -> bool {
    few.iter()
        .all(|name| many.contains(name) || *name == "integer" && many.contains("number"))
}
