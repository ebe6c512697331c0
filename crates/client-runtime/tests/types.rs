//! What the types for schemas do on the wire.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use client_runtime::{Json, Nullable, Open, Secret, Timestamp, UnknownFields, present};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::fmt;
use std::str::FromStr;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Kind {
    Work,
}

impl fmt::Display for Kind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("work")
    }
}

impl FromStr for Kind {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        (text == "work").then_some(Self::Work).ok_or(())
    }
}

#[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
struct Patch {
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "present"
    )]
    nick: Option<Nullable<String>>,
}

#[test]
fn absent_null_and_value_are_three_states() {
    for text in ["{}", r#"{"nick":null}"#, r#"{"nick":"Bo"}"#] {
        let patch: Patch = serde_json::from_str(text).unwrap();
        assert_eq!(serde_json::to_string(&patch).unwrap(), text);
    }
    assert_eq!(
        serde_json::from_str::<Patch>(r#"{"nick":null}"#)
            .unwrap()
            .nick,
        Some(Nullable::Null)
    );
}

#[test]
fn an_unknown_enum_value_is_kept_and_sent_back() {
    let values: Vec<Open<Kind>> = serde_json::from_str(r#"["work","pager","wörk"]"#).unwrap();
    assert_eq!(values[0], Open::Known(Kind::Work));
    assert_eq!(values[1].other(), Some("pager"));
    assert_eq!(
        serde_json::to_string(&values).unwrap(),
        r#"["work","pager","wörk"]"#
    );
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Flattened {
    id: u32,
    #[serde(flatten)]
    rest: UnknownFields,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
enum Untagged {
    Number(u8),
    Any(Json),
}

#[test]
fn json_reads_and_writes_in_every_position() {
    let text = r#"{"id":1,"a":{"b":[1,2.50,null]},"c":"é"}"#;
    let value: Flattened = serde_json::from_str(text).unwrap();
    assert_eq!(value.rest.get("c"), Some(&Json::from(json!("é"))));
    assert_eq!(
        value.rest.get("a"),
        Some(&Json::from(json!({"b": [1, 2.5, null]})))
    );
    let back: Flattened = serde_json::from_str(&serde_json::to_string(&value).unwrap()).unwrap();
    assert_eq!(back, value);
    for text in [
        "true",
        "null",
        "-3",
        "300",
        "1.5",
        r#""x""#,
        "[1,[2]]",
        r#"{"k":{}}"#,
    ] {
        let any: Untagged = serde_json::from_str(text).unwrap();
        assert_eq!(serde_json::to_string(&any).unwrap(), text);
        let parsed: serde_json::Value = serde_json::from_str(text).unwrap();
        assert_eq!(
            serde_json::from_value::<Json>(parsed.clone())
                .unwrap()
                .get(),
            text
        );
        assert_eq!(
            serde_json::to_value(Json::from(parsed.clone())).unwrap(),
            parsed
        );
    }
}

#[test]
fn json_keeps_its_text_and_compares_by_value() {
    let text = r#"{ "a" : 1.00, "b":"\u0041" }"#;
    let value: Json = text.parse().unwrap();
    assert_eq!(value.get(), text);
    assert_eq!(value, Json::from(json!({"b": "A", "a": 1.0})));
    assert_ne!(value, Json::from(json!({"b": "A", "a": 2.0})));
    assert!(Json::default().is_null());
}

#[test]
fn json_that_nests_too_deep_is_refused() {
    let nested = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
    assert!(nested(128).parse::<Json>().is_ok());
    assert!(nested(129).parse::<Json>().is_err());
    assert!(nested(10_000).parse::<Json>().is_err());
    let wide = format!("[{}1]", "[1],".repeat(1000));
    assert!(wide.parse::<Json>().is_ok());
    let in_text = format!("[\"{}\"]", "[\\\"".repeat(1000));
    assert!(in_text.parse::<Json>().is_ok());
}

#[test]
fn any_text_is_a_timestamp_when_it_comes_and_only_rfc_3339_when_it_is_made() {
    for text in [
        "2024-02-29T23:59:60.123456789+05:30",
        "2024-01-02 03:04:05Z",
        "2024-01-02t03:04:05z",
    ] {
        assert_eq!(Timestamp::parse(text).unwrap().as_str(), text);
    }
    for text in [
        "",
        "2024-01-02",
        "2023-02-29T00:00:00Z",
        "2024-13-01T00:00:00Z",
        "2024-01-01T24:00:00Z",
        "2024-01-01T00:00:00",
        "2024-01-01T00:00:00.Z",
        "2024-01-01T00:00:00+0530",
        "2024-01-01T00:00:00Z ",
        "٢٠٢٤-01-01T00:00:00Z",
        "2024-01-01T00:00:00+24:00",
    ] {
        assert!(Timestamp::parse(text).is_err(), "{text}");
        let sent: Timestamp = serde_json::from_value(json!(text)).unwrap();
        assert_eq!(serde_json::to_value(&sent).unwrap(), json!(text));
    }
}

#[cfg(feature = "chrono")]
#[test]
fn a_timestamp_converts_to_and_from_chrono() {
    let time = Timestamp::parse("2024-03-01T01:30:00.5+02:00")
        .unwrap()
        .to_utc()
        .unwrap();
    assert_eq!(Timestamp::from(time).as_str(), "2024-02-29T23:30:00.500Z");
    assert!(
        serde_json::from_str::<Timestamp>("\"soon\"")
            .unwrap()
            .to_utc()
            .is_none()
    );
}

#[test]
fn debug_prints_no_secret_and_no_free_form_data() {
    let secret = Secret::from("canary".to_owned());
    let json = Json::from(json!({"canary": "canary"}));
    let fields: UnknownFields = [("canary", json.clone())].into_iter().collect();
    let printed = format!("{secret:?} {json:?} {fields:?}");
    assert!(!printed.contains("canary"), "{printed}");
}
