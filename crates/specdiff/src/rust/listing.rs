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
    if !matches!(kind, Some("cursor" | "page")) {
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
    let Some(pointer) = pointer.and_then(|pointer| pointer.strip_prefix('/')) else {
        return Vec::new();
    };
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
            list(document, reach, media.get("schema")?, pointer)
        })
        .collect()
}

/// The list of records at the end of `pointer`, from a schema on.
fn list<'d>(
    document: &Document<'d>,
    reach: &Reach,
    from: Located<'d>,
    pointer: &str,
) -> Option<String> {
    let mut at = from;
    for name in pointer.split('/') {
        at = target(document, reach, at)?;
        at = Shape::of(document, &at).properties.remove(name)?;
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
