//! A decoded answer.

use crate::effect::Effect;
use crate::error::Error;
use crate::failure::{ErrorKind, Failure, Fault};
use crate::operation::Operation;
use bytes::Bytes;
use http::{HeaderMap, HeaderValue};
use std::borrow::Cow;
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

impl Exchange {
    /// What is known, as a failure.
    pub(crate) fn failure(
        self,
        kind: ErrorKind,
        message: impl Into<Cow<'static, str>>,
        body: Bytes,
    ) -> Failure {
        Failure(Box::new(Fault {
            kind,
            operation: self.operation.id(),
            message: message.into(),
            status: Some(self.status),
            headers: self.headers,
            body,
            is_temporary: self.is_temporary,
            effect: self.effect,
            attempts: self.attempts,
            idempotency_key: self.idempotency_key,
            source: None,
        }))
    }
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

    /// The answer as an error, where its body says what its document does not, such as a page without its items.
    pub fn unexpected<E>(self, message: &'static str) -> Error<E> {
        self.exchange
            .failure(ErrorKind::Decode, message, Bytes::new())
            .into()
    }

    /// The decoded body, and all else that is known of the answer.
    #[must_use]
    pub fn into_parts(self) -> (T, ResponseValue<()>) {
        (self.inner, ResponseValue::new((), self.exchange))
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
