//! The keys by which a server recognises a write that it has seen.

use crate::failure::{ErrorKind, Failure};
use crate::request::Request;
use http::{HeaderName, HeaderValue};
use uuid::{Builder, Uuid};

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

/// A random UUID, version 4. `Uuid::new_v4` would panic where the system gives no random numbers.
fn new_key() -> Option<HeaderValue> {
    let mut random = [0; 16];
    getrandom::fill(&mut random).ok()?;
    let uuid = Builder::from_random_bytes(random).into_uuid();
    HeaderValue::from_str(uuid.hyphenated().encode_lower(&mut Uuid::encode_buffer())).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_key_is_a_random_uuid() {
        let keys = [new_key(), new_key()].map(Option::unwrap);
        assert_ne!(keys[0], keys[1]);
        for key in keys {
            let text = key.to_str().unwrap();
            let uuid = Uuid::parse_str(text).unwrap();
            assert_eq!((uuid.get_version_num(), text.len()), (4, 36));
        }
    }
}
