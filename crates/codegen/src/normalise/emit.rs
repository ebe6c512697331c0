//! The document that progenitor reads and the plan, made of a draft whose schemas have their final form.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::{
    documentation,
    draft::{Content, Draft, Operation, Response},
    identifier::{Names, pascal},
    parameters,
    printed_schema::schema,
    schema::{is_true, keywords, reference, rust_path},
    tags::Tags,
};
use crate::{
    plan::{self, IntegrationFact, Payload, Plan, SecurityScheme, Type},
    report::Report,
};

/// What emitting needs beside the draft.
pub(super) struct Parts<'a> {
    pub(super) source: &'a Value,
    pub(super) tags: Tags,
    pub(super) types: BTreeMap<String, Type>,
    pub(super) names: Names,
    pub(super) facts: Vec<Vec<IntegrationFact>>,
    pub(super) schemes: BTreeMap<String, SecurityScheme>,
    pub(super) security: Vec<Vec<Vec<String>>>,
}

/// The document and the plan.
pub(super) fn document(draft: &Draft, mut parts: Parts<'_>, report: &mut Report) -> (Value, Plan) {
    let text = |pointer: &str| {
        parts
            .source
            .pointer(pointer)
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned()
    };
    let (title, version) = (text("/info/title"), text("/info/version"));
    let (default_server, servers) = servers(parts.source);
    let mut paths = Map::new();
    let mut operations = Vec::new();
    let facts = std::mem::take(&mut parts.facts)
        .into_iter()
        .chain(std::iter::repeat(Vec::new()));
    let security = std::mem::take(&mut parts.security)
        .into_iter()
        .chain(std::iter::repeat(Vec::new()));
    let tags = std::mem::take(&mut parts.tags.of_operations);
    let rows = draft.operations.iter().zip(facts).zip(security).zip(tags);
    for (((operation, facts), security), features) in rows {
        let (mut plan, printed) =
            self::operation(operation, draft, &mut parts.names, facts, security, report);
        plan.features = features;
        let mut path = path(operation);
        let taken = |paths: &Map<String, Value>, path: &str| {
            let item = paths.get(path);
            item.is_some_and(|item| item.get(&operation.method).is_some())
        };
        if taken(&paths, &path) {
            report.note(
                "paths",
                &operation.pointer,
                "another operation has this method and path, but for names in braces",
            );
        }
        // What is printed never sends: a path only has to hold the parameters and to be the only one.
        while taken(&paths, &path) {
            path.insert_str(0, "/another");
        }
        let item = paths.entry(path).or_insert_with(|| json!({}));
        keywords(item).insert(operation.method.clone(), printed);
        operations.push(plan);
    }
    let schemas: Map<String, Value> = draft
        .schemas
        .iter()
        .map(|(name, component)| (name.clone(), schema(component, false)))
        .collect();
    // progenitor puts the version into a header, where only visible ASCII can stand.
    let printable = |letter: char| letter.is_ascii_graphic() || letter == ' ';
    let ascii: String = version
        .chars()
        .filter(|letter| printable(*letter))
        .collect();
    if ascii != version {
        report.note(
            "info-version",
            "/info/version",
            "letters outside of ASCII are left out",
        );
    }
    let document = json!({
        "openapi": "3.0.3",
        "info": { "title": documentation::sanitised(&title), "version": ascii },
        "paths": paths,
        "components": { "schemas": schemas },
    });
    let plan = Plan {
        title,
        version,
        default_server,
        servers,
        operations,
        types: parts
            .types
            .into_iter()
            .filter(|(name, _)| draft.schemas.contains_key(name))
            .collect(),
        features: parts.tags.features,
        security_schemes: parts.schemes,
        retry: parts.source.get("x-retry").cloned(),
        quotas: parts.source.get("x-quotas").cloned(),
    };
    (document, plan)
}

/// The server for callers that name none, and every server.
fn servers(source: &Value) -> (Option<String>, Vec<String>) {
    let mut all = Vec::new();
    let mut default = None;
    for server in source
        .get("servers")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
    {
        let Some(url) = server.get("url").and_then(Value::as_str) else {
            continue;
        };
        let mut url = url.to_owned();
        for (name, variable) in server
            .get("variables")
            .and_then(Value::as_object)
            .into_iter()
            .flatten()
        {
            if let Some(value) = variable.get("default").and_then(Value::as_str) {
                url = url.replace(&format!("{{{name}}}"), value);
            }
        }
        let usable = url.contains("://")
            && !url.contains('{')
            && server.get("x-default") != Some(&Value::Bool(false));
        if usable && default.is_none() {
            default = Some(url.clone());
        }
        all.push(url);
    }
    (default, all)
}

/// The path template with the Rust names of its parameters.
fn path(operation: &Operation) -> String {
    let mut path = operation.path.clone();
    for parameter in operation
        .parameters
        .iter()
        .filter(|parameter| parameter.place == plan::Place::Path)
    {
        path = path.replace(
            &format!("{{{}}}", parameter.name),
            &format!("{{{}}}", parameter.ident),
        );
    }
    path
}

