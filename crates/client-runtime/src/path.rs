//! Values in the path of a URL: each stays within the segment that the template gives it.

use crate::style::{Piece, Style};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC};
use std::fmt::{self, Display, Write};

/// Everything but RFC 3986's unreserved characters.
pub(crate) const RESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// Longer values are no ids: no server takes a URL of that size.
const MAX_LENGTH: usize = 8 * 1024;

/// Writes percent-encoded text at the end of a URL.
pub(crate) struct Encoded<'a>(pub(crate) &'a mut String);

impl Write for Encoded<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0
            .extend(percent_encoding::utf8_percent_encode(text, RESERVED));
        Ok(())
    }
}

/// Appends `value` to `out`, percent-encoded. On refusal `out` is as it was, and the reason is returned.
pub(crate) fn append_segment<T: Display + ?Sized>(
    out: &mut String,
    value: &T,
) -> Result<(), &'static str> {
    append(out, |segment| write!(segment, "{value}"))
}

/// Appends the values in their style, each percent-encoded. On refusal `out` is as it was, and the reason is returned.
pub(crate) fn append_pieces(
    out: &mut String,
    style: Style,
    pieces: &[Piece],
) -> Result<(), &'static str> {
    append(out, |segment| {
        for (index, piece) in pieces.iter().enumerate() {
            if index > 0 {
                segment.out.push_str(style.between());
            }
            if let Some(name) = &piece.name {
                segment.write_str(name)?;
                segment.out.push('=');
            }
            segment.write_str(&piece.text)?;
        }
        Ok(())
    })
}

fn append(
    out: &mut String,
    write: impl FnOnce(&mut Segment<'_>) -> fmt::Result,
) -> Result<(), &'static str> {
    let start = out.len();
    let mut segment = Segment {
        out,
        length: 0,
        problem: None,
    };
    let written = write(&mut segment);
    let problem = match (segment.problem, segment.length, written) {
        (Some(problem), ..) => Some(problem),
        (None, _, Err(fmt::Error)) => Some("cannot be written as text"),
        (None, 0, Ok(())) => Some("is empty"),
        (None, _, Ok(())) => out.get(start..).and_then(dots),
    };
    match problem {
        Some(problem) => {
            out.truncate(start);
            Err(problem)
        }
        None => Ok(()),
    }
}

struct Segment<'a> {
    out: &'a mut String,
    length: usize,
    problem: Option<&'static str>,
}

impl Write for Segment<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.length = self.length.saturating_add(text.len());
        if self.length > MAX_LENGTH {
            self.problem = Some("is longer than 8192 bytes");
        } else if text.contains('\\') {
            self.problem = Some("contains a backslash");
        } else if text.chars().any(char::is_control) {
            self.problem = Some("contains a control character");
        }
        match self.problem {
            Some(_) => Err(fmt::Error),
            None => Encoded(self.out).write_str(text),
        }
    }
}

/// How many times a value may be percent-encoded before it is refused for that alone.
const MAX_ENCODINGS: usize = 4;

/// Refuses a segment that is, or that a server which decodes more than once would take for, a dot segment.
fn dots(encoded: &str) -> Option<&'static str> {
    if matches!(encoded, "." | "..") {
        return Some("is a dot segment");
    }
    if !encoded.contains('%') {
        return None;
    }
    let mut text = encoded.to_owned();
    for _ in 0..=MAX_ENCODINGS {
        let decoded = percent_encoding::percent_decode_str(&text)
            .decode_utf8_lossy()
            .into_owned();
        if decoded == text {
            return None;
        }
        if decoded
            .split('/')
            .any(|segment| matches!(segment, "." | ".."))
        {
            return Some("contains a dot segment");
        }
        if decoded.contains('\\') || decoded.chars().any(char::is_control) {
            return Some("contains an encoded backslash or control character");
        }
        text = decoded;
    }
    Some("is percent-encoded too many times over")
}
