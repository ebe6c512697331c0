//! One contact, one store, over several contact APIs.

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
#[cfg(feature = "contact-update")]
pub use provider::contact_update;
#[cfg(feature = "thelinks")]
pub use provider::thelinks;
#[cfg(feature = "truto")]
pub use provider::truto;
pub use record::{
    AddressRecord, CONTACT_RECORD_SCHEMA, CompanyRecord, ContactRecord, EmailRecord,
    ExternalReferenceRecord, LinkRecord, OwnerRecord, PhoneRecord, SchemaVersion, TagRecord,
};
pub use registry::{Provider, connect, connect_one_of, connect_url, providers};
pub use settings::{Settings, SettingsError};
pub use store::{Answer, ContactStore, ListQuery, Planned, ReadOptions, WriteOptions, Written};

pub use client_runtime::{
    self, CallOptions, DryRun, Json, JsonObject, JsonRef, Position, Secret, Timestamp,
    UnknownFields, WriteOutcome,
};
