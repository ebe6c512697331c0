//! Values that are texts on the wire: in URLs, headers, cookies and forms.

use crate::document::schema::type_of;
use crate::document::{properties_of, resolved};
use serde_json::{Map, Value};

/// How deep values in a URL or form go.
const DEPTH: usize = 16;

/// Puts a text where the keys lead; an empty key is the next item of a list, or a name in what is an object already.
pub(super) fn put(place: &mut Value, keys: &[&str], text: &str) {
    let Some((key, rest)) = keys.split_first() else {
        *place = match place.take() {
            Value::Null => Value::from(text),
            Value::Array(mut items) => {
                items.push(Value::from(text));
                Value::Array(items)
            }
            first => Value::Array(vec![first, Value::from(text)]),
        };
        return;
    };
    if key.is_empty() && !place.is_object() {
        if !place.is_array() {
            *place = Value::Array(Vec::new());
        }
        if let Value::Array(items) = place {
            let mut item = Value::Null;
            put(&mut item, rest, text);
            // The fields of one object in a list come one after the other.
            match (items.last_mut(), item) {
                (Some(Value::Object(last)), Value::Object(more))
                    if more.keys().all(|name| !last.contains_key(name)) =>
                {
                    last.extend(more);
                }
                (_, item) => items.push(item),
            }
        }
        return;
    }
    if !place.is_object() {
        *place = Value::Object(Map::new());
    }
    put(&mut place[*key], rest, text);
}

/// The keys of `name[key][key]`; `None` where it is not written so.
pub(super) fn keys(name: &str) -> Option<(&str, Vec<&str>)> {
    let Some((root, rest)) = name.split_once('[') else {
        return Some((name, Vec::new()));
    };
    let rest = rest.strip_suffix(']')?;
    Some((root, rest.split("][").collect()))
}

/// Whether the names are numbers, as those of items that are objects: `list[0][key]`.
fn is_numbered(fields: &Map<String, Value>) -> bool {
    !fields.is_empty()
        && fields
            .keys()
            .all(|name| !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Names and texts in turn, as an object.
pub(super) fn in_turn<'a>(mut texts: impl Iterator<Item = &'a str>) -> Value {
    let mut object = Map::new();
    while let (Some(name), Some(text)) = (texts.next(), texts.next()) {
        object.insert(name.to_owned(), Value::from(text));
    }
    Value::Object(object)
}

/// `name=text` parts, as an object.
pub(super) fn named<'a>(parts: impl Iterator<Item = &'a str>) -> Value {
    let pairs = parts.filter_map(|part| part.split_once('='));
    let pairs = pairs.map(|(name, text)| (name.to_owned(), Value::from(text)));
    Value::Object(pairs.collect())
}

/// The texts as the types that the schema gives them; what is none of its type stays a text.
pub(super) fn typed(document: &Value, schema: &Value, written: Value) -> Value {
    typed_within(document, schema, written, 0)
}

fn typed_within(document: &Value, schema: &Value, written: Value, depth: usize) -> Value {
    if depth > DEPTH {
        return written;
    }
    let schema = resolved(document, schema);
    let alternatives = ["oneOf", "anyOf"]
        .iter()
        .filter_map(|keyword| schema[*keyword].as_array());
    if schema["type"].is_null()
        && let Some(alternatives) = alternatives.into_iter().next()
    {
        let mut read = alternatives
            .iter()
            .map(|branch| typed_within(document, branch, written.clone(), depth + 1));
        return read.find(|value| *value != written).unwrap_or(written);
    }
    match written {
        Value::String(text) => match type_of(document, schema) {
            Some("array") => {
                let item = typed_within(document, &schema["items"], Value::String(text), depth + 1);
                Value::Array(vec![item])
            }
            Some("object") => serde_json::from_str(&text)
                .ok()
                .filter(Value::is_object)
                .unwrap_or_else(|| Value::from(text)),
            kind => crate::document::typed_text(kind, &text),
        },
        Value::Array(items) => {
            let of_items = items
                .into_iter()
                .map(|item| typed_within(document, &schema["items"], item, depth + 1));
            of_items.collect()
        }
        Value::Object(fields)
            if type_of(document, schema) == Some("array") && is_numbered(&fields) =>
        {
            let mut items: Vec<(usize, Value)> = fields
                .into_iter()
                .filter_map(|(number, item)| Some((number.parse().ok()?, item)))
                .collect();
            items.sort_by_key(|(number, _)| *number);
            let items = items.into_iter().map(|(_, item)| item).collect();
            typed_within(document, schema, items, depth + 1)
        }
        Value::Object(fields) => {
            let properties = properties_of(document, schema);
            let fields = fields.into_iter().map(|(name, value)| {
                let own = properties.get(&name);
                let own = own.unwrap_or(&schema["additionalProperties"]);
                let value = typed_within(document, own, value, depth + 1);
                (name, value)
            });
            Value::Object(fields.collect())
        }
        other => other,
    }
}
