//! Items and their parts.

use quote::{ToTokens, quote};
use syn::{Attribute, Fields, File, Generics, Item, Meta, Signature, Visibility};

use super::{Surface, implementations, modules::joined};

/// Conditions under which something is there: a part of what it is.
pub(super) fn gates(attributes: &[Attribute]) -> String {
    attributes
        .iter()
        .filter(|attribute| attribute.path().is_ident("cfg"))
        .map(text)
        .collect()
}

/// An item of a private module that the module around it makes public under another path.
pub(super) fn exported(
    file: &File,
    item: &str,
    (module, name): (&str, &str),
    gates: &str,
    surface: &mut Surface,
) -> Result<(), String> {
    let found = file
        .items
        .iter()
        .find(|other| ident(other).is_some_and(|ident| ident == item))
        .ok_or_else(|| {
            format!("`{item}` is used publicly as `{name}`, and its module has no such item")
        })?;
    let path = joined(module, name);
    read(found, &path, gates, surface)?;
    implementations::of(file, item, &path, surface)
}

/// An item of a module that can be named itself.
pub(super) fn own(
    file: &File,
    item: &Item,
    module: &str,
    surface: &mut Surface,
) -> Result<(), String> {
    if !is_public(item) {
        return Ok(());
    }
    let Some(name) = ident(item) else {
        return Ok(());
    };
    let path = joined(module, &name);
    read(item, &path, "", surface)?;
    implementations::of(file, &name, &path, surface)
}

pub(super) fn ident(item: &Item) -> Option<String> {
    let ident = match item {
        Item::Const(item) => &item.ident,
        Item::Enum(item) => &item.ident,
        Item::Fn(item) => &item.sig.ident,
        Item::Static(item) => &item.ident,
        Item::Struct(item) => &item.ident,
        Item::Type(item) => &item.ident,
        Item::Trait(item) => &item.ident,
        Item::Union(item) => &item.ident,
        _ => return None,
    };
    Some(ident.to_string())
}

fn is_public(item: &Item) -> bool {
    let visibility = match item {
        Item::Const(item) => &item.vis,
        Item::Enum(item) => &item.vis,
        Item::Fn(item) => &item.vis,
        Item::Static(item) => &item.vis,
        Item::Struct(item) => &item.vis,
        Item::Type(item) => &item.vis,
        Item::Trait(item) => &item.vis,
        Item::Union(item) => &item.vis,
        _ => return false,
    };
    is_seen(visibility)
}

fn attributes(item: &Item) -> &[Attribute] {
    match item {
        Item::Const(item) => &item.attrs,
        Item::Enum(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        Item::Static(item) => &item.attrs,
        Item::Struct(item) => &item.attrs,
        Item::Type(item) => &item.attrs,
        _ => &[],
    }
}

fn read(item: &Item, path: &str, around: &str, surface: &mut Surface) -> Result<(), String> {
    let gates = format!("{around}{}", gates(attributes(item)));
    let gates = gates.as_str();
    match item {
        Item::Const(item) => {
            let (ty, value) = (&item.ty, &item.expr);
            add(surface, path, gates, quote!(const: #ty = #value))?;
        }
        Item::Static(item) => {
            let (mutability, ty) = (&item.mutability, &item.ty);
            add(surface, path, gates, quote!(static #mutability: #ty))?;
        }
        Item::Fn(item) => {
            add(surface, path, gates, signature(&item.sig))?;
        }
        Item::Type(item) => {
            let (generics, ty) = (&item.generics, &item.ty);
            add(surface, path, gates, quote!(type #generics = #ty))?;
        }
        Item::Struct(item) => {
            add(surface, path, gates, header(quote!(struct), &item.generics))?;
            let is_literal = item.fields.iter().all(|field| is_seen(&field.vis));
            if !is_literal {
                // Whoever can see every field may write the value as a literal.
                surface.add(&format!("{path} #private-fields"), String::new())?;
            }
            fields(&item.fields, path, surface)?;
        }
        Item::Enum(item) => {
            add(surface, path, gates, header(quote!(enum), &item.generics))?;
            for variant in &item.variants {
                let path = format!("{path}::{}", variant.ident);
                let fields = &variant.fields;
                surface.add(&path, text(fields))?;
                marks(&variant.attrs, &path, surface)?;
            }
        }
        other => {
            return Err(format!(
                "`{path}` is a kind of item that `surface` cannot judge: {}; expected a struct, an enum, a \
                 function, a constant, a static or an alias; to fix: have `surface` read it",
                text(other).chars().take(60).collect::<String>()
            ));
        }
    }
    marks(attributes(item), path, surface)
}

fn add(surface: &mut Surface, path: &str, gates: &str, said: impl ToTokens) -> Result<(), String> {
    surface.add(path, format!("{}{gates}", text(said)))
}

fn header(keyword: impl ToTokens, generics: &Generics) -> impl ToTokens {
    let condition = &generics.where_clause;
    quote!(#keyword #generics #condition)
}

pub(super) fn signature(signature: &Signature) -> impl ToTokens {
    // What an argument is called inside is of no account.
    let mut signature = signature.clone();
    for argument in &mut signature.inputs {
        match argument {
            syn::FnArg::Typed(typed) => *typed.pat = syn::parse_quote!(_),
            syn::FnArg::Receiver(receiver) => receiver.mutability = None,
        }
    }
    signature
}

fn fields(fields: &Fields, path: &str, surface: &mut Surface) -> Result<(), String> {
    for (index, field) in fields.iter().enumerate() {
        if !is_seen(&field.vis) {
            continue;
        }
        let name = match &field.ident {
            Some(ident) => ident.to_string(),
            None => index.to_string(),
        };
        let path = format!("{path}.{name}");
        surface.add(&path, format!("{}{}", text(&field.ty), gates(&field.attrs)))?;
        marks(&field.attrs, &path, surface)?;
    }
    Ok(())
}

pub(super) fn is_seen(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

/// What attributes promise or warn of, and the derived implementations.
pub(super) fn marks(
    attributes: &[Attribute],
    path: &str,
    surface: &mut Surface,
) -> Result<(), String> {
    for attribute in attributes {
        for mark in ["deprecated", "must_use", "non_exhaustive"] {
            if attribute.path().is_ident(mark) {
                surface.add(&format!("{path} #{mark}"), String::new())?;
            }
        }
        if attribute.path().is_ident("derive")
            && let Meta::List(list) = &attribute.meta
        {
            let derived = list
                .parse_args_with(
                    syn::punctuated::Punctuated::<syn::Path, syn::Token![,]>::parse_terminated,
                )
                .map_err(|error| format!("`{path}`: {error}"))?;
            for name in derived {
                surface.add(&format!("{path}: {}", text(&name)), String::new())?;
            }
        }
    }
    Ok(())
}

/// The tokens as text. How they are laid out is of no account, and so a comma before the end of a list is not.
pub(super) fn text(tokens: impl ToTokens) -> String {
    let text = tokens.to_token_stream().to_string();
    text.replace(" ,)", ")").replace(", >", " >")
}
