//! Rule `all-of`: every `allOf` becomes one schema. A single reference with nothing but annotations beside it stays a
//! reference; anything else is merged, property by property.

mod choices;

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::{
    draft::Draft,
    schema::{AT, at, bare, children_mut, is_annotation, keywords, reference, weakened},
};
use crate::{
    refusal::{Refusal, Refusals},
    report::Report,
};

const RULE: &str = "all-of";

/// Merges every `allOf` of the draft.
///
/// # Errors
///
/// When a component is, through `allOf`, a part of itself.
pub(super) fn apply(draft: &mut Draft, report: &mut Report) -> Result<(), Refusals> {
    let names: Vec<String> = draft.schemas.keys().cloned().collect();
    let mut merger = Merger {
        merged: BTreeMap::new(),
        sources: std::mem::take(&mut draft.schemas),
        report,
        refusals: Vec::new(),
    };
    for operation in &mut draft.operations {
        for root in operation.request_roots_mut() {
            merger.schema(root);
        }
        for root in operation.response_roots_mut() {
            merger.schema(root);
        }
    }
    for name in &names {
        merger.component(name);
    }
    for name in names {
        if let Some(State::Done(schema)) = merger.merged.remove(&name) {
            draft.schemas.insert(name, schema);
        }
    }
    Refusals::check(merger.refusals)
}

/// How far a component is.
enum State {
    Open,
    Done(Value),
}

struct Merger<'a> {
    merged: BTreeMap<String, State>,
    /// The components; those that are being merged, or are, have been taken out.
    sources: Map<String, Value>,
    report: &'a mut Report,
    refusals: Vec<Refusal>,
}

