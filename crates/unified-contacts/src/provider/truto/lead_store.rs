//! A store of Truto's leads.

use super::store::{client, created_at};
use super::{LEADS, LEADS_PROVIDER, lead_request};
use crate::adapter::{
    check_loss, check_patch, check_version, contact_of, dry_run_of, failed, written_of,
};
use crate::capabilities::Capabilities;
use crate::contact::Contact;
use crate::error::StoreError;
use crate::listing::ContactListing;
use crate::mapped::Lost;
use crate::operation::Operation;
use crate::patch::ContactPatch;
use crate::settings::{Settings, SettingsError};
use crate::store::{
    Answer, ContactStore, ListQuery, Planned, ReadOptions, WriteOptions, Written, unsupported,
};
use client_runtime::DryRun;
use truto_client::{Client, builder};

/// Truto's leads: contacts that nobody has talked to yet. No page documents how one is created.
#[derive(Debug, Clone)]
pub struct TrutoLeads {
    client: Client,
}

impl TrutoLeads {
    const NAME: &'static str = LEADS_PROVIDER.name;

    /// A store over a generated client.
    #[must_use]
    pub fn new(client: Client) -> Self {
        Self { client }
    }

    /// A store built from settings.
    ///
    /// # Errors
    /// When a setting is missing or wrong.
    pub fn connect(settings: &Settings) -> Result<Self, SettingsError> {
        client(settings).map(Self::new)
    }

    /// The generated client, for what only Truto has.
    #[must_use]
    pub fn client(&self) -> &Client {
        &self.client
    }

    fn get_call(&self, id: &str, options: ReadOptions) -> builder::LeadsGet<'_> {
        self.client.leads_get().id(id).options(options)
    }

    fn list_call(&self, query: &ListQuery) -> builder::LeadsList<'_> {
        let mut call = self.client.leads_list().options(query.call.clone());
        if let Some(size) = query.page_size {
            call = call.limit(i64::from(size));
        }
        if query.has_filter() {
            call = call.created_at(created_at(query));
        }
        call
    }

    fn update_call(
        &self,
        id: &str,
        patch: ContactPatch,
        options: WriteOptions,
    ) -> Result<(builder::LeadsUpdate<'_>, Vec<Lost>), StoreError> {
        check_patch(Self::NAME, &LEADS, &patch, &options)?;
        let (body, lost) = lead_request::update_request(patch);
        check_loss(Self::NAME, Operation::Update, &lost, &options)?;
        let call = self.client.leads_update().id(id).body(body);
        Ok((call.options(options.call), lost))
    }

    fn delete_call(
        &self,
        id: &str,
        options: WriteOptions,
    ) -> Result<builder::LeadsDelete<'_>, StoreError> {
        check_version(Self::NAME, &LEADS, Operation::Delete, &options)?;
        Ok(self.client.leads_delete().id(id).options(options.call))
    }
}

impl ContactStore for TrutoLeads {
    fn provider(&self) -> &'static str {
        Self::NAME
    }

    fn capabilities(&self) -> &'static Capabilities {
        &LEADS
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
            Planned::Update(id, patch, options) => self
                .update_call(id, patch.clone(), options)?
                .0
                .into_request(),
            Planned::Delete(id, options) => self.delete_call(id, options)?.into_request(),
            _ => return Err(unsupported(Self::NAME, operation)),
        };
        dry_run_of(Self::NAME, operation, self.client.core(), request)
    }
}
