//! The stream of a listing: how its pages are asked for, and where an answer holds its items and what comes next.

use std::collections::BTreeMap;

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use serde_json::Value;
use syn::{Fields as VariantFields, Type};

use super::{
    docs,
    fields::{Fields, Presence},
    outcome::Outcome,
    parameter::Member,
    paths::{Paths, schema_type},
    printed::{Printed, TypeItem, generic_argument},
};
use crate::{
    plan::{self, Operation, Payload, Place, Plan},
    refusal::Refusal,
};

/// The types of answers, as far as a listing has to find its way in them.
pub(super) struct Shapes(BTreeMap<String, Shape>);

enum Shape {
    Struct(Vec<Field>),
    Union(Vec<(Ident, Type)>),
}

#[derive(Clone)]
struct Field {
    wire_name: String,
    ident: Ident,
    is_option: bool,
    /// The type, without the `Option` around it.
    kind: Type,
}

impl Shapes {
    /// The shapes of all printed types.
    pub(super) fn of(printed: &Printed, plan: &Plan) -> Self {
        let names = printed.type_names();
        let unplanned = plan::Type::default();
        let shapes = printed.types.iter().filter_map(|printed_type| {
            let name = printed_type.ident().to_string();
            let planned = plan.types.get(&name).unwrap_or(&unplanned);
            let mut paths = Paths::in_builder(&names, "").keeping_objects_raw(planned.in_response);
            let shape = match &printed_type.item {
                TypeItem::Struct(item) => {
                    let fields = Fields::read(item, planned, &mut paths).ok()?;
                    Shape::Struct(
                        fields
                            .documented
                            .into_iter()
                            .map(|field| Field {
                                is_option: field.presence == Presence::Optional,
                                kind: generic_argument(&field.kind, "Option")
                                    .unwrap_or(&field.kind)
                                    .clone(),
                                wire_name: field.wire_name,
                                ident: field.ident,
                            })
                            .collect(),
                    )
                }
                TypeItem::Enum(item) => Shape::Union(
                    item.variants
                        .iter()
                        .map(|variant| match &variant.fields {
                            VariantFields::Unnamed(fields) if fields.unnamed.len() == 1 => Some((
                                variant.ident.clone(),
                                paths.rewritten(&fields.unnamed[0].ty),
                            )),
                            _ => None,
                        })
                        .collect::<Option<_>>()?,
                ),
            };
            Some((name, shape))
        });
        Self(shapes.collect())
    }

    fn of_type(&self, kind: &Type) -> Option<&Shape> {
        let Type::Path(path) = kind else { return None };
        self.0.get(&path.path.segments.last()?.ident.to_string())
    }

    /// The fields on the way of a JSON pointer, from the type `from` on.
    fn way(&self, from: &str, pointer: &str) -> Option<Vec<Field>> {
        let mut shape = self.0.get(from)?;
        let mut way: Vec<Field> = Vec::new();
        for name in pointer.strip_prefix('/')?.split('/') {
            if let Some(last) = way.last() {
                shape = self.of_type(&last.kind)?;
            }
            let Shape::Struct(fields) = shape else {
                return None;
            };
            way.push(fields.iter().find(|field| field.wire_name == name)?.clone());
        }
        Some(way)
    }
}

/// A listing that is ready to be printed.
struct Listing {
    /// The type of an item.
    item: Type,
    /// What gives the items of `page`, or returns an error.
    items: TokenStream,
    /// Whether `page` leaves something out.
    partial: TokenStream,
    paging: Paging,
}

/// How the pages of an operation follow each other.
enum Paging {
    /// A page holds the cursor of the next one.
    Cursor { next: TokenStream },
    /// Pages are numbered.
    Number { first: i64, end: End },
    /// A request says how many items are to be left out.
    Offset { end: End },
    /// A page holds a link to the next one; the answer's head does where the body names no field for it.
    Link { next: Option<TokenStream> },
}

/// What a page says of those after it: how many pages or items there are, and whether there is more.
struct End {
    total: TokenStream,
    has_more: TokenStream,
}

