//! The forms of answers: what stands around records, and what errors look like.

use super::resource::Resource;
use super::schema::type_of;
use super::{properties_of, resolved};
use crate::instance;
use bytes::Bytes;
use serde_json::{Map, Value, json};

/// Stands in an answer for what is put there later. No text of a document holds it.
const HOLE: &str = "\u{1}hole\u{1}";

/// An answer with a place for a record.
#[derive(Debug, Clone, Default)]
pub(crate) struct RecordShape {
    pub before: Bytes,
    pub after: Bytes,
    /// Whether the record stands between.
    pub has_record: bool,
}

impl RecordShape {
    /// The answer of a schema with the record at `pointer`; without it, what the schema asks for is made up.
    pub(super) fn around(document: &Value, schema: &Value, pointer: Option<&str>) -> Self {
        let Some(pointer) = pointer else {
            return Self::made_up(document, schema);
        };
        if pointer.is_empty() {
            return Self {
                has_record: true,
                ..Self::default()
            };
        }
        let mut skeleton = instance::of(document, schema);
        put(&mut skeleton, pointer, Value::from(HOLE));
        let (before, after) = split(&skeleton);
        Self {
            before,
            after,
            has_record: true,
        }
    }

    pub(super) fn made_up(document: &Value, schema: &Value) -> Self {
        if schema.is_null() {
            return Self::default();
        }
        let before = instance::of(document, schema).to_string().into();
        Self {
            before,
            after: Bytes::new(),
            has_record: false,
        }
    }

    /// Whether the answer has no body at all.
    pub(crate) fn is_empty(&self) -> bool {
        !self.has_record && self.before.is_empty()
    }
}

/// The texts before and after the hole.
fn split(skeleton: &Value) -> (Bytes, Bytes) {
    let text = skeleton.to_string();
    let hole = Value::from(HOLE).to_string();
    let (before, after) = text.split_once(&hole).unwrap_or((&text, ""));
    (before.to_owned().into(), after.to_owned().into())
}

/// Puts a value at a pointer, making the objects on the way.
pub(crate) fn put(value: &mut Value, pointer: &str, inner: Value) {
    let mut place = value;
    for name in pointer.split('/').skip(1) {
        if !place.is_object() {
            *place = Value::Object(Map::new());
        }
        place = &mut place[name];
    }
    *place = inner;
}

/// Where a record stands in an answer: at the top, or in the one property that holds an object.
pub(super) fn record_pointer(
    document: &Value,
    schema: &Value,
    resource: &Resource,
) -> Option<String> {
    if schema.is_null() {
        return None;
    }
    let properties = properties_of(document, schema);
    let is_record = properties.contains_key(&resource.id)
        || (properties.is_empty() && type_of(document, schema) != Some("array"));
    if is_record {
        return Some(String::new());
    }
    let objects = properties
        .iter()
        .filter(|(_, schema)| type_of(document, schema) == Some("object"));
    let names: Vec<&String> = objects.map(|(name, _)| name).collect();
    match names.as_slice() {
        [name] => Some(format!("/{name}")),
        _ if names.iter().any(|name| *name == "data") => Some("/data".to_owned()),
        _ => Some(String::new()),
    }
}

/// How a list is cut into pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Paging {
    Cursor { parameter: String, next: String },
    Page { parameter: String },
    Offset { parameter: String },
    None,
}

/// The form of a list.
#[derive(Debug, Clone)]
pub(crate) struct ListShape {
    skeleton: Value,
    counts: Vec<(String, Count)>,
    pub paging: Paging,
    /// The parameter for the size of a page.
    pub limit: Option<String>,
    /// The size of a page where a request does not say it, as the document has it.
    pub usual_limit: Option<usize>,
}

/// A number that a list says of itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Count {
    OfPage,
    OfAll,
    Page,
    Limit,
    Pages,
}

