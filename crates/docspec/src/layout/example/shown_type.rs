//! The type that an example shows.

use std::collections::HashMap;

use serde_json::Value;

use crate::page::{Field, Schema, Shape, Source};

/// Why a type stands in the description of an answer.
const ASSUMED: &str = "type read from the example";

/// The type that an example shows. Nothing is required: an example does not say what may be left out.
///
/// `keys` are the lines of the example's keys, in the order of its text.
pub(in crate::layout) fn schema_of(
    value: &Value,
    keys: &mut impl Iterator<Item = usize>,
) -> Schema {
    match value {
        Value::Null => {
            let mut schema = Schema::new(Shape::Any);
            schema.nullable = true;
            schema
        }
        Value::Bool(_) => Schema::new(Shape::Boolean),
        Value::Number(_) => Schema::new(Shape::Number),
        Value::String(_) => Schema::new(Shape::String),
        Value::Array(items) => {
            let items = items
                .iter()
                .map(|item| schema_of(item, keys))
                .reduce(merged)
                .unwrap_or_else(|| Schema::new(Shape::Any));
            Schema::new(Shape::Array(Box::new(items)))
        }
        Value::Object(properties) => {
            let fields = properties
                .iter()
                .map(|(name, value)| Field {
                    name: name.clone(),
                    source: Source {
                        line: keys.next().unwrap_or_default(),
                        origin: None,
                    },
                    required: false,
                    schema: schema_of(value, keys),
                    description: None,
                    example: None,
                    deprecated: false,
                    assumed: Some(ASSUMED.to_owned()),
                    integrations: Vec::new(),
                })
                .collect();
            Schema::new(Shape::Object(fields))
        }
    }
}

/// The type of the items of a list that shows both.
fn merged(one: Schema, other: Schema) -> Schema {
    let nullable = one.nullable || other.nullable;
    let shape = match (one.shape, other.shape) {
        (Shape::Any, shape) if one.nullable => shape,
        (shape, Shape::Any) if other.nullable => shape,
        (Shape::Array(one), Shape::Array(other)) => Shape::Array(Box::new(merged(*one, *other))),
        (Shape::Object(one), Shape::Object(other)) => Shape::Object(merged_fields(one, other)),
        (one, other) if one == other => one,
        _ => Shape::Any,
    };
    let mut schema = Schema::new(shape);
    schema.nullable = nullable;
    schema
}

fn merged_fields(mut one: Vec<Field>, other: Vec<Field>) -> Vec<Field> {
    let places: HashMap<String, usize> = one
        .iter()
        .enumerate()
        .map(|(index, field)| (field.name.clone(), index))
        .collect();
    for field in other {
        match places
            .get(&field.name)
            .and_then(|index| one.get_mut(*index))
        {
            Some(known) => {
                let schema = std::mem::replace(&mut known.schema, Schema::new(Shape::Any));
                known.schema = merged(schema, field.schema);
            }
            None => one.push(field),
        }
    }
    one
}
