//! Fields: those of both, those that are new, those that are gone.

use serde_json::Value;

use super::{At, Merger};
use crate::page::{Allowed, Field, Schema, Shape, Support};

impl Merger<'_, '_> {
    /// Merges the fields of an object, in our order; new ones follow those that they follow in the capture.
    pub(super) fn fields(&mut self, key: &str, ours: &[Field], theirs: &[Field]) -> Vec<Field> {
        let mut merged: Vec<Field> = Vec::new();
        for field in ours {
            let found = theirs.iter().find(|it| it.name == field.name);
            let child = |name: &str| format!("{key}/{}", escaped(name));
            if let Some(found) = found {
                merged.push(self.field(&child(&field.name), field, found));
            } else if let Some(renamed) = theirs.iter().find(|it| {
                self.donors
                    .get(&child(&it.name))
                    .is_some_and(|donor| std::ptr::eq(*donor, field))
            }) {
                merged.push(self.field(&child(&renamed.name), field, renamed));
            } else if self.is_foreign(&field.source) {
                merged.push(field.clone());
            }
        }
        for (index, field) in theirs.iter().enumerate() {
            if merged.iter().any(|it| it.name == field.name) {
                continue;
            }
            let added = self.added(&format!("{key}/{}", escaped(&field.name)), field);
            let after = theirs[..index]
                .iter()
                .rev()
                .find_map(|before| merged.iter().position(|it| it.name == before.name));
            merged.insert(after.map_or(0, |at| at + 1), added);
        }
        merged
    }

    /// A field of the capture that our page does not have here: with our words where it is one of ours elsewhere.
    pub(super) fn added(&mut self, key: &str, theirs: &Field) -> Field {
        match self.donors.get(key).copied() {
            Some(donor) => self.field(key, donor, theirs),
            None => stripped(theirs, self.origin.as_deref()),
        }
    }

    /// Merges a field of both.
    pub(super) fn field(&mut self, key: &str, ours: &Field, theirs: &Field) -> Field {
        let keep = self.is_foreign(&ours.source);
        let at = At {
            key: key.to_owned(),
            keep: keep || ours.assumed.is_some(),
            guessed: ours.assumed.is_some() && theirs.assumed.is_some(),
        };
        let schema = self.schema(&ours.schema, &theirs.schema, &at);
        let example = ours
            .example
            .clone()
            .filter(|example| fits(example, &schema));
        Field {
            name: theirs.name.clone(),
            source: ours.source.clone(),
            required: theirs.required || (keep && ours.required),
            schema,
            description: ours.description.clone(),
            example,
            deprecated: theirs.deprecated || (keep && ours.deprecated),
            assumed: ours.assumed.clone(),
            integrations: self.supports(&ours.integrations, &theirs.integrations, keep),
        }
    }
}

/// Whether an example can be a value of the type. Examples of ours are JSON or, of strings, the words themselves.
fn fits(example: &Value, schema: &Schema) -> bool {
    if example.is_null() {
        return schema.nullable || matches!(schema.shape, Shape::Any | Shape::Hidden);
    }
    match &schema.shape {
        Shape::String | Shape::Binary => example.is_string(),
        Shape::Integer => example.is_i64() || example.is_u64(),
        Shape::Number => example.is_number(),
        Shape::Boolean => example.is_boolean(),
        Shape::Array(items) => example
            .as_array()
            .is_some_and(|values| values.iter().all(|value| fits(value, items))),
        Shape::Map(_) | Shape::Object(_) => example.is_object(),
        Shape::Any | Shape::Hidden | Shape::Component(_) | Shape::OneOf(_) => true,
    }
}

/// A field of a capture without the vendor's words, as a fact of the page that it comes to.
pub(in crate::import) fn stripped(field: &Field, origin: Option<&str>) -> Field {
    let mut field = field.clone();
    field.description = None;
    field.example = None;
    field.source.origin = origin.map(str::to_owned);
    field.schema = stripped_schema(&field.schema, origin);
    for support in &mut field.integrations {
        strip_support(support, origin);
    }
    field
}

pub(super) fn strip_support(support: &mut Support, origin: Option<&str>) {
    support.notes.clear();
    support.source.origin = origin.map(str::to_owned);
}

pub(in crate::import) fn stripped_schema(schema: &Schema, origin: Option<&str>) -> Schema {
    let inside = |schema: &Schema| Box::new(stripped_schema(schema, origin));
    let shape = match &schema.shape {
        Shape::Object(fields) => {
            Shape::Object(fields.iter().map(|field| stripped(field, origin)).collect())
        }
        Shape::Array(items) => Shape::Array(inside(items)),
        Shape::Map(values) => Shape::Map(inside(values)),
        Shape::OneOf(alternatives) => Shape::OneOf(
            alternatives
                .iter()
                .map(|alternative| stripped_schema(alternative, origin))
                .collect(),
        ),
        shape => shape.clone(),
    };
    Schema {
        shape,
        allowed: schema
            .allowed
            .as_ref()
            .map(|allowed| from_here(allowed, origin)),
        ..schema.clone()
    }
}

/// The values of an enum as a fact of the page that they come to.
pub(super) fn from_here(allowed: &Allowed, origin: Option<&str>) -> Allowed {
    let mut allowed = allowed.clone();
    allowed.source.origin = origin.map(str::to_owned);
    allowed
}

pub(super) fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}
