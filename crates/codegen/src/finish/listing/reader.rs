//! What `x-pagination` says, and what reads it from an answer.

use proc_macro2::TokenStream;
use quote::quote;
use serde_json::Value;
use syn::Type;

use super::{
    super::{paths::schema_type, printed::generic_argument},
    End,
    shapes::{Field, Shape, Shapes},
};
use crate::{
    plan::{Operation, Payload},
    refusal::Refusal,
};

/// Reads what a document says about paging.
pub(super) struct Reader<'a> {
    pub(super) operation: &'a Operation,
    pub(super) pagination: &'a Value,
    pub(super) shapes: &'a Shapes,
}

impl Reader<'_> {
    pub(super) fn text(&self, key: &str) -> Option<&str> {
        self.pagination.get(key).and_then(Value::as_str)
    }

    pub(super) fn refusal(&self, key: &str, expected: &str) -> Refusal {
        let found = self
            .pagination
            .get(key)
            .map_or_else(|| "nothing".to_owned(), Value::to_string);
        let pointer = format!("{}/x-pagination/{key}", self.operation.pointer);
        let fix = "correct what the document says about paging, or remove it";
        Refusal::new("listings", &pointer, found, expected, fix)
    }

    /// What looks at the value of a field of the answer, of one of these types.
    pub(super) fn value(
        &self,
        key: &str,
        kinds: &[&str],
        expected: &str,
    ) -> Result<TokenStream, Refusal> {
        self.text(key)
            .and_then(|pointer| self.shapes.way(answer_type(self.operation)?, pointer))
            .and_then(|way| read(&way, kinds))
            .ok_or_else(|| self.refusal(key, expected))
    }

    pub(super) fn value_if_named(
        &self,
        key: &str,
        kinds: &[&str],
        expected: &str,
    ) -> Result<Option<TokenStream>, Refusal> {
        let is_named = self.pagination.get(key).is_some();
        is_named
            .then(|| self.value(key, kinds, expected))
            .transpose()
    }

    /// The number of the first page.
    pub(super) fn first(&self) -> Result<i64, Refusal> {
        match self.pagination.get("first") {
            None => Ok(1),
            Some(first) => first
                .as_i64()
                .filter(|first| matches!(first, 0 | 1))
                .ok_or_else(|| self.refusal("first", "0 or 1")),
        }
    }

    pub(super) fn end(&self, total: &str) -> Result<End, Refusal> {
        let total = self.value_if_named(
            total,
            &["i64"],
            "the JSON pointer of a whole number in the answer",
        )?;
        let has_more = self.value_if_named(
            "hasMore",
            &["bool"],
            "the JSON pointer of a boolean in the answer",
        )?;
        let copied = |value: Option<TokenStream>| {
            value.map_or_else(|| quote! { None }, |value| quote! { #value.copied() })
        };
        Ok(End {
            total: copied(total),
            has_more: copied(has_more),
        })
    }

    /// The type of the items, and what takes them out of `page`.
    pub(super) fn items(&self) -> Result<(Type, TokenStream), Refusal> {
        let expected = "the JSON pointer of a list in the operation's one success";
        let found = match self.text("items") {
            Some("") => self.whole_answer(),
            pointer => pointer
                .and_then(|pointer| self.shapes.way(answer_type(self.operation)?, pointer))
                .and_then(|way| items(self.shapes, &way)),
        };
        found.ok_or_else(|| self.refusal("items", expected))
    }

    /// The items of an answer that is the list itself.
    fn whole_answer(&self) -> Option<(Type, TokenStream)> {
        let Payload::Json { schema } = success(self.operation)? else {
            return None;
        };
        let kind = syn::parse2(schema_type(schema, &quote! { types })).ok()?;
        Some((generic_argument(&kind, "Items")?.clone(), quote! { page }))
    }
}

/// The types that a cursor or a page's number may have.
pub(super) const CURSORS: &[&str] = &["String", "i64", "i32", "u64", "u32"];

/// What looks at the value at the end of `way`, starting at `page`: an `Option` of a reference. `None` where the value
/// is of none of these types.
fn read(way: &[Field], kinds: &[&str]) -> Option<TokenStream> {
    is_one_of(&way.last()?.kind, kinds).then_some(())?;
    let (first, rest) = way.split_first()?;
    let ident = &first.ident;
    let start = if first.is_option {
        quote! { page.#ident.as_ref() }
    } else {
        quote! { Some(&page.#ident) }
    };
    Some(rest.iter().fold(start, |read, field| {
        let ident = &field.ident;
        if field.is_option {
            quote! { #read.and_then(|value| value.#ident.as_ref()) }
        } else {
            quote! { #read.map(|value| &value.#ident) }
        }
    }))
}

/// What takes the items at the end of `way` out of `page`, and their type.
fn items(shapes: &Shapes, way: &[Field]) -> Option<(Type, TokenStream)> {
    let (first, rest) = way.split_first()?;
    let ident = &first.ident;
    let start = if first.is_option {
        quote! { page.#ident }
    } else {
        quote! { Some(page.#ident) }
    };
    let taken = rest.iter().fold(start, |taken, field| {
        let ident = &field.ident;
        if field.is_option {
            quote! { #taken.and_then(|value| value.#ident) }
        } else {
            quote! { #taken.map(|value| value.#ident) }
        }
    });
    let last = way.last()?;
    let missing =
        quote! { return Err(answer.unexpected("the page does not hold its items as documented")) };
    if let Some(item) = item_of_list(&last.kind) {
        let items = quote! { match #taken { Some(items) => items.into(), None => #missing } };
        return Some((item.clone(), items));
    }
    let Shape::Union(variants) = shapes.of_type(&last.kind)? else {
        return None;
    };
    let union = &last.kind;
    let item = variants.iter().find_map(|(_, kind)| item_of_list(kind))?;
    let text = quote! { #item }.to_string();
    let is_item = |kind: &Type| quote! { #kind }.to_string() == text;
    let arms = variants.iter().filter_map(|(variant, kind)| {
        if item_of_list(kind).is_some_and(is_item) {
            Some(quote! { Some(#union::#variant(items)) => items.into(), })
        } else if map_value(kind).is_some_and(is_item) {
            Some(quote! { Some(#union::#variant(items)) => items.into_values().collect(), })
        } else {
            None
        }
    });
    Some((
        item.clone(),
        quote! { match #taken { #(#arms)* _ => #missing } },
    ))
}

fn item_of_list(kind: &Type) -> Option<&Type> {
    generic_argument(kind, "Items").or_else(|| generic_argument(kind, "Vec"))
}

/// The type of the values of a map from names.
fn map_value(kind: &Type) -> Option<&Type> {
    let Type::Path(path) = kind else { return None };
    let last = path.path.segments.last()?;
    let syn::PathArguments::AngleBracketed(arguments) = &last.arguments else {
        return None;
    };
    match (last.ident == "BTreeMap").then(|| arguments.args.last())?? {
        syn::GenericArgument::Type(value) => Some(value),
        _ => None,
    }
}

pub(super) fn is_one_of(kind: &Type, names: &[&str]) -> bool {
    matches!(kind, Type::Path(path) if names.iter().any(|name| path.path.is_ident(name)))
}

/// The component that the one success of an operation is.
fn answer_type(operation: &Operation) -> Option<&str> {
    match success(operation)? {
        Payload::Json { schema } if !schema.starts_with("::") => Some(schema),
        _ => None,
    }
}

/// What the one success of an operation holds.
fn success(operation: &Operation) -> Option<&Payload> {
    let mut successes = operation
        .responses
        .iter()
        .filter(|response| !response.is_default && response.from >= 200 && response.to <= 299);
    match (successes.next()?, successes.next()) {
        (only, None) => Some(&only.payload),
        _ => None,
    }
}
