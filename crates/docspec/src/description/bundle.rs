//! References to other files become references to components.

use std::{borrow::Cow, collections::BTreeMap};

use percent_encoding::percent_decode_str;
use serde_json::{Map, Value, json};

use super::parse;
use crate::{diagnostic::Diagnostic, structure::Part};

/// How many files one description may consist of.
const MOST_FILES: usize = 2_000;

/// Takes into `document` what it refers to in other files, and what those refer to.
///
/// `name` is the path of the document's file, in which every other file is looked for relative to the one that refers
/// to it. `read` gives the text of a file by its path: relative to the document's folder, with `/`, and never outside of
/// it.
///
/// What is referred to becomes a component, named after the end of the reference; a path item is written out where it is
/// used. References inside the document stay as they are.
///
/// # Errors
///
/// When a reference leads to another host, out of the folder, to a file that cannot be read or to nothing in it; each
/// with its pointer.
pub fn bundle(
    name: &str,
    document: &Value,
    read: &mut dyn FnMut(&str) -> Result<String, String>,
) -> Result<Value, Vec<Diagnostic>> {
    let mut bundle = Bundle {
        name,
        read,
        files: BTreeMap::from([(String::new(), document.clone())]),
        added: BTreeMap::new(),
        open: Vec::new(),
        problems: Vec::new(),
    };
    let mut whole = document.clone();
    bundle.walk(&mut whole, Part::Document, "", "", 0);
    while let Some(next) = bundle.open.pop() {
        let mut value = next.value;
        bundle.walk(&mut value, next.part, &next.file, &next.pointer, 0);
        let section = component_section(&mut whole, next.section);
        section.insert(next.name, value);
    }
    if bundle.problems.is_empty() {
        Ok(whole)
    } else {
        Err(bundle.problems)
    }
}

/// Deeper values are refused later.
const DEEPEST: usize = 400;

struct Bundle<'a> {
    name: &'a str,
    read: &'a mut dyn FnMut(&str) -> Result<String, String>,
    /// The files by their path from the document's folder; the document itself without a path.
    files: BTreeMap<String, Value>,
    /// The components that were made, by file, pointer and section.
    added: BTreeMap<(String, String, &'static str), String>,
    /// Components whose own references are still to be looked at.
    open: Vec<Imported>,
    problems: Vec<Diagnostic>,
}

/// Something of another file on its way into the components.
struct Imported {
    section: &'static str,
    name: String,
    part: Part,
    file: String,
    pointer: String,
    value: Value,
}

/// Where a reference leads: a file and a pointer into it.
struct Target {
    file: String,
    pointer: String,
}

