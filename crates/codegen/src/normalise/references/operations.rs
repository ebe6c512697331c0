//! Operations with everything that they refer to in its place; and the rule `body-media-type`: of several media types
//! of a body or an answer, one is taken.

use serde_json::Value;

use super::{
    super::{
        draft::{Body, Content, Operation, Parameter, Response},
        media_type::{is_form, is_json, is_multipart, is_text, rank},
        schema::{keywords, rust_type, step, type_of},
        structure::{METHODS, operations::status as proper_status},
    },
    LONGEST_CHAIN, Reader, annotated, find, percent_decoded,
};
use crate::plan::Place;

const RULE: &str = "body-media-type";

impl<'a> Reader<'a> {
    /// The operations in the order of the document.
    pub(super) fn operations(&mut self) -> Vec<Operation> {
        let mut operations = Vec::new();
        let Some(Value::Object(paths)) = self.document.get("paths") else {
            return operations;
        };
        for (path, item) in paths.iter().filter(|(path, _)| !path.starts_with("x-")) {
            let Some((pointer, item)) = self.resolve(&step("/paths", path), item) else {
                continue;
            };
            let rooted = if path.starts_with('/') {
                path.clone()
            } else {
                self.report
                    .note("repairs", &pointer, "a path without a slash first gets one");
                format!("/{path}")
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
                let operation = self.operation(&rooted, &pointer, item, method, source);
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
            source: facts(source),
            parameters,
            body,
            responses,
        }
    }

    fn parameter(&mut self, pointer: &str, entry: &'a Value) -> Option<Parameter> {
        let (pointer, source) = self.resolve(pointer, entry)?;
        if source.get("name").and_then(Value::as_str) == Some("") {
            self.report.note(
                "repairs",
                &pointer,
                "a parameter without a name is left out",
            );
            return None;
        }
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
            .min_by_key(|(media_type, _)| rank(media_type))?;
        for (other, _) in content.iter().filter(|(other, _)| *other != media_type) {
            let place = step(&step(&pointer, "content"), other);
            self.report
                .note(RULE, place, format!("left out, since {media_type} is sent"));
        }
        let media_pointer = step(&step(&pointer, "content"), media_type);
        let schema_pointer = step(&media_pointer, "schema");
        let schema = if is_json(media_type) || is_form(media_type) {
            Some(self.usable(&schema_pointer, media.get("schema")))
        } else if is_multipart(media_type) {
            self.parts(&schema_pointer, media.get("schema"))
        } else {
            None
        };
        let text = schema.is_none() && is_text(media_type);
        if schema.is_none() && self.has_structure(media.get("schema")) {
            let detail = format!("the caller writes {media_type} as it is sent");
            self.unstructured(schema_pointer, detail);
        }
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
            text,
            brackets: has_deep_lists(media),
        })
    }

    /// Whether the schema says more than that there is a value.
    fn has_structure(&self, schema: Option<&Value>) -> bool {
        let mut schema = schema;
        for _ in 0..LONGEST_CHAIN {
            let target = schema
                .and_then(|schema| schema.get("$ref")?.as_str()?.strip_prefix('#'))
                .map(percent_decoded);
            let Some(target) = target else { break };
            schema = find(self.document, &target).map(|(_, found)| found);
        }
        schema.is_some_and(|schema| {
            ["properties", "allOf", "anyOf", "oneOf", "items"]
                .iter()
                .any(|key| schema.get(key).is_some())
        })
    }

    /// Counts a body whose fields are not typed, since it is neither JSON nor a form.
    fn unstructured(&mut self, place: String, detail: String) {
        self.report.note(RULE, &place, detail);
        self.report.fields.total += 1;
        self.report.fields.weakened.push((RULE.to_owned(), place));
    }

    /// The schema of a form in parts, in which fields of bytes are files. The form has a type of its own, since its
    /// component may stand in JSON elsewhere. None where it has no fields that are known.
    fn parts(&mut self, pointer: &str, schema: Option<&'a Value>) -> Option<Value> {
        let (place, found) = self.resolve(pointer, schema?)?;
        let structured = ["properties", "allOf", "anyOf", "oneOf"]
            .iter()
            .any(|key| found.get(key).is_some());
        if !structured {
            return None;
        }
        let mut own = annotated(found, &place, self.report);
        super::super::schema::walk_mut(&mut own, &mut |schema| {
            if let Some(Value::Object(properties)) = schema.get_mut("properties") {
                properties.values_mut().for_each(file);
            }
        });
        self.report.note(
            RULE,
            pointer,
            "the form is sent in parts, and its fields of bytes are files",
        );
        Some(own)
    }

    fn response(&mut self, pointer: &str, status: &str, entry: &'a Value) -> Option<Response> {
        let (pointer, source) = self.resolve(pointer, entry)?;
        let key = status;
        let status = proper_status(key).unwrap_or_else(|| key.to_owned());
        if status != key {
            self.report
                .note("repairs", &pointer, format!("the status is {status}"));
        }
        let content = source.get("content").and_then(Value::as_object);
        // RFC 9110, 15.3.5 and 15.3.6.
        let is_empty = matches!(status.as_str(), "204" | "205");
        if is_empty && content.is_some_and(|content| !content.is_empty()) {
            let detail =
                format!("an answer of status {status} has no body, whatever is documented");
            self.report.note("repairs", &pointer, detail);
        }
        let content = match content.filter(|_| !is_empty) {
            Some(content) => {
                match content
                    .iter()
                    .min_by_key(|(media_type, _)| rank(media_type))
                {
                    Some((media_type, media)) if is_json(media_type) => {
                        let media_pointer = step(&step(&pointer, "content"), media_type);
                        Content::Json(
                            self.usable(&step(&media_pointer, "schema"), media.get("schema")),
                        )
                    }
                    Some((media_type, media)) => {
                        let place = step(&step(&pointer, "content"), media_type);
                        if self.has_structure(media.get("schema")) {
                            let detail = format!("the caller reads {media_type} as it came");
                            self.unstructured(step(&place, "schema"), detail);
                        }
                        if media_type.starts_with("text/") {
                            Content::Text
                        } else {
                            Content::Bytes
                        }
                    }
                    None => Content::Empty,
                }
            }
            None => Content::Empty,
        };
        Some(Response {
            status,
            description: source
                .get("description")
                .and_then(Value::as_str)
                .unwrap_or_default()
                .to_owned(),
            content,
        })
    }
}

