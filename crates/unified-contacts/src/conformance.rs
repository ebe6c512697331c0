//! A suite that any implementation of [`ContactStore`] can be put to.
//!
//! Whoever writes a store hands the suite a [`Subject`]: a way to make the store over a server or a stand-in for one.
//! The suite then runs every law and promise of a store, those that the store's capabilities make applicable, and
//! gives a [`Report`]. The stores of this crate pass it.
//!
//! A store of its own, in memory, and its test:
//!
//! ```
//! use std::collections::BTreeMap;
//! use std::sync::atomic::{AtomicUsize, Ordering};
//! use std::sync::{Arc, Mutex};
//! use unified_contacts::adapter::{check_patch, failed};
//! use unified_contacts::client_runtime::{Listing, Page};
//! use unified_contacts::conformance::{self, Subject};
//! use unified_contacts::{
//!     Answer, AnyContact, Capabilities, Contact, ContactListing, ContactPatch, ContactRecord, ContactStore, Field, ListQuery,
//!     Operation, ReadOptions, StoreError, WriteOptions, Written,
//! };
//!
//! /// What the store can do: get, list, create and update every field, and nothing else.
//! static CAPABILITIES: Capabilities = Capabilities {
//!     operations: &[
//!         (Operation::Get, "get"),
//!         (Operation::List, "list"),
//!         (Operation::Create, "create"),
//!         (Operation::Update, "update"),
//!     ],
//!     reads: Field::OF_RECORD,
//!     creates: Field::OF_RECORD,
//!     updates: Field::OF_RECORD,
//!     ..Capabilities::NONE
//! };
//!
//! #[derive(Debug, Default)]
//! struct Memory {
//!     contacts: Mutex<BTreeMap<String, ContactRecord>>,
//!     calls: AtomicUsize,
//! }
//!
//! impl Memory {
//!     fn contacts(&self) -> std::sync::MutexGuard<'_, BTreeMap<String, ContactRecord>> {
//!         self.calls.fetch_add(1, Ordering::Relaxed);
//!         self.contacts.lock().unwrap()
//!     }
//! }
//!
//! #[derive(Debug, Clone, Default)]
//! struct MemoryStore(Arc<Memory>);
//!
//! impl ContactStore for MemoryStore {
//!     fn provider(&self) -> &'static str {
//!         "memory"
//!     }
//!
//!     fn capabilities(&self) -> &'static Capabilities {
//!         &CAPABILITIES
//!     }
//!
//!     fn get<'a>(&'a self, id: &'a str, _: ReadOptions) -> Answer<'a, Box<dyn Contact>> {
//!         Box::pin(async move {
//!             match self.0.contacts().get(id) {
//!                 Some(contact) => Ok(Box::new(contact.clone()) as Box<dyn Contact>),
//!                 None => Err(StoreError::not_found("memory", Operation::Get)),
//!             }
//!         })
//!     }
//!
//!     fn list(&self, query: ListQuery) -> Result<ContactListing, StoreError> {
//!         let contacts: Vec<ContactRecord> = self.0.contacts().values().cloned().collect();
//!         let listing = Listing::<_, std::convert::Infallible>::resume(
//!             query.position.unwrap_or_default(),
//!             move |_| {
//!                 let page = Page::new(contacts.clone().into_iter().collect(), None);
//!                 async { Ok(page) }
//!             },
//!         );
//!         Ok(ContactListing::of("memory", listing))
//!     }
//!
//!     fn create<'a>(&'a self, draft: &'a dyn Contact, _: WriteOptions) -> Answer<'a, Written> {
//!         Box::pin(async move {
//!             let mut contacts = self.0.contacts();
//!             let id = contacts.len().to_string();
//!             let contact = ContactRecord::of(draft).with_id(&id).with_origin("memory.contact");
//!             contacts.insert(id, contact.clone());
//!             Ok(Written::new(Some(AnyContact::new(contact)), Vec::new()))
//!         })
//!     }
//!
//!     fn update<'a>(&'a self, id: &'a str, patch: ContactPatch, options: WriteOptions) -> Answer<'a, Written> {
//!         let held = self.0.contacts.lock().unwrap().get(id).cloned();
//!         let Some(held) = held else {
//!             return failed(StoreError::not_found("memory", Operation::Update));
//!         };
//!         // Entries are taken out and added here, so that no list has to be known as a whole before.
//!         let patch = patch.onto(&held);
//!         if let Err(error) = check_patch("memory", &CAPABILITIES, &patch, &options) {
//!             return failed(error);
//!         }
//!         Box::pin(async move {
//!             let changed = patch.apply_to(&held);
//!             self.0.contacts().insert(id.to_owned(), changed.clone());
//!             Ok(Written::new(Some(AnyContact::new(changed)), Vec::new()))
//!         })
//!     }
//! }
//!
//! impl Subject for MemoryStore {
//!     fn store(&self) -> Box<dyn ContactStore> {
//!         Box::new(self.clone())
//!     }
//!
//!     fn existing(&self) -> ContactRecord {
//!         let contact = conformance::draft(7).with_id("existing").with_origin("memory.contact");
//!         self.0.contacts.lock().unwrap().insert("existing".to_owned(), contact.clone());
//!         contact
//!     }
//!
//!     fn requests_seen(&self) -> usize {
//!         self.0.calls.load(Ordering::Relaxed)
//!     }
//! }
//!
//! # fn block_on<F: Future>(future: F) -> F::Output {
//! #     let mut future = Box::pin(future);
//! #     let mut context = std::task::Context::from_waker(std::task::Waker::noop());
//! #     loop {
//! #         if let std::task::Poll::Ready(output) = future.as_mut().poll(&mut context) {
//! #             return output;
//! #         }
//! #     }
//! # }
//! let report = block_on(conformance::run(&MemoryStore::default()));
//! assert!(report.is_passed(), "{report}");
//! ```

