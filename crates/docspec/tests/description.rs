//! What is read of API descriptions in YAML that means something else than it seems to.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use docspec::description;
use serde_json::{Value, json};

fn read(text: &str) -> Value {
    let read = description::parse("api.yaml", text);
    read.unwrap()
}

#[test]
fn words_that_older_yaml_takes_for_booleans_are_text() {
    let read = read("values: [no, yes, on, off, y, n, NO, true, false]\nno: 1\n");
    assert_eq!(
        read,
        json!({ "values": ["no", "yes", "on", "off", "y", "n", "NO", true, false], "no": 1 })
    );
}

#[test]
fn dates_times_and_versions_are_text() {
    let read =
        read("values: [2024-01-02, 2024-01-02T03:04:05Z, 12:30:45, 1.2.3, 007, 1_000, 0x1F]\n");
    assert_eq!(
        read["values"].as_array().unwrap()[..4],
        [
            json!("2024-01-02"),
            json!("2024-01-02T03:04:05Z"),
            json!("12:30:45"),
            json!("1.2.3")
        ]
    );
}

#[test]
fn statuses_as_keys_are_text() {
    let read = read("responses: { 200: { description: ok }, default: {}, true: {} }\n");
    let responses = read["responses"].as_object().unwrap();
    let keys: Vec<&String> = responses.keys().collect();
    assert_eq!(keys, ["200", "default", "true"]);
}

#[test]
fn anchors_and_merged_keys_are_written_out() {
    let read = read(
        "base: &base { type: object, nullable: true }\nown: { <<: *base, type: string }\nsame: *base\n",
    );
    assert_eq!(read["own"], json!({ "nullable": true, "type": "string" }));
    assert_eq!(read["same"], read["base"]);
}

#[test]
fn a_key_that_stands_twice_is_refused_with_its_line() {
    for text in ["a: 1\nb: 2\na: 3\n", "{\"a\": 1,\n\"b\": 2,\n\"a\": 3}"] {
        let name = if text.starts_with('{') {
            "api.json"
        } else {
            "api.yaml"
        };
        let problems = description::parse(name, text).unwrap_err();
        assert_eq!(problems[0].span.unwrap().line, 3, "{problems:?}");
    }
}

#[test]
fn anchors_that_grow_without_end_are_refused() {
    let mut text = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for level in 1..12 {
        let inner = format!("*a{}, ", level - 1).repeat(10);
        let line = [
            "a",
            &level.to_string(),
            ": &a",
            &level.to_string(),
            " [",
            &inner,
            "]\n",
        ]
        .concat();
        text.push_str(&line);
    }
    assert!(description::parse("api.yaml", &text).is_err());
}

#[test]
fn a_byte_order_mark_is_no_part_of_the_text() {
    for name in ["api.json", "api.yaml"] {
        let read = description::parse(name, "\u{feff}{\"a\": 1}").unwrap();
        assert_eq!(read, json!({ "a": 1 }));
    }
}

#[test]
fn a_description_of_a_third_of_a_million_values_is_read() {
    let text = "a: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]\n";
    let lines: Vec<String> = (0..30_000).map(|index| format!("k{index}{text}")).collect();
    let large = lines.concat();
    assert_eq!(read(&large).as_object().unwrap().len(), 30_000);
}

#[test]
fn a_pointer_leads_to_its_line_and_column() {
    let yaml = "openapi: 3.0.3\npaths:\n  /a/{b}:\n    get:\n      tags: [x, y]\n";
    let json =
        "{\n  \"paths\": {\n    \"/a/{b}\": { \"get\": { \"tags\": [\"x\", \"y\"] } }\n  }\n}";
    let pointer = "/paths/~1a~1{b}/get/tags/1";
    assert_eq!(description::place(yaml, pointer), Some((5, 17)));
    assert_eq!(description::place(json, pointer), Some((3, 40)));
    assert_eq!(description::place(yaml, "/paths/missing"), Some((2, 1)));
    assert_eq!(description::place(yaml, ""), Some((1, 1)));
    assert_eq!(description::place("a: [", ""), None);
}
