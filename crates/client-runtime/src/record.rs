//! What the generated impls of serde and `Debug` share.

use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer};
use std::borrow::Cow;
use std::fmt;

/// The name of a field while an object is decoded: borrowed from the text where that is possible.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldName<'de>(Cow<'de, str>);

impl FieldName<'_> {
    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The name as text of its own.
    #[must_use]
    pub fn into_string(self) -> String {
        self.0.into_owned()
    }
}

impl<'de> Deserialize<'de> for FieldName<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(NameVisitor)
    }
}

struct NameVisitor;

impl<'de> Visitor<'de> for NameVisitor {
    type Value = FieldName<'de>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("the name of a field")
    }

    fn visit_borrowed_str<E: Error>(self, name: &'de str) -> Result<FieldName<'de>, E> {
        Ok(FieldName(Cow::Borrowed(name)))
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<FieldName<'de>, E> {
        Ok(FieldName(Cow::Owned(name.to_owned())))
    }

    fn visit_string<E: Error>(self, name: String) -> Result<FieldName<'de>, E> {
        Ok(FieldName(Cow::Owned(name)))
    }
}

/// Prints the name of a type and of those of its fields that are set: `Contact { first_name, emails }`. No value is
/// printed, since any may be personal.
///
/// # Errors
/// What the formatter says.
pub fn fmt_fields(
    formatter: &mut fmt::Formatter<'_>,
    name: &str,
    fields: &[(&str, bool)],
) -> fmt::Result {
    formatter.write_str(name)?;
    formatter.write_str(" {")?;
    let mut separator = " ";
    for (field, _) in fields.iter().filter(|(_, is_set)| *is_set) {
        formatter.write_str(separator)?;
        formatter.write_str(field)?;
        separator = ", ";
    }
    formatter.write_str(" }")
}
