//! Rule `tags`: a large API has a feature for each of its tags, so that a program compiles only what it uses. Where a
//! document has no tags, the first part of a path that differs takes their place.

use std::collections::{BTreeMap, BTreeSet};

use heck::ToKebabCase as _;
use serde_json::Value;

use super::{draft::Draft, identifier::Names};
use crate::report::Report;

const RULE: &str = "tags";

/// From how many operations on a crate has features: a smaller one compiles in a few seconds.
const LARGE: usize = 50;

/// The features, by name, with the tag that each stands for; and the features of each operation.
pub(super) struct Tags {
    pub(super) features: BTreeMap<String, String>,
    pub(super) of_operations: Vec<Vec<String>>,
}

/// The features of a document.
pub(super) fn of(draft: &Draft, report: &mut Report) -> Tags {
    let none = || Tags {
        features: BTreeMap::new(),
        of_operations: vec![Vec::new(); draft.operations.len()],
    };
    if draft.operations.len() < LARGE {
        return none();
    }
    let mut tags: Vec<Vec<String>> = draft
        .operations
        .iter()
        .map(|operation| {
            let listed = operation.source.get("tags").and_then(Value::as_array);
            let texts = listed.into_iter().flatten().filter_map(Value::as_str);
            texts.map(str::to_owned).collect()
        })
        .collect();
    let distinct: BTreeSet<&String> = tags.iter().flatten().collect();
    if distinct.len() < 2 {
        tags = by_path(draft);
    }
    let mut names = Names::default();
    let mut by_tag: BTreeMap<String, String> = BTreeMap::new();
    let mut features = BTreeMap::new();
    for tag in tags.iter().flatten() {
        if !by_tag.contains_key(tag) {
            let words: String = tag
                .chars()
                .map(|letter| {
                    if letter.is_ascii_alphanumeric() {
                        letter
                    } else {
                        ' '
                    }
                })
                .collect();
            let feature = names.take(&format!("tag-{}", words.to_kebab_case()));
            features.insert(feature.clone(), tag.clone());
            by_tag.insert(tag.clone(), feature);
        }
    }
    if features.len() < 2 {
        return none();
    }
    let other = names.take("tag-other");
    let of_operations = tags
        .iter()
        .map(|tags| {
            let mut own: Vec<String> = tags
                .iter()
                .filter_map(|tag| by_tag.get(tag).cloned())
                .collect();
            own.sort();
            own.dedup();
            if own.is_empty() {
                features.insert(other.clone(), String::new());
                own.push(other.clone());
            }
            own
        })
        .collect();
    report.note(
        RULE,
        "/paths",
        format!("each of {} tags is a feature of the crate", features.len()),
    );
    Tags {
        features,
        of_operations,
    }
}

/// The first part of each path after what all paths have in common.
fn by_path(draft: &Draft) -> Vec<Vec<String>> {
    let paths: Vec<Vec<&str>> = draft
        .operations
        .iter()
        .map(|operation| {
            operation
                .path
                .split('/')
                .filter(|part| !part.is_empty())
                .collect()
        })
        .collect();
    let longest = paths.iter().map(Vec::len).max().unwrap_or_default();
    let shared = (0..longest)
        .find(|depth| {
            let parts: BTreeSet<Option<&&str>> =
                paths.iter().map(|path| path.get(*depth)).collect();
            parts.len() > 1
        })
        .unwrap_or_default();
    let part = |path: &Vec<&str>| {
        path.get(shared)
            .filter(|part| !part.starts_with('{'))
            .map(|part| (*part).to_owned())
    };
    paths
        .iter()
        .map(|path| part(path).into_iter().collect())
        .collect()
}
