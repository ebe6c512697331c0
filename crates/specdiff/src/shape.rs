//! What a schema says of a value, with `allOf` written out and references kept apart from what stands beside them.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::LazyLock,
};

use serde_json::{Value, json};

use crate::{
    document::{Document, Located, target},
    pointer::step,
};

/// Keywords that say something of a value beside its shape, and so may stand at a use of a component.
const BESIDE: [&str; 12] = [
    "description",
    "title",
    "default",
    "example",
    "examples",
    "deprecated",
    "nullable",
    "readOnly",
    "writeOnly",
    "externalDocs",
    "xml",
    "summary",
];

/// What says nothing of a value.
static ANY: LazyLock<Value> = LazyLock::new(|| json!({}));

/// A schema as it is used: what stands beside a reference, and where the shape is.
#[derive(Debug)]
pub(crate) struct Use<'d> {
    /// The schema itself, with its annotations.
    pub(crate) at: Located<'d>,
    /// The schema that it names: a reference, or an `allOf` of one with annotations around it.
    pub(crate) target: Option<Located<'d>>,
}

impl<'d> Use<'d> {
    pub(crate) fn of(document: &Document<'d>, at: Located<'d>) -> Self {
        let target = named(&at)
            .and_then(|pointer| document.at(pointer))
            .map(|found| alias(document, found));
        Self { at, target }
    }
}

/// Follows components that are nothing but another's name.
fn alias<'d>(document: &Document<'d>, found: Located<'d>) -> Located<'d> {
    if target(found.value).is_some() {
        document.resolved(found)
    } else {
        found
    }
}

fn named<'d>(at: &Located<'d>) -> Option<&'d str> {
    if let Some(pointer) = target(at.value) {
        return Some(pointer);
    }
    let object = at.value.as_object()?;
    let beside = object
        .keys()
        .all(|key| key == "allOf" || key.starts_with("x-") || BESIDE.contains(&key.as_str()));
    match object.get("allOf")?.as_array()?.as_slice() {
        [one] if beside => target(one),
        _ => None,
    }
}

/// A schema with everything that `allOf` adds to it.
#[derive(Debug, Default)]
pub(crate) struct Shape<'d> {
    /// Every keyword but those below, the schema's own first.
    pub(crate) keywords: BTreeMap<&'d str, Located<'d>>,
    pub(crate) properties: BTreeMap<&'d str, Located<'d>>,
    pub(crate) required: BTreeSet<&'d str>,
}

impl<'d> Shape<'d> {
    pub(crate) fn of(document: &Document<'d>, at: &Located<'d>) -> Self {
        let mut shape = Self::default();
        shape.add(document, at, &mut Vec::new());
        shape.name_required(at);
        shape
    }

    /// A name that is required and not described is a field of the type of further ones, as it is in the client.
    fn name_required(&mut self, at: &Located<'d>) {
        if self.properties.is_empty() {
            return;
        }
        let any = || Located::new(&ANY, step(&at.pointer, "required"));
        let further = self.further().cloned().unwrap_or_else(any);
        for name in &self.required {
            let described = self.properties.entry(name);
            described.or_insert_with(|| further.clone());
        }
    }

    fn add(&mut self, document: &Document<'d>, at: &Located<'d>, open: &mut Vec<String>) {
        let at = document.resolved(at.clone());
        if open.contains(&at.pointer) {
            return;
        }
        for (key, found) in at.entries() {
            match key {
                "allOf" | "$ref" => {}
                "properties" => {
                    for (name, property) in found.entries() {
                        self.properties.entry(name).or_insert(property);
                    }
                }
                "required" if found.value.is_array() => self.required.extend(
                    found
                        .value
                        .as_array()
                        .into_iter()
                        .flatten()
                        .filter_map(Value::as_str),
                ),
                _ => {
                    self.keywords.entry(key).or_insert(found);
                }
            }
        }
        if let Some(members) = at.get("allOf") {
            open.push(at.pointer);
            for member in members.items() {
                self.add(document, &member, open);
            }
            open.pop();
        }
    }

    pub(crate) fn keyword(&self, key: &str) -> Option<&'d Value> {
        self.keywords.get(key).map(|found| found.value)
    }

    pub(crate) fn text(&self, key: &str) -> Option<&'d str> {
        self.keyword(key).and_then(Value::as_str)
    }

    pub(crate) fn is(&self, key: &str) -> bool {
        self.keyword(key) == Some(&Value::Bool(true))
    }

    /// The type that is stated, or that the other keywords leave no doubt of. `null` aside, and in the way of
    /// OpenAPI 3.1 there can be several.
    pub(crate) fn types(&self) -> BTreeSet<&'d str> {
        let stated: BTreeSet<&str> = match self.keyword("type") {
            Some(Value::String(one)) => BTreeSet::from([one.as_str()]),
            Some(Value::Array(several)) => several.iter().filter_map(Value::as_str).collect(),
            _ => BTreeSet::new(),
        };
        if !stated.is_empty() {
            return stated.into_iter().filter(|name| *name != "null").collect();
        }
        let inferred = if !self.properties.is_empty()
            || self
                .keyword("additionalProperties")
                .is_some_and(Value::is_object)
        {
            Some("object")
        } else if self.keyword("items").is_some() {
            Some("array")
        } else if self.values().is_some_and(|values| {
            !values.is_empty() && values.iter().all(|value| value.is_string())
        }) {
            Some("string")
        } else {
            None
        };
        inferred.into_iter().collect()
    }

    pub(crate) fn is_nullable(&self) -> bool {
        self.is("nullable")
            || matches!(self.keyword("type"), Some(Value::Array(types)) if types.contains(&Value::from("null")))
    }

    /// The listed values, each once, without null.
    pub(crate) fn values(&self) -> Option<Vec<&'d Value>> {
        let listed = self.keyword("enum")?.as_array()?;
        let mut values: Vec<&Value> = Vec::new();
        for value in listed {
            if !value.is_null() && !values.contains(&value) {
                values.push(value);
            }
        }
        Some(values)
    }

    /// The schema of what stands in a list.
    pub(crate) fn items(&self) -> Option<&Located<'d>> {
        self.keywords.get("items")
    }

    /// The schema of the fields that are not named, where there is one. `{}` says no more than `true`.
    pub(crate) fn further(&self) -> Option<&Located<'d>> {
        self.keywords
            .get("additionalProperties")
            .filter(|found| found.value.as_object().is_some_and(|it| !it.is_empty()))
    }

    /// The forms of a choice, and the keyword that lists them.
    pub(crate) fn choice(&self) -> Option<(&'static str, Vec<Located<'d>>)> {
        ["oneOf", "anyOf"].into_iter().find_map(|key| {
            let list = self.keywords.get(key)?;
            Some((key, list.items().collect()))
        })
    }
}
