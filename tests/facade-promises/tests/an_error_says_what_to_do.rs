//! What is refused is refused before anything is sent, with a message that says what to do.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use fault_server::{Behaviour, FaultServer};
use unified_contacts::{
    AddressRecord, CallOptions, CompanyRecord, ContactPatch, ContactRecord, ContactStore, Field,
    ListQuery, Operation, ReadOptions, StoreError, StoreErrorKind, WriteOptions, WriteOutcome,
    connect_url, providers,
};

fn store(provider: &str, server: &FaultServer) -> Box<dyn ContactStore> {
    let host = server.url().strip_prefix("http://").unwrap();
    let account = if provider.starts_with("truto") {
        "&account=acc"
    } else {
        ""
    };
    connect_url(&format!("{provider}+http://{host}?token=t0ken{account}")).unwrap()
}

fn refused<T>(result: Result<T, StoreError>) -> StoreError {
    let error = result.err().unwrap();
    assert!(matches!(error.outcome(), WriteOutcome::NotApplied));
    assert!(!error.may_have_been_applied() && !error.is_retryable());
    assert!(error.call().is_none());
    error
}

#[tokio::test]
async fn what_is_not_documented_names_those_that_can() {
    let server = FaultServer::start(Behaviour::drop()).unwrap();
    let thelinks = store("thelinks", &server);
    let error = refused(thelinks.get("1", ReadOptions::new()).await);
    assert_eq!(
        error.to_string(),
        "thelinks: cannot get a contact: the API documents no such operation, truto, truto-leads can"
    );
    assert_eq!(
        (error.kind(), error.operation()),
        (StoreErrorKind::Unsupported, Operation::Get)
    );
    let update = store("contact-update", &server);
    let error = refused(update.list(ListQuery::new()));
    assert_eq!(
        error.to_string(),
        "contact-update: cannot list contacts: the API documents no such operation, truto, truto-leads, thelinks can"
    );
    let leads = store("truto-leads", &server);
    let error = refused(
        leads
            .create(&ContactRecord::new(), WriteOptions::new())
            .await,
    );
    assert_eq!(
        error.to_string(),
        "truto-leads: cannot create a contact: the API documents no such operation, truto, thelinks can"
    );
    let error = refused(leads.delete_many(&["1"], WriteOptions::new()).await);
    assert_eq!(
        error.to_string(),
        "truto-leads: cannot delete several contacts in one call: the API documents no such operation, truto can"
    );
    assert_eq!(server.seen(), 0);
}

#[tokio::test]
async fn an_update_of_thelinks_needs_an_address_and_a_name() {
    let server = FaultServer::start(Behaviour::drop()).unwrap();
    let store = store("thelinks", &server);
    let patch = ContactPatch::new().set_title("Countess");
    let error = refused(store.update("1", patch.clone(), WriteOptions::new()).await);
    assert_eq!(
        error.to_string(),
        "thelinks: cannot update a contact: every update has to carry `first_name` and `emails`, set them or put the \
         patch onto a contact that you hold with `onto`"
    );
    assert_eq!(error.kind(), StoreErrorKind::Incomplete);
    assert_eq!(error.fields(), [Field::FirstName, Field::Emails]);
    // A contact without them is not enough.
    let patch = patch.onto(&ContactRecord::new().with_last_name("Lovelace"));
    refused(store.update("1", patch, WriteOptions::new()).await);
    assert_eq!(server.seen(), 0);
}

