//! A parameter of a builder: its setter, and where its value goes.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::Type;

use super::{docs, paths::ident, structs::accepted};
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
            ident: field,
            parameter,
            ..
        } = self;
        let name = &parameter.wire_name;
        let fill = match (parameter.place, parameter.encoding) {
            (Place::Query, encoding) => {
                let encoding = encoding_name(encoding);
                quote! { request.query(#name, client_runtime::Encoding::#encoding, value) }
            }
            (Place::Path, Encoding::Plain) => quote! { request.path(#name, value) },
            (Place::Header, Encoding::Plain) => quote! { request.header(#name, value) },
            (place, encoding) => {
                let method = ident(match place {
                    Place::Path => "path_in",
                    Place::Header => "header_in",
                    _ => "cookie",
                });
                let style = match encoding {
                    // A single value, which is the same in every style.
                    Encoding::Plain => ident("Comma"),
                    encoding => encoding_name(encoding),
                };
                quote! { request.#method(#name, client_runtime::Style::#style, value) }
            }
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
                match &self.#field {
                    Some(value) => #fill,
                    None => request.#method(#name, client_runtime::AccountPlace::#place),
                }
            }
        } else if parameter.required {
            quote! {
                match &self.#field {
                    Some(value) => #fill,
                    None => request.missing(#name),
                }
            }
        } else {
            quote! { if let Some(value) = &self.#field { #fill; } }
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

fn encoding_name(encoding: Encoding) -> Ident {
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
        Encoding::RepeatedJson => "RepeatedJson",
        Encoding::Dot => "Dot",
        Encoding::Semicolon => "Semicolon",
        Encoding::CommaPairs => "CommaPairs",
    })
}
