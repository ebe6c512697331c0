//! A time of a contact is text, and a point in time where the text is one of RFC 3339.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use unified_contacts::{Contact, ContactRecord, Time, Timestamp};

#[test]
fn a_point_in_time_is_the_same_for_both() {
    for (text, milliseconds) in [
        ("2024-05-06T07:08:09Z", 1_714_979_289_000),
        ("2024-05-06T09:08:09+02:00", 1_714_979_289_000),
        ("1969-12-31T23:59:59.5Z", -500),
    ] {
        let contact = ContactRecord::new().with_created_at(Timestamp::as_it_came(text));
        let time = contact.created_at().unwrap();
        assert_eq!(time.as_str(), text);
        assert_eq!(
            time.to_chrono().unwrap().timestamp_millis(),
            milliseconds,
            "{text}"
        );
        let nanoseconds = i128::from(milliseconds) * 1_000_000;
        assert_eq!(
            time.to_time().unwrap().unix_timestamp_nanos(),
            nanoseconds,
            "{text}"
        );
    }
}

#[test]
fn any_other_text_is_kept_and_is_no_point_in_time() {
    for text in ["yesterday", "2024-05-06", "", "06.05.2024 07:08"] {
        let time = Time::new(text);
        assert_eq!(time.as_str(), text);
        assert!(
            time.to_chrono().is_none() && time.to_time().is_none(),
            "{text}"
        );
    }
}
