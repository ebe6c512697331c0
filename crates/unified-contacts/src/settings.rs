//! What a store is built from.

use client_runtime::{ConfigError, CoreBuilder, Secret};
use std::fmt;
use std::sync::Arc;
use url::Url;

type Configure = Arc<dyn Fn(CoreBuilder) -> CoreBuilder + Send + Sync>;

/// What a store is built from, whatever API it is. A setting that an API has no use for is refused when the store is
/// built.
#[derive(Clone, Default)]
#[non_exhaustive]
pub struct Settings {
    /// The API, as the registry names it.
    pub provider: String,
    /// The URL that every path is appended to, where the API documents none, or another one.
    pub base_url: Option<String>,
    /// The token or key.
    pub credential: Option<Secret>,
    /// The connected account.
    pub account: Option<String>,
    configure: Option<Configure>,
}

impl Settings {
    /// Settings for a provider of that name.
    #[must_use]
    pub fn new(provider: impl Into<String>) -> Self {
        Self {
            provider: provider.into(),
            ..Self::default()
        }
    }

    /// Sets the URL that every path is appended to.
    #[must_use]
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = Some(url.into());
        self
    }

    /// Sets the token or key.
    #[must_use]
    pub fn credential(mut self, credential: impl Into<Secret>) -> Self {
        self.credential = Some(credential.into());
        self
    }

    /// Sets the connected account.
    #[must_use]
    pub fn account(mut self, account: impl Into<String>) -> Self {
        self.account = Some(account.into());
        self
    }

    /// Changes whatever else the runtime lets a client choose: time limits, sizes, the rate limiter and the like.
    #[must_use]
    pub fn configure(
        mut self,
        change: impl Fn(CoreBuilder) -> CoreBuilder + Send + Sync + 'static,
    ) -> Self {
        self.configure = Some(Arc::new(change));
        self
    }

    /// Applies what [`Settings::configure`] was given.
    #[must_use]
    pub fn configured(&self, core: CoreBuilder) -> CoreBuilder {
        match &self.configure {
            Some(change) => change(core),
            None => core,
        }
    }

    /// Refuses a connected account, for an API that has none.
    ///
    /// # Errors
    /// When there is one.
    pub fn refuse_account(&self, provider: &str) -> Result<(), SettingsError> {
        match self.account {
            Some(_) => Err(SettingsError(format!(
                "{provider}: the API has no connected accounts, leave `account` out"
            ))),
            None => Ok(()),
        }
    }

    /// The same with what is not there yet taken from variables: with the prefix `TRUTO`, `TRUTO_TOKEN`,
    /// `TRUTO_ACCOUNT` and `TRUTO_BASE_URL`. Each may be missing.
    #[must_use]
    pub fn or_from(mut self, prefix: &str, variable: impl Fn(&str) -> Option<String>) -> Self {
        let read =
            |name: &str| variable(&format!("{prefix}_{name}")).filter(|text| !text.is_empty());
        self.base_url = self.base_url.or_else(|| read("BASE_URL"));
        self.credential = self.credential.or_else(|| read("TOKEN").map(Secret::from));
        self.account = self.account.or_else(|| read("ACCOUNT"));
        self
    }

    /// Reads settings from a connection string, so that the API is chosen at run time:
    ///
    /// - `truto:` is the API at its documented server;
    /// - `truto:?account=ID&token_env=NAME` names the connected account, and the environment variable that holds the
    ///   token; `token=…` holds it itself;
    /// - `thelinks://host/base/path` is the API at a server, over HTTPS;
    /// - `thelinks+http://127.0.0.1:8080` is the same without TLS, which is refused but for this machine.
    ///
    /// ```
    /// use unified_contacts::Settings;
    ///
    /// let settings = Settings::from_url("thelinks+http://127.0.0.1:8080/api?token=s3cret")?;
    /// assert_eq!(settings.provider, "thelinks");
    /// assert_eq!(settings.base_url.as_deref(), Some("http://127.0.0.1:8080/api"));
    /// assert!(!format!("{settings:?}").contains("s3cret"));
    /// # Ok::<(), unified_contacts::SettingsError>(())
    /// ```
    ///
    /// # Errors
    /// When the text is none of these. The error holds none of its values.
    pub fn from_url(text: &str) -> Result<Self, SettingsError> {
        let refuse = |problem: &str| {
            Err(SettingsError(format!(
                "{problem} in a connection string, expected a form such as `truto:?account=ID&token_env=NAME`"
            )))
        };
        let Ok(url) = Url::parse(text) else {
            return refuse("no provider");
        };
        if !url.username().is_empty() || url.password().is_some() || url.fragment().is_some() {
            return refuse("a user, a password or a fragment");
        }
        let (provider, scheme) = match url.scheme().split_once('+') {
            Some((provider, scheme @ ("http" | "https"))) => (provider, scheme),
            Some(_) => {
                return refuse("something else than `+http` or `+https` behind the provider");
            }
            None => (url.scheme(), "https"),
        };
        let mut settings = Self::new(provider);
        if let Some(host) = url.host_str() {
            let port = url
                .port()
                .map(|port| format!(":{port}"))
                .unwrap_or_default();
            let path = url.path().trim_end_matches('/');
            settings.base_url = Some(format!("{scheme}://{host}{port}{path}"));
        } else if !matches!(url.path(), "" | "/") {
            return refuse("a path without a host");
        }
        for (name, value) in url.query_pairs() {
            match &*name {
                "account" => settings.account = Some(value.into_owned()),
                "token" => settings.credential = Some(Secret::from(value.into_owned())),
                "token_env" => match std::env::var(&*value) {
                    Ok(token) => settings.credential = Some(Secret::from(token)),
                    Err(_) => return refuse("`token_env` names a variable that is not set"),
                },
                _ => return refuse("a parameter other than `account`, `token` or `token_env`"),
            }
        }
        Ok(settings)
    }
}

impl fmt::Debug for Settings {
    /// Prints the provider and which settings are there.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Settings")
            .field("provider", &self.provider)
            .field("has_base_url", &self.base_url.is_some())
            .field("has_credential", &self.credential.is_some())
            .field("has_account", &self.account.is_some())
            .finish_non_exhaustive()
    }
}

/// Why no store could be built. It holds no value of a setting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SettingsError(pub(crate) String);

impl SettingsError {
    /// An error with this text, which must hold no secret.
    #[must_use]
    pub fn new(problem: impl Into<String>) -> Self {
        Self(problem.into())
    }
}

impl fmt::Display for SettingsError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl std::error::Error for SettingsError {}

impl From<ConfigError> for SettingsError {
    fn from(error: ConfigError) -> Self {
        Self(error.to_string())
    }
}
