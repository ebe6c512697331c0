//! How a struct is decoded.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::{
    super::fields::{Presence, StructField},
    Struct, rest_type,
};

impl Struct<'_> {
    /// `Deserialize` by a visitor.
    pub(super) fn deserialize(&self) -> TokenStream {
        let ident = self.ident;
        let visitor = format_ident!("{}Fields", ident);
        let expected = format!("an object ({ident})");
        let read = if self.has_default() {
            self.read_into_default()
        } else {
            self.read_into_variables()
        };
        quote! {
            #[doc = " Takes the last one where a name is repeated, as JSON readers do."]
            impl<'de> serde::Deserialize<'de> for #ident {
                fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                    deserializer.deserialize_map(#visitor)
                }
            }

            struct #visitor;

            impl<'de> serde::de::Visitor<'de> for #visitor {
                type Value = #ident;

                fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                    formatter.write_str(#expected)
                }

                fn visit_map<A: serde::de::MapAccess<'de>>(self, mut fields: A) -> Result<Self::Value, A::Error> {
                    #read
                }
            }
        }
    }

    fn read_into_default(&self) -> TokenStream {
        let ident = self.ident;
        let arms = self.fields.documented.iter().map(|field| {
            let name = &field.wire_name;
            let target = &field.ident;
            let value = decoded(field);
            quote! { #name => decoded.#target = #value, }
        });
        let other = self.other_arm(&quote! { decoded });
        quote! {
            let mut decoded = #ident::default();
            while let Some(name) = fields.next_key::<client_runtime::FieldName<'de>>()? {
                match name.as_str() { #(#arms)* #other }
            }
            Ok(decoded)
        }
    }

    fn read_into_variables(&self) -> TokenStream {
        let ident = self.ident;
        let variables = self.fields.documented.iter().map(|field| {
            let variable = variable(field);
            if field.presence == Presence::Collection {
                quote! { let mut #variable = Default::default(); }
            } else {
                quote! { let mut #variable = None; }
            }
        });
        let rest_variable = self.fields.rest.as_ref().map(|rest| {
            let kind = rest_type(rest);
            quote! { let mut rest = #kind::default(); }
        });
        let arms = self.fields.documented.iter().map(|field| {
            let name = &field.wire_name;
            let variable = variable(field);
            let value = decoded(field);
            let value = match field.presence {
                Presence::Required => quote! { Some(#value) },
                _ => value,
            };
            quote! { #name => #variable = #value, }
        });
        let other = self.other_arm(&TokenStream::new());
        let assembled = self.fields.documented.iter().map(|field| {
            let target = &field.ident;
            let variable = variable(field);
            let name = &field.wire_name;
            if field.presence == Presence::Required { quote! {
                #target: #variable.ok_or_else(|| <A::Error as serde::de::Error>::missing_field(#name))?,
            } } else { quote! { #target: #variable, } }
        });
        let rest = self.fields.rest.as_ref().map(|rest| {
            let ident = &rest.ident;
            quote! { #ident: rest, }
        });
        quote! {
            #(#variables)*
            #rest_variable
            while let Some(name) = fields.next_key::<client_runtime::FieldName<'de>>()? {
                match name.as_str() { #(#arms)* #other }
            }
            Ok(#ident { #(#assembled)* #rest })
        }
    }

    /// What happens to a field without a documented name.
    fn other_arm(&self, decoded: &TokenStream) -> TokenStream {
        match &self.fields.rest {
            Some(rest) => {
                let target = if decoded.is_empty() {
                    quote! { rest }
                } else {
                    let ident = &rest.ident;
                    quote! { #decoded.#ident }
                };
                quote! { _ => { #target.insert(name.into_string(), fields.next_value()?); } }
            }
            None if self.fields.closed => {
                let message = format!(
                    "a field that the API's document does not name, in `{}`",
                    self.ident
                );
                quote! { _ => return Err(<A::Error as serde::de::Error>::custom(#message)), }
            }
            None => quote! { _ => { fields.next_value::<serde::de::IgnoredAny>()?; } },
        }
    }
}

fn variable(field: &StructField) -> Ident {
    let name = field.ident.to_string();
    format_ident!("field_{}", name.strip_prefix("r#").unwrap_or(&name))
}

/// The next value as what the field holds.
fn decoded(field: &StructField) -> TokenStream {
    match field.presence {
        Presence::Required | Presence::Optional => quote! { fields.next_value()? },
        Presence::ThreeState => quote! { Some(fields.next_value()?) },
        Presence::Collection => quote! { fields.next_value::<Option<_>>()?.unwrap_or_default() },
    }
}
