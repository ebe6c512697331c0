//! A change to a list.

use crate::record::{
    AddressRecord, EmailRecord, ExternalReferenceRecord, LinkRecord, PhoneRecord, TagRecord,
};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;

/// What becomes of a list. As JSON, a list that is kept is not there, one that is cleared is null, one that is replaced
/// is an array, and one that is edited is an object with `remove` and `add`.
#[derive(Clone, Default, PartialEq)]
#[non_exhaustive]
pub enum ListChange<T> {
    /// It stays as it is.
    #[default]
    Keep,
    /// It is taken away.
    Clear,
    /// It becomes this one, which may be empty.
    Replace(Vec<T>),
    /// Entries are taken out and added.
    Edit(ListEdit<T>),
}

/// Entries that are taken out of a list, and then entries that are added at its end, those of them that are not in it.
/// Two entries are the same when they have the same e-mail address, number, name and the like, whatever else they say.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ListEdit<T> {
    /// What is taken out.
    #[serde(default = "Vec::new")]
    pub remove: Vec<T>,
    /// What is added.
    #[serde(default = "Vec::new")]
    pub add: Vec<T>,
}

impl<T> Default for ListEdit<T> {
    fn default() -> Self {
        Self {
            remove: Vec::new(),
            add: Vec::new(),
        }
    }
}

/// An entry of a list that can be told from the others.
pub trait Listed: Clone + PartialEq {
    /// Whether two entries are the same one.
    fn is_same(&self, other: &Self) -> bool;
}

/// Entries are the same by one text, or where they have none, when all of them is equal.
macro_rules! listed_by {
    ($($name:ident: $field:ident),*) => {
        $(
            impl Listed for $name {
                fn is_same(&self, other: &Self) -> bool {
                    match (&self.$field, &other.$field) {
                        (Some(one), Some(another)) => one == another,
                        (None, None) => self == other,
                        _ => false,
                    }
                }
            }
        )*
    };
}

listed_by! {
    EmailRecord: address,
    PhoneRecord: number,
    TagRecord: name,
    LinkRecord: url
}

impl Listed for AddressRecord {
    fn is_same(&self, other: &Self) -> bool {
        self == other
    }
}

impl Listed for ExternalReferenceRecord {
    fn is_same(&self, other: &Self) -> bool {
        (&self.system, &self.id, &self.url) == (&other.system, &other.id, &other.url)
    }
}

fn contains<T: Listed>(entries: &[T], entry: &T) -> bool {
    entries.iter().any(|known| known.is_same(entry))
}

impl<T: Listed> ListEdit<T> {
    fn apply_to(&self, list: &[T]) -> Vec<T> {
        let kept = list.iter();
        let mut edited: Vec<T> = kept
            .filter(|entry| !contains(&self.remove, entry))
            .cloned()
            .collect();
        for entry in &self.add {
            if !contains(&edited, entry) {
                edited.push(entry.clone());
            }
        }
        edited
    }

    fn then(mut self, next: Self) -> Self {
        self.add.retain(|entry| !contains(&next.remove, entry));
        for entry in next.add {
            if !contains(&self.add, &entry) {
                self.add.push(entry);
            }
        }
        for entry in next.remove {
            if !contains(&self.remove, &entry) {
                self.remove.push(entry);
            }
        }
        self
    }
}

impl<T> ListChange<T> {
    /// Whether the list stays as it is.
    #[must_use]
    pub fn is_keep(&self) -> bool {
        matches!(self, Self::Keep)
    }

    /// Whether entries are taken out or added.
    #[must_use]
    pub fn is_edit(&self) -> bool {
        matches!(self, Self::Edit(_))
    }

    /// The list that it becomes, if that is known.
    #[must_use]
    pub fn replaced(&self) -> Option<&[T]> {
        match self {
            Self::Replace(entries) => Some(entries),
            _ => None,
        }
    }
}

impl<T: Listed> ListChange<T> {
    /// Adds an entry.
    pub fn add(&mut self, entry: T) {
        let edit = ListEdit {
            remove: Vec::new(),
            add: vec![entry],
        };
        *self = std::mem::take(self).then(Self::Edit(edit));
    }

    /// Takes an entry out.
    pub fn remove(&mut self, entry: T) {
        let edit = ListEdit {
            remove: vec![entry],
            add: Vec::new(),
        };
        *self = std::mem::take(self).then(Self::Edit(edit));
    }

    /// This change and then the next one.
    #[must_use]
    pub fn then(self, next: Self) -> Self {
        let Self::Edit(edit) = next else {
            return if next.is_keep() { self } else { next };
        };
        match self {
            Self::Keep => Self::Edit(edit),
            Self::Edit(first) => Self::Edit(first.then(edit)),
            Self::Clear => Self::Replace(edit.apply_to(&[])),
            Self::Replace(list) => Self::Replace(edit.apply_to(&list)),
        }
    }

    pub(crate) fn between(before: Option<&[T]>, after: Option<&[T]>) -> Self {
        match after {
            _ if before == after => Self::Keep,
            Some(list) => Self::Replace(list.to_vec()),
            None => Self::Clear,
        }
    }

    pub(crate) fn apply_to(&self, list: &mut Option<Vec<T>>) {
        match self {
            Self::Keep => {}
            Self::Clear => *list = None,
            Self::Replace(entries) => *list = Some(entries.clone()),
            Self::Edit(edit) => {
                *list = Some(edit.apply_to(list.as_deref().unwrap_or_default()));
            }
        }
    }

    /// Makes of an edit what it makes of a list that is known.
    pub(crate) fn resolve(&mut self, list: Option<&[T]>) {
        if let Self::Edit(edit) = self {
            *self = Self::Replace(edit.apply_to(list.unwrap_or_default()));
        }
    }
}

impl<T> fmt::Debug for ListEdit<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("ListEdit")
            .field("remove", &self.remove.len())
            .field("add", &self.add.len())
            .finish()
    }
}

impl<T> fmt::Debug for ListChange<T> {
    /// Prints what becomes of the list, and no entry.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Keep => formatter.write_str("Keep"),
            Self::Clear => formatter.write_str("Clear"),
            Self::Replace(entries) => write!(formatter, "Replace({} entries)", entries.len()),
            Self::Edit(edit) => edit.fmt(formatter),
        }
    }
}

impl<T: Serialize> Serialize for ListChange<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Keep | Self::Clear => serializer.serialize_none(),
            Self::Replace(entries) => entries.serialize(serializer),
            Self::Edit(edit) => edit.serialize(serializer),
        }
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for ListChange<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Forms(std::marker::PhantomData))
    }
}

struct Forms<T>(std::marker::PhantomData<T>);

impl<'de, T: Deserialize<'de>> serde::de::Visitor<'de> for Forms<T> {
    type Value = ListChange<T>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("null, a list, or an object with `remove` and `add`")
    }

    fn visit_unit<E: serde::de::Error>(self) -> Result<Self::Value, E> {
        Ok(ListChange::Clear)
    }

    fn visit_seq<A: serde::de::SeqAccess<'de>>(self, entries: A) -> Result<Self::Value, A::Error> {
        let entries = serde::de::value::SeqAccessDeserializer::new(entries);
        Vec::deserialize(entries).map(ListChange::Replace)
    }

    fn visit_map<A: serde::de::MapAccess<'de>>(self, fields: A) -> Result<Self::Value, A::Error> {
        let fields = serde::de::value::MapAccessDeserializer::new(fields);
        ListEdit::deserialize(fields).map(ListChange::Edit)
    }
}
