//! An enum that other values than the documented ones may stand in.

use serde::de::Visitor;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::convert::Infallible;
use std::fmt;
use std::marker::PhantomData;
use std::str::FromStr;

/// A value of the documented enum `K`, or any other text, which is kept and sent back as it came.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Open<K> {
    /// A documented value.
    Known(K),
    /// Any other text.
    Other(String),
}

impl<K> Open<K> {
    /// The documented value, if it is one.
    #[must_use]
    pub const fn known(&self) -> Option<&K> {
        match self {
            Self::Known(value) => Some(value),
            Self::Other(_) => None,
        }
    }

    /// The text, if it is none of the documented values.
    #[must_use]
    pub fn other(&self) -> Option<&str> {
        match self {
            Self::Known(_) => None,
            Self::Other(text) => Some(text),
        }
    }
}

impl<K: FromStr> Open<K> {
    /// The documented value that `text` names, or `text` itself.
    #[must_use]
    pub fn new(text: &str) -> Self {
        text.parse()
            .map_or_else(|_| Self::Other(text.to_owned()), Self::Known)
    }
}

impl<K> From<K> for Open<K> {
    fn from(value: K) -> Self {
        Self::Known(value)
    }
}

impl<K: FromStr> FromStr for Open<K> {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(Self::new(text))
    }
}

impl<K: fmt::Display> fmt::Display for Open<K> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Known(value) => value.fmt(formatter),
            Self::Other(text) => text.fmt(formatter),
        }
    }
}

impl<K: fmt::Display> Serialize for Open<K> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Known(value) => serializer.collect_str(value),
            Self::Other(text) => serializer.serialize_str(text),
        }
    }
}

impl<'de, K: FromStr> Deserialize<'de> for Open<K> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(TextVisitor(PhantomData))
    }
}

struct TextVisitor<K>(PhantomData<K>);

impl<K: FromStr> Visitor<'_> for TextVisitor<K> {
    type Value = Open<K>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a string")
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Open<K>, E> {
        Ok(Open::new(text))
    }

    fn visit_string<E: serde::de::Error>(self, text: String) -> Result<Open<K>, E> {
        Ok(text.parse().map_or_else(|_| Open::Other(text), Open::Known))
    }

    fn visit_bytes<E: serde::de::Error>(self, bytes: &[u8]) -> Result<Open<K>, E> {
        std::str::from_utf8(bytes)
            .map(Open::new)
            .map_err(|_| E::custom("expected UTF-8"))
    }
}
