//! Makes the modules of a client crate from what progenitor printed.
//!
//! progenitor and typify say which types and parameters there are and what they are called. Everything that acts is
//! written here: how a type is encoded and decoded, what `Debug` may print, how an operation becomes a request for
//! `client-runtime` and how its answer becomes a value. So nothing of progenitor's own way to send is left.
//!
//! Every form that progenitor prints is recognised or refused: an upgrade that prints another one fails with the form
//! that was found.

mod builders;
mod client;
mod docs;
mod enums;
mod fields;
mod integrations;
mod outcome;
mod paths;
mod printed;
mod structs;
mod unexpected;

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::{Ident, Type};

pub(crate) use self::client::{credential_methods, method_name};
use self::{
    builders::Builder,
    fields::Fields,
    outcome::Outcome,
    paths::{Paths, ident},
    printed::{Printed, PrintedType, TypeItem, generic_argument},
    structs::Struct,
    unexpected::Unexpected,
};
use crate::{
    plan::{self, Plan},
    refusal::{Refusal, Refusals},
};

/// The modules of a client crate, without headers: path under `src/` to text.
pub(crate) type Modules = BTreeMap<String, String>;

/// The modules of a client crate, and what its README needs to know of them.
#[derive(Debug)]
pub(crate) struct Finished {
    /// The modules.
    pub(crate) modules: Modules,
    /// For each operation whose required arguments can be made up, by its id: the calls that give them.
    pub(crate) example_calls: BTreeMap<String, Vec<String>>,
}

/// Makes the modules of a client crate.
///
/// # Errors
///
/// When progenitor printed a form that is not known, or when data for the runtime is malformed.
pub(crate) fn finish(printed: &str, plan: &Plan) -> Result<Finished, Refusals> {
    let printed = Printed::read(printed).map_err(|error| error.at(""))?;
    let mut modules = Modules::new();
    let mut refusals = Vec::new();
    let mut example_calls = BTreeMap::new();

    let without_required = types(&printed, plan, &mut modules, &mut refusals);
    for (operation, builder) in builders(&printed, plan, &mut modules, &mut refusals) {
        if let Some(calls) = builder.example_calls(&without_required) {
            example_calls.insert(operation, calls);
        }
    }
    match client::client(plan, &printed) {
        Ok(tokens) => insert(
            &mut modules,
            &mut refusals,
            "client.rs",
            "The client and its builder.",
            tokens,
        ),
        Err(refusal) => refusals.push(refusal),
    }
    insert(
        &mut modules,
        &mut refusals,
        "operations.rs",
        "The operations as the API's document describes them.",
        client::operations(plan),
    );
    insert(
        &mut modules,
        &mut refusals,
        "prelude.rs",
        "What most programs use of this crate.",
        quote! {
            pub use crate::{Client, ClientBuilder, types};
            pub use client_runtime::{CallOptions, Error, ErrorKind, Json, Nullable, Open, ResponseValue, Secret};
        },
    );
    modules.insert(
        "integrations.rs".to_owned(),
        integrations::integrations(plan),
    );
    Refusals::check(refusals)?;
    Ok(Finished {
        modules,
        example_calls,
    })
}

/// Prints one module.
fn insert(
    modules: &mut Modules,
    refusals: &mut Vec<Refusal>,
    path: &str,
    doc: &str,
    tokens: TokenStream,
) {
    match syn::parse2::<syn::File>(tokens) {
        Ok(file) => {
            let text = format!("//! {doc}\n\n{}", prettyplease::unparse(&file));
            modules.insert(path.to_owned(), text);
        }
        Err(error) => refusals.push(
            unexpected::unexpected(
                format!("names that do not parse in `{path}`: {error}"),
                "Rust",
            )
            .at(""),
        ),
    }
}

