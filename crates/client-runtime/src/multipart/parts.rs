//! A serde serializer that takes a struct or map apart into the parts of a form.

use super::{FormProblem, Part};
use crate::file_part;
use serde::Serialize;
use serde::ser::{self, Impossible};
use serde_json::Value;

/// Takes the form itself.
pub(super) struct Form<'a>(pub(super) &'a mut Vec<Part>);

/// The fields of a form.
pub(super) struct Fields<'a> {
    parts: &'a mut Vec<Part>,
    key: String,
}

impl Fields<'_> {
    fn field<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) -> Result<(), FormProblem> {
        match value.serialize(Field)? {
            Content::Nothing => {}
            Content::List(items) => {
                for item in items {
                    self.push(name, item);
                }
            }
            one => self.push(name, one),
        }
        Ok(())
    }

    fn push(&mut self, name: &str, content: Content) {
        let (file_name, media_type, bytes) = match content {
            Content::Nothing => return,
            Content::File {
                name,
                media_type,
                bytes,
            } => (Some(name), Some(media_type), bytes),
            Content::Text(text) => (None, None, text.into_bytes()),
            Content::Json(value) => (
                None,
                Some("application/json".to_owned()),
                value.to_string().into_bytes(),
            ),
            Content::List(items) => {
                for item in items {
                    self.push(name, item);
                }
                return;
            }
        };
        self.parts.push(Part {
            name: name.to_owned(),
            file_name,
            media_type,
            bytes,
        });
    }
}

/// What a field holds.
pub(super) enum Content {
    Nothing,
    Text(String),
    Json(Value),
    List(Vec<Content>),
    File {
        name: String,
        media_type: String,
        bytes: Vec<u8>,
    },
}

/// How `serde_json` marks a struct that holds JSON text to be taken as it is.
const JSON_TEXT: &str = "$serde_json::private::";

const NO_FORM: FormProblem = FormProblem("it is no object with fields");

macro_rules! refuse {
    ($($method:ident: $type:ty),*) => {
        $(fn $method(self, _: $type) -> Result<Self::Ok, FormProblem> { Err(NO_FORM) })*
    };
}

impl<'a> ser::Serializer for Form<'a> {
    type Ok = ();
    type Error = FormProblem;
    type SerializeSeq = Impossible<(), FormProblem>;
    type SerializeTuple = Impossible<(), FormProblem>;
    type SerializeTupleStruct = Impossible<(), FormProblem>;
    type SerializeTupleVariant = Impossible<(), FormProblem>;
    type SerializeMap = Fields<'a>;
    type SerializeStruct = Fields<'a>;
    type SerializeStructVariant = Impossible<(), FormProblem>;

    refuse!(
        serialize_bool: bool, serialize_i8: i8, serialize_i16: i16, serialize_i32: i32, serialize_i64: i64,
        serialize_u8: u8, serialize_u16: u16, serialize_u32: u32, serialize_u64: u64, serialize_f32: f32,
        serialize_f64: f64, serialize_char: char, serialize_str: &str, serialize_bytes: &[u8],
        serialize_unit_struct: &'static str
    );

    fn serialize_none(self) -> Result<(), FormProblem> {
        Err(NO_FORM)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), FormProblem> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), FormProblem> {
        Err(NO_FORM)
    }

    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
    ) -> Result<(), FormProblem> {
        Err(NO_FORM)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<(), FormProblem> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<(), FormProblem> {
        Err(NO_FORM)
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Self::SerializeSeq, FormProblem> {
        Err(NO_FORM)
    }

    fn serialize_tuple(self, _: usize) -> Result<Self::SerializeTuple, FormProblem> {
        Err(NO_FORM)
    }

    fn serialize_tuple_struct(
        self,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleStruct, FormProblem> {
        Err(NO_FORM)
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, FormProblem> {
        Err(NO_FORM)
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Fields<'a>, FormProblem> {
        Ok(Fields {
            parts: self.0,
            key: String::new(),
        })
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Fields<'a>, FormProblem> {
        self.serialize_map(None)
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, FormProblem> {
        Err(NO_FORM)
    }
}

/// The name of a field.
fn name_of<T: Serialize + ?Sized>(key: &T) -> Result<String, FormProblem> {
    match key.serialize(Field)? {
        Content::Text(text) => Ok(text),
        _ => Err(FormProblem("the name of a field is no text")),
    }
}

impl ser::SerializeMap for Fields<'_> {
    type Ok = ();
    type Error = FormProblem;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), FormProblem> {
        self.key = name_of(key)?;
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), FormProblem> {
        let key = std::mem::take(&mut self.key);
        self.field(&key, value)
    }

    fn end(self) -> Result<(), FormProblem> {
        Ok(())
    }
}

impl ser::SerializeStruct for Fields<'_> {
    type Ok = ();
    type Error = FormProblem;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        key: &'static str,
        value: &T,
    ) -> Result<(), FormProblem> {
        self.field(key, value)
    }

    fn end(self) -> Result<(), FormProblem> {
        Ok(())
    }
}

/// Takes the value of one field.
struct Field;

macro_rules! text {
    ($($method:ident: $type:ty),*) => {
        $(fn $method(self, value: $type) -> Result<Content, FormProblem> {
            Ok(Content::Text(value.to_string()))
        })*
    };
}