/// The operation without what becomes a part of its own.
fn facts(source: &Value) -> Value {
    const PARTS: [&str; 4] = ["callbacks", "parameters", "requestBody", "responses"];
    let entries = source.as_object().into_iter().flatten();
    entries
        .filter(|(key, _)| !PARTS.contains(&key.as_str()))
        .map(|(key, value)| (key.clone(), value.clone()))
        .collect()
}

/// Whether the document says of a field of a form that it is written to any depth, as lists are only with brackets.
fn has_deep_lists(media: &Value) -> bool {
    let encodings = media.get("encoding").and_then(Value::as_object);
    encodings.is_some_and(|encodings| {
        encodings
            .values()
            .any(|encoding| encoding.get("style") == Some(&Value::from("deepObject")))
    })
}

fn first_media(source: &Value) -> Option<(&String, &Value)> {
    source.get("content")?.as_object()?.iter().next()
}

/// Marks a field of bytes, or of a list of them, as files.
fn file(property: &mut Value) {
    let is_bytes = type_of(property) == Some("string")
        && property.get("format").and_then(Value::as_str) == Some("binary");
    if is_bytes {
        let file = rust_type("client-runtime", "client_runtime::FilePart", &[]);
        let object = keywords(property);
        object.remove("type");
        object.remove("format");
        if let Value::Object(file) = file {
            object.extend(file);
        }
    } else if let Some(items) = property.get_mut("items") {
        file(items);
    }
}
