//! A record, read as any contact.

use super::{
    AddressRecord, CompanyRecord, ContactRecord, EmailRecord, ExternalReferenceRecord, LinkRecord,
    OwnerRecord, PhoneRecord, TagRecord,
};
use crate::contact::{
    Address, Company, Consent, Contact, Email, Entries, ExternalReference, Kind, Link, List, Owner,
    Phone, RawField, RawValue, Tag, Time, reads,
};
use client_runtime::{Json, JsonObject, Timestamp, UnknownFields};
use std::borrow::Cow;

impl Contact for ContactRecord {
    fn origin(&self) -> &str {
        self.origin.as_deref().unwrap_or_default()
    }

    reads! {
        text id, name, first_name, last_name, second_last_name, title, language, country, source, etag;
        time created_at, updated_at, last_activity_at;
        list
            emails: Email,
            phones: Phone,
            addresses: Address,
            tags: Tag,
            links: Link,
            external_references: ExternalReference;
    }

    fn company(&self) -> Option<Company<'_>> {
        self.company.as_ref().map(Into::into)
    }

    fn owner(&self) -> Option<Owner<'_>> {
        self.owner.as_ref().map(Into::into)
    }

    fn consent(&self) -> Consent {
        Consent {
            email_marketing: self.email_marketing,
            email_transactional: self.email_transactional,
            whatsapp_marketing: self.whatsapp_marketing,
            whatsapp_transactional: self.whatsapp_transactional,
        }
    }

    fn priority(&self) -> Option<i64> {
        self.priority
    }

    fn custom_fields(&self) -> Option<&JsonObject> {
        self.custom_fields.as_ref()
    }

    fn raw(&self) -> Entries<'_, RawField<'_>> {
        Entries::of(&self.raw)
    }
}

/// A generated timestamp, borrowed.
pub(crate) fn time(timestamp: Option<&Timestamp>) -> Option<Time<'_>> {
    timestamp.map(|timestamp| Time::new(timestamp.as_str()))
}

/// The kind of an entry, borrowed.
pub(crate) fn kind(kind: Option<&String>) -> Option<Kind<'_>> {
    kind.map(|kind| Kind::new(kind))
}

/// Unknown fields, borrowed; none where there are none.
pub(crate) fn extra(extra: &UnknownFields) -> Option<&UnknownFields> {
    (!extra.is_empty()).then_some(extra)
}

/// Lets a list of owned parts be read as one of borrowed ones.
macro_rules! list_of {
    ($($owned:ident as $borrowed:ident),*) => {
        $(
            impl<'a> List<'a, $borrowed<'a>> for Option<Vec<$owned>> {
                fn places(&'a self) -> Option<usize> {
                    self.as_ref().map(Vec::len)
                }

                fn at(&'a self, place: usize) -> Option<$borrowed<'a>> {
                    self.as_ref()?.get(place).map(Into::into)
                }
            }
        )*
    };
}
pub(crate) use list_of;

list_of! {
    EmailRecord as Email,
    PhoneRecord as Phone,
    AddressRecord as Address,
    TagRecord as Tag,
    LinkRecord as Link,
    ExternalReferenceRecord as ExternalReference
}

impl<'a> From<&'a EmailRecord> for Email<'a> {
    fn from(email: &'a EmailRecord) -> Self {
        Self {
            address: email.address.as_deref().map(Cow::Borrowed),
            kind: kind(email.kind.as_ref()),
            id: email.id.as_deref(),
            value: email.value.as_ref().map(Json::as_json_ref),
            extra: extra(&email.extra),
        }
    }
}

impl<'a> From<&'a PhoneRecord> for Phone<'a> {
    fn from(phone: &'a PhoneRecord) -> Self {
        Self {
            number: phone.number.as_deref().map(Cow::Borrowed),
            extension: phone.extension.as_deref(),
            kind: kind(phone.kind.as_ref()),
            id: phone.id.as_deref(),
            value: phone.value.as_ref().map(Json::as_json_ref),
            extra: extra(&phone.extra),
        }
    }
}

impl<'a> From<&'a AddressRecord> for Address<'a> {
    fn from(address: &'a AddressRecord) -> Self {
        Self {
            street_1: address.street_1.as_deref(),
            street_2: address.street_2.as_deref(),
            city: address.city.as_deref(),
            state: address.state.as_deref(),
            postal_code: address.postal_code.as_deref(),
            country: address.country.as_deref(),
            kind: kind(address.kind.as_ref()),
            id: address.id.as_deref(),
            extra: extra(&address.extra),
        }
    }
}

impl<'a> From<&'a CompanyRecord> for Company<'a> {
    fn from(company: &'a CompanyRecord) -> Self {
        Self {
            id: company.id.as_deref(),
            name: company.name.as_deref(),
            extra: extra(&company.extra),
        }
    }
}

impl<'a> From<&'a OwnerRecord> for Owner<'a> {
    fn from(owner: &'a OwnerRecord) -> Self {
        Self {
            id: owner.id.as_deref(),
            extra: extra(&owner.extra),
        }
    }
}

impl<'a> From<&'a TagRecord> for Tag<'a> {
    fn from(tag: &'a TagRecord) -> Self {
        Self {
            id: tag.id.as_deref(),
            name: tag.name.as_deref(),
            extra: extra(&tag.extra),
        }
    }
}

impl<'a> From<&'a LinkRecord> for Link<'a> {
    fn from(link: &'a LinkRecord) -> Self {
        Self {
            url: link.url.as_deref(),
            kind: kind(link.kind.as_ref()),
            extra: extra(&link.extra),
        }
    }
}

impl<'a> From<&'a ExternalReferenceRecord> for ExternalReference<'a> {
    fn from(reference: &'a ExternalReferenceRecord) -> Self {
        Self {
            system: reference.system.as_deref(),
            id: reference.id.as_deref(),
            url: reference.url.as_deref(),
            extra: extra(&reference.extra),
        }
    }
}

/// The raw fields by their pointers.
impl<'a> List<'a, RawField<'a>> for UnknownFields {
    fn places(&'a self) -> Option<usize> {
        (!self.is_empty()).then_some(self.len())
    }

    fn at(&'a self, place: usize) -> Option<RawField<'a>> {
        let (pointer, value) = self.get_index(place)?;
        Some(RawField::at(pointer, RawValue::Json(value.as_json_ref())))
    }
}
