//! A slip at any place of any document is found there, and a document without slips has no finding.

use docspec::lint;
use proptest::prelude::*;
use serde_json::{Map, Value, json};

use crate::harbour::{in_document, of, put};

/// Names that are no slips for each other; each has a word of five letters or more.
const NAMES: [&str; 10] = [
    "harbour_name",
    "rigging",
    "mainsail",
    "colour_of_hull",
    "captain",
    "insurance",
    "mooring_place",
    "keel_length",
    "propeller",
    "registry",
];
const KINDS: [&str; 3] = ["string", "boolean", "number"];

/// A document of resources whose requests and answers have the fields of these numbers.
fn document(resources: &[Vec<usize>]) -> Value {
    let mut paths = Map::new();
    let mut line = 0;
    for (number, fields) in resources.iter().enumerate() {
        line += 100;
        let schema = |line: usize| {
            let properties: Map<String, Value> = fields
                .iter()
                .map(|field| {
                    let value = json!({
                        "type": KINDS[field % KINDS.len()],
                        "description": format!("What the {} is.", NAMES[*field]),
                        "x-integrations": { "Northquay": "supported" },
                        "x-source": { "page": "pages/a.md", "line": line + field },
                    });
                    (NAMES[*field].to_owned(), value)
                })
                .collect();
            json!({ "application/json": { "schema": { "type": "object", "properties": properties } } })
        };
        let operation = json!({
            "summary": format!("Add number {number}"),
            "operationId": format!("add_{number}"),
            "security": [],
            "requestBody": { "content": schema(line + 10) },
            "responses": {
                "200": { "description": "What was added.", "content": schema(line + 30) },
                "400": { "description": "What is wrong.", "content": { "application/json": { "schema": { "type": "string" } } } },
            },
            "x-source": { "page": "pages/a.md", "line": line },
        });
        paths.insert(format!("/r{number}"), json!({ "post": operation }));
    }
    json!({
        "openapi": "3.0.3",
        "info": { "title": "T", "version": "1" },
        "servers": [{ "url": "https://api.harbour.org" }],
        "paths": paths,
    })
}

/// Where a slip is made: an operation, its objects, and one of their fields.
struct Site {
    operation: String,
    request: String,
    answer: String,
    field: &'static str,
    /// Which letter a misspelling changes, and how.
    letter: usize,
    how: usize,
}

impl Site {
    fn sent(&self, name: &str) -> String {
        format!("{}/properties/{name}", self.request)
    }

    fn shown(&self, name: &str) -> String {
        format!("{}/properties/{name}", self.answer)
    }
}

/// The name with one letter wrong inside its longest word.
fn misspelt(name: &str, letter: usize, how: usize) -> String {
    let word = name.split('_').max_by_key(|word| word.len()).unwrap();
    let at = 1 + letter % (word.len() - 3);
    let mut letters: Vec<char> = word.chars().collect();
    match how % 4 {
        0 if letters[at] != letters[at + 1] => letters.swap(at, at + 1),
        0 | 1 => {
            letters.remove(at);
        }
        2 => letters.insert(at, 'q'),
        _ => letters[at] = 'q',
    }
    name.replace(word, &letters.into_iter().collect::<String>())
}

fn a_field(value: Value) -> Value {
    let mut value = value;
    value["description"] = json!("What it is.");
    value["x-source"] = json!({ "page": "pages/a.md", "line": 1 });
    value
}

/// What makes the slip; gives the pointer at which it must be found.
type Make = fn(&mut Value, &Site) -> String;

