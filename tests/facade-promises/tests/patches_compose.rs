//! The laws of patches.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use facade_promises::{patch, record};
use unified_contacts::{Contact, ContactPatch, ContactRecord, Field};

const CASES: u64 = 1500;

#[test]
fn the_difference_that_a_patch_makes_is_that_patch() {
    for seed in 0..CASES {
        let (before, after) = (record(seed), record(seed + CASES));
        let patch = ContactPatch::between(&before, &after);
        let changed = patch.apply_to(&before);
        assert!(
            ContactPatch::between(&before, &changed) == patch,
            "seed {seed}: {patch:?}"
        );
        // Nothing is left to change.
        assert!(
            ContactPatch::between(&changed, &after).is_empty(),
            "seed {seed}"
        );
    }
}

#[test]
fn what_a_patch_changes_is_what_the_difference_changes() {
    for seed in 0..CASES {
        let (before, patch) = (record(seed), patch(seed));
        let changed = patch.apply_to(&before);
        let difference = ContactPatch::between(&before, &changed);
        assert!(difference.apply_to(&before) == changed, "seed {seed}");
        let named: Vec<Field> = patch.fields().collect();
        assert!(
            difference.fields().all(|field| named.contains(&field)),
            "seed {seed}: {difference:?} is more than {patch:?}"
        );
    }
}

#[test]
fn one_patch_and_then_another_are_one() {
    for seed in 0..CASES {
        let contact = record(seed);
        let (first, second, third) = (patch(seed + 1), patch(seed + 2), patch(seed + 3));
        let one_by_one = second.apply_to(&first.apply_to(&contact));
        let both = first.clone().then(second.clone());
        assert!(
            both.apply_to(&contact) == one_by_one,
            "seed {seed}: {both:?}"
        );
        let left = first.clone().then(second.clone()).then(third.clone());
        let right = first.then(second.then(third));
        assert!(
            left.apply_to(&contact) == right.apply_to(&contact),
            "seed {seed}: not associative"
        );
    }
}

#[test]
fn no_change_changes_nothing() {
    for seed in 0..CASES {
        let (contact, patch) = (record(seed), patch(seed));
        assert!(ContactPatch::new().apply_to(&contact) == contact);
        assert!(ContactPatch::new().then(patch.clone()) == patch);
        assert!(patch.clone().then(ContactPatch::new()) == patch);
    }
}

#[test]
fn a_patch_onto_a_contact_changes_it_as_before() {
    for seed in 0..CASES {
        let (contact, patch) = (record(seed), patch(seed));
        let onto = patch.clone().onto(&contact);
        assert!(
            onto.apply_to(&contact) == patch.apply_to(&contact),
            "seed {seed}"
        );
        assert!(onto.base() == Some(&contact));
    }
}

#[test]
fn a_patch_is_the_same_after_it_was_written_as_json() {
    for seed in 0..CASES {
        let patch = patch(seed);
        let text = serde_json::to_string(&patch).unwrap();
        let read: ContactPatch = serde_json::from_str(&text).unwrap();
        assert!(read == patch, "seed {seed}: {text}");
    }
}

#[test]
fn keep_clear_and_set_are_three_things_in_json() {
    let patch = ContactPatch::new()
        .set_first_name("Ada")
        .clear_title()
        .replace_tags(["a"])
        .remove_email("x@y");
    assert_eq!(
        serde_json::to_string(&patch).unwrap(),
        r#"{"first_name":"Ada","title":null,"emails":{"remove":[{"address":"x@y"}],"add":[]},"tags":[{"name":"a"}]}"#
    );
    assert!(
        serde_json::from_str::<ContactPatch>("{}")
            .unwrap()
            .is_empty()
    );
}

/// What an entry says besides does not matter for whether it is the same one.
#[test]
fn an_entry_is_taken_out_by_its_name() {
    let tag = r#"{"tags":[{"id":"7","name":"vip"},{"name":"new"}]}"#;
    let contact: ContactRecord = serde_json::from_str(tag).unwrap();
    let patch = ContactPatch::new()
        .remove_tag("vip")
        .add_tag("new")
        .add_tag("old");
    let changed = patch.apply_to(&contact);
    let names: Vec<_> = changed.tags().filter_map(|tag| tag.name).collect();
    assert_eq!(names, ["new", "old"]);
}
