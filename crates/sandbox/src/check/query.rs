//! The query of a URL, as the values that parameters have in it.

use super::{listed, written};
use crate::document::{Parameter, Place, Style, properties_of};
use serde_json::{Map, Value};
use std::borrow::Cow;

/// The pairs of a query, decoded and in order.
#[derive(Debug, Default)]
pub(crate) struct Query {
    pairs: Vec<(String, String)>,
    pub problem: Option<&'static str>,
}

impl Query {
    pub(crate) fn read(text: &str) -> Self {
        let mut query = Self::default();
        for pair in text.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            match (decoded(name), decoded(value)) {
                (Some(name), Some(value)) => query.pairs.push((name, value)),
                _ => query.problem = Some("not percent-encoded UTF-8"),
            }
        }
        query
    }

    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.pairs.iter().map(|(name, _)| name.as_str())
    }

    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        let mut pairs = self.pairs.iter();
        pairs
            .find(|(found, _)| found == name)
            .map(|(_, value)| value.as_str())
    }

    /// Every value of a name.
    pub(crate) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.pairs
            .iter()
            .filter(move |(found, _)| found == name)
            .map(|(_, value)| value.as_str())
    }

    /// Each `name[key]` with its value.
    pub(crate) fn keys<'a>(&'a self, name: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.pairs.iter().filter_map(move |(found, value)| {
            let key = found
                .strip_prefix(name)?
                .strip_prefix('[')?
                .strip_suffix(']')?;
            Some((key, value.as_str()))
        })
    }

    /// What is written of a parameter; nothing where it is not there. `others` are the parameters beside it.
    pub(super) fn written(
        &self,
        document: &Value,
        parameter: &Parameter,
        others: &[Parameter],
    ) -> Result<Option<Value>, &'static str> {
        let values: Vec<&str> = self.all(&parameter.name).collect();
        let is_array = parameter.kind.as_deref() == Some("array");
        let list = |values: &[&str]| values.iter().map(|text| Value::from(*text)).collect();
        match parameter.style {
            Style::DeepObject => {
                let start = if is_array {
                    Value::Null
                } else {
                    Value::Object(Map::new())
                };
                Ok(self.nested(start, |root, keys| {
                    (root == parameter.name && !keys.is_empty()).then(|| keys.to_vec())
                }))
            }
            Style::Spread => {
                let properties = properties_of(document, &parameter.schema);
                let is_other = |name: &str| {
                    others
                        .iter()
                        .any(|other| other.place == Place::Query && other.name == name)
                };
                Ok(self.nested(Value::Null, |root, keys| {
                    let is_own =
                        properties.contains_key(root) || (properties.is_empty() && !is_other(root));
                    is_own.then(|| std::iter::once(root).chain(keys.iter().copied()).collect())
                }))
            }
            Style::Json => match values.first() {
                Some(text) => serde_json::from_str(text)
                    .map(Some)
                    .map_err(|_| "not JSON, which is documented here"),
                None => Ok(None),
            },
            _ if values.is_empty() => Ok(None),
            Style::Repeated if is_array => Ok(Some(list(&values))),
            // A value or a list of them.
            Style::Repeated if values.len() > 1 && parameter.is_choice(document) => {
                Ok(Some(list(&values)))
            }
            _ if values.len() > 1 => Err("there more than once, one value is documented"),
            _ => Ok(values.first().map(|value| listed(parameter, value))),
        }
    }

    /// The whole as the object of a form.
    pub(super) fn object(&self, document: &Value, schema: &Value) -> Value {
        let object = self.nested(Value::Null, |root, keys| {
            Some(std::iter::once(root).chain(keys.iter().copied()).collect())
        });
        let object = object.unwrap_or_else(|| Value::Object(Map::new()));
        written::typed(document, schema, object)
    }

    /// The object or list of all pairs for which `keys` says where in it they lie, by the parts of their names, begun
    /// with `start`; nothing where there is no such pair.
    fn nested<'a>(
        &'a self,
        start: Value,
        keys: impl Fn(&'a str, &[&'a str]) -> Option<Vec<&'a str>>,
    ) -> Option<Value> {
        let mut object = start;
        let mut is_there = false;
        for (name, text) in &self.pairs {
            if let Some((root, inner)) = written::keys(name)
                && let Some(keys) = keys(root, &inner)
            {
                written::put(&mut object, &keys, text);
                is_there = true;
            }
        }
        is_there.then_some(object)
    }
}

/// Whether a name in a query belongs to a parameter.
pub(super) fn is_of(parameter: &Parameter, name: &str) -> bool {
    let rest = name.strip_prefix(parameter.name.as_str());
    parameter.style == Style::Spread
        || rest.is_some_and(|rest| {
            rest.is_empty() || (parameter.style == Style::DeepObject && rest.starts_with('['))
        })
}

pub(crate) fn decoded(text: &str) -> Option<String> {
    let text: Cow<'_, str> = if text.contains('+') {
        text.replace('+', " ").into()
    } else {
        text.into()
    };
    super::decoded(&text)
}
