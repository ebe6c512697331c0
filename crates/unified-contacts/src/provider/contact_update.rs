//! The contact-update API that Vixiees publishes: it updates contacts and does nothing else.

mod contact;
mod request;

use crate::adapter::{check_loss, check_patch, dry_run_of, failed, written_of};
use crate::capabilities::{Capabilities, FieldMap};
use crate::error::StoreError;
use crate::field::Field;
use crate::mapped::Lost;
use crate::operation::Operation;
use crate::patch::ContactPatch;
use crate::registry::Provider;
use crate::settings::{Settings, SettingsError};
use crate::store::{Answer, ContactStore, Planned, WriteOptions, Written, unsupported};
use client_runtime::DryRun;
use contact_update_client::{Client, builder};

const READS: FieldMap = &[
    (Field::Id, &["id"]),
    (Field::FirstName, &["first_name"]),
    (Field::LastName, &["last_name"]),
    (Field::SecondLastName, &["second_last_name"]),
    (Field::Title, &["title"]),
    (Field::Emails, &["email", "additional_emails"]),
    (Field::Phones, &["phone", "additional_phones"]),
    (Field::Company, &["company_name"]),
    (Field::EmailMarketing, &["email_marketing_opt_in"]),
    (Field::EmailTransactional, &["email_transactional_opt_in"]),
    (Field::WhatsappMarketing, &["whatsapp_marketing_opt_in"]),
    (
        Field::WhatsappTransactional,
        &["whatsapp_transactional_opt_in"],
    ),
    (Field::Language, &["language"]),
    (Field::Country, &["country_code"]),
    (Field::Priority, &["priority"]),
    (Field::Source, &["source"]),
    (
        Field::ExternalReferences,
        &["external_reference_id", "external_reference_url"],
    ),
    (Field::CreatedAt, &["created_at"]),
    (Field::UpdatedAt, &["updated_at"]),
    (
        Field::Raw,
        &[
            "closed_lost_reason",
            "closed_won_reason",
            "custom_attributes",
            "ignored",
            "is_client",
            "last_close_lost_reason",
            "last_close_won_reason",
            "skills",
        ],
    ),
];

const UPDATES: FieldMap = &[
    (Field::FirstName, &["first_name"]),
    (Field::LastName, &["last_name"]),
    (Field::SecondLastName, &["second_last_name"]),
    (Field::Emails, &["email", "additional_emails"]),
    (Field::Phones, &["phone", "additional_phones"]),
    (Field::Company, &["company_name"]),
    (Field::EmailMarketing, &["email_marketing_opt_in"]),
    (Field::EmailTransactional, &["email_transactional_opt_in"]),
    (Field::WhatsappMarketing, &["whatsapp_marketing_opt_in"]),
    (
        Field::WhatsappTransactional,
        &["whatsapp_transactional_opt_in"],
    ),
    (Field::Language, &["language"]),
    (Field::Country, &["country_code"]),
    (Field::Priority, &["priority"]),
    (Field::Source, &["source"]),
    (
        Field::ExternalReferences,
        &["external_reference_id", "external_reference_url"],
    ),
];

/// No page documents null for any of these.
const KEEPS: &[Field] = &[
    Field::FirstName,
    Field::LastName,
    Field::SecondLastName,
    Field::Emails,
    Field::Phones,
    Field::Company,
    Field::EmailMarketing,
    Field::EmailTransactional,
    Field::WhatsappMarketing,
    Field::WhatsappTransactional,
    Field::Language,
    Field::Country,
    Field::Priority,
    Field::Source,
    Field::ExternalReferences,
];

/// What can be done with contacts. Contacts can be changed, and nothing of them can be cleared.
pub static CONTACTS: Capabilities = Capabilities {
    operations: &[(Operation::Update, "contacts_update")],
    reads: READS,
    updates: UPDATES,
    keeps: KEEPS,
    ..Capabilities::NONE
};

/// The API, in the registry.
pub const PROVIDER: Provider = Provider {
    name: "contact-update",
    env_prefix: "CONTACT_UPDATE",
    capabilities: &CONTACTS,
    connect: |settings| Ok(Box::new(ContactUpdate::connect(settings)?)),
};

/// The contacts of a collection whose URL the caller knows.
#[derive(Debug, Clone)]
pub struct ContactUpdate {
    client: Client,
}

impl ContactUpdate {
    /// A store over a generated client.
    #[must_use]
    pub fn new(client: Client) -> Self {
        Self { client }
    }

    /// A store built from settings. No page documents a server, so that the URL of the collection has to be set.
    ///
    /// # Errors
    /// When a setting is missing, wrong or of no use to the API.
    pub fn connect(settings: &Settings) -> Result<Self, SettingsError> {
        settings.refuse_account(PROVIDER.name)?;
        let mut builder = Client::builder().configure(|core| settings.configured(core));
        if let Some(url) = &settings.base_url {
            builder = builder.base_url(url);
        }
        if let Some(key) = &settings.credential {
            builder = builder.api_key(key.clone());
        }
        Ok(Self::new(builder.build()?))
    }

    /// The generated client, for what only this API has.
    #[must_use]
    pub fn client(&self) -> &Client {
        &self.client
    }

    fn update_call(
        &self,
        id: &str,
        patch: &ContactPatch,
        options: WriteOptions,
    ) -> Result<(builder::ContactsUpdate<'_>, Vec<Lost>), StoreError> {
        check_patch(PROVIDER.name, &CONTACTS, patch, &options)?;
        let (mapped, not_clearable) = request::update_of(patch);
        if !not_clearable.is_empty() {
            return Err(StoreError::not_clearable(PROVIDER.name, not_clearable));
        }
        check_loss(PROVIDER.name, Operation::Update, &mapped.lost, &options)?;
        let call = self.client.contacts_update().id(id).body(mapped.value);
        Ok((call.options(options.call), mapped.lost))
    }
}

impl ContactStore for ContactUpdate {
    fn provider(&self) -> &'static str {
        PROVIDER.name
    }

    fn capabilities(&self) -> &'static Capabilities {
        &CONTACTS
    }

    fn update<'a>(
        &'a self,
        id: &'a str,
        patch: ContactPatch,
        options: WriteOptions,
    ) -> Answer<'a, Written> {
        let (call, lost) = match self.update_call(id, &patch, options) {
            Ok(call) => call,
            Err(error) => return failed(error),
        };
        Box::pin(async move {
            let answer = call.send().await;
            written_of(PROVIDER.name, Operation::Update, answer, Some, lost)
        })
    }

    fn dry_run(&self, planned: Planned<'_>) -> Result<DryRun, StoreError> {
        let operation = planned.operation();
        let Planned::Update(id, patch, options) = planned else {
            return Err(unsupported(PROVIDER.name, operation));
        };
        let request = self.update_call(id, patch, options)?.0.into_request();
        dry_run_of(PROVIDER.name, operation, self.client.core(), request)
    }
}
