//! One operation of a document.

use super::body::{BodyTerms, body_terms, json_content};
use super::response::{ErrorShape, ListShape, RecordShape};
use super::schema::Schemas;
use super::{Integrations, Parameter, resolved};
use crate::SandboxError;
use crate::answer::Answer;
use serde_json::Value;
use std::collections::BTreeMap;

/// What an operation does with a resource.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    List,
    Get,
    Create,
    Update,
    Delete,
    DeleteMany,
    /// Something that the document's form does not tell: it is checked, and answered with a made-up value.
    Other,
}

impl Role {
    pub(crate) fn is_write(self) -> bool {
        !matches!(self, Self::List | Self::Get)
    }
}

/// Where a credential stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Secret {
    Bearer,
    Basic,
    Header(String),
    Query(String),
    Cookie(String),
}

/// One operation.
#[derive(Debug)]
pub(crate) struct Operation {
    pub id: String,
    pub method: String,
    pub path: String,
    /// Its method and path in one text, by which faults name it.
    pub route: String,
    /// The text of each segment of the path; `None` where it is a parameter.
    pub segments: Vec<Option<String>>,
    /// The names and values of the query that the path template has: some documents tell operations apart by them.
    pub fixed_query: Vec<(String, String)>,
    pub parameters: Vec<Parameter>,
    pub body: Option<BodyTerms>,
    /// Ways to prove who is asking, of which one is enough; each may need several secrets.
    pub security: Vec<Vec<Secret>>,
    /// The integrations that have the operation; all of them, if none is listed.
    pub integrations: Integrations,
    pub success: u16,
    /// The schema of the answer to a request that succeeds.
    pub success_schema: Value,
    /// The headers that such an answer has.
    pub success_headers: Vec<String>,
    pub errors: BTreeMap<u16, ErrorShape>,
    pub role: Role,
    /// The answer where no records are kept.
    pub made_up: Option<Answer>,
    pub resource: Option<usize>,
    pub record: RecordShape,
    pub list: Option<ListShape>,
}

/// Why a request is refused, and with which status: the first of these that an operation documents, or the first.
pub(crate) mod refusal {
    pub(crate) const CREDENTIAL: &[u16] = &[401, 403];
    pub(crate) const QUOTA: &[u16] = &[429];
    pub(crate) const ACCOUNT: &[u16] = &[404, 403, 401];
    pub(crate) const BLOCKED: &[u16] = &[503, 403];
    pub(crate) const READ_ONLY: &[u16] = &[405, 403];
    pub(crate) const PARAMETERS: &[u16] = &[400, 422];
    pub(crate) const BODY: &[u16] = &[422, 400];
    pub(crate) const NOT_FOUND: &[u16] = &[404];
    pub(crate) const VERSION: &[u16] = &[409, 412];
    pub(crate) const FAULT: &[u16] = &[503, 500];
    pub(crate) const DATA: &[u16] = &[500];
}

impl Operation {
    /// The errors that the sandbox may answer with and the document does not have.
    pub(crate) fn assumed_errors(&self) -> impl Iterator<Item = (u16, &'static str)> {
        let kinds = [
            (
                refusal::CREDENTIAL,
                "The credential is missing or not known.",
            ),
            (
                refusal::PARAMETERS,
                "The path, the query or a header is not as documented.",
            ),
            (refusal::BODY, "The body is not as documented."),
            (refusal::NOT_FOUND, "There is no such record."),
            (refusal::QUOTA, "Too many requests."),
        ];
        let is_documented = |status: &u16| self.errors.contains_key(status);
        kinds
            .into_iter()
            .filter_map(move |(statuses, description)| {
                let status = statuses
                    .first()
                    .filter(|_| !statuses.iter().any(is_documented))?;
                Some((*status, description))
            })
    }
}

pub(super) fn all(
    name: &str,
    document: &Value,
    schemas: &Schemas<'_>,
) -> Result<Vec<Operation>, SandboxError> {
    const METHODS: [&str; 7] = ["get", "put", "post", "delete", "options", "head", "patch"];
    let mut operations = Vec::new();
    for (path, item) in document["paths"].as_object().into_iter().flatten() {
        let item = resolved(document, item);
        for method in METHODS {
            let operation = &item[method];
            if operation.is_null() {
                continue;
            }
            let read = read(
                document,
                schemas,
                path,
                method,
                &item["parameters"],
                operation,
            );
            let read = read.map_err(|problem| {
                SandboxError::document(
                    name,
                    format!("{} {path}: {problem}", method.to_ascii_uppercase()),
                )
            });
            operations.push(read?);
        }
    }
    Ok(operations)
}

