//! A JSON text that something went wrong with.

use fastrand::Rng;
use serde_json::{Value, json};

/// What is put in place of something else, or in between.
const PIECES: [&[u8]; 44] = [
    b"null",
    b"true",
    b"false",
    b"0",
    b"-1",
    b"1e999",
    b"-0.0",
    b"1E+2",
    b"18446744073709551616",
    b"9223372036854775808",
    b"123456789012345678901234567890.5",
    b"NaN",
    b"Infinity",
    b"\"\"",
    b"\"x\"",
    b"\"\\ud800\"",
    b"\"\\udc00\\ud800\"",
    b"\"\\u0000\"",
    b"\"\\x\"",
    b"\"\x00\"",
    b"\"\xff\xfe\"",
    b"\xef\xbb\xbf",
    b"\xc0\xaf",
    b"\xed\xa0\x80",
    b"[]",
    b"{}",
    b"[[]]",
    b"{\"id\":{}}",
    b"{\"a\":1,\"a\":2}",
    b"{\"\":1}",
    b",",
    b":",
    b"[",
    b"]",
    b"{",
    b"}",
    b"\"",
    b"\\",
    b" ",
    b"\n\t\r",
    b"//",
    b"/* */",
    b"<html>",
    b"\"2024-13-45T99:99:99Z\"",
];

/// `text`, changed up to four times: half of the texts byte by byte, the others as JSON, so that they stay JSON.
pub(super) fn mutated(text: impl AsRef<str>, rng: &mut Rng) -> Vec<u8> {
    let text = text.as_ref();
    let times = rng.usize(0..5);
    if rng.bool()
        && let Ok(mut value) = serde_json::from_str::<Value>(text)
    {
        for _ in 0..times {
            let count = nodes(&value);
            change(&mut value, &mut rng.usize(..count), rng);
        }
        return value.to_string().into_bytes();
    }
    let mut bytes = text.as_bytes().to_vec();
    for _ in 0..times {
        mutate(&mut bytes, rng);
    }
    bytes
}

fn nodes(value: &Value) -> usize {
    1 + match value {
        Value::Array(items) => items.iter().map(nodes).sum(),
        Value::Object(fields) => fields.values().map(nodes).sum(),
        _ => 0,
    }
}

/// Changes the node that `left` nodes stand before.
fn change(value: &mut Value, left: &mut usize, rng: &mut Rng) -> bool {
    if *left == 0 {
        *value = changed(value.take(), rng);
        return true;
    }
    *left -= 1;
    match value {
        Value::Array(items) => items.iter_mut().any(|item| change(item, left, rng)),
        Value::Object(fields) => fields.values_mut().any(|field| change(field, left, rng)),
        _ => false,
    }
}

fn changed(value: Value, rng: &mut Rng) -> Value {
    match rng.u8(..12) {
        0 => Value::Null,
        1 => json!(rng.bool()),
        2 => json!(rng.i64(..)),
        3 => json!(rng.f64() * 1e300),
        4 => json!(
            std::iter::repeat_with(|| rng.char(..))
                .take(5)
                .collect::<String>()
        ),
        5 => json!([value, {"extra": []}]),
        6 => json!({ "inner": value }),
        7 => json!([]),
        8 => json!({}),
        9 => json!(value.to_string()),
        _ => match value {
            Value::Object(mut fields) => {
                let name = rng.choice(["novel", "extra", "id", ""]).unwrap_or_default();
                fields.insert(name.to_owned(), json!([{"a": null}]));
                Value::Object(fields)
            }
            Value::Array(mut items) => {
                items.reverse();
                items.extend(items.clone());
                Value::Array(items)
            }
            Value::String(text) => json!(text.repeat(rng.usize(..50))),
            other => other,
        },
    }
}

fn mutate(bytes: &mut Vec<u8>, rng: &mut Rng) {
    let length = bytes.len();
    let at = rng.usize(..=length);
    let piece = rng.choice(PIECES).unwrap_or_default();
    match rng.u8(..12) {
        0 => bytes.truncate(at),
        1 => _ = bytes.drain(..at),
        2 => {
            let end = (at + rng.usize(..64)).min(length);
            bytes.drain(at..end);
        }
        3 => {
            let end = (at + rng.usize(..200)).min(length);
            let copy = bytes.get(at..end).unwrap_or_default().to_vec();
            let to = rng.usize(..=length);
            bytes.splice(to..to, copy);
        }
        4 => {
            if let Some(byte) = bytes.get_mut(at) {
                *byte ^= 1 << rng.u8(..8);
            }
        }
        5 => _ = bytes.splice(at..at, piece.iter().copied()),
        6 if rng.u8(..20) == 0 => {
            let depth = rng.usize(1..3000);
            let (open, close) = if rng.bool() {
                (&b"["[..], &b"]"[..])
            } else {
                (&b"{\"a\":"[..], &b"}"[..])
            };
            let deep = [open.repeat(depth), b"1".to_vec(), close.repeat(depth)].concat();
            replace_value(bytes, at, &deep);
        }
        _ => replace_value(bytes, at, piece),
    }
}

/// Puts `other` in place of the value that follows the next colon or comma.
fn replace_value(bytes: &mut Vec<u8>, from: usize, other: &[u8]) {
    let is_before_value = |byte: &u8| matches!(byte, b':' | b',' | b'[');
    let found = bytes
        .get(from..)
        .unwrap_or_default()
        .iter()
        .position(is_before_value);
    let Some(start) = found.map(|found| from + found + 1) else {
        return;
    };
    let rest = bytes.get(start..).unwrap_or_default();
    let end = match rest.first() {
        Some(b'"') => rest
            .iter()
            .skip(1)
            .position(|byte| *byte == b'"')
            .map(|end| end + 2),
        Some(b'[' | b'{') => rest
            .iter()
            .position(|byte| matches!(byte, b']' | b'}'))
            .map(|end| end + 1),
        _ => rest
            .iter()
            .position(|byte| matches!(byte, b',' | b']' | b'}')),
    };
    let end = start + end.unwrap_or(rest.len());
    bytes.splice(start..end, other.iter().copied());
}
