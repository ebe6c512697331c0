//! A contact of TheLinks, read as any contact and made from one.

use crate::contact::{
    Address, Company, Contact, Email, Entries, ExternalReference, Kind, List, Phone, RawField,
    RawValue, reads,
};
use crate::mapped::{FromContact, LossReason, Mapped};
use crate::provider::convert::{Source, owned, timestamp, top_name};
use client_runtime::{Json, JsonObject};
use std::borrow::Cow;
use thelinks_client::types;

/// What contacts of this kind call themselves.
pub(super) const ORIGIN: &str = "thelinks.contact";

/// The kinds of the numbers that have a property of their own.
const MOBILE: &str = "mobile";
const FAX: &str = "fax";

impl Contact for types::Contact {
    fn origin(&self) -> &str {
        ORIGIN
    }

    reads! {
        text id, first_name, last_name, title = position;
        time created_at = source_data_created_at;
        whole
            emails: Email,
            phones: Phone,
            addresses: Address,
            external_references: ExternalReference;
    }

    fn company(&self) -> Option<Company<'_>> {
        self.unified_customer_id.as_deref().map(|id| Company {
            id: Some(id),
            ..Company::default()
        })
    }

    fn raw(&self) -> Entries<'_, RawField<'_>> {
        Entries::of(self)
    }
}

impl<'a> List<'a, Email<'a>> for types::Contact {
    fn places(&'a self) -> Option<usize> {
        self.email.as_ref().map(|_| 1)
    }

    fn at(&'a self, _: usize) -> Option<Email<'a>> {
        self.email.as_deref().map(|address| Email {
            address: Some(Cow::Borrowed(address)),
            ..Email::default()
        })
    }
}

/// The number without a kind, the mobile one, the fax.
impl<'a> List<'a, Phone<'a>> for types::Contact {
    fn places(&'a self) -> Option<usize> {
        let numbers = [&self.phone, &self.mobile_phone, &self.fax];
        numbers.iter().any(|number| number.is_some()).then_some(3)
    }

    fn at(&'a self, place: usize) -> Option<Phone<'a>> {
        let (number, kind) = match place {
            0 => (&self.phone, None),
            1 => (&self.mobile_phone, Some(Kind::new(MOBILE))),
            _ => (&self.fax, Some(Kind::new(FAX))),
        };
        number.as_deref().map(|number| Phone {
            number: Some(Cow::Borrowed(number)),
            kind,
            ..Phone::default()
        })
    }
}

impl<'a> List<'a, Address<'a>> for types::Contact {
    fn places(&'a self) -> Option<usize> {
        let parts = [
            &self.address,
            &self.city,
            &self.state,
            &self.zip,
            &self.country,
        ];
        parts.iter().any(|part| part.is_some()).then_some(1)
    }

    fn at(&'a self, _: usize) -> Option<Address<'a>> {
        Some(Address {
            street_1: self.address.as_deref(),
            city: self.city.as_deref(),
            state: self.state.as_deref(),
            postal_code: self.zip.as_deref(),
            country: self.country.as_deref(),
            ..Address::default()
        })
    }
}

impl<'a> List<'a, ExternalReference<'a>> for types::Contact {
    fn places(&'a self) -> Option<usize> {
        (self.source_system.is_some() || self.source_id.is_some()).then_some(1)
    }

    fn at(&'a self, _: usize) -> Option<ExternalReference<'a>> {
        Some(ExternalReference {
            system: self.source_system.as_deref(),
            id: self.source_id.as_deref(),
            ..ExternalReference::default()
        })
    }
}

/// How many documented fields only a contact of TheLinks has.
const OWN: usize = 10;

impl<'a> List<'a, RawField<'a>> for types::Contact {
    fn places(&'a self) -> Option<usize> {
        let places = OWN + self.extra.len();
        let is_present = (0..places).any(|place| {
            let field: Option<RawField<'_>> = self.at(place);
            field.is_some()
        });
        is_present.then_some(places)
    }

    fn at(&'a self, place: usize) -> Option<RawField<'a>> {
        let text = |name, value: &'a Option<String>| {
            let value = value.as_deref()?;
            Some(RawField::new(name, RawValue::Text(value)))
        };
        let flag = |name, value: Option<bool>| Some(RawField::new(name, RawValue::Flag(value?)));
        match place {
            0 => text("external_system_config_id", &self.external_system_config_id),
            1 => {
                let data = self.external_system_data.as_ref()?.as_json().as_json_ref();
                Some(RawField::new("external_system_data", RawValue::Json(data)))
            }
            2 => text(
                "external_system_provider_id",
                &self.external_system_provider_id,
            ),
            3 => flag("is_active", self.is_active),
            4 => flag("is_primary", self.is_primary),
            5 => flag("local_was_deleted", self.local_was_deleted),
            6 => flag("local_was_updated", self.local_was_updated),
            7 => text("source_system_customer_id", &self.source_system_customer_id),
            8 => text("source_system_img_url", &self.source_system_img_url),
            9 => text(
                "supporting_data_definition_id",
                &self.supporting_data_definition_id,
            ),
            _ => {
                let (name, value) = self.extra.get_index(place - OWN)?;
                Some(RawField::new(name, RawValue::Json(value.as_json_ref())))
            }
        }
    }
}

