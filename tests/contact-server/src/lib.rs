//! A local server that behaves like the contact APIs, as far as their documents say: it keeps contacts and leads in
//! memory, pages its lists, replays what was written under an idempotency key, and fails when it is told to.
//!
//! ```
//! use contact_server::ContactServer;
//! use serde_json::json;
//!
//! let server = ContactServer::start()?;
//! let id = server.put("truto", json!({"first_name": "Ada"}));
//! assert_eq!(server.stored("truto", &id).unwrap()["first_name"], "Ada");
//! assert!(server.connection("truto").starts_with("truto+http://127.0.0.1:"));
//! # Ok::<(), std::io::Error>(())
//! ```

mod call;
mod contact_update;
mod fault;
mod state;
mod thelinks;
mod truto;

pub use fault::{Fault, FaultKind, FaultRate};

use call::Call;
use fault_server::{Behaviour, FaultServer, Reply, Request};
use serde_json::{Value, json};
use state::State;
use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The token or key that every API takes.
pub const TOKEN: &str = "t0ken";

/// The connected account that Truto's routes take.
pub const ACCOUNT: &str = "acc";

/// A running server. It ends when this is dropped.
#[derive(Debug)]
pub struct ContactServer {
    server: FaultServer,
    state: Arc<Mutex<State>>,
}

impl ContactServer {
    /// Starts a server without contacts on a free port of this machine.
    ///
    /// # Errors
    /// When the system gives no port or thread.
    pub fn start() -> io::Result<Self> {
        let state = Arc::new(Mutex::new(State::default()));
        let shared = Arc::clone(&state);
        let script = move |request: &Request, _| behaviour(&mut locked(&shared), request);
        let server = FaultServer::start(script)?;
        Ok(Self { server, state })
    }

    /// The base URL of an API: `truto`, `truto-leads`, `thelinks` or `contact-update`.
    #[must_use]
    pub fn url(&self, provider: &str) -> String {
        let path = match provider {
            "thelinks" => thelinks::BASE,
            "contact-update" => contact_update::BASE,
            _ => "",
        };
        format!("{}{path}", self.server.url())
    }

    /// A connection string for a store of that API.
    #[must_use]
    pub fn connection(&self, provider: &str) -> String {
        let url = self.url(provider);
        let account = if provider.starts_with("truto") {
            format!("&account={ACCOUNT}")
        } else {
            String::new()
        };
        format!("{provider}+{url}?token={TOKEN}{account}")
    }

    /// Puts a contact in the API's own JSON into the server, and gives its id: its own, or a new one.
    #[expect(
        clippy::must_use_candidate,
        reason = "it is called to put the contact there"
    )]
    pub fn put(&self, provider: &str, contact: Value) -> String {
        locked(&self.state).put(provider, contact)
    }

    /// A contact that the server has, in the API's own JSON.
    #[must_use]
    pub fn stored(&self, provider: &str, id: &str) -> Option<Value> {
        locked(&self.state).contacts(provider).get(id).cloned()
    }

    /// How many contacts the server has.
    #[must_use]
    pub fn count(&self, provider: &str) -> usize {
        locked(&self.state).contacts(provider).len()
    }

    /// How many requests came in.
    #[must_use]
    pub fn requests_seen(&self) -> usize {
        self.server.seen()
    }

    /// The request that came in last.
    #[must_use]
    pub fn last_request(&self) -> Option<Request> {
        self.server.requests().pop()
    }

    /// How many writes were applied. One that is replayed under its key is applied once.
    #[must_use]
    pub fn writes_applied(&self) -> usize {
        locked(&self.state).writes
    }

    /// Makes the next requests fail, or none any more.
    pub fn set_fault(&self, fault: Option<Fault>) {
        locked(&self.state).fault = fault;
    }

    /// Makes some of all requests fail from now on, or none any more.
    pub fn set_fault_rate(&self, rate: Option<FaultRate>) {
        locked(&self.state).fault_rate = rate;
    }

    /// Every contact that the server has of an API, in its own JSON.
    #[must_use]
    pub fn all(&self, provider: &str) -> Vec<Value> {
        locked(&self.state)
            .contacts(provider)
            .values()
            .cloned()
            .collect()
    }
}

fn locked(state: &Mutex<State>) -> MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What the server does with a request: the fault that is set, around what the API answers.
fn behaviour(state: &mut State, request: &Request) -> Behaviour {
    let fault = fault::next(&mut state.fault)
        .or_else(|| state.fault_rate.as_mut().and_then(fault::FaultRate::next));
    if let Some(fault) = &fault
        && let Some(instead) = fault.instead()
    {
        return instead;
    }
    let call = Call::of(request);
    let (status, body) = answer(state, &call);
    let reply = Reply::new(status).json(&body.to_string());
    match fault {
        Some(fault) => fault.after(reply),
        None => Behaviour::answer(reply),
    }
}

fn answer(state: &mut State, call: &Call) -> (u16, Value) {
    let segments: Vec<&str> = call.segments.iter().map(String::as_str).collect();
    match segments.as_slice() {
        ["unified", "crm", rest @ ..] => truto::answer(state, call, rest),
        ["thelinks", "api", "v1", "unified", rest @ ..] => thelinks::answer(state, call, rest),
        ["contact-update", "contacts", id] => contact_update::answer(state, call, id),
        _ => (404, json!({"message": "no such route"})),
    }
}
