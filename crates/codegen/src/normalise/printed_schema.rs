//! Schemas as progenitor reads them.

use serde_json::{Map, Value, json};

use super::schema::{keywords, walk_mut};

/// The schema as progenitor reads it: nothing but what gives the type, and its documentation.
pub(super) fn schema(source: &Value, anonymous: bool) -> Value {
    let Some(object) = source.as_object() else {
        return json!({});
    };
    let mut out = Map::new();
    let describe = |out: &mut Map<String, Value>| {
        for keyword in ["description", "nullable"] {
            if let Some(value) = object
                .get(keyword)
                .filter(|_| !anonymous || keyword == "nullable")
            {
                out.insert(keyword.to_owned(), value.clone());
            }
        }
    };
    if let Some(target) = object.get("$ref") {
        let reference = json!({ "$ref": target });
        describe(&mut out);
        if out.is_empty() {
            return reference;
        }
        out.insert("allOf".to_owned(), json!([reference]));
        return Value::Object(out);
    }
    for (keyword, value) in object {
        match (keyword.as_str(), value) {
            ("properties", Value::Object(properties)) => {
                let printed = properties
                    .iter()
                    .map(|(name, property)| (name.clone(), schema(property, false)));
                out.insert(keyword.clone(), Value::Object(printed.collect()));
            }
            ("items", _) | ("additionalProperties", Value::Object(_)) => {
                out.insert(keyword.clone(), schema(value, true));
            }
            ("oneOf", Value::Array(members)) => {
                out.insert(
                    keyword.clone(),
                    members.iter().map(|member| schema(member, true)).collect(),
                );
            }
            ("x-rust-type", _) => {
                let mut extension = value.clone();
                if let Some(Value::Array(parameters)) = extension.get_mut("parameters") {
                    for parameter in parameters {
                        *parameter = plain(&schema(parameter, true));
                    }
                }
                out.insert(keyword.clone(), extension);
            }
            ("type" | "format" | "required" | "enum", _) => {
                out.insert(keyword.clone(), value.clone());
            }
            _ => {}
        }
    }
    describe(&mut out);
    Value::Object(out)
}

/// Type parameters are JSON Schema, which does not know `nullable`; what is nullable was wrapped before.
fn plain(schema: &Value) -> Value {
    let mut schema = schema.clone();
    walk_mut(&mut schema, &mut |schema| {
        keywords(schema).remove("nullable");
    });
    schema
}
