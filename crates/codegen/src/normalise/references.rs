//! Rule `references`: references to parameters, bodies, responses and path items are replaced by what they refer to,
//! and every reference to a schema names a component. What lies outside the document, or nowhere, is refused.

mod operations;

use std::{borrow::Cow, collections::BTreeMap};

use percent_encoding::percent_decode_str;
use serde_json::{Map, Value};

use super::{
    draft::Draft,
    schema::{AT, at, children_mut, keywords, reference_to, step, walk_mut},
};
use crate::{
    refusal::{Refusal, Refusals},
    report::Report,
};

const RULE: &str = "references";

/// How many references in a row are followed.
const LONGEST_CHAIN: usize = 32;

/// Reads a document whose structure was checked.
///
/// # Errors
///
/// When a reference leads out of the document, nowhere, or back to itself.
pub(super) fn apply(document: &Value, report: &mut Report) -> Result<Draft, Refusals> {
    let mut reader = Reader {
        document,
        report,
        refusals: Vec::new(),
        schemas: Map::new(),
        order: Vec::new(),
        copied: BTreeMap::new(),
        shared: BTreeMap::new(),
    };
    if let Some(Value::Object(schemas)) = document.pointer("/components/schemas") {
        for (name, schema) in schemas {
            let schema = annotated(schema, &step("/components/schemas", name), reader.report);
            reader.add(name, schema);
        }
    }
    let mut operations = reader.operations();
    for operation in &mut operations {
        for root in operation.request_roots_mut() {
            reader.schema_references(root);
        }
        for root in operation.response_roots_mut() {
            reader.schema_references(root);
        }
    }
    reader.component_references();
    let unvalidated = document
        .get("x-unvalidated")
        .and_then(Value::as_bool)
        .unwrap_or(false);
    Refusals::check(reader.refusals)?;
    Ok(Draft {
        operations,
        schemas: reader.schemas,
        unvalidated,
    })
}

/// The schema with each schema in it carrying its pointer.
fn annotated(schema: &Value, pointer: &str, report: &mut Report) -> Value {
    let mut schema = schema.clone();
    annotate(&mut schema, pointer, report);
    schema
}

fn annotate(schema: &mut Value, pointer: &str, report: &mut Report) {
    // Rules put Rust types into schemas under this keyword; a document must not.
    if keywords(schema).remove("x-rust-type").is_some() {
        report.note("rust-types", pointer, "x-rust-type is left out");
    }
    keywords(schema)
        .entry(AT)
        .or_insert_with(|| Value::String(pointer.to_owned()));
    children_mut(schema, &mut |steps, child| {
        let pointer = steps
            .iter()
            .fold(pointer.to_owned(), |pointer, key| step(&pointer, key));
        annotate(child, &pointer, report);
    });
}

struct Reader<'a> {
    document: &'a Value,
    report: &'a mut Report,
    refusals: Vec<Refusal>,
    schemas: Map<String, Value>,
    /// The components in the order in which they were added.
    order: Vec<String>,
    /// Components that were made of schemas which references reach elsewhere, by pointer.
    copied: BTreeMap<String, String>,
    /// Components that were made of the schemas of shared parameters, bodies and responses, by pointer.
    shared: BTreeMap<String, String>,
}

impl<'a> Reader<'a> {
    fn refuse(&mut self, pointer: &str, found: &str, expected: &str, fix: &str) {
        self.refusals
            .push(Refusal::new(RULE, pointer, found, expected, fix));
    }

    /// The place and value that a value stands for: itself, or what it refers to in the end.
    fn resolve(&mut self, pointer: &str, value: &'a Value) -> Option<(String, &'a Value)> {
        let (mut place, mut value) = (pointer.to_owned(), value);
        for _ in 0..LONGEST_CHAIN {
            let Some(target) = value.get("$ref").and_then(Value::as_str) else {
                return Some((place, value));
            };
            let target = self.local(pointer, target)?;
            match find(self.document, &target) {
                Some((found_at, found)) if found.is_object() => (place, value) = (found_at, found),
                _ => {
                    self.dangling(pointer, &target);
                    return None;
                }
            }
        }
        self.refuse(
            pointer,
            "references that lead in a circle",
            "a reference that ends",
            "refer to what is meant",
        );
        None
    }

    fn dangling(&mut self, pointer: &str, target: &str) {
        let found = format!("a reference to #{target}, which is not in the document");
        self.refuse(
            pointer,
            &found,
            "a reference to something",
            "add what is missing, or mend the reference",
        );
    }

    /// The pointer of a reference inside the document.
    fn local(&mut self, pointer: &str, target: &str) -> Option<String> {
        if let Some(target) = target.strip_prefix('#') {
            return Some(percent_decoded(target));
        }
        self.refuse(
            pointer,
            "a reference to another document",
            "a reference that starts with #",
            "bundle the documents into one first",
        );
        None
    }

