//! What writing has to do.

use super::{Check, Stop, Subject, ensure, id_of, refused, succeeded};
use crate::capabilities::FieldSupport;
use crate::contact::Contact;
use crate::error::StoreErrorKind;
use crate::field::Field;
use crate::mapped::Lost;
use crate::operation::Operation;
use crate::patch::ContactPatch;
use crate::record::{AddressRecord, ContactRecord};
use crate::store::{ContactStore, ReadOptions, WriteOptions};
use client_runtime::{Json, WriteOutcome};
use std::collections::HashSet;

pub(super) async fn a_created_contact_is_the_draft(
    subject: &dyn Subject,
    store: &dyn ContactStore,
) -> Check {
    if !store.capabilities().supports(Operation::Create) {
        return Err(Stop::NotApplicable("the API documents no create"));
    }
    let draft = subject.draft(1);
    let written = succeeded("create", store.create(&draft, WriteOptions::new()).await)?;
    let Some(created) = written.contact else {
        return Err(Stop::NotApplicable("the answer does not hold the contact"));
    };
    let created = ContactRecord::of(&*created);
    ensure(created.id.is_some(), || {
        "the new contact has no id".to_owned()
    })?;
    let lost: Vec<&str> = written
        .lost
        .iter()
        .map(|lost| lost.pointer.as_str())
        .collect();
    let difference = ContactPatch::between(&draft, &created);
    let changed: Vec<Field> = difference
        .fields()
        .filter(|field| field.is_set(&draft))
        .filter(|field| {
            let place = format!("/{}", field.name());
            !lost.iter().any(|pointer| pointer.starts_with(&place))
        })
        .collect();
    ensure(changed.is_empty(), || {
        format!("{changed:?} of the draft came out otherwise, and are not said to be lost")
    })
}

pub(super) async fn what_cannot_be_held_is_told(
    subject: &dyn Subject,
    store: &dyn ContactStore,
) -> Check {
    if !store.capabilities().supports(Operation::Create) {
        return Err(Stop::NotApplicable("the API documents no create"));
    }
    let mut draft = subject
        .draft(2)
        .with_email("second@example.org")
        .with_phone("+49302")
        .with_phone("+49303")
        .with_phone("+49304")
        .with_address(
            AddressRecord::new()
                .with_city("London")
                .with_street_2("2nd floor"),
        )
        .with_address(AddressRecord::new().with_city("Paris"))
        .with_name("The whole name")
        .with_second_last_name("Byron")
        .with_title("Countess")
        .with_tag("pioneer")
        .with_link("https://example.org")
        .with_language("en")
        .with_country("GB")
        .with_source("a source")
        .with_email_marketing(true)
        .with_created_at(crate::Timestamp::as_it_came("2024-05-06T07:08:09Z"));
    draft.priority = Some(3);
    let before = subject.requests_seen();
    let written = match store.create(&draft, WriteOptions::new()).await {
        Ok(written) => {
            let has_content = written.lost.iter().any(Lost::is_content);
            ensure(!has_content, || {
                "content was lost though nobody accepted that".to_owned()
            })?;
            written
        }
        Err(error) => {
            let is_told = error.kind() == StoreErrorKind::Lossy && !error.lost().is_empty();
            ensure(is_told, || format!("create: {error}"))?;
            ensure(subject.requests_seen() == before, || {
                "a draft that cannot be held was sent".to_owned()
            })?;
            let accepted = store.create(&draft, WriteOptions::new().accept_loss());
            let written = succeeded("create with loss accepted", accepted.await)?;
            let told = written.lost.iter().filter(|lost| lost.is_content());
            ensure(told.eq(error.lost()), || {
                "what is lost is not what was said before".to_owned()
            })?;
            written
        }
    };
    let Some(created) = written.contact else {
        return Ok(());
    };
    let created = ContactRecord::of(&*created);
    for field in ContactPatch::changeable()
        .iter()
        .filter(|field| field.is_set(&draft))
    {
        let place = format!("/{}", field.name());
        let is_told = written
            .lost
            .iter()
            .any(|lost| lost.pointer.starts_with(&place));
        ensure(is_told || field.is_set(&created), || {
            format!("`{field}` is gone, and not said to be lost")
        })?;
    }
    Ok(())
}

/// A copy of one of the API's own contacts leaves behind what only answers hold: unknown fields, also those of entries.
pub(super) async fn what_only_its_own_kind_has_is_told(
    subject: &dyn Subject,
    store: &dyn ContactStore,
) -> Check {
    if !store.capabilities().supports(Operation::Create) {
        return Err(Stop::NotApplicable("the API documents no create"));
    }
    let mut contact = subject.existing();
    contact
        .raw
        .insert("/unheard of", Json::from(serde_json::Value::Bool(true)));
    let entries = contact
        .emails
        .iter_mut()
        .flatten()
        .map(|entry| &mut entry.extra);
    for extra in entries {
        extra.insert("unheard of", Json::from(serde_json::Value::Bool(true)));
    }
    let create = store.create(&contact, WriteOptions::new().accept_loss());
    let written = succeeded("create of a copy", create.await)?;
    let mut told = HashSet::new();
    for lost in &written.lost {
        ensure(told.insert(lost.pointer.as_str()), || {
            format!("`{}` is said to be lost twice", lost.pointer)
        })?;
    }
    let created = written.contact.map(|created| ContactRecord::of(&*created));
    let has_raw = |created: &ContactRecord| created.raw.get("/unheard of").is_some();
    ensure(
        told.contains("/raw/~1unheard of") || created.as_ref().is_some_and(has_raw),
        || "an unknown field of the contact is gone, and not said to be lost".to_owned(),
    )?;
    for index in 0..contact.emails.as_ref().map_or(0, Vec::len) {
        let places = [
            format!("/emails/{index}/extra"),
            format!("/emails/{index}"),
            "/emails".to_owned(),
        ];
        let is_told = places.iter().any(|place| told.contains(place.as_str()));
        let is_kept = created.as_ref().and_then(|created| created.emails.as_ref());
        let is_kept = is_kept.and_then(|emails| emails.get(index));
        let is_kept = is_kept.is_some_and(|email| email.extra.get("unheard of").is_some());
        ensure(is_told || is_kept, || {
            format!("an unknown field of `/emails/{index}` is gone, and not said to be lost")
        })?;
    }
    Ok(())
}

