//! One operation as `OpenAPI` writes it.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::Deriver;
use super::schema::insert_text;
use crate::page::{
    Encoding, Field, Media, Operation, Pagination, Parameter, Place, RequestBody, Response,
    SecurityKind, SecurityScheme, Server, Source,
};

impl Deriver<'_> {
    /// The operation object. What belongs to the document as a whole is left out: path, method, security schemes.
    pub(super) fn operation(&mut self, operation: &Operation) -> Map<String, Value> {
        let mut object = Map::new();
        if !operation.tags.is_empty() {
            object.insert("tags".to_owned(), Value::from(operation.tags.clone()));
        }
        insert_text(&mut object, "summary", operation.summary.as_deref());
        insert_text(&mut object, "description", operation.description.as_deref());
        insert_text(
            &mut object,
            "operationId",
            operation.operation_id.as_deref(),
        );
        if operation.deprecated {
            object.insert("deprecated".to_owned(), Value::Bool(true));
        }
        if !operation.servers.is_empty() {
            let servers = operation.servers.iter().map(|server| self.server(server));
            object.insert("servers".to_owned(), servers.collect());
        }
        if !operation.security.is_empty() {
            let any_of = operation
                .security
                .iter()
                .map(|scheme| json!({ scheme.name.as_str(): [] }));
            object.insert("security".to_owned(), any_of.collect());
        }
        let parameters = self.parameters(operation);
        if !parameters.is_empty() {
            object.insert("parameters".to_owned(), Value::Array(parameters));
        }
        if let Some(body) = &operation.request_body {
            object.insert("requestBody".to_owned(), self.request_body(body));
        }
        object.insert("responses".to_owned(), self.responses(operation));
        if let Some(pagination) = &operation.pagination {
            object.insert("x-pagination".to_owned(), pagination_value(pagination));
        }
        if !operation.responses_without_status.is_empty() {
            let shown = operation.responses_without_status.iter().map(|response| {
                json!({
                    "description": response.description,
                    "x-source": self.source(&response.source),
                })
            });
            object.insert("x-responses-without-status".to_owned(), shown.collect());
        }
        self.facts(
            &mut object,
            &operation.source,
            operation.assumed.as_deref(),
            &operation.integrations,
        );
        object
    }

    fn server(&self, server: &Server) -> Value {
        let mut object = Map::new();
        object.insert("url".to_owned(), Value::String(server.url.clone()));
        insert_text(&mut object, "description", server.description.as_deref());
        object.insert("x-source".to_owned(), self.source(&server.source));
        Value::Object(object)
    }

    /// The security scheme object.
    pub(super) fn security_scheme(&self, scheme: &SecurityScheme) -> Value {
        let mut object = Map::new();
        let mut put = |key: &str, text: &str| {
            object.insert(key.to_owned(), Value::String(text.to_owned()));
        };
        match &scheme.kind {
            SecurityKind::Bearer => {
                put("type", "http");
                put("scheme", "bearer");
            }
            SecurityKind::Basic => {
                put("type", "http");
                put("scheme", "basic");
            }
            SecurityKind::ApiKey { place, parameter } => {
                put("type", "apiKey");
                put("name", parameter);
                put("in", place_name(*place));
            }
        }
        insert_text(&mut object, "description", scheme.description.as_deref());
        object.insert("x-source".to_owned(), self.source(&scheme.source));
        Value::Object(object)
    }

    fn parameters(&mut self, operation: &Operation) -> Vec<Value> {
        let placeholders = self.placeholders(operation);
        let mut seen: BTreeMap<(Place, &str), usize> = BTreeMap::new();
        let mut parameters = Vec::new();
        for parameter in &operation.parameters {
            let name = parameter.field.name.as_str();
            let line = parameter.field.source.line;
            if let Some(first) = seen.insert((parameter.place, name), line) {
                self.problem(
                    "parameter-twice",
                    line,
                    format!(
                        "the {} parameter `{name}` stands twice, first on line {first}",
                        place_name(parameter.place)
                    ),
                    "each parameter once",
                    "remove one of the two",
                );
            }
            if parameter.place == Place::Path && !placeholders.contains(&name) {
                self.problem(
                    "path-parameter",
                    line,
                    format!(
                        "the path `{}` has no placeholder for the path parameter `{name}`",
                        operation.path
                    ),
                    format!("`{{{name}}}` in the path"),
                    "correct the path, or the parameter's name or place",
                );
            }
            parameters.push(self.parameter(parameter));
        }
        for name in placeholders {
            if !seen.contains_key(&(Place::Path, name)) {
                parameters.push(json!({
                    "name": name,
                    "in": "path",
                    "required": true,
                    "schema": { "type": "string" },
                    "x-assumed": "the path names it, the page says nothing about it",
                    "x-source": self.source(&operation.source),
                }));
            }
        }
        parameters
    }

    /// The names between the braces of a path.
    fn placeholders<'o>(&mut self, operation: &'o Operation) -> Vec<&'o str> {
        let path = operation.path.as_str();
        let line = operation.source.line;
        if !path.starts_with('/') || path.contains(['?', '#', ' ']) {
            self.problem(
                "path-form",
                line,
                format!("the path `{path}` is no path template"),
                "a path that starts with `/`, without query, fragment or space",
                "correct the path",
            );
        }
        let mut names: Vec<&str> = Vec::new();
        let mut rest = path;
        while let Some(at) = rest.find(['{', '}']) {
            let after = &rest[at + 1..];
            let name = after
                .find(['{', '}', '/'])
                .filter(|end| rest[at..].starts_with('{') && after[*end..].starts_with('}'))
                .map(|end| &after[..end]);
            match name {
                Some(name) if !name.is_empty() && !names.contains(&name) => {
                    names.push(name);
                    rest = &after[name.len() + 1..];
                }
                _ => {
                    self.problem(
                        "path-placeholder",
                        line,
                        format!("the placeholders of the path `{path}` are not well formed"),
                        "`{name}` for each placeholder, each name once",
                        "correct the path",
                    );
                    break;
                }
            }
        }
        names
    }

    fn parameter(&mut self, parameter: &Parameter) -> Value {
        let field = &parameter.field;
        let mut object = Map::new();
        object.insert("name".to_owned(), Value::String(wire_name(parameter)));
        let place = place_name(parameter.place);
        object.insert("in".to_owned(), Value::String(place.to_owned()));
        if let Some((style, explode)) = self.style(parameter) {
            object.insert("style".to_owned(), Value::String(style.to_owned()));
            object.insert("explode".to_owned(), Value::Bool(explode));
        }
        self.describe(&mut object, field, parameter.place == Place::Path);
        Value::Object(object)
    }

    fn header(&mut self, field: &Field) -> Value {
        let mut object = Map::new();
        self.describe(&mut object, field, false);
        Value::Object(object)
    }

    /// What parameters and response headers have in common.
    fn describe(&mut self, object: &mut Map<String, Value>, field: &Field, always: bool) {
        insert_text(object, "description", field.description.as_deref());
        if field.required || always {
            object.insert("required".to_owned(), Value::Bool(true));
        }
        if field.deprecated {
            object.insert("deprecated".to_owned(), Value::Bool(true));
        }
        let schema = self.schema(&field.schema, field.source.line);
        object.insert("schema".to_owned(), Value::Object(schema));
        if let Some(example) = &field.example {
            object.insert("example".to_owned(), example.clone());
        }
        self.facts(
            object,
            &field.source,
            field.assumed.as_deref(),
            &field.integrations,
        );
    }

    /// How a list or an object is written, as `OpenAPI` calls it.
    fn style(&mut self, parameter: &Parameter) -> Option<(&'static str, bool)> {
        let encoding = parameter.encoding?;
        let place = parameter.place;
        match (encoding, place) {
            (Encoding::Repeated | Encoding::Brackets, Place::Query) => Some(("form", true)),
            (Encoding::Comma, Place::Query) => Some(("form", false)),
            (Encoding::DeepObject, Place::Query) => Some(("deepObject", true)),
            (Encoding::Comma, Place::Path | Place::Header) => Some(("simple", false)),
            _ => {
                self.problem(
                    "encoding-place",
                    parameter.field.source.line,
                    format!(
                        "the {} parameter `{}` has an encoding that only a query can have",
                        place_name(place),
                        parameter.field.name
                    ),
                    "`name=a,b` or no encoding",
                    "remove the encoding, or move the parameter to the query",
                );
                None
            }
        }
    }

    fn request_body(&mut self, body: &RequestBody) -> Value {
        let mut object = Map::new();
        insert_text(&mut object, "description", body.description.as_deref());
        if body.required {
            object.insert("required".to_owned(), Value::Bool(true));
        }
        let content = self.content(&body.content, body.source.line);
        object.insert("content".to_owned(), content);
        self.facts(&mut object, &body.source, body.assumed.as_deref(), &[]);
        Value::Object(object)
    }

    fn content(&mut self, content: &[Media], line: usize) -> Value {
        let mut object = Map::new();
        for media in content {
            let mut value = Map::new();
            let schema = self.schema(&media.schema, line);
            value.insert("schema".to_owned(), Value::Object(schema));
            if let Some(example) = &media.example {
                value.insert("example".to_owned(), example.clone());
            }
            let twice = object.insert(media.media_type.clone(), Value::Object(value));
            if twice.is_some() {
                self.problem(
                    "media-type-twice",
                    line,
                    format!("the media type `{}` stands twice", media.media_type),
                    "each media type of a body once",
                    "remove one of the two",
                );
            }
        }
        Value::Object(object)
    }

    fn responses(&mut self, operation: &Operation) -> Value {
        let mut object = Map::new();
        for response in &operation.responses {
            let value = self.response(response);
            if object.insert(response.status.clone(), value).is_some() {
                self.problem(
                    "response-twice",
                    response.source.line,
                    format!("the response {} stands twice", response.status),
                    "each status once",
                    "join the two responses or remove one",
                );
            }
        }
        if object.is_empty() {
            object.insert(
                "default".to_owned(),
                json!({
                    "description": "",
                    "x-assumed": "the page states no response",
                    "x-source": self.source(&operation.source),
                }),
            );
        }
        Value::Object(object)
    }

    fn response(&mut self, response: &Response) -> Value {
        let mut object = Map::new();
        let description = response.description.clone().unwrap_or_default();
        object.insert("description".to_owned(), Value::String(description));
        let mut headers = Map::new();
        for header in &response.headers {
            let value = self.header(header);
            if headers.insert(header.name.clone(), value).is_some() {
                self.problem(
                    "header-twice",
                    header.source.line,
                    format!("the header `{}` stands twice", header.name),
                    "each header of a response once",
                    "remove one of the two",
                );
            }
        }
        if !headers.is_empty() {
            object.insert("headers".to_owned(), Value::Object(headers));
        }
        if !response.content.is_empty() {
            let content = self.content(&response.content, response.source.line);
            object.insert("content".to_owned(), content);
        }
        self.facts(
            &mut object,
            &response.source,
            response.assumed.as_deref(),
            &[],
        );
        Value::Object(object)
    }

    /// `x-source`.
    pub(super) fn source(&self, source: &Source) -> Value {
        let mut object = Map::new();
        object.insert("page".to_owned(), Value::String(self.page.clone()));
        object.insert("line".to_owned(), Value::from(source.line));
        insert_text(&mut object, "origin", source.origin.as_deref());
        Value::Object(object)
    }
}