const SLIPS: &[(&str, Make)] = &[
    ("near-twin", |document, site| {
        let name = misspelt(site.field, site.letter, site.how);
        put(
            document,
            &site.sent(&name),
            json!({ "type": "string", "description": "A twin.", "x-source": { "page": "pages/a.md", "line": 9999 } }),
        );
        site.sent(&name)
    }),
    ("untyped-field", |document, site| {
        put(document, &format!("{}/type", site.sent(site.field)), None);
        site.sent(site.field)
    }),
    ("hidden-children", |document, site| {
        put(
            document,
            &site.sent("crew"),
            a_field(json!({ "type": "array", "items": { "x-hidden": true } })),
        );
        format!("{}/items", site.sent("crew"))
    }),
    ("empty-object", |document, site| {
        put(
            document,
            &site.sent("crew"),
            a_field(json!({ "type": "object" })),
        );
        site.sent("crew")
    }),
    ("answer-type-differs", |document, site| {
        put(
            document,
            &format!("{}/type", site.shown(site.field)),
            json!("object"),
        );
        site.shown(site.field)
    }),
    ("request-only-field", |document, site| {
        put(document, &site.shown(site.field), None);
        // What is left must still be the record.
        for name in ["deck", "bow"] {
            put(
                document,
                &site.sent(name),
                a_field(json!({ "type": "string" })),
            );
            put(
                document,
                &site.shown(name),
                a_field(json!({ "type": "string" })),
            );
        }
        site.sent(site.field)
    }),
    ("missing-description", |document, site| {
        put(
            document,
            &format!("{}/description", site.sent(site.field)),
            None,
        );
        site.sent(site.field)
    }),
    ("required-undefined", |document, site| {
        put(
            document,
            &format!("{}/required", site.request),
            json!([site.field, "deck"]),
        );
        site.request.clone()
    }),
    ("default-on-required", |document, site| {
        put(
            document,
            &format!("{}/required", site.request),
            json!([site.field]),
        );
        put(
            document,
            &format!("{}/default", site.sent(site.field)),
            Value::Null,
        );
        site.sent(site.field)
    }),
    ("example-contradicts-schema", |document, site| {
        put(
            document,
            &format!("{}/example", site.sent(site.field)),
            json!([1]),
        );
        site.sent(site.field)
    }),
    ("default-contradicts-schema", |document, site| {
        put(
            document,
            &format!("{}/default", site.sent(site.field)),
            json!([1]),
        );
        site.sent(site.field)
    }),
    ("sample-contradicts-schema", |document, site| {
        let media = site.request.trim_end_matches("/schema").to_owned();
        put(
            document,
            &format!("{media}/example"),
            json!({ site.field: [1] }),
        );
        media
    }),
    ("enum-twins", |document, site| {
        put(
            document,
            &site.sent("rig"),
            a_field(json!({ "type": "string", "enum": ["sloop", "ketch", "Sloop"] })),
        );
        site.sent("rig")
    }),
    ("enum-repeats", |document, site| {
        put(
            document,
            &site.sent("rig"),
            a_field(json!({ "type": "string", "enum": ["sloop", "ketch", "sloop"] })),
        );
        site.sent("rig")
    }),
    ("enum-type", |document, site| {
        put(
            document,
            &format!("{}/enum", site.sent(site.field)),
            json!([{}]),
        );
        site.sent(site.field)
    }),
    ("unknown-format", |document, site| {
        put(
            document,
            &format!("{}/format", site.sent(site.field)),
            json!("knots"),
        );
        site.sent(site.field)
    }),
    ("date-without-format", |document, site| {
        let name = format!("{}_at", site.field);
        put(
            document,
            &site.sent(&name),
            a_field(json!({ "type": "string" })),
        );
        site.sent(&name)
    }),
    ("id-not-string", |document, site| {
        let name = format!("{}_id", site.field);
        put(
            document,
            &site.sent(&name),
            a_field(json!({ "type": "integer" })),
        );
        site.sent(&name)
    }),
    ("flag-not-boolean", |document, site| {
        let name = format!("is_{}", site.field);
        put(
            document,
            &site.sent(&name),
            a_field(json!({ "type": "string" })),
        );
        site.sent(&name)
    }),
    ("bounds-contradict", |document, site| {
        put(
            document,
            &format!("{}/minLength", site.sent(site.field)),
            json!(3),
        );
        put(
            document,
            &format!("{}/maxLength", site.sent(site.field)),
            json!(2),
        );
        site.sent(site.field)
    }),
    ("prose-only-requirement", |document, site| {
        put(
            document,
            &format!("{}/description", site.sent(site.field)),
            json!("This one is mandatory."),
        );
        site.sent(site.field)
    }),
    ("unfinished-text", |document, site| {
        put(
            document,
            &format!("{}/description", site.shown(site.field)),
            json!("TBD"),
        );
        site.shown(site.field)
    }),
    ("integration-without-answer", |document, site| {
        let integrations = json!({ "Northquay": "supported", "Dock 9": "supported" });
        put(
            document,
            &format!("{}/x-integrations", site.sent(site.field)),
            integrations,
        );
        site.operation.clone()
    }),
    ("integration-not-on-operation", |document, site| {
        put(
            document,
            &format!("{}/x-integrations", site.operation),
            json!({}),
        );
        document
            .pointer(&format!("{}/properties", site.request))
            .and_then(Value::as_object)
            .and_then(|properties| properties.keys().next())
            .map(|first| site.sent(first))
            .unwrap()
    }),
    ("no-error-answer", |document, site| {
        put(document, &format!("{}/responses/400", site.operation), None);
        site.operation.clone()
    }),
    ("no-success-answer", |document, site| {
        put(document, &format!("{}/responses/200", site.operation), None);
        site.operation.clone()
    }),
    ("answer-without-body", |document, site| {
        put(
            document,
            &format!("{}/responses/400/content", site.operation),
            None,
        );
        format!("{}/responses/400", site.operation)
    }),
    ("assumed", |document, site| {
        put(
            document,
            &format!("{}/x-assumed", site.shown(site.field)),
            json!("no page says it"),
        );
        site.shown(site.field)
    }),
    ("path-assumed", |document, site| {
        put(
            document,
            &format!("{}/x-assumed", site.operation),
            json!("no page says it"),
        );
        site.operation.clone()
    }),
    ("no-authentication", |document, site| {
        put(document, &format!("{}/security", site.operation), None);
        site.operation.clone()
    }),
];