impl FromContact for types::Contact {
    fn from_contact(contact: &dyn Contact) -> Mapped<Self> {
        let mut source = Source::new(contact, ORIGIN);
        source.holds(super::READS);
        let mut made = Self::new();
        made.id = owned(contact.id());
        made.first_name = owned(contact.first_name());
        made.last_name = owned(contact.last_name());
        made.position = owned(contact.title());
        put_email(&mut source, &mut made);
        put_phones(&mut source, &mut made);
        put_address(&mut source, &mut made);
        put_company(&mut source, &mut made);
        put_reference(&mut source, &mut made);
        made.source_data_created_at = timestamp(contact.created_at());
        source.raw(|pointer, field| {
            top_name(pointer).is_some_and(|name| put_raw(&mut made, name, field.value.to_json()))
        });
        source.made(made)
    }
}

/// There is room for one e-mail address: the primary one, or the first.
fn put_email(source: &mut Source<'_>, made: &mut types::Contact) {
    let entries = source.contact.emails();
    let is_primary = |email: &Email<'_>| email.kind.is_some_and(Kind::is_primary);
    let chosen = entries
        .clone()
        .position(|email| is_primary(&email))
        .unwrap_or(0);
    let is_present = entries.is_present();
    let mut is_empty = true;
    for (index, email) in entries.enumerate() {
        is_empty = false;
        if index != chosen {
            source
                .losses
                .add(format!("/emails/{index}"), LossReason::NoRoom);
            continue;
        }
        let Some(address) = email.address else {
            source
                .losses
                .add(format!("/emails/{index}"), LossReason::Form);
            continue;
        };
        made.email = Some(address.into_owned());
        let lacks = LossReason::NoSuchField;
        source
            .losses
            .part(email.kind.is_some(), "emails", index, "kind", lacks);
        source
            .losses
            .part(email.id.is_some(), "emails", index, "id", lacks);
        source.losses.part(
            email.value.is_some(),
            "emails",
            index,
            "value",
            LossReason::Form,
        );
        source.extra_lost(&format!("/emails/{index}"), email.extra);
    }
    source.empty_list(is_present && is_empty, "/emails");
}

/// There is room for one number of each of three kinds.
fn put_phones(source: &mut Source<'_>, made: &mut types::Contact) {
    let entries = source.contact.phones();
    let is_present = entries.is_present();
    let mut is_empty = true;
    let mut last = 0;
    for (index, phone) in entries.enumerate() {
        is_empty = false;
        let (place, slot, exact) = match phone.kind {
            Some(kind) if kind.is(MOBILE) => (1, &mut made.mobile_phone, Some(MOBILE)),
            Some(kind) if kind.is(FAX) => (2, &mut made.fax, Some(FAX)),
            _ => (0, &mut made.phone, None),
        };
        let Some(number) = phone.number else {
            source
                .losses
                .add(format!("/phones/{index}"), LossReason::Form);
            continue;
        };
        if slot.is_some() {
            source
                .losses
                .add(format!("/phones/{index}"), LossReason::NoRoom);
            continue;
        }
        *slot = Some(number.into_owned());
        if place < last {
            source.losses.add("/phones", LossReason::Order);
        }
        last = place;
        let lacks = LossReason::NoSuchField;
        let is_kind_lost = phone.kind.map(Kind::as_str) != exact;
        source
            .losses
            .part(is_kind_lost, "phones", index, "kind", lacks);
        source.losses.part(
            phone.extension.is_some(),
            "phones",
            index,
            "extension",
            lacks,
        );
        source
            .losses
            .part(phone.id.is_some(), "phones", index, "id", lacks);
        source.losses.part(
            phone.value.is_some(),
            "phones",
            index,
            "value",
            LossReason::Form,
        );
        source.extra_lost(&format!("/phones/{index}"), phone.extra);
    }
    source.empty_list(is_present && is_empty, "/phones");
}

