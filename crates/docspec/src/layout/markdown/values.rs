//! Values as an attribute line prints them: JSON or bare words.

use serde_json::Value;

use crate::page::Shape;

/// Whether a value that must fit its type does not.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Unfit;

/// Reads a value of a type.
///
/// In a field of strings everything but a JSON string is the word itself, and `null` is null where null is a
/// value. Elsewhere JSON is read as JSON and anything else is a word.
pub(super) fn read(text: &str, shape: &Shape, nullable: bool) -> Value {
    let word = || Value::String(text.to_owned());
    if matches!(shape, Shape::String | Shape::Binary) {
        if nullable && text == "null" {
            return Value::Null;
        }
        if !text.starts_with('"') {
            return word();
        }
        return match serde_json::from_str(text) {
            Ok(Value::String(value)) => Value::String(value),
            _ => word(),
        };
    }
    serde_json::from_str(text).unwrap_or_else(|_| word())
}

/// Whether the value is one of the type.
pub(super) fn fits(value: &Value, shape: &Shape, nullable: bool) -> Result<(), Unfit> {
    let fits = match (shape, value) {
        (_, Value::Null) => nullable || matches!(shape, Shape::Any | Shape::Hidden),
        (Shape::String | Shape::Binary, value) => value.is_string(),
        (Shape::Integer, value) => {
            value.is_i64() || value.is_u64() || value.as_f64().is_some_and(|it| it.fract() == 0.0)
        }
        (Shape::Number, value) => value.is_number(),
        (Shape::Boolean, value) => value.is_boolean(),
        (Shape::Object(_) | Shape::Map(_), value) => value.is_object(),
        (Shape::Array(_), value) => value.is_array(),
        (Shape::Any | Shape::Hidden | Shape::Component(_) | Shape::OneOf(_), _) => true,
    };
    if fits { Ok(()) } else { Err(Unfit) }
}

/// The type's name in messages.
pub(super) fn name(shape: &Shape) -> &'static str {
    match shape {
        Shape::Any | Shape::Hidden => "any JSON",
        Shape::String => "a string",
        Shape::Integer => "an integer",
        Shape::Number => "a number",
        Shape::Boolean => "a boolean",
        Shape::Binary => "a file",
        Shape::Object(_) => "an object",
        Shape::Array(_) => "a list",
        Shape::Map(_) => "a map",
        Shape::Component(_) => "a component",
        Shape::OneOf(_) => "one of several",
    }
}
