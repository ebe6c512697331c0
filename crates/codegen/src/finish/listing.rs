//! The stream of a listing: how its pages are asked for, and where an answer holds its items and what comes next.

mod reader;
mod shapes;

use proc_macro2::TokenStream;
use quote::quote;
use syn::Type;

use self::reader::{CURSORS, Reader, is_one_of};
pub(super) use self::shapes::Shapes;
use super::{docs, outcome::Outcome, parameter::Member};
use crate::{
    plan::{Operation, Place},
    refusal::Refusal,
};

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
