//! Answers, in the forms that documents give them.

use crate::document::{Document, ErrorShape, Operation};
use crate::quota::Quota;
use bytes::Bytes;
use http::StatusCode;
use std::borrow::Cow;

/// An answer before it is sent.
#[derive(Debug, Clone)]
pub(crate) struct Answer {
    pub status: u16,
    pub headers: Vec<(&'static str, String)>,
    /// Headers that a fault brings.
    pub extra: Vec<(String, String)>,
    /// What the body is.
    pub media_type: Cow<'static, str>,
    /// Without it there is no body.
    pub body: Bytes,
}

impl Answer {
    pub(crate) fn json(status: u16, body: impl Into<Bytes>) -> Self {
        Self {
            status,
            headers: Vec::new(),
            extra: Vec::new(),
            media_type: Cow::Borrowed("application/json"),
            body: body.into(),
        }
    }

    /// The answer of an operation that did what was asked, with a record.
    pub(crate) fn record(operation: &Operation, record: &Bytes) -> Self {
        let shape = &operation.record;
        let body = if !shape.has_record {
            shape.before.clone()
        } else if shape.before.is_empty() && shape.after.is_empty() {
            record.clone()
        } else {
            [&shape.before[..], record, &shape.after].concat().into()
        };
        Self::json(operation.success, body)
    }

    /// An error of an operation: the first of these statuses that its document has, or the first of all.
    pub(crate) fn error(operation: &Operation, statuses: &[u16], message: &str) -> Self {
        let documented = statuses
            .iter()
            .find(|status| operation.errors.contains_key(status));
        let status = documented.or(statuses.first()).copied().unwrap_or(500);
        Self::error_as(status, operation.errors.get(&status), message)
    }

    /// An error where there is no operation: in the form of any operation of the document that has it.
    pub(crate) fn error_of(document: &Document, status: u16, message: &str) -> Self {
        let mut operations = document.operations.iter();
        let shape = operations.find_map(|operation| operation.errors.get(&status));
        Self::error_as(status, shape, message)
    }

    fn error_as(status: u16, shape: Option<&ErrorShape>, message: &str) -> Self {
        let reason = StatusCode::from_u16(status)
            .ok()
            .and_then(|status| status.canonical_reason());
        let body = match shape {
            Some(shape) => shape.body(status, reason.unwrap_or_default(), message),
            None => Some(ErrorShape::undocumented(status, message)),
        };
        let body = body.map(|body| body.to_string()).unwrap_or_default();
        Self::json(status, body)
    }

    pub(crate) fn all_headers(&self) -> impl Iterator<Item = (&str, &str)> {
        let own = self
            .headers
            .iter()
            .map(|(name, value)| (*name, value.as_str()));
        own.chain(
            self.extra
                .iter()
                .map(|(name, value)| (name.as_str(), value.as_str())),
        )
    }

    pub(crate) fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// Says what is left of a quota, in the headers that the operation documents for the status.
    pub(crate) fn quota(mut self, operation: &Operation, quota: Option<Quota>) -> Self {
        let Some(quota) = quota else { return self };
        let documented = match operation.errors.get(&self.status) {
            Some(shape) => &shape.headers,
            None if self.status < 300 => &operation.success_headers,
            None => return self,
        };
        let values = [
            (
                "ratelimit-limit",
                format!("{};w={}", quota.requests, quota.seconds),
            ),
            ("ratelimit-remaining", quota.remaining.to_string()),
            ("ratelimit-reset", quota.reset.to_string()),
            ("retry-after", quota.reset.max(1).to_string()),
            ("x-ratelimit-limit", quota.requests.to_string()),
            ("x-ratelimit-remaining", quota.remaining.to_string()),
            ("x-ratelimit-reset", quota.reset.to_string()),
        ];
        let documented = values
            .into_iter()
            .filter(|(name, _)| documented.iter().any(|known| known == name));
        self.headers.extend(documented);
        self
    }
}
