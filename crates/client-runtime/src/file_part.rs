//! A file among the fields of a multipart form.

use bytes::Bytes;
use serde::{Deserialize, Deserializer, Serialize, Serializer, ser::SerializeStruct};
use std::fmt;

/// How the type tells the multipart writer what it is.
pub(crate) const NAME: &str = "$client_runtime::FilePart";

/// A file that is sent as a part of a `multipart/form-data` body. `Debug` prints how large it is, and nothing of it.
///
/// ```
/// use client_runtime::FilePart;
///
/// let part = FilePart::new("a,b\n1,2\n").file_name("rows.csv").media_type("text/csv");
/// assert_eq!(part.bytes().len(), 8);
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct FilePart {
    bytes: Bytes,
    file_name: String,
    media_type: String,
}

impl FilePart {
    /// A file of these bytes, called `file`, of the media type `application/octet-stream`.
    #[must_use]
    pub fn new(bytes: impl Into<Bytes>) -> Self {
        Self {
            bytes: bytes.into(),
            file_name: "file".to_owned(),
            media_type: "application/octet-stream".to_owned(),
        }
    }

    /// The file's name, as the server is told it.
    #[must_use]
    pub fn file_name(mut self, name: impl Into<String>) -> Self {
        self.file_name = name.into();
        self
    }

    /// The file's media type, as the server is told it.
    #[must_use]
    pub fn media_type(mut self, media_type: impl Into<String>) -> Self {
        self.media_type = media_type.into();
        self
    }

    /// The file's bytes.
    #[must_use]
    pub const fn bytes(&self) -> &Bytes {
        &self.bytes
    }
}

impl From<Vec<u8>> for FilePart {
    fn from(bytes: Vec<u8>) -> Self {
        Self::new(bytes)
    }
}

impl From<Bytes> for FilePart {
    fn from(bytes: Bytes) -> Self {
        Self::new(bytes)
    }
}

impl From<&'static str> for FilePart {
    fn from(text: &'static str) -> Self {
        Self::new(text)
    }
}

impl fmt::Debug for FilePart {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("FilePart")
            .field("bytes", &self.bytes.len())
            .finish_non_exhaustive()
    }
}

impl Serialize for FilePart {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut part = serializer.serialize_struct(NAME, 3)?;
        part.serialize_field("file_name", &self.file_name)?;
        part.serialize_field("media_type", &self.media_type)?;
        part.serialize_field("bytes", &Raw(&self.bytes))?;
        part.end()
    }
}

/// Bytes that are written as bytes.
struct Raw<'a>(&'a [u8]);

impl Serialize for Raw<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(self.0)
    }
}

impl<'de> Deserialize<'de> for FilePart {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct Fields {
            file_name: String,
            media_type: String,
            bytes: Vec<u8>,
        }
        let Fields {
            file_name,
            media_type,
            bytes,
        } = Fields::deserialize(deserializer)?;
        Ok(Self {
            bytes: bytes.into(),
            file_name,
            media_type,
        })
    }
}
