//! A store of contacts, whatever API it is.

use crate::any_contact::AnyContact;
use crate::capabilities::Capabilities;
use crate::contact::Contact;
use crate::error::StoreError;
use crate::integration::Integration;
use crate::listing::ContactListing;
use crate::mapped::Lost;
use crate::operation::Operation;
use crate::patch::ContactPatch;
use crate::record::ContactRecord;
use crate::registry;
use client_runtime::{CallOptions, DryRun, Position, ResponseValue};
use std::fmt;
use std::future::{Future, ready};
use std::pin::Pin;

/// What an operation of a store gives, once it is awaited.
pub type Answer<'a, T> = Pin<Box<dyn Future<Output = Result<T, StoreError>> + Send + 'a>>;

/// A store of contacts, whatever API it is. It is used as `&dyn ContactStore`, so that the API can be chosen at run
/// time.
///
/// What the API does not document is refused before anything is sent, and [`ContactStore::capabilities`] says so before
/// the call. Each operation that is not implemented is refused like that, so that a store of a user's own implements
/// what its API has and nothing else.
///
/// ```no_run
/// use unified_contacts::{ContactPatch, ContactStore, ReadOptions, StoreError, WriteOptions};
///
/// async fn promote(store: &dyn ContactStore, id: &str) -> Result<(), StoreError> {
///     let contact = store.get(id, ReadOptions::new()).await?;
///     let patch = ContactPatch::new().set_title("Director").onto(&*contact);
///     store.update(id, patch, WriteOptions::new()).await?;
///     Ok(())
/// }
/// ```
pub trait ContactStore: Send + Sync + fmt::Debug {
    /// The API, as the registry names it.
    fn provider(&self) -> &'static str;

    /// What the API can do, as its document says.
    fn capabilities(&self) -> &'static Capabilities;

    /// Gets one contact.
    ///
    /// Errors: as those of every operation: what the API does not document, what cannot be sent, what the runtime says
    /// of the call. See [`StoreError`].
    fn get<'a>(&'a self, _id: &'a str, _options: ReadOptions) -> Answer<'a, Box<dyn Contact>> {
        refuse(self.provider(), Operation::Get)
    }

    /// Lists contacts, page by page as they are asked for.
    ///
    /// # Errors
    /// When the API documents no list, or none with such a filter. What goes wrong on the way is said by the listing.
    fn list(&self, _query: ListQuery) -> Result<ContactListing, StoreError> {
        Err(unsupported(self.provider(), Operation::List))
    }

    /// Creates a contact. What the API cannot hold of the draft is an error, unless it is accepted
    /// ([`WriteOptions::accept_loss`]); ids, times and versions of another API are left behind in any case, and
    /// [`Written::lost`] lists them.
    fn create<'a>(
        &'a self,
        _draft: &'a dyn Contact,
        _options: WriteOptions,
    ) -> Answer<'a, Written> {
        refuse(self.provider(), Operation::Create)
    }

    /// Changes a contact.
    fn update<'a>(
        &'a self,
        _id: &'a str,
        _patch: ContactPatch,
        _options: WriteOptions,
    ) -> Answer<'a, Written> {
        refuse(self.provider(), Operation::Update)
    }

    /// Deletes a contact.
    fn delete<'a>(&'a self, _id: &'a str, _options: WriteOptions) -> Answer<'a, Written> {
        refuse(self.provider(), Operation::Delete)
    }

    /// Deletes several contacts in one call.
    fn delete_many<'a>(
        &'a self,
        _ids: &'a [&'a str],
        _options: WriteOptions,
    ) -> Answer<'a, Written> {
        refuse(self.provider(), Operation::DeleteMany)
    }

    /// What an operation would send. Nothing is sent.
    ///
    /// # Errors
    /// As those of the operation that come before anything is sent.
    fn dry_run(&self, planned: Planned<'_>) -> Result<DryRun, StoreError> {
        Err(unsupported(self.provider(), planned.operation()))
    }

    /// Creates a contact that has no id, and updates one that has: every field that it has is set, and the others are
    /// kept. No API documents an operation that does both, so that this is one of the two, chosen by the id alone;
    /// an id that the API does not know is an error.
    fn upsert<'a>(&'a self, draft: &'a dyn Contact, options: WriteOptions) -> Answer<'a, Written> {
        let Some(id) = draft.id() else {
            return self.create(draft, options);
        };
        let blank = ContactRecord::new();
        let mut patch = ContactPatch::between(&blank, &ContactRecord::of(draft));
        let requires = self.capabilities().update_requires;
        if requires.iter().any(|field| field.is_set(draft)) {
            patch = patch.onto(draft);
        }
        self.update(id, patch, options)
    }
}

/// Says that an API documents no such operation, and which ones do.
#[must_use]
pub fn unsupported(provider: &'static str, operation: Operation) -> StoreError {
    let others = registry::providers().filter(|other| other.capabilities.supports(operation));
    StoreError::unsupported(
        provider,
        operation,
        others.map(|other| other.name).collect(),
    )
}

fn refuse<'a, T: Send + 'a>(provider: &'static str, operation: Operation) -> Answer<'a, T> {
    failed(unsupported(provider, operation))
}

/// An answer that is an error before anything was sent.
#[must_use]
pub fn failed<'a, T: Send + 'a>(error: StoreError) -> Answer<'a, T> {
    Box::pin(ready(Err(error)))
}

