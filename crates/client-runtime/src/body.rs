//! Reading the body of an answer, within a bound.

use crate::failure::{ErrorKind, Failure};
use crate::operation::Operation;
use bytes::{Bytes, BytesMut};

/// Reads a body of up to `limit` bytes. A body that came in one piece is not copied.
pub(crate) async fn read(
    operation: &'static Operation,
    response: &mut reqwest::Response,
    limit: usize,
) -> Result<Bytes, Failure> {
    let too_large = || {
        Failure::new(
            ErrorKind::BodyTooLarge,
            operation.id(),
            format!("it has more than {limit} bytes, raise `max_body_bytes` if that is expected"),
        )
    };
    let broken = |error: reqwest::Error| {
        Failure::new(ErrorKind::Io, operation.id(), "the answer's body broke off")
            .with_source(error.without_url())
    };
    let declared = response.content_length().unwrap_or(0);
    if usize::try_from(declared).map_or(true, |declared| declared > limit) {
        return Err(too_large());
    }
    let Some(first) = response.chunk().await.map_err(broken)? else {
        return Ok(Bytes::new());
    };
    if first.len() > limit {
        return Err(too_large());
    }
    let Some(mut next) = response.chunk().await.map_err(broken)? else {
        return Ok(first);
    };
    let expected = usize::try_from(declared).unwrap_or(0);
    let mut body = BytesMut::with_capacity(expected.max(first.len() + next.len()));
    body.extend_from_slice(&first);
    loop {
        if next.len() > limit - body.len() {
            return Err(too_large());
        }
        body.extend_from_slice(&next);
        match response.chunk().await.map_err(broken)? {
            Some(chunk) => next = chunk,
            None => return Ok(body.freeze()),
        }
    }
}
