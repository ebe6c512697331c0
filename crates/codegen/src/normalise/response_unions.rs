//! Rule `response-unions`: a union of objects in an answer becomes one object that has the fields of all, since answers
//! may lack what would tell the members apart. A field that has several types among them has a type for each of them.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::{
    directions::{Direction, closure},
    draft::Draft,
    identifier::{Names, distinct_variants, pascal},
    schema::{
        AT, at, bare, is_annotation, is_any_json, is_record, is_true, keywords, reference,
        reference_to, rust_path, type_of, weakened,
    },
};
use crate::report::Report;

const RULE: &str = "response-unions";

/// How deep objects inside merged objects are merged in turn.
const DEEPEST: usize = 8;

/// Merges the objects among the members of every union that is only answered.
pub(super) fn apply(
    draft: &mut Draft,
    names: &mut Names,
    directions: &mut BTreeMap<String, Direction>,
    report: &mut Report,
) {
    let unions: Vec<(String, Vec<Value>)> = draft
        .schemas
        .iter()
        .filter(|(name, _)| directions.get(*name).is_some_and(|way| !way.request))
        .filter_map(|(name, schema)| Some((name.clone(), schema.get("oneOf")?.as_array()?.clone())))
        .collect();
    let open = unions.iter().map(|(name, _)| name.clone()).collect();
    let reached = closure(open, &draft.schemas);
    let sources: Map<String, Value> = draft
        .schemas
        .iter()
        .filter(|(name, _)| reached.contains(*name))
        .map(|(name, schema)| (name.clone(), schema.clone()))
        .collect();
    let mut merger = Merger {
        sources: &sources,
        names,
        directions,
        report,
        added: Map::new(),
        made: BTreeMap::new(),
    };
    for (name, members) in &unions {
        merger
            .made
            .entry(key(members))
            .or_insert_with(|| name.clone());
    }
    for (name, members) in unions {
        if let Some(schema) = draft.schemas.get_mut(&name) {
            merger.union(schema, &name, &members, 0);
        }
    }
    draft.schemas.extend(merger.added);
}

/// What makes two unions the same.
fn key(members: &[Value]) -> Vec<String> {
    let mut texts: Vec<String> = members.iter().map(|one| bare(one).to_string()).collect();
    texts.sort();
    texts.dedup();
    texts
}

struct Merger<'a> {
    /// The components that unions reach, before anything was merged.
    sources: &'a Map<String, Value>,
    names: &'a mut Names,
    directions: &'a mut BTreeMap<String, Direction>,
    report: &'a mut Report,
    added: Map<String, Value>,
    /// The component of each union.
    made: BTreeMap<Vec<String>, String>,
}

