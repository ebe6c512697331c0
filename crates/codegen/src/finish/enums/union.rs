//! Unions: decoded to the variant that fits best.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Fields, Ident, ImplItem, ItemEnum, ItemImpl, Stmt, Type, Variant, visit_mut::VisitMut};

use super::{
    super::{
        paths::{Paths, ident},
        unexpected::{Unexpected, unexpected},
        uses::Uses,
    },
    derives, document, forms, is_untagged, rewritten, take_doc,
};
use crate::plan;

/// A union: decoded to the variant that fits best, and kept as JSON where an answer holds none of them.
pub(super) fn union(
    item: &ItemEnum,
    impls: &[ItemImpl],
    plan: &plan::Type,
    counted: &dyn Fn(&Type) -> Option<Ident>,
    uses: &Uses,
    paths: &mut Paths<'_>,
) -> Result<TokenStream, Unexpected> {
    let untagged = is_untagged(&item.attrs);
    let mut item = item.clone();
    let name = item.ident.clone();
    let doc = take_doc(&mut item.attrs, &name, uses, false);
    let dropped: &[&str] = if untagged {
        &["Debug", "Deserialize"]
    } else {
        &["Debug"]
    };
    let derives = derives(&mut item.attrs, &name, dropped)?;
    let attempts = if untagged {
        item.variants
            .iter()
            .map(|variant| attempt(variant, counted))
            .collect::<Result<Vec<_>, _>>()?
    } else {
        Vec::new()
    };
    let other = (untagged && plan.in_response).then(|| other_name(&item));
    if let Some(other) = &other {
        item.variants.push(syn::parse_quote! {
            #[doc = " A value of none of the documented forms, as it came."]
            #other(client_runtime::Json)
        });
    }
    paths.visit_item_enum_mut(&mut item);
    for variant in &mut item.variants {
        document(variant);
    }
    let mut impls = rewritten(impls, paths);
    if let Some(other) = &other {
        for block in &mut impls {
            add_display_arm(block, other);
        }
    }
    let debug = union_debug(&item);
    let documented = item
        .variants
        .iter()
        .filter(|variant| Some(&variant.ident) != other.as_ref());
    let direct = forms::direct_reading(&name, documented, &|kind| counted(kind).is_some());
    let deserialize =
        untagged.then(|| union_deserialize(&name, &attempts, other.as_ref(), direct.as_ref()));
    Ok(quote! { #doc #derives #[non_exhaustive] #item #(#impls)* #debug #deserialize })
}

/// Tries one variant of a union: a struct is taken at once when it names every field, else when no other variant
/// leaves fewer fields unnamed.
fn attempt(
    variant: &Variant,
    counted: &dyn Fn(&Type) -> Option<Ident>,
) -> Result<TokenStream, Unexpected> {
    let name = &variant.ident;
    match &variant.fields {
        Fields::Unit => Ok(quote! { if json.is_null() { return Ok(Self::#name); } }),
        Fields::Unnamed(fields) if fields.unnamed.len() == 1 => {
            Ok(match counted(&fields.unnamed[0].ty) {
                Some(rest) => quote! {
                    if let Ok(value) = json.to_value() {
                        let candidate = Self::#name(value);
                        let Self::#name(value) = &candidate else { return Ok(candidate) };
                        let unnamed = value.#rest.len();
                        if unnamed == 0 {
                            return Ok(candidate);
                        }
                        if best.as_ref().is_none_or(|(fewest, _)| unnamed < *fewest) {
                            best = Some((unnamed, candidate));
                        }
                    }
                },
                None => {
                    quote! { if let Ok(value) = json.to_value() { return Ok(Self::#name(value)); } }
                }
            })
        }
        _ => Err(unexpected(
            format!("the variant `{name}` of a union with fields of its own"),
            "one type for each variant",
        )),
    }
}

fn union_deserialize(
    name: &Ident,
    attempts: &[TokenStream],
    other: Option<&Ident>,
    direct: Option<&(TokenStream, TokenStream)>,
) -> TokenStream {
    let (directly, visitor) = direct.cloned().unwrap_or_default();
    let counts = attempts
        .iter()
        .any(|attempt| attempt.to_string().contains("best"));
    let best = counts.then(|| quote! { let mut best: Option<(usize, Self)> = None; });
    let chosen = counts.then(|| quote! { if let Some((_, best)) = best { return Ok(best); } });
    let nothing = if let Some(other) = other {
        quote! { Ok(Self::#other(json)) }
    } else {
        let message = format!("a value of none of the documented forms of `{name}`");
        quote! { Err(<D::Error as serde::de::Error>::custom(#message)) }
    };
    quote! {
        #[doc = " Takes the first form that fits; of several objects that fit, the one that leaves the fewest fields"]
        #[doc = " unnamed."]
        impl<'de> serde::Deserialize<'de> for #name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                #directly
                let json = client_runtime::Json::deserialize(deserializer)?;
                #best
                #(#attempts)*
                #chosen
                #nothing
            }
        }

        #visitor
    }
}

fn union_debug(item: &ItemEnum) -> TokenStream {
    let name = &item.ident;
    let arms = item.variants.iter().map(|variant| {
        let ident = &variant.ident;
        let (pattern, printed) = match variant.fields {
            Fields::Unit => (quote! {}, format!("{name}::{ident}")),
            Fields::Unnamed(_) => (quote! { (..) }, format!("{name}::{ident}(..)")),
            Fields::Named(_) => (quote! { { .. } }, format!("{name}::{ident} {{ .. }}")),
        };
        quote! { Self::#ident #pattern => #printed, }
    });
    quote! {
        #[doc = " Prints which form it is, and no value."]
        impl std::fmt::Debug for #name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str(match self { #(#arms)* })
            }
        }
    }
}

fn other_name(item: &ItemEnum) -> Ident {
    ["Other", "Undocumented", "Unknown", "AnyOther"]
        .into_iter()
        .find(|name| item.variants.iter().all(|variant| variant.ident != name))
        .map_or_else(|| ident("NoneOfTheDocumented"), ident)
}

/// Lets a `Display` that typify printed know the variant that was added.
fn add_display_arm(block: &mut ItemImpl, other: &Ident) {
    let displays = block.trait_.as_ref().is_some_and(|(path, _)| {
        path.segments
            .last()
            .is_some_and(|last| last.ident == "Display")
    });
    if !displays {
        return;
    }
    for item in &mut block.items {
        if let ImplItem::Fn(method) = item
            && let Some(Stmt::Expr(syn::Expr::Match(choice), _)) = method.block.stmts.last_mut()
        {
            choice
                .arms
                .push(syn::parse_quote! { Self::#other(x) => x.fmt(f), });
        }
    }
}
