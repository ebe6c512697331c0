//! Records: what a request writes into one, and what the server itself does.

use super::Call;
use crate::document::Resource;
use crate::instance;
use crate::state::Record;
use serde_json::Value;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

/// The time now, as RFC 3339 has it.
fn time_text() -> String {
    let now = OffsetDateTime::now_utc();
    let now = now
        .replace_nanosecond(now.nanosecond() / 1_000_000 * 1_000_000)
        .unwrap_or(now);
    now.format(&Rfc3339).unwrap_or_default()
}

/// The id of a new record. The same seed gives the same ids.
pub(super) fn new_id(resource: &Resource, seed: u64, collection: &str, number: u64) -> Box<str> {
    if resource.is_id_number {
        return number.to_string().into();
    }
    let mut hasher = DefaultHasher::new();
    (seed, collection, number).hash(&mut hasher);
    let high = hasher.finish();
    high.hash(&mut hasher);
    let low = hasher.finish();
    let is_uuid = resource
        .properties
        .get(&resource.id)
        .is_some_and(|schema| schema["format"] == "uuid");
    if is_uuid {
        let (a, b, c) = (high >> 32, (high >> 16) & 0xffff, high & 0xfff);
        return format!(
            "{a:08x}-{b:04x}-4{c:03x}-8{:03x}-{:012x}",
            low >> 52,
            low & 0xffff_ffff_ffff
        )
        .into();
    }
    format!("{high:016x}{:08x}", low >> 32).into()
}

/// Puts what a request says into a record: the properties that answers have, in values that they allow. `null` takes a
/// property out where an answer cannot hold it.
pub(super) fn write(
    record: &mut Value,
    call: &Call<'_>,
    resource: &Resource,
    notes: &mut Vec<String>,
) {
    let Value::Object(fields) = record else {
        return;
    };
    let Value::Object(body) = &call.checked.body else {
        return;
    };
    let integration = call.account.integration.as_deref();
    let demands = call.operation.body.as_ref().map(|terms| &terms.demands);
    let dropped: Vec<&str> = match (integration, demands) {
        (Some(integration), Some(demands)) => demands.unsupported(integration).collect(),
        _ => Vec::new(),
    };
    for (name, value) in body {
        if *name == resource.id || Some(name) == resource.version.as_ref() {
            continue;
        }
        if dropped.contains(&name.as_str()) {
            notes.push(format!(
                "body /{name}: not kept, {} does not support it",
                integration.unwrap_or_default()
            ));
            continue;
        }
        let Some((_, validator)) = resource.validators.iter().find(|(known, _)| known == name)
        else {
            if resource.properties.is_empty() {
                fields.insert(name.clone(), value.clone());
            } else {
                notes.push(format!("body /{name}: not kept, no answer has it"));
            }
            continue;
        };
        if validator.is_valid(value) {
            fields.insert(name.clone(), value.clone());
        } else if value.is_null() {
            fields.remove(name);
        } else {
            notes.push(format!(
                "body /{name}: not kept, an answer cannot hold it as it is"
            ));
        }
    }
}

/// Says that a record was changed now.
pub(super) fn touch(record: &mut Value, resource: &Resource) {
    for name in ["updated_at", "updatedAt"] {
        set_time(record, resource, name);
    }
}

fn set_time(record: &mut Value, resource: &Resource, name: &str) {
    let schema = resource.properties.get(name).unwrap_or(&Value::Null);
    if schema["type"] == "string" {
        record[name] = time_text().into();
    }
}

/// A record that is ready to be kept: with its id, its version, its times and all that answers require.
pub(super) fn finished(
    mut value: Value,
    resource: &Resource,
    document: &Value,
    id: Box<str>,
    version: u64,
) -> Record {
    value[&resource.id] = if resource.is_id_number {
        id.parse::<u64>().unwrap_or_default().into()
    } else {
        (&*id).into()
    };
    if let Some(name) = &resource.version {
        value[name] = if resource.is_version_number {
            version.into()
        } else {
            format!("v{version}").into()
        };
    }
    for name in ["created_at", "createdAt", "updated_at", "updatedAt"] {
        if value[name].is_null() {
            set_time(&mut value, resource, name);
        }
    }
    for name in &resource.required {
        if value.get(name).is_none()
            && let Some(schema) = resource.properties.get(name)
        {
            value[name] = instance::of(document, schema);
        }
    }
    if let Value::Object(fields) = &mut value {
        // Asking for a field that is not there must not have left one.
        fields.retain(|name, value| !value.is_null() || resource.allows_null(name));
    }
    Record {
        id,
        version,
        json: value.to_string().into(),
    }
}