mod checks;
mod refusals;
mod writes;

use crate::contact::Contact;
use crate::record::ContactRecord;
use crate::store::ContactStore;
use std::fmt;

/// What the suite is run on: a store, and a server or a stand-in that it speaks to.
pub trait Subject: Sync {
    /// A store. All of them speak to the same server.
    fn store(&self) -> Box<dyn ContactStore>;

    /// Puts a contact into the server, past the store, and gives it as the store would give it. It should have
    /// something in most of the fields that the API has; [`draft`] is a beginning.
    fn existing(&self) -> ContactRecord;

    /// A draft that the API takes, another one for each number.
    fn draft(&self, number: u32) -> ContactRecord {
        draft(number)
    }

    /// How many requests the server has seen.
    fn requests_seen(&self) -> usize;

    /// How many writes the server has applied, where it counts them.
    fn writes_applied(&self) -> Option<usize> {
        None
    }

    /// Makes the server apply the next write and break the connection before it answers. `false` where it cannot.
    fn break_after_next_write(&self) -> bool {
        false
    }

    /// Secrets that the store was built with, which nothing may print.
    fn secrets(&self) -> Vec<String> {
        Vec::new()
    }
}

/// A draft of a made-up person, another one for each number: with a name in two parts, an e-mail address and a phone
/// number.
#[must_use]
pub fn draft(number: u32) -> ContactRecord {
    const FIRST: [&str; 6] = ["Ada", "Zoë", "محمد", "李", "Noémi", "O'Neil"];
    const LAST: [&str; 5] = ["Lovelace", "Nguyễn", "Ó Briain", "العربي", "Müller-Łąka"];
    let pick = |words: &[&'static str]| {
        let at = usize::try_from(number).unwrap_or_default() % words.len();
        words.get(at).copied().unwrap_or_default()
    };
    ContactRecord::new()
        .with_first_name(pick(&FIRST))
        .with_last_name(pick(&LAST))
        .with_email(format!("person{number}@example.org").as_str())
        .with_phone(format!("+4930{number:07}").as_str())
}

/// What came of one promise.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Verdict {
    /// It is kept.
    Kept,
    /// The API has nothing that it could be shown on.
    NotApplicable(&'static str),
    /// It is broken, in this way.
    Broken(String),
}

