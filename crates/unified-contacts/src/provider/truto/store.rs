//! A store of Truto's contacts.

use super::contact::ORIGIN;
use super::request;
use super::{CONTACTS, CONTACTS_PROVIDER};
use crate::adapter::{
    check_draft, check_loss, check_patch, check_version, contact_of, dry_run_of, failed,
    version_of, written_of,
};
use crate::capabilities::Capabilities;
use crate::contact::Contact;
use crate::error::StoreError;
use crate::listing::ContactListing;
use crate::mapped::{FromContact as _, Lost};
use crate::operation::Operation;
use crate::patch::ContactPatch;
use crate::settings::{Settings, SettingsError};
use crate::store::{Answer, ContactStore, ListQuery, Planned, ReadOptions, WriteOptions, Written};
use client_runtime::{DryRun, Json};
use std::collections::BTreeMap;
use truto_client::{Client, builder, types};

pub(super) fn client(settings: &Settings) -> Result<Client, SettingsError> {
    let mut builder = Client::builder().configure(|core| settings.configured(core));
    if let Some(url) = &settings.base_url {
        builder = builder.base_url(url);
    }
    if let Some(token) = &settings.credential {
        builder = builder.bearer_token(token.clone());
    }
    if let Some(account) = &settings.account {
        builder = builder.integrated_account_id(account.clone());
    }
    Ok(builder.build()?)
}

/// Truto's contacts.
#[derive(Debug, Clone)]
pub struct TrutoContacts {
    client: Client,
    workspace: Option<String>,
}

impl TrutoContacts {
    const NAME: &'static str = CONTACTS_PROVIDER.name;

    /// A store over a generated client.
    #[must_use]
    pub fn new(client: Client) -> Self {
        Self {
            client,
            workspace: None,
        }
    }

    /// A store built from settings.
    ///
    /// # Errors
    /// When a setting is missing or wrong.
    pub fn connect(settings: &Settings) -> Result<Self, SettingsError> {
        client(settings).map(Self::new)
    }

    /// The id of the workspace that new contacts go to; Highlevel requires one.
    #[must_use]
    pub fn workspace(mut self, id: impl Into<String>) -> Self {
        self.workspace = Some(id.into());
        self
    }

    /// The generated client, for what only Truto has.
    #[must_use]
    pub fn client(&self) -> &Client {
        &self.client
    }

    fn get_call(&self, id: &str, options: ReadOptions) -> builder::ContactsGet<'_> {
        self.client.contacts_get().id(id).options(options)
    }

    fn list_call(&self, query: &ListQuery) -> builder::ContactsList<'_> {
        let mut call = self.client.contacts_list().options(query.call.clone());
        if let Some(size) = query.page_size {
            call = call.limit(i64::from(size));
        }
        if query.has_filter() {
            call = call.created_at(created_at(query));
        }
        call
    }

    fn create_call(
        &self,
        draft: &dyn Contact,
        options: WriteOptions,
    ) -> Result<(builder::ContactsCreate<'_>, Vec<Lost>), StoreError> {
        let gives: &[&str] = if self.workspace.is_some() {
            &["workspace"]
        } else {
            &[]
        };
        check_draft(Self::NAME, &CONTACTS, draft, &options, gives)?;
        let mapped = types::ContactsCreateRequest::from_contact(draft);
        check_loss(Self::NAME, Operation::Create, &mapped.lost, &options)?;
        let mut call = self.client.contacts_create().body(mapped.value);
        if let Some(id) = &self.workspace {
            call = call.workspace(types::ContactsCreateWorkspace { id: id.clone() });
        }
        Ok((call.options(options.call), mapped.lost))
    }

    fn update_call(
        &self,
        id: &str,
        patch: ContactPatch,
        options: WriteOptions,
    ) -> Result<(builder::ContactsUpdate<'_>, Vec<Lost>), StoreError> {
        check_patch(Self::NAME, &CONTACTS, &patch, &options)?;
        let etag = version_of(&patch, &options, ORIGIN);
        let (body, lost) = request::update_request(patch);
        check_loss(Self::NAME, Operation::Update, &lost, &options)?;
        let mut call = self.client.contacts_update().id(id).body(body);
        if let Some(etag) = etag {
            call = call.etag(etag);
        }
        Ok((call.options(options.call), lost))
    }

    fn delete_call(
        &self,
        id: &str,
        options: WriteOptions,
    ) -> Result<builder::ContactsDelete<'_>, StoreError> {
        check_version(Self::NAME, &CONTACTS, Operation::Delete, &options)?;
        let call = self.client.contacts_delete().id(id).options(options.call);
        Ok(match options.version {
            Some(etag) => call.etag(etag),
            None => call,
        })
    }

    /// The ids stand in the body and in the query, since each of the two integrations that have the operation supports
    /// both and requires one.
    fn delete_many_call(
        &self,
        ids: &[&str],
        options: WriteOptions,
    ) -> Result<builder::ContactsBatchDelete<'_>, StoreError> {
        check_version(Self::NAME, &CONTACTS, Operation::DeleteMany, &options)?;
        let json = |id: &&str| Json::from(serde_json::Value::from(*id));
        let ids: Vec<Json> = ids.iter().map(json).collect();
        let body = types::ContactsBatchDeleteRequest {
            id: ids.clone(),
            remote_data: None,
        };
        let call = self.client.contacts_batch_delete().id(ids).body(body);
        Ok(call.options(options.call))
    }
}

