//! Pages and documents of any size to measure with, from a made-up API.

use std::fmt::Write as _;

use docspec::layout::Layout;
use serde_json::{Map, Value, json};

/// A form of page: each layout, and both languages of the one that embeds a description.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// A layout whose text lists the fields.
    Text(Layout),
    /// Markdown around a description in YAML, as Mintlify publishes it.
    EmbeddedYaml,
    /// Markdown around a description in JSON, as `ReadMe` publishes it.
    EmbeddedJson,
}

impl Form {
    /// Every form.
    pub const ALL: [Self; 7] = [
        Self::Text(Layout::Markdown),
        Self::Text(Layout::TrutoCurrent),
        Self::Text(Layout::TrutoOlder),
        Self::Text(Layout::Theneo),
        Self::Text(Layout::Fumadocs),
        Self::EmbeddedYaml,
        Self::EmbeddedJson,
    ];

    /// The layout that a page in this form is recognised as.
    #[must_use]
    pub fn layout(self) -> Layout {
        match self {
            Self::Text(layout) => layout,
            Self::EmbeddedYaml | Self::EmbeddedJson => Layout::MarkdownEmbedded,
        }
    }

    /// What the form is called in results.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Text(layout) => layout.name(),
            Self::EmbeddedYaml => "embedded-yaml",
            Self::EmbeddedJson => "embedded-json",
        }
    }
}

/// A page in this form with about `lines` lines.
#[must_use]
pub fn page(form: Form, lines: usize) -> String {
    match form {
        Form::Text(layout) => listing(layout, lines),
        Form::EmbeddedYaml => embedded_yaml(lines),
        Form::EmbeddedJson => embedded_json(lines),
    }
}

fn embedded_yaml(lines: usize) -> String {
    let mut page = "# Update a thing\n\n````yaml openapi.yaml PATCH /things/{id}\nopenapi: 3.0.3\ninfo:\n  title: Things\n  version: \"1\"\npaths:\n  /things/{id}:\n    patch:\n      parameters:\n        - name: id\n          in: path\n          required: true\n          schema:\n            type: string\n      requestBody:\n        required: true\n        content:\n          application/json:\n            schema:\n              $ref: '#/components/schemas/Thing'\n      responses:\n        '200':\n          description: The thing.\ncomponents:\n  schemas:\n    Thing:\n      type: object\n      properties:\n".to_owned();
    for n in 0..lines / 4 {
        let _ = write!(
            page,
            "        field_{n}:\n          type: string\n          nullable: true\n          description: What field {n} is.\n"
        );
    }
    page.push_str("````\n");
    page
}

fn embedded_json(lines: usize) -> String {
    let properties: Map<String, Value> = (0..lines / 5)
        .map(|n| {
            let schema = json!({ "type": "string", "nullable": true, "description": format!("What field {n} is.") });
            (format!("field_{n}"), schema)
        })
        .collect();
    let description = json!({
        "openapi": "3.0.3",
        "info": { "title": "Things", "version": "1" },
        "paths": { "/things/{id}": { "patch": {
            "parameters": [{ "name": "id", "in": "path", "required": true, "schema": { "type": "string" } }],
            "requestBody": { "content": { "application/json": { "schema": { "type": "object", "properties": properties } } } },
        } } },
    });
    format!("# Update a thing\n\n# OpenAPI definition\n\n```json\n{description:#}\n```\n")
}

fn listing(layout: Layout, lines: usize) -> String {
    let field: fn(usize) -> String = match layout {
        Layout::Markdown => |n| {
            format!(
                "- **`field_{n}`** _(string, nullable)_\n  What field {n} is.\n  Required by: Alpha, Beta\n  Supported by: Gamma\n"
            )
        },
        Layout::TrutoCurrent => |n| {
            format!(
                "field_{n}string\n\nWhat field {n} is.\n\n3 supported2 required\nAlpha\nrequired\nBeta\nrequired\nGamma\nsupported\n"
            )
        },
        Layout::TrutoOlder => |n| {
            format!(
                "field_{n}\nstring\n\nWhat field {n} is.\n\nRequired in\n  • Alpha\n  • Beta\nSupported in\n  • Gamma\n"
            )
        },
        Layout::Theneo => |n| format!("field_{n}string\nNullable:\nTrue\n\nWhat field {n} is.\n\n"),
        Layout::Fumadocs => |n| format!("field_{n}?string|null\n\nWhat field {n} is.\n\n"),
        Layout::MarkdownEmbedded => return embedded_yaml(lines),
    };
    let (before, after) = frame(layout);
    let lines_of_a_field = field(0).lines().count();
    let mut page = before.to_owned();
    for n in 0..lines / lines_of_a_field {
        page.push_str(&field(n));
    }
    page.push_str(after);
    page
}

