//! The call of an operation with made-up arguments: what the test of a generated crate is made of.

use proc_macro2::TokenStream;
use quote::quote;

use super::{
    super::{client::method_name, sandbox::call_name},
    Builder,
};
use crate::plan::Place;

impl Builder<'_> {
    /// A function that calls the operation with the arguments that the sandbox makes up.
    pub(in crate::finish) fn call(&self) -> TokenStream {
        let method = method_name(self.operation);
        let function = call_name(self.operation);
        let parameters = self.parameters.iter().map(|member| {
            let setter = &member.ident;
            let kind = &member.kind;
            let name = &member.parameter.wire_name;
            let place = match member.parameter.place {
                Place::Path => "path",
                Place::Query => "query",
                Place::Header => "header",
                Place::Cookie => "cookie",
            };
            quote! {
                if let Some(value) = arguments.of::<#kind>(#place, #name)? {
                    call = call.#setter(value);
                }
            }
        });
        let body = self.body.as_ref().map(|body| {
            let (kind, media_type) = (&body.kind, &body.media_type);
            let value = if body.has_fields() {
                quote! { arguments.body::<#kind>(#media_type)? }
            } else {
                quote! { arguments.raw_body(#media_type) }
            };
            quote! {
                if let Some(value) = #value {
                    call = call.body(value);
                }
            }
        });
        let takes_any = !self.parameters.is_empty() || self.body.is_some();
        let made = if takes_any {
            quote! { let mut call = client.#method(); }
        } else {
            quote! { let call = client.#method(); }
        };
        let arguments = if takes_any {
            quote! { arguments }
        } else {
            quote! { _arguments }
        };
        quote! {
            async fn #function(client: &Client, #arguments: &Arguments<'_>) -> Result<u16, String> {
                #made
                #(#parameters)*
                #body
                outcome(call.send().await)
            }
        }
    }
}
