//! What a contact holds is in what is made of it, or in the list of what is lost.

#![allow(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

mod comparison;

use comparison::same_but_for;
use facade_promises::{Kind, record};
use serde::de::DeserializeOwned;
use std::fmt::Debug;
use unified_contacts::{Contact, ContactRecord, FromContact, Mapped};

const CASES: u64 = 1500;

type TrutoContact = truto_client::types::Contact;
type TrutoLead = truto_client::types::Lead;
type TheLinksContact = thelinks_client::types::Contact;
type UpdatedContact = contact_update_client::types::ContactsUpdateResponse;

fn made_up<T: Contact + DeserializeOwned>(origin: &str) -> impl Fn(u64) -> T + use<T> {
    let contacts = Kind::of(origin).contacts();
    move |seed| {
        let json = contacts(seed).to_string();
        serde_json::from_str(&json).unwrap_or_else(|error| panic!("seed {seed}: {error}: {json}"))
    }
}

/// From an API to a record and back, nothing at all changes.
fn comes_back<T>(origin: &str)
where
    T: Contact + FromContact + DeserializeOwned + PartialEq + Debug,
{
    let contacts = made_up::<T>(origin);
    for seed in 0..CASES {
        let contact = contacts(seed);
        let kept = ContactRecord::of(&contact);
        let text = serde_json::to_string(&kept).unwrap();
        let read: ContactRecord = serde_json::from_str(&text).unwrap();
        assert_eq!(read, kept, "seed {seed}");
        assert_eq!(read.origin.as_deref(), Some(origin));
        let Mapped { value, lost } = T::from_contact(&read);
        assert_eq!(lost, [], "seed {seed}");
        assert!(value == contact, "seed {seed}: {text}");
        // Without the record in between it is the same.
        assert!(T::from_contact(&contact).value == contact, "seed {seed}");
    }
}

/// From a record to an API and back, what changes is in the list.
fn says_what_changes<T: Contact + FromContact>(records: impl Fn(u64) -> ContactRecord) {
    for seed in 0..CASES {
        let before = records(seed);
        let Mapped { value, lost } = T::from_contact(&before);
        let after = ContactRecord::of(&value);
        same_but_for(&before, &after, &lost, &format!("seed {seed}"));
    }
}

fn of<T: Contact + DeserializeOwned>(origin: &'static str) -> impl Fn(u64) -> ContactRecord {
    let contacts = made_up::<T>(origin);
    move |seed| ContactRecord::of(&contacts(seed))
}

#[test]
fn provider_to_record_and_back_changes_nothing() {
    comes_back::<TrutoContact>("truto.contact");
    comes_back::<TrutoLead>("truto.lead");
    comes_back::<TheLinksContact>("thelinks.contact");
    comes_back::<UpdatedContact>("contact-update.contact");
}

#[test]
fn record_to_provider_and_back_changes_only_what_is_lost() {
    says_what_changes::<TrutoContact>(record);
    says_what_changes::<TrutoLead>(record);
    says_what_changes::<TheLinksContact>(record);
    says_what_changes::<UpdatedContact>(record);
}

#[test]
fn provider_to_provider_changes_only_what_is_lost() {
    fn to_all(records: impl Fn(u64) -> ContactRecord) {
        says_what_changes::<TrutoContact>(&records);
        says_what_changes::<TrutoLead>(&records);
        says_what_changes::<TheLinksContact>(&records);
        says_what_changes::<UpdatedContact>(&records);
    }
    to_all(of::<TrutoContact>("truto.contact"));
    to_all(of::<TrutoLead>("truto.lead"));
    to_all(of::<TheLinksContact>("thelinks.contact"));
    to_all(of::<UpdatedContact>("contact-update.contact"));
}

#[test]
fn a_record_of_a_record_is_the_same() {
    for seed in 0..CASES {
        let before = record(seed);
        assert!(ContactRecord::of(&before) == before, "seed {seed}");
        let Mapped { value, lost } = ContactRecord::from_contact(&before);
        assert!(value == before && lost.is_empty(), "seed {seed}");
    }
}

/// A request is what the API keeps: read as a contact of the API, it says the same.
#[test]
fn what_is_created_is_the_draft_but_for_what_is_lost() {
    for seed in 0..CASES {
        let draft = record(seed);
        let mapped = truto_client::types::ContactsCreateRequest::from_contact(&draft);
        let sent = serde_json::to_string(&mapped.value).unwrap();
        let kept: TrutoContact = serde_json::from_str(&sent).unwrap();
        let kept = ContactRecord::of(&kept);
        same_but_for(&draft, &kept, &mapped.lost, &format!("truto, seed {seed}"));

        let mapped = unified_contacts::thelinks::create_request(&draft);
        let Ok(mapped) = mapped else { continue };
        let sent = serde_json::to_string(&mapped.value).unwrap();
        let kept: TheLinksContact = serde_json::from_str(&sent).unwrap();
        let kept = ContactRecord::of(&kept);
        same_but_for(
            &draft,
            &kept,
            &mapped.lost,
            &format!("thelinks, seed {seed}"),
        );
    }
}
