//! The conformance suite fails a store that breaks a promise, and names that promise.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use contact_server::{ACCOUNT, ContactServer, Fault, FaultKind, TOKEN};
use serde_json::json;
use std::fmt;
use unified_contacts::client_runtime::CoreBuilder;
use unified_contacts::conformance::{self, Subject, Verdict};
use unified_contacts::truto::{self, TrutoContacts};
use unified_contacts::{
    Answer, CallOptions, Capabilities, Contact, ContactListing, ContactPatch, ContactRecord,
    ContactStore, DryRun, ListQuery, Lost, Operation, Planned, ReadOptions, Settings, StoreError,
    WriteOptions, Written,
};

/// A way in which a store is broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Flaw {
    None,
    GetsAnother,
    ListsFromTheStart,
    CreatesWithoutAName,
    LosesInSilence,
    LosesRawFieldsInSilence,
    TellsTwice,
    ClearsTheLastName,
    KeepsTheDeleted,
    SendsDryRuns,
    SendsWithoutAKey,
    Prints,
    UpdatesAnyField,
}

struct Broken {
    store: TrutoContacts,
    flaw: Flaw,
}

impl fmt::Debug for Broken {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.flaw {
            Flaw::Prints => write!(formatter, "Broken({TOKEN})"),
            _ => formatter.write_str("Broken"),
        }
    }
}

/// What the store says of itself where it keeps quiet about what it cannot do.
static TOO_MUCH: Capabilities = Capabilities {
    updates: &[(unified_contacts::Field::FirstName, &["first_name"])],
    ..truto::CONTACTS
};

impl ContactStore for Broken {
    fn provider(&self) -> &'static str {
        "truto"
    }

    fn capabilities(&self) -> &'static Capabilities {
        match self.flaw {
            Flaw::UpdatesAnyField => &TOO_MUCH,
            _ => self.store.capabilities(),
        }
    }

    fn get<'a>(&'a self, id: &'a str, options: ReadOptions) -> Answer<'a, Box<dyn Contact>> {
        let got = self.store.get(id, options);
        if self.flaw != Flaw::GetsAnother {
            return got;
        }
        Box::pin(async move {
            let record = ContactRecord::of(&*got.await?).with_first_name("Somebody else");
            Ok(Box::new(record) as Box<dyn Contact>)
        })
    }

    fn list(&self, mut query: ListQuery) -> Result<ContactListing, StoreError> {
        if self.flaw == Flaw::ListsFromTheStart {
            query.position = None;
        }
        self.store.list(query)
    }

    fn create<'a>(&'a self, draft: &'a dyn Contact, options: WriteOptions) -> Answer<'a, Written> {
        let mut record = ContactRecord::of(draft);
        match self.flaw {
            Flaw::CreatesWithoutAName => record.first_name = None,
            Flaw::LosesInSilence => {
                (
                    record.links,
                    record.language,
                    record.country,
                    record.priority,
                ) = (None, None, None, None);
                (
                    record.second_last_name,
                    record.source,
                    record.email_marketing,
                ) = (None, None, None);
            }
            Flaw::LosesRawFieldsInSilence | Flaw::TellsTwice => {}
            _ => return self.store.create(draft, options),
        }
        Box::pin(async move {
            let mut written = self.store.create(&record, options).await?;
            if self.flaw == Flaw::LosesRawFieldsInSilence {
                let is_raw = |lost: &Lost| lost.pointer.starts_with("/raw/");
                written.lost.retain(|lost| !is_raw(lost));
            }
            if self.flaw == Flaw::TellsTwice {
                written.lost.extend(written.lost.last().cloned());
            }
            Ok(written)
        })
    }

    fn update<'a>(
        &'a self,
        id: &'a str,
        patch: ContactPatch,
        options: WriteOptions,
    ) -> Answer<'a, Written> {
        match self.flaw {
            Flaw::ClearsTheLastName => self.store.update(id, patch.clear_last_name(), options),
            Flaw::SendsWithoutAKey => {
                let once = options.call(CallOptions::new().no_retries());
                Box::pin(async move {
                    let again = self.store.update(id, patch.clone(), once.clone());
                    match self.store.update(id, patch.clone(), once).await {
                        Err(error) if error.may_have_been_applied() => again.await,
                        result => result,
                    }
                })
            }
            _ => self.store.update(id, patch, options),
        }
    }

    fn delete<'a>(&'a self, id: &'a str, options: WriteOptions) -> Answer<'a, Written> {
        if self.flaw == Flaw::KeepsTheDeleted {
            return Box::pin(async { Ok(Written::new(None, Vec::new())) });
        }
        self.store.delete(id, options)
    }

    fn delete_many<'a>(&'a self, ids: &'a [&'a str], options: WriteOptions) -> Answer<'a, Written> {
        self.store.delete_many(ids, options)
    }

    fn dry_run(&self, planned: Planned<'_>) -> Result<DryRun, StoreError> {
        if self.flaw == Flaw::SendsDryRuns && planned.operation() == Operation::List {
            let store = self.store.clone();
            std::thread::spawn(move || {
                let runtime = tokio::runtime::Builder::new_current_thread()
                    .enable_all()
                    .build()
                    .unwrap();
                runtime.block_on(async {
                    store
                        .list(ListQuery::new())
                        .unwrap()
                        .next()
                        .await
                        .transpose()
                        .map(drop)
                })
            })
            .join()
            .unwrap()?;
        }
        self.store.dry_run(planned)
    }
}

