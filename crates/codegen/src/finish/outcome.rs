//! What an operation's answers become: the success type, the enum of documented errors, and the match over statuses.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::{
    docs,
    paths::{ident, schema_type},
};
use crate::plan::{Operation, Payload, Response};

/// The types of an operation's answers and how a status becomes one of them.
pub(super) struct Outcome {
    /// The type of a success, as a builder sees it.
    pub(super) success: TokenStream,
    /// The type of a documented error, as a builder sees it.
    pub(super) error: TokenStream,
    /// Enums to define beside the other types.
    pub(super) enums: Vec<(Ident, TokenStream)>,
    /// The arms of the match over the status.
    pub(super) arms: TokenStream,
    /// The media types to ask for.
    pub(super) accept: Option<&'static str>,
}

impl Outcome {
    /// Works out the types and arms of `operation`.
    pub(super) fn of(operation: &Operation) -> Self {
        let default = operation
            .responses
            .iter()
            .find(|response| response.is_default);
        let mut successes: Vec<&Response> = documented(operation)
            .filter(|response| is_success(response))
            .collect();
        if successes.is_empty() {
            successes.extend(default);
        }
        let mut failures: Vec<&Response> = documented(operation)
            .filter(|response| !is_success(response))
            .collect();
        failures.sort_by_key(|response| (response.to - response.from, response.from));
        failures.extend(default);

        let mut enums = Vec::new();
        let (success, success_arms) = success(operation, &successes, &mut enums);
        let (error, failure_arms) = failure(operation, &failures, &mut enums);
        let rest = default
            .is_none()
            .then(|| quote! { _ => Err(answer.undocumented()), });
        Self {
            success,
            error,
            enums,
            arms: quote! { #success_arms #failure_arms #rest },
            accept: accept(&operation.responses),
        }
    }
}

fn documented(operation: &Operation) -> impl Iterator<Item = &Response> {
    operation
        .responses
        .iter()
        .filter(|response| !response.is_default)
}

fn is_success(response: &Response) -> bool {
    response.from >= 200 && response.to <= 299
}

fn accept(responses: &[Response]) -> Option<&'static str> {
    let any =
        |wanted: fn(&Payload) -> bool| responses.iter().any(|response| wanted(&response.payload));
    let json = any(|payload| matches!(payload, Payload::Json { .. }));
    let others = any(|payload| matches!(payload, Payload::Text | Payload::Bytes));
    match (json, others) {
        (true, false) => Some("application/json"),
        (true, true) => Some("application/json, */*"),
        (false, true) => Some("*/*"),
        (false, false) => None,
    }
}

