//! What is edited at random is listed exactly, once, and the other way round when the documents change places.

#![expect(
    clippy::expect_used,
    reason = "a document that lacks what is edited fails the test"
)]

use std::collections::BTreeSet;

use fastrand::Rng;
use serde_json::{Map, Value, json};
use specdiff::{Aspect, compare};

const SCHEMAS: usize = 9;
const FIELDS: usize = 8;
const INTEGRATIONS: [&str; 4] = ["Snail", "Heron", "Newt", "Toad"];

/// A document of operations that send and answer schemas with fields of many types.
fn document(random: &mut Rng) -> Value {
    let mut schemas = Map::new();
    for number in 0..SCHEMAS {
        let mut properties = Map::new();
        let mut required = Vec::new();
        for field in 0..FIELDS {
            let name = format!("field_{number}_{field}");
            if random.u8(..4) == 0 {
                required.push(name.clone());
            }
            properties.insert(name.clone(), field_of(random, &name));
        }
        // What every other field is about, and what never changes.
        properties.insert("kept".to_owned(), json!({"type": "string", "x-integrations": {"Snail": "supported", "Heron": "supported", "Newt": "supported", "Toad": "supported"}}));
        schemas.insert(
            format!("Schema{number}"),
            json!({"type": "object", "required": required, "properties": properties}),
        );
    }
    let mut paths = Map::new();
    for number in 0..SCHEMAS {
        let named = |number: usize| json!({"$ref": format!("#/components/schemas/Schema{}", number % SCHEMAS)});
        let mut operation = json!({"operationId": format!("operation_{number}"), "responses": {}});
        if number % 3 != 0 {
            operation["requestBody"] =
                json!({"content": {"application/json": {"schema": named(number)}}});
        }
        let answer = if number % 3 == 1 {
            json!({"type": "string"})
        } else {
            named(number)
        };
        operation["responses"]["200"] =
            json!({"description": "It.", "content": {"application/json": {"schema": answer}}});
        paths.insert(format!("/path/{number}"), json!({ "post": operation }));
    }
    json!({"openapi": "3.0.3", "info": {"title": "Made up", "version": "1"}, "paths": paths, "components": {"schemas": schemas}})
}

fn field_of(random: &mut Rng, name: &str) -> Value {
    let mut field = match random.u8(..6) {
        0 => json!({"type": "integer"}),
        1 => json!({"type": "boolean"}),
        2 => json!({"type": "array", "items": {"type": "string"}}),
        3 => json!({"type": "string", "enum": ["one", "two", "three"]}),
        4 => json!({"type": "string", "format": "date-time"}),
        _ => json!({"type": "string"}),
    };
    field["description"] = json!(format!("What {name} is."));
    if random.bool() {
        let mut facts = Map::new();
        for integration in INTEGRATIONS {
            match random.u8(..3) {
                0 => facts.insert(integration.to_owned(), json!("supported")),
                1 => facts.insert(integration.to_owned(), json!("required")),
                _ => None,
            };
        }
        field["x-integrations"] = Value::Object(facts);
    }
    field
}

/// What an edit is expected to be reported as.
type Expected = (Aspect, Option<String>, Option<String>, Option<String>);

