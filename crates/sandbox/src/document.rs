//! A document as the server uses it: its operations with validators, and the resources that they are about.

mod body;
mod integrations;
mod made_up;
mod media_type;
mod operation;
mod parameter;
mod resource;
mod response;
pub(crate) mod schema;

pub(crate) use body::BodyTerms;
pub(crate) use integrations::Integrations;
pub(crate) use media_type::{is_form, is_json};
pub(crate) use operation::{Operation, Role, Secret, refusal, template_of};
pub(crate) use parameter::{Parameter, Place, Style, typed_text};
pub(crate) use resource::Resource;
pub(crate) use response::{ErrorShape, ListShape, PageFacts, Paging};

use crate::{
    SandboxError,
    check::{Query, decoded},
};
use schema::Schemas;
use serde_json::{Map, Value};
use std::collections::{BTreeSet, HashMap, HashSet};

/// An API that the server plays.
#[derive(Debug)]
pub(crate) struct Document {
    /// The name under which its routes lie.
    pub name: String,
    /// The path before its routes: its name, and the path of the document's first server.
    pub base: String,
    /// What the server gives as `openapi.json`.
    pub json: Value,
    pub operations: Vec<Operation>,
    pub resources: Vec<Resource>,
    pub quotas: Vec<QuotaTerms>,
    /// The header by which a write that is sent again is known.
    pub idempotency_header: Option<String>,
    /// The parameter that names the connected account.
    pub account_parameter: Option<String>,
    /// The integrations that the document names.
    pub integrations: BTreeSet<String>,
    /// The names of the properties for which the document lists texts.
    pub enum_names: HashSet<String>,
    routes: Routes,
}

/// How a document is read.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Terms {
    /// Requests are held to listed values also where the document says that its API does not.
    pub is_strict: bool,
    /// No records are kept: every answer is made up.
    pub is_made_up: bool,
}

/// How many requests the document allows.
#[derive(Debug, Clone)]
pub(crate) struct QuotaTerms {
    pub is_of_account: bool,
    pub requests: usize,
    pub seconds: u64,
}

/// Paths by their number of segments, then by what stands in each.
#[derive(Debug, Default)]
struct Routes(HashMap<usize, Vec<Route>>);

#[derive(Debug)]
struct Route {
    /// The text of each segment; `None` where it is a parameter.
    segments: Vec<Option<String>>,
    /// Operations by method: those that ask for more of the query come first.
    methods: HashMap<String, Vec<usize>>,
}

