//! JSON text that someone else holds.

use crate::json::Json;
use serde::Deserialize;
use std::borrow::Cow;
use std::fmt;

/// Any JSON value as text that is borrowed. `Debug` prints its length only.
#[derive(Clone, Copy)]
pub struct JsonRef<'a>(&'a str);

impl<'a> JsonRef<'a> {
    /// The JSON text.
    #[must_use]
    pub fn get(self) -> &'a str {
        self.0
    }

    /// The text of a JSON string, without a copy unless it holds escapes; `None` for any other value.
    #[must_use]
    pub fn as_text(self) -> Option<Cow<'a, str>> {
        let inner = self.0.strip_prefix('"')?.strip_suffix('"')?;
        if memchr::memchr(b'\\', inner.as_bytes()).is_none() {
            return Some(Cow::Borrowed(inner));
        }
        serde_json::from_str(self.0).ok().map(Cow::Owned)
    }

    /// Reads the value as a `T`, which may borrow from the text.
    ///
    /// # Errors
    /// When the value is no `T`. The error's text may quote the value.
    pub fn to_value<T: Deserialize<'a>>(self) -> Result<T, serde_json::Error> {
        serde_json::from_str(self.0)
    }

    /// The value with text of its own.
    #[must_use]
    pub fn to_json(self) -> Json {
        Json::from_text(self.0.to_owned())
    }
}

impl PartialEq for JsonRef<'_> {
    /// Compares by value, as [`Json`] does.
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0 || self.to_json() == other.to_json()
    }
}

impl fmt::Debug for JsonRef<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "JsonRef({} bytes)", self.0.len())
    }
}

impl Json {
    /// The same, borrowed.
    #[must_use]
    pub fn as_json_ref(&self) -> JsonRef<'_> {
        JsonRef(self.get())
    }
}

/// The fields of a JSON object one after the other, as they stand in its text. A name that stands there twice comes
/// twice.
#[derive(Clone)]
pub struct JsonFields<'a> {
    /// What is left of the object's text, from before the next field's comma or name.
    rest: &'a str,
}

impl<'a> JsonFields<'a> {
    /// The fields of text that is known to be a JSON object.
    pub(crate) fn of(object: &'a str) -> Self {
        let rest = object.trim_ascii_start();
        Self {
            rest: rest.strip_prefix('{').unwrap_or_default(),
        }
    }
}

impl<'a> Iterator for JsonFields<'a> {
    type Item = (Cow<'a, str>, JsonRef<'a>);

    fn next(&mut self) -> Option<Self::Item> {
        let rest = self.rest.trim_ascii_start();
        let rest = rest.strip_prefix(',').unwrap_or(rest).trim_ascii_start();
        let (name, rest) = split_value(rest)?;
        let name = JsonRef(name).as_text()?;
        let rest = rest.trim_ascii_start().strip_prefix(':')?;
        let (value, rest) = split_value(rest.trim_ascii_start())?;
        self.rest = rest;
        Some((name, JsonRef(value)))
    }
}

impl fmt::Debug for JsonFields<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "JsonFields({} bytes left)", self.rest.len())
    }
}

/// The JSON value that `text` starts with, and what follows it.
fn split_value(text: &str) -> Option<(&str, &str)> {
    let (mut depth, mut in_string, mut escaped) = (0_usize, false, false);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => {
                in_string = !in_string;
                if !in_string && depth == 0 {
                    return text.split_at_checked(at + 1);
                }
            }
            _ if in_string => {}
            b'{' | b'[' => depth += 1,
            b'}' | b']' if depth > 0 => {
                depth -= 1;
                if depth == 0 {
                    return text.split_at_checked(at + 1);
                }
            }
            // The end of a number or a word.
            b',' | b'}' | b']' | b':' | b' ' | b'\t' | b'\r' | b'\n' if depth == 0 => {
                return (at > 0).then(|| text.split_at_checked(at)).flatten();
            }
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use crate::{Json, JsonObject};
    use proptest::prelude::*;
    use serde_json::Value;
    use std::{borrow::Cow, collections::BTreeMap};

    fn any_json() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            any::<f64>().prop_map(Value::from),
            ".*".prop_map(Value::from),
        ];
        leaf.prop_recursive(4, 32, 6, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
                prop::collection::btree_map(".*", inner, 0..6)
                    .prop_map(|map| Value::Object(map.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn the_fields_of_an_object_are_those_that_serde_reads(
            fields in prop::collection::btree_map(".*", any_json(), 0..8),
            pretty in any::<bool>(),
        ) {
            let text = if pretty { serde_json::to_string_pretty(&fields) } else { serde_json::to_string(&fields) };
            let text = text.unwrap();
            let expected: BTreeMap<String, Value> = serde_json::from_str(&text).unwrap();
            let object: JsonObject = serde_json::from_str(&text).unwrap();
            let read: Vec<(String, Value)> = object
                .fields()
                .map(|(name, value)| (name.into_owned(), value.to_value().unwrap()))
                .collect();
            prop_assert_eq!(read, expected.into_iter().collect::<Vec<_>>());
        }
    }

    #[test]
    fn text_is_borrowed_unless_it_holds_escapes() {
        let plain: Json = r#""Zoë""#.parse().unwrap();
        assert!(matches!(
            plain.as_json_ref().as_text(),
            Some(Cow::Borrowed("Zoë"))
        ));
        let escaped: Json = r#""Zo\u00eb""#.parse().unwrap();
        assert_eq!(escaped.as_json_ref().as_text().as_deref(), Some("Zoë"));
        assert_eq!(Json::default().as_json_ref().as_text(), None);
        let tail: Json = r#""a\"""#.parse().unwrap();
        assert_eq!(tail.as_json_ref().as_text().as_deref(), Some("a\""));
    }
}
