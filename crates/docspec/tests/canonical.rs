//! The canonical text of a document.

use docspec::canonical;
use proptest::prelude::*;
use serde_json::{Map, Value, json};

#[test]
fn fields_stand_in_the_order_of_the_specification_and_names_are_sorted() {
    let document = json!({
        "x-b": 1,
        "x-a": { "z": 1, "a": 2 },
        "paths": { "/b": {}, "/a": { "post": { "responses": { "default": {}, "200": {} } }, "get": {} } },
        "info": { "version": "1", "title": "T" },
        "openapi": "3.0.3",
        "components": { "schemas": { "B": {}, "A": {
            "properties": { "type": { "format": "uuid", "type": "string" }, "description": {} },
            "required": ["type", "description"],
            "type": "object",
            "enum": ["z", "a"],
        } } },
    });
    let expected = r#"{
  "openapi": "3.0.3",
  "info": {
    "title": "T",
    "version": "1"
  },
  "paths": {
    "/a": {
      "get": {},
      "post": {
        "responses": {
          "200": {},
          "default": {}
        }
      }
    },
    "/b": {}
  },
  "components": {
    "schemas": {
      "A": {
        "type": "object",
        "enum": [
          "z",
          "a"
        ],
        "required": [
          "type",
          "description"
        ],
        "properties": {
          "description": {},
          "type": {
            "type": "string",
            "format": "uuid"
          }
        }
      },
      "B": {}
    }
  },
  "x-a": {
    "a": 2,
    "z": 1
  },
  "x-b": 1
}
"#;
    assert_eq!(canonical::to_string(&document), expected);
}

/// Any JSON, with keys that mean something in some places of a document and nothing in others.
fn json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        "[a-z/$ ]{0,6}".prop_map(Value::from),
    ];
    let key = prop_oneof![
        prop::sample::select(vec![
            "openapi",
            "info",
            "paths",
            "/a",
            "get",
            "parameters",
            "schema",
            "properties",
            "type",
            "x-source",
            "components",
            "schemas",
            "responses",
            "200",
            "page",
            "line",
            "$ref",
        ])
        .prop_map(str::to_owned),
        "[a-z]{1,4}",
    ];
    leaf.prop_recursive(6, 64, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::vec((key.clone(), inner), 0..6)
                .prop_map(|entries| Value::Object(entries.into_iter().collect())),
        ]
    })
}

/// The same value with the keys of every object in the opposite order.
fn reversed(value: &Value) -> Value {
    match value {
        Value::Object(object) => {
            let entries: Map<String, Value> = object
                .iter()
                .rev()
                .map(|(key, value)| (key.clone(), reversed(value)))
                .collect();
            Value::Object(entries)
        }
        Value::Array(items) => items.iter().map(reversed).collect(),
        scalar => scalar.clone(),
    }
}

proptest! {
    #[test]
    fn the_order_of_keys_plays_no_part(document in json()) {
        prop_assert_eq!(canonical::to_string(&document), canonical::to_string(&reversed(&document)));
    }

    #[test]
    fn the_canonical_text_is_a_fixed_point_and_loses_nothing(document in json()) {
        let text = canonical::to_string(&document);
        let read: Value = serde_json::from_str(&text).expect("JSON");
        prop_assert_eq!(&read, &document);
        prop_assert_eq!(canonical::to_string(&read), text);
    }
}
