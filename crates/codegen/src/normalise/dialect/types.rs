//! Rules `types`, `constants`, `tuples` and `encodings`: what 3.1 says of a value's type, as 3.0 says it.

use serde_json::{Map, Value, json};

use super::{
    super::schema::{bare, step},
    Dialect,
    schemas::placed,
};

impl Dialect<'_> {
    /// Several types become alternatives; null among them makes the value nullable.
    pub(super) fn types(&mut self, schema: &mut Map<String, Value>, pointer: &str) {
        let names: Vec<Value> = match schema.get("type") {
            Some(Value::Array(names)) => names.clone(),
            Some(Value::String(name)) if name == "null" => vec![json!("null")],
            _ => return,
        };
        let place = step(pointer, "type");
        schema.remove("type");
        let nullable = names.iter().any(|name| name == "null");
        let mut types: Vec<String> = Vec::new();
        for name in names.iter().filter_map(Value::as_str) {
            if name != "null" && !types.iter().any(|known| known == name) {
                types.push(name.to_owned());
            }
        }
        if nullable {
            schema.insert("nullable".to_owned(), json!(true));
        }
        match types.as_slice() {
            [] => {
                schema.insert("enum".to_owned(), json!([null]));
                self.report.note("types", place, "null is the only value");
            }
            [only] => {
                schema.insert("type".to_owned(), json!(only));
                self.type_name(schema, pointer);
                self.report.note(
                    "types",
                    place,
                    "the types are one, and whether it may be null",
                );
            }
            several => {
                let alternatives = several
                    .iter()
                    .map(|name| placed(Value::Object(of_type(schema, name)), pointer))
                    .collect();
                for keyword in OF_ONE_TYPE.iter().flat_map(|(_, keywords)| *keywords) {
                    schema.remove(*keyword);
                }
                self.report
                    .note("types", place, "several types become alternatives");
                if schema.contains_key("anyOf") || schema.contains_key("oneOf") {
                    // The alternatives that stand there already say more.
                    return;
                }
                if !schema.contains_key("enum") {
                    schema.insert("anyOf".to_owned(), Value::Array(alternatives));
                }
            }
        }
    }

    /// A constant is an enum of one.
    pub(super) fn constant(&mut self, schema: &mut Map<String, Value>, pointer: &str) {
        if let Some(only) = schema.remove("const") {
            let place = step(pointer, "const");
            self.report
                .note("constants", place, "the only value is a list of one");
            schema.insert("enum".to_owned(), json!([only]));
        }
    }

    /// A list whose items differ by place is a list of alternatives.
    pub(super) fn tuples(&mut self, schema: &mut Map<String, Value>, pointer: &str) {
        let list = |key: &str, members: Vec<Value>| {
            let pointer = step(pointer, key);
            let members = members.into_iter().enumerate();
            members
                .map(|(index, member)| placed(member, &step(&pointer, &index.to_string())))
                .collect()
        };
        let mut members: Vec<Value> = match schema.remove("prefixItems") {
            Some(Value::Array(members)) => list("prefixItems", members),
            _ => Vec::new(),
        };
        let rest = match schema.get("items") {
            Some(Value::Array(_)) => {
                if let Some(Value::Array(items)) = schema.remove("items") {
                    let items: Vec<Value> = list("items", items);
                    members.extend(items);
                }
                schema
                    .remove("additionalItems")
                    .map(|rest| placed(rest, &step(pointer, "additionalItems")))
            }
            Some(Value::Bool(false)) => {
                schema.remove("items");
                None
            }
            Some(_) if !members.is_empty() => schema
                .remove("items")
                .map(|rest| placed(rest, &step(pointer, "items"))),
            _ => None,
        };
        let rest = rest.or_else(|| {
            let rest = schema.remove("unevaluatedItems")?;
            Some(placed(rest, &step(pointer, "unevaluatedItems")))
        });
        if members.is_empty() {
            if let Some(rest) = rest.filter(Value::is_object) {
                schema.entry("items").or_insert(rest);
            }
            return;
        }
        // What is no schema says nothing of an item.
        members.retain(|member| member.is_object() || member.is_boolean());
        if let Some(rest) = rest.filter(Value::is_object) {
            members.push(rest);
        }
        let mut distinct: Vec<Value> = Vec::new();
        for member in members {
            if !distinct.iter().any(|known| bare(known) == bare(&member)) {
                distinct.push(member);
            }
        }
        self.report.note(
            "tuples",
            pointer,
            "an item is of any of the types that the document gives for its place",
        );
        schema.entry("type").or_insert_with(|| json!("array"));
        let items = if distinct.is_empty() {
            json!({})
        } else if distinct.len() == 1 {
            distinct.swap_remove(0)
        } else {
            placed(json!({ "anyOf": distinct }), pointer)
        };
        schema.insert("items".to_owned(), items);
    }

    /// Bytes in text, and bytes as they are, are formats in 3.0.
    pub(super) fn encodings(&mut self, schema: &mut Map<String, Value>, pointer: &str) {
        let encoding = schema.remove("contentEncoding");
        let media = schema.remove("contentMediaType");
        schema.remove("contentSchema");
        let encoding = encoding.as_ref().and_then(Value::as_str);
        let format = match (encoding, media.as_ref().and_then(Value::as_str)) {
            (Some("base64" | "base64url"), _) => "byte",
            (Some("binary"), _) | (None, Some("application/octet-stream")) => "binary",
            _ => return,
        };
        self.report
            .note("encodings", pointer, format!("the format is {format}"));
        schema.entry("type").or_insert_with(|| json!("string"));
        schema.entry("format").or_insert_with(|| json!(format));
    }
}

/// The keywords that say something about values of one type only.
const OF_ONE_TYPE: [(&str, &[&str]); 4] = [
    ("array", &["items", "minItems", "maxItems", "uniqueItems"]),
    (
        "object",
        &[
            "properties",
            "additionalProperties",
            "required",
            "minProperties",
            "maxProperties",
        ],
    ),
    ("string", &["format", "pattern", "minLength", "maxLength"]),
    (
        "number",
        &[
            "minimum",
            "maximum",
            "multipleOf",
            "exclusiveMinimum",
            "exclusiveMaximum",
        ],
    ),
];

/// What the schema says about values of one type.
fn of_type(schema: &Map<String, Value>, name: &str) -> Map<String, Value> {
    let mut own = Map::new();
    own.insert("type".to_owned(), json!(name));
    let group = if name == "integer" { "number" } else { name };
    for keyword in OF_ONE_TYPE
        .iter()
        .filter(|(other, _)| *other == group)
        .flat_map(|(_, keywords)| *keywords)
    {
        if let Some(value) = schema.get(*keyword) {
            own.insert((*keyword).to_owned(), value.clone());
        }
    }
    own
}
