//! Answers that take far more room than they seem to.

use super::TOO_LARGE;
use crate::Error;
use client_runtime::ErrorKind;
use fault_server::{Ending, Reply};
use std::io::{self, Write};

/// A hostile answer.
pub(super) struct Bomb {
    pub(super) name: &'static str,
    pub(super) ending: Ending,
    pub(super) kind: ErrorKind,
}

/// How deep hostile JSON nests.
const DEPTH: usize = 10_000;

impl Bomb {
    /// Every bomb for a client with this limit.
    pub(super) fn all(limit: usize) -> Result<Vec<Self>, Error> {
        let mut all = Vec::new();
        let mut add = |name, kind, ending| all.push(Self { name, ending, kind });
        let size = limit * 8;
        for (name, coding, body) in [
            ("gzip", "gzip", gzip(size)?),
            (
                "gzip of several members",
                "gzip",
                [gzip(limit - 1)?, gzip(size)?].concat(),
            ),
            ("deflate", "deflate", zlib(size)?),
            ("raw deflate", "deflate", raw_deflate(size)?),
            ("brotli", "br", brotli(size)?),
            ("zstd", "zstd", zstd(size, 23)?),
        ] {
            add(name, TOO_LARGE, coded(coding, body));
        }
        // A window of 128 MiB is more than a client may be asked to keep.
        add(
            "zstd with a large window",
            ErrorKind::Decode,
            coded("zstd", zstd(size, 27)?),
        );
        add(
            "gzip within gzip",
            ErrorKind::Decode,
            coded("gzip, gzip", gzip(size)?),
        );
        let chunk = Reply::new(200).body(vec![b' '; 64 << 10]);
        add("endless", TOO_LARGE, Ending::Endless(chunk.clone()));
        add(
            "endless zstd of empty frames",
            TOO_LARGE,
            Ending::Endless(empty_frames()?),
        );
        add(
            "a length beyond the limit",
            TOO_LARGE,
            Ending::WrongLength(chunk.clone(), 1 << 40),
        );
        add(
            "a length beyond any",
            ErrorKind::Io,
            raw_length("99999999999999999999999999"),
        );
        add("a thousand headers", ErrorKind::Io, headers(1000, 10));
        add("a huge header", ErrorKind::Io, headers(1, 16 << 20));
        for (name, text) in [
            (
                "deep lists in a free field",
                deep(r#"{"remote_data":{"a":"#, "[", "]", "}}"),
            ),
            (
                "deep objects in a free field",
                deep(r#"{"custom_fields":"#, r#"{"a":"#, "}", "}").replace(":}", ":1}"),
            ),
            (
                "deep lists in an unknown field",
                deep(r#"{"unheard_of":"#, "[", "]", "}"),
            ),
            (
                "deep lists in a known field",
                deep(r#"{"email_addresses":"#, "[", "]", "}"),
            ),
            ("deep lists in place of the contact", deep("", "[", "]", "")),
            (
                "deep lists that never close",
                deep(r#"{"remote_data":{"a":"#, "[", "", ""),
            ),
        ] {
            add(
                name,
                ErrorKind::Decode,
                Ending::Answer(Reply::new(200).json(&text)),
            );
        }
        Ok(all)
    }
}

fn coded(coding: &str, body: Vec<u8>) -> Ending {
    Ending::Answer(
        Reply::new(200)
            .header("content-encoding", coding)
            .body(body),
    )
}

/// `size` spaces, piece by piece.
fn spaces(size: usize, mut to: impl Write) -> io::Result<()> {
    let piece = [b' '; 4096];
    for _ in 0..size / piece.len() {
        to.write_all(&piece)?;
    }
    to.write_all(piece.get(..size % piece.len()).unwrap_or_default())
}

fn gzip(size: usize) -> io::Result<Vec<u8>> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    spaces(size, &mut encoder)?;
    encoder.finish()
}

fn zlib(size: usize) -> io::Result<Vec<u8>> {
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    spaces(size, &mut encoder)?;
    encoder.finish()
}

fn raw_deflate(size: usize) -> io::Result<Vec<u8>> {
    let mut encoder = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::best());
    spaces(size, &mut encoder)?;
    encoder.finish()
}

fn brotli(size: usize) -> io::Result<Vec<u8>> {
    let mut encoder = brotli::CompressorWriter::new(Vec::new(), 4096, 5, 22);
    spaces(size, &mut encoder)?;
    Ok(encoder.into_inner())
}

fn zstd(size: usize, window: u32) -> io::Result<Vec<u8>> {
    let mut encoder = zstd::Encoder::new(Vec::new(), 3)?;
    encoder.window_log(window)?;
    spaces(size, &mut encoder)?;
    encoder.finish()
}

/// Frames that hold nothing, so that they go on for ever without any text.
fn empty_frames() -> io::Result<Reply> {
    let frame = zstd::encode_all(io::empty(), 3)?;
    Ok(Reply::new(200)
        .header("content-encoding", "zstd")
        .body(frame.repeat(4096)))
}

fn raw_length(length: &str) -> Ending {
    Ending::Raw(format!("HTTP/1.1 200 OK\r\ncontent-length: {length}\r\n\r\n{{}}").into_bytes())
}

/// An answer with so many headers, each with a value of so many letters.
fn headers(count: usize, letters: usize) -> Ending {
    let value = "a".repeat(letters);
    let mut text = String::from("HTTP/1.1 200 OK\r\n");
    for number in 0..count {
        text.extend(["x-", &number.to_string(), ": ", &value, "\r\n"]);
    }
    text.push_str("content-length: 2\r\n\r\n{}");
    Ending::Prepared(text.into_bytes().into())
}

fn deep(before: &str, open: &str, close: &str, after: &str) -> String {
    [before, &open.repeat(DEPTH), &close.repeat(DEPTH), after].concat()
}
