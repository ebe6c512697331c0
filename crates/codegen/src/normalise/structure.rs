//! Rule `structure`: what later rules and progenitor rely on is there and has the right type, or the document is
//! refused with every place where it is not.

use serde_json::{Map, Value};

use super::schema::step;
use crate::refusal::{Refusal, kind};

const RULE: &str = "structure";

/// How deep schemas and the document as a whole may nest.
const DEEPEST_SCHEMA: usize = 64;
const DEEPEST_VALUE: usize = 320;

/// The methods that a path item may have.
pub(super) const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

/// Everything about the document's structure that stops it from being read.
pub(super) fn check(document: &Value) -> Vec<Refusal> {
    if let Some(refusal) = too_deep(document) {
        return vec![refusal];
    }
    let mut check = Check {
        refusals: Vec::new(),
    };
    check.document(document);
    check.refusals
}

/// Walks without recursion, since the depth is what is in question.
fn too_deep(document: &Value) -> Option<Refusal> {
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
        if version.is_some_and(|version| version.starts_with("3.0.")) {
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
                "3.0.x",
                "convert the document to OpenAPI 3.0",
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

    fn path_item(&mut self, pointer: &str, item: &Value) {
        let Some(object) = self.object(pointer, item) else {
            return;
        };
        let path = pointer
            .rsplit('/')
            .next()
            .unwrap_or_default()
            .replace("~1", "/")
            .replace("~0", "~");
        self.template(pointer, &path);
        if object.contains_key("$ref") {
            self.text(pointer, object, "$ref", true);
        }
        if let Some(parameters) = object.get("parameters") {
            self.parameters(&step(pointer, "parameters"), parameters);
        }
        for method in METHODS {
            if let Some(operation) = object.get(method) {
                self.operation(&step(pointer, method), operation);
            }
        }
    }

    /// A path starts with a slash, and its braces hold names.
    fn template(&mut self, pointer: &str, path: &str) {
        let mut open = None;
        let mut sound = path.starts_with('/');
        for letter in path.chars() {
            match (letter, open) {
                ('{', None) => open = Some(0_usize),
                ('{' | '/', Some(_)) | ('}', None | Some(0)) => sound = false,
                ('}', Some(_)) => open = None,
                (_, Some(length)) => open = Some(length + 1),
                _ => {}
            }
        }
        if !sound || open.is_some() {
            self.refuse(
                pointer,
                "a path that is no template",
                "a slash first, and names in braces",
                "write it like /contacts/{id}",
            );
        }
    }

    fn parameters(&mut self, pointer: &str, parameters: &Value) {
        for (index, parameter) in self.array(pointer, parameters).iter().enumerate() {
            self.parameter(&step(pointer, &index.to_string()), parameter);
        }
    }

    fn parameter(&mut self, pointer: &str, parameter: &Value) {
        let Some(object) = self.object(pointer, parameter) else {
            return;
        };
        if object.contains_key("$ref") {
            return self.text(pointer, object, "$ref", true);
        }
        self.text(pointer, object, "name", true);
        self.text(pointer, object, "in", true);
        self.text(pointer, object, "description", false);
        self.text(pointer, object, "style", false);
        for key in ["required", "deprecated", "explode"] {
            self.flag(pointer, object, key);
        }
        if let Some(place) = object.get("in").and_then(Value::as_str)
            && !["path", "query", "header", "cookie"].contains(&place)
        {
            self.refuse(
                &step(pointer, "in"),
                "another place",
                "path, query, header or cookie",
                "say where the parameter goes",
            );
        }
        let place = object.get("in").and_then(Value::as_str);
        let name = object.get("name").and_then(Value::as_str);
        if matches!(place, Some("header" | "cookie")) && name.is_some_and(|name| !is_token(name)) {
            self.refuse(
                &step(pointer, "name"),
                "what no header or cookie can be called",
                "letters, digits, hyphens and the like",
                "write the name as it is sent",
            );
        }
        if let Some(schema) = object.get("schema") {
            self.schema(&step(pointer, "schema"), schema, 0);
        }
        self.content(pointer, object);
    }

    fn content(&mut self, pointer: &str, object: &Map<String, Value>) {
        self.each(pointer, object, "content", |check, pointer, media| {
            if let Some(media) = check.object(pointer, media)
                && let Some(schema) = media.get("schema")
            {
                check.schema(&step(pointer, "schema"), schema, 0);
            }
        });
    }

    fn body(&mut self, pointer: &str, body: &Value) {
        let Some(object) = self.object(pointer, body) else {
            return;
        };
        if object.contains_key("$ref") {
            return self.text(pointer, object, "$ref", true);
        }
        self.text(pointer, object, "description", false);
        self.flag(pointer, object, "required");
        self.content(pointer, object);
    }

    fn response(&mut self, pointer: &str, response: &Value) {
        let Some(object) = self.object(pointer, response) else {
            return;
        };
        if object.contains_key("$ref") {
            return self.text(pointer, object, "$ref", true);
        }
        self.text(pointer, object, "description", false);
        self.content(pointer, object);
    }

    fn operation(&mut self, pointer: &str, operation: &Value) {
        let Some(object) = self.object(pointer, operation) else {
            return;
        };
        for key in ["operationId", "summary", "description"] {
            self.text(pointer, object, key, false);
        }
        self.flag(pointer, object, "deprecated");
        if let Some(parameters) = object.get("parameters") {
            self.parameters(&step(pointer, "parameters"), parameters);
        }
        if let Some(body) = object.get("requestBody") {
            self.body(&step(pointer, "requestBody"), body);
        }
        if let Some(security) = object.get("security") {
            self.security(&step(pointer, "security"), security);
        }
        self.each(pointer, object, "responses", |check, pointer, response| {
            let status = pointer.rsplit('/').next().unwrap_or_default();
            if !is_status(status) {
                check.refuse(
                    pointer,
                    "a response under another key",
                    "a status such as 200, 4XX or default",
                    "use the status as the key",
                );
            }
            check.response(pointer, response);
        });
    }

    fn schema(&mut self, pointer: &str, schema: &Value, depth: usize) {
        if depth > DEEPEST_SCHEMA {
            let refusal = Refusal::new(
                "depth",
                pointer,
                format!("schemas nested more than {DEEPEST_SCHEMA} deep"),
                "schemas that nest less",
                "move inner schemas to components/schemas and refer to them",
            );
            self.refusals.push(refusal);
            return;
        }
        let Some(object) = self.object(pointer, schema) else {
            return;
        };
        if object.contains_key("$ref") {
            return self.text(pointer, object, "$ref", true);
        }
        for key in ["type", "format", "description", "title"] {
            self.text(pointer, object, key, false);
        }
        for key in ["nullable", "readOnly", "writeOnly", "deprecated"] {
            self.flag(pointer, object, key);
        }
        if let Some(name) = object.get("type").and_then(Value::as_str)
            && !["string", "integer", "number", "boolean", "object", "array"].contains(&name)
        {
            self.refuse(
                &step(pointer, "type"),
                "another type",
                "string, integer, number, boolean, object or array",
                "use a type of OpenAPI 3.0",
            );
        }
        if let Some(required) = object.get("required") {
            let pointer = step(pointer, "required");
            for (index, name) in self.array(&pointer, required).iter().enumerate() {
                if !name.is_string() {
                    self.refuse(
                        &step(&pointer, &index.to_string()),
                        kind(name),
                        "a property's name",
                        "write a string",
                    );
                }
            }
        }
        if let Some(values) = object.get("enum") {
            self.array(&step(pointer, "enum"), values);
        }
        self.subschemas(pointer, object, depth);
    }

    fn subschemas(&mut self, pointer: &str, object: &Map<String, Value>, depth: usize) {
        if let Some(properties) = object.get("properties") {
            let pointer = step(pointer, "properties");
            if let Some(properties) = self.object(&pointer, properties) {
                for (name, property) in properties {
                    self.schema(&step(&pointer, name), property, depth + 1);
                }
            }
        }
        for key in ["items", "not"] {
            if let Some(inner) = object.get(key) {
                self.schema(&step(pointer, key), inner, depth + 1);
            }
        }
        if let Some(inner) = object
            .get("additionalProperties")
            .filter(|inner| !inner.is_boolean())
        {
            self.schema(&step(pointer, "additionalProperties"), inner, depth + 1);
        }
        for key in ["allOf", "oneOf", "anyOf"] {
            if let Some(members) = object.get(key) {
                let pointer = step(pointer, key);
                for (index, member) in self.array(&pointer, members).iter().enumerate() {
                    self.schema(&step(&pointer, &index.to_string()), member, depth + 1);
                }
            }
        }
    }
}

/// Whether the text is a token of HTTP, of which names of headers and cookies are made.
fn is_token(text: &str) -> bool {
    !text.is_empty()
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte))
}

/// Whether the key of a response is one that OpenAPI knows.
fn is_status(status: &str) -> bool {
    let bytes = status.as_bytes();
    status == "default"
        || (bytes.len() == 3
            && (b'1'..=b'5').contains(&bytes[0])
            && (&bytes[1..] == b"XX" || bytes[1..].iter().all(u8::is_ascii_digit)))
}