prop_compose! {
    fn some_document()(
        resources in prop::collection::vec(prop::sample::subsequence((0..NAMES.len()).collect::<Vec<_>>(), 2..=8), 1..4),
    ) -> Vec<Vec<usize>> {
        resources
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn a_document_without_slips_has_no_finding(resources in some_document()) {
        let findings = in_document(&document(&resources));
        prop_assert!(findings.is_empty(), "{findings:#?}");
    }

    #[test]
    fn a_slip_of_each_kind_is_found_where_it_was_made(
        resources in some_document(),
        resource: prop::sample::Index,
        field: prop::sample::Index,
        letter in 0_usize..20,
        how in 0_usize..4,
    ) {
        let number = resource.index(resources.len());
        let fields = &resources[number];
        let operation = format!("/paths/~1r{number}/post");
        let site = Site {
            request: format!("{operation}/requestBody/content/application~1json/schema"),
            answer: format!("{operation}/responses/200/content/application~1json/schema"),
            operation,
            field: NAMES[fields[field.index(fields.len())]],
            letter,
            how,
        };
        for (rule, make) in SLIPS {
            let mut document = document(&resources);
            let pointer = make(&mut document, &site);
            let findings = in_document(&document);
            let found = of(&findings, rule)
                .iter()
                .flat_map(|finding| &finding.parts)
                .any(|part| part.place.pointer.as_deref() == Some(pointer.as_str()));
            prop_assert!(found, "{rule} misses {pointer}: {findings:#?}");
        }
    }

    #[test]
    fn no_document_makes_it_panic(resources in some_document(), at in 0_usize..400, what in 0_usize..4) {
        let mut document = document(&resources);
        let mut left = at;
        spoil(&mut document, &mut left, &[json!(null), json!([[]]), json!({ "$ref": "#/paths" }), json!("x")][what]);
        let findings = in_document(&document);
        prop_assert!(findings.iter().all(|finding| !finding.parts.is_empty()));
        prop_assert!(!lint::summary(&findings).is_empty());
    }
}

/// Puts a value in the place of the `left`th value of a document.
fn spoil(value: &mut Value, left: &mut usize, with: &Value) {
    if *left == 0 {
        *value = with.clone();
    }
    *left = left.wrapping_sub(1);
    match value {
        Value::Object(object) => object
            .values_mut()
            .for_each(|value| spoil(value, left, with)),
        Value::Array(list) => list.iter_mut().for_each(|value| spoil(value, left, with)),
        _ => {}
    }
}
