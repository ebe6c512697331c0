//! What a caller may ask of a single call.

use crate::failure::{ErrorKind, Failure};
use http::{HeaderMap, HeaderName, HeaderValue};
use std::fmt;
use std::time::{Duration, Instant};

/// Options of one call. Whatever is not set is as the client was built.
#[derive(Clone, Default)]
pub struct CallOptions {
    pub(crate) timeout: Option<Duration>,
    pub(crate) attempt_timeout: Option<Duration>,
    pub(crate) deadline: Option<Instant>,
    pub(crate) no_retries: bool,
    pub(crate) idempotency_key: Option<HeaderValue>,
    pub(crate) headers: HeaderMap,
    pub(crate) problem: Option<&'static str>,
}

/// Headers that the runtime sets itself or that decide where a message ends.
const RESERVED_HEADERS: [HeaderName; 10] = [
    http::header::AUTHORIZATION,
    http::header::CONNECTION,
    http::header::CONTENT_LENGTH,
    http::header::COOKIE,
    http::header::EXPECT,
    http::header::HOST,
    http::header::PROXY_AUTHORIZATION,
    http::header::TE,
    http::header::TRANSFER_ENCODING,
    http::header::UPGRADE,
];

impl CallOptions {
    /// No options.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// How long the whole call may take, all attempts and pauses together.
    #[must_use]
    pub fn timeout(mut self, timeout: Duration) -> Self {
        if timeout.is_zero() {
            self.problem = Some(
                "`timeout` of the call's options is zero, set it to the time that the call needs",
            );
        }
        self.timeout = Some(timeout);
        self
    }

    /// How long one attempt may take, from its start to the answer's last byte.
    #[must_use]
    pub fn attempt_timeout(mut self, timeout: Duration) -> Self {
        if timeout.is_zero() {
            self.problem = Some(
                "`attempt_timeout` of the call's options is zero, set it to the time that one answer needs",
            );
        }
        self.attempt_timeout = Some(timeout);
        self
    }

    /// When the call must be over, all attempts and pauses together. The earlier of this and the timeout counts.
    #[must_use]
    pub fn deadline(mut self, deadline: Instant) -> Self {
        self.deadline = Some(deadline);
        self
    }

    /// Sends the request once, whatever comes back.
    #[must_use]
    pub fn no_retries(mut self) -> Self {
        self.no_retries = true;
        self
    }

    /// The key by which the API recognises this write when it is sent again. The same call with the same key is one
    /// write. Refused when the call is made, if the API documents no such keys.
    #[must_use]
    pub fn idempotency_key(mut self, key: &str) -> Self {
        match HeaderValue::from_str(key) {
            Ok(value) if !key.is_empty() => self.idempotency_key = Some(value),
            _ => {
                self.problem =
                    Some("an idempotency key is empty or holds characters that no header may");
            }
        }
        self
    }

    /// Sends one more header, in place of one that the client would send under that name. Headers that authenticate
    /// or that frame the message are refused when the call is made.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        let parsed = HeaderName::from_bytes(name.as_bytes());
        match (parsed, HeaderValue::from_str(value)) {
            (Ok(name), _) if RESERVED_HEADERS.contains(&name) => {
                self.problem =
                    Some("an extra header is one that the runtime sets itself, leave it out");
            }
            (Ok(name), Ok(mut value)) => {
                value.set_sensitive(true);
                self.headers.insert(name, value);
            }
            (Err(_), _) => self.problem = Some("an extra header's name is no header name"),
            (_, Err(_)) => {
                self.problem = Some("an extra header's value holds characters that no header may");
            }
        }
        self
    }

    pub(crate) fn check(&self, operation: &'static str) -> Result<(), Failure> {
        match self.problem {
            Some(problem) => Err(Failure::new(ErrorKind::InvalidRequest, operation, problem)),
            None => Ok(()),
        }
    }
}

impl fmt::Debug for CallOptions {
    /// Prints the names of extra headers, not their values.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("CallOptions")
            .field("timeout", &self.timeout)
            .field("attempt_timeout", &self.attempt_timeout)
            .field("deadline", &self.deadline)
            .field("no_retries", &self.no_retries)
            .field("headers", &self.headers.keys().collect::<Vec<_>>())
            .finish_non_exhaustive()
    }
}