struct Api {
    server: ContactServer,
    flaw: Flaw,
}

impl Subject for Api {
    fn store(&self) -> Box<dyn ContactStore> {
        let settings = Settings::new("truto")
            .base_url(self.server.url("truto"))
            .credential(TOKEN)
            .account(ACCOUNT);
        let store =
            TrutoContacts::connect(&settings.configure(CoreBuilder::no_rate_limiter)).unwrap();
        Box::new(Broken {
            store,
            flaw: self.flaw,
        })
    }

    fn existing(&self) -> ContactRecord {
        let contact = json!({
            "first_name": "Ada", "last_name": "Lovelace", "title": "Countess",
            "email_addresses": [{"email": "ada@example.org"}], "tags": [{"name": "pioneer"}],
        });
        let id = self.server.put("truto", contact);
        let stored = self.server.stored("truto", &id).unwrap().to_string();
        ContactRecord::of(&serde_json::from_str::<truto_client::types::Contact>(&stored).unwrap())
    }

    fn requests_seen(&self) -> usize {
        self.server.requests_seen()
    }

    fn writes_applied(&self) -> Option<usize> {
        Some(self.server.writes_applied())
    }

    fn break_after_next_write(&self) -> bool {
        let kind = FaultKind::DropAfterCommit;
        self.server.set_fault(Some(Fault { on_next: 1, kind }));
        true
    }

    fn secrets(&self) -> Vec<String> {
        vec![TOKEN.to_owned()]
    }
}

/// The promises that a store with this flaw is told to break.
async fn broken(flaw: Flaw) -> Vec<&'static str> {
    let server = ContactServer::start().unwrap();
    let report = conformance::run(&Api { server, flaw }).await;
    let is_broken = |verdict: &Verdict| matches!(verdict, Verdict::Broken(_));
    let broken: Vec<&str> = report
        .verdicts
        .iter()
        .filter(|(_, verdict)| is_broken(verdict))
        .map(|(name, _)| *name)
        .collect();
    assert_eq!(report.is_passed(), broken.is_empty());
    assert_eq!(report.to_string().contains("BROKEN"), !broken.is_empty());
    broken
}

#[tokio::test]
async fn a_store_without_a_flaw_passes() {
    assert_eq!(broken(Flaw::None).await, Vec::<&str>::new());
}

#[tokio::test]
async fn each_flaw_is_found() {
    for (flaw, promise) in [
        (Flaw::GetsAnother, "a_contact_is_given_as_it_is"),
        (
            Flaw::ListsFromTheStart,
            "a_listing_goes_on_where_another_one_stopped",
        ),
        (Flaw::CreatesWithoutAName, "a_created_contact_is_the_draft"),
        (Flaw::LosesInSilence, "what_cannot_be_held_is_told"),
        (
            Flaw::LosesRawFieldsInSilence,
            "what_only_its_own_kind_has_is_told",
        ),
        (Flaw::TellsTwice, "what_only_its_own_kind_has_is_told"),
        (
            Flaw::ClearsTheLastName,
            "an_update_changes_what_it_says_and_nothing_else",
        ),
        (Flaw::KeepsTheDeleted, "a_deleted_contact_is_gone"),
        (Flaw::SendsDryRuns, "a_dry_run_sends_nothing"),
        (
            Flaw::SendsWithoutAKey,
            "what_becomes_of_a_broken_write_is_told",
        ),
        (Flaw::Prints, "nothing_personal_is_printed"),
        (
            Flaw::UpdatesAnyField,
            "a_field_that_the_api_has_not_is_refused_before_anything_is_sent",
        ),
    ] {
        let broken = broken(flaw).await;
        assert!(broken.contains(&promise), "{flaw:?}: {broken:?}");
    }
}
