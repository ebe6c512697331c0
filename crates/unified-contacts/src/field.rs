//! The fields of a contact by name.

use crate::contact::Contact;
use std::fmt;
use std::str::FromStr;

/// Declares the fields: the variant, the name in a record, how to tell whether a contact has it, and what it is.
macro_rules! fields {
    ($($(#[$meta:meta])* $variant:ident, $name:literal, |$contact:ident| $is_set:expr;)*) => {
        /// A field of a contact, as a [`ContactRecord`](crate::ContactRecord) has it.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Field {
            $($(#[$meta])* $variant,)*
        }

        impl Field {
            /// Every field, in the record's order.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// Every field under its own name: for an API whose JSON is that of a record.
            pub const OF_RECORD: &'static [(Self, &'static [&'static str])] = &[$((Self::$variant, &[$name]),)*];

            /// The name in a record.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                }
            }

            /// Whether a contact has it, if only as an empty list.
            #[must_use]
            pub fn is_set(self, contact: &dyn Contact) -> bool {
                match self {
                    $(Self::$variant => { let $contact = contact; $is_set })*
                }
            }
        }
    };
}

fields! {
    /// The id under which the API knows the contact.
    Id, "id", |contact| contact.id().is_some();
    /// The whole name in one piece.
    Name, "name", |contact| contact.name().is_some();
    /// Given name.
    FirstName, "first_name", |contact| contact.first_name().is_some();
    /// Family name, or the first of two.
    LastName, "last_name", |contact| contact.last_name().is_some();
    /// The second family name.
    SecondLastName, "second_last_name", |contact| contact.second_last_name().is_some();
    /// The position at work.
    Title, "title", |contact| contact.title().is_some();
    /// E-mail addresses.
    Emails, "emails", |contact| contact.emails().is_present();
    /// Phone numbers.
    Phones, "phones", |contact| contact.phones().is_present();
    /// Postal addresses.
    Addresses, "addresses", |contact| contact.addresses().is_present();
    /// The company that the contact belongs to.
    Company, "company", |contact| contact.company().is_some();
    /// Who looks after the contact.
    Owner, "owner", |contact| contact.owner().is_some();
    /// Labels.
    Tags, "tags", |contact| contact.tags().is_present();
    /// Web addresses.
    Links, "links", |contact| contact.links().is_present();
    /// Whether advertising may come by e-mail.
    EmailMarketing, "email_marketing", |contact| contact.consent().email_marketing.is_some();
    /// Whether messages about a business in hand may come by e-mail.
    EmailTransactional, "email_transactional", |contact| contact.consent().email_transactional.is_some();
    /// Whether advertising may come by WhatsApp.
    WhatsappMarketing, "whatsapp_marketing", |contact| contact.consent().whatsapp_marketing.is_some();
    /// Whether messages about a business in hand may come by WhatsApp.
    WhatsappTransactional, "whatsapp_transactional", |contact| contact.consent().whatsapp_transactional.is_some();
    /// The language.
    Language, "language", |contact| contact.language().is_some();
    /// The country of the contact itself.
    Country, "country", |contact| contact.country().is_some();
    /// How much the contact matters.
    Priority, "priority", |contact| contact.priority().is_some();
    /// How the contact arrived.
    Source, "source", |contact| contact.source().is_some();
    /// The names of the contact in other systems.
    ExternalReferences, "external_references", |contact| contact.external_references().is_present();
    /// The values of the account's own fields.
    CustomFields, "custom_fields", |contact| contact.custom_fields().is_some();
    /// When the contact came into being.
    CreatedAt, "created_at", |contact| contact.created_at().is_some();
    /// When the contact last changed.
    UpdatedAt, "updated_at", |contact| contact.updated_at().is_some();
    /// When something last happened with the contact.
    LastActivityAt, "last_activity_at", |contact| contact.last_activity_at().is_some();
    /// The version of the contact.
    Etag, "etag", |contact| contact.etag().is_some();
    /// What only one kind of contact has.
    Raw, "raw", |contact| contact.raw().is_present();
}

impl Field {
    /// Whether a contact has something in it: an empty list is nothing to an API that requires it.
    #[must_use]
    pub fn has_content(self, contact: &dyn Contact) -> bool {
        match self {
            Self::Emails => contact.emails().any(|email| email.address.is_some()),
            Self::Phones => contact.phones().any(|phone| phone.number.is_some()),
            Self::Addresses => contact.addresses().next().is_some(),
            Self::Tags => contact.tags().next().is_some(),
            Self::Links => contact.links().next().is_some(),
            Self::ExternalReferences => contact.external_references().next().is_some(),
            _ => self.is_set(contact),
        }
    }
}

impl Field {
    /// Where a pointer into a record stands: the place of its field among all, and of its entry in that.
    pub(crate) fn position_of(pointer: &str) -> (usize, usize) {
        let mut parts = pointer.split('/').skip(1);
        let name = parts.next().unwrap_or_default();
        let field = Self::ALL.iter().position(|field| field.name() == name);
        let entry = parts.next().and_then(|entry| entry.parse().ok());
        (field.unwrap_or(usize::MAX), entry.unwrap_or_default())
    }
}

impl fmt::Display for Field {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

/// Says that a text is no field's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnknownField;

impl fmt::Display for UnknownField {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .write_str("not the name of a field of a contact, expected one such as `first_name`")
    }
}

impl std::error::Error for UnknownField {}

impl FromStr for Field {
    type Err = UnknownField;

    fn from_str(name: &str) -> Result<Self, UnknownField> {
        let named = Self::ALL.iter().find(|field| field.name() == name);
        named.copied().ok_or(UnknownField)
    }
}
