//! Reading the body of an answer, within a bound before and after decompression.

mod bounded;
mod coding;

use crate::failure::{ErrorKind, Failure};
use crate::operation::Operation;
use bounded::Bounded;
use bytes::Bytes;
use coding::{Problem, Sink};
use http::HeaderMap;
use http::header::{CONTENT_ENCODING, CONTENT_LENGTH};

pub(crate) use coding::ACCEPTED;

/// Reads a body of up to `limit` bytes, as many before decompression. A body that came in one piece is not copied.
/// Of a body that was compressed, the headers that describe its compressed form are taken out of `headers`.
pub(crate) async fn read(
    operation: &'static Operation,
    response: &mut reqwest::Response,
    headers: &mut HeaderMap,
    limit: usize,
) -> Result<Bytes, Failure> {
    let refused = |problem: Problem| match problem {
        Problem::TooLarge => Failure::new(
            ErrorKind::BodyTooLarge,
            operation.id(),
            format!("it has more than {limit} bytes, raise `max_body_bytes` if that is expected"),
        ),
        Problem::Corrupt(message) => Failure::new(ErrorKind::Decode, operation.id(), message),
    };
    let broken = |error: reqwest::Error| {
        Failure::new(ErrorKind::Io, operation.id(), "the answer's body broke off")
            .with_source(error.without_url())
    };
    let declared = response.content_length().unwrap_or(0);
    let declared = usize::try_from(declared).unwrap_or(usize::MAX);
    if declared > limit {
        return Err(refused(Problem::TooLarge));
    }
    let Some(first) = response.chunk().await.map_err(broken)? else {
        return Ok(Bytes::new());
    };
    let second = response.chunk().await.map_err(broken)?;
    let is_coded = headers.contains_key(CONTENT_ENCODING);
    if second.is_none() && !is_coded && first.len() <= limit {
        return Ok(first);
    }
    let mut sink = Sink::new(headers, Bounded::new(limit, declared)).map_err(refused)?;
    let mut wire = 0_usize;
    let (mut next, mut following) = (Some(first), second);
    while let Some(chunk) = next {
        wire = wire.saturating_add(chunk.len());
        if wire > limit {
            return Err(refused(Problem::TooLarge));
        }
        sink.feed(&chunk).map_err(refused)?;
        next = match following.take() {
            Some(chunk) => Some(chunk),
            None => response.chunk().await.map_err(broken)?,
        };
    }
    if !sink.is_plain() {
        headers.remove(CONTENT_ENCODING);
        headers.remove(CONTENT_LENGTH);
    }
    Ok(sink.finish().map_err(refused)?.into_bytes())
}
