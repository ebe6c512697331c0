//! `Client` and its builder with typed credentials.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::{
    docs,
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

/// Methods of `ClientBuilder` that are no credentials.
const OF_BUILDER: [&str; 3] = ["base_url", "build", "configure"];

/// `client.rs`.
pub(super) fn client(plan: &Plan, printed: &Printed) -> Result<TokenStream, Refusal> {
    let api = super::api::api(plan)?;
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
    let account = account(plan);
    let replacements = replacements(plan);
    let server = match &plan.default_server {
        Some(url) => format!(" The default is `{}`.", url.replace('`', "")),
        None => " The API documents no server to use by default, so this must be set.".to_owned(),
    };
    let base_url_doc = docs::attributes(&format!(
        "The URL that every path is appended to.{server} Anything but `https` is refused, save for loopback addresses.",
    ));
    let unused = (!plan.features.is_empty() || plan.operations.is_empty())
        .then(|| quote! { #[allow(unused_imports)] });
    Ok(quote! {
        #unused
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

            #(#replacements)*

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

            #account

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
    let gate = super::gates::of_operation(operation);
    Ok(quote! {
        #doc
        #deprecated
        #gate
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

/// The setter for the connected account of calls that name none.
fn account(plan: &Plan) -> Option<TokenStream> {
    let method = ident(&account_method(plan)?);
    Some(quote! {
        #[doc = " The connected account of the calls that name none: its id, or"]
        #[doc = " [`ConnectedAccount::OfCredential`](client_runtime::ConnectedAccount::OfCredential) where the credential"]
        #[doc = " belongs to one account, so that no call has to name it."]
        pub fn #method(mut self, account: impl Into<client_runtime::ConnectedAccount>) -> Self {
            self.core = self.core.account(account);
            self
        }
    })
}

pub(super) fn account_method(plan: &Plan) -> Option<String> {
    let mut method = snake(super::api::account_parameter(plan)?);
    let credentials = credential_methods(plan);
    while OF_BUILDER.contains(&method.as_str())
        || credentials
            .iter()
            .any(|(credential, ..)| *credential == method)
    {
        method.push('_');
    }
    Some(method)
}

/// The methods of a client that replace a credential or the account while it runs.
fn replacements(plan: &Plan) -> Vec<TokenStream> {
    let operations: BTreeSet<String> = plan
        .operations
        .iter()
        .map(|operation| method_name(operation).to_string())
        .collect();
    let name = |method: &str| {
        let mut name = format!("set_{method}");
        while operations.contains(&name) {
            name.push('_');
        }
        ident(&name)
    };
    let credentials = credential_methods(plan).into_iter().map(|(method, scheme, kind)| {
        let name = name(&method);
        let doc = docs::attributes(&format!(
            "Replaces what [`ClientBuilder::{method}`] set, for every clone of the client and from the next attempt on: \
             calls that are under way carry it when they are sent again.\n\n# Errors\n\nWhen it cannot be sent, such as \
             an empty one. The one before stays then.",
        ));
        let (parameters, credential) = if kind == &SecurityScheme::Basic {
            (
                quote! {
                    user: impl Into<client_runtime::Secret>,
                    password: impl Into<client_runtime::Secret>,
                },
                quote! {
                    client_runtime::Credential::UserPassword {
                        user: user.into(),
                        password: password.into(),
                    }
                },
            )
        } else {
            (
                quote! { secret: impl Into<client_runtime::Secret>, },
                quote! { client_runtime::Credential::Token(secret.into()) },
            )
        };
        quote! {
            #doc
            pub fn #name(&self, #parameters) -> Result<(), client_runtime::ConfigError> {
                self.core.set_credential(#scheme, #credential)
            }
        }
    });
    let account = account_method(plan).map(|method| {
        let name = name(&method);
        let doc = docs::attributes(&format!(
            "Replaces what [`ClientBuilder::{method}`] set, for every clone of the client and from the next call on.",
        ));
        quote! {
            #doc
            pub fn #name(&self, account: impl Into<client_runtime::ConnectedAccount>) {
                self.core.set_account(account);
            }
        }
    });
    credentials.chain(account).collect()
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
    let mut taken: BTreeSet<String> = OF_BUILDER.iter().map(|name| (*name).to_owned()).collect();
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
