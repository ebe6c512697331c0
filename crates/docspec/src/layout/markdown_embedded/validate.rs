//! What an embedded description must be: an OpenAPI 3.0 or 3.1 document whose references resolve.

use std::collections::HashSet;

use serde_json::{Map, Value};

use crate::diagnostic::Diagnostic;
use crate::layout::Context;
use crate::layout::fences::Block;
use crate::page::Method;

use super::at;
use super::places::Places;
use super::top_level::TopLevel;

/// The keys of a path item that are no operation.
const PATH_ITEM_KEYS: [&str; 5] = ["summary", "description", "servers", "parameters", "$ref"];

/// Checks that the description is OpenAPI 3.0 or 3.1.
pub(super) fn version(
    block: &Block<'_>,
    document: &Value,
    context: Context<'_>,
) -> Result<(), Vec<Diagnostic>> {
    let line = TopLevel::of(block).version().unwrap_or(block.opening);
    let refuse = |rule, found: String, expected: &str, fix: &str| {
        Err(vec![at(context, line, rule, found, expected, fix)])
    };
    if document.get("swagger").is_some() {
        return refuse(
            "swagger-2",
            "an embedded description in Swagger 2.0".to_owned(),
            "OpenAPI 3.0 or 3.1",
            "convert the block to OpenAPI 3.0, with swagger2openapi for instance, and put the result in its place",
        );
    }
    let wanted = "`openapi` with a version 3.0.x or 3.1.x as text";
    match document.get("openapi") {
        Some(Value::String(version))
            if version.starts_with("3.0.") || version.starts_with("3.1.") => {}
        Some(version) => {
            return refuse(
                "openapi-version",
                format!("an embedded description whose `openapi` is {version}"),
                wanted,
                "convert the block to OpenAPI 3.0 or 3.1, or put the version in quotes",
            );
        }
        None if is_resolved_operation(document) => {
            return refuse(
                "openapi-version",
                "one operation in the form that Mintlify published before it published OpenAPI"
                    .to_owned(),
                wanted,
                "fetch the page's Markdown form again: Mintlify puts an OpenAPI document there now",
            );
        }
        None => {
            return refuse(
                "openapi-version",
                "an embedded block that is no OpenAPI description".to_owned(),
                wanted,
                "copy the page's Markdown form again; the block lacks the key `openapi`",
            );
        }
    }
    if let Some(version) = document.pointer("/info/version")
        && !version.is_string()
    {
        let line = Places::of(block).line_of(&["info", "version"]);
        return Err(vec![at(
            context,
            line,
            "openapi-version",
            format!("`info.version` that is {version} and no text"),
            "the API's version as text",
            "put the version in quotes, as the vendor means it",
        )]);
    }
    Ok(())
}

/// Whether this is Mintlify's own form, in which `paths` is one operation with all references replaced.
fn is_resolved_operation(document: &Value) -> bool {
    ["/paths/path", "/paths/method"]
        .iter()
        .all(|pointer| document.pointer(pointer).is_some_and(Value::is_string))
}

/// Checks the shape of `paths`, and that the operation of the info string is there and alone.
pub(super) fn operations(
    block: &Block<'_>,
    document: &Value,
    named: Option<(Method, &str)>,
    context: Context<'_>,
) -> Result<(), Vec<Diagnostic>> {
    let mut errors = Vec::new();
    let places = Places::of(block);
    for key in ["info", "paths", "components"] {
        if let Some(value) = document.get(key)
            && !value.is_object()
        {
            errors.push(at(
                context,
                places.line_of(&[key]),
                "description-shape",
                format!("`/{key}` that is no object"),
                "an object",
                "correct the block",
            ));
        }
    }
    let mut present = Vec::new();
    let empty = Map::new();
    let paths = document.get("paths").and_then(Value::as_object);
    for (path, item) in paths.unwrap_or(&empty) {
        if path.starts_with("x-") {
            continue;
        }
        let Some(item) = item.as_object() else {
            errors.push(shape(&places, context, &[path], "an object"));
            continue;
        };
        if !path.starts_with('/') {
            errors.push(shape(
                &places,
                context,
                &[path],
                "a path that starts with `/`",
            ));
        }
        for (key, value) in item {
            let method = Method::ALL
                .into_iter()
                .find(|method| method.as_str().to_ascii_lowercase() == *key);
            match method {
                Some(method) if value.is_object() => present.push((method, path.as_str())),
                Some(_) => errors.push(shape(&places, context, &[path, key], "an operation")),
                None if key.starts_with("x-") || PATH_ITEM_KEYS.contains(&key.as_str()) => {}
                None => errors.push(shape(
                    &places,
                    context,
                    &[path, key],
                    "a method in lower case, parameters, servers, summary or description",
                )),
            }
        }
    }
    if let Some((method, path)) = named
        && present != [(method, path)]
    {
        let list: Vec<String> = present
            .iter()
            .map(|(method, path)| format!("{} {path}", method.as_str()))
            .collect();
        let found = if list.is_empty() {
            "no operation".to_owned()
        } else {
            list.join(", ")
        };
        errors.push(at(
            context,
            block.opening,
            "info-string",
            format!(
                "a block that says {} {path} and holds {found}",
                method.as_str()
            ),
            "the operation of the info string and no other",
            "correct the info string or the block",
        ));
    }
    if errors.is_empty() {
        Ok(())
    } else {
        Err(errors)
    }
}