/// What came of every promise.
#[derive(Debug, Clone)]
#[must_use = "a report tells whether the store passed"]
pub struct Report {
    /// The store's name.
    pub provider: &'static str,
    /// Each promise by name, and what came of it.
    pub verdicts: Vec<(&'static str, Verdict)>,
}

impl Report {
    /// Whether no promise is broken.
    #[must_use]
    pub fn is_passed(&self) -> bool {
        let is_broken = |verdict: &Verdict| matches!(verdict, Verdict::Broken(_));
        !self.verdicts.iter().any(|(_, verdict)| is_broken(verdict))
    }

    /// What came of the promise of that name.
    #[must_use]
    pub fn verdict(&self, promise: &str) -> Option<&Verdict> {
        let mut verdicts = self.verdicts.iter();
        verdicts
            .find(|(name, _)| *name == promise)
            .map(|(_, verdict)| verdict)
    }
}

impl fmt::Display for Report {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(formatter, "{}:", self.provider)?;
        for (name, verdict) in &self.verdicts {
            match verdict {
                Verdict::Kept => writeln!(formatter, "  kept            {name}")?,
                Verdict::NotApplicable(reason) => {
                    writeln!(formatter, "  not applicable  {name}: {reason}")?;
                }
                Verdict::Broken(problem) => {
                    writeln!(formatter, "  BROKEN          {name}: {problem}")?;
                }
            }
        }
        Ok(())
    }
}

/// Runs every check on a subject.
pub async fn run(subject: &dyn Subject) -> Report {
    let store = subject.store();
    let provider = store.provider();
    let store = &*store;
    let mut verdicts = Vec::new();
    macro_rules! check {
        ($($module:ident::$name:ident),* $(,)?) => {
            $(
                let verdict = match $module::$name(subject, store).await {
                    Ok(()) => Verdict::Kept,
                    Err(Stop::NotApplicable(reason)) => Verdict::NotApplicable(reason),
                    Err(Stop::Broken(problem)) => Verdict::Broken(problem),
                };
                verdicts.push((stringify!($name), verdict));
            )*
        };
    }
    check! {
        refusals::what_is_not_documented_is_refused_before_anything_is_sent,
        refusals::a_field_that_the_api_has_not_is_refused_before_anything_is_sent,
        refusals::an_id_that_could_leave_its_place_is_refused,
        refusals::a_dry_run_sends_nothing,
        refusals::nothing_personal_is_printed,
        checks::a_contact_is_given_as_it_is,
        checks::an_unknown_contact_is_not_found,
        checks::a_listing_gives_every_contact_once,
        checks::a_listing_goes_on_where_another_one_stopped,
        checks::a_dropped_call_leaves_the_store_usable,
        writes::a_created_contact_is_the_draft,
        writes::what_cannot_be_held_is_told,
        writes::what_only_its_own_kind_has_is_told,
        writes::an_update_changes_what_it_says_and_nothing_else,
        writes::entries_are_added_and_taken_out,
        writes::what_becomes_of_a_broken_write_is_told,
        writes::a_deleted_contact_is_gone,
    }
    Report { provider, verdicts }
}

/// Why a check ended early.
enum Stop {
    NotApplicable(&'static str),
    Broken(String),
}

type Check = Result<(), Stop>;

/// Ends a check as broken, unless something holds.
fn ensure(holds: bool, problem: impl FnOnce() -> String) -> Check {
    if holds {
        Ok(())
    } else {
        Err(Stop::Broken(problem()))
    }
}

/// Ends a check as broken when something that should succeed did not.
fn succeeded<T>(what: &str, result: Result<T, crate::StoreError>) -> Result<T, Stop> {
    result.map_err(|error| Stop::Broken(format!("{what} failed: {error}")))
}

/// Ends a check as broken when something that should fail did not.
fn refused<T>(what: &str, result: Result<T, crate::StoreError>) -> Result<crate::StoreError, Stop> {
    match result {
        Ok(_) => Err(Stop::Broken(format!("{what} was not refused"))),
        Err(error) => Ok(error),
    }
}

/// The id of a contact that has one.
fn id_of(contact: &dyn Contact) -> Result<&str, Stop> {
    contact
        .id()
        .ok_or_else(|| Stop::Broken("a contact has no id".to_owned()))
}
