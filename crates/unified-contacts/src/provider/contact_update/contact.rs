//! A contact of the contact-update API, read as any contact and made from one.

use crate::contact::{
    Company, Consent, Contact, Email, Entries, ExternalReference, Kind, List, Phone, RawField,
    RawValue, Time, reads,
};
use crate::mapped::{FromContact, LossReason, Mapped};
use crate::provider::convert::{Source, owned, top_name};
use client_runtime::Json;
use contact_update_client::types::ContactsUpdateResponse as Answered;
use std::borrow::Cow;

/// What contacts of this kind call themselves.
const ORIGIN: &str = "contact-update.contact";

/// The kind of what stands beside the main address or number.
const ADDITIONAL: &str = "additional";

impl Contact for Answered {
    fn origin(&self) -> &str {
        ORIGIN
    }

    reads! {
        text id, first_name, last_name, second_last_name, title, language, country = country_code, source;
        whole emails: Email, phones: Phone, external_references: ExternalReference;
    }

    fn company(&self) -> Option<Company<'_>> {
        self.company_name.as_deref().map(|name| Company {
            name: Some(name),
            ..Company::default()
        })
    }

    fn consent(&self) -> Consent {
        Consent {
            email_marketing: self.email_marketing_opt_in,
            email_transactional: self.email_transactional_opt_in,
            whatsapp_marketing: self.whatsapp_marketing_opt_in,
            whatsapp_transactional: self.whatsapp_transactional_opt_in,
        }
    }

    fn priority(&self) -> Option<i64> {
        self.priority
    }

    fn created_at(&self) -> Option<Time<'_>> {
        self.created_at.as_deref().map(Time::new)
    }

    fn updated_at(&self) -> Option<Time<'_>> {
        self.updated_at.as_deref().map(Time::new)
    }

    fn raw(&self) -> Entries<'_, RawField<'_>> {
        Entries::of(self)
    }
}

/// How many places the main entry and the additional ones take.
fn places(main: Option<&String>, additional: Option<&Vec<Json>>) -> Option<usize> {
    let is_present = main.is_some() || additional.is_some();
    is_present.then(|| 1 + additional.map_or(0, Vec::len))
}

/// The main address, and then the additional ones. What an additional one looks like is not documented: text is taken
/// as the address, anything else is kept whole.
impl<'a> List<'a, Email<'a>> for Answered {
    fn places(&'a self) -> Option<usize> {
        places(self.email.as_ref(), self.additional_emails.as_ref())
    }

    fn at(&'a self, place: usize) -> Option<Email<'a>> {
        let Some(place) = place.checked_sub(1) else {
            return self.email.as_deref().map(|address| Email {
                address: Some(Cow::Borrowed(address)),
                ..Email::default()
            });
        };
        let entry = self.additional_emails.as_ref()?.get(place)?.as_json_ref();
        let address = entry.as_text();
        Some(Email {
            value: address.is_none().then_some(entry),
            address,
            kind: Some(Kind::new(ADDITIONAL)),
            ..Email::default()
        })
    }
}

/// The main number, and then the additional ones.
impl<'a> List<'a, Phone<'a>> for Answered {
    fn places(&'a self) -> Option<usize> {
        places(self.phone.as_ref(), self.additional_phones.as_ref())
    }

    fn at(&'a self, place: usize) -> Option<Phone<'a>> {
        let Some(place) = place.checked_sub(1) else {
            return self.phone.as_deref().map(|number| Phone {
                number: Some(Cow::Borrowed(number)),
                ..Phone::default()
            });
        };
        let entry = self.additional_phones.as_ref()?.get(place)?.as_json_ref();
        let number = entry.as_text();
        Some(Phone {
            value: number.is_none().then_some(entry),
            number,
            kind: Some(Kind::new(ADDITIONAL)),
            ..Phone::default()
        })
    }
}

impl<'a> List<'a, ExternalReference<'a>> for Answered {
    fn places(&'a self) -> Option<usize> {
        let is_present =
            self.external_reference_id.is_some() || self.external_reference_url.is_some();
        is_present.then_some(1)
    }

    fn at(&'a self, _: usize) -> Option<ExternalReference<'a>> {
        Some(ExternalReference {
            id: self.external_reference_id.as_deref(),
            url: self.external_reference_url.as_deref(),
            ..ExternalReference::default()
        })
    }
}

/// How many documented fields only a contact of this API has, two of them for lists that are there and empty.
const OWN: usize = 10;

