//! Changes to a contact.

mod change;
mod fields;
mod list;

pub use change::Change;
pub use fields::{FieldsChange, FieldsEdit};
pub use list::{ListChange, ListEdit, Listed};

use crate::contact::Contact;
use crate::field::Field;
use crate::record::object::object_only;
use crate::record::{
    AddressRecord, CompanyRecord, ContactRecord, EmailRecord, ExternalReferenceRecord, LinkRecord,
    OwnerRecord, PhoneRecord, TagRecord,
};
use client_runtime::{Json, fmt_fields};
use serde::{Deserialize, Serialize};
use std::fmt;

/// Declares the patch, its fields and what is done with each of them.
macro_rules! contact_patch {
    (
        values { $($(#[$value_meta:meta])* $value:ident / $set:ident / $clear:ident: $value_type:ty = $value_field:ident,)* }
        lists { $($(#[$list_meta:meta])* $list:ident / $replace:ident: $list_type:ty = $list_field:ident,)* }
    ) => {
        /// What changes in a contact: each field is kept, cleared or set; a list is kept, cleared, replaced, or has entries
        /// taken out and added. Nothing else of the contact is touched.
        ///
        /// ```
        /// use unified_contacts::{ContactPatch, ContactRecord};
        ///
        /// let ada = ContactRecord::new().with_first_name("Ada").with_title("Countess").with_tag("pioneer");
        /// let patch = ContactPatch::new().set_last_name("Lovelace").clear_title().add_tag("friend").remove_tag("pioneer");
        ///
        /// let changed = patch.apply_to(&ada);
        /// assert_eq!(changed, ContactRecord::new().with_first_name("Ada").with_last_name("Lovelace").with_tag("friend"));
        /// ```
        ///
        /// Some APIs replace a contact as a whole, or lists as a whole; [`ContactPatch::onto`] takes what they need from a
        /// contact that the caller holds.
        #[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
        #[serde(deny_unknown_fields, remote = "Self")]
        #[non_exhaustive]
        pub struct ContactPatch {
            $(
                $(#[$value_meta])*
                #[serde(default, skip_serializing_if = "Change::is_keep")]
                pub $value: Change<$value_type>,
            )*
            $(
                $(#[$list_meta])*
                #[serde(default, skip_serializing_if = "ListChange::is_keep")]
                pub $list: ListChange<$list_type>,
            )*
            /// The values of the account's own fields.
            #[serde(default, skip_serializing_if = "FieldsChange::is_keep")]
            pub custom_fields: FieldsChange,
            #[serde(skip)]
            base: Option<Box<ContactRecord>>,
        }

        object_only!(ContactPatch);

        impl ContactPatch {
            $(
                #[doc = concat!("Sets `", stringify!($value), "`.")]
                #[must_use]
                pub fn $set(mut self, value: impl Into<$value_type>) -> Self {
                    self.$value = Change::Set(value.into());
                    self
                }

                #[doc = concat!("Clears `", stringify!($value), "`.")]
                #[must_use]
                pub fn $clear(mut self) -> Self {
                    self.$value = Change::Clear;
                    self
                }
            )*
            $(
                #[doc = concat!("Replaces `", stringify!($list), "`.")]
                #[must_use]
                pub fn $replace<E: Into<$list_type>>(mut self, entries: impl IntoIterator<Item = E>) -> Self {
                    self.$list = ListChange::Replace(entries.into_iter().map(Into::into).collect());
                    self
                }
            )*

            /// What turns `before` into `after`. Ids, times, versions and what only one kind of contact has are left out:
            /// nobody changes those.
            #[must_use]
            pub fn between(before: &ContactRecord, after: &ContactRecord) -> Self {
                Self {
                    $($value: Change::between(before.$value.as_ref(), after.$value.as_ref()),)*
                    $($list: ListChange::between(before.$list.as_deref(), after.$list.as_deref()),)*
                    custom_fields: FieldsChange::between(before.custom_fields.as_ref(), after.custom_fields.as_ref()),
                    base: None,
                }
            }

            /// A contact after the change.
            #[must_use]
            pub fn apply_to(&self, contact: &ContactRecord) -> ContactRecord {
                let mut changed = contact.clone();
                $(self.$value.apply_to(&mut changed.$value);)*
                $(self.$list.apply_to(&mut changed.$list);)*
                self.custom_fields.apply_to(&mut changed.custom_fields);
                changed
            }

            /// This change and then the next one, as one. A contact that this one is put [`onto`](Self::onto) stays.
            #[must_use]
            pub fn then(self, next: Self) -> Self {
                Self {
                    $($value: self.$value.then(next.$value),)*
                    $($list: self.$list.then(next.$list),)*
                    custom_fields: self.custom_fields.then(next.custom_fields),
                    base: self.base.or(next.base),
                }
            }

            /// Whether a field is changed.
            #[must_use]
            pub fn changes(&self, field: Field) -> bool {
                match field {
                    $(Field::$value_field => !self.$value.is_keep(),)*
                    $(Field::$list_field => !self.$list.is_keep(),)*
                    Field::CustomFields => !self.custom_fields.is_keep(),
                    _ => false,
                }
            }

            /// The fields that are cleared as a whole.
            pub fn cleared(&self) -> impl Iterator<Item = Field> {
                let cleared = [
                    $((Field::$value_field, matches!(self.$value, Change::Clear)),)*
                    $((Field::$list_field, matches!(self.$list, ListChange::Clear)),)*
                    (Field::CustomFields, matches!(self.custom_fields, FieldsChange::Clear)),
                ];
                cleared.into_iter().filter(|(_, is_cleared)| *is_cleared).map(|(field, _)| field)
            }

            /// Which fields a patch can change.
            #[must_use]
            pub fn changeable() -> &'static [Field] {
                &[$(Field::$value_field,)* $(Field::$list_field,)* Field::CustomFields]
            }

            /// The same with lists that have entries taken out and added replaced by what `contact` then has.
            fn resolved(mut self, contact: &ContactRecord) -> Self {
                $(self.$list.resolve(contact.$list.as_deref());)*
                self.custom_fields.resolve(contact.custom_fields.as_ref());
                self
            }

            /// The lists of which entries are taken out or added, which only a contact that is at hand can tell the rest of.
            pub(crate) fn edited_lists(&self) -> impl Iterator<Item = Field> {
                let edited = [$((Field::$list_field, self.$list.is_edit()),)*];
                edited.into_iter().filter(|(_, is_edit)| *is_edit).map(|(field, _)| field)
            }
        }

        impl fmt::Debug for ContactPatch {
            /// Prints which fields are changed, and no value.
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                let fields = [
                    $((stringify!($value), !self.$value.is_keep()),)*
                    $((stringify!($list), !self.$list.is_keep()),)*
                    ("custom_fields", !self.custom_fields.is_keep()),
                    ("base", self.base.is_some()),
                ];
                fmt_fields(formatter, "ContactPatch", &fields)
            }
        }
    };
}

contact_patch! {
    values {
    /// The whole name in one piece.
    name / set_name / clear_name: String = Name,
    /// Given name.
    first_name / set_first_name / clear_first_name: String = FirstName,
    /// Family name, or the first of two.
    last_name / set_last_name / clear_last_name: String = LastName,
    /// The second family name.
    second_last_name / set_second_last_name / clear_second_last_name: String = SecondLastName,
    /// The position at work.
    title / set_title / clear_title: String = Title,
    /// The company that the contact belongs to.
    company / set_company / clear_company: CompanyRecord = Company,
    /// Who looks after the contact.
    owner / set_owner / clear_owner: OwnerRecord = Owner,
    /// Whether advertising may come by e-mail.
    email_marketing / set_email_marketing / clear_email_marketing: bool = EmailMarketing,
    /// Whether messages about a business in hand may come by e-mail.
    email_transactional / set_email_transactional / clear_email_transactional: bool = EmailTransactional,
    /// Whether advertising may come by WhatsApp.
    whatsapp_marketing / set_whatsapp_marketing / clear_whatsapp_marketing: bool = WhatsappMarketing,
    /// Whether messages about a business in hand may come by WhatsApp.
    whatsapp_transactional / set_whatsapp_transactional / clear_whatsapp_transactional: bool = WhatsappTransactional,
    /// The language.
    language / set_language / clear_language: String = Language,
    /// The country of the contact itself.
    country / set_country / clear_country: String = Country,
    /// How much the contact matters.
    priority / set_priority / clear_priority: i64 = Priority,
    /// How the contact arrived.
    source / set_source / clear_source: String = Source,
    }
    lists {
    /// E-mail addresses.
    emails / replace_emails: EmailRecord = Emails,
    /// Phone numbers.
    phones / replace_phones: PhoneRecord = Phones,
    /// Postal addresses.
    addresses / replace_addresses: AddressRecord = Addresses,
    /// Labels.
    tags / replace_tags: TagRecord = Tags,
    /// Web addresses.
    links / replace_links: LinkRecord = Links,
    /// The names of the contact in other systems.
    external_references / replace_external_references: ExternalReferenceRecord = ExternalReferences,
    }
}

impl ContactPatch {
    /// No change.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The fields that are changed, in a record's order.
    pub fn fields(&self) -> impl Iterator<Item = Field> {
        let fields = Field::ALL.iter().copied();
        fields.filter(|field| self.changes(*field))
    }

    /// Whether nothing changes.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.fields().next().is_none()
    }

    /// Puts the change onto a contact that the caller holds. Its `etag` goes with the write where the API takes one, so
    /// that a contact which somebody else changed meanwhile is not written over; lists that have entries taken out or
    /// added become what the contact then has; and an API that replaces a contact as a whole gets the rest from it.
    #[must_use]
    pub fn onto(self, contact: &dyn Contact) -> Self {
        let record = ContactRecord::of(contact);
        let mut resolved = self.resolved(&record);
        resolved.base = Some(Box::new(record));
        resolved
    }

    /// The contact that the change was put onto.
    #[must_use]
    pub fn base(&self) -> Option<&ContactRecord> {
        self.base.as_deref()
    }

    /// Adds an e-mail address.
    #[must_use]
    pub fn add_email(mut self, email: impl Into<EmailRecord>) -> Self {
        self.emails.add(email.into());
        self
    }

    /// Takes an e-mail address out.
    #[must_use]
    pub fn remove_email(mut self, email: impl Into<EmailRecord>) -> Self {
        self.emails.remove(email.into());
        self
    }

    /// Adds a phone number.
    #[must_use]
    pub fn add_phone(mut self, phone: impl Into<PhoneRecord>) -> Self {
        self.phones.add(phone.into());
        self
    }

    /// Takes a phone number out.
    #[must_use]
    pub fn remove_phone(mut self, phone: impl Into<PhoneRecord>) -> Self {
        self.phones.remove(phone.into());
        self
    }

    /// Adds a label.
    #[must_use]
    pub fn add_tag(mut self, tag: impl Into<TagRecord>) -> Self {
        self.tags.add(tag.into());
        self
    }

    /// Takes a label out.
    #[must_use]
    pub fn remove_tag(mut self, tag: impl Into<TagRecord>) -> Self {
        self.tags.remove(tag.into());
        self
    }

    /// Sets one of the account's own fields.
    #[must_use]
    pub fn set_custom_field(mut self, name: impl Into<String>, value: impl Into<Json>) -> Self {
        self.custom_fields.set(name.into(), value.into());
        self
    }

    /// Clears one of the account's own fields.
    #[must_use]
    pub fn clear_custom_field(mut self, name: impl Into<String>) -> Self {
        self.custom_fields.clear(name.into());
        self
    }
}
