//! The calls through the generated client, with every protection on.

use truto_client::client_runtime::{Nullable, Quota, QuotaScope, RateLimiter};
use truto_client::types::{ContactsUpdateRequest, EmailAddressInput, TagInput};
use truto_client::{Client, client_runtime::ConfigError};

/// Quotas that are counted and never used up.
const QUOTAS: [Quota; 2] = [
    Quota {
        per: QuotaScope::Credential,
        requests: 1_000_000,
        seconds: 1,
    },
    Quota {
        per: QuotaScope::Account,
        requests: 1_000_000,
        seconds: 1,
    },
];

/// A client as a program builds it, with quotas that are counted and never used up.
///
/// # Errors
/// What the client's builder says.
pub fn client(base_url: &str, token: &str) -> Result<Client, ConfigError> {
    Client::builder()
        .base_url(base_url)
        .bearer_token(token)
        .configure(|core| core.rate_limiter(RateLimiter::new(&QUOTAS)))
        .build()
}

/// The update that is measured.
#[must_use]
pub fn update() -> ContactsUpdateRequest {
    ContactsUpdateRequest {
        first_name: Some(Nullable::Value("Zeynep".to_owned())),
        last_name: Some(Nullable::Value("Öztürk".to_owned())),
        title: Some(Nullable::Value("Head of Operations".to_owned())),
        email_addresses: Some(Nullable::Value(vec![
            EmailAddressInput::new("zeynep.ozturk@example.com").with_type("work"),
        ])),
        tags: Some(Nullable::Value(vec![TagInput::new().with_id("t-1")])),
        ..ContactsUpdateRequest::default()
    }
}
