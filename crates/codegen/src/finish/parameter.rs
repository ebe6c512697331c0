//! A parameter of a builder: its setter, and where its value goes.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::Type;

use super::{docs, paths::ident, printed::generic_argument, structs::accepted};
use crate::plan::{Encoding, Parameter, Place};

/// Types of the builder's own, which text or another number may fail to become.
const FALLIBLE: &[&str] = &[
    "i8",
    "i16",
    "i32",
    "i64",
    "isize",
    "u8",
    "u16",
    "u32",
    "u64",
    "usize",
    "Uuid",
    "NonZeroU8",
    "NonZeroU16",
    "NonZeroU32",
    "NonZeroU64",
    "Ipv4Addr",
    "Ipv6Addr",
    "IpAddr",
    "NaiveDate",
    "NaiveTime",
    "DateTime",
];

/// A parameter with what progenitor printed of it.
pub(super) struct Member<'a> {
    pub(super) parameter: &'a Parameter,
    /// Whether it names the connected account, which a client may know, too.
    pub(super) is_account: bool,
    pub(super) ident: Ident,
    pub(super) kind: Type,
}

impl Member<'_> {
    /// The method that sets it.
    pub(super) fn setter(&self) -> TokenStream {
        let Self {
            ident,
            kind,
            parameter,
            ..
        } = self;
        let text = if parameter.doc.trim().is_empty() {
            format!("`{}`, as the API's document calls it.", parameter.wire_name)
        } else {
            parameter.doc.clone()
        };
        let required = match (parameter.required, self.is_account) {
            (true, false) => "\n\nRequired.",
            (true, true) => "\n\nRequired, unless the client was built with it.",
            (false, true) => "\n\nThe one that the client was built with, where none is set.",
            (false, false) => "",
        };
        let doc = docs::attributes(&format!("{text}{required}"));
        let deprecated = parameter.deprecated.then(
            || quote! { #[deprecated = "the API's document calls this parameter deprecated"] },
        );
        if is_fallible(kind) {
            let name = parameter.wire_name.as_str();
            return quote! {
                #doc
                #deprecated
                pub fn #ident(mut self, value: impl TryInto<#kind>) -> Self {
                    match value.try_into() {
                        Ok(value) => self.#ident = Some(value),
                        Err(_) => self.invalid = self.invalid.or(Some(#name)),
                    }
                    self
                }
            };
        }
        let (accepted, value) = accepted(kind);
        quote! {
            #doc
            #deprecated
            pub fn #ident(mut self, value: #accepted) -> Self {
                self.#ident = Some(#value);
                self
            }
        }
    }

    /// What puts it into the request.
    pub(super) fn fill(&self) -> TokenStream {
        let Self {
            ident,
            kind,
            parameter,
            ..
        } = self;
        let name = &parameter.wire_name;
        let listed = generic_argument(kind, "Vec").is_some();
        let text = if listed {
            quote! { &value.iter().map(ToString::to_string).collect::<Vec<_>>().join(",") }
        } else {
            quote! { value }
        };
        let fill = match parameter.place {
            Place::Path => quote! { request.path(#name, #text) },
            Place::Header => quote! { request.header(#name, #text) },
            Place::Query => {
                let encoding = encoding(parameter.encoding);
                quote! { request.query(#name, client_runtime::Encoding::#encoding, value) }
            }
            Place::Cookie => quote! { super::add_cookie(&mut cookies, #name, value) },
        };
        if self.is_account && matches!(parameter.place, Place::Query | Place::Header) {
            let place = if parameter.place == Place::Header {
                quote! { Header }
            } else {
                quote! { Query }
            };
            let method = if parameter.required {
                quote! { account }
            } else {
                quote! { optional_account }
            };
            quote! {
                match &self.#ident {
                    Some(value) => #fill,
                    None => request.#method(#name, client_runtime::AccountPlace::#place),
                }
            }
        } else if parameter.required {
            quote! {
                match &self.#ident {
                    Some(value) => #fill,
                    None => request.missing(#name),
                }
            }
        } else {
            quote! { if let Some(value) = &self.#ident { #fill; } }
        }
    }
}

fn is_fallible(kind: &Type) -> bool {
    match kind {
        Type::Path(path) => path
            .path
            .segments
            .last()
            .is_some_and(|last| FALLIBLE.iter().any(|name| last.ident == name)),
        _ => false,
    }
}

fn encoding(encoding: Encoding) -> Ident {
    ident(match encoding {
        Encoding::Plain => "Plain",
        Encoding::Repeated => "Repeated",
        Encoding::Brackets => "Brackets",
        Encoding::Comma => "Comma",
        Encoding::Space => "Space",
        Encoding::Pipe => "Pipe",
        Encoding::DeepObject => "DeepObject",
        Encoding::Spread => "Spread",
        Encoding::Json => "Json",
    })
}
