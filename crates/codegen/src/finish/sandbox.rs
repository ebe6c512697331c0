//! The test kit: a local server that plays the document, a client on it, and a test that calls every operation.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::{
    client::{account_method, credential_methods},
    gates,
    paths::ident,
};
use crate::plan::{Operation, Plan, SecurityScheme};

/// `sandbox.rs`, which the crate has with its feature `sandbox`.
pub(super) fn module(plan: &Plan) -> TokenStream {
    let credentials = credential_methods(plan)
        .into_iter()
        .map(|(method, _, kind)| {
            let method = ident(&method);
            let arguments = if *kind == SecurityScheme::Basic {
                quote! { ::sandbox::Sandbox::CREDENTIAL, ::sandbox::Sandbox::CREDENTIAL }
            } else {
                quote! { ::sandbox::Sandbox::CREDENTIAL }
            };
            quote! { .#method(#arguments) }
        });
    let account = account_method(plan).map(|method| {
        let method = ident(&method);
        quote! { .#method(::sandbox::Sandbox::ACCOUNT) }
    });
    quote! {
        #[doc = " The API's document."]
        pub const DOCUMENT: &str = include_str!("../openapi.json");

        #[doc = " What the server calls the API."]
        pub const NAME: &str = "api";

        #[doc = " A server of the API on this machine, which is not started yet."]
        #[must_use]
        pub fn server() -> ::sandbox::SandboxBuilder {
            ::sandbox::Sandbox::builder().document(NAME, DOCUMENT)
        }

        #[doc = " The builder of a client of a server that was started, with credentials that it takes."]
        pub fn client(server: &::sandbox::Sandbox) -> crate::ClientBuilder {
            crate::Client::builder().base_url(&server.url(NAME)) #(#credentials)* #account
        }
    }
}

/// `tests/every_operation/calls.rs`: `calls` are the functions that call the operations.
pub(super) fn test(plan: &Plan, crate_name: &str, calls: &[(String, TokenStream)]) -> TokenStream {
    let root = ident(&crate_name.replace('-', "_"));
    let planned = |id: &str| plan.operations.iter().find(|operation| operation.id == id);
    let functions = calls.iter().filter_map(|(id, call)| {
        let gate = gates::of_operation(planned(id)?);
        Some(quote! { #gate #call })
    });
    let listed = calls.iter().filter_map(|(id, _)| {
        let operation = planned(id)?;
        let gate = gates::of_operation(operation);
        let (method, path) = (&operation.method, document_path(operation));
        let function = call_name(operation);
        Some(quote! {
            #gate
            Call {
                method: #method,
                path: #path,
                send: |client, arguments| Box::pin(#function(client, arguments)),
            },
        })
    });
    quote! {
        use #root::{Client, client_runtime, sandbox as kit, types};
        use sandbox::calls::{Arguments, Call, call_every};

        #[test]
        fn every_operation_is_sent_and_answered_as_documented() -> Result<(), Box<dyn std::error::Error>> {
            let server = kit::server().without_records().exchanges().start()?;
            let client = kit::client(&server)
                .configure(|core| core.max_attempts(1).no_rate_limiter())
                .build()?;
            let report = call_every(&server, kit::NAME, &client, CALLS)?;
            println!("{report}");
            if report.is_clean() { Ok(()) } else { Err(report.to_string().into()) }
        }

        const CALLS: &[Call<Client>] = &[#(#listed)*];

        #[doc = " The status that an operation was answered with; an error that the document has is an answer, too."]
        fn outcome<T, E>(
            sent: Result<client_runtime::ResponseValue<T>, client_runtime::Error<E>>,
        ) -> Result<u16, String> {
            match sent {
                Ok(answer) => Ok(answer.status()),
                Err(error) => match error.status() {
                    Some(status) if status >= 300 => Ok(status),
                    _ => Err(error.to_string()),
                },
            }
        }

        #(#functions)*
    }
}

/// The name of the function that calls an operation; no other item of the test begins so.
pub(super) fn call_name(operation: &Operation) -> Ident {
    ident(&format!("operation_{}", operation.id))
}

/// The path template as the document has it: the one that the client sends to may have more in it, for a parameter's style.
fn document_path(operation: &Operation) -> String {
    let step = operation.pointer.split('/').nth(2);
    step.unwrap_or_default()
        .replace("~1", "/")
        .replace("~0", "~")
}
