//! What an API is, as constants in a generated crate.

/// An API as its document describes it: identity, server, ways to authenticate, and what the vendor documents about
/// retries and quotas.
#[derive(Debug, Clone, Copy)]
pub struct Api {
    pub(crate) name: &'static str,
    pub(crate) version: &'static str,
    pub(crate) default_server: Option<&'static str>,
    pub(crate) security_schemes: &'static [(&'static str, SecurityScheme)],
    pub(crate) retry: &'static RetryPolicy,
    pub(crate) quotas: &'static [Quota],
    pub(crate) account_parameter: Option<&'static str>,
}

impl Api {
    /// An API whose client crate is called `name` and has the given version: both go into `User-Agent`.
    #[must_use]
    pub const fn new(name: &'static str, version: &'static str) -> Self {
        Self {
            name,
            version,
            default_server: None,
            security_schemes: &[],
            retry: &RetryPolicy::UNDOCUMENTED,
            quotas: &[],
            account_parameter: None,
        }
    }

    /// The server that a client uses when its caller names none. Without it the caller must name one.
    #[must_use]
    pub const fn default_server(mut self, url: &'static str) -> Self {
        self.default_server = Some(url);
        self
    }

    /// The ways to authenticate, each under the document's name for it.
    #[must_use]
    pub const fn security_schemes(
        mut self,
        schemes: &'static [(&'static str, SecurityScheme)],
    ) -> Self {
        self.security_schemes = schemes;
        self
    }

    /// What may be sent again, and when.
    #[must_use]
    pub const fn retry(mut self, policy: &'static RetryPolicy) -> Self {
        self.retry = policy;
        self
    }

    /// How many requests the vendor allows.
    #[must_use]
    pub const fn quotas(mut self, quotas: &'static [Quota]) -> Self {
        self.quotas = quotas;
        self
    }

    /// The query or header parameter that names the connected account which a request acts for. Quotas with
    /// [`QuotaScope::Account`] are counted by its value.
    #[must_use]
    pub const fn account_parameter(mut self, name: &'static str) -> Self {
        self.account_parameter = Some(name);
        self
    }

    /// The scheme that the document calls `name`.
    #[must_use]
    pub fn security_scheme(&self, name: &str) -> Option<SecurityScheme> {
        self.security_schemes
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, scheme)| *scheme)
    }
}

/// How a request proves who sends it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum SecurityScheme {
    /// `Authorization: Bearer <token>`
    Bearer,
    /// `Authorization: Basic <user:password in base64>`
    Basic,
    /// An access token of an OAuth 2 flow, sent as [`SecurityScheme::Bearer`]. Getting one is the caller's business.
    OAuth2,
    /// A key in a place of its own.
    ApiKey {
        /// Where it goes.
        place: ApiKeyPlace,
        /// Under what name.
        name: &'static str,
    },
}

/// Where an API key goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ApiKeyPlace {
    /// A header.
    Header,
    /// The query.
    Query,
    /// A cookie.
    Cookie,
}

/// What a vendor documents about sending a request again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RetryPolicy {
    /// The statuses after which the vendor says to try again.
    pub statuses: &'static [u16],
    /// The statuses after which a request is never sent again, whatever else is said.
    pub never: &'static [u16],
    /// The header under which the vendor takes an idempotency key and answers a repeated write from its store.
    pub idempotency_header: Option<&'static str>,
    /// The methods of which a repetition changes nothing.
    pub idempotent_methods: &'static [&'static str],
    /// Where an error body says that a system behind the vendor's failed: a JSON pointer to `true`. With it, every
    /// status from 500 that is not in `never` is worth another try unless the body says so.
    pub remote_error_pointer: Option<&'static str>,
}

impl RetryPolicy {
    /// What is safe where a vendor documents nothing: reads are tried again after the statuses that HTTP itself
    /// calls temporary; of writes, only those that were certainly not applied.
    pub const UNDOCUMENTED: Self = Self {
        statuses: &[429, 502, 503, 504],
        never: &[],
        idempotency_header: None,
        idempotent_methods: &["GET", "HEAD", "OPTIONS"],
        remote_error_pointer: None,
    };
}

/// How many requests a vendor allows in a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quota {
    /// What is counted together.
    pub per: QuotaScope,
    /// How many requests.
    pub requests: u32,
    /// In how many seconds.
    pub seconds: u32,
}

/// What a quota counts together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum QuotaScope {
    /// All requests with one credential.
    Credential,
    /// All requests for one connected account.
    Account,
}
