//! Unions whose forms differ as JSON: read straight into the one form that a value can have.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{Fields, Ident, Type, Variant};

use super::super::printed::generic_argument;

/// What a value looks like as JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Null,
    Text,
    List,
    Object,
}

/// What reads each form of the union `name` without looking at the value twice: the statement in `deserialize`, and
/// the visitor that it uses. `None` where two variants look the same as JSON, or one can be anything.
pub(super) fn direct_reading<'a>(
    name: &Ident,
    variants: impl Iterator<Item = &'a Variant>,
    is_struct: &dyn Fn(&Type) -> bool,
) -> Option<(TokenStream, TokenStream)> {
    let mut forms: Vec<Form> = Vec::new();
    let mut methods = TokenStream::new();
    for variant in variants {
        let form = form(variant, is_struct)?;
        if forms.contains(&form) {
            return None;
        }
        forms.push(form);
        methods.extend(method(&variant.ident, form));
    }
    let visitor = format_ident!("{name}Forms");
    let expected = format!("one of the documented forms of `{name}`");
    let statement = quote! {
        if client_runtime::is_direct_reading() {
            return deserializer.deserialize_any(#visitor);
        }
    };
    let visitor = quote! {
        struct #visitor;

        impl<'de> serde::de::Visitor<'de> for #visitor {
            type Value = #name;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str(#expected)
            }

            #methods
        }
    };
    Some((statement, visitor))
}

fn form(variant: &Variant, is_struct: &dyn Fn(&Type) -> bool) -> Option<Form> {
    let kind = match &variant.fields {
        Fields::Unit => return Some(Form::Null),
        Fields::Unnamed(fields) if fields.unnamed.len() == 1 => &fields.unnamed[0].ty,
        _ => return None,
    };
    let kind = generic_argument(kind, "Box").unwrap_or(kind);
    let Type::Path(path) = kind else { return None };
    let last = path.path.segments.last()?.ident.to_string();
    match last.as_str() {
        "Vec" | "Items" => Some(Form::List),
        "BTreeMap" => Some(Form::Object),
        "String" | "Timestamp" | "Open" => Some(Form::Text),
        _ => is_struct(kind).then_some(Form::Object),
    }
}

fn method(variant: &Ident, form: Form) -> TokenStream {
    match form {
        Form::Null => quote! {
            fn visit_unit<E: serde::de::Error>(self) -> Result<Self::Value, E> {
                Ok(Self::Value::#variant)
            }
        },
        Form::Text => quote! {
            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Self::Value, E> {
                let text = serde::de::value::StrDeserializer::new(text);
                serde::Deserialize::deserialize(text).map(Self::Value::#variant)
            }
        },
        Form::List => quote! {
            fn visit_seq<A: serde::de::SeqAccess<'de>>(self, values: A) -> Result<Self::Value, A::Error> {
                let values = serde::de::value::SeqAccessDeserializer::new(values);
                serde::Deserialize::deserialize(values).map(Self::Value::#variant)
            }
        },
        Form::Object => quote! {
            fn visit_map<A: serde::de::MapAccess<'de>>(self, fields: A) -> Result<Self::Value, A::Error> {
                let fields = serde::de::value::MapAccessDeserializer::new(fields);
                serde::Deserialize::deserialize(fields).map(Self::Value::#variant)
            }
        },
    }
}
