//! The structure of paths, operations, parameters, bodies and answers.

use serde_json::{Map, Value};

use super::{super::schema::step, Check, METHODS};

impl Check {
    pub(super) fn path_item(&mut self, pointer: &str, item: &Value) {
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
        let mut sound = !path.is_empty();
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
                "names in braces",
                "write it like /contacts/{id}",
            );
        }
    }

    fn parameters(&mut self, pointer: &str, parameters: &Value) {
        for (index, parameter) in self.array(pointer, parameters).iter().enumerate() {
            self.parameter(&step(pointer, &index.to_string()), parameter);
        }
    }

    pub(super) fn parameter(&mut self, pointer: &str, parameter: &Value) {
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
        if matches!(place, Some("header" | "cookie"))
            && name.is_some_and(|name| !name.is_empty() && !is_token(name))
        {
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

    pub(super) fn body(&mut self, pointer: &str, body: &Value) {
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

    pub(super) fn response(&mut self, pointer: &str, response: &Value) {
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
            let key = pointer.rsplit('/').next().unwrap_or_default();
            if status(key).is_none() {
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
}

/// Whether the text is a token of HTTP, of which names of headers and cookies are made.
fn is_token(text: &str) -> bool {
    !text.is_empty()
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte))
}

/// The key of a response as OpenAPI writes it: a status, a status of a class such as `4XX`, or `default`.
pub(in super::super) fn status(key: &str) -> Option<String> {
    let upper = key.trim().to_ascii_uppercase();
    let bytes = upper.as_bytes();
    if upper == "DEFAULT" {
        return Some("default".to_owned());
    }
    let is_status = bytes.len() == 3
        && (b'1'..=b'5').contains(&bytes[0])
        && (&bytes[1..] == b"XX" || bytes[1..].iter().all(u8::is_ascii_digit));
    is_status.then_some(upper)
}
