//! The builder of one operation: what it takes, and how it becomes a request.

use std::collections::BTreeSet;

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::Type;

use super::{
    docs,
    outcome::Outcome,
    paths::{Paths, ident, schema_type},
    printed::{PrintedBuilder, generic_argument},
    structs::accepted,
    unexpected::{Unexpected, unexpected},
};
use crate::plan::{Encoding, Operation, Parameter, Place};

/// Setters that every builder has, which no parameter may take the name of.
const RESERVED: &[&str] = &[
    "body",
    "client",
    "clone",
    "into_request",
    "invalid",
    "new",
    "options",
    "send",
];

/// Types of the builder's own, which text or another number may fail to become.
const FALLIBLE: &[&str] = &[
    "i8",
    "i16",
    "i32",
    "i64",
    "isize",
    "u8",
    "u16",
    "u32",
    "u64",
    "usize",
    "Uuid",
    "NonZeroU8",
    "NonZeroU16",
    "NonZeroU32",
    "NonZeroU64",
    "Ipv4Addr",
    "Ipv6Addr",
    "IpAddr",
    "NaiveDate",
    "NaiveTime",
    "DateTime",
];

/// A builder that is ready to be printed.
pub(super) struct Builder<'a> {
    operation: &'a Operation,
    ident: &'a Ident,
    parameters: Vec<Member<'a>>,
    body: Option<BodyMember>,
}

struct Member<'a> {
    parameter: &'a Parameter,
    ident: Ident,
    kind: Type,
}

struct BodyMember {
    kind: TokenStream,
    media_type: String,
    required: bool,
    content: Content,
}

enum Content {
    Json,
    Form,
    Bytes,
}

