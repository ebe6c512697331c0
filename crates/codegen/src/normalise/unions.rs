//! Rule `unions`: `anyOf` becomes `oneOf`, null becomes nullable, unions inside unions are laid open, equal members
//! become one, an enum beside a plain string becomes an open enum, and a union of one is that one.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::{
    draft::Draft,
    schema::{
        WEAKENED, any_json, at, bare, is_annotation, is_any_json, is_record, keywords, reference,
        type_of, walk_up_mut,
    },
};
use crate::report::Report;

const RULE: &str = "unions";

/// How many unions with properties beside them are laid open that stand in each other.
const DEEPEST: usize = 4;

/// Simplifies every union of the draft.
pub(super) fn apply(draft: &mut Draft, report: &mut Report) {
    for root in draft.roots_mut() {
        walk_up_mut(root, &mut |schema| to_one_of(schema, report));
    }
    let sources = members(draft);
    for root in draft.roots_mut() {
        walk_up_mut(root, &mut |schema| simplify(schema, &sources, report, 0));
    }
}

/// The components that unions are made of, before any union is simplified.
fn members(draft: &mut Draft) -> Map<String, Value> {
    let mut names = BTreeSet::new();
    for root in draft.roots_mut() {
        // A component that only names another stands for that one.
        names.extend(reference(root));
        walk_up_mut(root, &mut |schema| {
            let members = schema.get("oneOf").and_then(Value::as_array);
            names.extend(members.into_iter().flatten().filter_map(reference));
        });
    }
    let components = draft.schemas.iter();
    components
        .filter(|(name, _)| names.contains(*name))
        .map(|(name, schema)| (name.clone(), schema.clone()))
        .collect()
}

/// Gives the schema `oneOf` in place of `anyOf`, and drops `not`.
fn to_one_of(schema: &mut Value, report: &mut Report) {
    let place = at(schema);
    let object = keywords(schema);
    if object.remove("not").is_some() {
        report.note(
            "not",
            &place,
            "what a value is not cannot be said in Rust, and is left out",
        );
    }
    if let Some(members) = object.remove("anyOf") {
        report.note(RULE, &place, "anyOf becomes oneOf");
        object.insert("oneOf".to_owned(), members);
    }
}

fn simplify(schema: &mut Value, sources: &Map<String, Value>, report: &mut Report, depth: usize) {
    let place = at(schema);
    let Some(Value::Array(members)) = keywords(schema).remove("oneOf") else {
        return;
    };
    keywords(schema).remove("discriminator");
    let mut flat = Flat {
        sources,
        seen: BTreeSet::new(),
        members: Vec::new(),
        nullable: false,
    };
    for member in members {
        flat.add(member);
    }
    let Flat {
        mut members,
        nullable,
        ..
    } = flat;
    if nullable {
        keywords(schema).insert("nullable".to_owned(), Value::Bool(true));
    }
    if is_record(schema) {
        // Members that only say which properties go together have no type of their own.
        if members.iter().all(only_presence) {
            report.note(
                RULE,
                &place,
                "a choice between required properties is left out",
            );
            return;
        }
        report.note(
            RULE,
            &place,
            "the properties beside a union go into each of its members",
        );
        members = members
            .into_iter()
            .map(|member| with_base(schema, member, sources))
            .flat_map(|member| laid_open(member, sources, report, depth))
            .collect();
        keywords(schema).retain(|keyword, _| keyword == "nullable" || is_annotation(keyword));
    } else if let Some(name) = type_of(schema).map(str::to_owned) {
        for member in &mut members {
            if member.get("enum").is_some() || only_presence(member) && type_of(member).is_none() {
                keywords(member)
                    .entry("type")
                    .or_insert_with(|| Value::String(name.clone()));
            }
        }
        keywords(schema).retain(|keyword, _| keyword == "nullable" || is_annotation(keyword));
    }
    if members.iter().any(is_any_json) || members.iter().any(untyped) {
        report.note(RULE, &place, "a union with any JSON is any JSON");
        let lost = members.iter().find(|member| member.get(WEAKENED).is_some());
        return turn_into(schema, lost.cloned().unwrap_or_else(any_json));
    }
    open_enum(&mut members, &place, report);
    match members.len() {
        0 => turn_into(schema, any_json()),
        1 => turn_into(schema, members.swap_remove(0)),
        _ => {
            keywords(schema).insert("oneOf".to_owned(), Value::Array(members));
        }
    }
}

