//! Several descriptions of one page as one document.

use serde_json::{Map, Value, json};

use crate::diagnostic::Diagnostic;
use crate::layout::Context;
use crate::page::Method;

use super::places::Places;
use super::validate::references;
use super::{Description, at};

const NO_RESPONSE: &str = "the page describes no response";

/// Merges the descriptions, completes every operation and checks the whole.
pub(super) fn merge(
    descriptions: Vec<Description<'_>>,
    context: Context<'_>,
) -> Result<Value, Vec<Diagnostic>> {
    let mut errors = Vec::new();
    let mut document = Map::new();
    let mut lines: Vec<(String, String, usize)> = Vec::new();
    let differing: Vec<&str> = ["servers", "security"]
        .into_iter()
        .filter(|key| {
            descriptions
                .windows(2)
                .any(|pair| pair[0].document.get(key) != pair[1].document.get(key))
        })
        .collect();
    let opening = descriptions
        .first()
        .map_or(1, |description| description.block.opening);
    let mut all_places = Vec::with_capacity(descriptions.len());
    for Description {
        block,
        document: part,
    } in descriptions
    {
        let Value::Object(mut part) = part else {
            continue;
        };
        let places = Places::of(&block);
        for (path, method) in operations(&part) {
            let line = places.line_of(&[&path, &method]);
            lines.push((path, method, line));
        }
        for key in &differing {
            push_down(&mut part, key);
        }
        join(&mut document, part, &places, context, &mut errors);
        all_places.push(places);
    }
    for (path, method, line) in lines {
        let operation = document
            .get_mut("paths")
            .and_then(|paths| paths.get_mut(&path)?.get_mut(&method)?.as_object_mut());
        if let Some(operation) = operation {
            complete(operation, context.page, line);
        }
    }
    document.entry("paths").or_insert_with(|| json!({}));
    let document = Value::Object(document);
    errors.extend(references(&document, &all_places, context));
    let no_operation = document
        .as_object()
        .is_none_or(|it| operations(it).is_empty());
    if no_operation && errors.is_empty() {
        errors.push(without_operation(&document, opening, context));
    }
    if errors.is_empty() {
        Ok(document)
    } else {
        Err(errors)
    }
}

/// What descriptions without an operation are: of the API's webhooks, or of objects.
fn without_operation(document: &Value, line: usize, context: Context<'_>) -> Diagnostic {
    let webhooks = document.get("webhooks").and_then(Value::as_object);
    if webhooks.is_some_and(|webhooks| !webhooks.is_empty()) {
        return at(
            context,
            line,
            "webhook-page",
            "a description of webhooks, which the API calls, and of no operation to call it by",
            "at least one operation under `paths`",
            "leave the page out; a client has nothing to send for it",
        );
    }
    at(
        context,
        line,
        "object-page",
        "embedded descriptions without an operation",
        "at least one operation under `paths`",
        "read the page of an operation; it holds the schemas as well",
    )
}

fn is_method(key: &str) -> bool {
    Method::ALL
        .into_iter()
        .any(|method| method.as_str().to_ascii_lowercase() == key)
}

/// The path and method of every operation.
fn operations(document: &Map<String, Value>) -> Vec<(String, String)> {
    let paths = document.get("paths").and_then(Value::as_object);
    paths
        .into_iter()
        .flatten()
        .filter_map(|(path, item)| Some((path, item.as_object()?)))
        .flat_map(|(path, item)| {
            item.keys()
                .filter(|key| is_method(key))
                .map(|method| (path.clone(), method.clone()))
        })
        .collect()
}

/// Moves what holds for every operation of one block to those operations, so that it does not spread to others.
fn push_down(part: &mut Map<String, Value>, key: &str) {
    let Some(value) = part.remove(key) else {
        return;
    };
    let Some(Value::Object(paths)) = part.get_mut("paths") else {
        return;
    };
    for item in paths.values_mut().filter_map(Value::as_object_mut) {
        if item.contains_key(key) {
            continue;
        }
        let methods: Vec<String> = item.keys().filter(|key| is_method(key)).cloned().collect();
        for method in methods {
            if let Some(Value::Object(operation)) = item.get_mut(&method) {
                operation.entry(key).or_insert_with(|| value.clone());
            }
        }
    }
}

fn join(
    document: &mut Map<String, Value>,
    part: Map<String, Value>,
    places: &Places<'_>,
    context: Context<'_>,
    errors: &mut Vec<Diagnostic>,
) {
    let mut contradiction = |keys: &[&str]| {
        let mut pointer = String::new();
        for key in keys {
            pointer.push('/');
            pointer.push_str(&key.replace('~', "~0").replace('/', "~1"));
        }
        errors.push(at(
            context,
            places.line_of(if keys.len() > 1 { &keys[1..] } else { keys }),
            "contradiction",
            format!("{pointer} with another content than in a block above"),
            "the same content in every block, or another name",
            "correct the block that is wrong, or put the two on pages of their own",
        ));
    };
    for (key, value) in part {
        let Some(known) = document.get_mut(&key) else {
            document.insert(key, value);
            continue;
        };
        if *known == value {
            continue;
        }
        match (key.as_str(), known, value) {
            ("paths" | "webhooks" | "components", Value::Object(known), Value::Object(value)) => {
                for (name, value) in value {
                    match (known.get_mut(&name), value) {
                        (None, value) => {
                            known.insert(name, value);
                        }
                        (Some(Value::Object(known)), Value::Object(value)) => {
                            for (inner, value) in value {
                                match known.get(&inner) {
                                    None => {
                                        known.insert(inner, value);
                                    }
                                    Some(known) if *known == value => {}
                                    Some(_) => contradiction(&[&key, &name, &inner]),
                                }
                            }
                        }
                        (Some(known), value) if *known == value => {}
                        (Some(_), _) => contradiction(&[&key, &name]),
                    }
                }
            }
            ("tags", Value::Array(known), Value::Array(value)) => {
                for value in value {
                    if !known.contains(&value) {
                        known.push(value);
                    }
                }
            }
            ("openapi", Value::String(known), Value::String(value))
                if known.get(..3) != value.get(..3) =>
            {
                contradiction(&["openapi"]);
            }
            _ => {}
        }
    }
}

/// Adds to an operation where it was read, and a response when it has none; tags in lists of their own, as Fern
/// prints them, become tags.
fn complete(operation: &mut Map<String, Value>, page: &str, line: usize) {
    let answered = operation
        .get("responses")
        .and_then(Value::as_object)
        .is_some_and(|responses| !responses.is_empty());
    if !answered {
        operation.insert(
            "responses".to_owned(),
            json!({ "default": { "description": NO_RESPONSE, "x-assumed": NO_RESPONSE } }),
        );
    }
    if let Some(Value::Array(tags)) = operation.get_mut("tags") {
        *tags = std::mem::take(tags)
            .into_iter()
            .flat_map(|tag| match tag {
                Value::Array(inner) => inner,
                tag => vec![tag],
            })
            .collect();
    }
    operation.insert("x-source".to_owned(), json!({ "page": page, "line": line }));
}
