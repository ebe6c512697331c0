//! What `codegen` makes of an operation whose document says how it is paged.

use std::collections::BTreeSet;

use serde_json::Value;

use super::types::{self, Way};
use crate::document::{Document, Located, Operation, component};
use crate::level::RustLevel::{self, Major, Minor, Patch};
use crate::reach::Reach;
use crate::shape::{Shape, Use};

/// The lists of a document whose records are kept apart from each other, by their pointers: those that hold the items
/// of a page. Their type is another than that of other lists.
pub(crate) fn kept_apart(
    document: &Document<'_>,
    reach: &Reach,
    operations: &[Operation<'_>],
) -> BTreeSet<String> {
    operations
        .iter()
        .flat_map(|operation| lists(document, reach, operation))
        .collect()
}

/// What it means for callers of an operation that it is paged, or otherwise than before. `apart` are the lists of both
/// documents that are kept apart.
pub(crate) fn level(
    old: (&Document<'_>, &Reach, &Operation<'_>),
    new: (&Document<'_>, &Reach, &Operation<'_>),
    apart: &[BTreeSet<String>; 2],
) -> RustLevel {
    let retyped = lists(old.0, old.1, old.2)
        .iter()
        .chain(&lists(new.0, new.1, new.2))
        .any(|list| apart[0].contains(list) != apart[1].contains(list));
    let (before, after) = (streamed(old.2), streamed(new.2));
    if retyped || before.is_some() && before != after {
        Major
    } else if before.is_none() && after.is_some() {
        Minor
    } else {
        Patch
    }
}

/// Where the pages of an operation hold their items, when it has methods that give them one by one.
fn streamed<'d>(operation: &Operation<'d>) -> Option<&'d str> {
    let pagination = operation.at.value.get("x-pagination")?;
    let kind = pagination.get("type").and_then(Value::as_str);
    if !matches!(kind, Some("cursor" | "page" | "offset" | "link")) {
        return None;
    }
    pagination.get("items").and_then(Value::as_str)
}

/// The lists of records that hold the items of an operation's answers.
fn lists(document: &Document<'_>, reach: &Reach, operation: &Operation<'_>) -> Vec<String> {
    let pointer = operation
        .at
        .value
        .get("x-pagination")
        .and_then(|pagination| pagination.get("items"))
        .and_then(Value::as_str);
    let Some(names) = pointer.filter(|pointer| pointer.is_empty() || pointer.starts_with('/'))
    else {
        return Vec::new();
    };
    let names: Vec<&str> = names.split('/').skip(1).collect();
    let responses = operation.at.get("responses");
    responses
        .iter()
        .flat_map(Located::entries)
        .filter(|(status, _)| status.starts_with('2'))
        .filter_map(|(_, answer)| {
            let answer = document.resolved(answer);
            let content = answer.get("content")?;
            let (_, media) = content
                .entries()
                .find(|(name, _)| name.to_ascii_lowercase().contains("json"))?;
            list(document, reach, media.get("schema")?, &names)
        })
        .collect()
}

/// The list of records at the end of a pointer, from a schema on.
fn list<'d>(
    document: &Document<'d>,
    reach: &Reach,
    from: Located<'d>,
    names: &[&str],
) -> Option<String> {
    let mut at = from;
    if names.is_empty() {
        // An answer that is the list itself may name a component for it.
        let used = Use::of(document, at);
        at = used.target.unwrap_or(used.at);
    }
    for name in names {
        at = target(document, reach, at)?;
        at = Shape::of(document, &at).properties.remove(*name)?;
    }
    let shape = Shape::of(document, &at);
    let items = shape.items()?;
    let is_list = shape.types() == BTreeSet::from(["array"]);
    let is_record = types::is_named(&types::of(document, items, Way::Answered));
    (is_list && is_record).then_some(at.pointer)
}

/// What a schema names. What is sent, too, keeps its type: whoever sends a list makes one.
fn target<'d>(document: &Document<'d>, reach: &Reach, at: Located<'d>) -> Option<Located<'d>> {
    let used = Use::of(document, at);
    match used.target {
        Some(target) => component(&target.pointer)
            .is_none_or(|name| !reach.sends(name))
            .then_some(target),
        None => Some(used.at),
    }
}