pub(super) async fn an_update_changes_what_it_says_and_nothing_else(
    subject: &dyn Subject,
    store: &dyn ContactStore,
) -> Check {
    let capabilities = store.capabilities();
    if !capabilities.supports(Operation::Update) {
        return Err(Stop::NotApplicable("the API documents no update"));
    }
    let existing = subject.existing();
    let id = id_of(&existing)?.to_owned();
    let supports =
        |field| capabilities.field(Operation::Update, field) != FieldSupport::Unsupported;
    let mut patch = ContactPatch::new();
    if supports(Field::FirstName) {
        patch = patch.set_first_name("Augusta Ada");
    }
    if supports(Field::Title) {
        patch = if capabilities.can_clear(Field::Title) && existing.title().is_some() {
            patch.clear_title()
        } else {
            patch.set_title("Countess")
        };
    }
    let update = store.update(&id, patch.clone().onto(&existing), WriteOptions::new());
    let written = succeeded("update", update.await)?;
    let after = match written.contact {
        Some(contact) => ContactRecord::of(&*contact),
        None if capabilities.supports(Operation::Get) => {
            let got = succeeded("get", store.get(&id, ReadOptions::new()).await)?;
            ContactRecord::of(&*got)
        }
        None => return Err(Stop::NotApplicable("the contact cannot be read back")),
    };
    let difference = ContactPatch::between(&existing, &after);
    ensure(difference == patch, || {
        format!("{patch:?} was asked for, {difference:?} was done")
    })
}

pub(super) async fn entries_are_added_and_taken_out(
    subject: &dyn Subject,
    store: &dyn ContactStore,
) -> Check {
    let capabilities = store.capabilities();
    if capabilities.field(Operation::Update, Field::Tags) == FieldSupport::Unsupported {
        return Err(Stop::NotApplicable(
            "the API has no tags that can be changed",
        ));
    }
    let existing = subject.existing();
    let id = id_of(&existing)?.to_owned();
    let patch = ContactPatch::new().add_tag("one more").add_tag("two more");
    let update = store.update(&id, patch.onto(&existing), WriteOptions::new());
    let written = succeeded("update", update.await)?;
    let Some(after) = written.contact else {
        return Err(Stop::NotApplicable("the answer does not hold the contact"));
    };
    let patch = ContactPatch::new().remove_tag("one more");
    let update = store.update(&id, patch.onto(&*after), WriteOptions::new());
    let written = succeeded("update", update.await)?;
    let names = |contact: &dyn Contact| -> Vec<String> {
        let tags = contact.tags().filter_map(|tag| tag.name);
        tags.map(str::to_owned).collect()
    };
    let mut expected = names(&existing);
    expected.push("two more".to_owned());
    let found = written.contact.map(|contact| names(&*contact));
    ensure(found.as_ref() == Some(&expected), || {
        format!("{} tags were expected, {found:?} found", expected.len())
    })
}

pub(super) async fn what_becomes_of_a_broken_write_is_told(
    subject: &dyn Subject,
    store: &dyn ContactStore,
) -> Check {
    let capabilities = store.capabilities();
    if !capabilities.supports(Operation::Update) {
        return Err(Stop::NotApplicable("the API documents no update"));
    }
    let existing = subject.existing();
    let id = id_of(&existing)?.to_owned();
    let before = subject.writes_applied();
    if !subject.break_after_next_write() {
        return Err(Stop::NotApplicable("the server cannot break a write"));
    }
    let patch = ContactPatch::new()
        .set_first_name("Augusta")
        .onto(&existing);
    let result = store.update(&id, patch, WriteOptions::new()).await;
    if let (Some(before), Some(after)) = (before, subject.writes_applied()) {
        ensure(after == before + 1, || {
            format!("one write was applied {} times", after - before)
        })?;
    }
    if capabilities.idempotency_keys {
        // The write is sent again under its key, and the server says what it said, or would have said.
        succeeded("an update under a key", result)?;
        return Ok(());
    }
    let error = refused("an update whose answer was lost", result)?;
    let is_unknown = matches!(error.outcome(), WriteOutcome::Unknown { .. });
    ensure(is_unknown && error.may_have_been_applied(), || {
        format!("the outcome is not told as unknown: {error}")
    })
}

pub(super) async fn a_deleted_contact_is_gone(
    subject: &dyn Subject,
    store: &dyn ContactStore,
) -> Check {
    let capabilities = store.capabilities();
    if !capabilities.supports(Operation::Delete) {
        return Err(Stop::NotApplicable("the API documents no delete"));
    }
    let existing = subject.existing();
    let id = id_of(&existing)?;
    succeeded("delete", store.delete(id, WriteOptions::new()).await)?;
    if capabilities.supports(Operation::Get) {
        let error = refused("get", store.get(id, ReadOptions::new()).await)?;
        ensure(error.is_not_found(), || {
            format!("get after delete: {error}")
        })?;
    }
    Ok(())
}