impl<'a> Builder<'a> {
    /// Joins what progenitor printed of an operation with what is planned for it.
    pub(super) fn new(
        operation: &'a Operation,
        printed: &'a PrintedBuilder,
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
    pub(super) fn tokens(&self, outcome: &Outcome) -> TokenStream {
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
            }

            #debug
        };
        let names_types = code.to_string().contains("types ::");
        let types = names_types.then(|| quote! { use crate::types; });
        quote! {
            use crate::operations;
            #types
            #code
        }
    }

    /// Calls that give everything that is required, for an example; `None` when a value cannot be made up.
    ///
    /// `without_required` names the structs that need nothing to be made.
    pub(super) fn example_calls(&self, without_required: &BTreeSet<String>) -> Option<Vec<String>> {
        let mut calls = Vec::new();
        for member in self
            .parameters
            .iter()
            .filter(|member| member.parameter.required)
        {
            calls.push(format!(
                "{}({})",
                member.ident,
                example_value(&member.kind)?
            ));
        }
        if let Some(schema) = self.operation.body.as_ref().filter(|body| body.required) {
            let schema = schema.schema.as_ref()?;
            without_required.contains(schema).then_some(())?;
            calls.push(format!("body(types::{schema}::new())"));
        }
        Some(calls)
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
                let client = self.client;
                let answer = client.core().send(self.into_request()).await?;
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

impl Member<'_> {
    fn setter(&self) -> TokenStream {
        let Self {
            ident,
            kind,
            parameter,
        } = self;
        let text = if parameter.doc.trim().is_empty() {
            format!("`{}`, as the API's document calls it.", parameter.wire_name)
        } else {
            parameter.doc.clone()
        };
        let required = if parameter.required {
            "\n\nRequired."
        } else {
            ""
        };
        let doc = docs::attributes(&format!("{text}{required}"));
        let deprecated = parameter.deprecated.then(
            || quote! { #[deprecated = "the API's document calls this parameter deprecated"] },
        );
        if is_fallible(kind) {
            let name = parameter.wire_name.as_str();
            return quote! {
                #doc
                #deprecated
                pub fn #ident(mut self, value: impl TryInto<#kind>) -> Self {
                    match value.try_into() {
                        Ok(value) => self.#ident = Some(value),
                        Err(_) => self.invalid = self.invalid.or(Some(#name)),
                    }
                    self
                }
            };
        }
        let (accepted, value) = accepted(kind);
        quote! {
            #doc
            #deprecated
            pub fn #ident(mut self, value: #accepted) -> Self {
                self.#ident = Some(#value);
                self
            }
        }
    }

    fn fill(&self) -> TokenStream {
        let Self {
            ident,
            kind,
            parameter,
        } = self;
        let name = &parameter.wire_name;
        let listed = generic_argument(kind, "Vec").is_some();
        let text = if listed {
            quote! { &value.iter().map(ToString::to_string).collect::<Vec<_>>().join(",") }
        } else {
            quote! { value }
        };
        let fill = match parameter.place {
            Place::Path => quote! { request.path(#name, #text) },
            Place::Header => quote! { request.header(#name, #text) },
            Place::Query | Place::Cookie => {
                let encoding = encoding(parameter.encoding);
                quote! { request.query(#name, client_runtime::Encoding::#encoding, value) }
            }
        };
        if parameter.required {
            quote! {
                match &self.#ident {
                    Some(value) => #fill,
                    None => request.missing(#name),
                }
            }
        } else {
            quote! { if let Some(value) = &self.#ident { #fill; } }
        }
    }
}

impl BodyMember {
    fn new(body: &crate::plan::Body) -> Self {
        let (kind, content) = match &body.schema {
            Some(schema) => {
                let kind = schema_type(schema, &quote! { types });
                let content = if body.media_type == "application/x-www-form-urlencoded" {
                    Content::Form
                } else {
                    Content::Json
                };
                (kind, content)
            }
            None => (quote! { client_runtime::Bytes }, Content::Bytes),
        };
        Self {
            kind,
            media_type: body.media_type.clone(),
            required: body.required,
            content,
        }
    }

    fn setter(&self) -> TokenStream {
        let kind = &self.kind;
        let doc = docs::attributes(if self.required {
            "The request's body.\n\nRequired."
        } else {
            "The request's body."
        });
        quote! {
            #doc
            pub fn body(mut self, value: impl Into<#kind>) -> Self {
                self.body = Some(value.into());
                self
            }
        }
    }

    fn fill(&self) -> TokenStream {
        let media_type = &self.media_type;
        let fill = match self.content {
            Content::Json if media_type == "application/json" => quote! { request.json(value) },
            Content::Json => quote! { request.json_as(#media_type, value) },
            Content::Form => quote! { request.form(value) },
            Content::Bytes => quote! { request.body(#media_type, value.clone()) },
        };
        if self.required {
            quote! {
                match &self.body {
                    Some(value) => #fill,
                    None => request.missing("body"),
                }
            }
        } else {
            quote! { if let Some(value) = &self.body { #fill; } }
        }
    }
}

fn is_fallible(kind: &Type) -> bool {
    match kind {
        Type::Path(path) => path
            .path
            .segments
            .last()
            .is_some_and(|last| FALLIBLE.iter().any(|name| last.ident == name)),
        _ => false,
    }
}

fn example_value(kind: &Type) -> Option<&'static str> {
    let Type::Path(path) = kind else { return None };
    match path.path.segments.last()?.ident.to_string().as_str() {
        "String" => Some("\"…\""),
        "Uuid" => Some("\"00000000-0000-0000-0000-000000000000\""),
        "bool" => Some("true"),
        "i8" | "i16" | "i32" | "i64" | "u8" | "u16" | "u32" | "u64" => Some("1"),
        "f32" | "f64" => Some("1.0"),
        _ => None,
    }
}

fn encoding(encoding: Encoding) -> Ident {
    ident(match encoding {
        Encoding::Plain => "Plain",
        Encoding::Repeated => "Repeated",
        Encoding::Brackets => "Brackets",
        Encoding::Comma => "Comma",
        Encoding::Space => "Space",
        Encoding::Pipe => "Pipe",
        Encoding::DeepObject => "DeepObject",
        Encoding::Spread => "Spread",
        Encoding::Json => "Json",
    })
}

/// The names between braces in a path template.
fn placeholders(path: &str) -> Vec<&str> {
    path.split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}').map(|(name, _)| name))
        .collect()
}
