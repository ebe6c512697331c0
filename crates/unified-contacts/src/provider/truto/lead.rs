//! A lead of Truto, read as any contact and made from one.

use super::contact::url_of;
use super::parts::{make_parts, read_parts};
use crate::contact::{
    Address, Company, Contact, Email, Entries, Link, List, Owner, Phone, RawField, RawValue, reads,
};
use crate::mapped::{FromContact, LossReason, Mapped};
use crate::provider::convert::{Source, name_within, owned, owned_kind, timestamp, top_name};
use crate::record::view::{extra, kind};
use client_runtime::{Json, JsonObject, Timestamp};
use std::borrow::Cow;
use truto_client::types;
use types::{
    LeadAddress as TrutoAddress, LeadEmailAddress as TrutoEmail, LeadPhoneNumber as TrutoPhone,
};

/// What leads call themselves.
const ORIGIN: &str = "truto.lead";

impl Contact for types::Lead {
    fn origin(&self) -> &str {
        ORIGIN
    }

    reads! {
        text id, first_name, last_name, title, source = lead_source;
        time created_at, updated_at, last_activity_at;
        list
            emails: Email = email_addresses,
            phones: Phone = phone_numbers,
            addresses: Address,
            links: Link = urls;
    }

    fn company(&self) -> Option<Company<'_>> {
        self.account.as_ref().map(|account| Company {
            id: account.id.as_deref(),
            name: None,
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

/// How many documented fields only a lead has.
const OWN: usize = 7;

impl<'a> List<'a, RawField<'a>> for types::Lead {
    fn places(&'a self) -> Option<usize> {
        let of_contact = self.contact.as_ref();
        let of_contact = of_contact.map_or(0, |contact| contact.extra.len());
        let places = OWN + of_contact + self.extra.len();
        let is_present = (0..places).any(|place| self.at(place).is_some());
        is_present.then_some(places)
    }

    fn at(&'a self, place: usize) -> Option<RawField<'a>> {
        let text = |name, value: Option<&'a str>| {
            value.map(|value| RawField::new(name, RawValue::Text(value)))
        };
        match place {
            0 => {
                let remote = self.remote_data.as_ref()?.as_json().as_json_ref();
                Some(RawField::new("remote_data", RawValue::Json(remote)))
            }
            1 => text("converted_account", self.converted_account.as_deref()),
            2 => text(
                "converted_at",
                self.converted_at.as_ref().map(Timestamp::as_str),
            ),
            3 => text("converted_contact", self.converted_contact.as_deref()),
            4 => text("lead_type", self.lead_type.as_deref()),
            5 => text("status", self.status.as_deref()),
            6 => {
                let contact = self.contact.as_ref()?;
                match contact.id.as_deref() {
                    Some(id) => Some(RawField::within("contact", "id", RawValue::Text(id))),
                    None if contact.extra.is_empty() => {
                        Some(RawField::new("contact", RawValue::Empty))
                    }
                    None => None,
                }
            }
            _ => {
                let place = place - OWN;
                let contact = self.contact.as_ref();
                let of_contact = contact.map_or(0, |contact| contact.extra.len());
                if let Some(place) = place.checked_sub(of_contact) {
                    let (name, value) = self.extra.get_index(place)?;
                    return Some(RawField::new(name, RawValue::Json(value.as_json_ref())));
                }
                let (name, value) = contact?.extra.get_index(place)?;
                let value = RawValue::Json(value.as_json_ref());
                Some(RawField::within("contact", name, value))
            }
        }
    }
}

read_parts!(TrutoEmail, TrutoPhone, TrutoAddress);
make_parts!(TrutoEmail, TrutoPhone, TrutoAddress);

impl FromContact for types::Lead {
    fn from_contact(contact: &dyn Contact) -> Mapped<Self> {
        let mut source = Source::new(contact, ORIGIN);
        source.holds(super::LEAD_READS);
        let mut made = Self::new();
        made.id = owned(contact.id());
        made.first_name = owned(contact.first_name());
        made.last_name = owned(contact.last_name());
        made.title = owned(contact.title());
        made.email_addresses = source.list(contact.emails(), email_of);
        made.phone_numbers = source.list(contact.phones(), phone_of);
        made.addresses = source.list(contact.addresses(), address_of);
        made.account = contact.company().map(|company| {
            let mut account = types::LeadAccount::new();
            account.id = owned(company.id);
            if company.name.is_some() {
                source.losses.add("/company/name", LossReason::NoSuchField);
            }
            account.extra = source.extra("/company", company.extra);
            account
        });
        made.owner = contact.owner().map(|owner| {
            let mut made = types::LeadOwner::new();
            made.id = owned(owner.id);
            made.extra = source.extra("/owner", owner.extra);
            made
        });
        made.urls = source.list(contact.links(), url_of);
        made.lead_source = owned(contact.source());
        made.custom_fields = contact.custom_fields().cloned();
        made.created_at = timestamp(contact.created_at());
        made.updated_at = timestamp(contact.updated_at());
        made.last_activity_at = timestamp(contact.last_activity_at());
        source.raw(|pointer, field| put_raw(&mut made, pointer, field.value.to_json()));
        source.made(made)
    }
}

/// Puts back what only a lead has.
fn put_raw(lead: &mut types::Lead, pointer: &str, value: Json) -> bool {
    if let Some(name) = name_within(pointer, "contact") {
        if name != "id" {
            let contact = lead.contact.get_or_insert_default();
            let _replaced = contact.extra.insert(name, value);
            return true;
        }
        let Some(id) = text(&value) else {
            return false;
        };
        lead.contact.get_or_insert_default().id = Some(id);
        return true;
    }
    let Some(name) = top_name(pointer) else {
        return false;
    };
    let place = match name.as_str() {
        "remote_data" => {
            lead.remote_data = JsonObject::try_from(value).ok();
            return lead.remote_data.is_some();
        }
        "converted_at" => {
            lead.converted_at = text(&value).map(|text| Timestamp::as_it_came(&text));
            return lead.converted_at.is_some();
        }
        "contact" => {
            let is_empty = JsonObject::try_from(value).is_ok_and(|object| object.is_empty());
            if is_empty {
                lead.contact.get_or_insert_default();
            }
            return is_empty;
        }
        "converted_account" => &mut lead.converted_account,
        "converted_contact" => &mut lead.converted_contact,
        "lead_type" => &mut lead.lead_type,
        "status" => &mut lead.status,
        _ => {
            let _replaced = lead.extra.insert(name, value);
            return true;
        }
    };
    *place = text(&value);
    place.is_some()
}

fn text(value: &Json) -> Option<String> {
    value.as_json_ref().as_text().map(Cow::into_owned)
}
