//! An API made up for the tests of this crate, which show each promise of `client-runtime` against a server that
//! misbehaves.

use client_runtime::{
    Answer, Api, CallOptions, Core, CoreBuilder, Encoding, Error, Failure, Operation, Request,
};
use client_runtime::{Quota, QuotaScope, RetryPolicy, SecurityScheme};
use fault_server::FaultServer;
use serde_json::{Value, json};
use std::convert::Infallible;
use std::time::Duration;

/// The API: bearer token, retries after 429, 502 and 504, never after 503 and 409, idempotency keys.
pub static API: Api = Api::new("example-client", "1.0.0")
    .security_schemes(&[("bearerAuth", SecurityScheme::Bearer)])
    .retry(&RetryPolicy {
        statuses: &[429, 502, 504],
        never: &[503, 409],
        idempotency_header: Some("Idempotency-Key"),
        idempotent_methods: &["GET", "DELETE"],
        remote_error_pointer: Some("/remote"),
    });

/// The same without idempotency keys, and with nothing documented about retries.
pub static KEYLESS_API: Api =
    Api::new("example-client", "1.0.0").security_schemes(&[("bearerAuth", SecurityScheme::Bearer)]);

/// The same with five requests per second for a credential, and two for an account.
pub static LIMITED_API: Api = Api::new("example-client", "1.0.0")
    .security_schemes(&[("bearerAuth", SecurityScheme::Bearer)])
    .account_parameter("account_id")
    .quotas(&[
        Quota {
            per: QuotaScope::Credential,
            requests: 5,
            seconds: 1,
        },
        Quota {
            per: QuotaScope::Account,
            requests: 2,
            seconds: 1,
        },
    ]);

/// Reads a thing.
pub static GET: Operation =
    Operation::new("things_get", "GET", "/things/{id}").security(&[&["bearerAuth"]]);
static UPDATE: Operation =
    Operation::new("things_update", "PATCH", "/things/{id}").security(&[&["bearerAuth"]]);
static REPLACE: Operation =
    Operation::new("things_replace", "PUT", "/things/{id}").security(&[&["bearerAuth"]]);
static DELETE: Operation =
    Operation::new("things_delete", "DELETE", "/things/{id}").security(&[&["bearerAuth"]]);

/// A builder for a client of `api` that talks to `server`.
#[must_use]
pub fn builder(api: &'static Api, server: &FaultServer) -> CoreBuilder {
    builder_to(api, server.url())
}

/// A builder for a client of `api` at `url`.
#[must_use]
pub fn builder_to(api: &'static Api, url: &str) -> CoreBuilder {
    Core::builder(api)
        .base_url(url)
        .credential("bearerAuth", "t0ken")
        .attempt_timeout(Duration::from_millis(500))
}

/// Reads the thing `id`.
///
/// # Errors
/// What the runtime says.
pub async fn get(core: &Core, id: &str, options: CallOptions) -> Result<Answer, Failure> {
    let mut request = Request::new(&GET);
    request.path("id", id);
    request.options(options);
    core.send(request).await
}

/// Reads the thing `id` of `account`.
///
/// # Errors
/// What the runtime says.
pub async fn get_of(core: &Core, account: &str, id: &str) -> Result<Answer, Failure> {
    let mut request = Request::new(&GET);
    request.path("id", id);
    request.query("account_id", Encoding::Plain, account);
    core.send(request).await
}

/// Changes the thing `id`, as a generated operation would: a success is its body, everything else an error.
///
/// # Errors
/// What the runtime says, or an answer that is no success.
pub async fn update(core: &Core, id: &str, options: CallOptions) -> Result<Value, Error> {
    write(core, &UPDATE, id, options).await
}

/// Replaces the thing `id`, likewise.
///
/// # Errors
/// What the runtime says, or an answer that is no success.
pub async fn replace(core: &Core, id: &str, options: CallOptions) -> Result<Value, Error> {
    write(core, &REPLACE, id, options).await
}

/// Deletes the thing `id`, likewise.
///
/// # Errors
/// What the runtime says, or an answer that is no success.
pub async fn delete(core: &Core, id: &str, options: CallOptions) -> Result<Value, Error> {
    write(core, &DELETE, id, options).await
}

async fn write(
    core: &Core,
    operation: &'static Operation,
    id: &str,
    options: CallOptions,
) -> Result<Value, Error> {
    let mut request = Request::new(operation);
    request.path("id", id);
    request.json(&json!({ "id": id }));
    request.options(options);
    let answer = core.send(request).await?;
    match answer.status() {
        200..=299 => answer
            .json::<Value, Infallible>()
            .map(client_runtime::ResponseValue::into_inner),
        _ => Err(answer.undocumented()),
    }
}
