//! What a journal belongs to.

use serde::{Deserialize, Serialize};
use std::fmt;
use unified_contacts::{Settings, providers};
use url::Url;

/// One side of a transfer, by which a journal knows it again. No credential is in it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Endpoint {
    /// The API, as the registry names it.
    pub provider: String,
    /// Its URL, where it is not the documented one, without user, query and fragment.
    pub base_url: Option<String>,
    /// The connected account.
    pub account: Option<String>,
}

impl Endpoint {
    /// The side that a store of these settings is. What they leave out is taken from the environment, as
    /// [`unified_contacts::connect`] does.
    #[must_use]
    pub fn of(settings: &Settings) -> Self {
        let provider = providers().find(|provider| provider.name == settings.provider);
        let settings = match provider {
            Some(provider) => settings
                .clone()
                .or_from(provider.env_prefix, |name| std::env::var(name).ok()),
            None => settings.clone(),
        };
        Self::new(
            settings.provider.as_str(),
            settings.base_url.as_deref(),
            settings.account.as_deref(),
        )
    }

    /// A side by its parts.
    #[must_use]
    pub fn new(provider: &str, base_url: Option<&str>, account: Option<&str>) -> Self {
        Self {
            provider: provider.to_owned(),
            base_url: base_url.map(bare),
            account: account.map(str::to_owned),
        }
    }
}

/// A URL without whatever may hold a credential.
fn bare(url: &str) -> String {
    let Ok(mut url) = Url::parse(url) else {
        return String::new();
    };
    // Each fails only for URLs that have no such part.
    let _ = url.set_username("");
    let _ = url.set_password(None);
    url.set_query(None);
    url.set_fragment(None);
    url.as_str().trim_end_matches('/').to_owned()
}

impl fmt::Debug for Endpoint {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Endpoint")
            .field("provider", &self.provider)
            .field("base_url", &self.base_url)
            .field("has_account", &self.account.is_some())
            .finish()
    }
}

/// Where the contacts of a transfer come from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub(crate) enum Origin {
    /// A file with a mapping, each by its SHA-256.
    File {
        sha256: String,
        mapping_sha256: String,
    },
    /// Another store.
    Store(Endpoint),
}

/// What a journal belongs to: it is used for nothing else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Binding {
    pub(crate) origin: Origin,
    pub(crate) target: Endpoint,
}

impl Binding {
    /// What is other in `self`, which a journal has, than in what is asked for.
    pub(crate) fn difference(&self, asked: &Self) -> Option<&'static str> {
        match (&self.origin, &asked.origin) {
            (Origin::File { sha256: one, .. }, Origin::File { sha256: other, .. })
                if one != other =>
            {
                Some("another file, or the file as it was before it was changed")
            }
            (Origin::File { .. }, Origin::File { .. }) if self.origin != asked.origin => {
                Some("the same file with another mapping")
            }
            (Origin::Store(_), Origin::Store(_)) if self.origin != asked.origin => {
                Some("a sync from another store")
            }
            (Origin::Store(_), Origin::File { .. }) => Some("a sync"),
            (Origin::File { .. }, Origin::Store(_)) => Some("an import"),
            _ if self.target != asked.target => Some("another target"),
            _ => None,
        }
    }
}
