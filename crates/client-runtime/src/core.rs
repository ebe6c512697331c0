//! What every clone of a client shares.

use crate::account::ConnectedAccount;
use crate::api::Api;
use crate::base_url::BaseUrl;
use crate::builder::CoreBuilder;
use crate::config::ConfigError;
use crate::credentials::{Credential, Credentials};
use crate::limiter::RateLimiter;
use crate::observe::Observer;
use crate::retry::Budget;
use std::fmt;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

/// The sender of a client. Clones are cheap and share connections and credentials.
#[derive(Clone)]
pub struct Core(pub(crate) Arc<Shared>);

pub(crate) struct Shared {
    pub(crate) settings: Settings,
    pub(crate) http: reqwest::Client,
    pub(crate) budget: Budget,
    credentials: RwLock<Arc<Credentials>>,
    account: RwLock<Option<Arc<ConnectedAccount>>>,
}

pub(crate) struct Settings {
    pub(crate) api: &'static Api,
    pub(crate) base_url: BaseUrl,
    pub(crate) attempt_timeout: Duration,
    pub(crate) timeout: Duration,
    pub(crate) max_body_bytes: usize,
    pub(crate) max_attempts: u32,
    pub(crate) rate_limiter: Option<RateLimiter>,
    pub(crate) observer: Option<Arc<dyn Observer>>,
}

impl Core {
    /// Puts a sender for `api` together.
    #[must_use]
    pub fn builder(api: &'static Api) -> CoreBuilder {
        CoreBuilder::new(api)
    }

    pub(crate) fn new(
        settings: Settings,
        http: reqwest::Client,
        credentials: Credentials,
        account: Option<ConnectedAccount>,
    ) -> Self {
        Self(Arc::new(Shared {
            settings,
            http,
            budget: Budget::new(),
            credentials: RwLock::new(Arc::new(credentials)),
            account: RwLock::new(account.map(Arc::new)),
        }))
    }

    /// Replaces the credential for `scheme`, for every clone of the client and from the next attempt on, such as
    /// after a token was refreshed.
    ///
    /// # Errors
    /// When the API has no such scheme, or the credential does not fit it. The one before stays then.
    pub fn set_credential(
        &self,
        scheme: &str,
        credential: impl Into<Credential>,
    ) -> Result<(), ConfigError> {
        let mut slot = self
            .0
            .credentials
            .write()
            .unwrap_or_else(PoisonError::into_inner);
        let mut credentials = Credentials::clone(&slot);
        credentials.set(self.0.settings.api, scheme, &credential.into())?;
        *slot = Arc::new(credentials);
        Ok(())
    }

    /// Replaces the connected account of the calls that name none, for every clone of the client and from the next
    /// call on.
    pub fn set_account(&self, account: impl Into<ConnectedAccount>) {
        let mut slot = self
            .0
            .account
            .write()
            .unwrap_or_else(PoisonError::into_inner);
        *slot = Some(Arc::new(account.into()));
    }

    pub(crate) fn account(&self) -> Option<Arc<ConnectedAccount>> {
        let slot = self
            .0
            .account
            .read()
            .unwrap_or_else(PoisonError::into_inner);
        slot.clone()
    }

    pub(crate) fn credentials(&self) -> Arc<Credentials> {
        Arc::clone(
            &self
                .0
                .credentials
                .read()
                .unwrap_or_else(PoisonError::into_inner),
        )
    }
}

impl fmt::Debug for Core {
    /// Prints the API's name, the origin and the names of the schemes that have a credential.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Core")
            .field("api", &self.0.settings.api.name)
            .field("base_url", &self.0.settings.base_url)
            .field("credentials", &self.credentials())
            .finish_non_exhaustive()
    }
}
