//! What others may see of a call: spans for `tracing`, and reports for an [`Observer`]. None of it holds a token, an
//! id, a query, a header's value (but the request id that a server gave), or a body.

use crate::core::Core;
use crate::failure::ErrorKind;
use crate::operation::Operation;
use http::HeaderMap;
use std::fmt;
use std::time::Duration;
use tracing::Span;
use tracing::field::Empty;

/// Sees every attempt and every call of a client, such as to count them. Its methods run within the call: they must
/// be quick and must not block.
pub trait Observer: Send + Sync {
    /// An attempt is over.
    fn attempt(&self, report: &AttemptReport<'_>) {
        _ = report;
    }

    /// A call is over. Not called for a call that was cancelled.
    fn call(&self, report: &CallReport) {
        _ = report;
    }
}

/// One attempt of a call.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct AttemptReport<'a> {
    /// The API's name.
    pub api: &'static str,
    /// The operation.
    pub operation: &'static Operation,
    /// Which attempt of its call this is, from 1.
    pub number: u32,
    /// The answer's status, if there was an answer.
    pub status: Option<u16>,
    /// Why there was no whole answer.
    pub error: Option<ErrorKind>,
    /// From the start of the attempt to the last byte of the answer.
    pub duration: Duration,
    /// The id that the server gave the request.
    pub request_id: Option<&'a str>,
    /// The headers of the answer; none if there was no answer.
    pub headers: AnswerHeaders<'a>,
}

/// The headers of an answer. `Debug` prints none of them.
#[derive(Clone, Copy)]
pub struct AnswerHeaders<'a>(pub(crate) &'a HeaderMap);

impl<'a> AnswerHeaders<'a> {
    /// The value of a header, where it is ASCII text.
    #[must_use]
    pub fn get(self, name: &str) -> Option<&'a str> {
        self.0.get(name)?.to_str().ok()
    }
}

impl fmt::Debug for AnswerHeaders<'_> {
    /// Prints how many there are.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "AnswerHeaders({})", self.0.len())
    }
}

/// A call with all of its attempts.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct CallReport {
    /// The API's name.
    pub api: &'static str,
    /// The operation.
    pub operation: &'static Operation,
    /// How often the request was sent.
    pub attempts: u32,
    /// The last answer's status, if there was an answer.
    pub status: Option<u16>,
    /// Why there was no whole answer.
    pub error: Option<ErrorKind>,
    /// From the start of the call to its end, pauses included.
    pub duration: Duration,
}

/// The span of a call.
pub(crate) fn call_span(core: &Core, operation: &'static Operation) -> Span {
    tracing::info_span!(
        "call",
        api = core.0.settings.api.name,
        operation = operation.id(),
        attempts = Empty,
        http.response.status_code = Empty,
        error.type = Empty,
    )
}

/// The span of an attempt, after OpenTelemetry's conventions for HTTP clients; without `url.full`, which holds ids.
pub(crate) fn attempt_span(core: &Core, operation: &'static Operation, number: u32) -> Span {
    let base = &core.0.settings.base_url;
    tracing::info_span!(
        "HTTP request",
        otel.kind = "client",
        otel.name = format_args!("{} {}", operation.method(), operation.path()),
        http.request.method = operation.method(),
        http.request.resend_count = number.saturating_sub(1),
        url.template = operation.path(),
        server.address = base.host(),
        server.port = base.port(),
        http.response.status_code = Empty,
        request_id = Empty,
        error.type = Empty,
    )
}

/// Notes in the span how it ended.
pub(crate) fn end(span: &Span, status: Option<u16>, error: Option<ErrorKind>) {
    if span.is_disabled() {
        return;
    }
    if let Some(status) = status {
        span.record("http.response.status_code", status);
        if status >= 400 && error.is_none() {
            span.record("error.type", tracing::field::display(status));
        }
    }
    if let Some(error) = error {
        span.record("error.type", tracing::field::debug(error));
    }
}