#[tokio::test]
async fn fields_that_an_api_has_not_are_named() {
    let server = FaultServer::start(Behaviour::drop()).unwrap();
    let truto = store("truto", &server);
    let patch = ContactPatch::new()
        .set_language("en")
        .set_priority(1)
        .set_first_name("Ada");
    let error = refused(truto.update("1", patch, WriteOptions::new()).await);
    assert_eq!(
        error.to_string(),
        "truto: cannot update a contact: the API has no `language` and `priority` there"
    );
    let patch = ContactPatch::new().add_tag("vip");
    let error = refused(truto.update("1", patch, WriteOptions::new()).await);
    assert_eq!(
        error.to_string(),
        "truto: cannot update a contact: the API replaces `tags` as a whole, put the patch onto a contact that you \
         hold with `onto`"
    );
    let update = store("contact-update", &server);
    let patch = ContactPatch::new().clear_language();
    let error = refused(update.update("1", patch, WriteOptions::new()).await);
    assert_eq!(
        error.to_string(),
        "contact-update: cannot update a contact: the API documents no way to clear `language`, set a value instead"
    );
    let patch = ContactPatch::new().replace_emails(Vec::<&str>::new());
    let error = refused(update.update("1", patch, WriteOptions::new()).await);
    assert_eq!(error.fields(), [Field::Emails]);
    let patch = ContactPatch::new().set_priority(9);
    let error = refused(update.update("1", patch, WriteOptions::new()).await);
    assert_eq!(
        error.to_string(),
        "contact-update: cannot update a contact: the API cannot hold all of it, accept that with `accept_loss`: \
         /priority: the target cannot hold a value of this form"
    );
    let thelinks = store("thelinks", &server);
    let error = refused(thelinks.list(ListQuery::new().created_after("2024-01-01T00:00:00Z")));
    assert_eq!(
        error.to_string(),
        "thelinks: cannot list contacts: the API has no `created_at` there"
    );
    assert_eq!(server.seen(), 0);
}

#[tokio::test]
async fn what_would_be_lost_is_named_place_by_place() {
    let server = FaultServer::start(Behaviour::drop()).unwrap();
    let truto = store("truto", &server);
    let draft = ContactRecord::new()
        .with_first_name("Ada")
        .with_language("en")
        .with_company(CompanyRecord::new().with_name("Analytical Engines"))
        .with_link("https://example.org");
    let error = refused(truto.create(&draft, WriteOptions::new()).await);
    assert_eq!(
        error.to_string(),
        "truto: cannot create a contact: the API cannot hold all of it, accept that with `accept_loss`: /company: the \
         target cannot hold a value of this form; /links: the target has no such field; /language: the target has no such \
         field"
    );
    assert_eq!(error.lost().len(), 3);
    let thelinks = store("thelinks", &server);
    let draft = ContactRecord::new()
        .with_first_name("Ada")
        .with_email("a@example.org")
        .with_email("b@example.org")
        .with_address(AddressRecord::new().with_street_2("2nd floor"));
    let error = refused(thelinks.create(&draft, WriteOptions::new()).await);
    let lost: Vec<String> = error.lost().iter().map(ToString::to_string).collect();
    assert_eq!(
        lost,
        [
            "/emails/1: the target has room for fewer entries",
            "/addresses/0: the target cannot hold a value of this form"
        ]
    );
    assert_eq!(server.seen(), 0);
}

#[tokio::test]
async fn a_write_for_an_integration_is_checked_before_it_is_sent() {
    let server = FaultServer::start(Behaviour::drop()).unwrap();
    let truto = store("truto", &server);
    let capabilities = truto.capabilities();
    let draft = ContactRecord::new()
        .with_first_name("Ada")
        .with_title("Countess");
    for integration in capabilities.integrations() {
        let missing = integration.missing_for(Operation::Create, &draft).count();
        let unsupported = integration
            .unsupported_by(Operation::Create, &draft)
            .count();
        let options = WriteOptions::new()
            .check_for(integration)
            .call(CallOptions::new().no_retries());
        let result = truto.create(&draft, options).await;
        let error = result.err().unwrap();
        if missing + unsupported == 0 {
            // It is sent, and this server drops it.
            assert_eq!(error.kind(), StoreErrorKind::Call, "{integration}");
        } else {
            assert_eq!(error.kind(), StoreErrorKind::Integration, "{integration}");
            assert_eq!(
                error.gaps().len(),
                missing + unsupported,
                "{integration}: {error}"
            );
        }
    }
    let close = capabilities.integration("close").unwrap();
    let error = truto
        .create(&draft, WriteOptions::new().check_for(close))
        .await
        .err()
        .unwrap();
    assert_eq!(
        error.to_string(),
        "truto: cannot create a contact: `company` (`account`) is required by Close and not set"
    );
    let capsule = capabilities.integration("Capsule").unwrap();
    let patch = ContactPatch::new().set_last_name("Lovelace");
    let error = truto
        .update("1", patch, WriteOptions::new().check_for(capsule))
        .await
        .err()
        .unwrap();
    assert_eq!(
        error.to_string(),
        "truto: cannot update a contact: `first_name` is required by Capsule and not set"
    );
    // A lead's source is one of ten for one integration.
    let leads = store("truto-leads", &server);
    let dynamics = leads
        .capabilities()
        .integration("Microsoft Dynamics 365 Sales")
        .unwrap();
    assert_eq!(
        dynamics
            .accepted_values(Operation::Update, Field::Source)
            .len(),
        10
    );
    let patch = ContactPatch::new().set_source("A friend");
    let error = leads
        .update("1", patch, WriteOptions::new().check_for(dynamics))
        .await
        .err()
        .unwrap();
    assert!(
        error.to_string().contains(
            "`source` (`lead_source`) has to be one of `Advertisement`, `Employee Referral`"
        ),
        "{error}"
    );
}

