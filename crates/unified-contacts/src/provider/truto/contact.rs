//! A contact of Truto, read as any contact and made from one.

use super::parts::{make_parts, read_parts};
use crate::contact::{
    Address, Company, Contact, Email, Entries, Link, List, Owner, Phone, RawField, RawValue, Tag,
    reads,
};
use crate::mapped::{FromContact, LossReason, Mapped};
use crate::provider::convert::{Source, owned, owned_kind, timestamp, top_name};
use crate::record::view::{extra, kind, list_of};
use client_runtime::JsonObject;
use std::borrow::Cow;
use truto_client::types;
use types::{
    Address as TrutoAddress, EmailAddress as TrutoEmail, PhoneNumber as TrutoPhone,
    Tag as TrutoTag, Url as TrutoUrl,
};

/// What contacts of this kind call themselves.
pub(super) const ORIGIN: &str = "truto.contact";

impl Contact for types::Contact {
    fn origin(&self) -> &str {
        ORIGIN
    }

    reads! {
        text id, name, first_name, last_name, title, etag;
        time created_at, updated_at, last_activity_at;
        list
            emails: Email = email_addresses,
            phones: Phone = phone_numbers,
            addresses: Address,
            tags: Tag,
            links: Link = urls;
    }

    fn company(&self) -> Option<Company<'_>> {
        self.account.as_ref().map(|account| Company {
            id: account.id.as_deref(),
            name: account.name.as_deref(),
            extra: extra(&account.extra),
        })
    }

    fn owner(&self) -> Option<Owner<'_>> {
        self.owner.as_ref().map(|owner| Owner {
            id: owner.id.as_deref(),
            extra: extra(&owner.extra),
        })
    }

    fn custom_fields(&self) -> Option<&JsonObject> {
        self.custom_fields.as_ref()
    }

    fn raw(&self) -> Entries<'_, RawField<'_>> {
        Entries::of(self)
    }
}

/// What only a contact of Truto has.
impl<'a> List<'a, RawField<'a>> for types::Contact {
    fn places(&'a self) -> Option<usize> {
        let is_present = self.remote_data.is_some() || !self.extra.is_empty();
        is_present.then(|| 1 + self.extra.len())
    }

    fn at(&'a self, place: usize) -> Option<RawField<'a>> {
        let Some(place) = place.checked_sub(1) else {
            let remote = self.remote_data.as_ref()?.as_json().as_json_ref();
            return Some(RawField::new("remote_data", RawValue::Json(remote)));
        };
        let (name, value) = self.extra.get_index(place)?;
        Some(RawField::new(name, RawValue::Json(value.as_json_ref())))
    }
}

read_parts!(TrutoEmail, TrutoPhone, TrutoAddress, id);
make_parts!(TrutoEmail, TrutoPhone, TrutoAddress, id);
list_of! { TrutoTag as Tag, TrutoUrl as Link }

impl<'a> From<&'a TrutoTag> for Tag<'a> {
    fn from(tag: &'a TrutoTag) -> Self {
        Self {
            id: tag.id.as_deref(),
            name: tag.name.as_deref(),
            extra: extra(&tag.extra),
        }
    }
}

impl<'a> From<&'a TrutoUrl> for Link<'a> {
    fn from(url: &'a TrutoUrl) -> Self {
        Self {
            url: url.url.as_deref(),
            kind: kind(url.type_.as_ref()),
            extra: extra(&url.extra),
        }
    }
}

impl FromContact for types::Contact {
    fn from_contact(contact: &dyn Contact) -> Mapped<Self> {
        let mut source = Source::new(contact, ORIGIN);
        source.holds(super::READS);
        let mut made = Self::new();
        made.id = owned(contact.id());
        made.name = owned(contact.name());
        made.first_name = owned(contact.first_name());
        made.last_name = owned(contact.last_name());
        made.title = owned(contact.title());
        made.email_addresses = source.list(contact.emails(), email_of);
        made.phone_numbers = source.list(contact.phones(), phone_of);
        made.addresses = source.list(contact.addresses(), address_of);
        made.account = contact.company().map(|company| {
            let mut account = types::Account::new();
            account.id = owned(company.id);
            account.name = owned(company.name);
            account.extra = source.extra("/company", company.extra);
            account
        });
        made.owner = contact.owner().map(|owner| {
            let mut made = types::Owner::new();
            made.id = owned(owner.id);
            made.extra = source.extra("/owner", owner.extra);
            made
        });
        made.tags = source.list(contact.tags(), |source, index, tag| {
            let mut made = TrutoTag::new();
            made.id = owned(tag.id);
            made.name = owned(tag.name);
            made.extra = source.extra(&format!("/tags/{index}"), tag.extra);
            made
        });
        made.urls = source.list(contact.links(), url_of);
        made.custom_fields = contact.custom_fields().cloned();
        made.created_at = timestamp(contact.created_at());
        made.updated_at = timestamp(contact.updated_at());
        made.last_activity_at = timestamp(contact.last_activity_at());
        made.etag = owned(contact.etag());
        source.raw(|pointer, field| {
            let Some(name) = top_name(pointer) else {
                return false;
            };
            let value = field.value.to_json();
            if name == "remote_data" {
                made.remote_data = JsonObject::try_from(value).ok();
                return made.remote_data.is_some();
            }
            let _replaced = made.extra.insert(name, value);
            true
        });
        source.made(made)
    }
}

pub(super) fn url_of(source: &mut Source<'_>, index: usize, link: Link<'_>) -> TrutoUrl {
    let mut made = TrutoUrl::new();
    made.url = owned(link.url);
    made.type_ = owned_kind(link.kind);
    made.extra = source.extra(&format!("/links/{index}"), link.extra);
    made
}