fn frame(layout: Layout) -> (&'static str, &'static str) {
    match layout {
        Layout::Markdown => (
            "# Update a thing\n\n> Source: https://docs.example.com/things/update\n\n`PATCH /things/{id}`\n\n## Path parameters\n\n- **`id`** _(string, required)_\n  Which thing.\n\n## Request body\n\n`application/json`, required\n\n",
            "\n## Response `200`\n\n`application/json`\n\nThe thing.\n\n### Body\n\n- **`id`** _(string, required)_\n  Which thing.\n",
        ),
        Layout::TrutoCurrent => (
            "Skip to content\nPATCH /things/{id}\n\nPath Parameters\n\nidstring\nrequired·\n\nWhich thing.\n\nQuery Parameters\n\nShow Truto-specific parameters\naccountstring · uuid\nrequired·\n\nWhich account.\n\nRequest Body\n\n",
            "\nResponse Body\n\nidstring\nrequired·\n\nWhich thing.\n\n1 supported\nAlpha\nsupported\n",
        ),
        Layout::TrutoOlder => (
            "Skip to content\n\nUpdate Things\n\nEndpoint\n\nhttp\nPATCH /things/{id}\nIntegrations supported\n  • Alpha\n  • Beta\n  • Gamma\n\nPath parameters\n\nid\nstring\nREQUIRED ·\n\nWhich thing.\n\nRequest Body\n\n",
            "\nResponse Body\n\nid\nstring\nREQUIRED ·\n\nWhich thing.\n\nSupported in\n  • Alpha\n",
        ),
        Layout::Theneo => (
            "Updates a thing\n\nHeader Parameters\n\nX-Keystring\n\nPath Parameters\n\nidstring Required\n\nWhich thing.\n\nBody Parameters\n\n",
            "Response\n\n200\nObject\nthing updated\n\nResponse Attributes\n\nidstring\n401\nObject\nunauthorized\nWas this section helpful?\n\nPUT\n\n/\n\nResponse\n\nWas this section helpful?\n",
        ),
        Layout::Fumadocs => (
            "API ReferenceThings\n\nUpdate a thing\n\nPUT\n/things/{thingId}\n\nAuthorization\n\nbearerAuth\nAuthorizationBearer <token>\n\nIn: header\n\nPath Parameters\n\nthingId*string\n\nRequest Body\n\napplication/json\n\n",
            "Response Body\n\napplication/json\n\ncurl -X PUT \"https://api.example.com/v1/things/string\" \\  -H \"Content-Type: application/json\" \\  -d '{    \"field_0\": \"x\"  }'\n{\n  \"data\": {\n    \"id\": \"thing_1\"\n  }\n}\nEmpty\n",
        ),
        Layout::MarkdownEmbedded => ("", ""),
    }
}

/// An OpenAPI document with this many operations, five for each resource: list, create, get, update and delete share
/// the resource's schema, and all share the error's.
#[must_use]
pub fn document_of_resources(operations: usize) -> Value {
    let mut paths = Map::new();
    let mut schemas = Map::new();
    schemas.insert(
        "Problem".to_owned(),
        json!({ "type": "object", "properties": { "message": { "type": "string" } } }),
    );
    for n in 0..operations.div_ceil(5) {
        schemas.insert(format!("Thing{n}"), thing(n));
        let schema = reference(&format!("Thing{n}"));
        let body =
            json!({ "required": true, "content": { "application/json": { "schema": schema } } });
        let answers = |schema: Value| {
            json!({
                "200": { "description": "Done.", "content": { "application/json": { "schema": schema } } },
                "404": { "description": "No such thing.", "content": { "application/json": { "schema": reference("Problem") } } },
            })
        };
        let operation = |action: &str, parameters: Value, answer: Value| {
            json!({
                "operationId": format!("thing_{n}_{action}"),
                "summary": "Does one thing.",
                "parameters": parameters,
                "responses": answers(answer),
            })
        };
        let page = json!({ "type": "object", "properties": { "result": { "type": "array", "items": schema } } });
        let mut create = operation("create", json!([]), schema.clone());
        create["requestBody"] = body.clone();
        let mut update = operation("update", json!([id()]), schema.clone());
        update["requestBody"] = body;
        paths.insert(
            format!("/things-{n}"),
            json!({ "get": operation("list", json!([fields()]), page), "post": create }),
        );
        paths.insert(
            format!("/things-{n}/{{id}}"),
            json!({
                "get": operation("get", json!([id(), fields()]), schema.clone()),
                "patch": update,
                "delete": operation("delete", json!([id()]), schema),
            }),
        );
    }
    openapi(&paths, &schemas)
}

