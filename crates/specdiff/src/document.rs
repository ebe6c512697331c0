//! An OpenAPI document as the comparison reads it.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use crate::pointer::step;

/// The methods of a path, in the order in which OpenAPI lists them.
pub(crate) const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

/// How many references may follow one another before the document is held to go in a circle.
const CHAIN: usize = 64;

/// A value and where it stands.
#[derive(Debug, Clone)]
pub(crate) struct Located<'d> {
    pub(crate) value: &'d Value,
    pub(crate) pointer: String,
}

impl<'d> Located<'d> {
    pub(crate) fn new(value: &'d Value, pointer: impl Into<String>) -> Self {
        Self {
            value,
            pointer: pointer.into(),
        }
    }

    /// What stands under a key.
    pub(crate) fn get(&self, key: &str) -> Option<Self> {
        let value = self.value.get(key)?;
        Some(Self::new(value, step(&self.pointer, key)))
    }

    pub(crate) fn text(&self, key: &str) -> Option<&'d str> {
        self.value.get(key).and_then(Value::as_str)
    }

    pub(crate) fn is(&self, key: &str) -> bool {
        self.value.get(key) == Some(&Value::Bool(true))
    }

    /// The entries of an object.
    pub(crate) fn entries(&self) -> impl Iterator<Item = (&'d str, Self)> + use<'_, 'd> {
        self.value
            .as_object()
            .into_iter()
            .flatten()
            .map(|(key, value)| (key.as_str(), Self::new(value, step(&self.pointer, key))))
    }

    /// The items of a list.
    pub(crate) fn items(&self) -> impl Iterator<Item = Self> + use<'_, 'd> {
        self.value
            .as_array()
            .into_iter()
            .flatten()
            .enumerate()
            .map(|(index, value)| Self::new(value, format!("{}/{index}", self.pointer)))
    }
}

/// A document.
#[derive(Debug)]
pub(crate) struct Document<'d> {
    pub(crate) root: &'d Value,
    /// Whether the API checks nothing, so that every list of values is open.
    pub(crate) unvalidated: bool,
    /// The integrations that it names anywhere.
    pub(crate) integrations: BTreeSet<&'d str>,
}

impl<'d> Document<'d> {
    pub(crate) fn new(root: &'d Value) -> Self {
        let mut integrations = BTreeSet::new();
        named_integrations(root, &mut integrations);
        Self {
            root,
            unvalidated: root.get("x-unvalidated") == Some(&Value::Bool(true)),
            integrations,
        }
    }

    pub(crate) fn at(&self, pointer: &str) -> Option<Located<'d>> {
        let value = self.root.pointer(pointer)?;
        Some(Located::new(value, pointer))
    }

    /// Follows a reference to its target, as far as it leads within the document.
    pub(crate) fn resolved(&self, mut found: Located<'d>) -> Located<'d> {
        for _ in 0..CHAIN {
            let Some(target) = target(found.value).and_then(|pointer| self.at(pointer)) else {
                break;
            };
            found = target;
        }
        found
    }

    /// The entries of one kind of components, such as `schemas`.
    pub(crate) fn components(&self, kind: &str) -> BTreeMap<&'d str, Located<'d>> {
        let pointer = format!("/components/{kind}");
        self.root
            .pointer(&pointer)
            .and_then(Value::as_object)
            .into_iter()
            .flatten()
            .map(|(name, value)| (name.as_str(), Located::new(value, step(&pointer, name))))
            .collect()
    }

    /// The operations in the order of the document.
    pub(crate) fn operations(&self) -> Vec<Operation<'d>> {
        let Some(Value::Object(paths)) = self.root.get("paths") else {
            return Vec::new();
        };
        let mut operations = Vec::new();
        for (path, item) in paths {
            let item = self.resolved(Located::new(item, step("/paths", path)));
            for method in METHODS {
                if let Some(operation) = item.get(method)
                    && operation.value.is_object()
                {
                    operations.push(Operation {
                        method,
                        path,
                        parameters: self.parameters(&item, &operation),
                        at: operation,
                    });
                }
            }
        }
        operations
    }

    /// The parameters of an operation and of its path, the operation's own first.
    fn parameters(&self, item: &Located<'d>, operation: &Located<'d>) -> Vec<Parameter<'d>> {
        let mut parameters: Vec<Parameter<'d>> = Vec::new();
        for holder in [operation, item] {
            let Some(list) = holder.get("parameters") else {
                continue;
            };
            for entry in list.items() {
                let at = self.resolved(entry);
                let (Some(name), Some(place)) = (at.text("name"), at.text("in")) else {
                    continue;
                };
                let is_new = !parameters
                    .iter()
                    .any(|parameter| parameter.name == name && parameter.place == place);
                if is_new {
                    parameters.push(Parameter { name, place, at });
                }
            }
        }
        parameters
    }
}

/// An operation.
#[derive(Debug, Clone)]
pub(crate) struct Operation<'d> {
    pub(crate) method: &'static str,
    pub(crate) path: &'d str,
    pub(crate) at: Located<'d>,
    pub(crate) parameters: Vec<Parameter<'d>>,
}

impl<'d> Operation<'d> {
    pub(crate) fn id(&self) -> Option<&'d str> {
        self.at
            .text("operationId")
            .filter(|id| !id.trim().is_empty())
    }

    /// What a reader calls the operation.
    pub(crate) fn label(&self) -> String {
        self.id().map_or_else(
            || format!("{} {}", self.method.to_ascii_uppercase(), self.path),
            str::to_owned,
        )
    }
}

/// A parameter.
#[derive(Debug, Clone)]
pub(crate) struct Parameter<'d> {
    pub(crate) name: &'d str,
    pub(crate) place: &'d str,
    pub(crate) at: Located<'d>,
}

/// The pointer that a reference names within its document.
pub(crate) fn target(value: &Value) -> Option<&str> {
    value.get("$ref")?.as_str()?.strip_prefix('#')
}

/// The name of a component schema, when a pointer names one.
pub(crate) fn component(pointer: &str) -> Option<&str> {
    pointer
        .strip_prefix("/components/schemas/")
        .filter(|name| !name.contains('/'))
}

fn named_integrations<'d>(value: &'d Value, into: &mut BTreeSet<&'d str>) {
    match value {
        Value::Object(object) => {
            for (key, inner) in object {
                if key == "x-integrations" {
                    let names = inner.as_object().into_iter().flat_map(Map::keys);
                    into.extend(names.map(String::as_str));
                } else {
                    named_integrations(inner, into);
                }
            }
        }
        Value::Array(items) => {
            for item in items {
                named_integrations(item, into);
            }
        }
        _ => {}
    }
}
