#![doc = include_str!("../README.md")]
//!
//! # Choosing an API
//!
//! A store is built over a generated client ([`truto::TrutoContacts::new`] and the like), from typed [`Settings`], or
//! from a connection string ([`connect_url`]), so that a program's text does not depend on the API:
//!
//! ```
//! use unified_contacts::{Operation, Settings, connect};
//!
//! # #[cfg(all(feature = "truto", feature = "thelinks"))] {
//! let truto = connect(&Settings::new("truto").credential("a token").account("an account"))?;
//! let thelinks = connect(&Settings::new("thelinks").credential("a token").base_url("https://example.org/api"))?;
//! for store in [truto, thelinks] {
//!     let gets = store.capabilities().supports(Operation::Get);
//!     assert_eq!(gets, store.provider() == "truto");
//! }
//! # }
//! # Ok::<(), unified_contacts::SettingsError>(())
//! ```
//!
//! # Converting
//!
//! ```
//! # #[cfg(feature = "thelinks")] {
//! use unified_contacts::{Contact, ContactRecord, FromContact};
//!
//! let ada = ContactRecord::new()
//!     .with_first_name("Ada")
//!     .with_email("ada@example.org")
//!     .with_email("countess@example.org");
//! let mapped = thelinks_client::types::Contact::from_contact(&ada);
//! assert_eq!(mapped.value.first_name(), Some("Ada"));
//! assert_eq!(mapped.lost[0].to_string(), "/emails/1: the target has room for fewer entries");
//! # }
//! ```
//!
//! # When something goes wrong
//!
//! Every operation fails with a [`StoreError`], which names the provider, and whose [`kind`](StoreError::kind) tells
//! whether anything was sent. After a write, [`StoreError::outcome`] tells what became of it:
//!
//! ```
//! use unified_contacts::{StoreError, WriteOutcome};
//!
//! fn what_next(error: &StoreError) -> &'static str {
//!     match error.outcome() {
//!         WriteOutcome::NotApplied if error.is_retryable() => "try again later",
//!         WriteOutcome::NotApplied => "change the request",
//!         WriteOutcome::Applied => "it was applied, only the answer was lost",
//!         WriteOutcome::Unknown { idempotency_key: Some(_), .. } => "make the same call with this key",
//!         _ => "look before trying again",
//!     }
//! }
//! # let _ = what_next;
//! ```

#![cfg_attr(
    not(all(feature = "truto", feature = "thelinks", feature = "contact-update")),
    allow(
        dead_code,
        unused_imports,
        unused_mut,
        reason = "what the adapters share is used by those that are built"
    )
)]

mod any_contact;
mod capabilities;
mod contact;
mod error;
mod field;
mod integration;
mod listing;
mod mapped;
mod operation;
mod patch;
mod provider;
mod record;
mod registry;
mod settings;
mod store;

pub mod adapter;
#[cfg(feature = "blocking")]
pub mod blocking;
#[cfg(feature = "conformance")]
pub mod conformance;

pub use any_contact::AnyContact;
pub use capabilities::{Capabilities, FieldMap, FieldSupport};
pub use contact::{
    Address, Company, Consent, Contact, Email, Entries, ExternalReference, Kind, Link, List, Owner,
    Phone, RawField, RawValue, Tag, Time,
};
pub use error::{StoreError, StoreErrorKind};
pub use field::{Field, UnknownField};
pub use integration::{Gap, GapProblem, Integration, IntegrationTable};
pub use listing::ContactListing;
pub use mapped::{FromContact, LossReason, Lost, Mapped};
pub use operation::Operation;
pub use patch::{Change, ContactPatch, FieldsChange, FieldsEdit, ListChange, ListEdit, Listed};
#[allow(
    unreachable_pub,
    reason = "without the feature of an API there is nothing to export"
)]
pub use provider::*;
pub use record::{
    AddressRecord, CONTACT_RECORD_SCHEMA, CompanyRecord, ContactRecord, EmailRecord,
    ExternalReferenceRecord, LinkRecord, OwnerRecord, PhoneRecord, SchemaVersion, TagRecord,
};
pub use registry::{Provider, connect, connect_one_of, connect_url, providers};
pub use settings::{Settings, SettingsError};
pub use store::{Answer, ContactStore, ListQuery, Planned, ReadOptions, WriteOptions, Written};

pub use client_runtime::{
    self, CallOptions, CoreBuilder, DryRun, Json, JsonObject, JsonRef, Position, Secret, Timestamp,
    UnknownFields, WriteOutcome,
};
