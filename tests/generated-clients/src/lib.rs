//! What the tests of the generated clients share: a server that records what comes in, and clients that talk to it.
//!
//! `parcels_client` is generated from a small document that has every feature; the others are the ones that the
//! project publishes.

pub mod document;

use std::io;

pub use fault_server::{Behaviour, FaultServer, Reply, Request};

/// A server that answers every request with `status` and the JSON text `body`.
///
/// # Errors
///
/// When the system gives no port.
pub fn answering(status: u16, body: &str) -> io::Result<FaultServer> {
    FaultServer::start(Behaviour::answer(Reply::new(status).json(body)))
}

/// A client of the made-up API, with a token, for `server`.
///
/// # Errors
///
/// When the runtime cannot be set up.
pub fn parcels(server: &FaultServer) -> Result<parcels_client::Client, Box<dyn std::error::Error>> {
    let client = parcels_client::Client::builder()
        .base_url(server.url())
        .bearer_token("t0ken")
        .build()?;
    Ok(client)
}

/// The body of a request as text.
#[must_use]
pub fn body(request: &Request) -> String {
    String::from_utf8_lossy(request.body()).into_owned()
}
