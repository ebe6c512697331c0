//! The published clients, each with a credential and without a rate limiter, for a server of this machine.

use crate::Error;
use client_runtime::CoreBuilder;

/// A client of the API with idempotency keys.
pub(crate) fn truto(
    url: &str,
    change: impl FnOnce(CoreBuilder) -> CoreBuilder,
) -> Result<truto_client::Client, Error> {
    Ok(truto_client::Client::builder()
        .base_url(url)
        .bearer_token("t0ken")
        .configure(|core| change(core.no_rate_limiter()))
        .build()?)
}

/// A client of the API that documents nothing about retries.
pub(crate) fn thelinks(
    url: &str,
    change: impl FnOnce(CoreBuilder) -> CoreBuilder,
) -> Result<thelinks_client::Client, Error> {
    Ok(thelinks_client::Client::builder()
        .base_url(url)
        .bearer_token("t0ken")
        .configure(|core| change(core.no_rate_limiter()))
        .build()?)
}

/// A client of the API with a key in a header.
pub(crate) fn contact_update(
    url: &str,
    change: impl FnOnce(CoreBuilder) -> CoreBuilder,
) -> Result<contact_update_client::Client, Error> {
    Ok(contact_update_client::Client::builder()
        .base_url(url)
        .api_key("k3y")
        .configure(|core| change(core.no_rate_limiter()))
        .build()?)
}