impl Bundle<'_> {
    /// Rewrites the references of a value that stands in `file`.
    fn walk(&mut self, value: &mut Value, part: Part, file: &str, pointer: &str, depth: usize) {
        if part == Part::Free || depth > DEEPEST {
            return;
        }
        self.reference(value, part, file, pointer, depth);
        match value {
            Value::Object(object) => {
                for (key, child) in object.iter_mut() {
                    let part = child_of(part, key);
                    let pointer =
                        format!("{pointer}/{}", key.replace('~', "~0").replace('/', "~1"));
                    self.walk(child, part, file, &pointer, depth + 1);
                }
            }
            Value::Array(items) => {
                for (index, child) in items.iter_mut().enumerate() {
                    let pointer = format!("{pointer}/{index}");
                    self.walk(child, part.child(""), file, &pointer, depth + 1);
                }
            }
            _ => {}
        }
    }

    fn reference(
        &mut self,
        value: &mut Value,
        part: Part,
        file: &str,
        pointer: &str,
        depth: usize,
    ) {
        let Some(text) = value.get("$ref").and_then(Value::as_str) else {
            return;
        };
        if file.is_empty() && text.starts_with('#') {
            return;
        }
        let text = text.to_owned();
        let place = Place { file, pointer };
        let Some(target) = self.target(&text, &place) else {
            return;
        };
        if target.file.is_empty() {
            if let Some(object) = value.as_object_mut() {
                object.insert("$ref".to_owned(), json!(format!("#{}", target.pointer)));
            }
            return;
        }
        let Some(section) = section(part) else {
            // A path item, or something that has no components: written out.
            if depth < DEEPEST
                && let Some(found) = self.found(&target, &place)
            {
                *value = found;
                self.walk(value, part, &target.file, &target.pointer, depth + 1);
            }
            return;
        };
        let key = (target.file.clone(), target.pointer.clone(), section);
        let name = if let Some(name) = self.added.get(&key) {
            name.clone()
        } else {
            let Some(found) = self.found(&target, &place) else {
                return;
            };
            let name = self.free_name(&target, section);
            self.added.insert(key, name.clone());
            self.open.push(Imported {
                section,
                name: name.clone(),
                part,
                file: target.file,
                pointer: target.pointer,
                value: found,
            });
            name
        };
        if let Some(object) = value.as_object_mut() {
            let name = name.replace('~', "~0").replace('/', "~1");
            object.insert(
                "$ref".to_owned(),
                json!(format!("#/components/{section}/{name}")),
            );
        }
    }

    /// Where a reference of a file leads.
    fn target(&mut self, text: &str, place: &Place<'_>) -> Option<Target> {
        let (path, fragment) = text.split_once('#').unwrap_or((text, ""));
        if path.contains("://") || path.starts_with("//") {
            self.problem(
                place,
                "a reference to another host",
                "references to files beside the document",
                "save the file beside the document and refer to it by its name",
            );
            return None;
        }
        let file = if path.is_empty() {
            place.file.to_owned()
        } else if let Some(path) = joined(place.file, path) {
            path
        } else {
            self.problem(
                place,
                "a reference to a file outside of the document's folder",
                "references to files beside the document",
                "move the file into the folder of the document, or the document to the folder above",
            );
            return None;
        };
        let own = self.name.rsplit(['/', '\\']).next() == Some(file.as_str());
        Some(Target {
            file: if own { String::new() } else { file },
            pointer: percent_decoded(fragment.trim_end_matches('/')),
        })
    }

    /// What stands where a reference leads.
    fn found(&mut self, target: &Target, place: &Place<'_>) -> Option<Value> {
        if !self.files.contains_key(&target.file) {
            if self.files.len() >= MOST_FILES {
                self.problem(
                    place,
                    &format!("a description of more than {MOST_FILES} files"),
                    "fewer files",
                    "bundle them into one first",
                );
                return None;
            }
            let text = match (self.read)(&target.file) {
                Ok(text) => text,
                Err(reason) => {
                    self.problem(
                        place,
                        &format!(
                            "a reference to `{}`, which cannot be read: {reason}",
                            target.file
                        ),
                        "a file beside the document",
                        "add the file, or mend the reference",
                    );
                    return None;
                }
            };
            match parse(&target.file, &text) {
                Ok(value) => {
                    self.files.insert(target.file.clone(), value);
                }
                Err(problems) => {
                    self.problems.extend(problems);
                    self.files.insert(target.file.clone(), Value::Null);
                    return None;
                }
            }
        }
        let found = self
            .files
            .get(&target.file)
            .and_then(|file| file.pointer(&target.pointer));
        if let Some(found) = found {
            return Some(found.clone());
        }
        if self.files.get(&target.file) != Some(&Value::Null) {
            self.problem(
                place,
                &format!(
                    "a reference to `{}#{}`, which is not there",
                    target.file, target.pointer
                ),
                "a reference to something",
                "add what is missing, or mend the reference",
            );
        }
        None
    }

    /// A name that no component of the section has.
    fn free_name(&self, target: &Target, section: &str) -> String {
        let last = target.pointer.rsplit('/').next().unwrap_or_default();
        let stem = target.file.rsplit('/').next().unwrap_or_default();
        let stem = stem.split('.').next().unwrap_or_default();
        let wanted = if last.is_empty() { stem } else { last }
            .replace("~1", "/")
            .replace("~0", "~");
        let taken = |name: &str| {
            let in_document = self
                .files
                .get("")
                .and_then(|document| document.get("components")?.get(section)?.get(name))
                .is_some();
            in_document
                || self
                    .added
                    .iter()
                    .any(|((_, _, of), added)| *of == section && added == name)
        };
        let mut name = wanted.clone();
        let mut number = 2_usize;
        while taken(&name) {
            name = format!("{wanted}{number}");
            number += 1;
        }
        name
    }

    fn problem(&mut self, place: &Place<'_>, found: &str, expected: &str, fix: &str) {
        self.problems.push(Diagnostic {
            rule: "references",
            page: if place.file.is_empty() {
                self.name.to_owned()
            } else {
                place.file.to_owned()
            },
            span: None,
            found: format!("{found}, at {}", place.pointer),
            expected: expected.to_owned(),
            fix: fix.to_owned(),
        });
    }
}

/// Where a reference stands.
struct Place<'a> {
    file: &'a str,
    pointer: &'a str,
}

/// What stands under a key, with the keywords of schemas that only 3.1 has.
fn child_of(part: Part, key: &str) -> Part {
    match (part, key) {
        (Part::Schema, "$defs" | "definitions" | "patternProperties" | "dependentSchemas") => {
            Part::Names(&Part::Schema)
        }
        (Part::Schema, "prefixItems") => Part::List(&Part::Schema),
        (
            Part::Schema,
            "if"
            | "then"
            | "else"
            | "contains"
            | "propertyNames"
            | "unevaluatedItems"
            | "unevaluatedProperties",
        ) => Part::Schema,
        (Part::Components, "pathItems") => Part::Names(&Part::PathItem),
        _ => part.child(key),
    }
}

/// The components among which a part can stand.
fn section(part: Part) -> Option<&'static str> {
    Some(match part {
        Part::Schema => "schemas",
        Part::Parameter => "parameters",
        Part::RequestBody => "requestBodies",
        Part::Response => "responses",
        Part::SecurityScheme => "securitySchemes",
        Part::Example => "examples",
        Part::Link => "links",
        _ => return None,
    })
}

fn component_section<'a>(document: &'a mut Value, section: &str) -> &'a mut Map<String, Value> {
    let mut current = document;
    for key in ["components", section] {
        if !current.is_object() {
            *current = json!({});
        }
        let Value::Object(object) = current else {
            unreachable!("made an object above");
        };
        current = object.entry(key).or_insert_with(|| json!({}));
    }
    if !current.is_object() {
        *current = json!({});
    }
    match current {
        Value::Object(object) => object,
        _ => unreachable!("made an object above"),
    }
}

/// A path relative to the folder of `file`; none when it leads out of the document's folder.
fn joined(file: &str, path: &str) -> Option<String> {
    let path = percent_decoded(path).replace('\\', "/");
    if path.starts_with('/') || path.contains(':') {
        return None;
    }
    let mut parts: Vec<&str> = file.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// The text of a part of a URL.
fn percent_decoded(text: &str) -> String {
    percent_decode_str(text)
        .decode_utf8()
        .map_or_else(|_| text.to_owned(), Cow::into_owned)
}
