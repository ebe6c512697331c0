//! Stores for programs without async.
//!
//! ```no_run
//! use unified_contacts::blocking::BlockingStore;
//! use unified_contacts::{Contact, ListQuery, connect_url};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let store = BlockingStore::new(connect_url("truto:?account=ID")?)?;
//! for contact in store.list(ListQuery::new())? {
//!     println!("{}", contact?.name().unwrap_or("(no name)"));
//! }
//! # Ok(())
//! # }
//! ```

use crate::capabilities::Capabilities;
use crate::contact::Contact;
use crate::error::StoreError;
use crate::listing::ContactListing;
use crate::operation::Operation;
use crate::patch::ContactPatch;
use crate::settings::SettingsError;
use crate::store::{Answer, ContactStore, ListQuery, Planned, ReadOptions, WriteOptions, Written};
use client_runtime::{DryRun, Position};
use tokio::runtime::{Builder, Handle, Runtime};

/// A store whose operations are waited for. It must be used outside of async code, which it refuses to block.
#[derive(Debug)]
pub struct BlockingStore {
    store: Box<dyn ContactStore>,
    runtime: Runtime,
}

impl BlockingStore {
    /// The same store, to be waited for.
    ///
    /// # Errors
    /// When the system lets no runtime be made.
    pub fn new(store: Box<dyn ContactStore>) -> Result<Self, SettingsError> {
        let runtime = Builder::new_current_thread().enable_all().build();
        let runtime = runtime.map_err(|error| {
            SettingsError::new(format!("the system gives no async runtime: {error}"))
        })?;
        Ok(Self { store, runtime })
    }

    /// The API, as the registry names it.
    #[must_use]
    pub fn provider(&self) -> &'static str {
        self.store.provider()
    }

    /// What the API can do, as its document says.
    #[must_use]
    pub fn capabilities(&self) -> &'static Capabilities {
        self.store.capabilities()
    }

    /// Gets one contact: [`ContactStore::get`].
    ///
    /// # Errors
    /// As those of the async operation, and when it is called from async code.
    pub fn get(&self, id: &str, options: ReadOptions) -> Result<Box<dyn Contact>, StoreError> {
        self.wait(Operation::Get, || self.store.get(id, options))
    }

    /// Lists contacts: [`ContactStore::list`].
    ///
    /// # Errors
    /// As those of the async operation, and when it is called from async code.
    pub fn list(&self, query: ListQuery) -> Result<BlockingListing<'_>, StoreError> {
        self.check(Operation::List)?;
        let listing = self.store.list(query)?;
        Ok(BlockingListing {
            store: self,
            listing,
        })
    }

    /// Creates a contact: [`ContactStore::create`].
    ///
    /// # Errors
    /// As those of the async operation, and when it is called from async code.
    pub fn create(
        &self,
        draft: &dyn Contact,
        options: WriteOptions,
    ) -> Result<Written, StoreError> {
        self.wait(Operation::Create, || self.store.create(draft, options))
    }

    /// Changes a contact: [`ContactStore::update`].
    ///
    /// # Errors
    /// As those of the async operation, and when it is called from async code.
    pub fn update(
        &self,
        id: &str,
        patch: ContactPatch,
        options: WriteOptions,
    ) -> Result<Written, StoreError> {
        self.wait(Operation::Update, || self.store.update(id, patch, options))
    }

    /// Deletes a contact: [`ContactStore::delete`].
    ///
    /// # Errors
    /// As those of the async operation, and when it is called from async code.
    pub fn delete(&self, id: &str, options: WriteOptions) -> Result<Written, StoreError> {
        self.wait(Operation::Delete, || self.store.delete(id, options))
    }

    /// Deletes several contacts in one call: [`ContactStore::delete_many`].
    ///
    /// # Errors
    /// As those of the async operation, and when it is called from async code.
    pub fn delete_many(&self, ids: &[&str], options: WriteOptions) -> Result<Written, StoreError> {
        self.wait(Operation::DeleteMany, || {
            self.store.delete_many(ids, options)
        })
    }

    /// Creates or updates a contact: [`ContactStore::upsert`].
    ///
    /// # Errors
    /// As those of the async operation, and when it is called from async code.
    pub fn upsert(
        &self,
        draft: &dyn Contact,
        options: WriteOptions,
    ) -> Result<Written, StoreError> {
        self.wait(Operation::Update, || self.store.upsert(draft, options))
    }

    /// What an operation would send: [`ContactStore::dry_run`].
    ///
    /// # Errors
    /// As those of the async operation.
    pub fn dry_run(&self, planned: Planned<'_>) -> Result<DryRun, StoreError> {
        self.store.dry_run(planned)
    }

    fn check(&self, operation: Operation) -> Result<(), StoreError> {
        match Handle::try_current() {
            Ok(_) => Err(StoreError::invalid(
                self.provider(),
                operation,
                "a blocking store was called from async code, use the store itself there",
            )),
            Err(_) => Ok(()),
        }
    }

    fn wait<'a, T>(
        &self,
        operation: Operation,
        call: impl FnOnce() -> Answer<'a, T>,
    ) -> Result<T, StoreError> {
        self.check(operation)?;
        self.runtime.block_on(call())
    }
}

/// A listing as an iterator of its contacts.
#[derive(Debug)]
pub struct BlockingListing<'a> {
    store: &'a BlockingStore,
    listing: ContactListing,
}

impl BlockingListing<'_> {
    /// Where the listing is: after the contact that was given last.
    #[must_use]
    pub fn position(&self) -> &Position {
        self.listing.position()
    }
}

impl Iterator for BlockingListing<'_> {
    type Item = Result<Box<dyn Contact>, StoreError>;

    fn next(&mut self) -> Option<Self::Item> {
        if let Err(error) = self.store.check(Operation::List) {
            return Some(Err(error));
        }
        self.store.runtime.block_on(self.listing.next())
    }
}
