//! The constants that describe the operations to the runtime.

use proc_macro2::TokenStream;
use quote::quote;

use super::{docs, outcome::Outcome, paths::ident};
use crate::plan::{Operation, Plan};

/// `operations.rs`.
pub(super) fn operations(plan: &Plan) -> TokenStream {
    let operations = plan.operations.iter().map(|operation| {
        let Operation {
            id, method, path, ..
        } = operation;
        let constant = ident(&id.to_uppercase());
        let doc = docs::attributes(&format!("`{method} {path}`"));
        let sets = operation.security.iter().map(|set| quote! { &[#(#set),*] });
        let security =
            (!operation.security.is_empty()).then(|| quote! { .security(&[#(#sets),*]) });
        let accept = Outcome::of(operation)
            .accept
            .map(|accept| quote! { .accept(#accept) });
        let gate = super::gates::of_operation(operation);
        quote! {
            #doc
            #gate
            pub static #constant: client_runtime::Operation =
                client_runtime::Operation::new(#id, #method, #path) #security #accept;
        }
    });
    quote! { #(#operations)* }
}
