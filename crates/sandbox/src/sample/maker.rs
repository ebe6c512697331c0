//! Makes a value from a schema, with the decisions that are known.

use super::flat::{flat, says};
use super::{Extent, Known, Way, pattern, scalar};
use crate::document::schema::listed;
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};

/// How deep a value goes; what has to go deeper is not made.
const DEPTH: usize = 14;

/// How deep what is optional goes.
const OPTIONAL_DEPTH: usize = 3;

/// How many values there may be before what is optional is left out.
const NODES: usize = 1500;

/// Makes one value.
pub(super) struct Maker<'a> {
    document: &'a Value,
    known: &'a Known,
    extent: Extent,
    way: Way,
    nodes: usize,
    unions: BTreeMap<String, usize>,
    optional: BTreeSet<String>,
}

/// Where a value stands.
#[derive(Clone, Copy)]
struct Place<'p> {
    pointer: &'p str,
    depth: usize,
    /// Tells the items of a list apart.
    number: usize,
}

impl<'a> Maker<'a> {
    pub(super) fn new(document: &'a Value, known: &'a Known, extent: Extent, way: Way) -> Self {
        Self {
            document,
            known,
            extent,
            way,
            nodes: 0,
            unions: BTreeMap::new(),
            optional: BTreeSet::new(),
        }
    }

    /// A value of the schema; `None` where none can be made.
    pub(super) fn value(&mut self, schema: &Value) -> Option<Value> {
        let place = Place {
            pointer: "",
            depth: 0,
            number: 0,
        };
        self.at(schema, place)
    }

    /// The places with alternatives and how many each has, and the places of what is optional.
    pub(super) fn found(self) -> (BTreeMap<String, usize>, BTreeSet<String>) {
        (self.unions, self.optional)
    }

    fn at(&mut self, schema: &Value, place: Place<'_>) -> Option<Value> {
        if schema == &Value::Bool(false) || place.depth > DEPTH {
            return None;
        }
        self.nodes += 1;
        let joined = flat(self.document, schema);
        self.of(joined, place, 0)
    }

    fn of(
        &mut self,
        mut schema: Map<String, Value>,
        place: Place<'_>,
        unions: usize,
    ) -> Option<Value> {
        if let Some(value) = schema.get("const") {
            return Some(value.clone());
        }
        if let Some(values) = schema.get("enum").and_then(Value::as_array) {
            let there: Vec<&Value> = values.iter().filter(|value| !value.is_null()).collect();
            let choice = self.choice(place.pointer, there.len().max(1)) + place.number;
            return match there.as_slice() {
                [] => values.first().cloned(),
                there => Some(listed(kind_of(&schema), there[choice % there.len()])),
            };
        }
        if unions < 8 {
            for keyword in ["oneOf", "anyOf"] {
                if let Some(Value::Array(branches)) = schema.remove(keyword)
                    && !branches.is_empty()
                {
                    return self.union(&schema, &branches, place, unions);
                }
            }
        }
        let examples = || {
            ["example", "default"]
                .iter()
                .find_map(|keyword| schema.get(*keyword))
        };
        match kind_of(&schema) {
            Some("object") => self.object(&schema, place),
            Some("array") => self.list(&schema, place),
            Some("string") => {
                let made = match schema.get("pattern").and_then(Value::as_str) {
                    Some(expression) => pattern::matching(expression, &schema, place.number),
                    None => Some(scalar::text(&schema, place.number)),
                };
                made.map(Value::from)
                    .or_else(|| examples().cloned())
                    .or_else(|| Some("x".into()))
            }
            Some("integer") => Some(scalar::integer(&schema, place.number)),
            Some("number") => Some(scalar::number(&schema, place.number)),
            Some("boolean") => Some(true.into()),
            Some("null") => Some(Value::Null),
            _ => Some(scalar::text(&schema, place.number).into()),
        }
    }

    fn choice(&mut self, pointer: &str, alternatives: usize) -> usize {
        self.unions.insert(pointer.to_owned(), alternatives);
        self.known.choices.get(pointer).copied().unwrap_or(0)
    }

