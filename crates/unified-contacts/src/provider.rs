//! The adapters: what is particular to each API, and nothing else.

pub(crate) mod convert;

use crate::registry::Provider;

/// Declares the APIs, a line for each: the feature, the module of its adapter, and its providers.
macro_rules! apis {
    ($($feature:literal $module:ident: $($provider:ident),+;)*) => {
        $(
            #[cfg(feature = $feature)]
            pub mod $module;
        )*

        pub(crate) static PROVIDERS: &[Provider] = &[
            $($(#[cfg(feature = $feature)] $module::$provider,)+)*
        ];
    };
}

apis! {
    "truto" truto: CONTACTS_PROVIDER, LEADS_PROVIDER;
    "thelinks" thelinks: PROVIDER;
    "contact-update" contact_update: PROVIDER;
}