/// The members of a union with those of the unions among them.
struct Flat<'a> {
    sources: &'a Map<String, Value>,
    seen: BTreeSet<String>,
    members: Vec<Value>,
    nullable: bool,
}

impl Flat<'_> {
    fn add(&mut self, mut member: Value) {
        if keywords(&mut member).remove("nullable") == Some(Value::Bool(true)) {
            self.nullable = true;
        }
        if let Some(Value::Array(values)) = member.get_mut("enum") {
            let count = values.len();
            values.retain(|value| !value.is_null());
            self.nullable |= values.len() < count;
            if values.is_empty() {
                return;
            }
        } else if member
            .as_object()
            .is_some_and(|object| object.keys().all(|key| is_annotation(key)))
            && self.nullable
        {
            return;
        }
        if let Some(name) = reference(&member) {
            let Some(target) = self.sources.get(&name) else {
                return;
            };
            let pure = target.get("oneOf").is_some() && !is_record(target);
            if pure || reference(target).is_some() {
                if self.seen.insert(name) {
                    self.open(target.clone());
                }
                return;
            }
        } else if member.get("oneOf").is_some() && !is_record(&member) {
            return self.open(member);
        }
        if !self
            .members
            .iter()
            .any(|other| bare(other) == bare(&member))
        {
            self.members.push(member);
        }
    }

    fn open(&mut self, mut union: Value) {
        self.nullable |= super::schema::is_true(&union, "nullable");
        match keywords(&mut union).remove("oneOf") {
            Some(Value::Array(members)) => {
                for member in members {
                    self.add(member);
                }
            }
            _ => self.add(union),
        }
    }
}

/// Takes the place of the schema, whose annotations stay.
fn turn_into(schema: &mut Value, other: Value) {
    let Value::Object(other) = other else { return };
    let own = keywords(schema);
    for (keyword, value) in other {
        if !is_annotation(&keyword) || !own.contains_key(&keyword) {
            own.insert(keyword, value);
        }
    }
}

/// Whether the schema says no more than which properties are required.
fn only_presence(schema: &Value) -> bool {
    schema.as_object().is_some_and(|object| {
        object
            .keys()
            .all(|key| key == "required" || key == "type" || is_annotation(key))
    })
}

fn untyped(schema: &Value) -> bool {
    schema
        .as_object()
        .is_some_and(|object| object.keys().all(|key| is_annotation(key)))
}

/// A member that is a union with properties beside it in turn, as the members of that union.
fn laid_open(
    mut member: Value,
    sources: &Map<String, Value>,
    report: &mut Report,
    depth: usize,
) -> Vec<Value> {
    if depth == DEEPEST {
        keywords(&mut member).remove("oneOf");
    }
    simplify(&mut member, sources, report, depth + 1);
    match keywords(&mut member).remove("oneOf") {
        Some(Value::Array(members)) => members,
        _ => vec![member],
    }
}

/// The member with the properties that stand beside the union.
fn with_base(base: &Value, member: Value, sources: &Map<String, Value>) -> Value {
    let own = match reference(&member).and_then(|name| sources.get(&name)) {
        Some(target) if is_record(target) => target.clone(),
        _ => member,
    };
    let mut merged = base.clone();
    keywords(&mut merged).retain(|keyword, _| !is_annotation(keyword) && keyword != "nullable");
    let Value::Object(own) = own else {
        return merged;
    };
    for (keyword, value) in own {
        match (
            keyword.as_str(),
            keywords(&mut merged).get_mut(&keyword),
            value,
        ) {
            ("properties", Some(Value::Object(into)), Value::Object(more)) => into.extend(more),
            ("required", Some(Value::Array(into)), Value::Array(more)) => into.extend(more),
            (_, _, value) => {
                keywords(&mut merged).insert(keyword, value);
            }
        }
    }
    merged
}

/// An enum of strings beside a plain string is an open enum.
fn open_enum(members: &mut Vec<Value>, place: &str, report: &mut Report) {
    let plain = |schema: &Value| type_of(schema) == Some("string") && schema.get("enum").is_none();
    let listed = |schema: &Value| {
        schema.get("enum").is_some() && type_of(schema).is_none_or(|name| name == "string")
    };
    if members.len() == 2 && members.iter().any(plain) && members.iter().any(listed) {
        members.retain(|member| !plain(member));
        for member in members {
            keywords(member).insert("x-open-enum".to_owned(), Value::Bool(true));
        }
        report.note("open-enums", place, "an enum beside a plain string is open");
    }
}
