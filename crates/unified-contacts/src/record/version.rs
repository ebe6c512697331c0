//! The version of the record's schema.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The version of the schema that a record is written in. There is one so far, and a record of another one is refused
/// rather than half understood.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SchemaVersion {
    /// Version 1.
    #[default]
    V1,
}

impl Serialize for SchemaVersion {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u64(1)
    }
}

impl<'de> Deserialize<'de> for SchemaVersion {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match u64::deserialize(deserializer)? {
            1 => Ok(Self::V1),
            other => Err(serde::de::Error::custom(format_args!(
                "the record is of schema version {other}, expected 1: read it with a later release of this crate"
            ))),
        }
    }
}
