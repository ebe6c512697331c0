//! `OpenAPI` 3.1 descriptions as 3.0.
//!
//! What 3.0 says in another way is rewritten; what 3.0 cannot say and what only narrows a value further is left out,
//! so that the result accepts everything that the description does; what would change a meaning is refused.

use serde_json::{Map, Value, json};

use crate::structure::Part;

/// Keywords that only narrow a value, or only inform, and that 3.0 does not have.
const LEFT_OUT: [&str; 18] = [
    "$comment",
    "$schema",
    "contains",
    "contentSchema",
    "dependentRequired",
    "dependentSchemas",
    "else",
    "if",
    "maxContains",
    "minContains",
    "prefixItems",
    "propertyNames",
    "then",
    "unevaluatedItems",
    "unevaluatedProperties",
    "contentMediaType",
    "contentEncoding",
    "examples",
];

/// Keywords that give references another meaning than 3.0 knows.
const REFUSED: [&str; 7] = [
    "$anchor",
    "$defs",
    "$dynamicAnchor",
    "$dynamicRef",
    "$id",
    "$recursiveRef",
    "$vocabulary",
];

/// What 3.0 cannot say: the JSON pointer and what stands there.
pub(super) struct Beyond {
    pub(super) pointer: String,
    pub(super) found: String,
}

/// Rewrites a description in place, and says what stands in the way.
pub(super) fn to_3_0(document: &mut Map<String, Value>) -> Vec<Beyond> {
    document.shift_remove("jsonSchemaDialect");
    document.shift_remove("webhooks");
    if let Some(Value::Object(info)) = document.get_mut("info") {
        if let Some(summary) = info.shift_remove("summary") {
            info.entry("description").or_insert(summary);
        }
        if let Some(Value::Object(license)) = info.get_mut("license") {
            license.shift_remove("identifier");
        }
    }
    let mut beyond = Vec::new();
    if let Some(Value::Object(components)) = document.get("components")
        && components.contains_key("pathItems")
    {
        beyond.push(Beyond {
            pointer: "/components/pathItems".to_owned(),
            found: "path items as components".to_owned(),
        });
    }
    for (key, value) in document {
        let mut pointer = format!("/{key}");
        rewrite(value, Part::Document.child(key), &mut pointer, &mut beyond);
    }
    beyond
}

