//! What a target that selects nothing may have been meant to select.

use std::collections::BTreeSet;

use serde_json::Value;
use serde_json_path::JsonPath;

/// How many names are suggested.
const MOST: usize = 5;

/// Names what the longest part of the path that does select something holds, nearest names first.
pub(super) fn suggestion(document: &Value, path: &str) -> String {
    let ends = segment_ends(path);
    for (index, end) in ends.iter().enumerate().rev() {
        let prefix = &path[..*end];
        let Ok(parsed) = JsonPath::parse(prefix) else {
            continue;
        };
        let nodes = parsed.query(document);
        if nodes.is_empty() {
            continue;
        }
        let missing = ends
            .get(index + 1)
            .map_or("", |next| name_in(&path[*end..*next]));
        let names: BTreeSet<&str> = nodes
            .iter()
            .filter_map(|node| node.as_object())
            .flat_map(|object| object.keys().map(String::as_str))
            .collect();
        if names.is_empty() {
            return format!(
                "a target that selects something; `{prefix}` does, but nothing in it is what `{}` asks for",
                &path[*end..]
            );
        }
        let total = names.len();
        let mut names: Vec<&str> = names.into_iter().collect();
        names.sort_by_key(|name| (distance(name, missing), *name));
        names.truncate(MOST);
        let more = if total > MOST { ", …" } else { "" };
        return format!(
            "a target that selects something; `{prefix}` does, and holds `{}`{more}",
            names.join("`, `")
        );
    }
    "a target that selects something".to_owned()
}

/// Where `$` and each segment of the path end.
fn segment_ends(path: &str) -> Vec<usize> {
    let mut ends = vec![1];
    let mut depth = 0_usize;
    let mut quote = None;
    let mut escaped = false;
    for (at, character) in path.char_indices().skip(1) {
        match (quote, character) {
            _ if escaped => escaped = false,
            (Some(_), '\\') => escaped = true,
            (Some(open), close) if open == close => quote = None,
            (None, '\'' | '"') => quote = Some(character),
            (None, '[') => {
                if depth == 0 && at > 1 && !path[..at].ends_with('.') {
                    ends.push(at);
                }
                depth += 1;
            }
            (None, ']') => depth = depth.saturating_sub(1),
            (None, '.') if depth == 0 && at > 1 && !path[..at].ends_with('.') => ends.push(at),
            _ => {}
        }
    }
    ends.push(path.len());
    ends.dedup();
    ends
}

/// The name that a segment asks for, without dots, brackets and quotes.
fn name_in(segment: &str) -> &str {
    segment.trim_matches(['.', '[', ']', '\'', '"'])
}

/// How many characters must be added, removed or replaced to make one name of the other.
fn distance(left: &str, right: &str) -> usize {
    let right: Vec<char> = right.chars().take(80).collect();
    let mut previous: Vec<usize> = (0..=right.len()).collect();
    for (row, one) in left.chars().take(80).enumerate() {
        let mut current = vec![row + 1];
        for (column, other) in right.iter().enumerate() {
            let replaced = previous[column] + usize::from(one != *other);
            current.push(
                replaced
                    .min(previous[column + 1] + 1)
                    .min(current[column] + 1),
            );
        }
        previous = current;
    }
    previous.last().copied().unwrap_or(0)
}