/// The name as it stands in the query: with the brackets of a list that is written with them.
fn wire_name(parameter: &Parameter) -> String {
    let name = &parameter.field.name;
    if parameter.encoding == Some(Encoding::Brackets) && !name.ends_with("[]") {
        format!("{name}[]")
    } else {
        name.clone()
    }
}

/// `path`, `query`, `header` or `cookie`.
fn place_name(place: Place) -> &'static str {
    match place {
        Place::Path => "path",
        Place::Query => "query",
        Place::Header => "header",
        Place::Cookie => "cookie",
    }
}

fn pagination_value(pagination: &Pagination) -> Value {
    let mut object = Map::new();
    let mut put = |key: &str, text: Option<&str>| insert_text(&mut object, key, text);
    match pagination {
        Pagination::Cursor {
            parameter,
            next,
            items,
            partial,
            limit,
        } => {
            put("type", Some("cursor"));
            put("parameter", Some(parameter));
            put("next", Some(next));
            put("items", Some(items));
            put("partial", partial.as_deref());
            put("limit", limit.as_deref());
        }
        Pagination::Page {
            parameter,
            items,
            total_pages,
            partial,
            limit,
        } => {
            put("type", Some("page"));
            put("parameter", Some(parameter));
            put("items", Some(items));
            put("totalPages", total_pages.as_deref());
            put("partial", partial.as_deref());
            put("limit", limit.as_deref());
        }
    }
    Value::Object(object)
}
