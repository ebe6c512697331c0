//! Rule `listings`: the items of a page are kept apart from each other, so that one that is not as documented does not
//! spoil the page.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::{
    directions::Direction,
    draft::{Content, Draft, Operation},
    schema::{at, keywords, reference, references, rust_type, type_of},
};
use crate::report::Report;

const RULE: &str = "listings";

/// Marks the lists that hold the items of a page.
pub(super) fn apply(
    draft: &mut Draft,
    directions: &BTreeMap<String, Direction>,
    report: &mut Report,
) {
    for operation in &draft.operations {
        let Some(pointer) = operation
            .source
            .get("x-pagination")
            .and_then(|pagination| pagination.get("items"))
            .and_then(Value::as_str)
        else {
            continue;
        };
        let names: Vec<&str> = pointer.split('/').skip(1).collect();
        for answer in answers(operation) {
            mark(&mut draft.schemas, directions, &answer, &names, report);
        }
    }
    whole_answers(draft, report);
}

/// The components that an operation answers with when it succeeds.
fn answers(operation: &Operation) -> impl Iterator<Item = String> {
    operation
        .responses
        .iter()
        .filter_map(|response| match &response.content {
            Content::Json(schema) if response.status.starts_with('2') => reference(schema),
            _ => None,
        })
}

/// Answers that are the list itself become items, and the component for the list goes where nothing else uses it.
fn whole_answers(draft: &mut Draft, report: &mut Report) {
    let mut replaced = Vec::new();
    for operation in &mut draft.operations {
        let pagination = operation.source.get("x-pagination");
        if pagination.and_then(|pagination| pagination.get("items")) != Some(&json!("")) {
            continue;
        }
        for response in &mut operation.responses {
            let Content::Json(schema) = &mut response.content else {
                continue;
            };
            let Some(name) = reference(schema).filter(|_| response.status.starts_with('2')) else {
                continue;
            };
            let Some(mut list_of_items) = draft.schemas.get(&name).cloned() else {
                continue;
            };
            list(&mut list_of_items, report);
            if let Some(items) = list_of_items.get("x-rust-type") {
                *schema = json!({ "x-rust-type": items });
                replaced.push(name);
            }
        }
    }
    if replaced.is_empty() {
        return;
    }
    let mut used = Vec::new();
    for root in draft.roots_mut() {
        references(root, &mut used);
    }
    for name in replaced.iter().filter(|name| !used.contains(name)) {
        draft.schemas.remove(name);
    }
}

/// Marks the list at the end of `names`, from the component `component` on.
fn mark(
    schemas: &mut Map<String, Value>,
    directions: &BTreeMap<String, Direction>,
    component: &str,
    names: &[&str],
    report: &mut Report,
) {
    // What is sent, too, keeps its type: whoever sends a list makes one.
    let is_answer = |name: &str| {
        directions
            .get(name)
            .is_some_and(|direction| !direction.request)
    };
    let Some(schema) = schemas.get_mut(component).filter(|_| is_answer(component)) else {
        return;
    };
    let Some((name, rest)) = names.split_first() else {
        if let Some(Value::Array(members)) = schema.get_mut("oneOf") {
            for member in members {
                list(member, report);
            }
        }
        return;
    };
    let Some(property) = schema
        .get_mut("properties")
        .and_then(|properties| properties.get_mut(*name))
    else {
        return;
    };
    if let Some(next) = reference(property) {
        mark(schemas, directions, &next, rest, report);
    } else if rest.is_empty() {
        list(property, report);
    }
}

/// Makes a list of objects a list of items.
fn list(schema: &mut Value, report: &mut Report) {
    if type_of(schema) != Some("array") {
        return;
    }
    let place = at(schema);
    let Some(item) = schema
        .get("items")
        .filter(|item| reference(item).is_some())
        .cloned()
    else {
        return;
    };
    if let Value::Object(items) = rust_type("client-runtime", "client_runtime::Items", &[item]) {
        keywords(schema).extend(items);
        report.note(
            RULE,
            place,
            "an item that is not as documented is kept apart from the others",
        );
    }
}