impl Merger<'_> {
    /// Merges the component, unless it is already; none while it is being merged, which means that it is a part of
    /// itself.
    fn component(&mut self, name: &str) -> Option<&Value> {
        if !self.merged.contains_key(name) {
            let mut schema = self.sources.get_mut(name).map(std::mem::take)?;
            self.merged.insert(name.to_owned(), State::Open);
            self.schema(&mut schema);
            self.merged.insert(name.to_owned(), State::Done(schema));
        }
        match self.merged.get(name) {
            Some(State::Done(schema)) => Some(schema),
            _ => None,
        }
    }

    /// Merges the `allOf`s inside the schema, and its own.
    fn schema(&mut self, schema: &mut Value) {
        children_mut(schema, &mut |_, child| self.schema(child));
        self.one_choice(schema);
        let Some(Value::Array(members)) = keywords(schema).remove("allOf") else {
            return;
        };
        let structural = |schema: &Value| {
            schema.as_object().is_some_and(|object| {
                object
                    .keys()
                    .any(|keyword| keyword != "nullable" && !is_annotation(keyword))
            })
        };
        let own_structure = schema.as_object().is_some_and(|object| {
            object.iter().any(|(key, value)| {
                key != "nullable" && !is_annotation(key) && !(key == "type" && value == "object")
            })
        });
        let place = at(schema);
        let (solid, notes): (Vec<Value>, Vec<Value>) = members.into_iter().partition(structural);
        for note in notes {
            add_annotations(schema, &note);
        }
        match solid.as_slice() {
            [] => {}
            [only] if !own_structure && reference(only).is_some() => {
                keywords(schema).remove("type");
                add_annotations(schema, only);
                if let Some(target) = only.get("$ref") {
                    keywords(schema).insert("$ref".to_owned(), target.clone());
                }
            }
            _ => {
                self.report
                    .note(RULE, &place, format!("{} schemas become one", solid.len()));
                self.merge_all(schema, solid, &place);
            }
        }
    }

    fn merge_all(&mut self, schema: &mut Value, members: Vec<Value>, place: &str) {
        let own = std::mem::replace(schema, Value::Object(Map::new()));
        for member in members {
            let annotation_free = reference(&member).is_some();
            let mut resolved = member;
            for _ in 0..=self.sources.len() {
                let Some(name) = reference(&resolved) else {
                    break;
                };
                let Some(target) = self.component(&name).cloned() else {
                    self.refusals.push(Refusal::new(
                        RULE,
                        place,
                        "a schema that is, through allOf, a part of itself",
                        "allOf that ends",
                        "take one of the references out of allOf, or make it a property",
                    ));
                    return;
                };
                resolved = target;
            }
            if annotation_free {
                keywords(&mut resolved).retain(|keyword, _| !is_annotation(keyword));
            }
            self.merge(schema, resolved, place);
        }
        self.merge(schema, own, place);
        keywords(schema).insert(AT.to_owned(), Value::String(place.to_owned()));
    }

    /// Adds what `from` says to `into`; where both say something, `from` wins.
    fn merge(&mut self, into: &mut Value, from: Value, place: &str) {
        let Value::Object(from) = from else { return };
        let target = keywords(into);
        let same_type = match (target.get("type"), from.get("type")) {
            (Some(left), Some(right)) => left == right || is_number(left) && is_number(right),
            _ => true,
        };
        if !same_type {
            self.report
                .note(RULE, place, "schemas of different types become any JSON");
            let annotations = target.iter().filter(|(keyword, _)| is_annotation(keyword));
            let mut any: Map<String, Value> = annotations
                .map(|(key, value)| (key.clone(), value.clone()))
                .collect();
            if let Value::Object(json) = weakened(RULE) {
                any.extend(json);
            }
            *target = any;
            return;
        }
        for (keyword, value) in from {
            if choices::KEYWORDS.contains(&keyword.as_str()) {
                self.choose(target, &keyword, value, place);
                continue;
            }
            match (keyword.as_str(), target.get_mut(&keyword)) {
                ("properties", Some(Value::Object(properties))) => {
                    if let Value::Object(more) = value {
                        self.merge_properties(properties, more, place);
                    }
                }
                ("required", Some(Value::Array(names))) => {
                    if let Value::Array(more) = value {
                        for name in more {
                            if !names.contains(&name) {
                                names.push(name);
                            }
                        }
                    }
                }
                ("enum", Some(Value::Array(values))) => {
                    if let Value::Array(more) = value
                        && values.iter().any(|value| more.contains(value))
                    {
                        values.retain(|value| more.contains(value));
                    }
                }
                ("additionalProperties", Some(present)) => {
                    if *present == json!(true) || *present == json!({}) {
                        *present = value;
                    }
                }
                ("items", Some(present)) => self.merge(present, value, place),
                _ => {
                    target.insert(keyword, value);
                }
            }
        }
    }

    fn merge_properties(
        &mut self,
        into: &mut Map<String, Value>,
        from: Map<String, Value>,
        place: &str,
    ) {
        for (name, property) in from {
            match into.get_mut(&name) {
                None => {
                    into.insert(name, property);
                }
                Some(present) if bare(present) == bare(&property) => {
                    add_annotations(present, &property);
                }
                Some(present) if bare(&property).as_object().is_some_and(Map::is_empty) => {
                    add_annotations(present, &property);
                }
                Some(present) => {
                    if bare(present)
                        .as_object()
                        .is_none_or(|object| !object.is_empty())
                    {
                        let detail = format!(
                            "the property {name} is described twice, and the later one is taken"
                        );
                        self.report.note(RULE, place, detail);
                    }
                    *present = property;
                }
            }
        }
    }
}

fn is_number(name: &Value) -> bool {
    name == "integer" || name == "number"
}

/// Adds the annotations of `from`, and its being nullable, where `into` has none.
fn add_annotations(into: &mut Value, from: &Value) {
    let Some(from) = from.as_object() else { return };
    let into = keywords(into);
    for (keyword, value) in from {
        if (keyword == "nullable" || is_annotation(keyword)) && !into.contains_key(keyword) {
            into.insert(keyword.clone(), value.clone());
        }
    }
}
