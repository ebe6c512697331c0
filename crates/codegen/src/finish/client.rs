//! `Client`, its builder with typed credentials, and the constants that describe the API and its operations.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use serde_json::Value;

use super::{
    docs,
    outcome::Outcome,
    paths::ident,
    printed::Printed,
    unexpected::{Unexpected, unexpected},
};
use crate::{
    plan::{Operation, Place, Plan, SecurityScheme},
    refusal::Refusal,
};

/// Methods of `Client` that are not operations.
const RESERVED: &[&str] = &["builder", "clone", "core"];

/// `client.rs`.
pub(super) fn client(plan: &Plan, printed: &Printed) -> Result<TokenStream, Refusal> {
    let api = api(plan)?;
    let title = docs::plain(&plan.title);
    let client_doc = docs::attributes(&format!(
        "A client for {title}. Cheap to clone; clones share connections, credentials and limits.",
    ));
    let methods = plan
        .operations
        .iter()
        .map(|operation| method(operation, printed).map_err(|error| error.at(&operation.pointer)))
        .collect::<Result<Vec<_>, _>>()?;
    let credentials = credentials(plan);
    let server = match &plan.default_server {
        Some(url) => format!(" The default is `{}`.", url.replace('`', "")),
        None => " The API documents no server to use by default, so this must be set.".to_owned(),
    };
    let base_url_doc = docs::attributes(&format!(
        "The URL that every path is appended to.{server} Anything but `https` is refused, save for loopback addresses.",
    ));
    Ok(quote! {
        use crate::builder;

        #api

        #client_doc
        #[derive(Clone, Debug)]
        pub struct Client {
            core: client_runtime::Core,
        }

        impl Client {
            #[doc = " Puts a client together."]
            #[must_use]
            pub fn builder() -> ClientBuilder {
                ClientBuilder { core: client_runtime::CoreBuilder::new(&API) }
            }

            #[doc = " What sends the requests, for requests that were made with `into_request`."]
            #[must_use]
            pub fn core(&self) -> &client_runtime::Core {
                &self.core
            }

            #(#methods)*
        }

        #[doc = " Puts a [`Client`] together. Whatever is wrong is said by [`ClientBuilder::build`]."]
        #[derive(Clone, Debug)]
        #[must_use = "no client is made until `build` is called"]
        pub struct ClientBuilder {
            core: client_runtime::CoreBuilder,
        }

        impl ClientBuilder {
            #base_url_doc
            pub fn base_url(mut self, url: &str) -> Self {
                self.core = self.core.base_url(url);
                self
            }

            #(#credentials)*

            #[doc = " Changes whatever else the runtime lets a client choose: time limits, sizes and the like."]
            pub fn configure(
                mut self,
                change: impl FnOnce(client_runtime::CoreBuilder) -> client_runtime::CoreBuilder,
            ) -> Self {
                self.core = change(self.core);
                self
            }

            #[doc = " Makes the client."]
            #[doc = ""]
            #[doc = " # Errors"]
            #[doc = ""]
            #[doc = " When no base URL is known or it is not one to send credentials to, or when a credential or a limit"]
            #[doc = " cannot be used."]
            pub fn build(self) -> Result<Client, client_runtime::ConfigError> {
                Ok(Client { core: self.core.build()? })
            }
        }
    })
}

