//! A fourth API, as `crates/unified-contacts/ADDING_AN_API.md` adds it: the folder `specs/rolodex`, the adapter in
//! `rolodex.rs`, and one line in the registry.

pub mod rolodex;

use unified_contacts::{
    ContactStore, Provider, Settings, SettingsError, connect_one_of, providers,
};

/// The APIs of the facade, and the fourth.
pub fn registry() -> impl Iterator<Item = &'static Provider> {
    providers().chain([&rolodex::PROVIDER])
}

/// Builds a store of any of them.
///
/// # Errors
/// As those of [`unified_contacts::connect`].
pub fn connect(settings: &Settings) -> Result<Box<dyn ContactStore>, SettingsError> {
    connect_one_of(registry(), settings)
}