fn read(
    document: &Value,
    schemas: &Schemas<'_>,
    path: &str,
    method: &str,
    shared: &Value,
    operation: &Value,
) -> Result<Operation, String> {
    let segments: Vec<Option<String>> = template_of(path)
        .trim_matches('/')
        .split('/')
        .map(|segment| (!segment.contains('{')).then(|| segment.to_owned()))
        .collect();
    let listed = [shared, &operation["parameters"]];
    let listed = listed.into_iter().filter_map(Value::as_array).flatten();
    let mut parameters: Vec<Parameter> = Vec::new();
    for value in listed {
        let parameter = Parameter::read(document, schemas, value)?;
        // An operation's own parameter stands in place of one that the path has.
        parameters.retain(|known| known.name != parameter.name || known.place != parameter.place);
        parameters.push(parameter);
    }
    let responses = operation["responses"]
        .as_object()
        .cloned()
        .unwrap_or_default();
    let mut success = 200;
    let mut success_schema = Value::Null;
    let mut success_headers = Vec::new();
    let mut errors = BTreeMap::new();
    let mut found_success = false;
    for (status, response) in &responses {
        let response = resolved(document, response);
        let schema = json_content(response).cloned().unwrap_or_default();
        match status.parse::<u16>() {
            Ok(status) if (200..300).contains(&status) && !found_success => {
                found_success = true;
                success = status;
                success_schema = schema;
                let headers = response["headers"].as_object().into_iter().flatten();
                success_headers = headers.map(|(name, _)| name.to_ascii_lowercase()).collect();
            }
            Ok(status) if status >= 400 => {
                errors.insert(status, ErrorShape::read(document, response, &schema));
            }
            _ => {}
        }
    }
    Ok(Operation {
        id: operation["operationId"]
            .as_str()
            .map_or_else(|| format!("{method} {path}"), str::to_owned),
        method: method.to_ascii_uppercase(),
        path: path.to_owned(),
        route: format!("{} {path}", method.to_ascii_uppercase()),
        segments,
        fixed_query: fixed_query(path),
        parameters,
        body: body_terms(document, schemas, &operation["requestBody"])?,
        security: security(document, operation),
        integrations: Integrations::read(&operation["x-integrations"]),
        success,
        success_schema,
        success_headers,
        errors,
        role: Role::Other,
        made_up: None,
        resource: None,
        record: RecordShape::default(),
        list: None,
    })
}

/// A path template without the query or fragment by which some documents tell operations of one path apart.
pub(crate) fn template_of(path: &str) -> &str {
    path.split(['?', '#']).next().unwrap_or_default()
}

fn fixed_query(path: &str) -> Vec<(String, String)> {
    let query = path.split('#').next().and_then(|path| path.split_once('?'));
    let pairs = query
        .map(|(_, query)| query.split('&'))
        .into_iter()
        .flatten();
    pairs
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
        .filter(|(_, value)| !value.contains('{'))
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect()
}

fn security(document: &Value, operation: &Value) -> Vec<Vec<Secret>> {
    let own = &operation["security"];
    let terms = if own.is_array() {
        own
    } else {
        &document["security"]
    };
    let schemes = &document["components"]["securitySchemes"];
    let alternatives = terms.as_array().into_iter().flatten();
    alternatives
        .map(|needed| {
            let names = needed.as_object().into_iter().flatten();
            names
                .filter_map(|(name, _)| secret(resolved(document, &schemes[name])))
                .collect()
        })
        .collect()
}

fn secret(scheme: &Value) -> Option<Secret> {
    let name = scheme["name"].as_str().unwrap_or_default().to_owned();
    match (
        scheme["type"].as_str()?,
        scheme["scheme"].as_str(),
        scheme["in"].as_str(),
    ) {
        ("http", Some("basic"), _) => Some(Secret::Basic),
        ("http" | "oauth2" | "openIdConnect", _, _) => Some(Secret::Bearer),
        ("apiKey", _, Some("header")) => Some(Secret::Header(name.to_ascii_lowercase())),
        ("apiKey", _, Some("query")) => Some(Secret::Query(name)),
        ("apiKey", _, Some("cookie")) => Some(Secret::Cookie(name)),
        _ => None,
    }
}
