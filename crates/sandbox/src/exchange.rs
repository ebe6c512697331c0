//! Requests and answers as they were on the wire.

use crate::engine::Outcome;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::HeaderMap;
use http::request::Parts;
use serde_json::{Value, json};

/// A request and its answer. `Debug` prints neither headers nor bodies.
#[derive(Clone)]
pub struct Exchange {
    method: String,
    target: String,
    headers: Vec<(String, Vec<u8>)>,
    body: Bytes,
    status: u16,
    answer_headers: Vec<(String, Vec<u8>)>,
    answer_body: Bytes,
    is_refused: bool,
}

impl Exchange {
    pub(crate) fn new(parts: &Parts, body: &Bytes, outcome: &Outcome) -> Self {
        let answer = crate::spoil::plain(&outcome.answer);
        Self {
            method: parts.method.to_string(),
            target: parts.uri.to_string(),
            headers: listed(&parts.headers),
            body: body.clone(),
            status: answer.status().as_u16(),
            answer_headers: listed(answer.headers()),
            answer_body: outcome.answer.body.clone(),
            is_refused: outcome.is_refused,
        }
    }

    /// The method.
    #[must_use]
    pub fn method(&self) -> &str {
        &self.method
    }

    /// The path and the query, as they were encoded.
    #[must_use]
    pub fn target(&self) -> &str {
        &self.target
    }

    /// The headers of the request, with the names in lower case.
    pub fn headers(&self) -> impl Iterator<Item = (&str, &[u8])> {
        let headers = self.headers.iter();
        headers.map(|(name, value)| (name.as_str(), value.as_slice()))
    }

    /// The body of the request.
    #[must_use]
    pub fn body(&self) -> &[u8] {
        &self.body
    }

    /// The status of the answer.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.status
    }

    /// The body of the answer.
    #[must_use]
    pub fn answer_body(&self) -> &[u8] {
        &self.answer_body
    }

    /// Everything as JSON: `method`, `target`, `headers`, `body`, `status`, `answer_headers` and `answer_body`, the bodies
    /// in Base64.
    #[must_use]
    pub fn to_json(&self) -> Value {
        json!({
            "method": self.method,
            "target": self.target,
            "headers": texts(&self.headers),
            "body": STANDARD.encode(&self.body),
            "status": self.status,
            "answer_headers": texts(&self.answer_headers),
            "answer_body": STANDARD.encode(&self.answer_body),
        })
    }

    /// Whether the request was not as documented.
    #[must_use]
    pub fn was_refused(&self) -> bool {
        self.is_refused
    }
}

impl std::fmt::Debug for Exchange {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Exchange")
            .field("method", &self.method)
            .field("body_bytes", &self.body.len())
            .field("status", &self.status)
            .finish_non_exhaustive()
    }
}

fn listed(headers: &HeaderMap) -> Vec<(String, Vec<u8>)> {
    headers
        .iter()
        .map(|(name, value)| (name.as_str().to_owned(), value.as_bytes().to_vec()))
        .collect()
}

fn texts(headers: &[(String, Vec<u8>)]) -> Vec<(&str, String)> {
    headers
        .iter()
        .map(|(name, value)| (name.as_str(), String::from_utf8_lossy(value).into_owned()))
        .collect()
}
