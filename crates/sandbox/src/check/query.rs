//! The query of a URL, as the values that parameters have in it.

use super::listed;
use crate::document::{Parameter, Style};
use percent_encoding::percent_decode_str;
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

    /// The value of a parameter; nothing where it is not there.
    pub(super) fn value(&self, parameter: &Parameter) -> Result<Option<Value>, &'static str> {
        let named = self
            .pairs
            .iter()
            .filter(|(name, _)| *name == parameter.name)
            .map(|(_, value)| value.as_str());
        let values: Vec<&str> = named.collect();
        let is_array = parameter.kind.as_deref() == Some("array");
        match parameter.style {
            Style::DeepObject => Ok(self.object(parameter)),
            Style::Json => match values.first() {
                Some(text) => serde_json::from_str(text)
                    .map(Some)
                    .map_err(|_| "not JSON, which is documented here"),
                None => Ok(None),
            },
            _ if values.is_empty() => Ok(None),
            Style::Repeated if is_array => Ok(Some(
                values
                    .iter()
                    .map(|value| parameter.entry_of(value))
                    .collect(),
            )),
            _ if values.len() > 1 => Err("there more than once, one value is documented"),
            _ => Ok(values.first().map(|value| listed(parameter, value))),
        }
    }

    /// The object of all `name[key]=value` and `name[key][key]=value`.
    fn object(&self, parameter: &Parameter) -> Option<Value> {
        let mut object = Value::Null;
        for (found, value) in &self.pairs {
            let keys = found.strip_prefix(parameter.name.as_str());
            let keys = keys.and_then(|keys| keys.strip_prefix('[')?.strip_suffix(']'));
            let Some(keys) = keys else { continue };
            let mut place = &mut object;
            for key in keys.split("][") {
                if !place.is_object() {
                    *place = Value::Object(Map::new());
                }
                place = &mut place[key];
            }
            *place = parameter.entry_of(value);
        }
        (!object.is_null()).then_some(object)
    }
}

/// Whether a name in a query belongs to a parameter.
pub(super) fn is_of(parameter: &Parameter, name: &str) -> bool {
    let rest = name.strip_prefix(parameter.name.as_str());
    rest.is_some_and(|rest| {
        rest.is_empty() || (parameter.style == Style::DeepObject && rest.starts_with('['))
    })
}

pub(crate) fn decoded(text: &str) -> Option<String> {
    let text: Cow<'_, str> = if text.contains('+') {
        text.replace('+', " ").into()
    } else {
        text.into()
    };
    percent_decode_str(&text)
        .decode_utf8()
        .ok()
        .map(Cow::into_owned)
}
