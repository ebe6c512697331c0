//! Parameters in a path, a header or a cookie that are, or may be, lists and objects.

use super::Request;
use crate::path;
use crate::style::{Piece, Style};
use http::header::COOKIE;
use serde::Serialize;

impl Request {
    /// Sets the path parameter `name` to a list or object, or to what may be one. Of its values the same are refused as by
    /// [`path`](Self::path), and so is a list or object without any.
    pub fn path_in<T: Serialize + ?Sized>(&mut self, name: &'static str, style: Style, value: &T) {
        let start = self.segments.len();
        match style.pieces(name, value) {
            Ok(pieces) => match path::append_pieces(&mut self.segments, style, &pieces) {
                Ok(()) => self.parameters.push((name, start..self.segments.len())),
                Err(problem) => self.note(format!("path parameter `{name}` {problem}")),
            },
            Err(problem) => self.note(format!("path parameter `{name}`: {problem}")),
        }
    }

    /// Adds the header `name` with a list or object, or what may be one. Null, and an empty list or object, adds nothing;
    /// refused is a value with what would end it: `,`, unless it is JSON.
    pub fn header_in<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        style: Style,
        value: &T,
    ) {
        let pieces = match style.pieces(name, value) {
            Ok(pieces) => pieces,
            Err(problem) => return self.note(format!("header `{name}`: {problem}")),
        };
        let is_ambiguous = |piece: &Piece| style != Style::Json && piece.text.contains(',');
        if pieces.len() > 1 && pieces.iter().any(is_ambiguous) {
            return self.note(format!(
                "header `{name}`: one of its values holds a comma, which stands between two"
            ));
        }
        if !pieces.is_empty() {
            self.header(name, &joined(style, &pieces, str::to_owned));
        }
    }

    /// Adds a cookie, or several where the style has it so, to the one header of all cookies (RFC 6265, section 5.4).
    /// Null, and an empty list or object, adds nothing. What a cookie cannot hold is percent-encoded.
    pub fn cookie<T: Serialize + ?Sized>(&mut self, name: &'static str, style: Style, value: &T) {
        let pieces = match style.pieces(name, value) {
            Ok(pieces) => pieces,
            Err(problem) => return self.note(format!("cookie `{name}`: {problem}")),
        };
        if pieces.is_empty() {
            return;
        }
        let mut text = String::new();
        let known = self.headers.iter().position(|(name, _)| *name == COOKIE);
        if let Some((_, before)) = known.map(|index| self.headers.remove(index)) {
            text.push_str(before.to_str().unwrap_or_default());
            text.push_str("; ");
        }
        if style == Style::Semicolon {
            let each = pieces.iter().map(|piece| {
                let own = piece.name.as_deref().unwrap_or(name);
                format!("{own}={}", cookie_text(&piece.text))
            });
            text.push_str(&each.collect::<Vec<_>>().join("; "));
        } else {
            text.push_str(name);
            text.push('=');
            text.push_str(&joined(style, &pieces, cookie_text));
        }
        self.header("cookie", &text);
    }
}

/// The values of a parameter in one text.
fn joined(style: Style, pieces: &[Piece], encoded: fn(&str) -> String) -> String {
    let each = pieces.iter().map(|piece| match &piece.name {
        Some(name) => format!("{name}={}", encoded(&piece.text)),
        None => encoded(&piece.text),
    });
    each.collect::<Vec<_>>().join(style.between())
}

/// The text with everything percent-encoded that the value of a cookie cannot hold (RFC 6265, section 4.1.1).
fn cookie_text(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_graphic() && !matches!(byte, b'"' | b'%' | b',' | b';' | b'\\') {
            encoded.push(char::from(byte));
        } else {
            encoded.extend(percent_encoding::percent_encode(
                &[byte],
                percent_encoding::NON_ALPHANUMERIC,
            ));
        }
    }
    encoded
}