impl Merger<'_> {
    fn is_record(&self, schema: &Value) -> bool {
        self.target(schema).is_some_and(is_record)
    }

    fn target(&self, schema: &Value) -> Option<&Value> {
        reference(schema).and_then(|name| self.sources.get(&name))
    }

    /// Makes the objects among the members one object.
    fn union(&mut self, schema: &mut Value, name: &str, members: &[Value], depth: usize) {
        let (records, mut others): (Vec<Value>, Vec<Value>) = members
            .iter()
            .cloned()
            .partition(|member| self.is_record(member));
        if records.len() < 2 {
            return;
        }
        if others.is_empty() {
            self.report.note(
                RULE,
                at(schema),
                "the members become one object with the fields of all",
            );
            let merged = self.one_object(name, &records, depth);
            replace(schema, merged);
        } else {
            let object = self.names.take(&format!("{name}Object"));
            let detail = format!(
                "the objects among the members become the component {object} with the fields of all"
            );
            self.report.note(RULE, at(schema), detail);
            others.insert(0, reference_to(&object));
            let merged = self.one_object(&object, &records, depth);
            self.add(object, merged);
            keywords(schema).insert("oneOf".to_owned(), Value::Array(others));
        }
    }

    /// An object with the fields of all these objects.
    fn one_object(&mut self, owner: &str, records: &[Value], depth: usize) -> Value {
        let mut properties: Map<String, Value> = Map::new();
        let mut alternatives: BTreeMap<String, Vec<Value>> = BTreeMap::new();
        for record in records {
            let Some(target) = self.target(record) else {
                continue;
            };
            for (name, property) in target
                .get("properties")
                .and_then(Value::as_object)
                .into_iter()
                .flatten()
            {
                properties
                    .entry(name.clone())
                    .or_insert_with(|| property.clone());
                let known = alternatives.entry(name.clone()).or_default();
                if !known.iter().any(|other| bare(other) == bare(property)) {
                    known.push(property.clone());
                }
            }
        }
        for (name, property) in &mut properties {
            if let Some(several) = alternatives.remove(name).filter(|known| known.len() > 1) {
                let nullable = several.iter().any(|one| is_true(one, "nullable"));
                let place = at(property);
                let shape =
                    self.either(&format!("{owner}{}", pascal(name)), &several, &place, depth);
                replace(property, shape);
                if nullable {
                    keywords(property).insert("nullable".to_owned(), Value::Bool(true));
                }
            }
        }
        json!({ "type": "object", "properties": properties })
    }

    /// A type for values of any of these types.
    fn either(&mut self, name: &str, several: &[Value], place: &str, depth: usize) -> Value {
        let mut kinds = Kinds::default();
        for one in several {
            self.sort(one, &mut kinds);
        }
        if kinds.any {
            let detail = "one member has any JSON where another has a type: any JSON";
            self.report.note(RULE, place, detail);
            return weakened(RULE);
        }
        if depth > DEEPEST {
            self.report.note(
                RULE,
                place,
                "objects in each other that differ all the way down: any JSON",
            );
            return weakened(RULE);
        }
        let mut members = Vec::new();
        if let Some(records) = self.records(name, kinds.records, place, depth) {
            members.push(records);
        }
        for (keyword, inner) in [("items", kinds.lists), ("additionalProperties", kinds.maps)] {
            let inner = distinct(inner);
            let mut one = match inner.as_slice() {
                [] => continue,
                [only] => only.clone(),
                _ => self.either(&format!("{name}Item"), &inner, place, depth + 1),
            };
            if inner.iter().any(|one| is_true(one, "nullable")) {
                keywords(&mut one).insert("nullable".to_owned(), Value::Bool(true));
            }
            let kind = if keyword == "items" {
                "array"
            } else {
                "object"
            };
            members.push(json!({ "type": kind, keyword: one, AT: place }));
        }
        members.extend(kinds.boolean);
        members.extend(kinds.number);
        members.extend(self.text(name, &kinds.enums, kinds.text, place));
        members.extend(distinct(kinds.others));
        if members.len() == 1 {
            return members.swap_remove(0);
        }
        self.report.note(
            RULE,
            place,
            format!("the field has {} types", members.len()),
        );
        self.component(name, &members, place, depth)
    }

    /// Puts a type to those of its kind.
    fn sort(&self, schema: &Value, kinds: &mut Kinds) {
        let mut plain = schema.clone();
        keywords(&mut plain).retain(|keyword, _| !is_annotation(keyword) && keyword != "nullable");
        if let Some(target) = self.target(schema) {
            if is_record(target) {
                kinds.records.push(plain);
            } else if target.get("enum").is_some() {
                kinds.enums.push(plain);
            } else if let Some(Value::Array(members)) = target.get("oneOf") {
                for member in members {
                    self.sort(member, kinds);
                }
            } else {
                self.sort(target, kinds);
            }
        } else if is_any_json(schema) {
            kinds.any = true;
        } else if rust_path(schema).is_some() {
            kinds.others.push(plain);
        } else {
            match type_of(schema) {
                Some("string") => kinds.text = true,
                Some("boolean") => kinds.boolean = Some(plain),
                Some("integer") => {
                    kinds.number = Some(match kinds.number.take() {
                        None => plain,
                        Some(known) if known == plain => plain,
                        Some(known) if type_of(&known) == Some("number") => known,
                        Some(_) => json!({ "type": "integer" }),
                    });
                }
                Some("number") => kinds.number = Some(json!({ "type": "number" })),
                Some("array") => {
                    kinds.lists.extend(schema.get("items").cloned());
                }
                Some("object") => {
                    kinds
                        .maps
                        .extend(schema.get("additionalProperties").cloned());
                }
                _ => kinds.any = true,
            }
        }
    }

    /// One type for objects.
    fn records(
        &mut self,
        name: &str,
        records: Vec<Value>,
        place: &str,
        depth: usize,
    ) -> Option<Value> {
        let mut records = distinct(records);
        match records.len() {
            0 => None,
            1 => records.pop(),
            _ => Some(self.component(name, &records, place, depth)),
        }
    }

    /// One type for text: the values of all enums, and others where there is plain text.
    fn text(&mut self, name: &str, enums: &[Value], plain: bool, place: &str) -> Option<Value> {
        let enums = distinct(enums.to_vec());
        match enums.as_slice() {
            [] => return plain.then(|| json!({ "type": "string" })),
            // In an answer every enum keeps other values than its own.
            [only] => return Some(only.clone()),
            _ => {}
        }
        let mut values: Vec<Value> = Vec::new();
        for one in &enums {
            let listed = self.target(one).and_then(|target| target.get("enum"));
            for value in listed.and_then(Value::as_array).into_iter().flatten() {
                if !values.contains(value) {
                    values.push(value.clone());
                }
            }
        }
        if !distinct_variants(values.iter().filter_map(Value::as_str)) {
            return Some(json!({ "type": "string" }));
        }
        let key = key(&enums);
        let made = if let Some(made) = self.made.get(&key) {
            made.clone()
        } else {
            let made = self.names.take(name);
            self.made.insert(key, made.clone());
            let schema = json!({ "type": "string", "enum": values, AT: place });
            self.add(made.clone(), schema);
            made
        };
        Some(reference_to(&made))
    }

    /// A reference to the component of this union.
    fn component(&mut self, name: &str, members: &[Value], place: &str, depth: usize) -> Value {
        let key = key(members);
        if let Some(made) = self.made.get(&key) {
            return reference_to(made);
        }
        let made = self.names.take(name);
        self.made.insert(key, made.clone());
        let mut schema = json!({ "oneOf": members, AT: place });
        self.union(&mut schema, &made, members, depth + 1);
        self.add(made.clone(), schema);
        reference_to(&made)
    }

    fn add(&mut self, name: String, schema: Value) {
        self.directions.insert(
            name.clone(),
            Direction {
                request: false,
                response: true,
            },
        );
        self.added.insert(name, schema);
    }
}

/// The types of one field, by kind.
#[derive(Default)]
struct Kinds {
    any: bool,
    records: Vec<Value>,
    lists: Vec<Value>,
    maps: Vec<Value>,
    boolean: Option<Value>,
    number: Option<Value>,
    text: bool,
    enums: Vec<Value>,
    others: Vec<Value>,
}

/// Each type once.
fn distinct(schemas: Vec<Value>) -> Vec<Value> {
    let mut found: Vec<Value> = Vec::new();
    for schema in schemas {
        if !found.iter().any(|known| bare(known) == bare(&schema)) {
            found.push(schema);
        }
    }
    found
}

/// Keeps the annotations, and puts another shape in the place of the schema's own.
fn replace(schema: &mut Value, shape: Value) {
    let object = keywords(schema);
    object.retain(|keyword, _| is_annotation(keyword));
    if let Value::Object(shape) = shape {
        object.extend(shape);
    }
}
