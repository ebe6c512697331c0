//! The builder of one operation: what it takes, and how it becomes a request.

mod call;

use std::collections::BTreeMap;

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::{
    body::BodyMember,
    docs,
    example::{self, Example, StructExample},
    listing::{self, Shapes},
    outcome::Outcome,
    parameter::Member,
    paths::{Paths, ident},
    printed::PrintedBuilder,
    unexpected::{Unexpected, unexpected},
};
use crate::{
    plan::{Operation, Place},
    refusal::Refusal,
};

/// Setters that every builder has, which no parameter may take the name of.
const RESERVED: &[&str] = &[
    "answered",
    "body",
    "client",
    "clone",
    "into_request",
    "invalid",
    "new",
    "options",
    "send",
    "send_raw",
    "stream",
    "stream_from",
];

/// A builder that is ready to be printed.
pub(super) struct Builder<'a> {
    operation: &'a Operation,
    ident: &'a Ident,
    parameters: Vec<Member<'a>>,
    body: Option<BodyMember>,
}

impl<'a> Builder<'a> {
    /// Joins what progenitor printed of an operation with what is planned for it.
    pub(super) fn new(
        operation: &'a Operation,
        printed: &'a PrintedBuilder,
        account_parameter: Option<&str>,
        paths: &mut Paths<'_>,
    ) -> Result<Self, Unexpected> {
        let placeholders = placeholders(&operation.path);
        if placeholders.len() != printed.path.len() {
            return Err(unexpected(
                format!(
                    "{} path parameters in `{}`",
                    printed.path.len(),
                    printed.ident
                ),
                format!("{}, as in `{}`", placeholders.len(), operation.path),
            ));
        }
        let mut parameters = Vec::new();
        for parameter in &operation.parameters {
            let name = match parameter.place {
                Place::Path => placeholders
                    .iter()
                    .position(|placeholder| *placeholder == parameter.wire_name)
                    .and_then(|index| printed.path.get(index)),
                _ => printed.names.get(&parameter.name),
            };
            let member = name.and_then(|name| Some((name, printed.fields.get(name)?)));
            let (name, kind) = member.ok_or_else(|| {
                unexpected(
                    format!("no parameter `{}` in `{}`", parameter.name, printed.ident),
                    "every planned parameter",
                )
            })?;
            let setter = if RESERVED.contains(&name.as_str()) {
                ident(&format!("{name}_parameter"))
            } else {
                ident(name)
            };
            parameters.push(Member {
                is_account: account_parameter == Some(&*parameter.wire_name),
                parameter,
                ident: setter,
                kind: paths.rewritten(kind),
            });
        }
        let printed_count = printed.fields.keys().filter(|name| *name != "body").count();
        if printed_count != parameters.len() {
            return Err(unexpected(
                format!("{printed_count} parameters in `{}`", printed.ident),
                format!("the {} that are planned", parameters.len()),
            ));
        }
        Ok(Self {
            operation,
            ident: &printed.ident,
            parameters,
            body: operation.body.as_ref().map(BodyMember::new),
        })
    }

