//! Rule `structure`: what later rules and progenitor rely on is there and has the right type, or the document is
//! refused with every place where it is not.

pub(super) mod operations;
mod schemas;

use serde_json::{Map, Value};

use super::schema::step;
use crate::refusal::{Refusal, kind};

const RULE: &str = "structure";

/// How deep the document as a whole may nest.
const DEEPEST_VALUE: usize = 320;

/// The methods that a path item may have.
pub(super) const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

/// Everything about the document's structure that stops it from being read.
pub(super) fn check(document: &Value) -> Vec<Refusal> {
    let mut check = Check {
        refusals: Vec::new(),
    };
    check.document(document);
    check.refusals
}

/// Walks without recursion, since the depth is what is in question.
pub(super) fn too_deep(document: &Value) -> Option<Refusal> {
    let mut open = vec![(document, 0_usize)];
    while let Some((value, depth)) = open.pop() {
        if depth > DEEPEST_VALUE {
            return Some(Refusal::new(
                "depth",
                "",
                format!("values nested more than {DEEPEST_VALUE} deep"),
                "a document that nests less",
                "move inner schemas to components/schemas and refer to them",
            ));
        }
        match value {
            Value::Array(values) => open.extend(values.iter().map(|value| (value, depth + 1))),
            Value::Object(values) => open.extend(values.values().map(|value| (value, depth + 1))),
            _ => {}
        }
    }
    None
}

struct Check {
    refusals: Vec<Refusal>,
}

impl Check {
    fn refuse(&mut self, pointer: &str, found: &str, expected: &str, fix: &str) {
        self.refusals
            .push(Refusal::new(RULE, pointer, found, expected, fix));
    }

    fn object<'a>(&mut self, pointer: &str, value: &'a Value) -> Option<&'a Map<String, Value>> {
        let object = value.as_object();
        if object.is_none() {
            self.refuse(
                pointer,
                kind(value),
                "an object",
                "write an object here, or remove the key",
            );
        }
        object
    }

    fn array<'a>(&mut self, pointer: &str, value: &'a Value) -> &'a [Value] {
        value.as_array().map_or_else(
            || {
                self.refuse(
                    pointer,
                    kind(value),
                    "an array",
                    "write an array here, or remove the key",
                );
                &[][..]
            },
            Vec::as_slice,
        )
    }

    fn text(&mut self, pointer: &str, object: &Map<String, Value>, key: &str, required: bool) {
        match object.get(key) {
            None if required => {
                self.refuse(
                    pointer,
                    &format!("no {key}"),
                    &format!("{key} as a string"),
                    &format!("add {key}"),
                );
            }
            Some(value) if !value.is_string() => {
                self.refuse(
                    &step(pointer, key),
                    kind(value),
                    "a string",
                    "write the value as a string",
                );
            }
            _ => {}
        }
    }

    fn flag(&mut self, pointer: &str, object: &Map<String, Value>, key: &str) {
        if let Some(value) = object.get(key).filter(|value| !value.is_boolean()) {
            self.refuse(
                &step(pointer, key),
                kind(value),
                "true or false",
                "write a boolean",
            );
        }
    }

    fn each<'a>(
        &mut self,
        pointer: &str,
        object: &'a Map<String, Value>,
        key: &str,
        check: impl Fn(&mut Self, &str, &'a Value),
    ) {
        let Some(value) = object.get(key) else { return };
        let pointer = step(pointer, key);
        if let Some(entries) = self.object(&pointer, value) {
            let extensible = key == "paths" || key == "responses";
            for (name, entry) in entries
                .iter()
                .filter(|(name, _)| !(extensible && name.starts_with("x-")))
            {
                check(self, &step(&pointer, name), entry);
            }
        }
    }

    fn document(&mut self, document: &Value) {
        let Some(root) = self.object("", document) else {
            return;
        };
        self.version(root);
        match root.get("info") {
            None => self.refuse("", "no info", "info with a title and a version", "add info"),
            Some(info) => {
                if let Some(object) = self.object("/info", info) {
                    self.text("/info", object, "title", true);
                    self.text("/info", object, "version", true);
                }
            }
        }
        if let Some(servers) = root.get("servers") {
            self.servers("/servers", servers);
        }
        if let Some(security) = root.get("security") {
            self.security("/security", security);
        }
        match root.get("paths") {
            None => self.refuse("", "no paths", "paths with operations", "add paths"),
            Some(_) => self.each("", root, "paths", Self::path_item),
        }
        if let Some(components) = root.get("components")
            && let Some(object) = self.object("/components", components)
        {
            self.each(
                "/components",
                object,
                "schemas",
                |check, pointer, schema| check.schema(pointer, schema, 0),
            );
            self.each("/components", object, "parameters", Self::parameter);
            self.each("/components", object, "requestBodies", Self::body);
            self.each("/components", object, "responses", Self::response);
            self.each(
                "/components",
                object,
                "securitySchemes",
                Self::security_scheme,
            );
        }
    }

    fn version(&mut self, root: &Map<String, Value>) {
        let version = root.get("openapi").and_then(Value::as_str);
        if version == Some("3.0.3") {
            return;
        }
        if root.contains_key("swagger") {
            self.refuse(
                "/swagger",
                "a Swagger 2.0 document",
                "OpenAPI 3.0",
                "convert it first, for instance with swagger2openapi",
            );
        } else if let Some(version) = version {
            let found = format!("version {}", version.chars().take(16).collect::<String>());
            self.refuse(
                "/openapi",
                &found,
                "3.0.x or 3.1.x",
                "convert the document to OpenAPI 3.0 or 3.1",
            );
        } else {
            self.refuse(
                "",
                "no version",
                "openapi: \"3.0.3\"",
                "add the version that the document is written for",
            );
        }
    }

    fn servers(&mut self, pointer: &str, servers: &Value) {
        for (index, server) in self.array(pointer, servers).iter().enumerate() {
            let pointer = step(pointer, &index.to_string());
            if let Some(object) = self.object(&pointer, server) {
                self.text(&pointer, object, "url", true);
                self.each(&pointer, object, "variables", |check, pointer, variable| {
                    if let Some(variable) = check.object(pointer, variable) {
                        check.text(pointer, variable, "default", true);
                    }
                });
            }
        }
    }

    fn security(&mut self, pointer: &str, security: &Value) {
        for (index, requirement) in self.array(pointer, security).iter().enumerate() {
            self.object(&step(pointer, &index.to_string()), requirement);
        }
    }

    fn security_scheme(&mut self, pointer: &str, scheme: &Value) {
        let Some(object) = self.object(pointer, scheme) else {
            return;
        };
        if object.contains_key("$ref") {
            return self.text(pointer, object, "$ref", true);
        }
        self.text(pointer, object, "type", true);
        if object.get("type").and_then(Value::as_str) == Some("apiKey") {
            self.text(pointer, object, "name", true);
            self.text(pointer, object, "in", true);
        }
    }
}