#[tokio::test]
async fn the_runtime_speaks_through_the_error() {
    let server = FaultServer::start([Behaviour::status(404), Behaviour::drop()]).unwrap();
    let truto = store("truto", &server);
    let error = truto.get("1", ReadOptions::new()).await.err().unwrap();
    assert!(error.is_not_found());
    assert_eq!(error.call().unwrap().status(), Some(404));
    assert!(
        error
            .to_string()
            .starts_with("truto: cannot get a contact: contacts_get: "),
        "{error}"
    );
    let patch = ContactPatch::new().set_first_name("Ada");
    let options =
        WriteOptions::new().call(CallOptions::new().no_retries().idempotency_key("my-key"));
    let error = truto.update("1", patch, options).await.err().unwrap();
    let WriteOutcome::Unknown {
        idempotency_key,
        attempts,
        ..
    } = error.outcome()
    else {
        panic!("{error}");
    };
    assert_eq!((idempotency_key, attempts), (Some("my-key"), 1));
}

#[test]
fn a_connection_string_that_is_wrong_is_refused_without_its_values() {
    for (text, message) in [
        ("", "no provider in a connection string"),
        (
            "nobody:",
            "there is no provider of that name, expected one of truto, truto-leads, thelinks, contact-update",
        ),
        (
            "truto://user:s3cret@host",
            "a user, a password or a fragment in a connection string",
        ),
        (
            "truto:?tokn=s3cret",
            "a parameter other than `account`, `token` or `token_env` in a connection string",
        ),
        (
            "truto+ftp://s3cret",
            "something else than `+http` or `+https`",
        ),
        ("truto:s3cret", "a path without a host"),
        (
            "truto:?token_env=S3CRET_NOT_SET",
            "`token_env` names a variable that is not set",
        ),
        ("thelinks:?token=s3cret", "base"),
        (
            "thelinks://host?token=s3cret&account=s3cret",
            "thelinks: the API has no connected accounts, leave `account` out",
        ),
        ("truto+http://example.org?token=s3cret", "http"),
        ("contact-update:?token=s3cret", "base"),
    ] {
        let error = connect_url(text).err().unwrap_or_else(|| panic!("{text}"));
        let printed = format!("{error} {error:?}");
        assert!(error.to_string().contains(message), "{text}: {error}");
        assert!(
            !printed.to_lowercase().contains("s3cret"),
            "{text}: {error}"
        );
    }
}

#[test]
fn every_provider_is_found_by_its_name() {
    let server = FaultServer::start(Behaviour::drop()).unwrap();
    let names: Vec<&str> = providers().map(|provider| provider.name).collect();
    assert_eq!(
        names,
        ["truto", "truto-leads", "thelinks", "contact-update"]
    );
    for name in names {
        let store = store(name, &server);
        assert_eq!(store.provider(), name);
        assert!(!format!("{store:?}").contains("t0ken"));
    }
}