/// What a page of a list says of itself.
#[derive(Debug, Clone, Default)]
pub(crate) struct PageFacts {
    pub count: usize,
    pub total: usize,
    pub page: usize,
    pub limit: usize,
    pub next: Option<String>,
}

/// Where the items of a list stand, and what each is. `None` where the answer is no list.
pub(super) fn items_of(
    document: &Value,
    operation: &Value,
    schema: &Value,
) -> Option<(String, Value)> {
    let array_items = |schema: &Value| -> Option<Value> {
        let schema = resolved(document, schema);
        let alternatives = schema["oneOf"].as_array().into_iter().flatten();
        let mut candidates = std::iter::once(schema).chain(alternatives);
        candidates.find_map(|schema| {
            let items = &resolved(document, schema)["items"];
            (!items.is_null()).then(|| resolved(document, items).clone())
        })
    };
    if let Some(pointer) = operation["x-pagination"]["items"].as_str() {
        let mut found = schema.clone();
        for name in pointer.split('/').skip(1) {
            found = properties_of(document, &found).get(name)?.clone();
        }
        return Some((pointer.to_owned(), array_items(&found)?));
    }
    if let Some(items) = array_items(schema) {
        return Some((String::new(), items));
    }
    let properties = properties_of(document, schema);
    let mut arrays = properties.iter().filter_map(|(name, schema)| {
        let items = array_items(schema)?;
        Some((format!("/{name}"), items))
    });
    let first = arrays.next()?;
    arrays.next().is_none().then_some(first)
}

impl ListShape {
    pub(super) fn read(document: &Value, operation: &Value, schema: &Value) -> Option<Self> {
        let (items, _) = items_of(document, operation, schema)?;
        let pagination = &operation["x-pagination"];
        let text = |name: &str| pagination[name].as_str().map(str::to_owned);
        let paging = match (text("type").as_deref(), text("parameter"), text("next")) {
            (Some("cursor"), Some(parameter), Some(next)) => Paging::Cursor { parameter, next },
            (Some("page"), Some(parameter), _) => Paging::Page { parameter },
            (Some("offset"), Some(parameter), _) => Paging::Offset { parameter },
            _ => Paging::None,
        };
        let mut skeleton = instance::of(document, schema);
        let mut counts = Vec::new();
        if items.is_empty() {
            skeleton = Value::from(HOLE);
        } else {
            for (name, schema) in properties_of(document, schema) {
                let pointer = format!("/{name}");
                if let Some(count) = count_of(&name)
                    && type_of(document, &schema) == Some("integer")
                {
                    counts.push((pointer, count));
                } else if schema["nullable"] == true {
                    put(&mut skeleton, &pointer, Value::Null);
                }
            }
            put(&mut skeleton, &items, Value::from(HOLE));
        }
        Some(Self {
            skeleton,
            counts,
            paging,
            usual_limit: text("limit").and_then(|name| default_of(document, operation, &name)),
            limit: text("limit"),
        })
    }

    /// The text of a page with these items, each of which is JSON.
    pub(crate) fn text(&self, items: &[Bytes], facts: &PageFacts) -> Vec<u8> {
        let mut page = self.skeleton.clone();
        for (pointer, count) in &self.counts {
            let number = match count {
                Count::OfPage => facts.count,
                Count::OfAll => facts.total,
                Count::Page => facts.page,
                Count::Limit => facts.limit,
                Count::Pages => facts.total.div_ceil(facts.limit.max(1)),
            };
            put(&mut page, pointer, number.into());
        }
        if let Paging::Cursor { next, .. } = &self.paging {
            put(&mut page, next, facts.next.clone().into());
        }
        let (before, after) = split(&page);
        let length: usize = items.iter().map(|item| item.len() + 1).sum();
        let mut text = Vec::with_capacity(before.len() + after.len() + length + 2);
        text.extend_from_slice(&before);
        text.push(b'[');
        for (index, item) in items.iter().enumerate() {
            if index > 0 {
                text.push(b',');
            }
            text.extend_from_slice(item);
        }
        text.push(b']');
        text.extend_from_slice(&after);
        text
    }
}