/// Makes one edit to a field that no other edit has touched.
fn edit(
    random: &mut Rng,
    document: &mut Value,
    touched: &mut BTreeSet<(usize, usize)>,
) -> Expected {
    loop {
        let (schema, field) = (random.usize(..SCHEMAS), random.usize(..FIELDS));
        if !touched.insert((schema, field)) {
            continue;
        }
        let name = format!("field_{schema}_{field}");
        let base = format!("/components/schemas/Schema{schema}");
        let place = format!("{base}/properties/{name}");
        let at = |suffix: &str| Some(format!("{place}{suffix}"));
        let required = document
            .pointer_mut(&format!("{base}/required"))
            .and_then(Value::as_array_mut)
            .expect("a list");
        let listed = required.iter().position(|one| *one == json!(name));
        match random.u8(..9) {
            0 => {
                let new = format!("added_{schema}_{field}");
                let must = random.bool();
                if must {
                    required.push(json!(new));
                }
                document["components"]["schemas"][format!("Schema{schema}")]["properties"][&new] =
                    json!({"type": "string", "description": format!("What {new} is.")});
                let aspect = if must {
                    Aspect::RequiredPropertyAdded
                } else {
                    Aspect::OptionalPropertyAdded
                };
                return (aspect, None, Some(format!("{base}/properties/{new}")), None);
            }
            1 => {
                if let Some(index) = listed {
                    required.remove(index);
                }
                let removed = document
                    .pointer_mut(&format!("{base}/properties"))
                    .and_then(Value::as_object_mut)
                    .expect("fields")
                    .remove(&name);
                let demanded = removed.as_ref().and_then(demanding);
                return match (listed, demanded) {
                    (Some(_), demanded) => {
                        (Aspect::RequiredPropertyRemoved, at(""), None, demanded)
                    }
                    (None, Some(names)) => {
                        (Aspect::DemandedPropertyRemoved, at(""), None, Some(names))
                    }
                    (None, None) => (Aspect::OptionalPropertyRemoved, at(""), None, None),
                };
            }
            2 => {
                let new = format!("renamed_{schema}_{field}");
                if let Some(index) = listed {
                    required[index] = json!(new);
                }
                let properties = document
                    .pointer_mut(&format!("{base}/properties"))
                    .and_then(Value::as_object_mut)
                    .expect("fields");
                let value = properties.remove(&name).expect("the field");
                properties.insert(new.clone(), value);
                let aspect = if listed.is_some() {
                    Aspect::RequiredPropertyRenamed
                } else {
                    Aspect::OptionalPropertyRenamed
                };
                return (
                    aspect,
                    at(""),
                    Some(format!("{base}/properties/{new}")),
                    None,
                );
            }
            3 => {
                let aspect = if let Some(index) = listed {
                    required.remove(index);
                    Aspect::BecameOptional
                } else {
                    required.push(json!(name));
                    Aspect::BecameRequired
                };
                return (aspect, at(""), at(""), None);
            }
            kind => {
                let value = document.pointer_mut(&place).expect("the field");
                if let Some(expected) = inside(random, kind, value, &place) {
                    return expected;
                }
            }
        }
        touched.remove(&(schema, field));
    }
}

/// An edit to what a field says; none where the field has nothing of the kind.
fn inside(random: &mut Rng, kind: u8, field: &mut Value, place: &str) -> Option<Expected> {
    let at = |suffix: &str| Some(format!("{place}{suffix}"));
    match kind {
        4 => {
            let object = field.as_object_mut()?;
            for key in ["items", "enum", "format"] {
                object.remove(key);
            }
            let aspect = match object.insert("type".to_owned(), json!("number")) {
                Some(was) if was == json!("integer") => Aspect::TypeWidened,
                _ => Aspect::TypeChanged,
            };
            Some((aspect, at(""), at(""), None))
        }
        5 => {
            field.get_mut("enum")?.as_array_mut()?.push(json!("four"));
            Some((Aspect::EnumValueAdded, at("/enum"), at("/enum"), None))
        }
        6 => {
            let values = field.get_mut("enum")?.as_array_mut()?;
            values.remove(random.usize(..values.len()));
            Some((Aspect::EnumValueRemoved, at("/enum"), at("/enum"), None))
        }
        7 => {
            field["description"] = json!("Other words.");
            let place = at("/description");
            Some((Aspect::DescriptionChanged, place.clone(), place, None))
        }
        _ => {
            let name = INTEGRATIONS[random.usize(..INTEGRATIONS.len())];
            let facts = field.get_mut("x-integrations")?.as_object_mut()?;
            let before = facts.get(name).and_then(Value::as_str).map(str::to_owned);
            let (aspect, after) = match (before.as_deref(), random.bool()) {
                (None, true) => (Aspect::IntegrationNowSupports, Some("supported")),
                (None, false) => (Aspect::IntegrationNowDemands, Some("required")),
                (Some("supported"), true) => (Aspect::IntegrationNowRequires, Some("required")),
                (Some("supported"), false) => (Aspect::IntegrationNoLongerSupports, None),
                (Some(_), true) => (Aspect::IntegrationNoLongerRequires, Some("supported")),
                (Some(_), false) => (Aspect::IntegrationNoLongerDemands, None),
            };
            match after {
                Some(level) => facts.insert(name.to_owned(), json!(level)),
                None => facts.remove(name),
            };
            let place = at("/x-integrations");
            Some((aspect, place.clone(), place, Some(name.to_owned())))
        }
    }
}

