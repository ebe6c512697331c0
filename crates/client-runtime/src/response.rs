//! A decoded answer.

use crate::effect::Effect;
use crate::operation::Operation;
use http::{HeaderMap, HeaderValue};
use std::fmt;
use std::ops::{Deref, DerefMut};

/// A decoded answer with its status and headers. `Debug` prints no body and no header's value.
#[derive(Clone)]
pub struct ResponseValue<T> {
    inner: T,
    exchange: Exchange,
}

/// What is known of a call besides its body.
#[derive(Clone)]
pub(crate) struct Exchange {
    pub(crate) operation: &'static Operation,
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) attempts: u32,
    pub(crate) idempotency_key: Option<HeaderValue>,
    /// Whether the vendor says that the same request may succeed later.
    pub(crate) is_temporary: bool,
    /// What all attempts together did on the server.
    pub(crate) effect: Effect,
}

impl<T> ResponseValue<T> {
    pub(crate) fn new(inner: T, exchange: Exchange) -> Self {
        Self { inner, exchange }
    }

    /// The status.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.exchange.status
    }

    /// The headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.exchange.headers
    }

    /// The id that the server gave the request, for its support.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        request_id(&self.exchange.headers)
    }

    /// How often the request was sent.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.exchange.attempts
    }

    /// The key that every attempt carried, where the API takes such keys.
    #[must_use]
    pub fn idempotency_key(&self) -> Option<&str> {
        self.exchange.idempotency_key.as_ref()?.to_str().ok()
    }

    /// The decoded body.
    #[must_use]
    pub fn into_inner(self) -> T {
        self.inner
    }

    /// The same with the body changed by `change`.
    #[must_use]
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> ResponseValue<U> {
        ResponseValue {
            inner: change(self.inner),
            exchange: self.exchange,
        }
    }
}

impl<T> Deref for ResponseValue<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.inner
    }
}

impl<T> DerefMut for ResponseValue<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.inner
    }
}

impl<T> AsRef<T> for ResponseValue<T> {
    fn as_ref(&self) -> &T {
        &self.inner
    }
}

impl<T> fmt::Debug for ResponseValue<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("ResponseValue")
            .field("status", &self.exchange.status)
            .finish_non_exhaustive()
    }
}

/// The id that a server gave a request: the first of the header names in use that holds visible ASCII of a sane length.
pub(crate) fn request_id(headers: &HeaderMap) -> Option<&str> {
    [
        "x-request-id",
        "request-id",
        "x-correlation-id",
        "cf-ray",
        "x-amzn-requestid",
    ]
    .iter()
    .find_map(|name| headers.get(*name)?.to_str().ok())
    .filter(|id| id.len() <= 200)
}
