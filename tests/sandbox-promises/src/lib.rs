//! A plain HTTP client for tests of the sandbox: what it says of an API is written out in each test.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use reqwest::blocking::{Client, RequestBuilder, Response};
use sandbox::Sandbox;
use serde_json::Value;

/// The contacts of Truto in the account that the sandbox names.
pub const TRUTO: &str = "/unified/crm/contacts";

/// A caller of a sandbox.
#[derive(Debug)]
pub struct Caller {
    client: Client,
    base: String,
}

/// A status, and the JSON that came with it.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The body; `null` where there is none.
    pub body: Value,
    /// The headers of quotas and retries.
    pub headers: Vec<(String, String)>,
}

impl Caller {
    /// A caller of an API of the sandbox.
    #[must_use]
    pub fn new(sandbox: &Sandbox, api: &str) -> Self {
        Self {
            client: Client::new(),
            base: sandbox.url(api),
        }
    }

    /// A request with a credential and nothing else.
    ///
    /// # Panics
    /// When the method is none.
    pub fn request(&self, method: &str, path: &str) -> RequestBuilder {
        let request = self
            .client
            .request(method.parse().unwrap(), format!("{}{path}", self.base));
        request
            .bearer_auth(Sandbox::CREDENTIAL)
            .header("x-api-key", Sandbox::CREDENTIAL)
    }

    /// A request in the account that the sandbox names.
    pub fn in_account(&self, method: &str, path: &str) -> RequestBuilder {
        self.request(method, path)
            .query(&[("integrated_account_id", Sandbox::ACCOUNT)])
    }
}

/// Sends a request.
///
/// # Panics
/// When it is not answered.
pub fn send(request: RequestBuilder) -> Answer {
    answer(request.send().unwrap())
}

fn answer(response: Response) -> Answer {
    let status = response.status().as_u16();
    let headers = response.headers().iter().filter_map(|(name, value)| {
        let name = name.as_str();
        let is_told = name.starts_with("ratelimit") || name == "retry-after" || name == "allow";
        is_told.then(|| (name.to_owned(), value.to_str().unwrap().to_owned()))
    });
    let headers = headers.collect();
    let text = response.bytes().unwrap();
    let body = serde_json::from_slice(&text).unwrap_or_default();
    Answer {
        status,
        body,
        headers,
    }
}