/// An OpenAPI document with this many operations that share nothing: each has a schema of its own with eight fields,
/// some of which are enums and objects, and an error of its own.
#[must_use]
pub fn document_without_sharing(operations: usize) -> Value {
    let mut paths = Map::new();
    let mut schemas = Map::new();
    for n in 0..operations {
        let name = format!("Thing{n}");
        let schema = reference(&name);
        schemas.insert(name, thing(n));
        paths.insert(
            format!("/things-{n}/{{id}}"),
            json!({ "patch": {
                "operationId": format!("thing_{n}_update"),
                "summary": "Updates a thing.",
                "parameters": [id(), fields()],
                "requestBody": { "required": true, "content": { "application/json": { "schema": schema } } },
                "responses": {
                    "200": { "description": "The thing.", "content": { "application/json": { "schema": schema } } },
                    "404": { "description": "No such thing.", "content": { "application/json": { "schema": {
                        "type": "object", "properties": { "message": { "type": "string" } } } } } },
                },
            } }),
        );
    }
    openapi(&paths, &schemas)
}

/// The text of an OpenAPI document of about this many bytes, as the largest that vendors publish are: 2,000 operations
/// on 400 resources, and the rest of it examples.
#[must_use]
pub fn document_of_bytes(bytes: usize) -> String {
    const OPERATIONS: usize = 2_000;
    let mut document = document_of_resources(OPERATIONS);
    let room = bytes.saturating_sub(document.to_string().len()) / OPERATIONS;
    let one = json!({ "id": "thing-0001", "name": "A thing that is an example", "tags": ["one", "two"], "size": 17 });
    let examples = vec![one.clone(); room / (one.to_string().len() + 1)];
    let paths = document
        .get_mut("paths")
        .and_then(Value::as_object_mut)
        .into_iter()
        .flat_map(Map::values_mut);
    let operations = paths
        .filter_map(Value::as_object_mut)
        .flat_map(Map::values_mut);
    for operation in operations {
        if let Some(media) = operation.pointer_mut("/responses/200/content/application~1json") {
            media["example"] = Value::Array(examples.clone());
        }
    }
    document.to_string()
}

fn openapi(paths: &Map<String, Value>, schemas: &Map<String, Value>) -> Value {
    json!({
        "openapi": "3.0.3",
        "info": { "title": "Things", "version": "1" },
        "servers": [{ "url": "https://api.example.com" }],
        "paths": paths,
        "components": { "schemas": schemas },
    })
}

fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{name}") })
}

fn id() -> Value {
    json!({ "name": "id", "in": "path", "required": true, "schema": { "type": "string" } })
}

fn fields() -> Value {
    json!({ "name": "fields[]", "in": "query", "style": "form", "explode": true,
            "schema": { "type": "array", "items": { "type": "string" } } })
}

fn thing(n: usize) -> Value {
    let mut properties = Map::new();
    for field in 0..8 {
        let schema = match (n + field) % 5 {
            0 => json!({ "type": "string", "nullable": true, "description": "A text." }),
            1 => json!({ "type": "integer" }),
            2 => json!({ "type": "string", "enum": ["one", "two", "three"] }),
            3 => json!({ "type": "array", "items": { "type": "string" } }),
            _ => json!({ "type": "object", "properties": { "id": { "type": "string" } } }),
        };
        properties.insert(format!("field_{field}"), schema);
    }
    json!({ "type": "object", "properties": properties })
}