/// The value that a parameter has where a request leaves it out.
fn default_of(document: &Value, operation: &Value, name: &str) -> Option<usize> {
    let parameters = operation["parameters"].as_array()?.iter();
    let mut parameters = parameters.map(|parameter| resolved(document, parameter));
    let parameter = parameters.find(|parameter| parameter["name"] == name)?;
    parameter["schema"]["default"].as_u64()?.try_into().ok()
}

/// What a number of a list counts, by its name.
fn count_of(name: &str) -> Option<Count> {
    let name: String = name
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .collect::<String>()
        .to_ascii_lowercase();
    Some(match name.as_str() {
        "resultcount" | "count" | "size" => Count::OfPage,
        "total" | "totalresults" | "totalcount" | "totalitems" => Count::OfAll,
        "page" | "currentpage" | "pagenumber" => Count::Page,
        "limit" | "perpage" | "pagesize" => Count::Limit,
        "totalpages" | "pages" | "lastpage" | "pagecount" => Count::Pages,
        _ => return None,
    })
}

/// What an error looks like.
#[derive(Debug, Clone, Default)]
pub(crate) struct ErrorShape {
    /// The schema, with every reference followed; nothing where the error has no body.
    schema: Option<Value>,
    skeleton: Value,
    pub headers: Vec<String>,
}

impl ErrorShape {
    pub(super) fn read(document: &Value, response: &Value, schema: &Value) -> Self {
        let headers = response["headers"].as_object().into_iter().flatten();
        Self {
            schema: (!schema.is_null()).then(|| inlined(document, schema, 0)),
            skeleton: if schema.is_null() {
                Value::Null
            } else {
                instance::of(document, schema)
            },
            headers: headers.map(|(name, _)| name.to_ascii_lowercase()).collect(),
        }
    }

    /// The body of an error; `None` where the document says that there is none.
    pub(crate) fn body(&self, status: u16, reason: &str, message: &str) -> Option<Value> {
        let schema = self.schema.as_ref()?;
        let mut body = self.skeleton.clone();
        fill(&mut body, schema, status, reason, message);
        Some(body)
    }

    /// The body of an error of which the document says nothing.
    pub(crate) fn undocumented(status: u16, message: &str) -> Value {
        json!({ "status": status, "message": message })
    }
}

fn inlined(document: &Value, schema: &Value, depth: usize) -> Value {
    if depth > 4 {
        return Value::Null;
    }
    let properties = properties_of(document, schema).into_iter();
    let properties: Map<String, Value> = properties
        .map(|(name, schema)| {
            let kind = type_of(document, &schema).unwrap_or_default().to_owned();
            let inner = inlined(document, &schema, depth + 1);
            (
                name,
                json!({ "type": kind, "properties": inner["properties"] }),
            )
        })
        .collect();
    json!({ "type": type_of(document, schema), "properties": properties })
}

fn fill(body: &mut Value, schema: &Value, status: u16, reason: &str, message: &str) {
    for (name, schema) in schema["properties"].as_object().into_iter().flatten() {
        let plain: String = name
            .chars()
            .filter(char::is_ascii_alphanumeric)
            .collect::<String>()
            .to_ascii_lowercase();
        let value = match (schema["type"].as_str().unwrap_or_default(), plain.as_str()) {
            ("integer" | "number", "statuscode" | "status" | "code") => Value::from(status),
            (
                "string",
                "message" | "detail" | "description" | "errordescription" | "errormessage",
            ) => Value::from(message),
            ("string", "error" | "title" | "name" | "reason") => Value::from(reason),
            ("object", _) => {
                let mut inner = body[name].clone();
                fill(&mut inner, schema, status, reason, message);
                if inner.is_null() {
                    continue;
                }
                inner
            }
            _ => continue,
        };
        if !body.is_object() {
            *body = Value::Object(Map::new());
        }
        body[name] = value;
    }
}
