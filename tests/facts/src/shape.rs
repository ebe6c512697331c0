//! A schema's type in one line.

use serde_json::Value;

use crate::document::shape_reference;

/// The type of a schema in one line: `string`, `string(uuid)`, `[Tag]`, `{any}` for a map, `any`, `hidden`, a
/// component's name, and a trailing `?` where null is a value.
#[must_use]
pub fn shape(schema: &Value) -> String {
    let mut text = bare(schema);
    if schema["nullable"] == true {
        text.push('?');
    }
    text
}

/// The fields of an object schema, one to a line: a name, `!` when it is required, and its type.
#[must_use]
pub fn fields(schema: &Value) -> Vec<String> {
    let required: Vec<&str> = schema["required"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    schema["properties"]
        .as_object()
        .into_iter()
        .flatten()
        .map(|(name, field)| {
            let mark = if required.contains(&name.as_str()) {
                "!"
            } else {
                ""
            };
            format!("{name}{mark} {}", shape(field))
        })
        .collect()
}

fn bare(schema: &Value) -> String {
    if let Some(pointer) = shape_reference(schema) {
        return pointer.rsplit('/').next().unwrap_or(pointer).to_owned();
    }
    if let Some(one_of) = schema["oneOf"].as_array() {
        return one_of.iter().map(shape).collect::<Vec<_>>().join(" | ");
    }
    match schema["type"].as_str() {
        Some("array") => format!("[{}]", shape(&schema["items"])),
        Some("object") if schema["additionalProperties"].is_object() => {
            format!("{{{}}}", shape(&schema["additionalProperties"]))
        }
        Some(name) => match schema["format"].as_str() {
            Some(format) => format!("{name}({format})"),
            None => name.to_owned(),
        },
        None if schema["x-hidden"] == true => "hidden".to_owned(),
        None => "any".to_owned(),
    }
}