/// The path template with what a style puts before a value: `.{id}` for `label`, `;id={id}` or `;{id}` for `matrix`.
/// A fragment, by which some documents tell operations of one path apart, is not sent.
fn styled_path(operation: &Operation, parameters: &[plan::Parameter]) -> String {
    let path = operation.path.split('#').next();
    let mut path = path.unwrap_or_default().to_owned();
    let both = operation.parameters.iter().zip(parameters);
    for (parameter, planned) in both.filter(|(_, planned)| planned.place == plan::Place::Path) {
        let name = &parameter.name;
        let before = match parameter.source.get("style").and_then(Value::as_str) {
            Some("label") => ".".to_owned(),
            // Each value has its name then.
            Some("matrix") if planned.encoding == plan::Encoding::Semicolon => ";".to_owned(),
            Some("matrix") => format!(";{name}="),
            _ => continue,
        };
        path = path.replace(&format!("{{{name}}}"), &format!("{before}{{{name}}}"));
    }
    path
}

fn operation(
    operation: &Operation,
    draft: &Draft,
    names: &mut Names,
    integrations: Vec<IntegrationFact>,
    security: Vec<Vec<String>>,
    report: &mut Report,
) -> (plan::Operation, Value) {
    let owner = pascal(&operation.id);
    let doc = documentation::of(&operation.source, &Value::Null);
    let (parameters, printed_parameters) = parameters::of(operation, draft, report);
    let mut responses: Vec<_> = operation.responses.iter().map(response).collect();
    responses.sort_by_key(|response| {
        (
            response.is_default,
            response.to - response.from,
            response.from,
        )
    });
    let mut printed = Map::new();
    printed.insert("operationId".to_owned(), json!(operation.id));
    if !doc.is_empty() {
        printed.insert("description".to_owned(), json!(doc));
    }
    printed.insert("parameters".to_owned(), json!(printed_parameters));
    if let Some(body) = &operation.body {
        let content = match &body.schema {
            Some(body) => json!({ "application/json": { "schema": schema(body, true) } }),
            None => {
                json!({ "application/octet-stream": { "schema": { "type": "string", "format": "binary" } } })
            }
        };
        printed.insert(
            "requestBody".to_owned(),
            json!({ "required": true, "content": content }),
        );
    }
    printed.insert(
        "responses".to_owned(),
        printed_responses(operation, &responses, report),
    );
    let plan = plan::Operation {
        id: operation.id.clone(),
        source_id: operation
            .source
            .get("operationId")
            .and_then(Value::as_str)
            .map(str::to_owned),
        pointer: operation.pointer.clone(),
        method: operation.method.to_uppercase(),
        path: styled_path(operation, &parameters),
        doc,
        deprecated: is_true(&operation.source, "deprecated"),
        error_type: names.take(&format!("{owner}Error")),
        success_type: names.take(&format!("{owner}Response")),
        parameters,
        body: operation.body.as_ref().map(|body| plan::Body {
            media_type: body.media_type.clone(),
            required: body.required,
            schema: body.schema.as_ref().map(type_name),
            text: body.text,
            brackets: body.brackets,
        }),
        responses,
        security,
        pagination: operation.source.get("x-pagination").cloned(),
        integrations,
        features: Vec::new(),
    };
    (plan, Value::Object(printed))
}

/// The component's name, or the path of a type of the runtime, with the component that it is of.
fn type_name(schema: &Value) -> String {
    if let Some(name) = reference(schema) {
        return name;
    }
    let path = rust_path(schema).unwrap_or("client_runtime::Json");
    match schema
        .pointer("/x-rust-type/parameters/0")
        .and_then(reference)
    {
        Some(of) => format!("::{path}<{of}>"),
        None => format!("::{path}"),
    }
}

fn response(response: &Response) -> plan::Response {
    let status = response.status.as_str();
    let (from, to) = match (
        status.parse::<u16>(),
        status
            .strip_suffix("XX")
            .and_then(|digit| digit.parse::<u16>().ok()),
    ) {
        (Ok(code), _) => (code, code),
        (_, Some(digit)) => (digit * 100, digit * 100 + 99),
        _ => (100, 599),
    };
    plan::Response {
        from,
        to,
        is_default: status == "default",
        description: documentation::sanitised(&response.description),
        payload: match &response.content {
            Content::Empty => Payload::Empty,
            Content::Json(schema) => Payload::Json {
                schema: type_name(schema),
            },
            Content::Text => Payload::Text,
            Content::Bytes => Payload::Bytes,
        },
    }
}

/// One success for progenitor, and errors as bytes; the plan has what the document says.
fn printed_responses(
    operation: &Operation,
    responses: &[plan::Response],
    report: &mut Report,
) -> Value {
    let bytes = json!({ "application/octet-stream": { "schema": { "type": "string", "format": "binary" } } });
    let successes: Vec<_> = responses
        .iter()
        .filter(|response| !response.is_default && (200..300).contains(&response.from))
        .collect();
    let mut success = json!({ "description": "Success." });
    let single = successes
        .split_first()
        .filter(|(first, rest)| rest.iter().all(|other| other.payload == first.payload));
    match single.map(|(first, _)| &first.payload) {
        Some(Payload::Empty) => {}
        Some(Payload::Json { .. }) => {
            let payload = operation
                .responses
                .iter()
                .find_map(|response| match &response.content {
                    Content::Json(payload) if response.status.starts_with('2') => Some(payload),
                    _ => None,
                });
            if let Some(payload) = payload {
                success["content"] =
                    json!({ "application/json": { "schema": schema(payload, true) } });
            }
        }
        _ => {
            if successes.len() > 1 {
                report.note(
                    "responses",
                    &operation.pointer,
                    "several kinds of success become one enum",
                );
            }
            success["content"] = bytes.clone();
        }
    }
    let error = json!({ "description": "Error.", "content": bytes });
    json!({ "2XX": success, "4XX": error, "5XX": error })
}
