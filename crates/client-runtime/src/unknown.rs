//! The fields of an answer that its document does not know.

use crate::json::Json;
use indexmap::IndexMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;

/// Fields without a documented name, in the order in which they came. They are sent back as they are.
///
/// Most objects have none, so that these take the room of a pointer until there are some.
#[derive(Clone, Default, PartialEq)]
pub struct UnknownFields(Option<Box<IndexMap<String, Json>>>);

impl UnknownFields {
    /// No fields.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The value of the field called `name`.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Json> {
        self.0.as_ref()?.get(name)
    }

    /// The fields with their names, in order.
    #[must_use]
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (&str, &Json)> {
        let fields = self.0.iter().flat_map(|fields| fields.iter());
        fields.map(|(name, value)| (name.as_str(), value))
    }

    /// The field at a place, counted from 0.
    #[must_use]
    pub fn get_index(&self, index: usize) -> Option<(&str, &Json)> {
        let (name, value) = self.0.as_ref()?.get_index(index)?;
        Some((name, value))
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.as_ref().map_or(0, |fields| fields.len())
    }

    /// Adds a field, or replaces the one of that name in its place, whose value is then returned.
    pub fn insert(&mut self, name: impl Into<String>, value: Json) -> Option<Json> {
        self.0.get_or_insert_default().insert(name.into(), value)
    }

    /// Takes a field out; the others keep their order.
    pub fn remove(&mut self, name: &str) -> Option<Json> {
        let fields = self.0.as_mut()?;
        let removed = fields.shift_remove(name);
        if fields.is_empty() {
            self.0 = None;
        }
        removed
    }
}

impl fmt::Debug for UnknownFields {
    /// Prints how many fields there are: neither names nor values, since both can be personal.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "UnknownFields({} fields)", self.len())
    }
}

impl<N: Into<String>> FromIterator<(N, Json)> for UnknownFields {
    fn from_iter<I: IntoIterator<Item = (N, Json)>>(fields: I) -> Self {
        let mut all = Self::new();
        for (name, value) in fields {
            all.insert(name, value);
        }
        all
    }
}

impl IntoIterator for UnknownFields {
    type Item = (String, Json);
    type IntoIter = indexmap::map::IntoIter<String, Json>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.map(|fields| *fields).unwrap_or_default().into_iter()
    }
}

impl Serialize for UnknownFields {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter())
    }
}

impl<'de> Deserialize<'de> for UnknownFields {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let fields = IndexMap::deserialize(deserializer)?;
        Ok(Self((!fields.is_empty()).then(|| Box::new(fields))))
    }
}
