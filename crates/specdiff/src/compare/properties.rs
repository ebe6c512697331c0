//! The fields of an object.

use serde_json::Value;

use crate::aspect::Aspect;
use crate::change::Subject;
use crate::compare::schemas::Both;
use crate::compare::{Comparing, Place, Position, Sides, level};
use crate::document::Located;
use crate::level::RustLevel::{Major, Patch};
use crate::rust::{self, Levels};

/// Keywords that say where a fact stands, not what it is.
pub(crate) const PROVENANCE: [&str; 2] = ["x-source", "x-overlay"];

impl<'d> Comparing<'d> {
    pub(crate) fn properties(&mut self, both: &Both<'_, 'd>) {
        let (old, new) = (&both.was.properties, &both.is.properties);
        let mut removed: Vec<(&str, &Located<'d>)> = Vec::new();
        for (name, was) in old {
            match new.get(name) {
                Some(is) => self.field(both, name, was, is),
                None => removed.push((name, was)),
            }
        }
        let mut added: Vec<(&str, &Located<'d>)> = new
            .iter()
            .filter(|(name, _)| !old.contains_key(*name))
            .map(|(name, is)| (*name, is))
            .collect();
        for (was, is) in renamed(&mut removed, &mut added) {
            let required = both.was.required.contains(was.0);
            if required == both.is.required.contains(is.0) {
                self.renamed_field(both, required, was, is);
            } else {
                removed.push(was);
                added.push(is);
            }
        }
        // An object without fields is a map in Rust, so its first field and its last one change its type.
        let was_map = old.is_empty() || new.is_empty();
        for (name, was) in removed {
            let demanded = self.demanded_by(was);
            let aspect = match (both.was.required.contains(name), &demanded) {
                (true, _) => Aspect::RequiredPropertyRemoved,
                (false, Some(_)) => Aspect::DemandedPropertyRemoved,
                (false, None) => Aspect::OptionalPropertyRemoved,
            };
            let sides = Sides::places(Some(was), None);
            self.one_sided(both.place, (aspect, demanded), sides, was, was_map);
        }
        for (name, is) in added {
            let demanded = self.demanded_by(is);
            let aspect = match (both.is.required.contains(name), &demanded) {
                (true, _) => Aspect::RequiredPropertyAdded,
                (false, Some(_)) => Aspect::DemandedPropertyAdded,
                (false, None) => Aspect::OptionalPropertyAdded,
            };
            let sides = Sides::places(None, Some(is));
            self.one_sided(both.place, (aspect, demanded), sides, is, was_map);
        }
    }

    fn one_sided(
        &mut self,
        place: Place,
        (aspect, about): (Aspect, Option<String>),
        sides: Sides,
        field: &Located<'d>,
        was_map: bool,
    ) {
        let visible = place
            .visible
            .within(field.is("readOnly"), field.is("writeOnly"));
        let levels = if was_map {
            level(Major)
        } else {
            rust::field(sides.old.is_none(), visible)
        };
        let place = Place {
            subject: Subject::Property,
            ..place
        };
        self.note_about(place, aspect, sides, levels, about);
    }

    fn renamed_field(
        &mut self,
        both: &Both<'_, 'd>,
        required: bool,
        was: (&str, &Located<'d>),
        is: (&str, &Located<'d>),
    ) {
        let aspect = if required {
            Aspect::RequiredPropertyRenamed
        } else {
            Aspect::OptionalPropertyRenamed
        };
        let sides = Sides::places(Some(was.1), Some(is.1)).with(Some(was.0), Some(is.0));
        let visible = both
            .place
            .visible
            .within(was.1.is("readOnly"), was.1.is("writeOnly"));
        let place = Place {
            subject: Subject::Property,
            ..both.place
        };
        self.note(place, aspect, sides, visible.of(level(Major)));
        self.moved_within(was.1, is.1);
        // What both name is compared once, and knows the way from here.
        let inner = Place {
            position: Position::Field,
            visible,
            ..place
        };
        self.schemas(inner, was.1.clone(), is.1.clone());
    }

    /// A field that both objects have.
    fn field(&mut self, both: &Both<'_, 'd>, name: &str, was: &Located<'d>, is: &Located<'d>) {
        let visible = both.place.visible.within(
            was.is("readOnly") && is.is("readOnly"),
            was.is("writeOnly") && is.is("writeOnly"),
        );
        let place = Place {
            subject: Subject::Property,
            position: Position::Field,
            visible,
            ..both.place
        };
        let aspect = match (
            both.was.required.contains(name),
            both.is.required.contains(name),
        ) {
            (false, true) => Some(Aspect::BecameRequired),
            (true, false) => Some(Aspect::BecameOptional),
            _ => None,
        };
        if let Some(aspect) = aspect {
            let sides = Sides::places(Some(was), Some(is));
            self.note(place, aspect, sides, Levels::new(Major, Patch));
        }
        self.schemas(place, was.clone(), is.clone());
    }

    /// Fields that are not named.
    pub(crate) fn further_fields(&mut self, both: &Both<'_, 'd>) {
        let place = both.place.inside();
        let (was, is) = (both.was.further(), both.is.further());
        if let (Some(was), Some(is)) = (was, is) {
            return self.schemas(place, was.clone(), is.clone());
        }
        let takes = |shape: &crate::shape::Shape<'_>| {
            shape.keyword("additionalProperties") != Some(&Value::Bool(false))
        };
        let aspect = match (was.is_some(), is.is_some()) {
            (false, true) => Aspect::FurtherFieldsTyped,
            (true, false) => Aspect::FurtherFieldsUntyped,
            _ => match (takes(both.was), takes(both.is)) {
                (false, true) => Aspect::FurtherFieldsAllowed,
                (true, false) => Aspect::FurtherFieldsRefused,
                _ => return self.stated_further_fields(both),
            },
        };
        let levels = self.extra_levels(both);
        self.note(
            both.place,
            aspect,
            both.keyword("additionalProperties"),
            levels,
        );
    }

    /// `true`, where nothing was said, means the same; yet a request gets a place for further fields by it.
    fn stated_further_fields(&mut self, both: &Both<'_, 'd>) {
        let key = "additionalProperties";
        let aspect = match (both.was.keyword(key), both.is.keyword(key)) {
            (None, Some(_)) => Aspect::KeywordAdded,
            (Some(_), None) => Aspect::KeywordRemoved,
            _ => return,
        };
        let levels = self.extra_levels(both);
        let about = Some(key.to_owned());
        self.note_about(both.place, aspect, both.keyword(key), levels, about);
    }

    fn extra_levels(&self, both: &Both<'_, 'd>) -> Levels {
        let has_extra = |shape: &crate::shape::Shape<'_>| {
            !shape.properties.is_empty()
                && shape
                    .keyword("additionalProperties")
                    .is_some_and(|more| more.is_object() || *more == Value::Bool(true))
        };
        let levels = self.levels(both);
        if has_extra(both.was) == has_extra(both.is) {
            levels
        } else {
            levels.max(Levels::new(Major, Patch))
        }
    }
}

type Named<'c, 'd> = (&'c str, &'c Located<'d>);

/// Takes out the pairs that are one field under two names: described alike, and nothing else is.
fn renamed<'c, 'd>(
    removed: &mut Vec<Named<'c, 'd>>,
    added: &mut Vec<Named<'c, 'd>>,
) -> Vec<(Named<'c, 'd>, Named<'c, 'd>)> {
    let mut pairs = Vec::new();
    for was in removed.clone() {
        if !is_telling(was.1.value) {
            continue;
        }
        let alike = |fields: &[Named<'c, 'd>]| -> Vec<usize> {
            let mut found = Vec::new();
            for (index, field) in fields.iter().enumerate() {
                if same(field.1.value, was.1.value) {
                    found.push(index);
                }
            }
            found
        };
        if let ([there], [here]) = (alike(removed).as_slice(), alike(added).as_slice()) {
            pairs.push((removed.remove(*there), added.remove(*here)));
        }
    }
    pairs
}

/// Whether a schema says enough to be known again under another name.
pub(crate) fn is_telling(value: &Value) -> bool {
    value.get("description").is_some() || value.get("x-integrations").is_some()
}

/// Whether two schemas are the same but for where their facts stand.
pub(crate) fn same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Object(one), Value::Object(other)) => {
            let kept = |key: &&String| !PROVENANCE.contains(&key.as_str());
            one.keys().filter(kept).count() == other.keys().filter(kept).count()
                && one
                    .iter()
                    .filter(|(key, _)| kept(key))
                    .all(|(key, value)| other.get(key).is_some_and(|there| same(value, there)))
        }
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one, other))
        }
        _ => one == other,
    }
}