fn success(
    operation: &Operation,
    successes: &[&Response],
    enums: &mut Vec<(Ident, TokenStream)>,
) -> (TokenStream, TokenStream) {
    let Some(first) = successes.first() else {
        return (
            quote! { client_runtime::Bytes },
            quote! { 200..=299 => answer.bytes(), },
        );
    };
    if successes
        .iter()
        .all(|response| response.payload == first.payload)
    {
        let kind = payload_type(&first.payload, &quote! { types });
        let read = reader(&first.payload);
        return (kind, quote! { 200..=299 => answer.#read(), });
    }
    let name = ident(&operation.success_type);
    let mut sorted = successes.to_vec();
    sorted.sort_by_key(|response| (response.to - response.from, response.from));
    let arms = sorted.iter().map(|response| {
        let pattern = pattern(response);
        let variant = variant(response);
        let read = reader(&response.payload);
        let kind = payload_type(&response.payload, &quote! { types });
        let wrap = if response.payload == Payload::Empty {
            quote! { |()| types::#name::#variant }
        } else {
            quote! { types::#name::#variant }
        };
        quote! {
            #pattern => answer
                .#read()
                .map(|value: client_runtime::ResponseValue<#kind>| value.map(#wrap)),
        }
    });
    let rest = (!sorted
        .iter()
        .any(|response| response.from == 200 && response.to == 299))
    .then(|| quote! { 200..=299 => Err(answer.undocumented()), });
    let arms = quote! { #(#arms)* #rest };
    let doc = format!(
        "What `{}` answers when it succeeds, by status.",
        operation.id
    );
    enums.push((name.clone(), status_enum(&name, &doc, successes)));
    (quote! { types::#name }, arms)
}

fn failure(
    operation: &Operation,
    failures: &[&Response],
    enums: &mut Vec<(Ident, TokenStream)>,
) -> (TokenStream, TokenStream) {
    if failures.is_empty() {
        return (quote! { std::convert::Infallible }, TokenStream::new());
    }
    let name = ident(&operation.error_type);
    let arms = failures.iter().map(|response| {
        let pattern = pattern(response);
        let variant = variant(response);
        let wrap = match response.payload {
            Payload::Empty => quote! { error_without_body(types::#name::#variant) },
            Payload::Json { .. } => quote! { error(types::#name::#variant) },
            Payload::Text => quote! { error_text(types::#name::#variant) },
            Payload::Bytes => quote! { error_bytes(types::#name::#variant) },
        };
        quote! { #pattern => Err(answer.#wrap), }
    });
    let arms = quote! { #(#arms)* };
    let doc = format!(
        "What `{}` answers when it fails, by status, as far as it is documented.",
        operation.id
    );
    enums.push((name.clone(), status_enum(&name, &doc, failures)));
    (quote! { types::#name }, arms)
}

/// An enum with one variant for each of `responses`.
fn status_enum(name: &Ident, doc: &str, responses: &[&Response]) -> TokenStream {
    let doc = docs::attributes(doc);
    let mut responses = responses.to_vec();
    responses.sort_by_key(|response| (response.is_default, response.from, response.to));
    let variants = responses.iter().map(|response| {
        let variant = variant(response);
        let doc = docs::attributes(&format!(
            "{}: {}",
            status_text(response),
            response
                .description
                .split_whitespace()
                .collect::<Vec<_>>()
                .join(" ")
        ));
        if response.payload == Payload::Empty {
            quote! { #doc #variant, }
        } else {
            let kind = payload_type(&response.payload, &quote! { super });
            quote! { #doc #variant(#kind), }
        }
    });
    let arms = responses.iter().map(|response| {
        let variant = variant(response);
        if response.payload == Payload::Empty {
            let printed = format!("{name}::{variant}");
            quote! { Self::#variant => #printed, }
        } else {
            let printed = format!("{name}::{variant}(..)");
            quote! { Self::#variant(_) => #printed, }
        }
    });
    quote! {
        #doc
        #[derive(Clone, PartialEq)]
        #[non_exhaustive]
        pub enum #name { #(#variants)* }

        #[doc = " Prints which status it is, and no value."]
        impl std::fmt::Debug for #name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str(match self { #(#arms)* })
            }
        }
    }
}

fn status_text(response: &Response) -> String {
    if response.is_default {
        "any other status".to_owned()
    } else if response.from == response.to {
        format!("`{}`", response.from)
    } else {
        format!("`{}` to `{}`", response.from, response.to)
    }
}

fn variant(response: &Response) -> Ident {
    if response.is_default {
        format_ident!("Default")
    } else if response.from == response.to {
        format_ident!("Status{}", response.from)
    } else if response.from.is_multiple_of(100) && response.to == response.from + 99 {
        format_ident!("Status{}xx", response.from / 100)
    } else {
        format_ident!("Status{}To{}", response.from, response.to)
    }
}

fn pattern(response: &Response) -> TokenStream {
    let from = proc_macro2::Literal::u16_unsuffixed(response.from);
    let to = proc_macro2::Literal::u16_unsuffixed(response.to);
    if response.is_default {
        quote! { _ }
    } else if response.from == response.to {
        quote! { #from }
    } else {
        quote! { #from..=#to }
    }
}

fn payload_type(payload: &Payload, module: &TokenStream) -> TokenStream {
    match payload {
        Payload::Empty => quote! { () },
        Payload::Json { schema } => schema_type(schema, module),
        Payload::Text => quote! { String },
        Payload::Bytes => quote! { client_runtime::Bytes },
    }
}

fn reader(payload: &Payload) -> Ident {
    ident(match payload {
        Payload::Empty => "empty",
        Payload::Json { .. } => "json",
        Payload::Text => "text",
        Payload::Bytes => "bytes",
    })
}
