//! What is sent to the contact-update API when a contact is changed.

use crate::field::Field;
use crate::mapped::{FromContact as _, LossReason, Lost, Mapped};
use crate::patch::ContactPatch;
use crate::record::ContactRecord;
use client_runtime::Nullable;
use contact_update_client::types::{ContactsUpdateRequest, ContactsUpdateResponse};

/// What an update sends, what of the change it cannot hold, and which fields would have to be cleared. A PUT writes the
/// contact as a whole: with the contact that the change is put onto, all of it is sent, else what changes.
pub(super) fn update_of(patch: &ContactPatch) -> (Mapped<ContactsUpdateRequest>, Vec<Field>) {
    let blank = ContactRecord::new();
    let after = patch.apply_to(patch.base().unwrap_or(&blank));
    let Mapped { value, mut lost } = ContactsUpdateResponse::from_contact(&after);
    let changed: Vec<Field> = patch.fields().collect();
    lost.retain(|lost| {
        let name = lost.pointer.split('/').nth(1).unwrap_or_default();
        changed.iter().any(|field| field.name() == name)
    });
    let mut made = ContactsUpdateRequest {
        additional_emails: value.additional_emails,
        additional_phones: value.additional_phones,
        company_name: value.company_name,
        country_code: value.country_code,
        custom_attributes: value.custom_attributes.map(Nullable::Value),
        email: value.email,
        email_marketing_opt_in: value.email_marketing_opt_in,
        email_transactional_opt_in: value.email_transactional_opt_in,
        external_reference_id: value.external_reference_id,
        external_reference_url: value.external_reference_url,
        first_name: value.first_name,
        language: value.language,
        last_name: value.last_name,
        phone: value.phone,
        priority: value.priority.filter(|priority| (1..=5).contains(priority)),
        second_last_name: value.second_last_name,
        skills: value.skills,
        source: value
            .source
            .as_deref()
            .and_then(|source| source.parse().ok()),
        whatsapp_marketing_opt_in: value.whatsapp_marketing_opt_in,
        whatsapp_transactional_opt_in: value.whatsapp_transactional_opt_in,
    };
    let mut not_clearable = Vec::new();
    for field in changed {
        let is_lost = match field {
            Field::Priority => made.priority != value.priority,
            Field::Source => made.source.is_none() && value.source.is_some(),
            Field::Emails => {
                made.additional_emails.get_or_insert_default();
                cleared(&mut not_clearable, field, made.email.is_none())
            }
            Field::Phones => {
                made.additional_phones.get_or_insert_default();
                cleared(&mut not_clearable, field, made.phone.is_none())
            }
            Field::ExternalReferences => {
                let is_none =
                    made.external_reference_id.is_none() && made.external_reference_url.is_none();
                cleared(&mut not_clearable, field, is_none)
            }
            _ => false,
        };
        if is_lost {
            lost.push(Lost {
                pointer: format!("/{field}"),
                reason: LossReason::Form,
            });
        }
    }
    (Mapped { value: made, lost }, not_clearable)
}

/// Notes a field that would have to be cleared. Nothing of it is lost for that.
fn cleared(not_clearable: &mut Vec<Field>, field: Field, is_cleared: bool) -> bool {
    if is_cleared {
        not_clearable.push(field);
    }
    false
}