    fn union(
        &mut self,
        base: &Map<String, Value>,
        branches: &[Value],
        place: Place<'_>,
        unions: usize,
    ) -> Option<Value> {
        let mut ordered: Vec<&Value> = branches.iter().collect();
        ordered.sort_by_key(|branch| branch["type"] == "null");
        let first = if unions == 0 {
            self.choice(place.pointer, ordered.len())
        } else {
            0
        };
        // A branch of which no value can be made is passed over.
        for step in 0..ordered.len() {
            let branch = ordered[(first + step) % ordered.len()];
            let discriminator = base.get("discriminator").cloned();
            let both = serde_json::json!({ "allOf": [Value::Object(base.clone()), branch] });
            let joined = flat(self.document, &both);
            if let Some(mut made) = self.of(joined.clone(), place, unions + 1) {
                if let Some(discriminator) = discriminator {
                    discriminate(&mut made, &discriminator, branch, &joined);
                }
                return Some(made);
            }
        }
        None
    }

    fn list(&mut self, schema: &Map<String, Value>, place: Place<'_>) -> Option<Value> {
        let number = |keyword: &str| schema.get(keyword).and_then(Value::as_u64);
        let least = number("minItems").unwrap_or(0);
        let is_unwanted = least == 0
            && schema
                .get("items")
                .is_some_and(|items| self.is_of_other_way(items));
        let wanted = match self.extent {
            _ if is_unwanted => least,
            Extent::Most => least.max(1),
            Extent::Least if self.way == Way::Text => least.max(1),
            Extent::Least => least,
        };
        let count = wanted.min(number("maxItems").unwrap_or(u64::MAX)).min(1000);
        let any = Value::Bool(true);
        let prefix = schema.get("prefixItems").and_then(Value::as_array);
        let mut items = Vec::new();
        for index in 0..usize::try_from(count).unwrap_or_default() {
            let items_schema = prefix
                .and_then(|prefix| prefix.get(index))
                .or_else(|| schema.get("items"))
                .unwrap_or(&any);
            let inner = Place {
                pointer: &format!("{}/{index}", place.pointer),
                depth: place.depth + 1,
                number: place.number + index,
            };
            match self.at(items_schema, inner) {
                Some(item) => items.push(item),
                None if index as u64 >= least => break,
                None => return None,
            }
        }
        Some(Value::Array(items))
    }

    fn object(&mut self, schema: &Map<String, Value>, place: Place<'_>) -> Option<Value> {
        let none = Map::new();
        let properties = schema
            .get("properties")
            .and_then(Value::as_object)
            .unwrap_or(&none);
        let required: Vec<&str> = schema
            .get("required")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .collect();
        let least = schema
            .get("minProperties")
            .and_then(Value::as_u64)
            .and_then(|least| usize::try_from(least).ok())
            .unwrap_or(0);
        // As text, an object without anything in it is nothing.
        let is_within_text = self.way == Way::Text && !place.pointer.is_empty();
        let least = least.max(usize::from(is_within_text));
        let most = schema
            .get("maxProperties")
            .and_then(Value::as_u64)
            .and_then(|most| usize::try_from(most).ok())
            .unwrap_or(usize::MAX);
        let mut made = Map::new();
        for name in &required {
            let any = Value::Bool(true);
            let schema = properties.get(*name).unwrap_or(&any);
            if self.is_of_other_way(schema) {
                continue;
            }
            let pointer = format!("{}/{}", place.pointer, escaped(name));
            let inner = Place {
                pointer: &pointer,
                depth: place.depth + 1,
                number: place.number,
            };
            made.insert((*name).to_owned(), self.at(schema, inner)?);
        }
        for (name, schema) in properties {
            let is_wanted = self.extent == Extent::Most
                && place.depth < OPTIONAL_DEPTH
                && self.nodes < NODES
                && schema["deprecated"] != true;
            let is_needed = made.len() < least;
            let pointer = format!("{}/{}", place.pointer, escaped(name));
            if made.contains_key(name)
                || !(is_wanted || is_needed)
                || made.len() >= most
                || required.contains(&name.as_str())
                || self.known.omitted.contains(&pointer)
                || self.is_of_other_way(schema)
            {
                continue;
            }
            let inner = Place {
                pointer: &pointer,
                depth: place.depth + 1,
                number: place.number,
            };
            if let Some(value) = self.at(schema, inner) {
                self.optional.insert(pointer);
                made.insert(name.clone(), value);
            }
        }
        self.more(schema, &mut made, least, place);
        Some(Value::Object(made))
    }

