//! The adapters: what is particular to each API, and nothing else.

#[cfg(feature = "contact-update")]
pub mod contact_update;
mod convert;
#[cfg(feature = "thelinks")]
pub mod thelinks;
#[cfg(feature = "truto")]
pub mod truto;
