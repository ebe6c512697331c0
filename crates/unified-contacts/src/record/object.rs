//! Reading objects as objects only: serde's derived reading takes a list of values for one, too, and a list in place of
//! an object is a mistake.

use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserializer, MapAccess, Visitor};
use std::fmt;
use std::marker::PhantomData;

/// A type that can be read from the fields of an object.
pub(crate) trait Fields<'de>: Sized {
    /// Reads it.
    fn from_fields<D: Deserializer<'de>>(fields: D) -> Result<Self, D::Error>;
}

pub(crate) fn read<'de, T: Fields<'de>, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    deserializer.deserialize_map(Object(PhantomData))
}

struct Object<T>(PhantomData<T>);

impl<'de, T: Fields<'de>> Visitor<'de> for Object<T> {
    type Value = T;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, fields: A) -> Result<T, A::Error> {
        T::from_fields(MapAccessDeserializer::new(fields))
    }
}

/// Reads and writes a type as what its derived `remote = "Self"` functions read and write, from an object only.
macro_rules! object_only {
    ($name:ident) => {
        impl<'de> crate::record::object::Fields<'de> for $name {
            fn from_fields<D: serde::Deserializer<'de>>(fields: D) -> Result<Self, D::Error> {
                Self::deserialize(fields)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                crate::record::object::read(deserializer)
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                Self::serialize(self, serializer)
            }
        }
    };
}
pub(crate) use object_only;