/// What a path leads to.
pub(crate) enum Found<'a> {
    /// More than one where the document tells operations apart by what is not sent, such as a fragment.
    Operations(Vec<&'a Operation>),
    /// The path is known, the method is not; these are.
    OtherMethods(Vec<&'a str>),
    Nothing,
}

impl Document {
    /// Reads an OpenAPI document.
    ///
    pub(crate) fn read(name: &str, text: &str, terms: Terms) -> Result<Self, SandboxError> {
        let json = parsed(text).map_err(|problem| SandboxError::document(name, problem))?;
        let version = json["openapi"].as_str().unwrap_or_default();
        if !version.starts_with("3.") {
            return Err(SandboxError::document(
                name,
                "/openapi: OpenAPI 3 is needed, such as `\"openapi\": \"3.0.3\"`",
            ));
        }
        let is_open = json["x-unvalidated"] == true && !terms.is_strict;
        let schemas = Schemas::new(&json, is_open)
            .map_err(|problem| SandboxError::document(name, problem))?;
        let mut operations = operation::all(name, &json, &schemas)?;
        if operations.is_empty() {
            return Err(SandboxError::document(
                name,
                "/paths: no operation, the server would have nothing to answer",
            ));
        }
        let resources = if terms.is_made_up {
            made_up::answers(&json, &schemas, &mut operations);
            Vec::new()
        } else {
            resource::assign(&json, &schemas, &mut operations)
                .map_err(|problem| SandboxError::document(name, problem))?
        };
        let routes = Routes::new(&operations);
        let retry = &json["x-retry"];
        Ok(Self {
            name: name.to_owned(),
            base: format!("/{name}{}", server_path(&json)),
            operations,
            resources,
            quotas: quotas(&json),
            idempotency_header: retry["idempotency-header"]
                .as_str()
                .map(str::to_ascii_lowercase),
            account_parameter: account_parameter(&json),
            integrations: integrations(&json),
            enum_names: enum_names(&json),
            routes,
            json,
        })
    }

    /// What lies at a path below the base, segment by segment and decoded.
    pub(crate) fn find(&self, method: &str, segments: &[String], query: &Query) -> Found<'_> {
        let Some(route) = self.routes.find(segments) else {
            return Found::Nothing;
        };
        match route.methods.get(method) {
            Some(indices) => {
                let operations = indices.iter().map(|index| &self.operations[*index]);
                let fits = |operation: &&Operation| {
                    let mut fixed = operation.fixed_query.iter();
                    fixed.all(|(name, value)| query.get(name) == Some(value))
                };
                let mut fitting: Vec<&Operation> = operations.filter(fits).collect();
                let Some(most) = fitting.first().map(|first| first.fixed_query.len()) else {
                    return Found::Nothing;
                };
                fitting.retain(|operation| operation.fixed_query.len() == most);
                Found::Operations(fitting)
            }
            None => Found::OtherMethods(route.methods.keys().map(String::as_str).collect()),
        }
    }

    pub(crate) fn resource_of(&self, operation: &Operation) -> Option<&Resource> {
        operation.resource.map(|index| &self.resources[index])
    }
}

impl Routes {
    fn new(operations: &[Operation]) -> Self {
        let mut routes = Self::default();
        for (index, operation) in operations.iter().enumerate() {
            let segments = &operation.segments;
            let of_length = routes.0.entry(segments.len()).or_default();
            let known = of_length
                .iter()
                .position(|route| route.segments == *segments);
            let at = known.unwrap_or_else(|| {
                of_length.push(Route {
                    segments: segments.clone(),
                    methods: HashMap::new(),
                });
                of_length.len() - 1
            });
            let route = &mut of_length[at];
            let alike = route.methods.entry(operation.method.clone()).or_default();
            alike.push(index);
            alike.sort_by_key(|index| std::cmp::Reverse(operations[*index].fixed_query.len()));
        }
        for of_length in routes.0.values_mut() {
            // A path that is written out comes before one with a parameter in its place.
            of_length.sort_by_key(|route| {
                route
                    .segments
                    .iter()
                    .map(Option::is_none)
                    .collect::<Vec<_>>()
            });
        }
        routes
    }

    fn find(&self, segments: &[String]) -> Option<&Route> {
        let of_length = self.0.get(&segments.len())?;
        of_length.iter().find(|route| {
            let pairs = route.segments.iter().zip(segments);
            let mut fits = pairs.map(|(expected, found)| match expected {
                Some(text) => text == found,
                None => !found.is_empty(),
            });
            fits.all(|fits| fits)
        })
    }
}

/// The value of a JSON or YAML text.
fn parsed(text: &str) -> Result<Value, String> {
    if text.trim_start().starts_with('{') {
        return serde_json::from_str(text).map_err(|error| {
            format!("line {}, column {}: not JSON", error.line(), error.column())
        });
    }
    serde_saphyr::from_str(text).map_err(|error| match error.location() {
        Some(place) => format!("line {}, column {}: not YAML", place.line(), place.column()),
        None => "neither JSON nor YAML".to_owned(),
    })
}

