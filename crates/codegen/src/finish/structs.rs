//! Structs: which fields are there, how they are encoded and decoded, and what `Debug` may print of them.

mod decoding;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{Ident, Type};

use super::{
    docs,
    fields::{Fields, Presence, Rest, StructField},
    printed::generic_argument,
};
use crate::plan;

/// A struct that is ready to be printed.
pub(super) struct Struct<'a> {
    pub(super) ident: &'a Ident,
    pub(super) doc: String,
    pub(super) fields: &'a Fields,
    pub(super) plan: &'a plan::Type,
}

impl Struct<'_> {
    /// The struct and its impls.
    pub(super) fn tokens(&self) -> TokenStream {
        let definition = self.definition();
        let setters = self.setters();
        let is_set = self.is_set();
        let debug = self.debug();
        let serialize = self.serialize();
        let deserialize = self.deserialize();
        quote! { #definition #setters #is_set #debug #serialize #deserialize }
    }

    fn has_default(&self) -> bool {
        self.fields.required().next().is_none()
    }

    fn definition(&self) -> TokenStream {
        let ident = self.ident;
        let doc = docs::attributes(&self.doc);
        let derives = if self.has_default() {
            quote! { #[derive(Clone, Default, PartialEq)] }
        } else {
            quote! { #[derive(Clone, PartialEq)] }
        };
        let open_ended =
            (self.plan.in_response && !self.plan.in_request).then(|| quote! { #[non_exhaustive] });
        let fields = self.fields.documented.iter().map(|field| {
            let StructField { ident, kind, .. } = field;
            let doc = docs::attributes(field.doc.as_deref().unwrap_or(&undocumented(field)));
            let deprecated = deprecated(field);
            quote! { #doc #deprecated pub #ident: #kind, }
        });
        let rest = self.fields.rest.as_ref().map(|rest| {
            let Rest { ident, .. } = rest;
            let kind = rest_type(rest);
            let doc = docs::attributes(rest.doc.as_deref().unwrap_or(
                "Fields that the API's document does not name, as they came. They are sent back as they are; one that \
                 has the name of a documented field is sent only where that field is not set.",
            ));
            quote! { #doc pub #ident: #kind, }
        });
        quote! { #doc #derives #open_ended pub struct #ident { #(#fields)* #rest } }
    }

    fn setters(&self) -> TokenStream {
        let ident = self.ident;
        let required: Vec<&StructField> = self.fields.required().collect();
        let constructor = if required.is_empty() {
            quote! {
                #[doc = " Nothing set."]
                #[must_use]
                pub fn new() -> Self { Self::default() }
            }
        } else {
            let parameters = required.iter().map(|field| {
                let StructField { ident, kind, .. } = field;
                quote! { #ident: impl Into<#kind> }
            });
            let required = required.iter().map(|field| &field.ident);
            let others = self
                .fields
                .documented
                .iter()
                .filter(|field| field.presence != Presence::Required)
                .map(|field| &field.ident)
                .chain(self.fields.rest.as_ref().map(|rest| &rest.ident));
            quote! {
                #[doc = " What is required, and nothing else set."]
                #[must_use]
                pub fn new(#(#parameters),*) -> Self {
                    Self { #(#required: #required.into(),)* #(#others: Default::default(),)* }
                }
            }
        };
        let setters = self.fields.documented.iter().map(setter);
        quote! { impl #ident { #constructor #(#setters)* } }
    }

    /// `is_set`: whether a field, by its name on the wire, would be sent.
    fn is_set(&self) -> TokenStream {
        let ident = self.ident;
        let arms = self.fields.documented.iter().map(|field| {
            let name = &field.wire_name;
            let set = set(field);
            quote! { #name => #set, }
        });
        let doc = docs::attributes(
            "Whether the documented field that is called `name` on the wire is set, so that it would be sent.",
        );
        quote! {
            impl #ident {
                #doc
                #[must_use]
                pub fn is_set(&self, name: &str) -> bool {
                    match name {
                        #(#arms)*
                        _ => false,
                    }
                }
            }
        }
    }

    fn debug(&self) -> TokenStream {
        let ident = self.ident;
        let name = ident.to_string();
        let fields = self.fields.documented.iter().map(|field| {
            let name = &field.wire_name;
            let set = set(field);
            quote! { (#name, #set) }
        });
        let rest = self.fields.rest.iter().map(|rest| {
            let ident = &rest.ident;
            let name = ident.to_string();
            quote! { (#name, !self.#ident.is_empty()) }
        });
        quote! {
            #[doc = " Prints which fields are set, and no value."]
            impl std::fmt::Debug for #ident {
                fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                    client_runtime::fmt_fields(formatter, #name, &[#(#fields,)* #(#rest,)*])
                }
            }
        }
    }

    fn serialize(&self) -> TokenStream {
        let ident = self.ident;
        let entries = self.fields.documented.iter().map(|field| {
            let StructField { ident, wire_name, .. } = field;
            match field.presence {
                Presence::Required => quote! { fields.serialize_entry(#wire_name, &self.#ident)?; },
                Presence::Collection => quote! {
                    if !self.#ident.is_empty() { fields.serialize_entry(#wire_name, &self.#ident)?; }
                },
                Presence::Optional | Presence::ThreeState => quote! {
                    if let Some(value) = &self.#ident { fields.serialize_entry(#wire_name, value)?; }
                },
            }
        });
        let rest = self.fields.rest.as_ref().map(|rest| {
            let ident = &rest.ident;
            let each = if rest.value.is_some() {
                quote! { &self.#ident }
            } else {
                quote! { self.#ident.iter() }
            };
            quote! {
                for (name, value) in #each {
                    if !self.is_set(name) { fields.serialize_entry(name, value)?; }
                }
            }
        });
        let is_empty = self.fields.documented.is_empty() && self.fields.rest.is_none();
        let binding = if is_empty {
            quote! { let fields }
        } else {
            quote! { let mut fields }
        };
        quote! {
            impl serde::Serialize for #ident {
                fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                    use serde::ser::SerializeMap as _;
                    #binding = serializer.serialize_map(None)?;
                    #(#entries)*
                    #rest
                    fields.end()
                }
            }
        }
    }
}

/// The type of the field for the rest.
fn rest_type(rest: &Rest) -> TokenStream {
    if let Some(value) = &rest.value {
        quote! { std::collections::BTreeMap::<String, #value> }
    } else {
        quote! { client_runtime::UnknownFields }
    }
}

fn undocumented(field: &StructField) -> String {
    format!("`{}`, as the API's document calls it.", field.wire_name)
}

fn deprecated(field: &StructField) -> Option<TokenStream> {
    field
        .deprecated
        .then(|| quote! { #[deprecated = "the API's document calls this field deprecated"] })
}

/// Whether a field would be sent.
fn set(field: &StructField) -> TokenStream {
    let ident = &field.ident;
    match field.presence {
        Presence::Required => quote! { true },
        Presence::Collection => quote! { !self.#ident.is_empty() },
        Presence::Optional | Presence::ThreeState => quote! { self.#ident.is_some() },
    }
}

/// `with_…`, which sets a field of a value that is passed along.
fn setter(field: &StructField) -> TokenStream {
    let StructField { ident, kind, .. } = field;
    let plain = ident.to_string();
    let plain = plain.strip_prefix("r#").unwrap_or(&plain);
    let method = setter_name(field);
    let doc = format!(" Sets [`{plain}`](Self::{plain}).");
    let deprecated = deprecated(field);
    let inner = match field.presence {
        Presence::Optional | Presence::ThreeState => {
            generic_argument(kind, "Option").unwrap_or(kind)
        }
        Presence::Required | Presence::Collection => kind,
    };
    let (parameter, value) = accepted(inner);
    let value = match field.presence {
        Presence::Optional | Presence::ThreeState => quote! { Some(#value) },
        Presence::Required | Presence::Collection => value,
    };
    quote! {
        #[doc = #doc]
        #deprecated
        #[must_use]
        pub fn #method(mut self, value: #parameter) -> Self {
            self.#ident = #value;
            self
        }
    }
}

/// The name of the method that sets a field.
pub(super) fn setter_name(field: &StructField) -> Ident {
    let name = field.ident.to_string();
    let name = name.strip_prefix("r#").unwrap_or(&name);
    format_ident!("with_{}", without_escape(name))
}

/// The name without the underscore that typify puts behind a keyword.
fn without_escape(name: &str) -> &str {
    match name.strip_suffix('_') {
        Some(keyword) if syn::parse_str::<Ident>(keyword).is_err() => keyword,
        _ => name,
    }
}

/// What a setter for `kind` takes, and how `value` becomes a `kind`.
pub(super) fn accepted(kind: &Type) -> (TokenStream, TokenStream) {
    match generic_argument(kind, "Vec").or_else(|| generic_argument(kind, "Items")) {
        Some(item) => (
            quote! { impl IntoIterator<Item = impl Into<#item>> },
            quote! { value.into_iter().map(Into::into).collect() },
        ),
        None => (quote! { impl Into<#kind> }, quote! { value.into() }),
    }
}
