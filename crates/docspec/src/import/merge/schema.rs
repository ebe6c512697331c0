//! Types and what restricts them.

use super::fields::{from_here, stripped_schema};
use super::{At, Merger};
use crate::facts::same_values;
use crate::page::{Allowed, Schema, Shape};

/// What becomes of the shape of a type.
enum Outcome {
    /// Ours and the capture's are of one kind: this, with what the capture says of it.
    Same(Shape),
    /// The capture does not say: ours as a whole.
    Ours,
    /// The capture says something else: its own as a whole.
    Theirs,
}

impl Merger<'_, '_> {
    /// Merges two types.
    pub(in crate::import) fn schema(&mut self, ours: &Schema, theirs: &Schema, at: &At) -> Schema {
        let shape = match self.shape(ours, theirs, at) {
            Outcome::Ours => {
                return Schema {
                    nullable: ours.nullable || theirs.nullable,
                    ..ours.clone()
                };
            }
            Outcome::Theirs => return stripped_schema(theirs, self.origin.as_deref()),
            Outcome::Same(shape) => shape,
        };
        let nullable = theirs.nullable || (at.keep && ours.nullable);
        let default = either(ours.default.as_ref(), theirs.default.as_ref(), at.keep);
        if matches!(shape, Shape::Component(_)) {
            // All the rest stands in the component.
            return Schema {
                shape,
                nullable,
                default,
                ..ours.clone()
            };
        }
        let keep = at.keep;
        Schema {
            shape,
            format: either(ours.format.as_ref(), theirs.format.as_ref(), keep),
            nullable,
            allowed: self.allowed(ours.allowed.as_ref(), theirs.allowed.as_ref(), keep),
            default,
            minimum: either(ours.minimum.as_ref(), theirs.minimum.as_ref(), keep),
            maximum: either(ours.maximum.as_ref(), theirs.maximum.as_ref(), keep),
            min_length: either(ours.min_length.as_ref(), theirs.min_length.as_ref(), keep),
            max_length: either(ours.max_length.as_ref(), theirs.max_length.as_ref(), keep),
            pattern: either(ours.pattern.as_ref(), theirs.pattern.as_ref(), keep),
        }
    }

    fn shape(&mut self, ours: &Schema, theirs: &Schema, at: &At) -> Outcome {
        use Shape::{
            Any, Array, Binary, Boolean, Component, Hidden, Integer, Map, Number, Object, OneOf,
            String,
        };
        match (&ours.shape, &theirs.shape) {
            // The children are hidden, or an object is shown without any: nothing is known of them.
            (Object(_) | Component(_) | Array(_) | Map(_) | OneOf(_), Hidden) => Outcome::Ours,
            (Object(_) | Component(_), Map(inner)) if inner.shape == Hidden => Outcome::Ours,
            (Object(fields), Object(none)) if none.is_empty() && !fields.is_empty() => {
                Outcome::Ours
            }
            (Component(_) | Map(_), Object(none)) if none.is_empty() => Outcome::Ours,
            // Nor of the items of a list, or the values of a map, that have no type.
            (Array(ours), Array(theirs)) | (Map(ours), Map(theirs))
                if theirs.shape == Any && ours.shape != Any =>
            {
                Outcome::Ours
            }
            // A component of the vendor's that the capture does not show.
            (_, Component(name)) => match &ours.shape {
                Any | Hidden => Outcome::Theirs,
                Component(known) if known == name => Outcome::Same(ours.shape.clone()),
                _ => Outcome::Ours,
            },
            (Any, Any) => Outcome::Same(Any),
            (_, Any | Hidden) if at.keep => Outcome::Ours,
            (Component(_), Any) => Outcome::Theirs,
            (Component(name), _) => match self.reference(name, theirs, at) {
                Some(name) => Outcome::Same(Component(name)),
                None => Outcome::Ours,
            },
            (Object(ours), Object(theirs)) => {
                Outcome::Same(Object(self.fields(&at.key, ours, theirs)))
            }
            (Array(ours), Array(theirs)) => {
                Outcome::Same(Array(Box::new(self.schema(ours, theirs, at))))
            }
            (Map(ours), Map(theirs)) => {
                let inside = At {
                    key: format!("{}/*", at.key),
                    ..at.clone()
                };
                Outcome::Same(Map(Box::new(self.schema(ours, theirs, &inside))))
            }
            (OneOf(ours), OneOf(theirs)) if ours.len() == theirs.len() => {
                let merged = ours
                    .iter()
                    .zip(theirs)
                    .enumerate()
                    .map(|(index, (ours, theirs))| {
                        let inside = At {
                            key: format!("{}/one of {}", at.key, index + 1),
                            ..at.clone()
                        };
                        self.schema(ours, theirs, &inside)
                    })
                    .collect();
                Outcome::Same(OneOf(merged))
            }
            (Hidden, Hidden)
            | (String, String)
            | (Integer, Integer)
            | (Number, Number)
            | (Boolean, Boolean)
            | (Binary, Binary) => Outcome::Same(ours.shape.clone()),
            _ if at.guessed => Outcome::Ours,
            _ => Outcome::Theirs,
        }
    }

    /// The capture's values; ours, line for line, where they are the same.
    fn allowed(
        &self,
        ours: Option<&Allowed>,
        theirs: Option<&Allowed>,
        keep: bool,
    ) -> Option<Allowed> {
        match (ours, theirs) {
            (Some(ours), Some(theirs)) if same_values(&ours.values, &theirs.values) => {
                Some(Allowed {
                    open: ours.open || theirs.open,
                    ..ours.clone()
                })
            }
            (Some(ours), Some(theirs)) => Some(Allowed {
                values: theirs.values.clone(),
                open: ours.open || theirs.open,
                source: ours.source.clone(),
            }),
            (Some(ours), None) => (keep || self.is_foreign(&ours.source)).then(|| ours.clone()),
            (None, theirs) => theirs.map(|theirs| from_here(theirs, self.origin.as_deref())),
        }
    }
}

/// What the capture says; what ours says, where that stays.
fn either<T: Clone>(ours: Option<&T>, theirs: Option<&T>, keep: bool) -> Option<T> {
    theirs.or(ours.filter(|_| keep)).cloned()
}