/// There is room for one postal address: the primary one, or the first.
fn put_address(source: &mut Source<'_>, made: &mut types::Contact) {
    let entries = source.contact.addresses();
    let is_primary = |address: &Address<'_>| address.kind.is_some_and(Kind::is_primary);
    let chosen = entries
        .clone()
        .position(|address| is_primary(&address))
        .unwrap_or(0);
    let is_present = entries.is_present();
    let mut is_empty = true;
    for (index, address) in entries.enumerate() {
        is_empty = false;
        if index != chosen {
            source
                .losses
                .add(format!("/addresses/{index}"), LossReason::NoRoom);
            continue;
        }
        made.address = owned(address.street_1);
        made.city = owned(address.city);
        made.state = owned(address.state);
        made.zip = owned(address.postal_code);
        made.country = owned(address.country);
        let made: &types::Contact = made;
        if List::<Address<'_>>::places(made).is_none() {
            source
                .losses
                .add(format!("/addresses/{index}"), LossReason::Form);
            continue;
        }
        let lacks = LossReason::NoSuchField;
        source.losses.part(
            address.street_2.is_some(),
            "addresses",
            index,
            "street_2",
            lacks,
        );
        source
            .losses
            .part(address.kind.is_some(), "addresses", index, "kind", lacks);
        source
            .losses
            .part(address.id.is_some(), "addresses", index, "id", lacks);
        source.extra_lost(&format!("/addresses/{index}"), address.extra);
    }
    source.empty_list(is_present && is_empty, "/addresses");
}

/// A company is known by its id.
fn put_company(source: &mut Source<'_>, made: &mut types::Contact) {
    let Some(company) = source.contact.company() else {
        return;
    };
    made.unified_customer_id = owned(company.id);
    if company.id.is_none() {
        source.losses.add("/company", LossReason::Form);
        return;
    }
    if company.name.is_some() {
        source.losses.add("/company/name", LossReason::NoSuchField);
    }
    source.extra_lost("/company", company.extra);
}

/// There is room for one name in another system.
fn put_reference(source: &mut Source<'_>, made: &mut types::Contact) {
    let entries = source.contact.external_references();
    let is_present = entries.is_present();
    let mut is_empty = true;
    for (index, reference) in entries.enumerate() {
        is_empty = false;
        let pointer = format!("/external_references/{index}");
        if index > 0 {
            source.losses.add(pointer, LossReason::NoRoom);
            continue;
        }
        made.source_system = owned(reference.system);
        made.source_id = owned(reference.id);
        if reference.system.is_none() && reference.id.is_none() {
            source.losses.add(pointer, LossReason::Form);
            continue;
        }
        let lacks = LossReason::NoSuchField;
        source.losses.part(
            reference.url.is_some(),
            "external_references",
            0,
            "url",
            lacks,
        );
        source.extra_lost(&pointer, reference.extra);
    }
    source.empty_list(is_present && is_empty, "/external_references");
}

/// Puts back what only a contact of TheLinks has.
fn put_raw(contact: &mut types::Contact, name: String, value: Json) -> bool {
    let text = || value.as_json_ref().as_text().map(Cow::into_owned);
    let flag = || value.to_value::<bool>().ok();
    let text_place = match name.as_str() {
        "external_system_config_id" => &mut contact.external_system_config_id,
        "external_system_provider_id" => &mut contact.external_system_provider_id,
        "source_system_customer_id" => &mut contact.source_system_customer_id,
        "source_system_img_url" => &mut contact.source_system_img_url,
        "supporting_data_definition_id" => &mut contact.supporting_data_definition_id,
        "external_system_data" => {
            contact.external_system_data = JsonObject::try_from(value).ok();
            return contact.external_system_data.is_some();
        }
        flag_name => {
            let flag_place = match flag_name {
                "is_active" => &mut contact.is_active,
                "is_primary" => &mut contact.is_primary,
                "local_was_deleted" => &mut contact.local_was_deleted,
                "local_was_updated" => &mut contact.local_was_updated,
                _ => {
                    let _replaced = contact.extra.insert(name, value);
                    return true;
                }
            };
            *flag_place = flag();
            return flag_place.is_some();
        }
    };
    *text_place = text();
    text_place.is_some()
}
