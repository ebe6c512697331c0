//! A serde serializer that writes a value straight into a query.

use super::nested::Nested;
use super::{Encoding, QueryProblem, begin, encode};
use serde::ser::{self, Serialize};
use std::fmt::Display;

/// Deeper values than this are refused.
const MAX_DEPTH: usize = 64;

/// How `serde_json` marks a struct that holds JSON text to be taken as it is.
const JSON_TEXT: &str = "$serde_json::private::";

pub(super) struct Writer<'a> {
    pub(super) query: &'a mut String,
    /// The parameter's name as it stands before `=`, percent-encoded.
    pub(super) key: String,
    encoding: Encoding,
    /// How many lists and objects the value being written is in.
    pub(super) depth: usize,
    /// Whether a joined parameter has its first value.
    pub(super) joined: bool,
    /// Set while an object's key is written.
    pub(super) writing_key: bool,
    /// Which item of a list the value being written is, and whether the list has brackets.
    pub(super) item: Option<(usize, bool)>,
}

impl<'a> Writer<'a> {
    pub(super) fn new(query: &'a mut String, name: &str, encoding: Encoding) -> Self {
        let mut key = String::with_capacity(name.len() + 8);
        encode(&mut key, name);
        Self {
            query,
            key,
            encoding,
            depth: 0,
            joined: false,
            writing_key: false,
            item: None,
        }
    }

    fn scalar(&mut self, text: &str) -> Result<(), QueryProblem> {
        if self.writing_key {
            self.enter_key(text);
            return Ok(());
        }
        if let Some(separator) = self.encoding.separator() {
            self.join(separator);
        } else {
            match (self.encoding, self.depth) {
                (Encoding::Spread | Encoding::SpreadBrackets, 0) => {
                    return Err(QueryProblem::misfit("a single value", self.encoding));
                }
                (Encoding::Brackets, 0) => self.pair("%5B%5D"),
                _ => match self.item {
                    Some((_, true)) => self.pair("%5B%5D"),
                    _ => self.pair(""),
                },
            }
        }
        encode(self.query, text);
        Ok(())
    }

    /// Begins a parameter whose name is the key with `suffix`.
    fn pair(&mut self, suffix: &str) {
        begin(self.query);
        self.query.push_str(&self.key);
        self.query.push_str(suffix);
        self.query.push('=');
    }

    /// Begins the next value of a parameter that holds all of them.
    fn join(&mut self, separator: &str) {
        if self.joined {
            self.query.push_str(separator);
        } else {
            self.pair("");
            self.joined = true;
        }
    }

    /// Appends an object's key to the parameter's name.
    fn enter_key(&mut self, name: &str) {
        if let Some(separator) = self.encoding.separator() {
            self.join(separator);
            encode(self.query, name);
        } else if self.encoding.spreads() && self.depth == 1 {
            self.key.clear();
            encode(&mut self.key, name);
        } else {
            self.key.push_str("%5B");
            encode(&mut self.key, name);
            self.key.push_str("%5D");
        }
    }

    fn enter_list(&mut self) -> Result<Nested<'_, 'a>, QueryProblem> {
        let fits = match self.encoding {
            Encoding::Repeated | Encoding::Comma | Encoding::Space | Encoding::Pipe => {
                self.depth == 0
            }
            Encoding::Plain => false,
            Encoding::Spread | Encoding::SpreadBrackets => self.depth > 0,
            Encoding::DeepObject | Encoding::Brackets | Encoding::Json | Encoding::RepeatedJson => {
                true
            }
        };
        if !fits {
            let found = if self.depth == 0 {
                "a list"
            } else {
                "a list in a list or object"
            };
            return Err(QueryProblem::misfit(found, self.encoding));
        }
        let mut nested = self.enter()?;
        let encoding = nested.writer.encoding;
        let repeats = encoding == Encoding::Spread && nested.writer.depth == 2;
        let has_brackets =
            encoding.separator().is_none() && encoding != Encoding::Repeated && !repeats;
        nested.items = Some((0, has_brackets));
        Ok(nested)
    }

    fn enter_object(&mut self) -> Result<Nested<'_, 'a>, QueryProblem> {
        let fits = match self.encoding {
            Encoding::Plain | Encoding::Repeated => false,
            Encoding::Comma | Encoding::Space | Encoding::Pipe => self.depth == 0,
            Encoding::Brackets => self.depth > 0,
            Encoding::DeepObject
            | Encoding::Spread
            | Encoding::SpreadBrackets
            | Encoding::Json
            | Encoding::RepeatedJson => true,
        };
        if !fits {
            let found = if self.depth == 0 {
                "an object"
            } else {
                "an object in a list or object"
            };
            return Err(QueryProblem::misfit(found, self.encoding));
        }
        self.enter()
    }

