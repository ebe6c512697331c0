//! The module of builders: one file for each operation.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::{
    api::account_parameter,
    builder::{Builder, takes_cookies},
    files::{FileNames, declare},
    gates,
    listing::Shapes,
    outcome::Outcome,
    paths::Paths,
    press::Press,
    printed::Printed,
    unexpected,
};
use crate::{plan::Plan, refusal::Refusal};

/// Prints the builders; returns them with their operations' ids.
pub(super) fn builders<'a>(
    printed: &'a Printed,
    plan: &'a Plan,
    press: &mut Press,
    refusals: &mut Vec<Refusal>,
) -> Vec<(String, Builder<'a>)> {
    let mut finished_builders = Vec::new();
    let names = BTreeSet::new();
    let shapes = Shapes::of(printed, plan);
    let account_parameter = account_parameter(plan);
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
        let mut paths = Paths::in_builder(&names, &own);
        match Builder::new(operation, builder, account_parameter, &mut paths) {
            Ok(finished) => {
                let tokens = match finished.tokens(&Outcome::of(operation), &shapes) {
                    Ok(tokens) => tokens,
                    Err(refusal) => {
                        refusals.push(refusal);
                        continue;
                    }
                };
                let file = files.add(&own);
                press.insert(
                    &format!("builder/{file}.rs"),
                    &format!("The builder for `{}`.", operation.id),
                    &tokens,
                );
                declare(
                    &mut index,
                    &file,
                    &builder.ident,
                    &gates::of_operation(operation),
                );
                finished_builders.push((operation.id.clone(), finished));
            }
            Err(error) => refusals.push(error.at(&operation.pointer)),
        }
    }
    if plan.operations.iter().any(takes_cookies) {
        // Without the features of those operations nothing calls it.
        index.extend((!plan.features.is_empty()).then(|| quote! { #[allow(dead_code)] }));
        index.extend(add_cookie());
    }
    press.insert("builder.rs", "One builder for each operation.", &index);
    finished_builders
}

/// The function of the module that puts the cookies of a request into one header, as RFC 6265 wants it.
fn add_cookie() -> TokenStream {
    quote! {
        #[doc = " Adds a cookie to the value of the header `Cookie`. What a cookie cannot hold is percent-encoded."]
        fn add_cookie(cookies: &mut String, name: &str, value: &impl std::fmt::Display) {
            if !cookies.is_empty() {
                cookies.push_str("; ");
            }
            cookies.push_str(name);
            cookies.push('=');
            for byte in value.to_string().into_bytes() {
                if byte.is_ascii_graphic() && !matches!(byte, b'"' | b'%' | b',' | b';' | b'\\') {
                    cookies.push(char::from(byte));
                } else {
                    cookies.push_str(&format!("%{byte:02X}"));
                }
            }
        }
    }
}
