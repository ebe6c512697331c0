//! Whether two types say the same, whatever their words, examples, sources, lines and the order of their fields.

use crate::page::{Field, Schema, Shape, Support};

/// Whether two types say the same.
pub(crate) fn same(one: &Schema, other: &Schema) -> bool {
    let allowed = |schema: &Schema| {
        schema
            .allowed
            .as_ref()
            .map(|allowed| (allowed.values.clone(), allowed.open))
    };
    one.format == other.format
        && one.nullable == other.nullable
        && allowed(one) == allowed(other)
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
            .all(|(one, other)| said(one) == said(other))
}

fn said(support: &Support) -> (&str, crate::page::Level, &[serde_json::Value]) {
    (&support.integration, support.level, &support.values)
}
