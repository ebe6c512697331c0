//! What is sent to TheLinks when a contact is created or changed.

use super::contact::ORIGIN;
use crate::contact::Contact;
use crate::field::Field;
use crate::mapped::{FromContact as _, Mapped};
use crate::patch::ContactPatch;
use crate::provider::convert::Source;
use crate::record::ContactRecord;
use client_runtime::Nullable;
use thelinks_client::types;

/// The request that creates a contact, and what of it cannot be sent. Without an e-mail address or a given name its
/// place is empty.
pub(super) fn input_of(contact: &dyn Contact) -> Mapped<types::ContactInput> {
    let mut source = Source::new(contact, ORIGIN);
    source.set_by_api(&[Field::Id, Field::ExternalReferences, Field::CreatedAt]);
    source.raw(|_, _| false);
    let mapped = types::Contact::from_contact(contact);
    for lost in mapped.lost {
        if !lost.pointer.starts_with("/external_references/") {
            source.losses.add(lost.pointer, lost.reason);
        }
    }
    let made = mapped.value;
    let value = |text: Option<String>| text.map(Nullable::Value);
    source.made(types::ContactInput {
        address: value(made.address),
        city: value(made.city),
        country: value(made.country),
        email: made.email.unwrap_or_default(),
        fax: value(made.fax),
        first_name: made.first_name.unwrap_or_default(),
        last_name: value(made.last_name),
        mobile_phone: value(made.mobile_phone),
        phone: value(made.phone),
        position: value(made.position),
        state: value(made.state),
        unified_customer_id: value(made.unified_customer_id),
        zip: value(made.zip),
    })
}

/// What an update sends, and what of the change it cannot hold. A PUT writes the contact as a whole: with the contact
/// that the change is put onto, all of it is sent, else what changes. What is taken away is null.
pub(super) fn update_of(patch: &ContactPatch) -> Mapped<types::ContactInput> {
    let blank = ContactRecord::new();
    let after = patch.apply_to(patch.base().unwrap_or(&blank));
    let mut mapped = input_of(&after);
    let changed: Vec<Field> = patch.fields().collect();
    mapped.lost.retain(|lost| {
        let name = lost.pointer.split('/').nth(1).unwrap_or_default();
        changed.iter().any(|field| field.name() == name)
    });
    let input = &mut mapped.value;
    for field in changed {
        match field {
            Field::LastName => null(&mut [&mut input.last_name]),
            Field::Title => null(&mut [&mut input.position]),
            Field::Company => null(&mut [&mut input.unified_customer_id]),
            Field::Phones => null(&mut [&mut input.phone, &mut input.mobile_phone, &mut input.fax]),
            Field::Addresses => null(&mut [
                &mut input.address,
                &mut input.city,
                &mut input.state,
                &mut input.zip,
                &mut input.country,
            ]),
            _ => {}
        }
    }
    mapped
}

/// Makes null of what is not there.
fn null(properties: &mut [&mut Option<Nullable<String>>]) {
    for property in properties {
        property.get_or_insert(Nullable::Null);
    }
}
