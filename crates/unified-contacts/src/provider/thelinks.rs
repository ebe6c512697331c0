//! TheLinks' unified contacts API: list, create and update.

mod contact;
mod request;

use crate::adapter::{check_draft, check_loss, check_patch, dry_run_of, failed, written_of};
use crate::capabilities::{Capabilities, FieldMap};
use crate::contact::Contact;
use crate::error::StoreError;
use crate::field::Field;
use crate::listing::ContactListing;
use crate::mapped::{Lost, Mapped};
use crate::operation::Operation;
use crate::patch::ContactPatch;
use crate::registry::Provider;
use crate::settings::{Settings, SettingsError};
use crate::store::{Answer, ContactStore, ListQuery, Planned, WriteOptions, Written, unsupported};
use client_runtime::DryRun;
use thelinks_client::{Client, builder};

const WRITES: FieldMap = &[
    (Field::FirstName, &["first_name"]),
    (Field::LastName, &["last_name"]),
    (Field::Title, &["position"]),
    (Field::Emails, &["email"]),
    (Field::Phones, &["phone", "mobile_phone", "fax"]),
    (
        Field::Addresses,
        &["address", "city", "state", "zip", "country"],
    ),
    (Field::Company, &["unified_customer_id"]),
];

const READS: FieldMap = &[
    (Field::Id, &["id"]),
    (Field::FirstName, &["first_name"]),
    (Field::LastName, &["last_name"]),
    (Field::Title, &["position"]),
    (Field::Emails, &["email"]),
    (Field::Phones, &["phone", "mobile_phone", "fax"]),
    (
        Field::Addresses,
        &["address", "city", "state", "zip", "country"],
    ),
    (Field::Company, &["unified_customer_id"]),
    (Field::ExternalReferences, &["source_system", "source_id"]),
    (Field::CreatedAt, &["source_data_created_at"]),
    (
        Field::Raw,
        &[
            "external_system_config_id",
            "external_system_data",
            "external_system_provider_id",
            "is_active",
            "is_primary",
            "local_was_deleted",
            "local_was_updated",
            "source_system_customer_id",
            "source_system_img_url",
            "supporting_data_definition_id",
        ],
    ),
];

/// What can be done with contacts. Every update has to carry an e-mail address and a given name.
pub static CONTACTS: Capabilities = Capabilities {
    operations: &[
        (Operation::List, "contacts_list"),
        (Operation::Create, "contacts_create"),
        (Operation::Update, "contacts_update"),
    ],
    reads: READS,
    creates: WRITES,
    updates: WRITES,
    create_requires: REQUIRED,
    update_requires: REQUIRED,
    keeps: REQUIRED,
    ..Capabilities::NONE
};

const REQUIRED: &[Field] = &[Field::FirstName, Field::Emails];

/// The request that creates a contact.
///
/// # Errors
/// When the contact has no e-mail address or no given name, without which there is no request.
pub fn create_request(
    contact: &dyn Contact,
) -> Result<Mapped<thelinks_client::types::ContactInput>, StoreError> {
    let options = WriteOptions::new();
    check_draft(PROVIDER.name, &CONTACTS, contact, &options, &[])?;
    let mapped = request::input_of(contact);
    if mapped.value.email.is_empty() {
        // The one address that there is room for is none that can be sent.
        let fields = vec![Field::Emails];
        return Err(StoreError::missing(
            PROVIDER.name,
            Operation::Create,
            fields,
        ));
    }
    Ok(mapped)
}

/// The API, in the registry.
pub const PROVIDER: Provider = Provider {
    name: "thelinks",
    env_prefix: "THELINKS",
    capabilities: &CONTACTS,
    connect: |settings| Ok(Box::new(TheLinksContacts::connect(settings)?)),
};

/// TheLinks' contacts.
#[derive(Debug, Clone)]
pub struct TheLinksContacts {
    client: Client,
}

impl TheLinksContacts {
    /// A store over a generated client.
    #[must_use]
    pub fn new(client: Client) -> Self {
        Self { client }
    }