    /// Properties that have no name in the schema.
    fn more(
        &mut self,
        schema: &Map<String, Value>,
        made: &mut Map<String, Value>,
        least: usize,
        place: Place<'_>,
    ) {
        let any = Value::Bool(true);
        let more = schema.get("additionalProperties");
        let wanted = if self.extent == Extent::Most
            && more.is_some_and(Value::is_object)
            && place.depth < OPTIONAL_DEPTH
        {
            least.max(made.len() + 1)
        } else {
            least
        };
        if more == Some(&Value::Bool(false)) {
            return;
        }
        for index in 0..64 {
            if made.len() >= wanted {
                break;
            }
            let name = format!("key{index}");
            let pointer = format!("{}/{name}", place.pointer);
            if self.known.omitted.contains(&pointer) {
                break;
            }
            let inner = Place {
                pointer: &pointer,
                depth: place.depth + 1,
                number: index,
            };
            let Some(value) = self.at(more.unwrap_or(&any), inner) else {
                break;
            };
            self.optional.insert(pointer);
            made.insert(name, value);
        }
    }

    /// Whether a property belongs to what goes the other way.
    fn is_of_other_way(&self, schema: &Value) -> bool {
        let keyword = match self.way {
            Way::Request | Way::Text => "readOnly",
            Way::Answer => "writeOnly",
        };
        says(self.document, schema, keyword)
    }
}

/// The type of a schema, as far as its keywords tell.
fn kind_of(schema: &Map<String, Value>) -> Option<&str> {
    match schema.get("type") {
        Some(Value::String(kind)) => return Some(kind),
        Some(Value::Array(kinds)) => {
            let mut kinds = kinds.iter().filter_map(Value::as_str);
            return kinds.clone().find(|kind| *kind != "null").or(kinds.next());
        }
        _ => {}
    }
    let has = |keywords: &[&str]| keywords.iter().any(|keyword| schema.contains_key(*keyword));
    if has(&[
        "properties",
        "additionalProperties",
        "required",
        "minProperties",
    ]) {
        Some("object")
    } else if has(&["items", "prefixItems", "minItems"]) {
        Some("array")
    } else if has(&["pattern", "format", "minLength", "maxLength"]) {
        Some("string")
    } else if has(&["minimum", "maximum", "multipleOf"]) {
        Some("number")
    } else {
        None
    }
}

/// Gives an object of a union the value by which its form is known.
fn discriminate(
    made: &mut Value,
    discriminator: &Value,
    branch: &Value,
    joined: &Map<String, Value>,
) {
    let (Some(name), Some(reference)) = (
        discriminator["propertyName"].as_str(),
        branch["$ref"].as_str(),
    ) else {
        return;
    };
    let own = joined
        .get("properties")
        .and_then(|properties| properties.get(name));
    let is_settled = own.is_some_and(|own| {
        own.get("const").is_some() || own["enum"].as_array().is_some_and(|list| list.len() == 1)
    });
    let Value::Object(fields) = made else { return };
    if is_settled {
        return;
    }
    let plain = reference.rsplit('/').next().unwrap_or(reference);
    let mapped = discriminator["mapping"]
        .as_object()
        .into_iter()
        .flatten()
        .find(|(_, target)| *target == reference || *target == plain)
        .map(|(value, _)| value.as_str());
    fields.insert(name.to_owned(), mapped.unwrap_or(plain).into());
}

fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}
