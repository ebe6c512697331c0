//! Requests with a canary in every documented field that can hold text.

use super::sightings::CANARY;
use crate::Error;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

const TRUTO: &str = include_str!("../../../../specs/truto/openapi.json");
const THELINKS: &str = include_str!("../../../../specs/thelinks/openapi.json");
const CONTACT_UPDATE: &str = include_str!("../../../../specs/contact-update/openapi.json");

/// The body of `PATCH` or `POST` to a resource of Truto.
pub(super) fn truto<T: DeserializeOwned>(path: &str, method: &str) -> Result<T, Error> {
    body(TRUTO, path, method)
}

/// The body of an update of a contact at `TheLinks`.
pub(super) fn thelinks<T: DeserializeOwned>() -> Result<T, Error> {
    body(THELINKS, "/unified/contact/{unifiedContactId}", "put")
}

/// The body of the contact-update API.
pub(super) fn contact_update<T: DeserializeOwned>() -> Result<T, Error> {
    body(CONTACT_UPDATE, "/{id}", "put")
}

fn body<T: DeserializeOwned>(document: &str, path: &str, method: &str) -> Result<T, Error> {
    let document: Value = serde_json::from_str(document)?;
    let schema =
        &document["paths"][path][method]["requestBody"]["content"]["application/json"]["schema"];
    if schema.is_null() {
        return Err(format!("no body of {method} {path} in the document").into());
    }
    let is_open = document["x-unvalidated"] == true;
    let filled = filled(&document, schema, is_open);
    if !filled.to_string().contains(CANARY) {
        return Err(format!("no field of {method} {path} can hold text").into());
    }
    Ok(serde_json::from_value(filled)?)
}

/// A value of the schema with canaries wherever it takes text.
fn filled(document: &Value, schema: &Value, is_open: bool) -> Value {
    let inner = |schema: &Value| filled(document, schema, is_open);
    if let Some(pointer) = schema["$ref"]
        .as_str()
        .and_then(|reference| reference.strip_prefix('#'))
    {
        return document.pointer(pointer).map_or(Value::Null, inner);
    }
    for keyword in ["allOf", "oneOf", "anyOf"] {
        if let Some(first) = schema[keyword].get(0) {
            return inner(first);
        }
    }
    if let (Some(first), false) = (
        schema["enum"].get(0),
        is_open || schema["x-open-enum"] == true,
    ) {
        return first.clone();
    }
    match schema["type"].as_str() {
        Some("string") => json!(CANARY),
        Some("integer" | "number") => json!(7),
        Some("boolean") => json!(true),
        Some("array") => json!([inner(&schema["items"])]),
        Some("object") => match schema["properties"].as_object() {
            Some(properties) => properties
                .iter()
                .map(|(name, schema)| (name.clone(), inner(schema)))
                .collect(),
            None => json!({ CANARY: CANARY }),
        },
        _ => json!({ CANARY: [CANARY] }),
    }
}
