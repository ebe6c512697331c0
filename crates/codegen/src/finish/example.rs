//! What a README's example can make up: values, and structs that show a field set and a field cleared.

use syn::Type;

use super::{
    fields::{Fields, Presence, StructField},
    printed::generic_argument,
    structs::setter_name,
};

/// What an example of one operation gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Example {
    /// The calls that give the required parameters.
    pub(crate) calls: Vec<String>,
    /// The type of the body and how one is made, where a body is required.
    pub(crate) body: Option<(String, StructExample)>,
}

/// A struct of an example.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct StructExample {
    /// What its constructor takes.
    pub(crate) arguments: Vec<&'static str>,
    /// The method that sets a field to text.
    pub(crate) set: Option<String>,
    /// The method that takes `Nullable::Null` for another field.
    pub(crate) cleared: Option<String>,
}

/// The values that become what their type is by `Into`.
const INTO: [&str; 2] = ["\"…\"", "true"];

impl StructExample {
    /// The example of a struct with these fields; `None` where a required value cannot be made up.
    pub(super) fn of(fields: &Fields) -> Option<Self> {
        let arguments = fields
            .required()
            .map(|field| value(&field.kind).filter(|value| INTO.contains(value)))
            .collect::<Option<Vec<_>>>()?;
        let optional = || {
            fields
                .documented
                .iter()
                .filter(|field| field.presence != Presence::Required && !field.deprecated)
        };
        let set = optional()
            .filter(|field| is_text(&field.kind))
            .min_by_key(|field| rank(field));
        let cleared = optional()
            .filter(|field| is_nullable(&field.kind))
            .filter(|field| set.is_none_or(|set| set.ident != field.ident))
            .min_by_key(|field| (!is_text(&field.kind), rank(field)));
        let method = |field: &StructField| setter_name(field).to_string();
        Some(Self {
            arguments,
            set: set.map(method),
            cleared: cleared.map(method),
        })
    }
}

/// A field that a reader knows at once comes first.
fn rank(field: &StructField) -> u8 {
    match field.wire_name.as_str() {
        "name" | "first_name" => 0,
        name if name.contains("name") => 1,
        _ => 2,
    }
}

fn is_nullable(kind: &Type) -> bool {
    generic_argument(kind, "Option")
        .is_some_and(|kind| generic_argument(kind, "Nullable").is_some())
}

/// Whether the field holds text, or nothing, or null.
fn is_text(kind: &Type) -> bool {
    let kind = generic_argument(kind, "Option").unwrap_or(kind);
    let kind = generic_argument(kind, "Nullable").unwrap_or(kind);
    value(kind) == Some("\"…\"")
}

/// A value of the type, as an argument for `impl Into` of it.
pub(super) fn value(kind: &Type) -> Option<&'static str> {
    let Type::Path(path) = kind else { return None };
    match path.path.segments.last()?.ident.to_string().as_str() {
        "String" => Some("\"…\""),
        "Uuid" => Some("\"00000000-0000-0000-0000-000000000000\""),
        "bool" => Some("true"),
        "i8" | "i16" | "i32" | "i64" | "u8" | "u16" | "u32" | "u64" => Some("1"),
        "f32" | "f64" => Some("1.0"),
        _ => None,
    }
}
