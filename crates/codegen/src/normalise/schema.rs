//! Schemas as JSON values: references, children, and where each stood in the source document.

use serde_json::{Map, Value, json};

/// The keyword under which a schema carries its JSON pointer in the source document while rules move it around.
pub(super) const AT: &str = "x-normalise-at";

/// The keyword under which any JSON carries the rule that put it in the place of a type.
pub(super) const WEAKENED: &str = "x-normalise-weakened";

/// Where component schemas stand.
const SCHEMAS: &str = "#/components/schemas/";

/// Keywords that describe a value and do not change which values there are.
const ANNOTATIONS: [&str; 11] = [
    AT,
    "description",
    "title",
    "default",
    "example",
    "examples",
    "externalDocs",
    "xml",
    "deprecated",
    "readOnly",
    "writeOnly",
];

/// A JSON pointer with one more step.
pub(super) fn step(pointer: &str, key: &str) -> String {
    format!("{pointer}/{}", key.replace('~', "~0").replace('/', "~1"))
}

/// Where the schema stood in the source document.
pub(super) fn at(schema: &Value) -> String {
    schema
        .get(AT)
        .and_then(Value::as_str)
        .unwrap_or_default()
        .to_owned()
}

/// A reference to a component schema.
pub(super) fn reference_to(name: &str) -> Value {
    json!({ "$ref": format!("{SCHEMAS}{}", name.replace('~', "~0").replace('/', "~1")) })
}

/// The component schema that the schema refers to.
pub(super) fn reference(schema: &Value) -> Option<String> {
    let pointer = schema.get("$ref")?.as_str()?.strip_prefix(SCHEMAS)?;
    Some(pointer.replace("~1", "/").replace("~0", "~"))
}

/// Makes a reference, with whatever stands beside it, refer to another component.
pub(super) fn retarget(schema: &mut Value, name: &str) {
    if let (Some(object), Some(reference)) =
        (schema.as_object_mut(), reference_to(name).get("$ref"))
    {
        object.insert("$ref".to_owned(), reference.clone());
    }
}

/// A Rust type of the runtime or of `std`, with its type parameters.
pub(super) fn rust_type(krate: &str, path: &str, parameters: &[Value]) -> Value {
    json!({ "x-rust-type": { "crate": krate, "version": "*", "path": path, "parameters": parameters } })
}

/// Any JSON.
pub(super) fn any_json() -> Value {
    rust_type("client-runtime", "client_runtime::Json", &[])
}

/// Any JSON in the place of a type that the rule could not keep.
pub(super) fn weakened(rule: &str) -> Value {
    let mut any = any_json();
    keywords(&mut any).insert(WEAKENED.to_owned(), Value::String(rule.to_owned()));
    any
}

/// The path of the schema's Rust type, when it names one.
pub(super) fn rust_path(schema: &Value) -> Option<&str> {
    schema.get("x-rust-type")?.get("path")?.as_str()
}

/// Whether the schema is any JSON.
pub(super) fn is_any_json(schema: &Value) -> bool {
    rust_path(schema) == Some("client_runtime::Json")
}

/// Whether the keyword describes and does not restrict.
pub(super) fn is_annotation(keyword: &str) -> bool {
    ANNOTATIONS.contains(&keyword) || (keyword.starts_with("x-") && keyword != "x-rust-type")
}

/// Whether a keyword of the schema is true.
pub(super) fn is_true(schema: &Value, keyword: &str) -> bool {
    schema
        .get(keyword)
        .and_then(Value::as_bool)
        .unwrap_or(false)
}

/// The schema's `type`.
pub(super) fn type_of(schema: &Value) -> Option<&str> {
    schema.get("type")?.as_str()
}

/// Whether the schema is an object with named properties.
pub(super) fn is_record(schema: &Value) -> bool {
    schema
        .get("properties")
        .and_then(Value::as_object)
        .is_some_and(|properties| !properties.is_empty())
}

/// Whether the schema needs a type of its own: an object with properties, a string enum or a union.
pub(super) fn needs_name(schema: &Value) -> bool {
    is_record(schema) || schema.get("enum").is_some() || schema.get("oneOf").is_some()
}

