//! What a call would send.

use crate::core::Core;
use crate::failure::Failure;
use crate::idempotency;
use crate::request::Request;
use bytes::Bytes;
use std::fmt;

/// A request as it would be sent, without its secrets. `Debug` prints neither its query nor its body.
#[derive(Clone)]
pub struct DryRun {
    operation: &'static str,
    method: &'static str,
    url: String,
    headers: Vec<(String, Option<String>)>,
    body: Bytes,
}

impl DryRun {
    /// The operation's id.
    #[must_use]
    pub fn operation(&self) -> &'static str {
        self.operation
    }

    /// The method in upper case.
    #[must_use]
    pub fn method(&self) -> &'static str {
        self.method
    }

    /// The URL with its query, but for an API key that belongs into it.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The headers in the order in which they are sent: the name in lower case, and the value, or `None` where it is a
    /// secret or was given by the caller as one.
    pub fn headers(&self) -> impl Iterator<Item = (&str, Option<&str>)> {
        let headers = self.headers.iter();
        headers.map(|(name, value)| (name.as_str(), value.as_deref()))
    }

    /// The body; empty where there is none.
    #[must_use]
    pub fn body(&self) -> &[u8] {
        &self.body
    }
}

impl fmt::Debug for DryRun {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("DryRun")
            .field("operation", &self.operation)
            .field("method", &self.method)
            .field("body_bytes", &self.body.len())
            .finish_non_exhaustive()
    }
}

impl Core {
    /// The request that [`Core::send`] would send first. Nothing is sent.
    ///
    /// # Errors
    /// As those of [`Core::send`] that come before anything is sent.
    pub fn dry_run(&self, mut request: Request) -> Result<DryRun, Failure> {
        if request.needs_account() {
            request.name_account(self.account().as_deref());
        }
        request.check()?;
        let settings = &self.0.settings;
        let operation = request.operation;
        let key = idempotency::key(&request, settings.api.retry.key_header(operation))?;
        let credentials = self.credentials();
        let Some(chosen) = credentials.of(operation) else {
            return Err(Failure::missing_credential(operation.id()));
        };
        let wire = self.wire(&request, chosen, key.as_ref())?;
        let headers = wire.headers().iter().map(|(name, value)| {
            let shown = value.to_str().ok().filter(|_| !value.is_sensitive());
            (name.as_str().to_owned(), shown.map(str::to_owned))
        });
        Ok(DryRun {
            operation: operation.id(),
            method: operation.method(),
            url: request.url(&settings.base_url)?,
            headers: headers.collect(),
            body: request.body.clone().unwrap_or_default(),
        })
    }
}