    /// A store built from settings. The only server that is documented is for development, so that the URL has to be
    /// set.
    ///
    /// # Errors
    /// When a setting is missing, wrong or of no use to the API.
    pub fn connect(settings: &Settings) -> Result<Self, SettingsError> {
        settings.refuse_account(PROVIDER.name)?;
        let mut builder = Client::builder().configure(|core| settings.configured(core));
        if let Some(url) = &settings.base_url {
            builder = builder.base_url(url);
        }
        if let Some(token) = &settings.credential {
            builder = builder.bearer_token(token.clone());
        }
        Ok(Self::new(builder.build()?))
    }

    /// The generated client, for what only TheLinks has.
    #[must_use]
    pub fn client(&self) -> &Client {
        &self.client
    }

    fn list_call(&self, query: &ListQuery) -> Result<builder::ContactsList<'_>, StoreError> {
        if query.has_filter() {
            let fields = vec![Field::CreatedAt];
            let list = Operation::List;
            return Err(StoreError::unsupported_fields(PROVIDER.name, list, fields));
        }
        let call = self.client.contacts_list().options(query.call.clone());
        Ok(match query.page_size {
            Some(size) => call.limit(i64::from(size)),
            None => call,
        })
    }

    fn create_call(
        &self,
        draft: &dyn Contact,
        options: WriteOptions,
    ) -> Result<(builder::ContactsCreate<'_>, Vec<Lost>), StoreError> {
        check_draft(PROVIDER.name, &CONTACTS, draft, &options, &[])?;
        let mapped = create_request(draft)?;
        check_loss(PROVIDER.name, Operation::Create, &mapped.lost, &options)?;
        let call = self.client.contacts_create().body(mapped.value);
        Ok((call.options(options.call), mapped.lost))
    }

    fn update_call(
        &self,
        id: &str,
        patch: &ContactPatch,
        options: WriteOptions,
    ) -> Result<(builder::ContactsUpdate<'_>, Vec<Lost>), StoreError> {
        check_patch(PROVIDER.name, &CONTACTS, patch, &options)?;
        let mapped = request::update_of(patch);
        if mapped.value.email.is_empty() {
            let fields = vec![Field::Emails];
            return Err(StoreError::not_clearable(PROVIDER.name, fields));
        }
        check_loss(PROVIDER.name, Operation::Update, &mapped.lost, &options)?;
        let call = self.client.contacts_update().unified_contact_id(id);
        let call = call.body(mapped.value).options(options.call);
        Ok((call, mapped.lost))
    }
}

impl ContactStore for TheLinksContacts {
    fn provider(&self) -> &'static str {
        PROVIDER.name
    }

    fn capabilities(&self) -> &'static Capabilities {
        &CONTACTS
    }

    fn list(&self, query: ListQuery) -> Result<ContactListing, StoreError> {
        let call = self.list_call(&query)?;
        let listing = call.stream_from(query.position.unwrap_or_default());
        Ok(ContactListing::of(PROVIDER.name, listing))
    }

    fn create<'a>(&'a self, draft: &'a dyn Contact, options: WriteOptions) -> Answer<'a, Written> {
        let (call, lost) = match self.create_call(draft, options) {
            Ok(call) => call,
            Err(error) => return failed(error),
        };
        Box::pin(async move {
            let answer = call.send().await;
            let data = |envelope: thelinks_client::types::ContactEnvelope| envelope.data;
            written_of(PROVIDER.name, Operation::Create, answer, data, lost)
        })
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
            let data = |envelope: thelinks_client::types::ContactEnvelope| envelope.data;
            written_of(PROVIDER.name, Operation::Update, answer, data, lost)
        })
    }

    fn dry_run(&self, planned: Planned<'_>) -> Result<DryRun, StoreError> {
        let operation = planned.operation();
        let request = match planned {
            Planned::List(query) => {
                let mut call = self.list_call(&query)?;
                let page = query.position.and_then(|position| position.cursor);
                if let Some(page) = page.and_then(|page| page.parse::<i64>().ok()) {
                    call = call.page(page);
                }
                call.into_request()
            }
            Planned::Create(draft, options) => self.create_call(draft, options)?.0.into_request(),
            Planned::Update(id, patch, options) => {
                self.update_call(id, patch, options)?.0.into_request()
            }
            _ => return Err(unsupported(PROVIDER.name, operation)),
        };
        dry_run_of(PROVIDER.name, operation, self.client.core(), request)
    }
}
