//! Rules `unused-components` and `directions`: components that no operation uses are left out, and what is both sent and
//! answered becomes two types.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::{
    draft::Draft,
    identifier::Names,
    response_unions,
    schema::{at, is_true, keywords, reference, references, retarget, walk_mut},
};
use crate::report::Report;

/// Which way a component goes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Direction {
    /// Whether it is sent.
    pub(super) request: bool,
    /// Whether it is answered.
    pub(super) response: bool,
}

/// Separates what is sent from what is answered.
pub(super) fn apply(
    draft: &mut Draft,
    names: &mut Names,
    report: &mut Report,
) -> BTreeMap<String, Direction> {
    let (sent, answered) = reached(draft);
    for (name, schema) in &draft.schemas {
        if !sent.contains(name) && !answered.contains(name) {
            report.note(
                "unused-components",
                at(schema),
                format!("{name} is in no operation and is left out"),
            );
        }
    }
    draft
        .schemas
        .retain(|name, _| sent.contains(name) || answered.contains(name));
    let mut inputs = BTreeMap::new();
    for (name, schema) in &draft.schemas {
        if sent.contains(name) && answered.contains(name) && schema.get("enum").is_none() {
            let input = names.take(&format!("{name}Input"));
            report.note(
                "directions",
                at(schema),
                format!("{name} is what is answered, {input} what is sent"),
            );
            inputs.insert(name.clone(), input);
        }
    }
    let mut directions = BTreeMap::new();
    let mut split = Map::new();
    for (name, mut schema) in std::mem::take(&mut draft.schemas) {
        let mut direction = Direction {
            request: sent.contains(&name),
            response: answered.contains(&name),
        };
        if let Some(input) = inputs.get(&name) {
            direction.request = false;
            let mut copy = schema.clone();
            redirect(&mut copy, &inputs);
            split.insert(input.clone(), copy);
            directions.insert(
                input.clone(),
                Direction {
                    request: true,
                    response: false,
                },
            );
        } else if direction.request && !direction.response {
            redirect(&mut schema, &inputs);
        }
        directions.insert(name.clone(), direction);
        split.insert(name, schema);
    }
    draft.schemas = split;
    for operation in &mut draft.operations {
        for root in operation.request_roots_mut() {
            redirect(root, &inputs);
        }
    }
    for (name, schema) in &mut draft.schemas {
        if let Some(direction) = directions.get(name) {
            one_way(schema, *direction, report);
        }
    }
    response_unions::apply(draft, names, &mut directions, report);
    let (sent, answered) = reached(draft);
    draft
        .schemas
        .retain(|name, _| sent.contains(name) || answered.contains(name));
    directions
}

/// The components that requests and responses reach.
fn reached(draft: &mut Draft) -> (BTreeSet<String>, BTreeSet<String>) {
    let (mut sent, mut answered) = (Vec::new(), Vec::new());
    for operation in &mut draft.operations {
        for root in operation.request_roots_mut() {
            references(root, &mut sent);
        }
        for root in operation.response_roots_mut() {
            references(root, &mut answered);
        }
    }
    (
        closure(sent, &draft.schemas),
        closure(answered, &draft.schemas),
    )
}

/// These components, and all that they refer to.
pub(super) fn closure(mut open: Vec<String>, schemas: &Map<String, Value>) -> BTreeSet<String> {
    let mut seen = BTreeSet::new();
    while let Some(name) = open.pop() {
        if let Some(schema) = schemas.get(&name)
            && seen.insert(name)
        {
            references(schema, &mut open);
        }
    }
    seen
}

fn redirect(schema: &mut Value, inputs: &BTreeMap<String, String>) {
    walk_mut(schema, &mut |schema| {
        if let Some(input) = reference(schema).and_then(|name| inputs.get(&name)) {
            retarget(schema, input);
        }
    });
}

/// Leaves out of what is sent what can only be read, and the other way round.
fn one_way(schema: &mut Value, direction: Direction, report: &mut Report) {
    let keyword = match direction {
        Direction {
            request: true,
            response: false,
        } => "readOnly",
        Direction {
            request: false,
            response: true,
        } => "writeOnly",
        _ => return,
    };
    let Some(Value::Object(properties)) = keywords(schema).get_mut("properties") else {
        return;
    };
    if properties
        .values()
        .all(|property| is_true(property, keyword))
    {
        return;
    }
    let mut left_out = Vec::new();
    properties.retain(|name, property| {
        let keep = !is_true(property, keyword);
        if !keep {
            report.note(
                "directions",
                at(property),
                format!("{keyword}: left out on the other way"),
            );
            left_out.push(name.clone());
        }
        keep
    });
    if let Some(Value::Array(required)) = keywords(schema).get_mut("required") {
        required.retain(|name| {
            !left_out
                .iter()
                .any(|left| Some(left.as_str()) == name.as_str())
        });
    }
}
