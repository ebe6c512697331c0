//! From a name in a generated crate to the part of the document that it was made of.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::normalise::{Normalised, pascal, snake};
use crate::plan::{Operation, Place};
use crate::report::Change;

/// What a path in a generated crate names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// The path as the crate has it: `Contact`, `Contact::title`, `contacts_create`, `contacts_create::workspace`.
    pub path: String,
    /// `type`, `field`, `operation` or `parameter`.
    pub kind: &'static str,
    /// The JSON pointer into the document.
    pub pointer: String,
    /// What normalising changed there and in what it holds.
    pub rules: Vec<Change>,
    /// How the item's line starts, after the line of what it is in, if anything.
    needles: Vec<Vec<String>>,
}

/// The line of a crate that defines an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Definition {
    /// The file in the crate.
    pub file: String,
    /// The line, counted from 1.
    pub line: usize,
    /// Its text.
    pub text: String,
}

/// Every path that [`find`] knows.
#[must_use]
pub fn paths(normalised: &Normalised) -> Vec<String> {
    let mut paths = Vec::new();
    for (name, shape) in &normalised.plan.types {
        paths.push(name.clone());
        paths.extend(
            shape
                .fields
                .keys()
                .map(|field| format!("{name}::{}", snake(field))),
        );
    }
    for operation in &normalised.plan.operations {
        paths.push(operation.id.clone());
        let id = &operation.id;
        paths.extend(
            operation
                .parameters
                .iter()
                .map(|parameter| format!("{id}::{}", snake(&parameter.name))),
        );
    }
    paths
}

/// Finds what a path names; fields and parameters go by their Rust name or the one on the wire. `document` is what was
/// normalised.
#[must_use]
pub fn find(normalised: &Normalised, document: &Value, path: &str) -> Option<Item> {
    let (owner, member) = match path.split_once("::") {
        Some((owner, member)) => (owner, Some(member)),
        None => (path, None),
    };
    let mut item = if normalised.plan.types.contains_key(owner) {
        in_type(normalised, document, owner, member)?
    } else {
        let operation = normalised
            .plan
            .operations
            .iter()
            .find(|operation| operation.id == owner || pascal(&operation.id) == owner)?;
        in_operation(document, operation, member)?
    };
    let within = format!("{}/", item.pointer);
    let with_parts = matches!(item.kind, "field" | "parameter");
    item.rules = normalised
        .report
        .changes
        .iter()
        .filter(|change| {
            change.pointer == item.pointer || (with_parts && change.pointer.starts_with(&within))
        })
        .cloned()
        .collect();
    Some(item)
}

fn in_type(
    normalised: &Normalised,
    document: &Value,
    name: &str,
    member: Option<&str>,
) -> Option<Item> {
    let shape = normalised.plan.types.get(name)?;
    let heads: Vec<String> = ["struct", "enum", "type"]
        .iter()
        .map(|word| format!("pub {word} {name}"))
        .collect();
    let Some(member) = member else {
        return Some(Item {
            path: name.to_owned(),
            kind: "type",
            pointer: shape.pointer.clone(),
            rules: Vec::new(),
            needles: vec![heads],
        });
    };
    let (field, known) = shape.fields.iter().find(|(field, known)| {
        snake(field) == member || *field == member || known.wire_name.as_deref() == Some(member)
    })?;
    let wire_name = known.wire_name.as_deref().unwrap_or(field);
    let pointer = property(document, &shape.pointer, wire_name, 0)?;
    let ident = snake(field);
    Some(Item {
        path: format!("{name}::{ident}"),
        kind: "field",
        pointer,
        rules: Vec::new(),
        needles: vec![
            heads,
            vec![format!("pub {ident}:"), format!("pub r#{ident}:")],
        ],
    })
}

