//! The keys by which a server recognises a write that it has seen.

use crate::failure::{ErrorKind, Failure};
use crate::request::Request;
use bytes::Bytes;
use http::{HeaderName, HeaderValue};

/// The header that an attempt of `request` carries: the caller's own key, or a new one. `None` where the API
/// documents none for this operation.
pub(crate) fn key(
    request: &Request,
    header: Option<&'static str>,
) -> Result<Option<(HeaderName, HeaderValue)>, Failure> {
    let operation = request.operation.id();
    let refuse =
        |message: &'static str| Failure::new(ErrorKind::InvalidRequest, operation, message);
    let asked = request.options.idempotency_key.as_ref();
    let Some(header) = header else {
        return match asked {
            Some(_) => Err(refuse(
                "an idempotency key was given and the API documents none for this operation, leave it out",
            )),
            None => Ok(None),
        };
    };
    let name = HeaderName::from_bytes(header.as_bytes())
        .map_err(|_| refuse("the API's header for idempotency keys is no header name"))?;
    let given = asked.or_else(|| request.header_value(&name));
    let value = match given {
        Some(value) => value.clone(),
        None => new_key().ok_or_else(|| {
            refuse("the system gave no random numbers for an idempotency key, give one with the call's options")
        })?,
    };
    Ok(Some((name, value)))
}

/// A random UUID, version 4.
fn new_key() -> Option<HeaderValue> {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut random = [0_u8; 16];
    getrandom::fill(&mut random).ok()?;
    let number = u128::from_be_bytes(random);
    let number = number & !(0xf << 76) & !(0x3 << 62) | (0x4 << 76) | (0x2 << 62);
    let mut text = Vec::with_capacity(36);
    for (index, byte) in number.to_be_bytes().into_iter().enumerate() {
        if matches!(index, 4 | 6 | 8 | 10) {
            text.push(b'-');
        }
        for nibble in [byte >> 4, byte & 15] {
            text.extend(DIGITS.get(usize::from(nibble)));
        }
    }
    HeaderValue::from_maybe_shared(Bytes::from(text)).ok()
}
