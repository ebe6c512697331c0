//! What stands in a box, so that a type has a size, and none that overflows a stack.
//!
//! Types may contain themselves through a generic type of the runtime: typify puts into a box what contains itself as it
//! is, and does not look into types that it does not print. And where large types hold each other as they are, their
//! sizes multiply: of Stripe's document, some would need megabytes.

mod size;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::{
    draft::Draft,
    schema::{children, children_mut, reference, reference_to, rust_path, rust_type},
};

/// The generic types that hold their value as it is. Lists and maps hold theirs elsewhere.
const HOLDING: [&str; 2] = ["client_runtime::Nullable", "std::option::Option"];

/// Puts what a component contains of itself into a box, where it stands in a generic type, and what is large.
pub(super) fn apply(draft: &mut Draft) {
    let large = size::large(draft);
    for schema in draft.schemas.values_mut() {
        if let Some(Value::Object(properties)) = schema.get_mut("properties") {
            for property in properties.values_mut() {
                box_large(property, &large);
            }
        }
    }
    let held: BTreeMap<String, Vec<String>> = draft
        .schemas
        .iter()
        .map(|(name, schema)| (name.clone(), held(schema)))
        .collect();
    for (name, schema) in &mut draft.schemas {
        if contains(&held, name, name) {
            children_mut(schema, &mut |_, child| boxed(child, name, &held));
        }
    }
}

/// Puts the component that the field is into a box, when it is a large one.
fn box_large(field: &mut Value, large: &BTreeSet<String>) {
    if let Some(name) = reference(field).filter(|name| large.contains(name)) {
        let boxed = rust_type("std", "std::boxed::Box", &[reference_to(&name)]);
        if let (Value::Object(field), Value::Object(boxed)) = (field, boxed) {
            field.remove("$ref");
            field.extend(boxed);
        }
    } else if rust_path(field).is_some_and(|path| HOLDING.contains(&path)) {
        children_mut(field, &mut |_, parameter| box_large(parameter, large));
    }
}

/// The components that a value of the schema holds as it is.
fn held(schema: &Value) -> Vec<String> {
    let properties = schema.get("properties").and_then(Value::as_object);
    let members = schema.get("oneOf").and_then(Value::as_array);
    let mut found = Vec::new();
    for part in properties
        .into_iter()
        .flat_map(Map::values)
        .chain(members.into_iter().flatten())
    {
        found.extend(reference(part));
        if rust_path(part).is_some_and(|path| HOLDING.contains(&path)) {
            found.extend(children(part).into_iter().filter_map(reference));
        }
    }
    found
}

/// Whether a value of the component `outer` can hold one of `inner`.
fn contains(held: &BTreeMap<String, Vec<String>>, outer: &str, inner: &str) -> bool {
    let mut open: Vec<&String> = held.get(outer).into_iter().flatten().collect();
    let mut seen = BTreeSet::new();
    while let Some(name) = open.pop() {
        if name == inner {
            return true;
        }
        if seen.insert(name) {
            open.extend(held.get(name).into_iter().flatten());
        }
    }
    false
}

fn boxed(schema: &mut Value, owner: &str, held: &BTreeMap<String, Vec<String>>) {
    if !rust_path(schema).is_some_and(|path| HOLDING.contains(&path)) {
        return;
    }
    children_mut(schema, &mut |_, parameter| {
        let leads_back = reference(parameter)
            .is_some_and(|target| target == owner || contains(held, &target, owner));
        if leads_back {
            let inner = parameter.take();
            *parameter = rust_type("std", "std::boxed::Box", &[inner]);
        }
    });
}