/// The path of the document's first server, without a slash at its end.
fn server_path(json: &Value) -> String {
    let url = json["servers"][0]["url"].as_str().unwrap_or_default();
    let mut url = url.to_owned();
    for (name, variable) in json["servers"][0]["variables"]
        .as_object()
        .into_iter()
        .flatten()
    {
        let value = variable["default"].as_str().unwrap_or_default();
        url = url.replace(&format!("{{{name}}}"), value);
    }
    // What stands for a part of the path and has no value cannot be asked for.
    let url = url.replace(['{', '}'], "");
    let after_scheme = url.split_once("://").map_or(&*url, |(_, rest)| rest);
    let path = after_scheme.split_once('/').map_or("", |(_, path)| path);
    let path = path.trim_matches('/');
    if path.is_empty() {
        String::new()
    } else {
        format!("/{path}")
    }
}

fn quotas(json: &Value) -> Vec<QuotaTerms> {
    let listed = json["x-quotas"].as_array().into_iter().flatten();
    listed
        .filter_map(|quota| {
            Some(QuotaTerms {
                is_of_account: quota["per"] == "account",
                requests: usize::try_from(quota["requests"].as_u64()?).ok()?,
                seconds: quota["seconds"].as_u64()?,
            })
        })
        .collect()
}

fn account_parameter(json: &Value) -> Option<String> {
    let mut listed = json["x-quotas"].as_array().into_iter().flatten();
    listed.find_map(|quota| quota["parameter"].as_str().map(str::to_owned))
}

fn integrations(json: &Value) -> BTreeSet<String> {
    match json {
        Value::Object(fields) => {
            let own = fields
                .get("x-integrations")
                .and_then(Value::as_object)
                .into_iter();
            let own = own.flat_map(|levels| levels.keys().cloned());
            own.chain(fields.values().flat_map(integrations)).collect()
        }
        Value::Array(values) => values.iter().flat_map(integrations).collect(),
        _ => BTreeSet::new(),
    }
}

fn enum_names(json: &Value) -> HashSet<String> {
    let mut names = HashSet::new();
    collect_enum_names(json, json, &mut names);
    names
}

fn collect_enum_names(json: &Value, value: &Value, names: &mut HashSet<String>) {
    match value {
        Value::Object(fields) => {
            for (name, schema) in fields
                .get("properties")
                .and_then(Value::as_object)
                .into_iter()
                .flatten()
            {
                let parts = schema["allOf"].as_array().into_iter().flatten();
                let mut schemas = std::iter::once(schema)
                    .chain(parts)
                    .map(|schema| resolved(json, schema));
                if schemas.any(|schema| schema["enum"].is_array()) {
                    names.insert(name.clone());
                }
            }
            fields
                .values()
                .for_each(|value| collect_enum_names(json, value, names));
        }
        Value::Array(values) => values
            .iter()
            .for_each(|value| collect_enum_names(json, value, names)),
        _ => {}
    }
}

/// Follows a reference within the document, as often as it takes.
pub(crate) fn resolved<'a>(json: &'a Value, mut value: &'a Value) -> &'a Value {
    for _ in 0..32 {
        let Some(reference) = value["$ref"].as_str() else {
            return value;
        };
        let Some(pointer) = reference.strip_prefix('#') else {
            return &Value::Null;
        };
        // The fragment of a URI, in which braces are percent-encoded.
        let decoded = || json.pointer(&decoded(pointer)?);
        let Some(found) = json.pointer(pointer).or_else(decoded) else {
            return &Value::Null;
        };
        value = found;
    }
    &Value::Null
}

/// The properties that a schema has, with those of everything that it combines.
pub(crate) fn properties_of(json: &Value, schema: &Value) -> Map<String, Value> {
    let mut properties = Map::new();
    collect_properties(json, schema, 0, &mut properties);
    properties
}

fn collect_properties(
    json: &Value,
    schema: &Value,
    depth: usize,
    properties: &mut Map<String, Value>,
) {
    if depth > 16 {
        return;
    }
    let schema = resolved(json, schema);
    if let Some(own) = schema["properties"].as_object() {
        properties.extend(
            own.iter()
                .map(|(name, schema)| (name.clone(), schema.clone())),
        );
    }
    for part in schema["allOf"].as_array().into_iter().flatten() {
        collect_properties(json, part, depth + 1, properties);
    }
}
