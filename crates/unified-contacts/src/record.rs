//! A contact that owns what it holds.

pub(crate) mod object;
mod of_contact;
mod parts;
mod version;
pub(crate) mod view;

pub use parts::{
    AddressRecord, CompanyRecord, EmailRecord, ExternalReferenceRecord, LinkRecord, OwnerRecord,
    PhoneRecord, TagRecord,
};
pub use version::SchemaVersion;

use crate::contact::Contact;
use client_runtime::{JsonObject, Timestamp, UnknownFields, fmt_fields};
use serde::{Deserialize, Serialize};
use std::fmt;

/// The JSON Schema of a [`ContactRecord`] as JSON, version 1.
pub const CONTACT_RECORD_SCHEMA: &str = include_str!("record/contact-record.schema.json");

/// Declares the record: fields that are there or not, with a setter for each.
macro_rules! contact_record {
    ($($(#[$meta:meta])* $field:ident / $setter:ident: $type:ty,)*) => {
        /// A contact that owns what it holds, of any origin or none: a draft to create, a copy to keep, a line of a file.
        ///
        /// It can be written as JSON and read again without loss; [`CONTACT_RECORD_SCHEMA`] says how. Of a list, none
        /// (`None`) and an empty one (`Some(vec![])`) are two things. [`ContactRecord::of`] copies any contact.
        ///
        /// ```
        /// use unified_contacts::{Contact, ContactRecord};
        ///
        /// let record = ContactRecord::new().with_name("Ada Lovelace").with_email("ada@example.org").with_tag("pioneer");
        /// let json = serde_json::to_string(&record)?;
        /// assert_eq!(
        ///     json,
        ///     r#"{"version":1,"name":"Ada Lovelace","emails":[{"address":"ada@example.org"}],"tags":[{"name":"pioneer"}]}"#
        /// );
        /// assert_eq!(serde_json::from_str::<ContactRecord>(&json)?, record);
        /// # Ok::<(), serde_json::Error>(())
        /// ```
        #[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
        #[serde(deny_unknown_fields, remote = "Self")]
        #[non_exhaustive]
        pub struct ContactRecord {
            /// The version of the record's schema.
            #[serde(default)]
            pub version: SchemaVersion,
            $(
                $(#[$meta])*
                #[serde(default, skip_serializing_if = "Option::is_none")]
                pub $field: Option<$type>,
            )*
            /// What only this kind of contact has: a JSON pointer into the API's own JSON, and what is there.
            #[serde(default, skip_serializing_if = "UnknownFields::is_empty")]
            pub raw: UnknownFields,
        }

        object::object_only!(ContactRecord);

        impl ContactRecord {
            $(
                #[doc = concat!("Sets [`", stringify!($field), "`](Self::", stringify!($field), ").")]
                #[must_use]
                pub fn $setter(mut self, value: impl Into<$type>) -> Self {
                    self.$field = Some(value.into());
                    self
                }
            )*
        }

        impl fmt::Debug for ContactRecord {
            /// Prints which fields are set, and no value.
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                let fields = [
                    $((stringify!($field), self.$field.is_some()),)*
                    ("raw", !self.raw.is_empty()),
                ];
                fmt_fields(formatter, "ContactRecord", &fields)
            }
        }
    };
}

contact_record! {
    /// What kind of contact it was copied from, such as `truto.contact`; `None` for one that was never anywhere.
    origin / with_origin: String,
    /// The id under which the API knows the contact.
    id / with_id: String,
    /// The whole name in one piece.
    name / with_name: String,
    /// Given name.
    first_name / with_first_name: String,
    /// Family name, or the first of two.
    last_name / with_last_name: String,
    /// The second family name.
    second_last_name / with_second_last_name: String,
    /// The position at work.
    title / with_title: String,
    /// E-mail addresses.
    emails / with_emails: Vec<EmailRecord>,
    /// Phone numbers, fax numbers among them.
    phones / with_phones: Vec<PhoneRecord>,
    /// Postal addresses.
    addresses / with_addresses: Vec<AddressRecord>,
    /// The company that the contact belongs to.
    company / with_company: CompanyRecord,
    /// Who looks after the contact.
    owner / with_owner: OwnerRecord,
    /// Labels.
    tags / with_tags: Vec<TagRecord>,
    /// Web addresses.
    links / with_links: Vec<LinkRecord>,
    /// Whether advertising may come by e-mail.
    email_marketing / with_email_marketing: bool,
    /// Whether messages about a business in hand may come by e-mail.
    email_transactional / with_email_transactional: bool,
    /// Whether advertising may come by WhatsApp.
    whatsapp_marketing / with_whatsapp_marketing: bool,
    /// Whether messages about a business in hand may come by WhatsApp.
    whatsapp_transactional / with_whatsapp_transactional: bool,
    /// The language.
    language / with_language: String,
    /// The country of the contact itself.
    country / with_country: String,
    /// How much the contact matters, in the API's own scale.
    priority / with_priority: i64,
    /// How the contact arrived.
    source / with_source: String,
    /// The names of the contact in other systems.
    external_references / with_external_references: Vec<ExternalReferenceRecord>,
    /// The values of the account's own fields.
    custom_fields / with_custom_fields: JsonObject,
    /// When the contact came into being.
    created_at / with_created_at: Timestamp,
    /// When the contact last changed.
    updated_at / with_updated_at: Timestamp,
    /// When something last happened with the contact.
    last_activity_at / with_last_activity_at: Timestamp,
    /// The version of the contact.
    etag / with_etag: String,
}

impl ContactRecord {
    /// A contact of which nothing is known.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// A copy of any contact. Nothing is lost: what only the contact's own kind has is kept in [`ContactRecord::raw`].
    #[must_use]
    pub fn of(contact: &dyn Contact) -> Self {
        of_contact::copy(contact)
    }

    /// Adds an e-mail address.
    #[must_use]
    pub fn with_email(mut self, email: impl Into<EmailRecord>) -> Self {
        self.emails.get_or_insert_default().push(email.into());
        self
    }

    /// Adds a phone number.
    #[must_use]
    pub fn with_phone(mut self, phone: impl Into<PhoneRecord>) -> Self {
        self.phones.get_or_insert_default().push(phone.into());
        self
    }

    /// Adds a postal address.
    #[must_use]
    pub fn with_address(mut self, address: impl Into<AddressRecord>) -> Self {
        self.addresses.get_or_insert_default().push(address.into());
        self
    }

    /// Adds a label.
    #[must_use]
    pub fn with_tag(mut self, tag: impl Into<TagRecord>) -> Self {
        self.tags.get_or_insert_default().push(tag.into());
        self
    }

    /// Adds a web address.
    #[must_use]
    pub fn with_link(mut self, link: impl Into<LinkRecord>) -> Self {
        self.links.get_or_insert_default().push(link.into());
        self
    }
}
