//! Enums and types that wrap one value: kept as typify prints them but for what `Debug` may print, how unions are
//! decoded, and what may be added to them later.

mod forms;
mod union;

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::{
    Attribute, Fields, Ident, ItemEnum, ItemImpl, ItemStruct, Meta, Path, Token, Type, Variant,
    punctuated::Punctuated, visit_mut::VisitMut,
};

use super::{
    docs,
    paths::{Paths, ident},
    unexpected::{Unexpected, unexpected},
    uses::Uses,
};
use crate::plan;

/// A type that wraps one value.
pub(super) fn wrapper(
    item: &ItemStruct,
    impls: &[ItemImpl],
    uses: &Uses,
    paths: &mut Paths<'_>,
) -> Result<TokenStream, Unexpected> {
    let mut item = item.clone();
    let name = item.ident.clone();
    let doc = take_doc(&mut item.attrs, &name, uses, false);
    let derives = derives(&mut item.attrs, &name, &["Debug"])?;
    paths.visit_item_struct_mut(&mut item);
    let impls = rewritten(impls, paths);
    let printed = format!("{name}(..)");
    Ok(quote! {
        #doc
        #derives
        #item
        #(#impls)*
        #[doc = " Prints the type, and no value."]
        impl std::fmt::Debug for #name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str(#printed)
            }
        }
    })
}

/// An enum of documented values, or a union of types.
pub(super) fn enumeration(
    item: &ItemEnum,
    impls: &[ItemImpl],
    plan: &plan::Type,
    counted: &dyn Fn(&Type) -> Option<Ident>,
    uses: &Uses,
    paths: &mut Paths<'_>,
) -> Result<TokenStream, Unexpected> {
    if item
        .variants
        .iter()
        .all(|variant| matches!(variant.fields, Fields::Unit))
        && !is_untagged(&item.attrs)
    {
        values(item, impls, uses, paths)
    } else {
        union::union(item, impls, plan, counted, uses, paths)
    }
}

/// An enum of documented values: their names are the document's, so `Debug` may print them.
fn values(
    item: &ItemEnum,
    impls: &[ItemImpl],
    uses: &Uses,
    paths: &mut Paths<'_>,
) -> Result<TokenStream, Unexpected> {
    let mut item = item.clone();
    let name = item.ident.clone();
    let doc = take_doc(&mut item.attrs, &name, uses, true);
    let derives = derives(&mut item.attrs, &name, &[])?;
    for variant in &mut item.variants {
        document(variant);
    }
    let mut case = UpperCase::of(&item);
    case.visit_item_enum_mut(&mut item);
    paths.visit_item_enum_mut(&mut item);
    let mut impls = rewritten(impls, paths);
    for block in &mut impls {
        case.visit_item_impl_mut(block);
    }
    let variants = item.variants.iter().map(|variant| &variant.ident);
    Ok(quote! {
        #doc
        #derives
        #[non_exhaustive]
        #item
        #(#impls)*
        impl #name {
            #[doc = " Every documented value, in the order of the document."]
            pub const ALL: &'static [Self] = &[#(Self::#variants),*];
        }
    })
}

/// Writes the variants that typify starts with a small letter, such as `plus1` for `+1`, as Rust does.
struct UpperCase(BTreeMap<String, Ident>);

impl UpperCase {
    fn of(item: &ItemEnum) -> Self {
        let names: Vec<String> = item
            .variants
            .iter()
            .map(|one| one.ident.to_string())
            .collect();
        let renamed = names.iter().filter_map(|name| {
            let mut letters = name.chars();
            let first = letters.next().filter(|first| first.is_lowercase())?;
            let upper: String = first.to_uppercase().chain(letters).collect();
            (!names.contains(&upper)).then(|| (name.clone(), ident(&upper)))
        });
        Self(renamed.collect())
    }
}

impl VisitMut for UpperCase {
    fn visit_ident_mut(&mut self, name: &mut Ident) {
        if let Some(upper) = self.0.get(&name.to_string()) {
            *name = upper.clone();
        }
    }
}

