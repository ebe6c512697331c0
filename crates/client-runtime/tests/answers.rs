//! What is read from the text of an answer, and what is kept of it.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use client_runtime::{
    HeaderMap, HeaderValue, Items, Json, JsonObject, PageEnd, UnknownFields, from_json,
    is_direct_reading, next_link, next_offset, next_page,
};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Value, json};
use std::collections::BTreeMap;

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Item {
    id: u8,
}

#[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
struct Page {
    #[serde(default)]
    items: Items<Item>,
}

fn ids(items: &Items<Item>) -> Vec<u8> {
    items.iter().map(|item| item.id).collect()
}

#[test]
fn an_item_that_is_not_as_documented_is_kept_apart_in_its_place() {
    let text = r#"{"items":[{"id":1},{"id":"x"},7,{"id":2},null,{"id":3}]}"#;
    let page: Page = from_json(text.as_bytes()).unwrap();
    assert_eq!(ids(&page.items), [1, 2, 3]);
    let rejected = page.items.rejected();
    let places: Vec<_> = rejected
        .iter()
        .map(|item| (item.index, item.json.get()))
        .collect();
    assert_eq!(places, [(1, r#"{"id":"x"}"#), (2, "7"), (4, "null")]);
    assert_eq!(serde_json::to_string(&page).unwrap(), text);
    // Read by whatever reads JSON, it is the same.
    assert_eq!(serde_json::from_str::<Page>(text).unwrap(), page);
    assert_eq!(
        serde_json::from_value::<Page>(serde_json::from_str(text).unwrap()).unwrap(),
        page
    );
}

#[test]
fn what_is_no_list_at_all_is_an_error() {
    for text in [
        r#"{"items":{}}"#,
        r#"{"items":"a"}"#,
        r#"{"items":[{"id":1}"#,
        "[[]",
        "",
    ] {
        assert!(from_json::<Page>(text.as_bytes()).is_err(), "{text}");
    }
    assert_eq!(from_json::<Option<Page>>(b"").unwrap(), None);
    assert!(from_json::<Page>(b"{\"items\":[{\"id\":1}]}\xff").is_err());
}

#[test]
fn items_are_a_list_like_any_other() {
    let mut items: Items<Item> = vec![Item { id: 1 }].into();
    items.push(Item { id: 2 });
    assert_eq!(
        (ids(&items), items.len(), items.rejected().len()),
        (vec![1, 2], 2, 0)
    );
    let doubled: Items<u8> = (&items).into_iter().map(|item| item.id * 2).collect();
    assert_eq!(doubled.into_parts().0, [2, 4]);
    let debug = format!("{items:?}");
    assert_eq!(debug, "Items(2 items, 0 rejected)");
}

#[test]
fn a_value_is_read_straight_first_and_with_care_only_if_that_fails() {
    thread_local! {
        static READINGS: std::cell::RefCell<Vec<bool>> = const { std::cell::RefCell::new(Vec::new()) };
    }
    struct Careful;
    impl<'de> Deserialize<'de> for Careful {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            READINGS.with_borrow_mut(|readings| readings.push(is_direct_reading()));
            let is_wanted = bool::deserialize(deserializer)?;
            if is_wanted || !is_direct_reading() {
                Ok(Self)
            } else {
                Err(serde::de::Error::custom("not the likely form"))
            }
        }
    }
    assert!(from_json::<Careful>(b"true").is_ok());
    assert!(from_json::<Careful>(b"false").is_ok());
    assert!(serde_json::from_str::<Careful>("false").is_ok());
    assert_eq!(READINGS.take(), [true, true, false, false]);
    assert!(!is_direct_reading());
}

#[test]
fn an_object_keeps_its_text_until_it_is_asked() {
    let text = r#"{ "b" : [1, 2],"a":{"x":null}, "b":"\u00e9" }"#;
    let object: JsonObject = from_json(text.as_bytes()).unwrap();
    assert_eq!(object.as_json().get(), text);
    assert_eq!(object.get("a").unwrap().get(), r#"{"x":null}"#);
    // The last one counts, as everywhere.
    assert_eq!(object.get("b").unwrap().to_value::<String>().unwrap(), "é");
    assert!(object.get("c").is_none());
    assert_eq!(object.to_map().keys().collect::<Vec<_>>(), ["a", "b"]);
    assert_eq!(
        object.to_value::<BTreeMap<&str, Value>>().unwrap()["a"],
        json!({"x": null})
    );
    assert_eq!(serde_json::to_string(&object).unwrap(), text);
    assert!(!object.is_empty());
}

#[test]
fn what_is_no_object_is_refused_without_saying_what_it_is() {
    for text in ["[\"canary\"]", "\"canary\"", "1", "null", "{"] {
        let error = from_json::<JsonObject>(text.as_bytes())
            .unwrap_err()
            .to_string();
        assert!(!error.contains("canary"), "{error}");
    }
    assert!(JsonObject::try_from(Json::from(json!([1]))).is_err());
}

#[test]
fn an_object_is_made_of_fields() {
    let fields = [
        ("q\"uote", Json::from(json!(1))),
        ("b", Json::from(json!([]))),
    ];
    let object: JsonObject = fields.into_iter().collect();
    assert_eq!(object.as_json().get(), r#"{"q\"uote":1,"b":[]}"#);
    assert_eq!(JsonObject::from(object.to_map()).to_map(), object.to_map());
    assert_eq!(JsonObject::default().as_json().get(), "{}");
    for empty in ["{}", "{ \n}"] {
        assert!(
            from_json::<JsonObject>(empty.as_bytes())
                .unwrap()
                .is_empty()
        );
    }
}

#[test]
fn unknown_fields_without_fields_are_alike_however_they_came_to_be() {
    let mut fields = UnknownFields::new();
    fields.insert("a", Json::default());
    assert_eq!(fields.remove("a"), Some(Json::default()));
    assert_eq!(fields, UnknownFields::new());
    assert_eq!(fields, from_json(b"{}").unwrap());
    assert_eq!(fields.remove("a"), None);
    assert_eq!(size_of::<UnknownFields>(), size_of::<usize>());
}

fn end(total: Option<i64>, has_more: Option<bool>) -> PageEnd {
    PageEnd { total, has_more }
}

#[test]
fn numbered_pages_end_at_their_number_or_at_an_empty_one() {
    let next = |cursor, total, is_empty| next_page(cursor, 1, end(total, None), is_empty).unwrap();
    assert_eq!(next(None, Some(3), false).as_deref(), Some("2"));
    assert_eq!(next(Some("2"), Some(3), true).as_deref(), Some("3"));
    assert_eq!(next(Some("3"), Some(3), false), None);
    assert_eq!(next(None, Some(0), true), None);
    assert_eq!(next(Some("9"), None, false).as_deref(), Some("10"));
    assert_eq!(next(Some("9"), None, true), None);
    assert!(next_page(Some("b2Zmc2V0"), 1, PageEnd::default(), true).is_err());
}

#[test]
fn pages_may_be_numbered_from_zero_and_say_whether_there_is_more() {
    let next = |cursor, end| next_page(cursor, 0, end, false).unwrap();
    assert_eq!(next(None, end(Some(2), None)).as_deref(), Some("1"));
    assert_eq!(next(Some("1"), end(Some(2), None)), None);
    assert_eq!(next(None, end(None, Some(true))).as_deref(), Some("1"));
    assert_eq!(next(None, end(None, Some(false))), None);
    // The flag is what the API says of this page; a total may be that of another moment.
    assert_eq!(
        next(Some("1"), end(Some(2), Some(true))).as_deref(),
        Some("2")
    );
}

#[test]
fn offsets_count_the_items_and_end_at_their_number_or_at_an_empty_page() {
    let next = |cursor, end, items| next_offset(cursor, end, items).unwrap();
    assert_eq!(next(None, PageEnd::default(), 20).as_deref(), Some("20"));
    assert_eq!(
        next(Some("20"), PageEnd::default(), 3).as_deref(),
        Some("23")
    );
    assert_eq!(next(Some("23"), PageEnd::default(), 0), None);
    assert_eq!(next(Some("20"), end(Some(23), None), 3), None);
    assert_eq!(next(Some("20"), end(None, Some(false)), 3), None);
    assert_eq!(next(Some("20"), end(None, Some(true)), 0), None);
    assert!(next_offset(Some("b2Zmc2V0"), PageEnd::default(), 1).is_err());
}

#[test]
fn the_link_to_the_next_page_is_found_in_the_head() {
    let next = |headers: &[&str]| {
        let mut map = HeaderMap::new();
        for value in headers {
            map.append("link", HeaderValue::from_str(value).unwrap());
        }
        next_link(&map).map(str::to_owned)
    };
    let found = Some("https://api.example.com/things?page=2".to_owned());
    for headers in [
        &[r#"<https://api.example.com/things?page=2>; rel="next""#][..],
        &["</things?page=1>; rel=prev, <https://api.example.com/things?page=2>; rel=next"],
        &[
            r#"</a>; rel="prev"; title="a, <b>; rel=\"next\"", <https://api.example.com/things?page=2>;REL="last NEXT""#,
        ],
        &[
            "</a>; rel=last",
            "<https://api.example.com/things?page=2> ; title=x ; rel = next",
        ],
    ] {
        assert_eq!(next(headers), found, "{headers:?}");
    }
    for headers in [
        &[][..],
        &[""],
        &["</a>"],
        &["<"],
        &["</a>; rel=prev"],
        &[r#"</a>; title="rel=next""#],
        &["</a>; rel=prev; rel=next"],
        &["</a>; rel=\"nextpage\""],
        &["</a; rel=next"],
    ] {
        assert_eq!(next(headers), None, "{headers:?}");
    }
}
