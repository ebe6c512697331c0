//! The module of types: one file for each printed type and for the answers of each operation.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::{Ident, Type};

use super::{
    docs, enums,
    example::StructExample,
    fields::Fields,
    files::{FileNames, declare},
    gates::{self, Gates},
    outcome::Outcome,
    paths::Paths,
    press::Press,
    printed::{Printed, PrintedType, TypeItem, generic_argument},
    structs::Struct,
    unexpected::{self, Unexpected},
    uses::Uses,
};
use crate::{
    plan::{self, Plan},
    refusal::Refusal,
};

/// Prints the types; returns the structs that an example can make, by name.
pub(super) fn types(
    printed: &Printed,
    plan: &Plan,
    press: &mut Press,
    refusals: &mut Vec<Refusal>,
) -> BTreeMap<String, StructExample> {
    let mut examples = BTreeMap::new();
    let uses = Uses::of(printed, plan);
    let gates = Gates::of(printed, plan);
    let names = printed.type_names();
    let unplanned = plan::Type::default();
    let rests = rests(printed, plan, &names);
    let mut files = FileNames::new(&["error"]);
    let mut index = TokenStream::new();
    let mut converts = false;

    for printed_type in &printed.types {
        let name = printed_type.ident().to_string();
        let planned = plan.types.get(&name).unwrap_or(&unplanned);
        let tokens = match finished_type(printed_type, planned, &names, &rests, &uses) {
            Ok((tokens, example)) => {
                examples.extend(example.map(|example| (name.clone(), example)));
                tokens
            }
            Err(error) => {
                refusals.push(error.at(&format!("/components/schemas/{name}")));
                continue;
            }
        };
        let file = files.add(&name);
        let code = tokens.to_string();
        converts |= code.contains("ConversionError");
        press.insert_code(
            &format!("types/{file}.rs"),
            &format!("The type `{name}`."),
            code,
        );
        declare(
            &mut index,
            &file,
            printed_type.ident(),
            &gates.of_type(&name),
        );
    }
    for operation in &plan.operations {
        for (name, tokens) in Outcome::of(operation).enums {
            let file = files.add(&name.to_string());
            press.insert(
                &format!("types/{file}.rs"),
                &format!("The answers of `{}`, by status.", operation.id),
                &tokens,
            );
            declare(&mut index, &file, &name, &gates::of_operation(operation));
        }
    }
    if converts {
        let items = printed
            .conversion_error
            .iter()
            .map(ToTokens::to_token_stream);
        let tokens = quote! { #(#items)* };
        press.insert(
            "types/error.rs",
            "What a conversion of text or a number fails with.",
            &tokens,
        );
        index = quote! { pub mod error; #index };
    }
    press.insert("types.rs", "The types of requests and answers.", &index);
    examples
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
            let mut paths = Paths::in_types(names, &name).keeping_objects_raw(planned.in_response);
            let fields = Fields::read(item, planned, &mut paths).ok()?;
            Some((name, fields.rest.filter(|rest| rest.value.is_none())?.ident))
        })
        .collect()
}

fn finished_type(
    printed: &PrintedType,
    planned: &plan::Type,
    names: &BTreeSet<String>,
    rests: &BTreeMap<String, Ident>,
    uses: &Uses,
) -> Result<(TokenStream, Option<StructExample>), Unexpected> {
    let name = printed.ident().to_string();
    let mut paths = Paths::in_types(names, &name).keeping_objects_raw(planned.in_response);
    match &printed.item {
        TypeItem::Struct(item) if matches!(item.fields, syn::Fields::Unnamed(_)) => {
            let tokens = enums::wrapper(item, &printed.impls, uses, &mut paths)?;
            Ok((tokens, None))
        }
        TypeItem::Struct(item) => {
            only_default(printed)?;
            let fields = Fields::read(item, planned, &mut paths)?;
            let written = docs::written(&item.attrs, &name);
            let finished = Struct {
                ident: &item.ident,
                doc: uses.described(&name, written.as_deref(), false),
                fields: &fields,
                plan: planned,
            };
            Ok((finished.tokens(), StructExample::of(&fields)))
        }
        TypeItem::Enum(item) => {
            let counted = |kind: &Type| {
                let inner = generic_argument(kind, "Box").unwrap_or(kind);
                let Type::Path(path) = inner else { return None };
                rests
                    .get(&path.path.segments.last()?.ident.to_string())
                    .cloned()
            };
            let tokens =
                enums::enumeration(item, &printed.impls, planned, &counted, uses, &mut paths)?;
            Ok((tokens, None))
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
