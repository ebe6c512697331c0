//! The constant that describes the API to the runtime: its server, its security schemes, what may be sent again, and
//! its quotas.

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use serde_json::Value;

use super::{docs, paths::ident};
use crate::{
    plan::{Place, Plan, SecurityScheme},
    refusal::{Refusal, kind},
};

/// `API`.
///
/// # Errors
///
/// When `x-retry` or `x-quotas` is malformed.
pub(super) fn api(plan: &Plan) -> Result<TokenStream, Refusal> {
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
    let quotas = plan
        .quotas
        .as_ref()
        .map(|quotas| self::quotas(quotas, plan))
        .transpose()?;
    let doc = docs::attributes(if counts_no_account(plan) {
        "The API as its document describes it. No parameter says which account a request is for, so the quota per \
         account is here to be read and nothing counts by it."
    } else {
        "The API as its document describes it."
    });
    Ok(quote! {
        #doc
        pub static API: client_runtime::Api =
            client_runtime::Api::new(env!("CARGO_PKG_NAME"), env!("CARGO_PKG_VERSION")) #server #schemes #retry #quotas;
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
    if !retry.is_object() {
        return Err(malformed("/x-retry", retry, "an object"));
    }
    let statuses = statuses(retry, "statuses")?;
    let never = self::statuses(retry, "never")?;
    let header = option(retry, "idempotency-header")?;
    let methods = methods(retry, "idempotent-methods")?;
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

/// A member of `x-retry`, in kebab case or in camel case, with its pointer.
fn member<'a>(retry: &'a Value, name: &str) -> Option<(String, &'a Value)> {
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
    [name, &camel]
        .into_iter()
        .find_map(|name| Some((format!("/x-retry/{name}"), retry.get(name)?)))
}

/// The items of a list of `x-retry`, each with its pointer.
fn items<'a>(retry: &'a Value, name: &str) -> Result<Vec<(String, &'a Value)>, Refusal> {
    match member(retry, name) {
        None => Ok(Vec::new()),
        Some((pointer, Value::Array(items))) => Ok(items
            .iter()
            .enumerate()
            .map(|(index, item)| (format!("{pointer}/{index}"), item))
            .collect()),
        Some((pointer, other)) => Err(malformed(&pointer, other, "a list")),
    }
}

fn statuses(retry: &Value, name: &str) -> Result<Vec<Literal>, Refusal> {
    items(retry, name)?
        .into_iter()
        .map(|(pointer, value)| {
            value
                .as_u64()
                .and_then(|number| u16::try_from(number).ok())
                .filter(|number| (100..600).contains(number))
                .map(Literal::u16_unsuffixed)
                .ok_or_else(|| malformed(&pointer, value, "a status"))
        })
        .collect()
}

fn methods<'a>(retry: &'a Value, name: &str) -> Result<Vec<&'a str>, Refusal> {
    items(retry, name)?
        .into_iter()
        .map(|(pointer, value)| {
            value
                .as_str()
                .ok_or_else(|| malformed(&pointer, value, "a method"))
        })
        .collect()
}

fn option(retry: &Value, name: &str) -> Result<TokenStream, Refusal> {
    match member(retry, name) {
        None | Some((_, Value::Null)) => Ok(quote! { None }),
        Some((_, Value::String(text))) => Ok(quote! { Some(#text) }),
        Some((pointer, other)) => Err(malformed(&pointer, other, "a string")),
    }
}

/// The quotas, and the one parameter that names the account for those that are per account.
fn quotas(quotas: &Value, plan: &Plan) -> Result<TokenStream, Refusal> {
    let list = quotas
        .as_array()
        .ok_or_else(|| malformed("/x-quotas", quotas, "a list"))?;
    let mut rows = Vec::new();
    let mut account: Option<&str> = None;
    for (index, quota) in list.iter().enumerate() {
        let pointer = format!("/x-quotas/{index}");
        let number = |name: &str| {
            let value = quota.get(name).unwrap_or(&Value::Null);
            value
                .as_u64()
                .and_then(|number| u32::try_from(number).ok())
                .filter(|number| *number > 0)
                .map(Literal::u32_unsuffixed)
                .ok_or_else(|| malformed(&format!("{pointer}/{name}"), value, "a number from 1 on"))
        };
        let per = quota.get("per").unwrap_or(&Value::Null);
        let scope = ident(match per.as_str() {
            Some("credential") => "Credential",
            Some("account") => "Account",
            _ => {
                let pointer = format!("{pointer}/per");
                return Err(malformed(&pointer, per, "`credential` or `account`"));
            }
        });
        let (requests, seconds) = (number("requests")?, number("seconds")?);
        rows.push(quote! {
            client_runtime::Quota { per: client_runtime::QuotaScope::#scope, requests: #requests, seconds: #seconds }
        });
        if let Some(parameter) = quota.get("parameter") {
            let pointer = format!("{pointer}/parameter");
            let name = parameter
                .as_str()
                .filter(|_| scope == "Account")
                .filter(|name| names_account(plan, name))
                .filter(|name| account.is_none_or(|known| known == *name))
                .ok_or_else(|| {
                    malformed(
                        &pointer,
                        parameter,
                        "in a quota per account, the one query or header parameter of the operations that names the \
                         account",
                    )
                })?;
            account = Some(name);
        }
    }
    let account = account.map(|name| quote! { .account_parameter(#name) });
    Ok(quote! { .quotas(&[#(#rows),*]) #account })
}

/// The parameter that names the connected account, where the quotas name it.
pub(super) fn account_parameter(plan: &Plan) -> Option<&str> {
    let quotas = plan.quotas.iter().filter_map(Value::as_array).flatten();
    quotas
        .filter_map(|quota| quota.get("parameter").and_then(Value::as_str))
        .find(|name| names_account(plan, name))
}

/// Whether there is a quota per account and no parameter that names one.
fn counts_no_account(plan: &Plan) -> bool {
    let quotas = || plan.quotas.iter().filter_map(Value::as_array).flatten();
    quotas().any(|quota| quota.get("per").and_then(Value::as_str) == Some("account"))
        && quotas().all(|quota| quota.get("parameter").is_none())
}

/// Whether an operation has a parameter that can name the account.
fn names_account(plan: &Plan, name: &str) -> bool {
    plan.operations
        .iter()
        .flat_map(|operation| &operation.parameters)
        .any(|parameter| {
            parameter.wire_name == name && matches!(parameter.place, Place::Query | Place::Header)
        })
}

fn malformed(pointer: &str, found: &Value, expected: &str) -> Refusal {
    let found = match found {
        Value::String(text) if text.len() <= 40 => format!("{text:?}"),
        Value::Number(number) => number.to_string(),
        other => kind(other).to_owned(),
    };
    Refusal::new(
        "runtime-data",
        pointer,
        found,
        expected,
        "correct it where it is written down",
    )
}