/// What is found, as far as an edit can be told by it.
fn found(old: &Value, new: &Value) -> Vec<Expected> {
    let mut found: Vec<Expected> = compare(old, new)
        .changes
        .into_iter()
        .map(|change| (change.rule.aspect, change.old, change.new, change.about))
        .collect();
    found.sort();
    found
}

/// The integrations that require a field.
fn demanding(field: &Value) -> Option<String> {
    let facts = field.get("x-integrations")?.as_object()?;
    let names: Vec<&str> = facts
        .iter()
        .filter(|(_, level)| **level == json!("required"))
        .map(|(name, _)| name.as_str())
        .collect();
    (!names.is_empty()).then(|| names.join(", "))
}

/// A document, the same after random edits, and what was edited.
fn edited(seed: u64, count: impl FnOnce(&mut Rng) -> usize) -> (Value, Value, Vec<Expected>) {
    let mut random = Rng::with_seed(seed);
    let old = document(&mut random);
    let mut new = old.clone();
    let mut touched = BTreeSet::new();
    let edits = (0..count(&mut random))
        .map(|_| edit(&mut random, &mut new, &mut touched))
        .collect();
    (old, new, edits)
}

#[test]
fn a_thousand_random_edits_are_listed_exactly() {
    let mut edits = 0;
    let mut seed = 0;
    while edits < 1_000 {
        seed += 1;
        let (old, new, mut expected) = edited(seed, |random| random.usize(1..12));
        edits += expected.len();
        expected.sort();
        assert_eq!(found(&old, &new), expected, "seed {seed}");
    }
}

#[test]
fn nothing_edited_is_nothing_listed() {
    for seed in 0..50 {
        let document = document(&mut Rng::with_seed(seed));
        assert!(compare(&document, &document).is_empty(), "seed {seed}");
    }
}

#[test]
fn a_terminal_of_80_columns_shows_every_line() {
    for seed in 0..200 {
        let (old, new, _) = edited(seed, |_| 10);
        let text = specdiff::render::text(&[specdiff::render::Compared {
            old: "old.json".to_owned(),
            new: "new.json".to_owned(),
            folder: None,
            package: None,
            comparison: compare(&old, &new),
        }]);
        for line in text.lines() {
            assert!(line.chars().count() <= 80, "seed {seed}: {line}");
        }
    }
}

#[test]
fn the_other_way_round_is_the_mirror() {
    for seed in 0..200 {
        let (old, new, _) = edited(seed, |_| 10);
        let key = |change: &specdiff::Change| {
            (
                change.rule,
                change.old.clone(),
                change.new.clone(),
                change.about.clone(),
                change.before.as_ref().map(Value::to_string),
                change.after.as_ref().map(Value::to_string),
                change.operations.clone(),
            )
        };
        let mut there: Vec<_> = compare(&old, &new)
            .changes
            .into_iter()
            .map(|mut change| {
                change.rule = change.rule.mirror();
                std::mem::swap(&mut change.old, &mut change.new);
                std::mem::swap(&mut change.before, &mut change.after);
                key(&change)
            })
            .collect();
        let mut back: Vec<_> = compare(&new, &old).changes.iter().map(key).collect();
        there.sort();
        back.sort();
        assert_eq!(there, back, "seed {seed}");
    }
}
