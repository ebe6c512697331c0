//! Rule `references`: references to parameters, bodies, responses and path items are replaced by what they refer to,
//! and every reference to a schema names a component. What lies outside the document, or nowhere, is refused.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::{
    draft::{Body, Content, Draft, Operation, Parameter, Response},
    schema::{AT, at, children_mut, keywords, reference_to, step, walk_mut},
    structure::METHODS,
};
use crate::{
    plan::Place,
    refusal::{Refusal, Refusals},
    report::Report,
};

const RULE: &str = "references";
const BODY_RULE: &str = "body-media-type";

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
    keywords(schema).insert(AT.to_owned(), Value::String(pointer.to_owned()));
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
            match self.document.pointer(&target) {
                Some(found) if found.is_object() => (place, value) = (target, found),
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

    fn operations(&mut self) -> Vec<Operation> {
        let mut operations = Vec::new();
        let Some(Value::Object(paths)) = self.document.get("paths") else {
            return operations;
        };
        for (path, item) in paths.iter().filter(|(path, _)| !path.starts_with("x-")) {
            let Some((pointer, item)) = self.resolve(&step("/paths", path), item) else {
                continue;
            };
            for method in METHODS {
                let Some(source) = item.get(method) else {
                    continue;
                };
                if !source.is_object() {
                    let pointer = step(&pointer, method);
                    self.refuse(
                        &pointer,
                        "no operation",
                        "an object",
                        "write the operation here",
                    );
                    continue;
                }
                let operation = self.operation(path, &pointer, item, method, source);
                operations.push(operation);
            }
        }
        operations
    }

    fn operation(
        &mut self,
        path: &str,
        item_pointer: &str,
        item: &'a Value,
        method: &str,
        source: &'a Value,
    ) -> Operation {
        let pointer = step(item_pointer, method);
        let mut parameters: Vec<Parameter> = Vec::new();
        for (owner_pointer, owner) in [(item_pointer, item), (&pointer, source)] {
            let Some(Value::Array(entries)) = owner.get("parameters") else {
                continue;
            };
            let owner_pointer = step(owner_pointer, "parameters");
            for (index, entry) in entries.iter().enumerate() {
                let Some(parameter) =
                    self.parameter(&step(&owner_pointer, &index.to_string()), entry)
                else {
                    continue;
                };
                let same = |other: &Parameter| {
                    other.name == parameter.name && other.place == parameter.place
                };
                match parameters.iter().position(same) {
                    Some(index) => parameters[index] = parameter,
                    None => parameters.push(parameter),
                }
            }
        }
        let body = source
            .get("requestBody")
            .and_then(|body| self.body(&step(&pointer, "requestBody"), body));
        let mut responses = Vec::new();
        if let Some(Value::Object(entries)) = source.get("responses") {
            let pointer = step(&pointer, "responses");
            for (status, entry) in entries
                .iter()
                .filter(|(status, _)| !status.starts_with("x-"))
            {
                responses.extend(self.response(&step(&pointer, status), status, entry));
            }
        }
        Operation {
            pointer,
            id: String::new(),
            method: method.to_owned(),
            path: path.to_owned(),
            source: source.clone(),
            parameters,
            body,
            responses,
        }
    }

    fn parameter(&mut self, pointer: &str, entry: &'a Value) -> Option<Parameter> {
        let (pointer, source) = self.resolve(pointer, entry)?;
        let (Some(name), Some(place)) = (
            source.get("name").and_then(Value::as_str),
            match source.get("in").and_then(Value::as_str) {
                Some("path") => Some(Place::Path),
                Some("query") => Some(Place::Query),
                Some("header") => Some(Place::Header),
                Some("cookie") => Some(Place::Cookie),
                _ => None,
            },
        ) else {
            self.refuse(
                &pointer,
                "no parameter",
                "a name and a place",
                "refer to a parameter",
            );
            return None;
        };
        let (schema_pointer, schema, json) = match (source.get("schema"), first_media(source)) {
            (Some(schema), _) => (step(&pointer, "schema"), Some(schema), false),
            (None, Some((media_type, media))) => {
                let media_pointer = step(&step(&pointer, "content"), media_type);
                (
                    step(&media_pointer, "schema"),
                    media.get("schema"),
                    is_json(media_type),
                )
            }
            (None, None) => (step(&pointer, "schema"), None, false),
        };
        let schema = self.usable(&schema_pointer, schema);
        Some(Parameter {
            name: name.to_owned(),
            ident: String::new(),
            place,
            json,
            source: source.clone(),
            schema,
            pointer,
        })
    }

    fn body(&mut self, pointer: &str, entry: &'a Value) -> Option<Body> {
        let (pointer, source) = self.resolve(pointer, entry)?;
        let content = source.get("content").and_then(Value::as_object)?;
        let (media_type, media) = content
            .iter()
            .min_by_key(|(media_type, _)| body_rank(media_type))?;
        for (other, _) in content.iter().filter(|(other, _)| *other != media_type) {
            let place = step(&step(&pointer, "content"), other);
            self.report.note(
                BODY_RULE,
                place,
                format!("left out, since {media_type} is sent"),
            );
        }
        let has_fields = is_json(media_type) || is_form(media_type);
        let schema = has_fields.then(|| {
            let schema_pointer = step(&step(&step(&pointer, "content"), media_type), "schema");
            self.usable(&schema_pointer, media.get("schema"))
        });
        Some(Body {
            required: source
                .get("required")
                .and_then(Value::as_bool)
                .unwrap_or(false),
            media_type: if media_type == "*/*" {
                "application/json".to_owned()
            } else {
                media_type.clone()
            },
            schema,
        })
    }

    fn response(&mut self, pointer: &str, status: &str, entry: &'a Value) -> Option<Response> {
        let (pointer, source) = self.resolve(pointer, entry)?;
        let content = match source.get("content").and_then(Value::as_object) {
            Some(content) => {
                match content
                    .iter()
                    .min_by_key(|(media_type, _)| body_rank(media_type))
                {
                    Some((media_type, media)) if is_json(media_type) => {
                        let media_pointer = step(&step(&pointer, "content"), media_type);
                        Content::Json(
                            self.usable(&step(&media_pointer, "schema"), media.get("schema")),
                        )
                    }
                    Some((media_type, _)) if media_type.starts_with("text/") => Content::Text,
                    Some(_) => Content::Bytes,
                    None => Content::Empty,
                }
            }
            None => Content::Empty,
        };
        Some(Response {
            status: status.to_owned(),
            description: source
                .get("description")
                .and_then(Value::as_str)
                .unwrap_or_default()
                .to_owned(),
            content,
        })
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
            if let Some(mut schema) = self.schemas.get(&name).cloned() {
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
            let name = match component_name(&target) {
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
        if let Some(name) = self.copied.get(target) {
            return Some(name.clone());
        }
        let Some(schema) = self
            .document
            .pointer(target)
            .filter(|schema| schema.is_object())
        else {
            self.dangling(place, target);
            return None;
        };
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

/// The component that a pointer names.
fn component_name(pointer: &str) -> Option<String> {
    let name = pointer.strip_prefix("/components/schemas/")?;
    (!name.contains('/')).then(|| name.replace("~1", "/").replace("~0", "~"))
}

fn first_media(source: &Value) -> Option<(&String, &Value)> {
    source.get("content")?.as_object()?.iter().next()
}

/// Whether values of the media type are JSON.
fn is_json(media_type: &str) -> bool {
    let essence = media_type
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase();
    essence == "application/json" || essence == "*/*" || essence.ends_with("+json")
}

/// Whether the media type is a form in a URL's encoding.
fn is_form(media_type: &str) -> bool {
    media_type
        .trim()
        .to_ascii_lowercase()
        .starts_with("application/x-www-form-urlencoded")
}

/// The lower, the rather is the media type chosen.
fn body_rank(media_type: &str) -> usize {
    let lower = media_type.to_ascii_lowercase();
    if lower.starts_with("application/json") {
        0
    } else if lower != "*/*" && is_json(media_type) {
        1
    } else if lower == "*/*" {
        2
    } else if is_form(media_type) {
        3
    } else if lower.starts_with("multipart/") {
        4
    } else if lower.starts_with("text/") {
        5
    } else {
        6
    }
}

/// The text of a URL's fragment.
fn percent_decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut index = 0;
    while index < bytes.len() {
        let code = (bytes[index] == b'%')
            .then(|| text.get(index + 1..index + 3))
            .flatten()
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        out.push(code.unwrap_or(bytes[index]));
        index += if code.is_some() { 3 } else { 1 };
    }
    String::from_utf8(out).unwrap_or_else(|_| text.to_owned())
}