/// What a write gave that was applied.
#[derive(Debug)]
#[non_exhaustive]
pub struct Written {
    /// The contact as the API now has it, or had it before it was deleted, where the answer holds it.
    pub contact: Option<AnyContact>,
    /// What the API could not hold.
    pub lost: Vec<Lost>,
    /// What else the answer said: its status and headers, the request's id, the idempotency key, the attempts.
    pub answer: Option<ResponseValue<()>>,
}

impl Written {
    /// A write that was answered with this contact, and could not hold that.
    #[must_use]
    pub fn new(contact: Option<AnyContact>, lost: Vec<Lost>) -> Self {
        Self {
            contact,
            lost,
            answer: None,
        }
    }
}

/// What a read does otherwise than its client was built for.
pub type ReadOptions = CallOptions;

/// What a write does otherwise than its client was built for.
#[derive(Clone, Default)]
#[non_exhaustive]
pub struct WriteOptions {
    /// Time limits, the idempotency key, further headers.
    pub call: CallOptions,
    /// The integration that the write is checked for before it is sent.
    pub integration: Option<Integration>,
    /// Whether a draft is sent though the API cannot hold all of it.
    pub accepts_loss: bool,
    /// The version that the contact must still have.
    pub version: Option<String>,
}

impl fmt::Debug for WriteOptions {
    /// Prints no version: what is in one is the API's own.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("WriteOptions")
            .field("call", &self.call)
            .field("integration", &self.integration)
            .field("accepts_loss", &self.accepts_loss)
            .field("has_version", &self.version.is_some())
            .finish()
    }
}

impl WriteOptions {
    /// No options.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets time limits, the idempotency key, further headers.
    #[must_use]
    pub fn call(mut self, options: CallOptions) -> Self {
        self.call = options;
        self
    }

    /// Refuses the write before it is sent, if the integration would refuse it as far as that is documented.
    #[must_use]
    pub fn check_for(mut self, integration: Integration) -> Self {
        self.integration = Some(integration);
        self
    }

    /// Changes or deletes the contact only while it has this version, as its `etag` tells. An update that is put onto a
    /// contact ([`ContactPatch::onto`]) carries that contact's own version without this. Where the API documents no
    /// versions the write is refused before it is sent.
    #[must_use]
    pub fn if_version(mut self, etag: impl Into<String>) -> Self {
        self.version = Some(etag.into());
        self
    }

    /// Sends a draft though the API cannot hold all of it; [`Written::lost`] tells what is missing.
    #[must_use]
    pub fn accept_loss(mut self) -> Self {
        self.accepts_loss = true;
        self
    }
}

/// Which contacts are listed, and how.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct ListQuery {
    /// How many contacts a page has.
    pub page_size: Option<u32>,
    /// Only contacts that were created after this time (RFC 3339).
    pub created_after: Option<String>,
    /// Only contacts that were created before this time (RFC 3339).
    pub created_before: Option<String>,
    /// Where another listing with the same query got to.
    pub position: Option<Position>,
    /// Whether the listing goes on after a page of which the API says that something was left out.
    pub accepts_partial: bool,
    /// Time limits, further headers.
    pub call: CallOptions,
}

impl ListQuery {
    /// All contacts.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Asks for pages of this size.
    #[must_use]
    pub fn page_size(mut self, contacts: u32) -> Self {
        self.page_size = Some(contacts);
        self
    }

    /// Only contacts that were created after a time of RFC 3339.
    #[must_use]
    pub fn created_after(mut self, time: impl Into<String>) -> Self {
        self.created_after = Some(time.into());
        self
    }

    /// Only contacts that were created before a time of RFC 3339.
    #[must_use]
    pub fn created_before(mut self, time: impl Into<String>) -> Self {
        self.created_before = Some(time.into());
        self
    }

    /// Goes on where another listing with the same query got to ([`ContactListing::position`]).
    #[must_use]
    pub fn resume(mut self, position: Position) -> Self {
        self.position = Some(position);
        self
    }

    /// Goes on after a page of which the API says that something was left out.
    #[must_use]
    pub fn accept_partial(mut self) -> Self {
        self.accepts_partial = true;
        self
    }

    /// Sets time limits, further headers.
    #[must_use]
    pub fn call(mut self, options: CallOptions) -> Self {
        self.call = options;
        self
    }

    /// Whether contacts are chosen by when they were created.
    #[must_use]
    pub fn has_filter(&self) -> bool {
        self.created_after.is_some() || self.created_before.is_some()
    }
}

/// An operation with all that it needs, to see what it would send.
#[derive(Clone)]
#[non_exhaustive]
pub enum Planned<'a> {
    /// Get one contact.
    Get(&'a str),
    /// Get the first page of a list.
    List(ListQuery),
    /// Create a contact.
    Create(&'a dyn Contact, WriteOptions),
    /// Change a contact.
    Update(&'a str, &'a ContactPatch, WriteOptions),
    /// Delete a contact.
    Delete(&'a str, WriteOptions),
    /// Delete several contacts in one call.
    DeleteMany(&'a [&'a str], WriteOptions),
}

impl Planned<'_> {
    /// Which operation it is.
    #[must_use]
    pub fn operation(&self) -> Operation {
        match self {
            Self::Get(_) => Operation::Get,
            Self::List(_) => Operation::List,
            Self::Create(..) => Operation::Create,
            Self::Update(..) => Operation::Update,
            Self::Delete(..) => Operation::Delete,
            Self::DeleteMany(..) => Operation::DeleteMany,
        }
    }
}

impl fmt::Debug for Planned<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Planned({})", self.operation())
    }
}
