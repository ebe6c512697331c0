//! The kind of value that a schema takes, for comparing one with another.

use std::fmt;

use serde_json::Value;

use super::Survey;

/// The kind of value that a schema takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::lint) enum Kind {
    /// Any JSON, as far as the document says.
    Any,
    /// A scalar of this type.
    Scalar(String),
    Object,
    Array(Box<Kind>),
    OneOf(Vec<Kind>),
}

impl Kind {
    /// Whether no value can be of both kinds.
    pub(in crate::lint) fn excludes(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Any, _) | (_, Self::Any) => false,
            (Self::Array(one), Self::Array(other)) => one.excludes(other),
            (Self::OneOf(kinds), other) | (other, Self::OneOf(kinds)) => {
                kinds.iter().all(|kind| kind.excludes(other))
            }
            (one, other) => one != other,
        }
    }
}

impl fmt::Display for Kind {
    /// With its article: `a string`, `an array of objects`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Any => f.write_str("anything"),
            Self::Scalar(name) if name.starts_with(['a', 'e', 'i', 'o', 'u']) => {
                write!(f, "an {name}")
            }
            Self::Scalar(name) => write!(f, "a {name}"),
            Self::Object => f.write_str("an object"),
            Self::Array(items) => match items.as_ref() {
                Self::Scalar(name) => write!(f, "an array of {name}s"),
                Self::Object => f.write_str("an array of objects"),
                Self::Array(_) => f.write_str("an array of arrays"),
                Self::Any | Self::OneOf(_) => f.write_str("an array"),
            },
            Self::OneOf(kinds) => {
                let kinds: Vec<String> = kinds.iter().map(Self::to_string).collect();
                f.write_str(&kinds.join(" or "))
            }
        }
    }
}

impl Survey<'_> {
    /// The schema that a schema comes down to: what its reference names, or the only part of its `allOf`.
    pub(in crate::lint) fn core(&self, mut index: usize) -> usize {
        for _ in 0..16 {
            let value = self.nodes[index].value;
            let next = if value.get("$ref").is_some() {
                Some(self.resolved(index)).filter(|next| *next != index)
            } else if only_part(value) {
                self.below(index, "/allOf/0")
            } else {
                None
            };
            match next {
                Some(next) => index = next,
                None => break,
            }
        }
        index
    }

    /// The kind of value that a schema takes.
    pub(in crate::lint) fn kind(&self, index: usize) -> Kind {
        self.kind_within(index, 8)
    }

    fn kind_within(&self, index: usize, depth: usize) -> Kind {
        if depth == 0 {
            return Kind::Any;
        }
        let core = self.core(index);
        let value = self.nodes[core].value;
        match value.get("type").and_then(Value::as_str) {
            Some("array") => {
                let items = self.below(core, "/items");
                let kind = items.map_or(Kind::Any, |items| self.kind_within(items, depth - 1));
                Kind::Array(Box::new(kind))
            }
            Some("object") => Kind::Object,
            Some(scalar) => Kind::Scalar(scalar.to_owned()),
            None if value.get("properties").is_some() => Kind::Object,
            None => self.kind_of_parts(core, value, depth),
        }
    }

    fn kind_of_parts(&self, core: usize, value: &Value, depth: usize) -> Kind {
        let parts = |keyword: &str| -> Vec<Kind> {
            let count = value
                .get(keyword)
                .and_then(Value::as_array)
                .map_or(0, Vec::len);
            (0..count)
                .filter_map(|at| self.below(core, &format!("/{keyword}/{at}")))
                .map(|part| self.kind_within(part, depth - 1))
                .collect()
        };
        let mut kinds = parts("oneOf");
        kinds.extend(parts("anyOf"));
        if kinds.is_empty() {
            return parts("allOf")
                .into_iter()
                .find(|kind| *kind != Kind::Any)
                .unwrap_or(Kind::Any);
        }
        kinds.dedup();
        match kinds.as_slice() {
            [one] => one.clone(),
            _ if kinds.contains(&Kind::Any) => Kind::Any,
            _ => Kind::OneOf(kinds),
        }
    }
}

fn only_part(schema: &Value) -> bool {
    schema
        .get("allOf")
        .and_then(Value::as_array)
        .is_some_and(|parts| parts.len() == 1)
        && schema.get("properties").is_none()
        && schema.get("type").is_none()
}
