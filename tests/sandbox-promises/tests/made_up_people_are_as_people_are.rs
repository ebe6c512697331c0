//! Made-up people are the same for the same seed, have names in many scripts, and are rarely complete.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use sandbox::Sandbox;
use serde_json::Value;
use std::collections::HashSet;

fn people(seed: u64, api: &str, account: Option<&str>, count: usize) -> Vec<Value> {
    let sandbox = Sandbox::builder().seed(seed).start().unwrap();
    sandbox.seed(api, "contacts", account, count).unwrap();
    let mut records = sandbox.records(api, "contacts", account);
    for record in &mut records {
        // When they were put there is not theirs.
        record.as_object_mut().unwrap().remove("updated_at");
    }
    records
}

#[test]
fn the_same_seed_has_the_same_people() {
    for (api, account) in [
        ("truto", Some(Sandbox::ACCOUNT)),
        ("thelinks", None),
        ("contact-update", None),
    ] {
        let first = people(1, api, account, 50);
        assert_eq!(first.len(), 50);
        assert_eq!(people(1, api, account, 50), first);
        assert_ne!(people(2, api, account, 50), first);
        // Those that come later change nothing of those that were there.
        assert_eq!(people(1, api, account, 60)[..50], first);
    }
}

#[test]
fn they_are_of_many_scripts_and_rarely_complete() {
    let people = people(7, "truto", Some(Sandbox::ACCOUNT), 3000);
    let text = serde_json::to_string(&people).unwrap();
    for (script, range) in [
        ("Arabic", '\u{600}'..='\u{6ff}'),
        ("Han", '\u{4e00}'..='\u{9fff}'),
        ("Cyrillic", '\u{400}'..='\u{4ff}'),
        ("Devanagari", '\u{900}'..='\u{97f}'),
        ("Hangul", '\u{ac00}'..='\u{d7a3}'),
        ("Hebrew", '\u{590}'..='\u{5ff}'),
        ("Hiragana", '\u{3040}'..='\u{309f}'),
        ("Thai", '\u{e00}'..='\u{e7f}'),
    ] {
        assert!(
            text.chars().any(|letter| range.contains(&letter)),
            "nobody writes {script}"
        );
    }
    for field in [
        "last_name",
        "phone_numbers",
        "title",
        "account",
        "tags",
        "addresses",
    ] {
        let there = people
            .iter()
            .filter(|person| person.get(field).is_some())
            .count();
        assert!((300..3000).contains(&there), "{there} of 3000 have {field}");
    }
    let emails: HashSet<&str> = people
        .iter()
        .map(|person| person["email_addresses"][0]["email"].as_str().unwrap())
        .collect();
    assert_eq!(emails.len(), 3000);
    let ids: HashSet<&str> = people
        .iter()
        .map(|person| person["id"].as_str().unwrap())
        .collect();
    assert_eq!(ids.len(), 3000);
}

#[test]
fn what_there_is_not_is_said() {
    let sandbox = Sandbox::start().unwrap();
    let error = sandbox
        .seed("hubspot", "contacts", None, 1)
        .unwrap_err()
        .to_string();
    assert_eq!(
        error,
        "no API is called `hubspot`, expected one of: truto, thelinks, contact-update"
    );
    let error = sandbox
        .seed("truto", "deals", None, 1)
        .unwrap_err()
        .to_string();
    assert_eq!(
        error,
        "`truto` has no resource `deals`, expected one of: contacts, leads"
    );
}