    /// The builder's type and impls.
    ///
    /// # Errors
    ///
    /// When what the document says about paging does not fit the operation.
    pub(super) fn tokens(
        &self,
        outcome: &Outcome,
        shapes: &Shapes,
    ) -> Result<TokenStream, Refusal> {
        let name = self.ident;
        let method = format!(
            "[`Client::{}`](crate::Client::{})",
            self.operation.id, self.operation.id
        );
        let doc = docs::attributes(&format!("Builder for {method}."));
        let members = self.parameters.iter().map(|member| {
            let Member { ident, kind, .. } = member;
            quote! { #ident: Option<#kind>, }
        });
        let body = self.body.iter().map(|body| {
            let kind = &body.kind;
            quote! { body: Option<#kind>, }
        });
        let idents: Vec<&Ident> = self.parameters.iter().map(|member| &member.ident).collect();
        let body_ident = self.body.iter().map(|_| ident("body")).collect::<Vec<_>>();
        let setters = self.parameters.iter().map(Member::setter);
        let body_setter = self.body.as_ref().map(BodyMember::setter);
        let into_request = self.request();
        let send = self.send(outcome);
        let listing = listing::methods(self.operation, &self.parameters, outcome, shapes)?;
        let debug = self.debug();
        let code = quote! {
            #doc
            #[derive(Clone)]
            #[must_use = "nothing is sent until `send` is called"]
            pub struct #name<'a> {
                client: &'a crate::Client,
                options: client_runtime::CallOptions,
                invalid: Option<&'static str>,
                #(#members)*
                #(#body)*
            }

            impl<'a> #name<'a> {
                pub(crate) fn new(client: &'a crate::Client) -> Self {
                    Self {
                        client,
                        options: client_runtime::CallOptions::default(),
                        invalid: None,
                        #(#idents: None,)*
                        #(#body_ident: None,)*
                    }
                }

                #(#setters)*
                #body_setter

                #[doc = " What this call does otherwise than the client was built for: time limits, further headers and"]
                #[doc = " the like."]
                pub fn options(mut self, options: client_runtime::CallOptions) -> Self {
                    self.options = options;
                    self
                }

                #into_request
                #send
                #listing
            }

            #debug
        };
        let names_types = code.to_string().contains("types ::");
        let types = names_types.then(|| quote! { use crate::types; });
        Ok(quote! {
            use crate::operations;
            #types
            #code
        })
    }

    /// What an example gives: everything that is required; `None` when a value cannot be made up.
    ///
    /// `structs` are those that an example can make.
    pub(super) fn example(&self, structs: &BTreeMap<String, StructExample>) -> Option<Example> {
        let mut calls = Vec::new();
        for member in self
            .parameters
            .iter()
            .filter(|member| member.parameter.required)
        {
            calls.push(format!(
                "{}({})",
                member.ident,
                example::value(&member.kind)?
            ));
        }
        let body = match self.operation.body.as_ref().filter(|body| body.required) {
            Some(body) => {
                let name = body.schema.clone()?;
                let made = structs.get(&name)?.clone();
                Some((name, made))
            }
            None => None,
        };
        Some(Example { calls, body })
    }

    fn request(&self) -> TokenStream {
        let constant = ident(&self.operation.id.to_uppercase());
        let parameters = self.parameters.iter().map(Member::fill);
        let body = self.body.as_ref().map(BodyMember::fill);
        quote! {
            #[doc = " The request that [`send`](Self::send) would send. What is missing or wrong in it is reported by"]
            #[doc = " [`Core::send`](client_runtime::Core::send), and then nothing is sent."]
            pub fn into_request(self) -> client_runtime::Request {
                let mut request = client_runtime::Request::new(&operations::#constant);
                if let Some(name) = self.invalid {
                    request.invalid(name);
                }
                #(#parameters)*
                #body
                request.options(self.options);
                request
            }
        }
    }

    fn send(&self, outcome: &Outcome) -> TokenStream {
        let Operation { method, path, .. } = self.operation;
        let doc = docs::attributes(&format!(
            "Sends the request: `{method} {path}`.\n\n# Errors\n\n\
             When something required is missing or a value cannot be sent, and nothing was sent; when the request or \
             its answer failed on the way; when the answer is an error or cannot be decoded. See \
             [`ErrorKind`](client_runtime::ErrorKind).",
        ));
        let Outcome {
            success,
            error,
            arms,
            ..
        } = outcome;
        quote! {
            #doc
            pub async fn send(self) -> Result<client_runtime::ResponseValue<#success>, client_runtime::Error<#error>> {
                Self::answered(self.send_raw().await?)
            }

            #[doc = " Sends the request and gives the answer as it came, whatever its status: headers, and the body within"]
            #[doc = " the client's bound."]
            #[doc = ""]
            #[doc = " # Errors"]
            #[doc = ""]
            #[doc = " When something required is missing or a value cannot be sent, and nothing was sent; when the request"]
            #[doc = " or its answer failed on the way."]
            pub async fn send_raw(self) -> Result<client_runtime::Answer, client_runtime::Failure> {
                let client = self.client;
                client.core().send(self.into_request()).await
            }

            fn answered(
                answer: client_runtime::Answer,
            ) -> Result<client_runtime::ResponseValue<#success>, client_runtime::Error<#error>> {
                match answer.status() { #arms }
            }
        }
    }

    fn debug(&self) -> TokenStream {
        let name = self.ident;
        let printed = name.to_string();
        let fields = self
            .parameters
            .iter()
            .map(|member| member.ident.clone())
            .chain(self.body.iter().map(|_| ident("body")))
            .map(|ident| {
                let name = ident.to_string();
                quote! { (#name, self.#ident.is_some()) }
            });
        quote! {
            #[doc = " Prints which parameters are set, and no value."]
            impl std::fmt::Debug for #name<'_> {
                fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                    client_runtime::fmt_fields(formatter, #printed, &[#(#fields),*])
                }
            }
        }
    }
}

/// The names between braces in a path template.
fn placeholders(path: &str) -> Vec<&str> {
    path.split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}').map(|(name, _)| name))
        .collect()
}
