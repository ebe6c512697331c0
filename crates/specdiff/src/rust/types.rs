//! The Rust type that `codegen` gives a schema, as far as two of them must be told apart.

use super::variants;
use crate::document::{Document, Located, component};
use crate::shape::{Shape, Use};

/// How deep lists of lists and maps of maps are followed.
const DEPTH: usize = 24;

/// Which way a value goes. What is sent and what is answered have types of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    Sent,
    Answered,
}

/// The type of a schema. Types that have a name are written with that of their component, or with none where they
/// are named after the place at which they stand.
pub(crate) fn of(document: &Document<'_>, at: &Located<'_>, way: Way) -> String {
    written(document, at, way, DEPTH)
}

/// Whether a type has a name of its own.
pub(crate) fn is_named(written: &str) -> bool {
    ["record", "enum", "union", "Open<"]
        .iter()
        .any(|start| written.starts_with(start))
}

fn written(document: &Document<'_>, at: &Located<'_>, way: Way, depth: usize) -> String {
    let Some(depth) = depth.checked_sub(1) else {
        return "Json".to_owned();
    };
    let used = Use::of(document, at.clone());
    let shown = used.target.unwrap_or(used.at);
    let name = component(&shown.pointer).unwrap_or_default();
    let shape = Shape::of(document, &shown);
    if let Some((_, forms)) = shape.choice()
        && shape.properties.is_empty()
    {
        let records = forms
            .iter()
            .filter(|form| written(document, form, way, depth).starts_with("record"))
            .count();
        return if way == Way::Answered && records >= 2 && records == forms.len() {
            format!("record@{name}")
        } else {
            format!("union@{name}")
        };
    }
    if let Some(values) = shape.values()
        && shape.properties.is_empty()
        && !values.is_empty()
        && values.iter().all(|value| value.is_string())
        && variants::names(&values).is_some()
    {
        let is_open = way == Way::Answered || document.unvalidated || shape.is("x-open-enum");
        return if is_open {
            format!("Open<enum@{name}>")
        } else {
            format!("enum@{name}")
        };
    }
    let types = shape.types();
    let mut types = types.iter();
    let (Some(one), None) = (types.next(), types.next()) else {
        return "Json".to_owned();
    };
    let inner = |found: Option<&Located<'_>>| {
        found.map_or_else(
            || "Json".to_owned(),
            |found| optional(document, found, way, depth),
        )
    };
    match (*one, shape.text("format").unwrap_or_default()) {
        ("string", "date-time") => "Timestamp".to_owned(),
        ("string", _) => "String".to_owned(),
        ("boolean", _) => "bool".to_owned(),
        ("number", _) => "f64".to_owned(),
        ("integer", "int32") => "i32".to_owned(),
        ("integer", "uint32") => "u32".to_owned(),
        ("integer", "uint64") => "u64".to_owned(),
        ("integer", _) => "i64".to_owned(),
        ("array", _) => format!("Vec<{}>", inner(shape.items())),
        ("object", _) if !shape.properties.is_empty() => format!("record@{name}"),
        ("object", _) => format!("Map<{}>", inner(shape.further())),
        _ => "Json".to_owned(),
    }
}

/// The type of an item, which can be null by itself.
fn optional(document: &Document<'_>, at: &Located<'_>, way: Way, depth: usize) -> String {
    let inner = written(document, at, way, depth);
    if Shape::of(document, at).is_nullable() && inner != "Json" {
        format!("Option<{inner}>")
    } else {
        inner
    }
}
