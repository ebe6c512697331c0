//! What reading has to give.

use super::{Check, Stop, Subject, ensure, id_of, refused, succeeded};
use crate::operation::Operation;
use crate::patch::ContactPatch;
use crate::record::ContactRecord;
use crate::store::{ContactStore, ListQuery, ReadOptions, WriteOptions};
use std::collections::BTreeSet;
use std::future::poll_fn;
use std::task::Poll;

pub(super) async fn a_contact_is_given_as_it_is(
    subject: &dyn Subject,
    store: &dyn ContactStore,
) -> Check {
    if !store.capabilities().supports(Operation::Get) {
        return Err(Stop::NotApplicable("the API documents no get"));
    }
    let existing = subject.existing();
    let got = store.get(id_of(&existing)?, ReadOptions::new()).await;
    let got = succeeded("get", got)?;
    let got = ContactRecord::of(&*got);
    ensure(got.origin.is_some(), || {
        "the contact has no origin".to_owned()
    })?;
    ensure(got.id == existing.id, || "the id is another one".to_owned())?;
    let difference = ContactPatch::between(&existing, &got);
    ensure(difference.is_empty(), || {
        format!("the contact is another one: {difference:?}")
    })
}

pub(super) async fn an_unknown_contact_is_not_found(
    subject: &dyn Subject,
    store: &dyn ContactStore,
) -> Check {
    let id = "an-id-that-nobody-has";
    let capabilities = store.capabilities();
    let mut is_shown = false;
    if capabilities.supports(Operation::Get) {
        is_shown = true;
        let error = refused("get", store.get(id, ReadOptions::new()).await)?;
        ensure(error.is_not_found(), || format!("get: {error}"))?;
        ensure(error.to_string().contains(store.provider()), || {
            format!("the error does not name the provider: {error}")
        })?;
    }
    if capabilities.supports(Operation::Update) {
        is_shown = true;
        let patch = ContactPatch::new()
            .set_first_name("Ada")
            .onto(&subject.existing());
        let error = refused("update", store.update(id, patch, WriteOptions::new()).await)?;
        ensure(error.is_not_found(), || format!("update: {error}"))?;
        ensure(!error.may_have_been_applied(), || {
            "an update of nobody may have been applied".to_owned()
        })?;
    }
    if is_shown {
        Ok(())
    } else {
        Err(Stop::NotApplicable("the API takes no id"))
    }
}

/// Puts contacts into the server, and gives the ids of all that are there by a listing of the smallest pages.
async fn listed(
    subject: &dyn Subject,
    store: &dyn ContactStore,
    query: ListQuery,
) -> Result<(Vec<String>, ContactRecord), Stop> {
    if !store.capabilities().supports(Operation::List) {
        return Err(Stop::NotApplicable("the API documents no list"));
    }
    let existing = subject.existing();
    if store.capabilities().supports(Operation::Create) {
        for number in 100..123 {
            let draft = subject.draft(number);
            let created = store.create(&draft, WriteOptions::new().accept_loss());
            succeeded("create", created.await)?;
        }
    }
    let mut listing = succeeded("list", store.list(query))?;
    let mut ids = Vec::new();
    while let Some(contact) = listing.next().await {
        let contact = succeeded("list", contact)?;
        ids.push(id_of(&*contact)?.to_owned());
    }
    Ok((ids, existing))
}

pub(super) async fn a_listing_gives_every_contact_once(
    subject: &dyn Subject,
    store: &dyn ContactStore,
) -> Check {
    let query = ListQuery::new().page_size(5);
    let (ids, existing) = listed(subject, store, query).await?;
    let unique: BTreeSet<&String> = ids.iter().collect();
    ensure(unique.len() == ids.len(), || {
        "a contact is given twice".to_owned()
    })?;
    let is_there = existing.id.as_ref().is_some_and(|id| unique.contains(id));
    ensure(is_there, || "a contact is not given".to_owned())
}

pub(super) async fn a_listing_goes_on_where_another_one_stopped(
    subject: &dyn Subject,
    store: &dyn ContactStore,
) -> Check {
    let query = ListQuery::new().page_size(4);
    let (ids, _) = listed(subject, store, query.clone()).await?;
    let mut listing = succeeded("list", store.list(query.clone()))?;
    let mut given = Vec::new();
    while given.len() < ids.len().div_ceil(2) {
        let Some(contact) = listing.next().await else {
            break;
        };
        let contact = succeeded("list", contact)?;
        given.push(id_of(&*contact)?.to_owned());
    }
    let position = listing.position().clone();
    drop(listing);
    let mut rest = succeeded("list", store.list(query.resume(position)))?;
    while let Some(contact) = rest.next().await {
        let contact = succeeded("list", contact)?;
        given.push(id_of(&*contact)?.to_owned());
    }
    ensure(given == ids, || {
        format!(
            "{} contacts are given in two parts, {} in one",
            given.len(),
            ids.len()
        )
    })
}

pub(super) async fn a_dropped_call_leaves_the_store_usable(
    subject: &dyn Subject,
    store: &dyn ContactStore,
) -> Check {
    let existing = subject.existing();
    let id = id_of(&existing)?;
    let capabilities = store.capabilities();
    for _ in 0..5 {
        if capabilities.supports(Operation::Get) {
            let mut call = store.get(id, ReadOptions::new());
            poll_fn(|context| Poll::Ready(call.as_mut().poll(context).is_ready())).await;
        } else {
            let patch = ContactPatch::new().set_first_name("Ada").onto(&existing);
            let mut call = store.update(id, patch, WriteOptions::new());
            poll_fn(|context| Poll::Ready(call.as_mut().poll(context).is_ready())).await;
        }
    }
    if capabilities.supports(Operation::Get) {
        succeeded("get", store.get(id, ReadOptions::new()).await)?;
    } else {
        let patch = ContactPatch::new().set_first_name("Ada").onto(&existing);
        succeeded("update", store.update(id, patch, WriteOptions::new()).await)?;
    }
    Ok(())
}
