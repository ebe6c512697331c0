//! Makes the modules of a client crate from what progenitor printed.
//!
//! progenitor and typify say which types and parameters there are and what they are called. Everything that acts is
//! written here: how a type is encoded and decoded, what `Debug` may print, how an operation becomes a request for
//! `client-runtime` and how its answer becomes a value. So nothing of progenitor's own way to send is left.
//!
//! Every form that progenitor prints is recognised or refused: an upgrade that prints another one fails with the form
//! that was found.

mod api;
mod body;
mod builder;
mod builders;
mod client;
mod docs;
mod enums;
mod example;
mod fields;
mod files;
mod gates;
mod integrations;
mod listing;
mod operations;
mod outcome;
mod parameter;
mod paths;
mod press;
mod printed;
mod sandbox;
mod structs;
mod types;
mod unexpected;
mod uses;

use std::{collections::BTreeMap, num::NonZero};

use proc_macro2::TokenStream;
use quote::quote;

pub(crate) use self::{
    client::{credential_methods, method_name},
    example::{Example, StructExample},
};
use self::{press::Press, printed::Printed};
use crate::{
    plan::Plan,
    refusal::{Refusal, Refusals},
};

/// What the press calls the test of every operation, which is no module of the crate.
const TEST: &str = "calls.rs";

/// The modules of a client crate, without headers: path under `src/` to text.
pub(crate) type Modules = BTreeMap<String, String>;

/// The modules of a client crate, and what its README needs to know of them.
#[derive(Debug)]
pub(crate) struct Finished {
    /// The modules.
    pub(crate) modules: Modules,
    /// The test that calls every operation, where the crate has a test kit.
    pub(crate) test: Option<String>,
    /// What an example of an operation gives, by the operation's id, where all that is required can be made up.
    pub(crate) examples: BTreeMap<String, Example>,
}

/// Makes the modules of a client crate.
///
/// # Errors
///
/// When progenitor printed a form that is not known, or when data for the runtime is malformed.
///
/// `kit` is the name of the crate, where it has a test kit.
pub(crate) fn finish(
    printed: TokenStream,
    plan: &Plan,
    kit: Option<&str>,
    threads: NonZero<usize>,
) -> Result<Finished, Refusals> {
    let printed = Printed::read(printed).map_err(|error| error.at(""))?;
    let mut refusals = Vec::new();
    let (examples, mut modules, unprinted) = press::printed(threads, |press| {
        all(&printed, plan, kit, press, &mut refusals)
    });
    refusals.extend(unprinted);
    Refusals::check(refusals)?;
    Ok(Finished {
        test: modules.remove(TEST),
        modules,
        examples,
    })
}

/// Makes every module; returns what an example of each operation gives.
fn all(
    printed: &Printed,
    plan: &Plan,
    kit: Option<&str>,
    press: &mut Press,
    refusals: &mut Vec<Refusal>,
) -> BTreeMap<String, Example> {
    let mut examples = BTreeMap::new();
    let structs = types::types(printed, plan, press, refusals);
    let mut calls = Vec::new();
    for (operation, builder) in builders::builders(printed, plan, press, refusals) {
        if kit.is_some() {
            calls.push((operation.clone(), builder.call()));
        }
        if let Some(example) = builder.example(&structs) {
            examples.insert(operation, example);
        }
    }
    match client::client(plan, printed) {
        Ok(tokens) => press.insert("client.rs", "The client and its builder.", &tokens),
        Err(refusal) => refusals.push(refusal),
    }
    press.insert(
        "operations.rs",
        "The operations as the API's document describes them.",
        &operations::operations(plan),
    );
    press.insert(
        "prelude.rs",
        "What most programs use of this crate.",
        &quote! {
            pub use crate::{Client, ClientBuilder, types};
            pub use client_runtime::{
                CallOptions, Error, ErrorKind, Json, ListingError, Nullable, Open, ResponseValue, Secret, WriteOutcome,
            };
        },
    );
    if let Some(name) = kit {
        press.insert(
            "sandbox.rs",
            "A local server that plays the API, and a client of it: for tests.",
            &sandbox::module(plan),
        );
        press.insert(
            TEST,
            "Every operation, called with made-up arguments.",
            &sandbox::test(plan, name, &calls),
        );
    }
    press.insert_text("integrations.rs", integrations::integrations(plan));
    examples
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(printed: &str) -> String {
        let printed = printed.parse().unwrap();
        let finished = finish(printed, &Plan::default(), None, NonZero::<usize>::MIN);
        finished.unwrap_err().to_string()
    }

    #[test]
    fn a_form_that_is_not_known_is_refused_by_name() {
        let cases = [
            ("fn", "code that does not parse"),
            ("pub mod builder {}", "no module `types`"),
            ("pub mod types { pub fn new() {} }", "a function"),
            (
                "pub mod types { pub mod defaults {} }",
                "a module `types::defaults`",
            ),
            ("pub mod types { impl A {} }", "an impl before any type"),
            (
                "pub mod types { #[derive(Clone)] pub struct A { #[serde(with = \"x\")] pub a: i64 } }",
                "a serde attribute of `A.a`",
            ),
            (
                "pub mod types { #[derive(Clone)] pub struct A {} impl Iterator for A {} }",
                "another impl for the struct `A`",
            ),
            (
                "pub mod types {} pub mod builder { pub struct Get<'a> { id: String } }",
                "the field `id` of the builder `Get`",
            ),
            (
                "pub mod types {} pub mod builder { pub struct Get {} }",
                "a builder `Get` that no method makes",
            ),
        ];
        for (printed, found) in cases {
            let refusal = refusal(printed);
            assert!(
                refusal.contains(found) && refusal.contains("printed-form"),
                "{printed}: {refusal}"
            );
        }
    }
}
