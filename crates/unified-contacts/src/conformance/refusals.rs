//! What has to be refused, and what must not be sent or printed.

use super::{Check, Stop, Subject, ensure, refused, succeeded};
use crate::capabilities::FieldSupport;
use crate::error::{StoreError, StoreErrorKind};
use crate::field::Field;
use crate::operation::Operation;
use crate::patch::ContactPatch;
use crate::record::ContactRecord;
use crate::store::{ContactStore, ListQuery, Planned, ReadOptions, WriteOptions};
use crate::{Json, JsonObject};
use std::collections::BTreeMap;

/// Runs an operation on a contact, for what comes of it.
async fn attempt(
    store: &dyn ContactStore,
    operation: Operation,
    id: &str,
    contact: &ContactRecord,
) -> Result<(), StoreError> {
    let patch = ContactPatch::new().set_first_name("Ada").onto(contact);
    let write = WriteOptions::new().accept_loss();
    match operation {
        Operation::Get => store.get(id, ReadOptions::new()).await.map(drop),
        Operation::List => match store.list(ListQuery::new()) {
            Ok(mut listing) => listing.next().await.transpose().map(drop),
            Err(error) => Err(error),
        },
        Operation::Create => store.create(contact, write).await.map(drop),
        Operation::Update => store.update(id, patch, write).await.map(drop),
        Operation::Delete => store.delete(id, write).await.map(drop),
        Operation::DeleteMany => store.delete_many(&[id], write).await.map(drop),
    }
}

pub(super) async fn what_is_not_documented_is_refused_before_anything_is_sent(
    subject: &dyn Subject,
    store: &dyn ContactStore,
) -> Check {
    let contact = subject.existing();
    let mut is_shown = false;
    for operation in Operation::ALL.iter().copied() {
        if store.capabilities().supports(operation) {
            continue;
        }
        is_shown = true;
        let before = subject.requests_seen();
        let id = contact.id.as_deref().unwrap_or("1");
        let error = refused(
            operation.phrase(),
            attempt(store, operation, id, &contact).await,
        )?;
        ensure(error.kind() == StoreErrorKind::Unsupported, || {
            format!("cannot {}: {error}", operation.phrase())
        })?;
        ensure(
            error.operation() == operation && error.provider() == store.provider(),
            || format!("the error of {operation} names another operation or provider: {error}"),
        )?;
        ensure(!error.may_have_been_applied(), || {
            format!("{operation} may have been applied")
        })?;
        ensure(subject.requests_seen() == before, || {
            format!("{operation} is not documented and was sent")
        })?;
    }
    if is_shown {
        Ok(())
    } else {
        Err(Stop::NotApplicable("the API documents every operation"))
    }
}

/// A change to one field.
fn change_of(field: Field) -> Option<ContactPatch> {
    let mut after = ContactRecord::new();
    match field {
        Field::Name => after.name = Some("Ada Lovelace".to_owned()),
        Field::FirstName => after.first_name = Some("Ada".to_owned()),
        Field::LastName => after.last_name = Some("Lovelace".to_owned()),
        Field::SecondLastName => after.second_last_name = Some("Byron".to_owned()),
        Field::Title => after.title = Some("Countess".to_owned()),
        Field::Emails => after = after.with_email("ada@example.org"),
        Field::Phones => after = after.with_phone("+49301"),
        Field::Addresses => {
            after = after.with_address(crate::AddressRecord::new().with_city("London"));
        }
        Field::Company => {
            after.company = Some(
                crate::CompanyRecord::new()
                    .with_id("1")
                    .with_name("Engines"),
            );
        }
        Field::Owner => after.owner = Some("1".into()),
        Field::Tags => after = after.with_tag("pioneer"),
        Field::Links => after = after.with_link("https://example.org"),
        Field::EmailMarketing => after.email_marketing = Some(true),
        Field::EmailTransactional => after.email_transactional = Some(true),
        Field::WhatsappMarketing => after.whatsapp_marketing = Some(true),
        Field::WhatsappTransactional => after.whatsapp_transactional = Some(true),
        Field::Language => after.language = Some("en".to_owned()),
        Field::Country => after.country = Some("GB".to_owned()),
        Field::Priority => after.priority = Some(3),
        Field::Source => after.source = Some("email".to_owned()),
        Field::ExternalReferences => {
            let reference = crate::ExternalReferenceRecord::new().with_id("1");
            after.external_references = Some(vec![reference]);
        }
        Field::CustomFields => {
            let fields = BTreeMap::from([("a".to_owned(), Json::default())]);
            after.custom_fields = Some(JsonObject::from(fields));
        }
        _ => return None,
    }
    Some(ContactPatch::between(&ContactRecord::new(), &after))
}

