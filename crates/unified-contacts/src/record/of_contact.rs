//! A copy of any contact.

use super::{
    AddressRecord, CompanyRecord, ContactRecord, EmailRecord, ExternalReferenceRecord, LinkRecord,
    OwnerRecord, PhoneRecord, SchemaVersion, TagRecord,
};
use crate::contact::{
    Address, Company, Contact, Email, Entries, ExternalReference, Kind, Link, Owner, Phone, Tag,
    Time,
};
use client_runtime::{Timestamp, UnknownFields};

pub(super) fn copy(contact: &dyn Contact) -> ContactRecord {
    let consent = contact.consent();
    let origin = contact.origin();
    ContactRecord {
        version: SchemaVersion::V1,
        origin: (!origin.is_empty()).then(|| origin.to_owned()),
        id: owned(contact.id()),
        name: owned(contact.name()),
        first_name: owned(contact.first_name()),
        last_name: owned(contact.last_name()),
        second_last_name: owned(contact.second_last_name()),
        title: owned(contact.title()),
        emails: list(contact.emails()),
        phones: list(contact.phones()),
        addresses: list(contact.addresses()),
        company: contact.company().map(Into::into),
        owner: contact.owner().map(Into::into),
        tags: list(contact.tags()),
        links: list(contact.links()),
        email_marketing: consent.email_marketing,
        email_transactional: consent.email_transactional,
        whatsapp_marketing: consent.whatsapp_marketing,
        whatsapp_transactional: consent.whatsapp_transactional,
        language: owned(contact.language()),
        country: owned(contact.country()),
        priority: contact.priority(),
        source: owned(contact.source()),
        external_references: list(contact.external_references()),
        custom_fields: contact.custom_fields().cloned(),
        created_at: contact.created_at().map(timestamp),
        updated_at: contact.updated_at().map(timestamp),
        last_activity_at: contact.last_activity_at().map(timestamp),
        etag: owned(contact.etag()),
        raw: contact
            .raw()
            .map(|field| (field.pointer(), field.value.to_json()))
            .collect(),
    }
}

fn owned(text: Option<&str>) -> Option<String> {
    text.map(str::to_owned)
}

fn list<T, R: From<T>>(entries: Entries<'_, T>) -> Option<Vec<R>> {
    entries.is_present().then(|| entries.map(R::from).collect())
}

/// A time as it came, of whatever format.
pub(crate) fn timestamp(time: Time<'_>) -> Timestamp {
    Timestamp::as_it_came(time.as_str())
}

fn kind(kind: Option<Kind<'_>>) -> Option<String> {
    owned(kind.map(Kind::as_str))
}

fn extra(extra: Option<&UnknownFields>) -> UnknownFields {
    extra.cloned().unwrap_or_default()
}

impl From<Email<'_>> for EmailRecord {
    fn from(email: Email<'_>) -> Self {
        Self {
            address: email.address.map(Into::into),
            kind: kind(email.kind),
            id: owned(email.id),
            value: email.value.map(client_runtime::JsonRef::to_json),
            extra: extra(email.extra),
        }
    }
}

impl From<Phone<'_>> for PhoneRecord {
    fn from(phone: Phone<'_>) -> Self {
        Self {
            number: phone.number.map(Into::into),
            extension: owned(phone.extension),
            kind: kind(phone.kind),
            id: owned(phone.id),
            value: phone.value.map(client_runtime::JsonRef::to_json),
            extra: extra(phone.extra),
        }
    }
}

impl From<Address<'_>> for AddressRecord {
    fn from(address: Address<'_>) -> Self {
        Self {
            street_1: owned(address.street_1),
            street_2: owned(address.street_2),
            city: owned(address.city),
            state: owned(address.state),
            postal_code: owned(address.postal_code),
            country: owned(address.country),
            kind: kind(address.kind),
            id: owned(address.id),
            extra: extra(address.extra),
        }
    }
}

impl From<Company<'_>> for CompanyRecord {
    fn from(company: Company<'_>) -> Self {
        Self {
            id: owned(company.id),
            name: owned(company.name),
            extra: extra(company.extra),
        }
    }
}

impl From<Owner<'_>> for OwnerRecord {
    fn from(owner: Owner<'_>) -> Self {
        Self {
            id: owned(owner.id),
            extra: extra(owner.extra),
        }
    }
}

impl From<Tag<'_>> for TagRecord {
    fn from(tag: Tag<'_>) -> Self {
        Self {
            id: owned(tag.id),
            name: owned(tag.name),
            extra: extra(tag.extra),
        }
    }
}

impl From<Link<'_>> for LinkRecord {
    fn from(link: Link<'_>) -> Self {
        Self {
            url: owned(link.url),
            kind: kind(link.kind),
            extra: extra(link.extra),
        }
    }
}

impl From<ExternalReference<'_>> for ExternalReferenceRecord {
    fn from(reference: ExternalReference<'_>) -> Self {
        Self {
            system: owned(reference.system),
            id: owned(reference.id),
            url: owned(reference.url),
            extra: extra(reference.extra),
        }
    }
}
