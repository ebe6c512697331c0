//! Two records compared, but for what is said to be lost.

use serde_json::Value;
use unified_contacts::{ContactRecord, LossReason, Lost};

/// Fails where the records differ in anything that is not lost, and where something is said to be lost that was never
/// there.
pub(crate) fn same_but_for(
    before: &ContactRecord,
    after: &ContactRecord,
    lost: &[Lost],
    case: &str,
) {
    let mut expected = serde_json::to_value(before).unwrap();
    let mut found = serde_json::to_value(after).unwrap();
    for lost in lost {
        let is_there = expected.pointer(&lost.pointer).is_some();
        let is_kind = lost.pointer.ends_with("/kind");
        assert!(is_there || is_kind, "{case}: {lost} was never there");
    }
    for json in [&mut expected, &mut found] {
        remove(json, "/origin");
    }
    let mut kinds = Vec::new();
    let mut unordered = Vec::new();
    // From the last to the first, so that the places of those before stay what they are.
    let mut pointers: Vec<&Lost> = lost.iter().collect();
    pointers.sort_by_key(|lost| std::cmp::Reverse(sort_key(&lost.pointer)));
    for lost in pointers {
        let field = lost
            .pointer
            .split('/')
            .nth(1)
            .unwrap_or_default()
            .to_owned();
        if lost.reason == LossReason::Order {
            unordered.push(field);
        } else if lost.pointer.ends_with("/kind") {
            kinds.push(field);
        } else {
            remove(&mut expected, &lost.pointer);
        }
    }
    for json in [&mut expected, &mut found] {
        for list in &kinds {
            let entries = json.get_mut(list).and_then(Value::as_array_mut);
            for entry in entries.into_iter().flatten() {
                remove(entry, "/kind");
            }
        }
        for list in &unordered {
            if let Some(entries) = json.get_mut(list).and_then(Value::as_array_mut) {
                entries.sort_by_key(sorted_text);
            }
        }
        without_what_is_empty(json);
    }
    assert_eq!(found, expected, "{case}: lost {lost:#?}");
}

/// Places in the order of their numbers, not of their digits.
fn sort_key(pointer: &str) -> Vec<(Option<u64>, &str)> {
    pointer
        .split('/')
        .map(|part| (part.parse().ok(), part))
        .collect()
}

fn remove(json: &mut Value, pointer: &str) {
    let Some((parent, name)) = pointer.rsplit_once('/') else {
        return;
    };
    let name = name.replace("~1", "/").replace("~0", "~");
    match json.pointer_mut(parent) {
        Some(Value::Object(object)) => {
            object.remove(&name);
        }
        Some(Value::Array(array)) => {
            if let Some(index) = name.parse().ok().filter(|index| *index < array.len()) {
                array.remove(index);
            }
        }
        _ => {}
    }
}

/// A list all of whose entries are lost is no list, and raw fields all of which are lost are none.
fn without_what_is_empty(json: &mut Value) {
    if let Value::Object(object) = json {
        object.retain(|name, value| {
            let is_empty = value.as_array().is_some_and(Vec::is_empty)
                || value.as_object().is_some_and(serde_json::Map::is_empty);
            !is_empty || name == "custom_fields"
        });
    }
}

/// The text of a value with the fields of each object in the order of their names, however `serde_json` was built.
fn sorted_text(json: &Value) -> String {
    match json {
        Value::Object(object) => {
            let fields: std::collections::BTreeMap<&String, String> = object
                .iter()
                .map(|(name, value)| (name, sorted_text(value)))
                .collect();
            format!("{fields:?}")
        }
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(sorted_text).collect();
            format!("{items:?}")
        }
        other => other.to_string(),
    }
}