    /// The schema as it stands, or a reference to a component made of it when several operations share it.
    fn usable(&mut self, pointer: &str, schema: Option<&Value>) -> Value {
        let Some(schema) = schema else {
            return annotated(&Value::Object(Map::new()), pointer, self.report);
        };
        let mut steps = pointer.split('/').skip(1);
        let shared = steps.next() == Some("components");
        let structured = ["properties", "enum", "oneOf", "anyOf", "allOf"]
            .iter()
            .any(|key| schema.get(key).is_some());
        if !shared || !structured || schema.get("$ref").is_some() {
            return annotated(schema, pointer, self.report);
        }
        let owner = steps
            .nth(1)
            .unwrap_or("Shared")
            .replace("~1", "/")
            .replace("~0", "~");
        let name = if let Some(name) = self.shared.get(pointer) {
            name.clone()
        } else {
            let name = self.free_name(&owner);
            let schema = annotated(schema, pointer, self.report);
            self.add(&name, schema);
            self.shared.insert(pointer.to_owned(), name.clone());
            name
        };
        let mut reference = reference_to(&name);
        keywords(&mut reference).insert(AT.to_owned(), Value::String(pointer.to_owned()));
        reference
    }

    fn free_name(&self, wanted: &str) -> String {
        let mut name = wanted.to_owned();
        let mut number = 2_usize;
        while self.schemas.contains_key(&name) {
            name = format!("{wanted}{number}");
            number += 1;
        }
        name
    }

    /// Checks the references in every component, also in those that this adds.
    fn component_references(&mut self) {
        let mut done = 0;
        while let Some(name) = self.order.get(done).cloned() {
            if let Some(mut schema) = self.schemas.get_mut(&name).map(std::mem::take) {
                self.schema_references(&mut schema);
                self.schemas.insert(name, schema);
            }
            done += 1;
        }
    }

    fn add(&mut self, name: &str, schema: Value) {
        self.schemas.insert(name.to_owned(), schema);
        self.order.push(name.to_owned());
    }

    /// Makes every reference inside the schema name a component.
    fn schema_references(&mut self, schema: &mut Value) {
        walk_mut(schema, &mut |schema| {
            let Some(target) = schema
                .get("$ref")
                .and_then(Value::as_str)
                .map(str::to_owned)
            else {
                return;
            };
            let place = at(schema);
            let Some(target) = self.local(&place, &target) else {
                return;
            };
            // Where a pointer leads through a reference, what counts is where it ends.
            let ends = find(self.document, &target).map(|(ends, _)| ends);
            let name = match component_name(ends.as_deref().unwrap_or(&target)) {
                Some(name) if self.schemas.contains_key(&name) => Some(name),
                Some(_) => {
                    self.dangling(&place, &target);
                    None
                }
                None => self.component_of(&place, &target),
            };
            if let Some(name) = name {
                self.only_annotations_beside(schema, &place);
                super::schema::retarget(schema, &name);
            }
        });
    }

    /// What restricts a value has no meaning beside a reference, and is left out.
    fn only_annotations_beside(&mut self, schema: &mut Value, place: &str) {
        keywords(schema).retain(|keyword, _| {
            let keep =
                keyword == "$ref" || keyword == "nullable" || super::schema::is_annotation(keyword);
            if !keep {
                let detail = format!("{keyword} beside a reference has no meaning and is left out");
                self.report.note("reference-siblings", place, detail);
            }
            keep
        });
    }

    /// A component made of a schema that stands elsewhere in the document.
    fn component_of(&mut self, place: &str, target: &str) -> Option<String> {
        let Some((ends, schema)) =
            find(self.document, target).filter(|(_, schema)| schema.is_object())
        else {
            self.dangling(place, target);
            return None;
        };
        let target = ends.as_str();
        if let Some(name) = self.copied.get(target) {
            return Some(name.clone());
        }
        let last = target
            .rsplit('/')
            .next()
            .unwrap_or("Schema")
            .replace("~1", "/")
            .replace("~0", "~");
        let name = self.free_name(&last);
        let schema = annotated(schema, target, self.report);
        self.add(&name, schema);
        self.copied.insert(target.to_owned(), name.clone());
        self.report.note(
            RULE,
            place,
            format!("#{target} becomes the component {name}"),
        );
        Some(name)
    }
}

/// What a pointer names, and the pointer that leads there without going through a reference.
fn find<'a>(document: &'a Value, pointer: &str) -> Option<(String, &'a Value)> {
    let mut followed = 0;
    let (mut place, mut value) = (String::new(), document);
    let mut open = steps(pointer);
    while let Some(key) = open.pop() {
        let direct = format!("/{key}");
        if let Some(inner) = value.pointer(&direct) {
            (place, value) = (place + &direct, inner);
            continue;
        }
        let target = value.get("$ref")?.as_str()?.strip_prefix('#')?;
        followed += 1;
        if followed > LONGEST_CHAIN {
            return None;
        }
        open.push(key);
        open.extend(steps(&percent_decoded(target)));
        (place, value) = (String::new(), document);
    }
    Some((place, value))
}

/// The steps of a pointer, the first one last.
fn steps(pointer: &str) -> Vec<String> {
    let mut steps: Vec<String> = pointer.split('/').skip(1).map(str::to_owned).collect();
    steps.reverse();
    steps
}

/// The component that a pointer names.
fn component_name(pointer: &str) -> Option<String> {
    let name = pointer.strip_prefix("/components/schemas/")?;
    (!name.contains('/')).then(|| name.replace("~1", "/").replace("~0", "~"))
}

/// The text of a URL's fragment.
fn percent_decoded(text: &str) -> String {
    percent_decode_str(text)
        .decode_utf8()
        .map_or_else(|_| text.to_owned(), Cow::into_owned)
}
