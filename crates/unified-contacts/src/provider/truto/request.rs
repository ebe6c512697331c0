//! What is sent to Truto when a contact is created or changed.

use super::contact::ORIGIN;
use crate::contact::Contact;
use crate::field::Field;
use crate::mapped::{FromContact, LossReason, Losses, Lost, Mapped};
use crate::patch::{Change, ContactPatch, FieldsChange, ListChange};
use crate::provider::convert::{Source, nullable, owned, timestamp, top_name};
use crate::record::{
    AddressRecord, CompanyRecord, EmailRecord, OwnerRecord, PhoneRecord, TagRecord,
};
use client_runtime::{Json, JsonObject, Nullable, Open};
use std::collections::BTreeMap;
use truto_client::types;

impl FromContact for types::ContactsCreateRequest {
    /// The request that creates the contact. A draft whose origin is `truto.contact` can carry the properties that only
    /// requests have as raw fields: `/description`, `/job_title` and `/phone_number`.
    fn from_contact(contact: &dyn Contact) -> Mapped<Self> {
        let mut source = Source::new(contact, ORIGIN);
        source.set_by_api(&[
            Field::Id,
            Field::UpdatedAt,
            Field::LastActivityAt,
            Field::Etag,
        ]);
        source.holds(super::CREATES);
        let mut made = Self::new();
        made.name = owned(contact.name());
        made.first_name = owned(contact.first_name());
        made.last_name = owned(contact.last_name());
        made.title = owned(contact.title());
        made.email_addresses = source.some(contact.emails(), email_input);
        made.phone_numbers = source.some(contact.phones(), phone_input);
        made.addresses = source.some(contact.addresses(), address_input);
        let losses = &mut source.losses;
        made.account = contact
            .company()
            .and_then(|company| account_input(losses, company.into()));
        made.owner = contact
            .owner()
            .and_then(|owner| owner_input(losses, owner.into()));
        made.tags = source.some(contact.tags(), tag_input);
        made.custom_fields = contact.custom_fields().map(JsonObject::to_map);
        made.created_at = timestamp(contact.created_at());
        source.raw(|pointer, field| {
            let place = match top_name(pointer).as_deref() {
                Some("description") => &mut made.description,
                Some("job_title") => &mut made.job_title,
                Some("phone_number") => &mut made.phone_number,
                _ => return false,
            };
            *place = Some(field.value.to_json());
            true
        });
        source.made(made)
    }
}

/// What an update of a contact sends, and what of the change it cannot hold. The patch must change no field that Truto
/// has not, and no list of which only a part is known.
pub(super) fn update_request(patch: ContactPatch) -> (types::ContactsUpdateRequest, Vec<Lost>) {
    let mut losses = Losses::new();
    let mut made = types::ContactsUpdateRequest::new();
    made.name = nullable(patch.name);
    made.first_name = nullable(patch.first_name);
    made.last_name = nullable(patch.last_name);
    made.title = nullable(patch.title);
    made.email_addresses = list(&mut losses, patch.emails, email_input);
    made.phone_numbers = list(&mut losses, patch.phones, phone_input);
    made.addresses = list(&mut losses, patch.addresses, address_input);
    made.account = one(&mut losses, patch.company, account_input);
    made.owner = one(&mut losses, patch.owner, owner_input);
    made.tags = list(&mut losses, patch.tags, tag_input);
    made.custom_fields = custom_fields(patch.custom_fields);
    (made, losses.into_vec())
}

/// An update's property for a list.
pub(super) fn list<T, R, I: Into<Option<R>>>(
    losses: &mut Losses,
    change: ListChange<T>,
    mut input: impl FnMut(&mut Losses, usize, T) -> I,
) -> Option<Nullable<Vec<R>>> {
    match change {
        ListChange::Clear => Some(Nullable::Null),
        ListChange::Replace(entries) => {
            let entries = entries.into_iter().enumerate();
            let inputs = entries.filter_map(|(index, entry)| input(losses, index, entry).into());
            Some(Nullable::Value(inputs.collect()))
        }
        _ => None,
    }
}

/// An update's property for an object.
pub(super) fn one<T, R, I: Into<Option<R>>>(
    losses: &mut Losses,
    change: Change<T>,
    input: impl FnOnce(&mut Losses, T) -> I,
) -> Option<Nullable<R>> {
    match change {
        Change::Keep => None,
        Change::Clear => Some(Nullable::Null),
        Change::Set(value) => input(losses, value).into().map(Nullable::Value),
    }
}

/// The custom fields of an update: those that change, null where one is cleared.
pub(super) fn custom_fields(change: FieldsChange) -> Option<Nullable<BTreeMap<String, Json>>> {
    match change {
        FieldsChange::Keep => None,
        FieldsChange::Clear => Some(Nullable::Null),
        FieldsChange::Replace(fields) => Some(Nullable::Value(fields)),
        FieldsChange::Edit(edit) => {
            let cleared = edit.clear.into_iter().map(|name| (name, Json::default()));
            Some(Nullable::Value(cleared.chain(edit.set).collect()))
        }
    }
}

fn email_input(
    losses: &mut Losses,
    index: usize,
    email: EmailRecord,
) -> Option<types::EmailAddressInput> {
    losses.extra("emails", index, &email.extra);
    losses.part(
        email.value.is_some(),
        "emails",
        index,
        "value",
        LossReason::Form,
    );
    let Some(address) = email.address else {
        losses.add(format!("/emails/{index}"), LossReason::Form);
        return None;
    };
    Some(types::EmailAddressInput {
        email: address,
        id: email.id,
        type_: email.kind,
    })
}

fn phone_input(
    losses: &mut Losses,
    index: usize,
    phone: PhoneRecord,
) -> Option<types::PhoneNumberInput> {
    losses.extra("phones", index, &phone.extra);
    losses.part(
        phone.value.is_some(),
        "phones",
        index,
        "value",
        LossReason::Form,
    );
    let Some(number) = phone.number else {
        losses.add(format!("/phones/{index}"), LossReason::Form);
        return None;
    };
    Some(types::PhoneNumberInput {
        extension: phone.extension,
        id: phone.id,
        number,
        type_: phone.kind.map(|kind| Open::new(&kind)),
    })
}

fn address_input(losses: &mut Losses, index: usize, address: AddressRecord) -> types::AddressInput {
    losses.extra("addresses", index, &address.extra);
    types::AddressInput {
        city: address.city,
        country: address.country,
        id: address.id,
        postal_code: address.postal_code,
        state: address.state,
        street_1: address.street_1,
        street_2: address.street_2,
        type_: address.kind,
    }
}

fn tag_input(losses: &mut Losses, index: usize, tag: TagRecord) -> types::TagInput {
    losses.extra("tags", index, &tag.extra);
    types::TagInput {
        id: tag.id,
        name: tag.name,
    }
}

/// A request names an account by its id.
fn account_input(losses: &mut Losses, company: CompanyRecord) -> Option<types::AccountInput> {
    losses.extra_of("company", &company.extra);
    let Some(id) = company.id else {
        losses.add("/company", LossReason::Form);
        return None;
    };
    Some(types::AccountInput {
        id,
        name: company.name.map(Nullable::Value),
    })
}

fn owner_input(losses: &mut Losses, owner: OwnerRecord) -> Option<types::OwnerInput> {
    losses.extra_of("owner", &owner.extra);
    let Some(id) = owner.id else {
        losses.add("/owner", LossReason::Form);
        return None;
    };
    Some(types::OwnerInput { id })
}
