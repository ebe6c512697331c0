//! An answer as it came, before an operation decides what it means.

use crate::decode::from_json;
use crate::error::Error;
use crate::failure::{ErrorKind, Failure};
use crate::response::{Exchange, ResponseValue};
use bytes::Bytes;
use http::HeaderMap;
use serde::de::DeserializeOwned;
use std::borrow::Cow;
use std::fmt;

/// An answer with its body read and bounded. `Debug` prints no body and no header's value.
pub struct Answer {
    pub(crate) exchange: Exchange,
    pub(crate) body: Bytes,
}

impl Answer {
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

    /// The body as it came, after decompression.
    #[must_use]
    pub fn body(&self) -> &[u8] {
        &self.body
    }

    /// The body as it came, shared and not copied.
    #[must_use]
    pub fn to_bytes(&self) -> Bytes {
        self.body.clone()
    }

    /// The answer with its body decoded from JSON. No body at all decodes as `null`.
    ///
    /// # Errors
    /// When the body is no `T`. The error names the place, not what is there.
    pub fn json<T: DeserializeOwned, E>(self) -> Result<ResponseValue<T>, Error<E>> {
        match from_json(&self.body) {
            Ok(value) => Ok(ResponseValue::new(value, self.exchange)),
            Err(error) => Err(self.undecodable(&error).into()),
        }
    }

    /// The answer without its body.
    ///
    /// # Errors
    /// None; the type fits the other ways to read an answer.
    pub fn empty<E>(self) -> Result<ResponseValue<()>, Error<E>> {
        Ok(ResponseValue::new((), self.exchange))
    }

    /// The answer with its body as it is.
    ///
    /// # Errors
    /// None; the type fits the other ways to read an answer.
    pub fn bytes<E>(self) -> Result<ResponseValue<Bytes>, Error<E>> {
        Ok(ResponseValue::new(self.body, self.exchange))
    }

    /// The answer with its body as text.
    ///
    /// # Errors
    /// When the body is no UTF-8.
    pub fn text<E>(self) -> Result<ResponseValue<String>, Error<E>> {
        match std::str::from_utf8(&self.body) {
            Ok(text) => Ok(ResponseValue::new(text.to_owned(), self.exchange)),
            Err(error) => {
                let message = format!("not UTF-8 from byte {}", error.valid_up_to());
                Err(self.failure(ErrorKind::Decode, message).into())
            }
        }
    }

    /// The answer as a documented error: its body is decoded and `wrap` makes the operation's error of it. A body
    /// that is not as documented makes the answer an undocumented one.
    pub fn error<T: DeserializeOwned, E>(self, wrap: impl FnOnce(T) -> E) -> Error<E> {
        match from_json(&self.body) {
            Ok(value) => {
                let kind = self.documented_kind();
                Error::with_documented(self.failure(kind, ""), wrap(value))
            }
            Err(_) => self.undocumented(),
        }
    }

    /// The answer as a documented error without a body; a body that is there all the same is kept.
    pub fn error_without_body<E>(self, documented: E) -> Error<E> {
        let kind = self.documented_kind();
        Error::with_documented(self.failure(kind, ""), documented)
    }

    /// The answer as a documented error whose body is text. A body that is no UTF-8 makes the answer an undocumented
    /// one.
    pub fn error_text<E>(self, wrap: impl FnOnce(String) -> E) -> Error<E> {
        match std::str::from_utf8(&self.body).map(str::to_owned) {
            Ok(text) => self.error_without_body(wrap(text)),
            Err(_) => self.undocumented(),
        }
    }

    /// The answer as a documented error whose body is bytes.
    pub fn error_bytes<E>(self, wrap: impl FnOnce(Bytes) -> E) -> Error<E> {
        let documented = wrap(self.body.clone());
        self.error_without_body(documented)
    }

    /// The answer as an error whose status the document does not name.
    #[must_use]
    pub fn undocumented<E>(self) -> Error<E> {
        let kind = match self.exchange.status {
            429 => ErrorKind::RateLimited,
            300..=399 => ErrorKind::Redirect,
            _ => ErrorKind::Undocumented,
        };
        self.failure(kind, "").into()
    }

    fn documented_kind(&self) -> ErrorKind {
        match self.exchange.status {
            429 => ErrorKind::RateLimited,
            _ => ErrorKind::Documented,
        }
    }

    fn undecodable(self, error: &serde_json::Error) -> Failure {
        // serde_json's own text may quote the value that does not fit.
        let what = match error.classify() {
            serde_json::error::Category::Syntax => "not JSON",
            serde_json::error::Category::Eof => "the JSON ends too early",
            serde_json::error::Category::Data | serde_json::error::Category::Io => {
                "a value of another type"
            }
        };
        let message = format!("{what} at line {} column {}", error.line(), error.column());
        self.failure(ErrorKind::Decode, message)
    }

    fn failure(self, kind: ErrorKind, message: impl Into<Cow<'static, str>>) -> Failure {
        self.exchange.failure(kind, message, self.body)
    }
}

impl fmt::Debug for Answer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Answer")
            .field("operation", &self.exchange.operation.id())
            .field("status", &self.exchange.status)
            .field("body_bytes", &self.body.len())
            .finish_non_exhaustive()
    }
}
