//! Whether two types say the same, whatever their words, examples, sources, lines and the order of their fields.

use serde_json::Value;

use crate::page::{Allowed, Field, Schema, Shape, Support};

/// Whether two types say the same.
pub(crate) fn same(one: &Schema, other: &Schema) -> bool {
    one.format == other.format
        && one.nullable == other.nullable
        && same_allowed(one.allowed.as_ref(), other.allowed.as_ref())
        && one.default == other.default
        && one.minimum == other.minimum
        && one.maximum == other.maximum
        && one.min_length == other.min_length
        && one.max_length == other.max_length
        && one.pattern == other.pattern
        && same_shape(&one.shape, &other.shape)
}

fn same_shape(one: &Shape, other: &Shape) -> bool {
    match (one, other) {
        (Shape::Object(one), Shape::Object(other)) => {
            one.len() == other.len()
                && one.iter().all(|field| {
                    other
                        .iter()
                        .find(|it| it.name == field.name)
                        .is_some_and(|it| same_field(field, it))
                })
        }
        (Shape::Array(one), Shape::Array(other)) | (Shape::Map(one), Shape::Map(other)) => {
            same(one, other)
        }
        (Shape::OneOf(one), Shape::OneOf(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one, other))
        }
        (one, other) => one == other,
    }
}

fn same_field(one: &Field, other: &Field) -> bool {
    one.required == other.required
        && one.deprecated == other.deprecated
        && same(&one.schema, &other.schema)
        && one.integrations.len() == other.integrations.len()
        && one
            .integrations
            .iter()
            .zip(&other.integrations)
            .all(|(one, other)| same_support(one, other))
}

fn same_allowed(one: Option<&Allowed>, other: Option<&Allowed>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => {
            one.open == other.open && same_values(&one.values, &other.values)
        }
        (one, other) => one.is_none() && other.is_none(),
    }
}

/// Whether two lists hold the same values, in any order.
pub(crate) fn same_values(one: &[Value], other: &[Value]) -> bool {
    one.len() == other.len() && one.iter().all(|value| other.contains(value))
}

fn same_support(one: &Support, other: &Support) -> bool {
    one.integration == other.integration
        && one.level == other.level
        && same_values(&one.values, &other.values)
}