fn shape(places: &Places<'_>, context: Context<'_>, keys: &[&str], expected: &str) -> Diagnostic {
    let mut pointer = "/paths".to_owned();
    for key in keys {
        pointer.push('/');
        pointer.push_str(&key.replace('~', "~0").replace('/', "~1"));
    }
    at(
        context,
        places.line_of(keys),
        "description-shape",
        format!("something else than {expected} at {pointer}"),
        expected,
        "correct the block",
    )
}

/// Checks that every reference points into the document, and that no chain of references runs in a circle.
pub(super) fn references(
    document: &Value,
    places: &[Places<'_>],
    context: Context<'_>,
) -> Vec<Diagnostic> {
    let mut references = Vec::new();
    collect(document, false, &mut references);
    let mut seen = HashSet::new();
    let mut errors = Vec::new();
    for reference in references {
        if !seen.insert(reference) {
            continue;
        }
        let problem = match reference.strip_prefix('#') {
            None => Some((
                "external-reference",
                format!("the reference {reference} to another document"),
                "references into the same block, such as #/components/schemas/Contact",
                "put what it refers to into the block's components",
            )),
            Some(pointer) => target_problem(document, reference, pointer),
        };
        if let Some((rule, found, expected, fix)) = problem {
            errors.push(at(
                context,
                places
                    .iter()
                    .find_map(|places| places.line_of_reference(reference))
                    .unwrap_or(1),
                rule,
                found,
                expected,
                fix,
            ));
        }
    }
    errors
}

type Found = (&'static str, String, &'static str, &'static str);

fn target_problem(document: &Value, reference: &str, pointer: &str) -> Option<Found> {
    let mut pointer = pointer.to_owned();
    let mut passed = HashSet::new();
    loop {
        let decoded = percent_decoded(&pointer);
        let Some(target) = document.pointer(&decoded).filter(|_| !decoded.is_empty()) else {
            return Some((
                "unresolved-reference",
                format!("the reference {reference}, which leads nowhere"),
                "a target in the block",
                "add what it refers to, or correct the reference",
            ));
        };
        if !passed.insert(decoded.clone()) {
            return Some((
                "circular-reference",
                format!("the reference {reference}, which leads back to itself"),
                "a chain of references that ends at a definition",
                "give one of them a definition of its own",
            ));
        }
        match target
            .get("$ref")
            .and_then(Value::as_str)
            .and_then(|next| next.strip_prefix('#'))
        {
            Some(next) => next.clone_into(&mut pointer),
            None => return None,
        }
    }
}

fn percent_decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let code = (bytes[at] == b'%')
            .then(|| text.get(at + 1..at + 3))
            .flatten()
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        decoded.push(code.unwrap_or(bytes[at]));
        at += if code.is_some() { 3 } else { 1 };
    }
    String::from_utf8_lossy(&decoded).into_owned()
}

/// The references of a description; what stands in examples, defaults and extensions is data.
fn collect<'a>(value: &'a Value, names: bool, references: &mut Vec<&'a str>) {
    match value {
        Value::Array(values) => {
            for value in values {
                collect(value, false, references);
            }
        }
        Value::Object(map) => {
            for (key, value) in map {
                if names {
                    collect(value, false, references);
                    continue;
                }
                match (key.as_str(), value) {
                    ("$ref", Value::String(reference)) => references.push(reference),
                    ("example" | "default" | "enum" | "const" | "value", _) => {}
                    (key, _) if key.starts_with("x-") => {}
                    (
                        "properties" | "patternProperties" | "schemas" | "parameters" | "responses"
                        | "requestBodies" | "headers" | "examples" | "links" | "callbacks"
                        | "securitySchemes" | "paths" | "content" | "$defs" | "pathItems",
                        _,
                    ) => {
                        collect(value, true, references);
                    }
                    ("mapping", Value::Object(mapping)) => references.extend(
                        mapping
                            .values()
                            .filter_map(Value::as_str)
                            .filter(|target| target.starts_with('#')),
                    ),
                    _ => collect(value, false, references),
                }
            }
        }
        _ => {}
    }
}
