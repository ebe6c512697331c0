//! Rule `integrations`: what each integration requires and supports, as rows of a table.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::{
    draft::{Content, Draft, Operation},
    schema::{children, reference},
};
use crate::plan::{IntegrationFact, Place};

/// How deep fields are followed: recursive schemas have no end.
const DEEPEST: usize = 16;

/// The rows of each operation, in the order of the draft's operations, each sorted.
pub(super) fn facts(draft: &Draft) -> Vec<Vec<IntegrationFact>> {
    let telling = telling(&draft.schemas);
    draft
        .operations
        .iter()
        .map(|operation| of_operation(operation, &draft.schemas, &telling))
        .collect()
}

/// The components that say something about integrations, themselves or through what they refer to.
fn telling(schemas: &Map<String, Value>) -> BTreeSet<String> {
    let mut users: BTreeMap<String, Vec<&String>> = BTreeMap::new();
    let mut open = Vec::new();
    for (name, schema) in schemas {
        let mut used = Vec::new();
        super::schema::references(schema, &mut used);
        for target in used {
            users.entry(target).or_default().push(name);
        }
        if tells(schema) {
            open.push(name.clone());
        }
    }
    let mut telling = BTreeSet::new();
    while let Some(name) = open.pop() {
        if telling.insert(name.clone()) {
            open.extend(
                users
                    .get(&name)
                    .into_iter()
                    .flatten()
                    .map(|user| (*user).clone()),
            );
        }
    }
    telling
}

fn tells(schema: &Value) -> bool {
    schema.get("x-integrations").is_some()
        || schema.get("x-integration-values").is_some()
        || children(schema).into_iter().any(tells)
}

fn of_operation(
    operation: &Operation,
    schemas: &Map<String, Value>,
    telling: &BTreeSet<String>,
) -> Vec<IntegrationFact> {
    let mut table = Table {
        schemas,
        telling,
        open: Vec::new(),
        rows: BTreeSet::new(),
    };
    table.add("operation", "", &operation.source);
    for parameter in &operation.parameters {
        let part = match parameter.place {
            Place::Path => "path",
            Place::Query => "query",
            Place::Header => "header",
            Place::Cookie => "cookie",
        };
        table.add(part, &parameter.name, &parameter.source);
        table.fields(part, &parameter.name, &parameter.schema, 0);
    }
    if let Some(schema) = operation
        .body
        .as_ref()
        .and_then(|body| body.schema.as_ref())
    {
        table.fields("request", "", schema, 0);
    }
    for response in operation
        .responses
        .iter()
        .filter(|response| response.status.starts_with('2'))
    {
        if let Content::Json(schema) = &response.content {
            table.fields("response", "", schema, 0);
        }
    }
    table.rows.into_iter().collect()
}

struct Table<'a> {
    schemas: &'a Map<String, Value>,
    telling: &'a BTreeSet<String>,
    /// The components that the walk is inside of.
    open: Vec<String>,
    rows: BTreeSet<IntegrationFact>,
}

impl Table<'_> {
    /// The rows that an object of the document states about a field.
    fn add(&mut self, part: &'static str, field: &str, object: &Value) {
        let levels = object.get("x-integrations").and_then(Value::as_object);
        let values = object
            .get("x-integration-values")
            .and_then(Value::as_object);
        let names: BTreeSet<&String> = levels
            .into_iter()
            .chain(values)
            .flat_map(|entries| entries.keys())
            .collect();
        for name in names {
            let level = levels
                .and_then(|levels| levels.get(name))
                .and_then(Value::as_str);
            let values = values
                .and_then(|values| values.get(name))
                .and_then(Value::as_array);
            self.rows.insert(IntegrationFact {
                part,
                field: field.to_owned(),
                integration: name.clone(),
                required: level == Some("required"),
                values: values.into_iter().flatten().map(text).collect(),
            });
        }
    }

    /// The rows of the fields inside a schema.
    fn fields(&mut self, part: &'static str, path: &str, schema: &Value, depth: usize) {
        if depth > DEEPEST {
            return;
        }
        if let Some(name) = reference(schema) {
            if let Some(target) = self.schemas.get(&name)
                && self.telling.contains(&name)
                && !self.open.contains(&name)
            {
                self.open.push(name);
                self.fields(part, path, target, depth + 1);
                self.open.pop();
            }
            return;
        }
        if let Some(Value::Object(properties)) = schema.get("properties") {
            for (name, property) in properties {
                let path = if path.is_empty() {
                    name.clone()
                } else {
                    format!("{path}/{name}")
                };
                self.add(part, &path, property);
                self.fields(part, &path, property, depth + 1);
            }
        }
        for keyword in ["items", "additionalProperties"] {
            if let Some(inner) = schema.get(keyword).filter(|inner| inner.is_object()) {
                self.fields(part, path, inner, depth);
            }
        }
        for keyword in ["allOf", "oneOf", "anyOf"] {
            for member in schema
                .get(keyword)
                .and_then(Value::as_array)
                .into_iter()
                .flatten()
            {
                self.fields(part, path, member, depth + 1);
            }
        }
    }
}

fn text(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}
