//! Truto's unified CRM API: contacts and leads of two dozen CRMs.

mod contact;
mod lead;
mod lead_request;
mod lead_store;
mod parts;
mod request;

mod store;

pub use lead_store::TrutoLeads;
pub use store::TrutoContacts;

use crate::capabilities::{Capabilities, FieldMap};
use crate::field::Field;
use crate::integration::IntegrationTable;
use crate::operation::Operation;
use crate::registry::Provider;

const READS: FieldMap = &[
    (Field::Id, &["id"]),
    (Field::Name, &["name"]),
    (Field::FirstName, &["first_name"]),
    (Field::LastName, &["last_name"]),
    (Field::Title, &["title"]),
    (Field::Emails, &["email_addresses"]),
    (Field::Phones, &["phone_numbers"]),
    (Field::Addresses, &["addresses"]),
    (Field::Company, &["account"]),
    (Field::Owner, &["owner"]),
    (Field::Tags, &["tags"]),
    (Field::Links, &["urls"]),
    (Field::CustomFields, &["custom_fields"]),
    (Field::CreatedAt, &["created_at"]),
    (Field::UpdatedAt, &["updated_at"]),
    (Field::LastActivityAt, &["last_activity_at"]),
    (Field::Etag, &["etag"]),
    (Field::Raw, &["remote_data"]),
];

const CREATES: FieldMap = &[
    (Field::Name, &["name"]),
    (Field::FirstName, &["first_name"]),
    (Field::LastName, &["last_name"]),
    (Field::Title, &["title"]),
    (Field::Emails, &["email_addresses"]),
    (Field::Phones, &["phone_numbers"]),
    (Field::Addresses, &["addresses"]),
    (Field::Company, &["account"]),
    (Field::Owner, &["owner"]),
    (Field::Tags, &["tags"]),
    (Field::CustomFields, &["custom_fields"]),
    (Field::CreatedAt, &["created_at"]),
];

const UPDATES: FieldMap = &[
    (Field::Name, &["name"]),
    (Field::FirstName, &["first_name"]),
    (Field::LastName, &["last_name"]),
    (Field::Title, &["title"]),
    (Field::Emails, &["email_addresses"]),
    (Field::Phones, &["phone_numbers"]),
    (Field::Addresses, &["addresses"]),
    (Field::Company, &["account"]),
    (Field::Owner, &["owner"]),
    (Field::Tags, &["tags"]),
    (Field::CustomFields, &["custom_fields"]),
];

/// What can be done with contacts.
pub static CONTACTS: Capabilities = Capabilities {
    operations: &[
        (Operation::Get, "contacts_get"),
        (Operation::List, "contacts_list"),
        (Operation::Create, "contacts_create"),
        (Operation::Update, "contacts_update"),
        (Operation::Delete, "contacts_delete"),
        (Operation::DeleteMany, "contacts_batch_delete"),
    ],
    reads: READS,
    creates: CREATES,
    updates: UPDATES,
    idempotency_keys: true,
    etags: &[Operation::Update, Operation::Delete],
    filters_created_at: true,
    integrations: Some(&CONTACT_INTEGRATIONS),
    ..Capabilities::NONE
};

static CONTACT_INTEGRATIONS: IntegrationTable = IntegrationTable {
    names: truto_client::integrations::INTEGRATIONS,
    matrix: &truto_client::integrations::MATRIX,
    capabilities: &CONTACTS,
};

const LEAD_READS: FieldMap = &[
    (Field::Id, &["id"]),
    (Field::FirstName, &["first_name"]),
    (Field::LastName, &["last_name"]),
    (Field::Title, &["title"]),
    (Field::Emails, &["email_addresses"]),
    (Field::Phones, &["phone_numbers"]),
    (Field::Addresses, &["addresses"]),
    (Field::Company, &["account"]),
    (Field::Owner, &["owner"]),
    (Field::Links, &["urls"]),
    (Field::Source, &["lead_source"]),
    (Field::CustomFields, &["custom_fields"]),
    (Field::CreatedAt, &["created_at"]),
    (Field::UpdatedAt, &["updated_at"]),
    (Field::LastActivityAt, &["last_activity_at"]),
    (
        Field::Raw,
        &[
            "contact",
            "converted_account",
            "converted_at",
            "converted_contact",
            "lead_type",
            "remote_data",
            "status",
        ],
    ),
];

const LEAD_UPDATES: FieldMap = &[
    (Field::FirstName, &["first_name"]),
    (Field::LastName, &["last_name"]),
    (Field::Title, &["title"]),
    (Field::Emails, &["email_addresses"]),
    (Field::Phones, &["phone_numbers"]),
    (Field::Addresses, &["addresses"]),
    (Field::Company, &["account"]),
    (Field::Owner, &["owner"]),
    (Field::Source, &["lead_source"]),
    (Field::CustomFields, &["custom_fields"]),
];

/// What can be done with leads.
pub static LEADS: Capabilities = Capabilities {
    operations: &[
        (Operation::Get, "leads_get"),
        (Operation::List, "leads_list"),
        (Operation::Update, "leads_update"),
        (Operation::Delete, "leads_delete"),
    ],
    reads: LEAD_READS,
    updates: LEAD_UPDATES,
    idempotency_keys: true,
    filters_created_at: true,
    integrations: Some(&LEAD_INTEGRATIONS),
    ..Capabilities::NONE
};

static LEAD_INTEGRATIONS: IntegrationTable = IntegrationTable {
    names: truto_client::integrations::INTEGRATIONS,
    matrix: &truto_client::integrations::MATRIX,
    capabilities: &LEADS,
};

/// Contacts, in the registry.
pub const CONTACTS_PROVIDER: Provider = Provider {
    name: "truto",
    env_prefix: "TRUTO",
    capabilities: &CONTACTS,
    connect: |settings| Ok(Box::new(TrutoContacts::connect(settings)?)),
};

/// Leads, in the registry.
pub const LEADS_PROVIDER: Provider = Provider {
    name: "truto-leads",
    env_prefix: "TRUTO",
    capabilities: &LEADS,
    connect: |settings| Ok(Box::new(TrutoLeads::connect(settings)?)),
};