impl<'a> List<'a, RawField<'a>> for Answered {
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
        let list = |name, value: &'a Option<Vec<Json>>| {
            Some(RawField::new(name, RawValue::List(value.as_ref()?)))
        };
        // Beside a main entry, an empty list of additional ones cannot be told from none.
        let empty = |name, main: &Option<String>, additional: &'a Option<Vec<Json>>| {
            let additional = additional.as_ref().filter(|list| list.is_empty());
            let additional = additional.filter(|_| main.is_some())?;
            Some(RawField::new(name, RawValue::List(additional)))
        };
        match place {
            0 => empty("additional_emails", &self.email, &self.additional_emails),
            1 => empty("additional_phones", &self.phone, &self.additional_phones),
            2 => text("closed_lost_reason", &self.closed_lost_reason),
            3 => text("closed_won_reason", &self.closed_won_reason),
            4 => list("custom_attributes", &self.custom_attributes),
            5 => flag("ignored", self.ignored),
            6 => flag("is_client", self.is_client),
            7 => text("last_close_lost_reason", &self.last_close_lost_reason),
            8 => text("last_close_won_reason", &self.last_close_won_reason),
            9 => list("skills", &self.skills),
            _ => {
                let (name, value) = self.extra.get_index(place - OWN)?;
                Some(RawField::new(name, RawValue::Json(value.as_json_ref())))
            }
        }
    }
}

impl FromContact for Answered {
    fn from_contact(contact: &dyn Contact) -> Mapped<Self> {
        let mut source = Source::new(contact, ORIGIN);
        source.holds(super::READS);
        let mut made = Self::new();
        made.id = owned(contact.id());
        made.first_name = owned(contact.first_name());
        made.last_name = owned(contact.last_name());
        made.second_last_name = owned(contact.second_last_name());
        made.title = owned(contact.title());
        (made.email, made.additional_emails) = put_emails(&mut source);
        (made.phone, made.additional_phones) = put_phones(&mut source);
        put_company(&mut source, &mut made);
        let consent = contact.consent();
        made.email_marketing_opt_in = consent.email_marketing;
        made.email_transactional_opt_in = consent.email_transactional;
        made.whatsapp_marketing_opt_in = consent.whatsapp_marketing;
        made.whatsapp_transactional_opt_in = consent.whatsapp_transactional;
        made.language = owned(contact.language());
        made.country_code = owned(contact.country());
        made.priority = contact.priority();
        made.source = owned(contact.source());
        put_reference(&mut source, &mut made);
        made.created_at = owned(contact.created_at().map(Time::as_str));
        made.updated_at = owned(contact.updated_at().map(Time::as_str));
        source.raw(|pointer, field| {
            top_name(pointer).is_some_and(|name| put_raw(&mut made, name, field.value.to_json()))
        });
        source.made(made)
    }
}

/// An entry on its way to be the main one or an additional one.
struct Entry<'a> {
    text: Option<Cow<'a, str>>,
    value: Option<Json>,
    kind: Option<Kind<'a>>,
}

fn put_emails(source: &mut Source<'_>) -> (Option<String>, Option<Vec<Json>>) {
    let entries = source.contact.emails();
    let is_present = entries.is_present();
    let mut all = Vec::new();
    for (index, email) in entries.enumerate() {
        let lacks = LossReason::NoSuchField;
        source
            .losses
            .part(email.id.is_some(), "emails", index, "id", lacks);
        source.extra_lost(&format!("/emails/{index}"), email.extra);
        all.push(Entry {
            text: email.address,
            value: email.value.map(client_runtime::JsonRef::to_json),
            kind: email.kind,
        });
    }
    place(source, "emails", "address", is_present, all)
}

fn put_phones(source: &mut Source<'_>) -> (Option<String>, Option<Vec<Json>>) {
    let entries = source.contact.phones();
    let is_present = entries.is_present();
    let mut all = Vec::new();
    for (index, phone) in entries.enumerate() {
        let lacks = LossReason::NoSuchField;
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
        source.extra_lost(&format!("/phones/{index}"), phone.extra);
        all.push(Entry {
            text: phone.number,
            value: phone.value.map(client_runtime::JsonRef::to_json),
            kind: phone.kind,
        });
    }
    place(source, "phones", "number", is_present, all)
}