    fn enter(&mut self) -> Result<Nested<'_, 'a>, QueryProblem> {
        if self.writing_key {
            return Err(QueryProblem(
                "found an object whose keys are not text".to_owned(),
            ));
        }
        if self.depth == MAX_DEPTH {
            return Err(QueryProblem(format!("nests deeper than {MAX_DEPTH}")));
        }
        self.depth += 1;
        let outer = self.key.clone();
        // Of lists and objects in a list, each says which one it is: their own parts could not be told apart.
        if let Some((index, _)) = self.item.take()
            && self.encoding.separator().is_none()
        {
            encode(&mut self.key, &format!("[{index}]"));
        }
        Ok(Nested {
            outer,
            items: None,
            inner: None,
            before_key: (0, false),
            json_text: false,
            writer: self,
        })
    }
}

macro_rules! scalars {
    ($($method:ident: $type:ty),*) => {
        $(fn $method(self, value: $type) -> Result<(), QueryProblem> {
            self.collect_str(&value)
        })*
    };
}

impl<'b, 'a> ser::Serializer for &'b mut Writer<'a> {
    type Ok = ();
    type Error = QueryProblem;
    type SerializeSeq = Nested<'b, 'a>;
    type SerializeTuple = Nested<'b, 'a>;
    type SerializeTupleStruct = Nested<'b, 'a>;
    type SerializeTupleVariant = Nested<'b, 'a>;
    type SerializeMap = Nested<'b, 'a>;
    type SerializeStruct = Nested<'b, 'a>;
    type SerializeStructVariant = Nested<'b, 'a>;

    scalars!(
        serialize_bool: bool, serialize_i8: i8, serialize_i16: i16, serialize_i32: i32, serialize_i64: i64,
        serialize_i128: i128, serialize_u8: u8, serialize_u16: u16, serialize_u32: u32, serialize_u64: u64,
        serialize_u128: u128, serialize_char: char
    );

    fn serialize_f32(self, value: f32) -> Result<(), QueryProblem> {
        finite(value.is_finite())?;
        self.collect_str(&value)
    }

    fn serialize_f64(self, value: f64) -> Result<(), QueryProblem> {
        finite(value.is_finite())?;
        self.collect_str(&value)
    }

    fn serialize_str(self, value: &str) -> Result<(), QueryProblem> {
        self.scalar(value)
    }

    fn collect_str<T: Display + ?Sized>(self, value: &T) -> Result<(), QueryProblem> {
        self.scalar(&value.to_string())
    }

    fn serialize_bytes(self, _: &[u8]) -> Result<(), QueryProblem> {
        Err(QueryProblem::misfit("bytes", self.encoding))
    }

    fn serialize_none(self) -> Result<(), QueryProblem> {
        if self.writing_key {
            return Err(QueryProblem(
                "found an object whose keys are not text".to_owned(),
            ));
        }
        Ok(())
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), QueryProblem> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), QueryProblem> {
        self.serialize_none()
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<(), QueryProblem> {
        self.serialize_none()
    }

    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
    ) -> Result<(), QueryProblem> {
        self.scalar(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<(), QueryProblem> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<(), QueryProblem> {
        let mut object = self.enter_object()?;
        object.field(variant, value)?;
        object.leave();
        Ok(())
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Nested<'b, 'a>, QueryProblem> {
        self.enter_list()
    }

    fn serialize_tuple(self, _: usize) -> Result<Nested<'b, 'a>, QueryProblem> {
        self.enter_list()
    }

    fn serialize_tuple_struct(
        self,
        _: &'static str,
        _: usize,
    ) -> Result<Nested<'b, 'a>, QueryProblem> {
        self.enter_list()
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Nested<'b, 'a>, QueryProblem> {
        Err(QueryProblem::misfit("an enum of lists", self.encoding))
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Nested<'b, 'a>, QueryProblem> {
        self.enter_object()
    }

    fn serialize_struct(
        self,
        name: &'static str,
        _: usize,
    ) -> Result<Nested<'b, 'a>, QueryProblem> {
        if name.starts_with(JSON_TEXT) {
            return Ok(Nested {
                items: None,
                outer: String::new(),
                inner: None,
                before_key: (0, false),
                json_text: true,
                writer: self,
            });
        }
        self.enter_object()
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Nested<'b, 'a>, QueryProblem> {
        Err(QueryProblem::misfit("an enum of objects", self.encoding))
    }
}

fn finite(is_finite: bool) -> Result<(), QueryProblem> {
    if is_finite {
        Ok(())
    } else {
        Err(QueryProblem("found a number that is not finite".to_owned()))
    }
}
