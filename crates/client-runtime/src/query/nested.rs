//! The lists and objects within a value that is written into a query.

use super::QueryProblem;
use super::writer::Writer;
use serde::ser::{
    self, Serialize, SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant,
    SerializeTuple, SerializeTupleStruct, SerializeTupleVariant,
};

/// A list or object that is being written.
pub(super) struct Nested<'b, 'a> {
    pub(super) writer: &'b mut Writer<'a>,
    /// The name outside of this list or object.
    pub(super) outer: String,
    /// The length of the name of this object without the key of its current entry.
    pub(super) inner: Option<usize>,
    /// How far a joined parameter had come before the key of the current entry.
    pub(super) before_key: (usize, bool),
    /// Of a list: which item is next, and whether it has brackets.
    pub(super) items: Option<(usize, bool)>,
    /// Whether this is `serde_json`'s way to hand JSON text over.
    pub(super) json_text: bool,
}

impl Nested<'_, '_> {
    fn key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), QueryProblem> {
        if let Some(inner) = self.inner {
            self.writer.key.truncate(inner);
        }
        self.inner = Some(self.writer.key.len());
        self.before_key = (self.writer.query.len(), self.writer.joined);
        self.writer.writing_key = true;
        let written = key.serialize(&mut *self.writer);
        self.writer.writing_key = false;
        written
    }

    fn value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), QueryProblem> {
        let after_key = self.writer.query.len();
        self.writer.item = self.items;
        value.serialize(&mut *self.writer)?;
        self.writer.item = None;
        if let Some((index, _)) = &mut self.items {
            *index += 1;
        }
        let wrote_key = self.inner.is_some() && after_key > self.before_key.0;
        if wrote_key && self.writer.query.len() == after_key {
            self.writer.query.truncate(self.before_key.0);
            self.writer.joined = self.before_key.1;
        }
        Ok(())
    }

    pub(super) fn field<T: Serialize + ?Sized>(
        &mut self,
        key: &'static str,
        value: &T,
    ) -> Result<(), QueryProblem> {
        if !self.json_text {
            self.key(key)?;
            return self.value(value);
        }
        let text = serde_json::to_value(value).map_err(ser::Error::custom)?;
        let parsed: serde_json::Value = text
            .as_str()
            .and_then(|text| serde_json::from_str(text).ok())
            .ok_or_else(|| QueryProblem("holds no JSON text".to_owned()))?;
        parsed.serialize(&mut *self.writer)
    }

    pub(super) fn leave(self) {
        if !self.json_text {
            self.writer.key = self.outer;
            self.writer.depth -= 1;
        }
    }
}

macro_rules! lists {
    ($($list:ident::$method:ident),*) => {
        $(impl $list for Nested<'_, '_> {
            type Ok = ();
            type Error = QueryProblem;

            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), QueryProblem> {
                self.value(value)
            }

            fn end(self) -> Result<(), QueryProblem> {
                self.leave();
                Ok(())
            }
        })*
    };
}

lists!(
    SerializeSeq::serialize_element,
    SerializeTuple::serialize_element,
    SerializeTupleStruct::serialize_field,
    SerializeTupleVariant::serialize_field
);

impl SerializeMap for Nested<'_, '_> {
    type Ok = ();
    type Error = QueryProblem;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), QueryProblem> {
        self.key(key)
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), QueryProblem> {
        self.value(value)
    }

    fn end(self) -> Result<(), QueryProblem> {
        self.leave();
        Ok(())
    }
}

macro_rules! structs {
    ($($structure:ident),*) => {
        $(impl $structure for Nested<'_, '_> {
            type Ok = ();
            type Error = QueryProblem;

            fn serialize_field<T: Serialize + ?Sized>(
                &mut self,
                key: &'static str,
                value: &T,
            ) -> Result<(), QueryProblem> {
                self.field(key, value)
            }

            fn end(self) -> Result<(), QueryProblem> {
                self.leave();
                Ok(())
            }
        })*
    };
}

structs!(SerializeStruct, SerializeStructVariant);