/// The main entry is the one that says it is primary, or the first that is not an additional one.
fn place(
    source: &mut Source<'_>,
    list: &str,
    text: &str,
    is_present: bool,
    entries: Vec<Entry<'_>>,
) -> (Option<String>, Option<Vec<Json>>) {
    let can_be_main = |entry: &Entry<'_>| entry.text.is_some() && entry.value.is_none();
    let is_primary = |entry: &Entry<'_>| entry.kind.is_some_and(Kind::is_primary);
    let is_additional = |entry: &Entry<'_>| entry.kind.map(Kind::as_str) == Some(ADDITIONAL);
    let main = entries
        .iter()
        .position(|entry| can_be_main(entry) && is_primary(entry))
        .or_else(|| {
            let mut candidates = entries.iter();
            candidates.position(|entry| can_be_main(entry) && !is_additional(entry))
        });
    if main.is_some_and(|main| main > 0) {
        source.losses.add(format!("/{list}"), LossReason::Order);
    }
    let is_empty = is_present && entries.is_empty();
    let mut main_text = None;
    let mut additional = Vec::new();
    for (index, entry) in entries.into_iter().enumerate() {
        let kind = entry.kind.map(Kind::as_str);
        let is_main = main == Some(index);
        let kept = if is_main { None } else { Some(ADDITIONAL) };
        if kind != kept {
            source
                .losses
                .add(format!("/{list}/{index}/kind"), LossReason::NoSuchField);
        }
        match (entry.text, entry.value) {
            (Some(text), None) if is_main => main_text = Some(text.into_owned()),
            (Some(text), None) => additional.push(Json::from(serde_json::Value::from(text))),
            (both, Some(value)) => {
                source
                    .losses
                    .part(both.is_some(), list, index, text, LossReason::Form);
                additional.push(value);
            }
            (None, None) => source
                .losses
                .add(format!("/{list}/{index}"), LossReason::Form),
        }
    }
    let additional = (!additional.is_empty() || is_empty).then_some(additional);
    (main_text, additional)
}

/// A company is known by its name.
fn put_company(source: &mut Source<'_>, made: &mut Answered) {
    let Some(company) = source.contact.company() else {
        return;
    };
    made.company_name = owned(company.name);
    if company.name.is_none() {
        source.losses.add("/company", LossReason::Form);
        return;
    }
    if company.id.is_some() {
        source.losses.add("/company/id", LossReason::NoSuchField);
    }
    source.extra_lost("/company", company.extra);
}

/// There is room for one name in another system.
fn put_reference(source: &mut Source<'_>, made: &mut Answered) {
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
        made.external_reference_id = owned(reference.id);
        made.external_reference_url = owned(reference.url);
        if reference.id.is_none() && reference.url.is_none() {
            source.losses.add(pointer, LossReason::Form);
            continue;
        }
        let lacks = LossReason::NoSuchField;
        source.losses.part(
            reference.system.is_some(),
            "external_references",
            0,
            "system",
            lacks,
        );
        source.extra_lost(&pointer, reference.extra);
    }
    source.empty_list(is_present && is_empty, "/external_references");
}

/// Puts back what only a contact of this API has.
fn put_raw(contact: &mut Answered, name: String, value: Json) -> bool {
    let list = || value.to_value::<Vec<Json>>().ok();
    let place = match name.as_str() {
        "additional_emails" => {
            let additional = list().filter(|list| {
                list.is_empty() && contact.email.is_some() && contact.additional_emails.is_none()
            });
            return put(&mut contact.additional_emails, additional);
        }
        "additional_phones" => {
            let additional = list().filter(|list| {
                list.is_empty() && contact.phone.is_some() && contact.additional_phones.is_none()
            });
            return put(&mut contact.additional_phones, additional);
        }
        "custom_attributes" => return put(&mut contact.custom_attributes, list()),
        "skills" => return put(&mut contact.skills, list()),
        "ignored" => return put(&mut contact.ignored, value.to_value().ok()),
        "is_client" => return put(&mut contact.is_client, value.to_value().ok()),
        "closed_lost_reason" => &mut contact.closed_lost_reason,
        "closed_won_reason" => &mut contact.closed_won_reason,
        "last_close_lost_reason" => &mut contact.last_close_lost_reason,
        "last_close_won_reason" => &mut contact.last_close_won_reason,
        _ => {
            let _replaced = contact.extra.insert(name, value);
            return true;
        }
    };
    put(place, value.as_json_ref().as_text().map(Cow::into_owned))
}

fn put<T>(place: &mut Option<T>, value: Option<T>) -> bool {
    let is_there = value.is_some();
    if is_there {
        *place = value;
    }
    is_there
}