pub(super) fn created_at(query: &ListQuery) -> BTreeMap<String, String> {
    let bounds = [("gt", &query.created_after), ("lt", &query.created_before)];
    let bounds = bounds.into_iter();
    bounds
        .filter_map(|(operator, time)| Some((operator.to_owned(), time.clone()?)))
        .collect()
}

impl ContactStore for TrutoContacts {
    fn provider(&self) -> &'static str {
        Self::NAME
    }

    fn capabilities(&self) -> &'static Capabilities {
        &CONTACTS
    }

    fn get<'a>(&'a self, id: &'a str, options: ReadOptions) -> Answer<'a, Box<dyn Contact>> {
        Box::pin(async move {
            let answer = self.get_call(id, options).send().await;
            contact_of(Self::NAME, Operation::Get, answer)
        })
    }

    fn list(&self, query: ListQuery) -> Result<ContactListing, StoreError> {
        let call = self.list_call(&query);
        let mut listing = call.stream_from(query.position.unwrap_or_default());
        if query.accepts_partial {
            listing = listing.accept_partial();
        }
        Ok(ContactListing::of(Self::NAME, listing))
    }

    fn create<'a>(&'a self, draft: &'a dyn Contact, options: WriteOptions) -> Answer<'a, Written> {
        let (call, lost) = match self.create_call(draft, options) {
            Ok(call) => call,
            Err(error) => return failed(error),
        };
        Box::pin(async move {
            let answer = call.send().await;
            written_of(Self::NAME, Operation::Create, answer, Some, lost)
        })
    }

    fn update<'a>(
        &'a self,
        id: &'a str,
        patch: ContactPatch,
        options: WriteOptions,
    ) -> Answer<'a, Written> {
        let (call, lost) = match self.update_call(id, patch, options) {
            Ok(call) => call,
            Err(error) => return failed(error),
        };
        Box::pin(async move {
            let answer = call.send().await;
            written_of(Self::NAME, Operation::Update, answer, Some, lost)
        })
    }

    fn delete<'a>(&'a self, id: &'a str, options: WriteOptions) -> Answer<'a, Written> {
        Box::pin(async move {
            let answer = self.delete_call(id, options)?.send().await;
            written_of(Self::NAME, Operation::Delete, answer, Some, Vec::new())
        })
    }

    fn delete_many<'a>(&'a self, ids: &'a [&'a str], options: WriteOptions) -> Answer<'a, Written> {
        Box::pin(async move {
            let answer = self.delete_many_call(ids, options)?.send().await;
            let nobody = |_| None::<types::Contact>;
            written_of(
                Self::NAME,
                Operation::DeleteMany,
                answer,
                nobody,
                Vec::new(),
            )
        })
    }

    fn dry_run(&self, planned: Planned<'_>) -> Result<DryRun, StoreError> {
        let operation = planned.operation();
        let request = match planned {
            Planned::Get(id) => self.get_call(id, ReadOptions::new()).into_request(),
            Planned::List(query) => {
                let mut call = self.list_call(&query);
                if let Some(cursor) = query.position.and_then(|position| position.cursor) {
                    call = call.next_cursor(cursor);
                }
                call.into_request()
            }
            Planned::Create(draft, options) => self.create_call(draft, options)?.0.into_request(),
            Planned::Update(id, patch, options) => self
                .update_call(id, patch.clone(), options)?
                .0
                .into_request(),
            Planned::Delete(id, options) => self.delete_call(id, options)?.into_request(),
            Planned::DeleteMany(ids, options) => {
                self.delete_many_call(ids, options)?.into_request()
            }
        };
        dry_run_of(Self::NAME, operation, self.client.core(), request)
    }
}