impl ser::Serializer for Field {
    type Ok = Content;
    type Error = FormProblem;
    type SerializeSeq = Items;
    type SerializeTuple = Items;
    type SerializeTupleStruct = Items;
    type SerializeTupleVariant = Impossible<Content, FormProblem>;
    type SerializeMap = Object;
    type SerializeStruct = Object;
    type SerializeStructVariant = Impossible<Content, FormProblem>;

    text!(
        serialize_bool: bool, serialize_i8: i8, serialize_i16: i16, serialize_i32: i32, serialize_i64: i64,
        serialize_u8: u8, serialize_u16: u16, serialize_u32: u32, serialize_u64: u64, serialize_f32: f32,
        serialize_f64: f64, serialize_char: char, serialize_str: &str
    );

    fn serialize_bytes(self, bytes: &[u8]) -> Result<Content, FormProblem> {
        Ok(Content::File {
            name: String::new(),
            media_type: String::new(),
            bytes: bytes.to_vec(),
        })
    }

    fn serialize_none(self) -> Result<Content, FormProblem> {
        Ok(Content::Nothing)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<Content, FormProblem> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<Content, FormProblem> {
        Ok(Content::Nothing)
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<Content, FormProblem> {
        Ok(Content::Nothing)
    }

    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
    ) -> Result<Content, FormProblem> {
        Ok(Content::Text(variant.to_owned()))
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<Content, FormProblem> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<Content, FormProblem> {
        let mut object = Object::default();
        object.insert(variant, value)?;
        Ok(object.content())
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Items, FormProblem> {
        Ok(Items(Vec::new()))
    }

    fn serialize_tuple(self, _: usize) -> Result<Items, FormProblem> {
        self.serialize_seq(None)
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Items, FormProblem> {
        self.serialize_seq(None)
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, FormProblem> {
        Err(FormProblem("a field is an enum of lists"))
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Object, FormProblem> {
        Ok(Object::default())
    }

    fn serialize_struct(self, name: &'static str, _: usize) -> Result<Object, FormProblem> {
        Ok(Object {
            is_file: name == file_part::NAME,
            is_json_text: name.starts_with(JSON_TEXT),
            ..Object::default()
        })
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, FormProblem> {
        Err(FormProblem("a field is an enum of objects"))
    }
}

/// The items of a list, each of which becomes a part.
struct Items(Vec<Content>);

macro_rules! items {
    ($($trait:ident: $method:ident),*) => {
        $(impl ser::$trait for Items {
            type Ok = Content;
            type Error = FormProblem;

            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), FormProblem> {
                self.0.push(value.serialize(Field)?);
                Ok(())
            }

            fn end(self) -> Result<Content, FormProblem> {
                Ok(Content::List(self.0))
            }
        })*
    };
}

items!(SerializeSeq: serialize_element, SerializeTuple: serialize_element, SerializeTupleStruct: serialize_field);

/// An object, which becomes JSON, or a file.
#[derive(Default)]
struct Object {
    is_file: bool,
    is_json_text: bool,
    texts: Vec<String>,
    bytes: Vec<u8>,
    json: serde_json::Map<String, Value>,
    key: String,
}

impl Object {
    fn insert<T: Serialize + ?Sized>(&mut self, key: &str, value: &T) -> Result<(), FormProblem> {
        if self.is_file || self.is_json_text {
            match value.serialize(Field)? {
                Content::File { bytes, .. } => self.bytes = bytes,
                Content::Text(text) => self.texts.push(text),
                _ => {}
            }
            return Ok(());
        }
        let value = serde_json::to_value(value)
            .map_err(|_| FormProblem("a field cannot be written as JSON"))?;
        self.json.insert(key.to_owned(), value);
        Ok(())
    }

    fn content(self) -> Content {
        if self.is_file {
            let mut texts = self.texts.into_iter();
            return Content::File {
                name: texts.next().unwrap_or_default(),
                media_type: texts.next().unwrap_or_default(),
                bytes: self.bytes,
            };
        }
        if self.is_json_text {
            let text = self.texts.first().map_or("null", String::as_str);
            return json_content(serde_json::from_str(text).unwrap_or_default());
        }
        Content::Json(Value::Object(self.json))
    }
}

impl ser::SerializeMap for Object {
    type Ok = Content;
    type Error = FormProblem;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), FormProblem> {
        self.key = name_of(key)?;
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), FormProblem> {
        let key = std::mem::take(&mut self.key);
        self.insert(&key, value)
    }

    fn end(self) -> Result<Content, FormProblem> {
        Ok(self.content())
    }
}

impl ser::SerializeStruct for Object {
    type Ok = Content;
    type Error = FormProblem;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        key: &'static str,
        value: &T,
    ) -> Result<(), FormProblem> {
        self.insert(key, value)
    }

    fn end(self) -> Result<Content, FormProblem> {
        Ok(self.content())
    }
}

/// What a field of any JSON holds.
fn json_content(value: Value) -> Content {
    match value {
        Value::Null => Content::Nothing,
        Value::String(text) => Content::Text(text),
        Value::Array(items) => Content::List(items.into_iter().map(json_content).collect()),
        Value::Object(_) => Content::Json(value),
        scalar => Content::Text(scalar.to_string()),
    }
}