pub(super) async fn a_field_that_the_api_has_not_is_refused_before_anything_is_sent(
    subject: &dyn Subject,
    store: &dyn ContactStore,
) -> Check {
    let capabilities = store.capabilities();
    if !capabilities.supports(Operation::Update) {
        return Err(Stop::NotApplicable("the API documents no update"));
    }
    let contact = subject.existing();
    let id = contact.id.as_deref().unwrap_or("1");
    for field in Field::ALL.iter().copied() {
        let Some(patch) = change_of(field) else {
            continue;
        };
        if capabilities.field(Operation::Update, field) != FieldSupport::Unsupported {
            continue;
        }
        let before = subject.requests_seen();
        let patch = patch.onto(&contact);
        let update = store.update(id, patch, WriteOptions::new().accept_loss());
        let error = refused(&format!("an update of `{field}`"), update.await)?;
        ensure(
            error.is_unsupported() && error.fields().contains(&field),
            || format!("an update of `{field}`: {error}"),
        )?;
        ensure(subject.requests_seen() == before, || {
            format!("an update of `{field}` was sent")
        })?;
    }
    Ok(())
}

pub(super) async fn an_id_that_could_leave_its_place_is_refused(
    subject: &dyn Subject,
    store: &dyn ContactStore,
) -> Check {
    let contact = subject.existing();
    let by_id = [Operation::Get, Operation::Update, Operation::Delete];
    for operation in by_id {
        if !store.capabilities().supports(operation) {
            continue;
        }
        for id in ["", ".", "..", "%2e%2e", "a\\b", "\u{0}", "..%2f"] {
            let known = attempt(store, operation, id, &contact).await;
            let error = refused(&format!("{operation} with the id {id:?}"), known)?;
            // Either it is refused before it is sent, or it stays an id that nobody has.
            let is_refused = error.call().is_none_or(|call| call.attempts() == 0);
            ensure(is_refused || error.is_not_found(), || {
                format!("{operation} with the id {id:?}: {error}")
            })?;
        }
    }
    Ok(())
}

#[expect(clippy::unused_async, reason = "every check is called in the same way")]
pub(super) async fn a_dry_run_sends_nothing(
    subject: &dyn Subject,
    store: &dyn ContactStore,
) -> Check {
    let contact = subject.existing();
    let draft = subject.draft(1);
    let id = contact.id.as_deref().unwrap_or("1");
    let patch = ContactPatch::new().set_first_name("Ada").onto(&contact);
    let before = subject.requests_seen();
    let ids = [id];
    let plans = [
        Planned::Get(id),
        Planned::List(ListQuery::new()),
        Planned::Create(&draft, WriteOptions::new().accept_loss()),
        Planned::Update(id, &patch, WriteOptions::new().accept_loss()),
        Planned::Delete(id, WriteOptions::new()),
        Planned::DeleteMany(&ids, WriteOptions::new()),
    ];
    let mut is_shown = false;
    for planned in plans {
        let operation = planned.operation();
        let planned = store.dry_run(planned);
        if !store.capabilities().supports(operation) {
            let error = refused(&format!("a dry run of {operation}"), planned)?;
            ensure(error.is_unsupported(), || {
                format!("a dry run of {operation}: {error}")
            })?;
            continue;
        }
        let request = match planned {
            Err(error) if error.is_unsupported() => continue,
            planned => succeeded(&format!("a dry run of {operation}"), planned)?,
        };
        is_shown = true;
        let mut shown = format!("{} {}", request.method(), request.url());
        for (name, value) in request.headers() {
            shown.extend([name, value.unwrap_or_default()]);
        }
        for secret in subject.secrets() {
            ensure(!shown.contains(&secret), || {
                format!("a dry run of {operation} shows a secret")
            })?;
        }
    }
    ensure(subject.requests_seen() == before, || {
        "a dry run was sent".to_owned()
    })?;
    if is_shown {
        Ok(())
    } else {
        Err(Stop::NotApplicable("the store has no dry run"))
    }
}

pub(super) async fn nothing_personal_is_printed(
    subject: &dyn Subject,
    store: &dyn ContactStore,
) -> Check {
    const CANARY: &str = "c4nary";
    let id = format!("id-{CANARY}");
    let name = format!("Ada {CANARY}");
    let mut contact = subject.existing();
    contact.first_name = Some(name.clone());
    contact.id = Some(id.clone());
    let mut printed = vec![format!("{store:?} {contact:?}")];
    for operation in Operation::ALL.iter().copied() {
        if let Err(error) = attempt(store, operation, &id, &contact).await {
            printed.push(format!("{error} {error:?} {error:#?}"));
            let mut source = std::error::Error::source(&error);
            while let Some(cause) = source {
                printed.push(format!("{cause} {cause:?}"));
                source = cause.source();
            }
        }
    }
    let patch = ContactPatch::new().set_first_name(name).onto(&contact);
    printed.push(format!("{patch:?} {patch:#?}"));
    if let Ok(listing) = store.list(ListQuery::new()) {
        printed.push(format!("{listing:?}"));
    }
    let printed = printed.concat();
    let mut secrets = subject.secrets();
    secrets.push(CANARY.to_owned());
    for secret in secrets {
        ensure(!printed.contains(&secret), || {
            let at = printed.find(&secret).unwrap_or_default();
            let before = printed.get(..at).unwrap_or_default();
            let context: String = before.chars().rev().take(60).collect();
            let context: String = context.chars().rev().collect();
            format!("something personal or secret is printed after `{context}`")
        })?;
    }
    Ok(())
}