/// Prints the types; returns the names of the structs that need nothing to be made.
fn types(
    printed: &Printed,
    plan: &Plan,
    modules: &mut Modules,
    refusals: &mut Vec<Refusal>,
) -> BTreeSet<String> {
    let mut without_required = BTreeSet::new();
    let names = printed.type_names();
    let unplanned = plan::Type::default();
    let rests = rests(printed, plan, &names);
    let mut files = FileNames::new(&["error"]);
    let mut index = TokenStream::new();
    let mut converts = false;

    for printed_type in &printed.types {
        let name = printed_type.ident().to_string();
        let planned = plan.types.get(&name).unwrap_or(&unplanned);
        let tokens = match finished_type(printed_type, planned, &names, &rests) {
            Ok((tokens, needs_nothing)) => {
                if needs_nothing {
                    without_required.insert(name.clone());
                }
                tokens
            }
            Err(error) => {
                refusals.push(error.at(&format!("/components/schemas/{name}")));
                continue;
            }
        };
        let file = files.add(&name);
        insert(
            modules,
            refusals,
            &format!("types/{file}.rs"),
            &format!("The type `{name}`."),
            tokens,
        );
        converts |= modules
            .get(&format!("types/{file}.rs"))
            .is_some_and(|text| text.contains("ConversionError"));
        declare(&mut index, &file, printed_type.ident());
    }
    for operation in &plan.operations {
        for (name, tokens) in Outcome::of(operation).enums {
            let file = files.add(&name.to_string());
            insert(
                modules,
                refusals,
                &format!("types/{file}.rs"),
                &format!("The answers of `{}`, by status.", operation.id),
                tokens,
            );
            declare(&mut index, &file, &name);
        }
    }
    if converts {
        let items = printed
            .conversion_error
            .iter()
            .map(ToTokens::to_token_stream);
        let tokens = quote! { #(#items)* };
        insert(
            modules,
            refusals,
            "types/error.rs",
            "What a conversion of text or a number fails with.",
            tokens,
        );
        index = quote! { pub mod error; #index };
    }
    insert(
        modules,
        refusals,
        "types.rs",
        "The types of requests and answers.",
        index,
    );
    without_required
}

fn declare(index: &mut TokenStream, file: &str, name: &Ident) {
    let file = ident(file);
    index.extend(quote! { mod #file; pub use #file::#name; });
}

/// For each struct that keeps unknown fields, the field that holds them.
fn rests(printed: &Printed, plan: &Plan, names: &BTreeSet<String>) -> BTreeMap<String, Ident> {
    let unplanned = plan::Type::default();
    printed
        .types
        .iter()
        .filter_map(|printed_type| {
            let TypeItem::Struct(item) = &printed_type.item else {
                return None;
            };
            let name = item.ident.to_string();
            let planned = plan.types.get(&name).unwrap_or(&unplanned);
            let fields = Fields::read(item, planned, &mut Paths::in_types(names, &name)).ok()?;
            Some((name, fields.rest.filter(|rest| rest.value.is_none())?.ident))
        })
        .collect()
}

fn finished_type(
    printed: &PrintedType,
    planned: &plan::Type,
    names: &BTreeSet<String>,
    rests: &BTreeMap<String, Ident>,
) -> Result<(TokenStream, bool), Unexpected> {
    let name = printed.ident().to_string();
    let mut paths = Paths::in_types(names, &name);
    match &printed.item {
        TypeItem::Struct(item) if matches!(item.fields, syn::Fields::Unnamed(_)) => {
            Ok((enums::wrapper(item, &printed.impls, &mut paths)?, false))
        }
        TypeItem::Struct(item) => {
            only_default(printed)?;
            let fields = Fields::read(item, planned, &mut paths)?;
            let doc = docs::written(&item.attrs, &name);
            let finished = Struct {
                ident: &item.ident,
                doc,
                fields: &fields,
                plan: planned,
            };
            Ok((finished.tokens(), fields.required().next().is_none()))
        }
        TypeItem::Enum(item) => {
            let counted = |kind: &Type| {
                let inner = generic_argument(kind, "Box").unwrap_or(kind);
                let Type::Path(path) = inner else { return None };
                rests
                    .get(&path.path.segments.last()?.ident.to_string())
                    .cloned()
            };
            let tokens = enums::enumeration(item, &printed.impls, planned, &counted, &mut paths)?;
            Ok((tokens, false))
        }
    }
}

/// A struct's impls are written anew, so none but the ones that typify is known to print may be dropped.
fn only_default(printed: &PrintedType) -> Result<(), Unexpected> {
    for block in &printed.impls {
        let known = block
            .trait_
            .as_ref()
            .and_then(|(path, _)| path.segments.last())
            .is_some_and(|last| last.ident == "Default");
        if !known {
            return Err(unexpected::unexpected(
                format!("another impl for the struct `{}`", printed.ident()),
                "no impl but `builder` and `Default`",
            ));
        }
    }
    Ok(())
}

/// Prints the builders; returns them with their operations' ids.
fn builders<'a>(
    printed: &'a Printed,
    plan: &'a Plan,
    modules: &mut Modules,
    refusals: &mut Vec<Refusal>,
) -> Vec<(String, Builder<'a>)> {
    let mut finished_builders = Vec::new();
    let names = BTreeSet::new();
    let mut files = FileNames::new(&[]);
    let mut index = TokenStream::new();
    if printed.builders.len() != plan.operations.len() {
        let found = format!("{} operations", printed.builders.len());
        let expected = format!("the {} that are planned", plan.operations.len());
        refusals.push(unexpected::unexpected(found, expected).at(""));
    }
    for operation in &plan.operations {
        let Some(builder) = printed.builders.get(&operation.id) else {
            continue;
        };
        let own = builder.ident.to_string();
        match Builder::new(operation, builder, &mut Paths::in_builder(&names, &own)) {
            Ok(finished) => {
                let tokens = finished.tokens(&Outcome::of(operation));
                let file = files.add(&own);
                insert(
                    modules,
                    refusals,
                    &format!("builder/{file}.rs"),
                    &format!("The builder for `{}`.", operation.id),
                    tokens,
                );
                declare(&mut index, &file, &builder.ident);
                finished_builders.push((operation.id.clone(), finished));
            }
            Err(error) => refusals.push(error.at(&operation.pointer)),
        }
    }
    insert(
        modules,
        refusals,
        "builder.rs",
        "One builder for each operation.",
        index,
    );
    finished_builders
}

/// File names for types: snake case, no keyword, each once whatever the file system makes of upper case.
struct FileNames(BTreeSet<String>);

impl FileNames {
    fn new(taken: &[&str]) -> Self {
        Self(taken.iter().map(|&name| name.to_owned()).collect())
    }

    fn add(&mut self, name: &str) -> String {
        let name = name.strip_prefix("r#").unwrap_or(name);
        let mut file = String::with_capacity(name.len() + 4);
        let mut after_lower = false;
        for character in name.chars() {
            if character.is_uppercase() && after_lower {
                file.push('_');
            }
            file.extend(character.to_lowercase());
            after_lower = !character.is_uppercase() && character != '_';
        }
        if syn::parse_str::<Ident>(&file).is_err() {
            file.push('_');
        }
        while !self.0.insert(file.clone()) {
            file.push('_');
        }
        file
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(printed: &str) -> String {
        finish(printed, &Plan::default()).unwrap_err().to_string()
    }

    #[test]
    fn a_form_that_is_not_known_is_refused_by_name() {
        let cases = [
            ("fn (", "code that does not parse"),
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