fn rewrite(value: &mut Value, part: Part, pointer: &mut String, beyond: &mut Vec<Beyond>) {
    if part == Part::Free {
        return;
    }
    let length = pointer.len();
    match value {
        Value::Object(object) => {
            for (key, child) in object.iter_mut() {
                if part == Part::Schema && key == "additionalProperties" && child.is_boolean() {
                    continue;
                }
                pointer.push('/');
                pointer.push_str(&key.replace('~', "~0").replace('/', "~1"));
                rewrite(child, part.child(key), pointer, beyond);
                pointer.truncate(length);
            }
            if part == Part::Schema {
                schema(object, pointer, beyond);
            }
            if part == Part::SecurityScheme && object.get("type") == Some(&json!("mutualTLS")) {
                beyond.push(Beyond {
                    pointer: pointer.clone(),
                    found: "authentication by a client's certificate".to_owned(),
                });
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter_mut().enumerate() {
                pointer.push('/');
                pointer.push_str(&index.to_string());
                rewrite(item, part.child(""), pointer, beyond);
                pointer.truncate(length);
            }
        }
        Value::Bool(true) if part == Part::Schema => *value = json!({}),
        Value::Bool(false) if part == Part::Schema => *value = json!({ "not": {} }),
        _ => {}
    }
}

fn schema(schema: &mut Map<String, Value>, pointer: &str, beyond: &mut Vec<Beyond>) {
    for key in REFUSED {
        if schema.contains_key(key) {
            beyond.push(Beyond {
                pointer: format!("{pointer}/{key}"),
                found: format!("the keyword `{key}`"),
            });
        }
    }
    examples(schema);
    bytes(schema);
    if schema.contains_key("patternProperties") {
        schema.shift_remove("patternProperties");
        schema.shift_remove("additionalProperties");
    }
    if schema.contains_key("prefixItems") {
        schema.insert("items".to_owned(), json!({}));
    }
    for key in LEFT_OUT {
        schema.shift_remove(key);
    }
    if let Some(only) = schema.shift_remove("const") {
        schema.insert("enum".to_owned(), json!([only]));
    }
    bound(
        schema,
        "exclusiveMinimum",
        "minimum",
        |exclusive, inclusive| exclusive >= inclusive,
    );
    bound(
        schema,
        "exclusiveMaximum",
        "maximum",
        |exclusive, inclusive| exclusive <= inclusive,
    );
    types(schema);
    for key in ["anyOf", "oneOf"] {
        null_among(schema, key);
    }
    if schema.len() > 1
        && let Some(reference) = schema.shift_remove("$ref")
    {
        also(schema, json!({ "$ref": reference }));
    }
}

/// The first of several examples.
fn examples(schema: &mut Map<String, Value>) {
    if let Some(Value::Array(examples)) = schema.get("examples")
        && let Some(first) = examples.first().cloned()
    {
        schema.entry("example").or_insert(first);
    }
}

/// Bytes, as text or as they are.
fn bytes(schema: &mut Map<String, Value>) {
    let format = match (
        schema.get("contentEncoding"),
        schema.get("contentMediaType"),
    ) {
        (Some(Value::String(encoding)), _) if encoding == "base64" => "byte",
        (None, Some(Value::String(media))) if media == "application/octet-stream" => "binary",
        _ => return,
    };
    schema.entry("type").or_insert_with(|| json!("string"));
    schema.entry("format").or_insert_with(|| json!(format));
}

/// An exclusive bound is a number in 3.1, and a flag beside the bound in 3.0.
fn bound(
    schema: &mut Map<String, Value>,
    exclusive: &str,
    inclusive: &str,
    narrower: impl Fn(f64, f64) -> bool,
) {
    let Some(number) = schema.get(exclusive).and_then(Value::as_f64) else {
        return;
    };
    let other = schema.get(inclusive).and_then(Value::as_f64);
    if let Some(value) = schema.shift_remove(exclusive)
        && other.is_none_or(|other| narrower(number, other))
    {
        schema.insert(inclusive.to_owned(), value);
        schema.insert(exclusive.to_owned(), json!(true));
    }
}

/// Several types, one of which may be null.
fn types(schema: &mut Map<String, Value>) {
    let names = match schema.get("type") {
        Some(Value::Array(names)) => names.clone(),
        Some(Value::String(name)) if name == "null" => vec![json!("null")],
        _ => return,
    };
    schema.shift_remove("type");
    let (nulls, names): (Vec<Value>, Vec<Value>) =
        names.into_iter().partition(|name| name == "null");
    if !nulls.is_empty() {
        schema.insert("nullable".to_owned(), json!(true));
    }
    match names.as_slice() {
        [] => {
            schema.insert("enum".to_owned(), json!([null]));
        }
        [name] => {
            schema.insert("type".to_owned(), name.clone());
        }
        several => {
            let alternatives: Vec<Value> = several
                .iter()
                .map(|name| match schema.get("items") {
                    Some(items) if name == "array" => json!({ "type": name, "items": items }),
                    None if name == "array" => json!({ "type": name, "items": {} }),
                    _ => json!({ "type": name }),
                })
                .collect();
            schema.shift_remove("items");
            if schema.contains_key("anyOf") {
                also(schema, json!({ "anyOf": alternatives }));
            } else {
                schema.insert("anyOf".to_owned(), Value::Array(alternatives));
            }
        }
    }
}

/// Null as one of several alternatives, which has been rewritten as a nullable enum of null by now.
fn null_among(schema: &mut Map<String, Value>, key: &str) {
    let Some(Value::Array(alternatives)) = schema.get_mut(key) else {
        return;
    };
    let null = json!({ "nullable": true, "enum": [null] });
    let before = alternatives.len();
    alternatives.retain(|alternative| *alternative != null);
    if alternatives.len() == before {
        return;
    }
    let rest = std::mem::take(alternatives);
    schema.shift_remove(key);
    schema.insert("nullable".to_owned(), json!(true));
    match <[Value; 1]>::try_from(rest) {
        Ok([Value::Object(only)])
            if only
                .keys()
                .all(|key| !schema.contains_key(key) && key != "$ref") =>
        {
            schema.extend(only);
        }
        Ok([only]) => also(schema, only),
        Err(rest) => {
            schema.insert(key.to_owned(), Value::Array(rest));
        }
    }
}

/// Adds a schema that must hold too.
fn also(schema: &mut Map<String, Value>, other: Value) {
    match schema.entry("allOf").or_insert_with(|| json!([])) {
        Value::Array(all) => all.push(other),
        unusable => *unusable = json!([other]),
    }
}
