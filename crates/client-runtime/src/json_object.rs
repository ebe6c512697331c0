//! A JSON object without documented fields, kept as its text until someone asks what is in it.

use crate::json::Json;
use crate::json_ref::JsonFields;
use serde::de::{Error as _, IgnoredAny, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use std::collections::BTreeMap;
use std::fmt;

/// A JSON object as the text that came, such as what a CRM itself says of a contact. Nothing in it is decoded before
/// it is asked for. `Debug` prints its length only.
#[derive(Clone, PartialEq, Serialize)]
#[serde(transparent)]
pub struct JsonObject(Json);

impl JsonObject {
    /// The object as any JSON.
    #[must_use]
    pub fn as_json(&self) -> &Json {
        &self.0
    }

    /// The object as any JSON.
    #[must_use]
    pub fn into_json(self) -> Json {
        self.0
    }

    /// The value of the field called `name`; the last one where a name is repeated. Reads through the object's text:
    /// for many fields [`JsonObject::to_map`] or [`JsonObject::to_value`] is faster.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<Json> {
        let mut reader = serde_json::Deserializer::from_str(self.0.get());
        reader.deserialize_map(FieldCalled(name)).ok().flatten()
    }

    /// The fields in the order of the text, without a copy of any value.
    #[must_use]
    pub fn fields(&self) -> JsonFields<'_> {
        JsonFields::of(self.0.get())
    }

    /// The object as a map from name to value.
    #[must_use]
    pub fn to_map(&self) -> BTreeMap<String, Json> {
        self.to_value().unwrap_or_default()
    }

    /// Reads the object as a `T`, such as a map or a type of the caller's. `T` may borrow from the text.
    ///
    /// # Errors
    /// When the object is no `T`. The error's text may quote a value.
    pub fn to_value<'a, T: Deserialize<'a>>(&'a self) -> Result<T, serde_json::Error> {
        self.0.to_value()
    }

    /// Whether the object has no fields.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        let inner = self
            .0
            .get()
            .strip_prefix('{')
            .and_then(|rest| rest.strip_suffix('}'));
        inner.is_none_or(|inner| inner.trim_ascii().is_empty())
    }
}

impl Default for JsonObject {
    /// An object without fields.
    fn default() -> Self {
        Self(Json::from_text("{}".to_owned()))
    }
}

impl TryFrom<Json> for JsonObject {
    type Error = Json;

    /// Takes JSON that is an object; gives anything else back.
    fn try_from(json: Json) -> Result<Self, Json> {
        if json.get().starts_with('{') {
            Ok(Self(json))
        } else {
            Err(json)
        }
    }
}

impl From<BTreeMap<String, Json>> for JsonObject {
    fn from(fields: BTreeMap<String, Json>) -> Self {
        fields.into_iter().collect()
    }
}

impl From<serde_json::Map<String, serde_json::Value>> for JsonObject {
    fn from(fields: serde_json::Map<String, serde_json::Value>) -> Self {
        Self(Json::from(serde_json::Value::Object(fields)))
    }
}

impl<N: Into<String>> FromIterator<(N, Json)> for JsonObject {
    /// An object with these fields, in this order.
    fn from_iter<I: IntoIterator<Item = (N, Json)>>(fields: I) -> Self {
        let mut text = String::from("{");
        for (name, value) in fields {
            if text.len() > 1 {
                text.push(',');
            }
            text.push_str(&serde_json::Value::String(name.into()).to_string());
            text.push(':');
            text.push_str(value.get());
        }
        text.push('}');
        Self(Json::from_text(text))
    }
}

impl<'de> Deserialize<'de> for JsonObject {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // What else it is, the error does not say: the value may be personal.
        Self::try_from(Json::deserialize(deserializer)?)
            .map_err(|_| D::Error::custom("expected an object"))
    }
}

impl fmt::Debug for JsonObject {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "JsonObject({} bytes)", self.0.get().len())
    }
}

/// Finds the value of one field.
struct FieldCalled<'a>(&'a str);

impl<'de> Visitor<'de> for FieldCalled<'_> {
    type Value = Option<Json>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<Option<Json>, A::Error> {
        let mut found = None;
        while let Some(name) = fields.next_key::<crate::record::FieldName<'de>>()? {
            if name.as_str() == self.0 {
                found = Some(fields.next_value()?);
            } else {
                fields.next_value::<IgnoredAny>()?;
            }
        }
        Ok(found)
    }
}
