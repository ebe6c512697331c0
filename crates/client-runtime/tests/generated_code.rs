//! What generated code asks of the runtime besides sending.

use client_runtime::{FieldName, fmt_fields};
use serde::Deserialize as _;

struct Shown;

impl std::fmt::Debug for Shown {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        fmt_fields(
            formatter,
            "Contact",
            &[("first_name", true), ("last_name", false), ("emails", true)],
        )
    }
}

#[test]
fn debug_of_a_record_names_the_fields_that_are_set() {
    assert_eq!(format!("{Shown:?}"), "Contact { first_name, emails }");
}

#[test]
fn field_names_are_read_with_and_without_escapes() {
    let plain: FieldName<'_> = serde_json::from_str(r#""a_b""#).unwrap();
    assert_eq!(plain.as_str(), "a_b");
    let escaped: FieldName<'_> = serde_json::from_str(r#""a\"b""#).unwrap();
    assert_eq!(escaped.into_string(), "a\"b");
    let owned: FieldName<'_> = FieldName::deserialize(serde_json::json!("a")).unwrap();
    assert_eq!(owned.as_str(), "a");
}