fn method(operation: &Operation, printed: &Printed) -> Result<TokenStream, Unexpected> {
    let builder = printed.builders.get(&operation.id).ok_or_else(|| {
        unexpected(
            format!("no builder for `{}`", operation.id),
            "one for each operation",
        )
    })?;
    let name = &builder.ident;
    let method = method_name(operation);
    let line = format!("`{} {}`", operation.method, operation.path);
    let doc = if operation.doc.trim().is_empty() {
        line
    } else {
        format!("{}\n\n{line}", operation.doc)
    };
    let doc = docs::attributes(&doc);
    let deprecated = operation
        .deprecated
        .then(|| quote! { #[deprecated = "the API's document calls this operation deprecated"] });
    Ok(quote! {
        #doc
        #deprecated
        pub fn #method(&self) -> builder::#name<'_> {
            builder::#name::new(self)
        }
    })
}

/// The method of `Client` that starts an operation.
pub(crate) fn method_name(operation: &Operation) -> proc_macro2::Ident {
    if RESERVED.contains(&operation.id.as_str()) {
        format_ident!("{}_operation", operation.id)
    } else {
        ident(&operation.id)
    }
}

/// One method for each way to authenticate.
fn credentials(plan: &Plan) -> Vec<TokenStream> {
    credential_methods(plan)
        .into_iter()
        .map(|(method, scheme, kind)| {
            let method = ident(&method);
            let doc = docs::attributes(&format!(
                "{} The API's document calls this `{scheme}`.",
                described(kind)
            ));
            if kind == &SecurityScheme::Basic {
                quote! {
                    #doc
                    pub fn #method(
                        mut self,
                        user: impl Into<client_runtime::Secret>,
                        password: impl Into<client_runtime::Secret>,
                    ) -> Self {
                        let credential = client_runtime::Credential::UserPassword {
                            user: user.into(),
                            password: password.into(),
                        };
                        self.core = self.core.credential(#scheme, credential);
                        self
                    }
                }
            } else {
                quote! {
                    #doc
                    pub fn #method(mut self, secret: impl Into<client_runtime::Secret>) -> Self {
                        self.core = self.core.credential(#scheme, secret.into());
                        self
                    }
                }
            }
        })
        .collect()
}

/// The setters for credentials: method, scheme, kind. The method is named after the kind, and after the scheme where
/// several are of one kind.
pub(crate) fn credential_methods(plan: &Plan) -> Vec<(String, &str, &SecurityScheme)> {
    let kind_name = |kind: &SecurityScheme| match kind {
        SecurityScheme::Bearer => "bearer_token",
        SecurityScheme::Basic => "basic_auth",
        SecurityScheme::ApiKey { .. } => "api_key",
        SecurityScheme::OAuth2 => "access_token",
    };
    let mut taken = BTreeSet::from([
        "base_url".to_owned(),
        "configure".to_owned(),
        "build".to_owned(),
    ]);
    plan.security_schemes
        .iter()
        .map(|(scheme, kind)| {
            let name = kind_name(kind);
            let alone = plan
                .security_schemes
                .values()
                .filter(|other| kind_name(other) == name)
                .count()
                == 1;
            let mut method = if alone {
                name.to_owned()
            } else {
                format!("{name}_{}", snake(scheme))
            };
            while !taken.insert(method.clone()) {
                method.push('_');
            }
            (method, scheme.as_str(), kind)
        })
        .collect()
}

fn snake(name: &str) -> String {
    let mut snake = String::new();
    let mut after_lower = false;
    for character in name.chars() {
        if character.is_ascii_alphanumeric() {
            if character.is_ascii_uppercase() && after_lower {
                snake.push('_');
            }
            snake.push(character.to_ascii_lowercase());
            after_lower = !character.is_ascii_uppercase();
        } else if !snake.ends_with('_') {
            snake.push('_');
            after_lower = false;
        }
    }
    snake.trim_matches('_').to_owned()
}

fn described(kind: &SecurityScheme) -> String {
    match kind {
        SecurityScheme::Bearer => "The token that is sent as `Authorization: Bearer …`.".to_owned(),
        SecurityScheme::Basic => "The user name and password that are sent as `Authorization: Basic …`.".to_owned(),
        SecurityScheme::OAuth2 => {
            "The access token of an OAuth 2 flow, which is sent as `Authorization: Bearer …`. Getting one is the \
             caller's business."
                .to_owned()
        }
        SecurityScheme::ApiKey { place, name } => {
            let place = match place {
                Place::Query => "query parameter",
                Place::Cookie => "cookie",
                Place::Header | Place::Path => "header",
            };
            format!("The key that is sent in the {place} `{name}`.")
        }
    }
}

fn api(plan: &Plan) -> Result<TokenStream, Refusal> {
    let server = plan
        .default_server
        .as_ref()
        .map(|url| quote! { .default_server(#url) });
    let schemes = plan.security_schemes.iter().map(|(name, scheme)| {
        let scheme = security_scheme(scheme);
        quote! { (#name, client_runtime::SecurityScheme::#scheme) }
    });
    let schemes =
        (!plan.security_schemes.is_empty()).then(|| quote! { .security_schemes(&[#(#schemes),*]) });
    let retry = plan.retry.as_ref().map(retry).transpose()?;
    let (quotas, account) = quotas(plan.quotas.as_ref())?;
    Ok(quote! {
        #[doc = " The API as its document describes it."]
        pub static API: client_runtime::Api =
            client_runtime::Api::new(env!("CARGO_PKG_NAME"), env!("CARGO_PKG_VERSION")) #server #schemes #retry #quotas #account;
    })
}

fn security_scheme(scheme: &SecurityScheme) -> TokenStream {
    match scheme {
        SecurityScheme::Bearer => quote! { Bearer },
        SecurityScheme::Basic => quote! { Basic },
        SecurityScheme::OAuth2 => quote! { OAuth2 },
        SecurityScheme::ApiKey { place, name } => {
            let place = ident(match place {
                Place::Query => "Query",
                Place::Cookie => "Cookie",
                Place::Header | Place::Path => "Header",
            });
            quote! { ApiKey { place: client_runtime::ApiKeyPlace::#place, name: #name } }
        }
    }
}

fn retry(retry: &Value) -> Result<TokenStream, Refusal> {
    let statuses = numbers(retry, "statuses")?;
    let never = numbers(retry, "never")?;
    let header = option(retry, "idempotency-header")?;
    let methods = strings(retry, "idempotent-methods")?;
    let pointer = option(retry, "remote-error-pointer")?;
    Ok(quote! {
        .retry(&client_runtime::RetryPolicy {
            statuses: &[#(#statuses),*],
            never: &[#(#never),*],
            idempotency_header: #header,
            idempotent_methods: &[#(#methods),*],
            remote_error_pointer: #pointer,
        })
    })
}

fn quotas(quotas: Option<&Value>) -> Result<(Option<TokenStream>, Option<TokenStream>), Refusal> {
    let Some(quotas) = quotas else {
        return Ok((None, None));
    };
    let wrong = |found: &Value| {
        malformed(
            "/x-quotas",
            found,
            "a list of `{\"per\": \"credential\" or \"account\", \"requests\": N, \"seconds\": N}`",
        )
    };
    let list = quotas.as_array().ok_or_else(|| wrong(quotas))?;
    let mut rows = Vec::new();
    let mut account = None;
    for quota in list {
        let number = |name: &str| {
            quota
                .get(name)
                .and_then(Value::as_u64)
                .and_then(|number| u32::try_from(number).ok())
                .map(proc_macro2::Literal::u32_unsuffixed)
                .ok_or_else(|| wrong(quota))
        };
        let scope = ident(match quota.get("per").and_then(Value::as_str) {
            Some("credential") => "Credential",
            Some("account") => "Account",
            _ => return Err(wrong(quota)),
        });
        let (requests, seconds) = (number("requests")?, number("seconds")?);
        rows.push(quote! {
            client_runtime::Quota { per: client_runtime::QuotaScope::#scope, requests: #requests, seconds: #seconds }
        });
        if let Some(name) = quota.get("parameter").and_then(Value::as_str) {
            account = Some(quote! { .account_parameter(#name) });
        }
    }
    Ok((Some(quote! { .quotas(&[#(#rows),*]) }), account))
}

/// A member of `x-retry`, in kebab case or in camel case.
fn member<'a>(object: &'a Value, name: &str) -> Option<&'a Value> {
    let mut camel = String::new();
    for (index, word) in name.split('-').enumerate() {
        let mut letters = word.chars();
        match letters.next() {
            Some(first) if index > 0 => camel.push(first.to_ascii_uppercase()),
            Some(first) => camel.push(first),
            None => {}
        }
        camel.extend(letters);
    }
    object.get(name).or_else(|| object.get(camel))
}

fn numbers(retry: &Value, name: &str) -> Result<Vec<proc_macro2::Literal>, Refusal> {
    list(retry, name)?
        .iter()
        .map(|value| {
            value
                .as_u64()
                .and_then(|number| u16::try_from(number).ok())
                .map(proc_macro2::Literal::u16_unsuffixed)
                .ok_or_else(|| malformed(&format!("/x-retry/{name}"), value, "a status"))
        })
        .collect()
}

fn strings<'a>(retry: &'a Value, name: &str) -> Result<Vec<&'a str>, Refusal> {
    list(retry, name)?
        .iter()
        .map(|value| {
            value
                .as_str()
                .ok_or_else(|| malformed(&format!("/x-retry/{name}"), value, "a method"))
        })
        .collect()
}

fn list<'a>(retry: &'a Value, name: &str) -> Result<&'a [Value], Refusal> {
    match member(retry, name) {
        None => Ok(&[]),
        Some(Value::Array(list)) => Ok(list),
        Some(other) => Err(malformed(&format!("/x-retry/{name}"), other, "a list")),
    }
}

fn option(retry: &Value, name: &str) -> Result<TokenStream, Refusal> {
    match member(retry, name) {
        None | Some(Value::Null) => Ok(quote! { None }),
        Some(Value::String(text)) => Ok(quote! { Some(#text) }),
        Some(other) => Err(malformed(&format!("/x-retry/{name}"), other, "a string")),
    }
}

fn malformed(pointer: &str, found: &Value, expected: &str) -> Refusal {
    Refusal::new(
        "runtime-data",
        pointer,
        format!("`{found}`"),
        expected,
        "correct the figure where it is written down",
    )
}

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
        quote! {
            #doc
            pub static #constant: client_runtime::Operation =
                client_runtime::Operation::new(#id, #method, #path) #security #accept;
        }
    });
    quote! { #(#operations)* }
}