fn rewritten(impls: &[ItemImpl], paths: &mut Paths<'_>) -> Vec<ItemImpl> {
    impls
        .iter()
        .cloned()
        .map(|mut block| {
            paths.visit_item_impl_mut(&mut block);
            block
        })
        .collect()
}

fn is_untagged(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        attribute.path().is_ident("serde")
            && matches!(&attribute.meta, Meta::List(list) if list.tokens.to_string() == "untagged")
    })
}

/// Takes the doc comment out of `attributes`, so that it can stand first.
fn take_doc(
    attributes: &mut Vec<Attribute>,
    name: &Ident,
    uses: &Uses,
    names_places: bool,
) -> TokenStream {
    let name = name.to_string();
    let written = docs::written(attributes, &name);
    let text = uses.described(&name, written.as_deref(), names_places);
    attributes.retain(|attribute| !attribute.path().is_ident("doc"));
    docs::attributes(&text)
}

/// Takes the derives out of `attributes`, less `dropped`, plus equality.
fn derives(
    attributes: &mut Vec<Attribute>,
    owner: &Ident,
    dropped: &[&str],
) -> Result<TokenStream, Unexpected> {
    let mut derived: Vec<Path> = Vec::new();
    for attribute in attributes
        .iter()
        .filter(|attribute| attribute.path().is_ident("derive"))
    {
        let list = attribute
            .parse_args_with(Punctuated::<Path, Token![,]>::parse_terminated)
            .map_err(|error| {
                unexpected(
                    format!("the derives of `{owner}`: {error}"),
                    "a list of paths",
                )
            })?;
        derived.extend(list);
    }
    attributes.retain(|attribute| !attribute.path().is_ident("derive"));
    if derived.is_empty() {
        return Err(unexpected(
            format!("`{owner}` without derives"),
            "derives on each type",
        ));
    }
    derived.push(syn::parse_quote!(PartialEq));
    let mut named: Vec<(String, Path)> = derived
        .into_iter()
        .filter_map(|path| Some((path.segments.last()?.ident.to_string(), path)))
        .filter(|(name, _)| !dropped.contains(&name.as_str()))
        .map(|(name, path)| match name.as_str() {
            "Deserialize" => (name, syn::parse_quote!(serde::Deserialize)),
            "Serialize" => (name, syn::parse_quote!(serde::Serialize)),
            _ => (name, path),
        })
        .collect();
    named.sort_by(|one, other| one.0.cmp(&other.0));
    named.dedup_by(|one, other| one.0 == other.0);
    let paths = named.into_iter().map(|(_, path)| path.into_token_stream());
    Ok(quote! { #[derive(#(#paths),*)] })
}

/// Gives a variant that the document says nothing about its value or form as a doc comment.
fn document(variant: &mut Variant) {
    let name = variant.ident.to_string();
    let text = docs::written(&variant.attrs, &name);
    variant
        .attrs
        .retain(|attribute| !attribute.path().is_ident("doc"));
    let text = text.unwrap_or_else(|| match (renamed(&variant.attrs), &variant.fields) {
        (Some(value), _) => format!("`{}`", value.replace('`', "'")),
        (None, Fields::Unnamed(fields)) => {
            let kind = fields.unnamed.to_token_stream().to_string();
            let kind = kind
                .replace(' ', "")
                .replace("super::", "")
                .replace(',', ", ");
            format!("A value of the form `{kind}`.")
        }
        (None, _) => format!("`{name}`"),
    });
    let lines = docs::attributes(&text);
    let documented: Variant = syn::parse_quote! { #lines #variant };
    *variant = documented;
}

fn renamed(attributes: &[Attribute]) -> Option<String> {
    let mut value = None;
    for attribute in attributes
        .iter()
        .filter(|attribute| attribute.path().is_ident("serde"))
    {
        let read = attribute.parse_nested_meta(|meta| {
            if meta.path.is_ident("rename") {
                value = Some(meta.value()?.parse::<syn::LitStr>()?.value());
            }
            Ok(())
        });
        read.ok()?;
    }
    value
}
