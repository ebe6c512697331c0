//! The APIs that this crate was built for.

use crate::capabilities::Capabilities;
use crate::settings::{Settings, SettingsError};
use crate::store::ContactStore;

/// An API, and how a store of it is built.
#[derive(Debug, Clone, Copy)]
pub struct Provider {
    /// Its name in settings and connection strings.
    pub name: &'static str,
    /// What the names of its environment variables begin with: `TRUTO` for `TRUTO_TOKEN`.
    pub env_prefix: &'static str,
    /// What it can do, as its document says.
    pub capabilities: &'static Capabilities,
    /// Builds a store.
    pub connect: fn(&Settings) -> Result<Box<dyn ContactStore>, SettingsError>,
}

/// The APIs that this crate was built for.
pub fn providers() -> impl Iterator<Item = &'static Provider> {
    crate::provider::PROVIDERS.iter()
}

/// Builds a store of the API that the settings name. What they leave out is taken from the environment: for `truto`,
/// from `TRUTO_TOKEN`, `TRUTO_ACCOUNT` and `TRUTO_BASE_URL`, so that `connect(&Settings::new("truto"))` needs nothing
/// else.
///
/// # Errors
/// When there is no such API, or a setting is missing, wrong or of no use to it.
pub fn connect(settings: &Settings) -> Result<Box<dyn ContactStore>, SettingsError> {
    connect_one_of(providers(), settings)
}

/// The same from a connection string ([`Settings::from_url`]).
///
/// ```
/// # #[cfg(feature = "truto")] {
/// let store = unified_contacts::connect_url("truto:?account=acc&token=t0ken")?;
/// assert_eq!(store.provider(), "truto");
/// # }
/// # Ok::<(), unified_contacts::SettingsError>(())
/// ```
///
/// # Errors
/// As those of [`Settings::from_url`] and [`connect`].
pub fn connect_url(text: &str) -> Result<Box<dyn ContactStore>, SettingsError> {
    connect(&Settings::from_url(text)?)
}

/// The same among any APIs, such as [`providers`] and some of a user's own.
///
/// # Errors
/// As those of [`connect`].
pub fn connect_one_of<'a>(
    providers: impl IntoIterator<Item = &'a Provider>,
    settings: &Settings,
) -> Result<Box<dyn ContactStore>, SettingsError> {
    let mut names = Vec::new();
    for provider in providers {
        if provider.name == settings.provider {
            let settings = settings
                .clone()
                .or_from(provider.env_prefix, |name| std::env::var(name).ok());
            return (provider.connect)(&settings);
        }
        names.push(provider.name);
    }
    Err(SettingsError::new(format!(
        "there is no provider of that name, expected one of {}",
        names.join(", ")
    )))
}
