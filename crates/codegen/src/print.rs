//! progenitor's Rust for a normalised document.

mod prune;

use std::{any::Any, cell::Cell, collections::BTreeSet, panic, sync::Once};

use openapiv3::OpenAPI;
use proc_macro2::TokenStream;
use progenitor::{CrateVers, GenerationSettings, Generator, InterfaceStyle, TagStyle};
use serde::Deserialize as _;
use serde_json::{Map, Value, json};

use crate::{
    deep::deep,
    normalise::Normalised,
    refusal::{Refusal, Refusals},
};

thread_local! {
    static QUIET: Cell<bool> = const { Cell::new(false) };
}

/// The client that progenitor prints, in builder style with merged tags, as far as finishing builds on it.
///
/// # Errors
///
/// When progenitor or typify cannot print the document; the refusal names the operation or component that stops it.
pub fn client(normalised: &Normalised) -> Result<String, Refusals> {
    deep(|| tokens(normalised).map(|tokens| tokens.to_string()))
        .unwrap_or_else(|| Err(locate(normalised, "the printer ends")))
}

/// [`client`] on a thread with a deep stack, as tokens.
pub(crate) fn tokens(normalised: &Normalised) -> Result<TokenStream, Refusals> {
    print(&normalised.document).map_err(|reason| locate(normalised, &reason))
}

/// Runs the printer where a panic stays a value.
fn print(document: &Value) -> Result<TokenStream, String> {
    silence_this_modules_panics();
    let outer = QUIET.replace(true);
    let printed = panic::catch_unwind(|| generate(document));
    QUIET.set(outer);
    printed.unwrap_or_else(|payload| Err(message(&*payload)))
}

fn generate(document: &Value) -> Result<TokenStream, String> {
    let document = OpenAPI::deserialize(document).map_err(|error| error.to_string())?;
    let mut settings = GenerationSettings::default();
    settings
        .with_interface(InterfaceStyle::Builder)
        .with_tag(TagStyle::Merged)
        .with_map_type("::std::collections::BTreeMap")
        .with_derive("PartialEq")
        .with_crate("client-runtime", CrateVers::Any, None)
        .with_crate("std", CrateVers::Any, None);
    let tokens = Generator::new(&settings)
        .generate_tokens(&document)
        .map_err(|error| error.to_string())?;
    drop(document);
    Ok(prune::pruned(tokens))
}

/// Keeps the panics of printer threads off standard error: they come back as values.
fn silence_this_modules_panics() {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let previous = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if !QUIET.get() {
                previous(info);
            }
        }));
    });
}

fn message(payload: &(dyn Any + Send)) -> String {
    payload
        .downcast_ref::<String>()
        .cloned()
        .or_else(|| {
            payload
                .downcast_ref::<&str>()
                .map(|text| (*text).to_owned())
        })
        .unwrap_or_else(|| "a panic without a message".to_owned())
}

/// Finds what the printer fails on: the first component with which it fails, else the first operation.
fn locate(normalised: &Normalised, reason: &str) -> Refusals {
    let document = &normalised.document;
    let components: Vec<&String> = document
        .pointer("/components/schemas")
        .and_then(Value::as_object)
        .into_iter()
        .flat_map(Map::keys)
        .collect();
    let alone = |count: usize| part(document, &components[..count], 0);
    let operations = normalised.plan.operations.len();
    let pointer = if print(&part(document, &components, 0)).is_err() {
        let count = first_failing(components.len(), |count| print(&alone(count)).is_err());
        let name = count.checked_sub(1).and_then(|index| components.get(index));
        name.map(|name| match normalised.plan.types.get(*name) {
            Some(shape) => shape.pointer.clone(),
            None => format!("/components/schemas/{name}"),
        })
    } else {
        let count = first_failing(operations, |count| {
            print(&part(document, &components, count)).is_err()
        });
        count
            .checked_sub(1)
            .and_then(|index| normalised.plan.operations.get(index))
            .map(|found| found.pointer.clone())
    };
    Refusals::from(Refusal::new(
        "print",
        pointer.unwrap_or_default(),
        format!(
            "what cannot be printed: {}",
            reason.lines().next().unwrap_or_default()
        ),
        "a schema or operation that progenitor prints",
        "simplify it, or change it with an overlay",
    ))
}

/// The smallest count that fails, when more never mends it.
fn first_failing(most: usize, fails: impl Fn(usize) -> bool) -> usize {
    let (mut good, mut bad) = (0, most);
    while bad > good + 1 {
        let middle = good.midpoint(bad);
        if fails(middle) {
            bad = middle;
        } else {
            good = middle;
        }
    }
    bad
}

/// The document with these components, whatever they refer to, and its first operations.
fn part(document: &Value, components: &[&String], operations: usize) -> Value {
    let all = document
        .pointer("/components/schemas")
        .and_then(Value::as_object);
    let mut open: Vec<String> = components.iter().map(|name| (*name).clone()).collect();
    let mut wanted = BTreeSet::new();
    while let Some(name) = open.pop() {
        if let Some(schema) = all.and_then(|all| all.get(&name))
            && wanted.insert(name)
        {
            references(schema, &mut open);
        }
    }
    let schemas: Map<String, Value> = all
        .into_iter()
        .flatten()
        .filter(|(name, _)| wanted.contains(*name))
        .map(|(name, schema)| (name.clone(), schema.clone()))
        .collect();
    let mut paths = Map::new();
    let mut left = operations;
    for (path, item) in document
        .get("paths")
        .and_then(Value::as_object)
        .into_iter()
        .flatten()
    {
        let methods: Map<String, Value> = item
            .as_object()
            .into_iter()
            .flatten()
            .take(left)
            .map(|(method, operation)| (method.clone(), operation.clone()))
            .collect();
        left -= methods.len();
        paths.insert(path.clone(), Value::Object(methods));
    }
    json!({
        "openapi": document.get("openapi"),
        "info": document.get("info"),
        "paths": paths,
        "components": { "schemas": schemas },
    })
}

fn references(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(object) => {
            let target = object.get("$ref").and_then(Value::as_str);
            found.extend(
                target
                    .and_then(|target| target.strip_prefix("#/components/schemas/"))
                    .map(str::to_owned),
            );
            object.values().for_each(|value| references(value, found));
        }
        Value::Array(values) => values.iter().for_each(|value| references(value, found)),
        _ => {}
    }
}
