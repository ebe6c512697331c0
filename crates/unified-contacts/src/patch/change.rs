//! A change to one value.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;

/// What becomes of a value. As JSON, a value that is kept is not there, one that is cleared is null, and one that is
/// set is there.
#[derive(Clone, Default, PartialEq, Eq)]
pub enum Change<T> {
    /// It stays as it is.
    #[default]
    Keep,
    /// It is taken away.
    Clear,
    /// It becomes this.
    Set(T),
}

impl<T> Change<T> {
    /// Whether the value stays as it is.
    #[must_use]
    pub fn is_keep(&self) -> bool {
        matches!(self, Self::Keep)
    }

    /// The value that is set.
    #[must_use]
    pub fn set_value(&self) -> Option<&T> {
        match self {
            Self::Set(value) => Some(value),
            _ => None,
        }
    }

    /// This change and then the next one.
    #[must_use]
    pub fn then(self, next: Self) -> Self {
        if next.is_keep() { self } else { next }
    }
}

impl<T: Clone + PartialEq> Change<T> {
    pub(crate) fn between(before: Option<&T>, after: Option<&T>) -> Self {
        match after {
            _ if before == after => Self::Keep,
            Some(value) => Self::Set(value.clone()),
            None => Self::Clear,
        }
    }

    pub(crate) fn apply_to(&self, value: &mut Option<T>) {
        match self {
            Self::Keep => {}
            Self::Clear => *value = None,
            Self::Set(set) => *value = Some(set.clone()),
        }
    }
}

impl<T> fmt::Debug for Change<T> {
    /// Prints what becomes of the value, and not the value.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Keep => "Keep",
            Self::Clear => "Clear",
            Self::Set(_) => "Set(..)",
        })
    }
}

impl<T: Serialize> Serialize for Change<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Set(value) => serializer.serialize_some(value),
            Self::Keep | Self::Clear => serializer.serialize_none(),
        }
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Change<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(match Option::deserialize(deserializer)? {
            Some(value) => Self::Set(value),
            None => Self::Clear,
        })
    }
}
