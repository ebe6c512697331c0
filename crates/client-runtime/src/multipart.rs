//! A struct or map as a `multipart/form-data` body (RFC 7578).
//!
//! Text, numbers and booleans become parts of text; a [`FilePart`](crate::FilePart) a part with a file's name and media
//! type; each item of a list a part of the list's name; an object a part of JSON. Null becomes no part.

mod parts;

use serde::Serialize;
use std::fmt;

use parts::Form;

/// One part, ready to be written.
pub(crate) struct Part {
    name: String,
    /// The file's name and media type, or the media type alone.
    file_name: Option<String>,
    media_type: Option<String>,
    bytes: Vec<u8>,
}

/// Says why a value is no form, without the value.
#[derive(Debug)]
pub(crate) struct FormProblem(&'static str);

impl fmt::Display for FormProblem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.0)
    }
}

impl std::error::Error for FormProblem {}

impl serde::ser::Error for FormProblem {
    fn custom<T: fmt::Display>(_: T) -> Self {
        // The text of a type's own error may quote its value.
        Self("its type cannot be serialised")
    }
}

/// The body and its boundary, which no part contains.
pub(crate) fn body<T: Serialize + ?Sized>(value: &T) -> Result<(String, Vec<u8>), FormProblem> {
    let mut parts = Vec::new();
    value.serialize(Form(&mut parts))?;
    let boundary = boundary(&parts);
    let mut body = Vec::new();
    for part in &parts {
        let mut head = format!(
            "--{boundary}\r\ncontent-disposition: form-data; name=\"{}\"",
            quoted(&part.name)
        );
        if let Some(name) = &part.file_name {
            head.push_str("; filename=\"");
            head.push_str(&quoted(name));
            head.push('"');
        }
        if let Some(media_type) = &part.media_type {
            if !media_type.bytes().all(|byte| (b' '..0x7f).contains(&byte)) {
                return Err(FormProblem("a media type is no header value"));
            }
            head.push_str("\r\ncontent-type: ");
            head.push_str(media_type);
        }
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(b"\r\n\r\n");
        body.extend_from_slice(&part.bytes);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
    Ok((boundary, body))
}

/// The first of a row of texts that stands in no part: the same parts give the same body.
fn boundary(parts: &[Part]) -> String {
    (0..=u32::MAX)
        .map(|number| format!("part-boundary-{number:08x}"))
        .find(|text| {
            !parts
                .iter()
                .any(|part| contains(&part.bytes, text.as_bytes()))
        })
        .unwrap_or_default()
}

/// Whether the text stands in the bytes.
fn contains(bytes: &[u8], text: &[u8]) -> bool {
    bytes.windows(text.len()).any(|window| window == text)
}

/// A name as it stands between quotes, as browsers write it.
fn quoted(name: &str) -> String {
    name.replace('"', "%22")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}
