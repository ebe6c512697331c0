//! What is sent to Truto when a lead is changed.

use super::request::{custom_fields, list, one};
use crate::mapped::{LossReason, Losses, Lost};
use crate::patch::ContactPatch;
use crate::provider::convert::nullable;
use crate::record::{AddressRecord, CompanyRecord, EmailRecord, OwnerRecord, PhoneRecord};
use client_runtime::{Nullable, Open};
use truto_client::types;

/// What an update of a lead sends, and what of the change it cannot hold.
pub(super) fn update_request(patch: ContactPatch) -> (types::LeadsUpdateRequest, Vec<Lost>) {
    let mut losses = Losses::new();
    let mut made = types::LeadsUpdateRequest::new();
    made.first_name = nullable(patch.first_name);
    made.last_name = nullable(patch.last_name);
    made.title = nullable(patch.title);
    made.lead_source = one(&mut losses, patch.source, |_, source| Open::new(&source));
    made.email_addresses = list(&mut losses, patch.emails, email_input);
    made.phone_numbers = list(&mut losses, patch.phones, phone_input);
    made.addresses = list(&mut losses, patch.addresses, address_input);
    made.account = one(&mut losses, patch.company, account_input);
    made.owner = one(&mut losses, patch.owner, owner_input);
    made.custom_fields = custom_fields(patch.custom_fields);
    (made, losses.into_vec())
}

/// An address of a lead cannot be sent without its kind.
fn email_input(
    losses: &mut Losses,
    index: usize,
    email: EmailRecord,
) -> Option<types::LeadEmailAddressInput> {
    losses.extra("emails", index, &email.extra);
    losses.part(
        email.id.is_some(),
        "emails",
        index,
        "id",
        LossReason::NoSuchField,
    );
    let (Some(address), Some(kind)) = (email.address, email.kind) else {
        losses.add(format!("/emails/{index}"), LossReason::Form);
        return None;
    };
    Some(types::LeadEmailAddressInput {
        email: address,
        type_: Open::new(&kind),
    })
}

/// A number of a lead cannot be sent without its kind.
fn phone_input(
    losses: &mut Losses,
    index: usize,
    phone: PhoneRecord,
) -> Option<types::LeadPhoneNumberInput> {
    losses.extra("phones", index, &phone.extra);
    losses.part(
        phone.id.is_some(),
        "phones",
        index,
        "id",
        LossReason::NoSuchField,
    );
    let (Some(number), Some(kind)) = (phone.number, phone.kind) else {
        losses.add(format!("/phones/{index}"), LossReason::Form);
        return None;
    };
    Some(types::LeadPhoneNumberInput {
        email: None,
        extension: phone.extension,
        is_primary: None,
        number,
        type_: Open::new(&kind),
    })
}

fn address_input(
    losses: &mut Losses,
    index: usize,
    address: AddressRecord,
) -> types::LeadAddressInput {
    losses.extra("addresses", index, &address.extra);
    losses.part(
        address.id.is_some(),
        "addresses",
        index,
        "id",
        LossReason::NoSuchField,
    );
    types::LeadAddressInput {
        city: address.city,
        country: address.country,
        postal_code: address.postal_code,
        state: address.state,
        street_1: address.street_1,
        street_2: address.street_2,
        type_: address.kind,
    }
}

fn account_input(losses: &mut Losses, company: CompanyRecord) -> types::LeadAccountInput {
    losses.extra_of("company", &company.extra);
    if company.name.is_some() {
        losses.add("/company/name", LossReason::NoSuchField);
    }
    let id = company.id.map(Nullable::Value);
    types::LeadAccountInput { id }
}

fn owner_input(losses: &mut Losses, owner: OwnerRecord) -> types::LeadOwnerInput {
    losses.extra_of("owner", &owner.extra);
    let id = owner.id.map(Nullable::Value);
    types::LeadOwnerInput { id }
}
