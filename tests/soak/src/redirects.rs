//! No redirect is followed: no credential, no body and no request goes where an answer points.

use crate::outcome::{Outcome, Run};
use crate::{Error, clients, runtime};
use client_runtime::ErrorKind;
use contact_update_client::types::ContactsUpdateRequest;
use fault_server::{Behaviour, FaultServer, Reply, Request};
use std::net::TcpListener;
use std::sync::{Arc, Mutex, PoisonError};
use thelinks_client::types::ContactInput;
use truto_client::types::ContactsCreateRequest;

/// The full figure: how often each combination of status, target and operation is tried.
const TIMES: u64 = 10;

const STATUSES: [u16; 9] = [300, 301, 302, 303, 304, 305, 306, 307, 308];

const ELSEWHERE: &str = "connections_elsewhere";
const AGAIN: &str = "further_requests_at_the_same_origin";
const KIND: &str = "redirects_that_are_no_error";

pub(crate) fn run(run: &Run) -> Result<Outcome, Error> {
    let mut outcome = Outcome::new();
    for law in [ELSEWHERE, AGAIN, KIND] {
        outcome.never(law);
    }
    let elsewhere = Elsewhere::listen()?;
    let location = Location::default();
    let server = location.serve()?;
    let clients = Clients::of(&server)?;
    let runtime = runtime::current_thread()?;
    let mut calls = 0_u64;
    for _ in 0..run.count_or(TIMES) {
        for status in STATUSES {
            for target in &elsewhere.targets {
                location.set(status, target);
                let (made, is_refused) = runtime.block_on(clients.call(status));
                calls += made;
                let case = || format!("status {status} to {target}");
                if !is_refused {
                    outcome.breach(KIND, case);
                }
                let seen = u64::try_from(server.seen())?;
                if seen != calls {
                    outcome.breach(AGAIN, case);
                    calls = seen;
                }
            }
        }
    }
    for case in elsewhere.connections() {
        outcome.breach(ELSEWHERE, || case);
    }
    outcome.count("calls", calls);
    outcome.count("statuses", STATUSES.len());
    outcome.count("targets", elsewhere.targets.len());
    outcome.count("requests", server.seen());
    Ok(outcome)
}

/// Where redirects point.
struct Elsewhere {
    server: FaultServer,
    /// Other loopback addresses, where this machine has them: whoever connects waits to be accepted.
    listeners: Vec<TcpListener>,
    targets: Vec<String>,
}

impl Elsewhere {
    fn listen() -> Result<Self, Error> {
        let server = FaultServer::start(Behaviour::status(200).commits())?;
        let url = server.url();
        let mut targets = ["/elsewhere", "elsewhere", "?elsewhere", "", url]
            .map(str::to_owned)
            .to_vec();
        targets.extend([
            format!("{url}/elsewhere?q=1#f"),
            url.replacen("http:", "", 1),
            url.replacen("http:", "https:", 1),
            url.replacen("http://", "http://user:password@", 1),
        ]);
        let mut listeners = Vec::new();
        for address in ["127.0.0.2:0", "[::1]:0"] {
            let Ok(listener) = TcpListener::bind(address) else {
                continue;
            };
            listener.set_nonblocking(true)?;
            let address = listener.local_addr()?;
            targets.extend([format!("http://{address}/"), format!("https://{address}/")]);
            listeners.push(listener);
        }
        Ok(Self {
            server,
            listeners,
            targets,
        })
    }

    /// A line for each connection that was made.
    fn connections(&self) -> Vec<String> {
        let waiting = self
            .listeners
            .iter()
            .filter_map(|listener| listener.accept().ok());
        let waiting = waiting.map(|(_, from)| format!("a connection from {from}"));
        let accepted =
            (0..self.server.connections()).map(|_| "a connection to another port".to_owned());
        waiting.chain(accepted).collect()
    }
}

/// What the server answers with at the moment.
#[derive(Clone, Default)]
struct Location(Arc<Mutex<(u16, String)>>);

impl Location {
    fn set(&self, status: u16, target: &str) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = (status, target.to_owned());
    }

    fn serve(&self) -> Result<FaultServer, Error> {
        let location = Arc::clone(&self.0);
        let script = move |_: &Request, _: usize| {
            let (status, target) = location
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .clone();
            let reply = Reply::new(status)
                .header("location", &target)
                .header("content-location", &target)
                .header("refresh", &format!("0; url={target}"));
            Behaviour::answer(reply)
        };
        Ok(FaultServer::builder().unrecorded().start(script)?)
    }
}

struct Clients {
    truto: truto_client::Client,
    thelinks: thelinks_client::Client,
    update: contact_update_client::Client,
}

impl Clients {
    fn of(server: &FaultServer) -> Result<Self, Error> {
        Ok(Self {
            truto: clients::truto(server.url(), |core| core.account("a"))?,
            thelinks: clients::thelinks(server.url(), |core| core)?,
            update: clients::contact_update(server.url(), |core| core)?,
        })
    }

    /// Reads and writes through each client. Gives how many calls that were, and whether all of them ended with the
    /// redirect itself.
    async fn call(&self, status: u16) -> (u64, bool) {
        let contact = ContactInput::new("ada@example.com", "Ada");
        let raw = [
            self.truto.contacts_get().id("1").send_raw().await,
            self.truto.contacts_delete().id("1").send_raw().await,
            self.truto
                .contacts_create()
                .body(ContactsCreateRequest::new())
                .send_raw()
                .await,
            self.thelinks
                .contacts_create()
                .body(contact)
                .send_raw()
                .await,
            self.update
                .contacts_update()
                .id("1")
                .body(ContactsUpdateRequest::new())
                .send_raw()
                .await,
        ];
        let typed = self.truto.contacts_get().id("1").send().await;
        let is_refused = typed.is_err_and(|error| error.kind() == ErrorKind::Redirect)
            && raw.iter().all(|result| {
                result
                    .as_ref()
                    .is_ok_and(|answer| answer.status() == status)
            });
        (6, is_refused)
    }
}