/// The methods of a builder that give a listing as a stream; nothing for an operation that is no listing.
///
/// # Errors
///
/// When `x-pagination` names a parameter or a field that is not there, or is not of a type that serves.
pub(super) fn methods(
    operation: &Operation,
    parameters: &[Member<'_>],
    outcome: &Outcome,
    shapes: &Shapes,
) -> Result<Option<TokenStream>, Refusal> {
    let Some(pagination) = &operation.pagination else {
        return Ok(None);
    };
    let reader = Reader {
        operation,
        pagination,
        shapes,
    };
    // Other programs use the name, too, with members of their own.
    let paging = match reader.text("type") {
        Some("cursor") => Paging::Cursor {
            next: reader.value(
                "next",
                CURSORS,
                "the JSON pointer of text or a whole number in the answer",
            )?,
        },
        Some("page") => Paging::Number {
            first: reader.first()?,
            end: reader.end("totalPages")?,
        },
        Some("offset") => Paging::Offset {
            end: reader.end("total")?,
        },
        Some("link") => Paging::Link {
            next: reader.value_if_named(
                "next",
                &["String"],
                "the JSON pointer of text in the answer",
            )?,
        },
        _ => return Ok(None),
    };
    let cursor = match &paging {
        Paging::Link { .. } => None,
        _ => Some(
            parameters
                .iter()
                .find(|member| Some(&*member.parameter.wire_name) == reader.text("parameter"))
                .filter(|member| {
                    member.parameter.place == Place::Query && !member.parameter.required
                })
                .filter(|member| is_one_of(&member.kind, CURSORS))
                .ok_or_else(|| {
                    reader.refusal(
                        "parameter",
                        "an optional query parameter that is text or a whole number",
                    )
                })?,
        ),
    };
    let (item, items) = reader.items()?;
    let flag = "the JSON pointer of a boolean in the answer";
    let partial = reader.value_if_named("partial", &["bool"], flag)?;
    let partial = partial.map_or_else(|| quote! { false }, |flag| quote! { #flag == Some(&true) });
    let listing = Listing {
        item,
        items,
        partial,
        paging,
    };
    Ok(Some(listing.methods(operation, cursor, outcome)))
}

/// Reads what a document says about paging.
struct Reader<'a> {
    operation: &'a Operation,
    pagination: &'a Value,
    shapes: &'a Shapes,
}

impl Reader<'_> {
    fn text(&self, key: &str) -> Option<&str> {
        self.pagination.get(key).and_then(Value::as_str)
    }

    fn refusal(&self, key: &str, expected: &str) -> Refusal {
        let found = self
            .pagination
            .get(key)
            .map_or_else(|| "nothing".to_owned(), Value::to_string);
        let pointer = format!("{}/x-pagination/{key}", self.operation.pointer);
        let fix = "correct what the document says about paging, or remove it";
        Refusal::new("listings", &pointer, found, expected, fix)
    }

    /// What looks at the value of a field of the answer, of one of these types.
    fn value(&self, key: &str, kinds: &[&str], expected: &str) -> Result<TokenStream, Refusal> {
        self.text(key)
            .and_then(|pointer| self.shapes.way(answer_type(self.operation)?, pointer))
            .and_then(|way| read(&way, kinds))
            .ok_or_else(|| self.refusal(key, expected))
    }

    fn value_if_named(
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
    fn first(&self) -> Result<i64, Refusal> {
        match self.pagination.get("first") {
            None => Ok(1),
            Some(first) => first
                .as_i64()
                .filter(|first| matches!(first, 0 | 1))
                .ok_or_else(|| self.refusal("first", "0 or 1")),
        }
    }

    fn end(&self, total: &str) -> Result<End, Refusal> {
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
    fn items(&self) -> Result<(Type, TokenStream), Refusal> {
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
const CURSORS: &[&str] = &["String", "i64", "i32", "u64", "u32"];

impl Listing {
    fn methods(
        &self,
        operation: &Operation,
        cursor: Option<&Member<'_>>,
        outcome: &Outcome,
    ) -> TokenStream {
        let Self {
            item,
            items,
            partial,
            ..
        } = self;
        let (before, after) = self.next();
        let error = &outcome.error;
        let start = cursor.map_or_else(String::new, |member| {
            let cursor = &member.ident;
            format!("starts at [`{cursor}`](Self::{cursor}) where that is set, ")
        });
        let doc = docs::attributes(&format!(
            "Every item of the listing as a stream, page after page: `{} {}`. It {start}holds two pages at most, ends \
             at the API's own end mark, and gives every item once. An item that is not as documented is an error of \
             its own, after which the others follow.",
            operation.method, operation.path,
        ));
        let resume_doc = docs::attributes(
            "The same from where another listing with the same parameters got to: what that one gave is left out. \
             [`Listing::position`](client_runtime::Listing::position) tells where that is.",
        );
        let (start, reset, ask) = match cursor {
            Some(member) => {
                let (cursor, wire_name) = (&member.ident, &member.parameter.wire_name);
                (
                    quote! {
                        pub fn stream(mut self) -> client_runtime::Listing<#item, #error> {
                            let cursor = self.#cursor.take().map(|cursor| cursor.to_string());
                            self.stream_from(client_runtime::Position { cursor, given: 0 })
                        }
                    },
                    quote! { self.#cursor = None; },
                    quote! { request.query(#wire_name, client_runtime::Encoding::Plain, cursor); },
                )
            }
            None => (
                quote! {
                    pub fn stream(self) -> client_runtime::Listing<#item, #error> {
                        self.stream_from(client_runtime::Position::default())
                    }
                },
                TokenStream::new(),
                quote! { request.follow(cursor); },
            ),
        };
        let receiver = cursor.map_or_else(|| quote! { self }, |_| quote! { mut self });
        quote! {
            #doc
            #start

            #resume_doc
            pub fn stream_from(
                #receiver,
                position: client_runtime::Position,
            ) -> client_runtime::Listing<#item, #error> {
                #reset
                let core = self.client.core().clone();
                let first = self.into_request();
                client_runtime::Listing::resume(position, move |cursor| {
                    let core = core.clone();
                    let mut request = first.clone();
                    if let Some(cursor) = &cursor {
                        #ask
                    }
                    async move {
                        let answer = core.send(request).await?;
                        let text = answer.to_bytes();
                        let (page, answer) = Self::answered(answer)?.into_parts();
                        let is_partial = #partial;
                        #before
                        let items: client_runtime::Items<#item> = #items;
                        #after
                        Ok(client_runtime::Page::new(items, next).partial(is_partial).text(text))
                    }
                })
            }
        }
    }

    /// What finds out about the next page: before the items are taken out of `page`, and after.
    fn next(&self) -> (TokenStream, TokenStream) {
        match &self.paging {
            Paging::Cursor { next } => {
                let before = quote! { let next = #next.map(ToString::to_string); };
                (before, TokenStream::new())
            }
            Paging::Number { first, end } => {
                let (before, end) = end.read();
                let after = quote! {
                    let is_empty = items.is_empty() && items.rejected().is_empty();
                    let next = client_runtime::next_page(cursor.as_deref(), #first, #end, is_empty)
                        .map_err(|problem| answer.unexpected(problem))?;
                };
                (before, after)
            }
            Paging::Offset { end } => {
                let (before, end) = end.read();
                let after = quote! {
                    let count = items.len() + items.rejected().len();
                    let next = client_runtime::next_offset(cursor.as_deref(), #end, count)
                        .map_err(|problem| answer.unexpected(problem))?;
                };
                (before, after)
            }
            Paging::Link { next: Some(next) } => {
                // An empty text leads nowhere.
                let before = quote! { let next = #next.filter(|link| !link.is_empty()).cloned(); };
                (before, TokenStream::new())
            }
            Paging::Link { next: None } => {
                let after = quote! {
                    let next = client_runtime::next_link(answer.headers()).map(str::to_owned);
                };
                (TokenStream::new(), after)
            }
        }
    }
}

impl End {
    /// What reads it before the items are taken out of `page`, and what it is then.
    fn read(&self) -> (TokenStream, TokenStream) {
        let Self { total, has_more } = self;
        (
            quote! { let end = client_runtime::PageEnd { total: #total, has_more: #has_more }; },
            quote! { end },
        )
    }
}

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

fn is_one_of(kind: &Type, names: &[&str]) -> bool {
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
