//! How a list or an object is written into a URL.

use crate::page::Encoding;

use super::cursor::Cursor;
use super::inline::code_span;
use super::problem::Problem;
use super::said::Said;

/// How a list or an object is written, as in `name[]=a&name[]=b`.
pub(super) fn read(cursor: &mut Cursor<'_, '_>, said: &Said<'_>) -> Option<Encoding> {
    let text = match code_span(said.value) {
        Some((span, "")) => span,
        _ => said.value,
    };
    let encoding = encoding_of(text);
    if encoding.is_none() {
        cursor.report(
            said.line,
            Problem::new(
                "encoding",
                said.value,
                "an encoding that is not known",
                "name[]=a&name[]=b, name=a&name=b, name=a,b or name[key]=value",
                "write the one of these that the vendor documents",
            ),
        );
    }
    encoding
}

fn encoding_of(text: &str) -> Option<Encoding> {
    let (name, value) = text.split_once('=')?;
    if let Some((first, second)) = value.split_once('&') {
        let (again, _) = second.split_once('=')?;
        if again != name || first.is_empty() {
            return None;
        }
        return Some(if name.ends_with("[]") {
            Encoding::Brackets
        } else if name.ends_with(']') {
            return None;
        } else {
            Encoding::Repeated
        });
    }
    let (outer, key) = name.split_once('[').unzip();
    match key {
        Some("]") => Some(Encoding::Brackets),
        Some(key) if key.ends_with(']') && outer.is_some_and(|outer| !outer.is_empty()) => {
            Some(Encoding::DeepObject)
        }
        None if value.contains(',') => Some(Encoding::Comma),
        _ => None,
    }
}