/// The schema without what only describes it, for comparison.
pub(super) fn bare(schema: &Value) -> Value {
    match schema {
        Value::Object(object) => Value::Object(
            object
                .iter()
                .filter(|(keyword, _)| !is_annotation(keyword))
                .map(|(keyword, value)| {
                    let value = if keyword == "properties" {
                        match value {
                            Value::Object(properties) => properties
                                .iter()
                                .map(|(name, schema)| (name.clone(), bare(schema)))
                                .collect(),
                            other => other.clone(),
                        }
                    } else {
                        bare(value)
                    };
                    (keyword.clone(), value)
                })
                .collect(),
        ),
        Value::Array(values) => values.iter().map(bare).collect(),
        other => other.clone(),
    }
}

/// Calls `visit` with each direct subschema and the steps that lead to it.
pub(super) fn children_mut(schema: &mut Value, visit: &mut dyn FnMut(&[&str], &mut Value)) {
    let Some(object) = schema.as_object_mut() else {
        return;
    };
    for (keyword, value) in object.iter_mut() {
        match keyword.as_str() {
            "properties" => {
                if let Value::Object(properties) = value {
                    for (name, property) in properties.iter_mut() {
                        visit(&["properties", name], property);
                    }
                }
            }
            "items" | "not" => visit(&[keyword], value),
            "additionalProperties" if value.is_object() => visit(&[keyword], value),
            "allOf" | "oneOf" | "anyOf" => {
                if let Value::Array(members) = value {
                    for (index, member) in members.iter_mut().enumerate() {
                        visit(&[keyword, &index.to_string()], member);
                    }
                }
            }
            "x-rust-type" => {
                if let Some(Value::Array(parameters)) = value.get_mut("parameters") {
                    for (index, parameter) in parameters.iter_mut().enumerate() {
                        visit(
                            &["x-rust-type", "parameters", &index.to_string()],
                            parameter,
                        );
                    }
                }
            }
            _ => {}
        }
    }
}

/// The direct subschemas.
pub(super) fn children(schema: &Value) -> Vec<&Value> {
    let mut found = Vec::new();
    let Some(object) = schema.as_object() else {
        return found;
    };
    for (keyword, value) in object {
        match (keyword.as_str(), value) {
            ("properties", Value::Object(properties)) => found.extend(properties.values()),
            ("items" | "not" | "additionalProperties", Value::Object(_)) => found.push(value),
            ("allOf" | "oneOf" | "anyOf", Value::Array(members)) => found.extend(members),
            ("x-rust-type", Value::Object(extension)) => {
                if let Some(Value::Array(parameters)) = extension.get("parameters") {
                    found.extend(parameters);
                }
            }
            _ => {}
        }
    }
    found
}

/// Calls `visit` with the schema and every schema inside it, the outer ones first.
pub(super) fn walk_mut(schema: &mut Value, visit: &mut dyn FnMut(&mut Value)) {
    visit(schema);
    children_mut(schema, &mut |_, child| walk_mut(child, visit));
}

/// Calls `visit` with the schema and every schema inside it, the inner ones first.
pub(super) fn walk_up_mut(schema: &mut Value, visit: &mut dyn FnMut(&mut Value)) {
    children_mut(schema, &mut |_, child| walk_up_mut(child, visit));
    visit(schema);
}

/// The components that the schema refers to, directly or from inside it.
pub(super) fn references(schema: &Value, found: &mut Vec<String>) {
    found.extend(reference(schema));
    for child in children(schema) {
        references(child, found);
    }
}

/// The keywords of a schema, which is an object once its structure was checked.
pub(super) fn keywords(schema: &mut Value) -> &mut Map<String, Value> {
    if !schema.is_object() {
        *schema = Value::Object(Map::new());
    }
    match schema {
        Value::Object(object) => object,
        _ => unreachable!("made an object above"),
    }
}

/// Adds a paragraph to the schema's description.
pub(super) fn append_doc(schema: &mut Value, paragraph: &str) {
    let object = keywords(schema);
    let text = match object.get("description").and_then(Value::as_str) {
        Some(text) if !text.is_empty() => format!("{text}\n\n{paragraph}"),
        _ => paragraph.to_owned(),
    };
    object.insert("description".to_owned(), Value::String(text));
}
