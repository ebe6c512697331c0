//! A request in its parts.

use fault_server::Request;
use percent_encoding::percent_decode_str;
use serde_json::Value;

/// A request in its parts, decoded.
pub(crate) struct Call {
    pub(crate) method: String,
    /// The path's segments, decoded one by one.
    pub(crate) segments: Vec<String>,
    query: Vec<(String, String)>,
    pub(crate) token: Option<String>,
    pub(crate) key: Option<String>,
    pub(crate) idempotency_key: Option<String>,
    pub(crate) body: Value,
}

impl Call {
    pub(crate) fn of(request: &Request) -> Self {
        let segments = request
            .path()
            .split('/')
            .filter(|segment| !segment.is_empty());
        let pairs = request.query().split('&').filter(|pair| !pair.is_empty());
        let bearer = request.header("authorization");
        let bearer = bearer.and_then(|value| value.strip_prefix("Bearer "));
        let owned = |value: &str| value.to_owned();
        Self {
            method: request.method().to_owned(),
            segments: segments.map(decoded).collect(),
            query: pairs
                .map(|pair| {
                    let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
                    (decoded(name), decoded(value))
                })
                .collect(),
            token: bearer.map(owned),
            key: request.header("x-api-key").map(owned),
            idempotency_key: request.header("idempotency-key").map(owned),
            body: serde_json::from_slice(request.body()).unwrap_or_default(),
        }
    }

    /// The query parameter of that name.
    pub(crate) fn parameter(&self, name: &str) -> Option<&str> {
        let mut query = self.query.iter();
        query
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    }

    /// The query parameter of that name as a number, or another one.
    pub(crate) fn number(&self, name: &str, default: usize) -> usize {
        let number = self.parameter(name).and_then(|text| text.parse().ok());
        number.unwrap_or(default)
    }
}

fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}