fn in_operation(document: &Value, operation: &Operation, member: Option<&str>) -> Option<Item> {
    let method = vec![format!("pub fn {}(", operation.id)];
    let Some(member) = member else {
        return Some(Item {
            path: operation.id.clone(),
            kind: "operation",
            pointer: operation.pointer.clone(),
            rules: Vec::new(),
            needles: vec![method],
        });
    };
    let parameter = operation.parameters.iter().find(|parameter| {
        snake(&parameter.name) == member
            || parameter.name == member
            || parameter.wire_name == member
    })?;
    let pointer = parameter_pointer(document, operation, &parameter.wire_name, parameter.place)?;
    let ident = snake(&parameter.name);
    let builder = vec![format!("impl<'a> {}<'a>", pascal(&operation.id))];
    Some(Item {
        path: format!("{}::{ident}", operation.id),
        kind: "parameter",
        pointer,
        rules: Vec::new(),
        needles: vec![
            builder,
            vec![format!("pub fn {ident}("), format!("pub fn r#{ident}(")],
        ],
    })
}

/// How far references and `allOf` are followed.
const DEEPEST: usize = 16;

/// The pointer of a property of the object at `pointer`, through references and `allOf`.
fn property(document: &Value, pointer: &str, name: &str, depth: usize) -> Option<String> {
    if depth > DEEPEST {
        return None;
    }
    let schema = document.pointer(pointer)?;
    let own = format!("{pointer}/properties/{}", escaped(name));
    if document.pointer(&own).is_some() {
        return Some(own);
    }
    if let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
        return property(document, reference.strip_prefix('#')?, name, depth + 1);
    }
    ["allOf", "oneOf", "anyOf"].iter().find_map(|word| {
        let members = schema.get(*word).and_then(Value::as_array)?;
        (0..members.len()).find_map(|index| {
            property(
                document,
                &format!("{pointer}/{word}/{index}"),
                name,
                depth + 1,
            )
        })
    })
}

/// The pointer of a parameter of an operation or of its path, through references.
fn parameter_pointer(
    document: &Value,
    operation: &Operation,
    wire_name: &str,
    place: Place,
) -> Option<String> {
    let word = match place {
        Place::Path => "path",
        Place::Query => "query",
        Place::Header => "header",
        Place::Cookie => "cookie",
    };
    let item = operation
        .pointer
        .rsplit_once('/')
        .map_or("", |(item, _)| item);
    [operation.pointer.as_str(), item].iter().find_map(|owner| {
        let list = format!("{owner}/parameters");
        let many = document.pointer(&list)?.as_array()?.len();
        (0..many).find_map(|index| {
            let pointer = format!("{list}/{index}");
            let referred = document
                .pointer(&pointer)?
                .get("$ref")
                .and_then(Value::as_str)
                .and_then(|reference| reference.strip_prefix('#'))
                .map_or(pointer.clone(), str::to_owned);
            let parameter = document.pointer(&referred)?;
            let name = parameter.get("name")?.as_str()?;
            let is_it = parameter.get("in")?.as_str()? == word
                && (name == wire_name || name.strip_suffix("[]") == Some(wire_name));
            is_it.then_some(referred)
        })
    })
}

fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

/// The line that defines an item, among the files of its crate.
#[must_use]
pub fn definition(item: &Item, files: &BTreeMap<String, String>) -> Option<Definition> {
    files.iter().find_map(|(file, text)| {
        let mut lines = text.lines().enumerate();
        let mut found = None;
        for needles in &item.needles {
            found = lines.find(|(_, line)| {
                let line = line.trim_start();
                needles.iter().any(|needle| {
                    line.strip_prefix(needle.as_str()).is_some_and(|rest| {
                        !needle.ends_with(|last: char| last.is_alphanumeric() || last == '_')
                            || !rest.starts_with(|next: char| next.is_alphanumeric() || next == '_')
                    })
                })
            });
            found?;
        }
        found.map(|(index, line)| Definition {
            file: file.clone(),
            line: index + 1,
            text: line.trim().to_owned(),
        })
    })
}
