//! How a client is put together.

use crate::account::ConnectedAccount;
use crate::api::Api;
use crate::base_url::BaseUrl;
use crate::config::ConfigError;
use crate::core::{Core, Settings};
use crate::credentials::{Credential, Credentials};
use crate::limiter::RateLimiter;
use crate::observe::Observer;
use crate::transport::Transport;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// Puts a [`Core`] together. Whatever is wrong is said by [`CoreBuilder::build`].
#[derive(Clone)]
pub struct CoreBuilder {
    api: &'static Api,
    base_url: Option<String>,
    plain_http_hosts: Vec<String>,
    credentials: Vec<(&'static str, Credential)>,
    account: Option<ConnectedAccount>,
    transport: Transport,
    attempt_timeout: Duration,
    timeout: Duration,
    max_body_bytes: usize,
    max_attempts: u32,
    rate_limiter: Option<RateLimiter>,
    observer: Option<Arc<dyn Observer>>,
}

impl CoreBuilder {
    /// A builder for clients of `api` with what is safe for most: 10 seconds to connect, 30 for an attempt, 60 for
    /// the whole call, and answers of up to 32 MiB.
    #[must_use]
    pub fn new(api: &'static Api) -> Self {
        Self {
            api,
            base_url: None,
            plain_http_hosts: Vec::new(),
            credentials: Vec::new(),
            account: None,
            transport: Transport::new(),
            attempt_timeout: Duration::from_secs(30),
            timeout: Duration::from_mins(1),
            max_body_bytes: 32 * 1024 * 1024,
            max_attempts: 4,
            rate_limiter: Some(RateLimiter::new(api.quotas)),
            observer: None,
        }
    }

    /// The URL that every path is appended to, in place of the API's own server.
    #[must_use]
    pub fn base_url(mut self, url: &str) -> Self {
        self.base_url = Some(url.to_owned());
        self
    }

    /// Allows `http` without TLS to `host`, a name or an address without a port. Loopback needs no such leave.
    ///
    /// Everybody on the way can read and change what is sent then, credentials too. No proxy is used, since it would be
    /// one more of them.
    #[must_use]
    pub fn allow_plain_http_to(mut self, host: &str) -> Self {
        self.plain_http_hosts.push(host.to_owned());
        self
    }

    /// Trusts the certificates in `pem` beside the platform's: the authority of a private server, or of a proxy that
    /// inspects TLS. Whoever holds its key can read and change what the client sends, so give one for as few clients
    /// as need it. Host names, validity and everything else are checked as ever.
    #[cfg(feature = "rustls")]
    #[must_use]
    pub fn root_certificate(mut self, pem: impl AsRef<[u8]>) -> Self {
        self.transport.root_certificates.push(pem.as_ref().to_vec());
        self
    }

    /// The credential for the security scheme that the document calls `scheme`.
    #[must_use]
    pub fn credential(mut self, scheme: &'static str, credential: impl Into<Credential>) -> Self {
        self.credentials.push((scheme, credential.into()));
        self
    }

    /// The connected account of the calls that name none.
    #[must_use]
    pub fn account(mut self, account: impl Into<ConnectedAccount>) -> Self {
        self.account = Some(account.into());
        self
    }

    /// How long making a connection may take. It counts as part of the attempt that needs the connection.
    #[must_use]
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.transport.connect_timeout = timeout;
        self
    }

    /// How long one attempt may take, from its first byte to the answer's last. An attempt ends with its call, so this
    /// may be longer than [`CoreBuilder::timeout`] and is cut then.
    #[must_use]
    pub fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.attempt_timeout = timeout;
        self
    }

    /// How long a call may take, all attempts and pauses together. More than a century is a century.
    #[must_use]
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// How many bytes of an answer's body are read at most.
    #[must_use]
    pub fn max_body_bytes(mut self, bytes: usize) -> Self {
        self.max_body_bytes = bytes;
        self
    }

    /// How often a request is sent at most; 1 turns retries off.
    #[must_use]
    pub fn max_attempts(mut self, attempts: u32) -> Self {
        self.max_attempts = attempts;
        self
    }

    /// Counts requests together with the other clients that have a clone of `limiter`, in place of a limiter of its
    /// own that keeps the quotas which the API documents.
    #[must_use]
    pub fn rate_limiter(mut self, limiter: RateLimiter) -> Self {
        self.rate_limiter = Some(limiter);
        self
    }

    /// Sends requests as they come, however many.
    #[must_use]
    pub fn no_rate_limiter(mut self) -> Self {
        self.rate_limiter = None;
        self
    }

    /// Reports every attempt and call to `observer`, such as to count them.
    #[must_use]
    pub fn observer(mut self, observer: Arc<dyn Observer>) -> Self {
        self.observer = Some(observer);
        self
    }

    /// Makes the client.
    ///
    /// # Errors
    /// When there is no base URL or it is not one to send credentials to, when a timeout or limit is zero, when a
    /// credential does not fit its scheme, or when a root certificate is none.
    pub fn build(self) -> Result<Core, ConfigError> {
        let Some(base_url) = self.base_url.as_deref().or(self.api.default_server) else {
            return Err(ConfigError::new(
                "`base_url` is not set and the API has no server that is used by default, set it to the URL that every \
                 path is appended to, such as https://api.example.com/v1",
            ));
        };
        let base_url = BaseUrl::parse(base_url, &self.plain_http_hosts)?;
        let zero = [
            (
                self.transport.connect_timeout.is_zero(),
                "connect_timeout",
                "the time that a connection needs",
            ),
            (
                self.attempt_timeout.is_zero(),
                "attempt_timeout",
                "the time that one answer needs",
            ),
            (
                self.timeout.is_zero(),
                "timeout",
                "the time that a call needs with its retries",
            ),
            (
                self.max_body_bytes == 0,
                "max_body_bytes",
                "the size of the largest answer to take",
            ),
            (
                self.max_attempts == 0,
                "max_attempts",
                "1 for no retries, or to more",
            ),
        ];
        if let Some((_, name, what)) = zero.iter().find(|(is_zero, ..)| *is_zero) {
            return Err(ConfigError::new(format!(
                "`{name}` is zero, set it to {what}"
            )));
        }
        let mut credentials = Credentials::default();
        for (scheme, credential) in &self.credentials {
            credentials.set(self.api, scheme, credential)?;
        }
        let http = self.transport.client(self.api, &base_url)?;
        Ok(Core::new(
            Settings {
                api: self.api,
                base_url,
                attempt_timeout: self.attempt_timeout,
                timeout: self.timeout,
                max_body_bytes: self.max_body_bytes,
                max_attempts: self.max_attempts,
                rate_limiter: self.rate_limiter,
                observer: self.observer,
            },
            http,
            credentials,
            self.account,
        ))
    }
}

impl fmt::Debug for CoreBuilder {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("CoreBuilder")
            .field("api", &self.api.name)
            .finish_non_exhaustive()
    }
}
