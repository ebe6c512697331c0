//! Any JSON value, kept as its text until someone asks what is in it.

use serde::de::value::MapDeserializer;
use serde::de::{Error as _, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer, forward_to_deserialize_any};
use serde_json::Value;
use serde_json::value::RawValue;
use std::fmt;
use std::iter;
use std::str::FromStr;

/// How deep a value may nest, as `serde_json` limits what it parses.
const MAX_DEPTH: usize = 128;

/// Any JSON value as the text that came or will be sent. `Debug` prints its length only.
#[derive(Clone)]
pub struct Json(Box<RawValue>);

impl Json {
    /// The text of `null`.
    pub const NULL: &'static str = "null";

    /// Writes `value` as JSON.
    ///
    /// # Errors
    /// When `value` cannot be written as JSON, such as a map whose keys are no strings.
    pub fn from_value<T: Serialize + ?Sized>(value: &T) -> Result<Self, serde_json::Error> {
        serde_json::value::to_raw_value(value).map(Self)
    }

    /// Reads the value as a `T`, such as [`serde_json::Value`] or a type of the caller's. `T` may borrow from the
    /// text.
    ///
    /// # Errors
    /// When the value is no `T`. The error's text may quote the value.
    pub fn to_value<'a, T: Deserialize<'a>>(&'a self) -> Result<T, serde_json::Error> {
        serde_json::from_str(self.get())
    }

    /// Takes text that is known to be JSON.
    pub(crate) fn from_text(text: String) -> Self {
        RawValue::from_string(text).map(Self).unwrap_or_default()
    }

    /// The JSON text.
    #[must_use]
    pub fn get(&self) -> &str {
        self.0.get()
    }

    /// Whether the value is null.
    #[must_use]
    pub fn is_null(&self) -> bool {
        self.get() == Self::NULL
    }
}

impl Default for Json {
    /// Null.
    fn default() -> Self {
        Self(RawValue::NULL.to_owned())
    }
}

impl fmt::Debug for Json {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Json({} bytes)", self.get().len())
    }
}

impl fmt::Display for Json {
    /// The JSON text.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.get())
    }
}

impl PartialEq for Json {
    /// Compares by value: the order of an object's keys, white space and escapes make no difference.
    fn eq(&self, other: &Self) -> bool {
        self.get() == other.get()
            || match (self.to_value::<Value>(), other.to_value::<Value>()) {
                (Ok(left), Ok(right)) => left == right,
                _ => false,
            }
    }
}

impl FromStr for Json {
    type Err = serde_json::Error;

    /// Takes JSON text as it is.
    fn from_str(text: &str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(text)
    }
}

impl From<Value> for Json {
    fn from(value: Value) -> Self {
        Self::from(&value)
    }
}

impl From<&Value> for Json {
    fn from(value: &Value) -> Self {
        // A `Value` has string keys and finite numbers only, so that it can always be written.
        Self::from_text(value.to_string())
    }
}

impl Serialize for Json {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Json {
    /// Takes the text as it is from a JSON text; in a position where serde has parsed already (inside a flattened or
    /// untagged type, or from a [`Value`]), writes it again.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = Box::<RawValue>::deserialize(AnyPosition(deserializer))?;
        if nests_deeper_than(raw.get().as_bytes(), MAX_DEPTH) {
            return Err(D::Error::custom("recursion limit exceeded"));
        }
        Ok(Self(raw))
    }
}

/// Whether JSON text nests deeper than `limit`.
fn nests_deeper_than(text: &[u8], limit: usize) -> bool {
    // Each level takes two bytes, and in most texts so few are opened at all that counting them is enough.
    if text.len() <= 2 * limit || memchr::memchr2_iter(b'{', b'[', text).nth(limit).is_none() {
        return false;
    }
    let (mut depth, mut in_string, mut escaped) = (0_usize, false, false);
    for byte in text {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            _ if in_string => {}
            b'{' | b'[' => {
                depth += 1;
                if depth > limit {
                    return true;
                }
            }
            b'}' | b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    false
}

/// `serde_json` hands a raw value over as a map with one private key, which only its own deserializers
/// offer. This wrapper offers the same from any other one, by reading the value and writing it again.
struct AnyPosition<D>(D);

impl<'de, D: Deserializer<'de>> Deserializer<'de> for AnyPosition<D> {
    type Error = D::Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        self.0.deserialize_any(visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        self.0
            .deserialize_newtype_struct(name, RawOrParsed { key: name, visitor })
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

struct RawOrParsed<V> {
    key: &'static str,
    visitor: V,
}

impl<'de, V: Visitor<'de>> RawOrParsed<V> {
    fn written<E: serde::de::Error>(self, value: impl Into<Value>) -> Result<V::Value, E> {
        let text = value.into().to_string();
        self.visitor
            .visit_map(MapDeserializer::new(iter::once((self.key, text))))
    }
}

impl<'de, V: Visitor<'de>> Visitor<'de> for RawOrParsed<V> {
    type Value = V::Value;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("any JSON value")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<V::Value, A::Error> {
        self.visitor.visit_map(map)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(
        self,
        deserializer: D,
    ) -> Result<V::Value, D::Error> {
        self.written(Value::deserialize(deserializer)?)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, sequence: A) -> Result<V::Value, A::Error> {
        self.written(Value::deserialize(
            serde::de::value::SeqAccessDeserializer::new(sequence),
        )?)
    }

    fn visit_bool<E: serde::de::Error>(self, value: bool) -> Result<V::Value, E> {
        self.written(value)
    }

    fn visit_i64<E: serde::de::Error>(self, value: i64) -> Result<V::Value, E> {
        self.written(value)
    }

    fn visit_u64<E: serde::de::Error>(self, value: u64) -> Result<V::Value, E> {
        self.written(value)
    }

    fn visit_f64<E: serde::de::Error>(self, value: f64) -> Result<V::Value, E> {
        self.written(value)
    }

    fn visit_str<E: serde::de::Error>(self, value: &str) -> Result<V::Value, E> {
        self.written(value)
    }

    fn visit_unit<E: serde::de::Error>(self) -> Result<V::Value, E> {
        self.written(Value::Null)
    }

    fn visit_none<E: serde::de::Error>(self) -> Result<V::Value, E> {
        self.written(Value::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<V::Value, D::Error> {
        self.written(Value::deserialize(deserializer)?)
    }
}
