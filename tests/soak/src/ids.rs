//! No id leaves its path segment.

use crate::outcome::{Outcome, Run};
use crate::{Error, clients, runtime};
use client_runtime::{ErrorKind, Failure};
use fastrand::Rng;
use fault_server::{Behaviour, FaultServer, Reply, Request};
use std::sync::{Arc, Mutex, PoisonError};

/// The full figure: how many ids are tried.
const IDS: u64 = 10_000;

const OUTSIDE: &str = "requests_outside_of_their_segment";
const CHANGED: &str = "ids_that_arrived_changed";
const REFUSED: &str = "refusals_of_another_kind";
const SENT: &str = "requests_for_a_refused_id";

/// What ids are put together from, besides single bytes.
const PIECES: [&str; 34] = [
    "", ".", "..", "/", "\\", "%2e", "%2E", "%252e", "%2f", "%5c", "%00", "?", "#", ";", ":", "@",
    "%", "&", "=", "+", " ", "\0", "\n", "\r\n", "\t", "\u{7f}", "\u{85}", "\u{2028}", "\u{202e}",
    "\u{feff}", "é", "漢字", "🦀", "id-7",
];

pub(crate) fn run(run: &Run) -> Result<Outcome, Error> {
    let mut outcome = Outcome::new();
    for law in [OUTSIDE, CHANGED, REFUSED, SENT] {
        outcome.never(law);
    }
    let targets = Arc::new(Mutex::new(Vec::new()));
    let server = {
        let targets = Arc::clone(&targets);
        let answer = Behaviour::prepared(&Reply::new(204));
        FaultServer::builder()
            .unrecorded()
            .start(move |request: &Request, _: usize| {
                let mut targets = targets.lock().unwrap_or_else(PoisonError::into_inner);
                targets.push(request.target().to_owned());
                answer.clone()
            })?
    };
    let operations = operations(server.url())?;
    let mut rng = Rng::with_seed(run.seed);
    let (mut sent, mut refused) = (0_u64, 0_u64);
    let ids = run.count_or(IDS);
    let runtime = runtime::current_thread()?;
    for number in 0..ids {
        let id = hostile(number, &mut rng);
        for operation in &operations {
            let result = runtime.block_on((operation.call)(&id));
            let seen = std::mem::take(&mut *targets.lock().unwrap_or_else(PoisonError::into_inner));
            let case = || format!("{} with id number {number}", operation.name);
            if let Err(failure) = result {
                refused += 1;
                if failure.kind() != ErrorKind::InvalidRequest {
                    outcome.breach(REFUSED, case);
                }
                if !seen.is_empty() {
                    outcome.breach(SENT, case);
                }
                continue;
            }
            sent += 1;
            match segment(&seen, operation) {
                None => outcome.breach(OUTSIDE, case),
                Some(segment) => {
                    let decoded: Vec<u8> = percent_encoding::percent_decode_str(segment).collect();
                    if decoded != id.as_bytes() {
                        outcome.breach(CHANGED, case);
                    }
                }
            }
        }
    }
    outcome.count("ids", ids);
    outcome.count("operations", operations.len());
    outcome.count("sent", sent);
    outcome.count("refused", refused);
    Ok(outcome)
}

/// The one segment in which the id stands, if the one request went to the operation's path.
fn segment<'a>(seen: &'a [String], operation: &Operation) -> Option<&'a str> {
    let [target] = seen else { return None };
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let segment = path.strip_prefix(operation.before)?;
    let is_plain = !segment.is_empty()
        && !segment.contains(['/', '\\', '#', '?', ';'])
        && !matches!(
            segment.to_ascii_lowercase().as_str(),
            "." | ".." | "%2e" | ".%2e" | "%2e." | "%2e%2e"
        );
    (is_plain && query == operation.query).then_some(segment)
}

/// An id that a careless or hostile caller gives.
fn hostile(number: u64, rng: &mut Rng) -> String {
    match u8::try_from(number) {
        Ok(byte) => return char::from(byte).to_string(),
        Err(_) if number == 256 => return "a".repeat(1 << 20),
        Err(_) if number == 257 => return "../".repeat(1 << 18),
        Err(_) => {}
    }
    let mut id = String::new();
    for _ in 0..rng.usize(1..6) {
        match rng.u8(..4) {
            0 => id.push(rng.char(..)),
            1 => id.push(char::from(rng.u8(..))),
            _ => id.push_str(rng.choice(PIECES).unwrap_or_default()),
        }
    }
    id
}

type Call = Box<dyn Fn(&str) -> std::pin::Pin<Box<dyn Future<Output = Result<(), Failure>>>>>;

/// An operation with an id in its path.
struct Operation {
    name: &'static str,
    before: &'static str,
    query: &'static str,
    call: Call,
}

/// Every operation of the published clients that has one.
fn operations(url: &str) -> Result<Vec<Operation>, Error> {
    let truto = clients::truto(url, |core| core.max_attempts(1))?;
    let thelinks = clients::thelinks(&format!("{url}/v1"), |core| core.max_attempts(1))?;
    let update = clients::contact_update(&format!("{url}/licences/7/contacts"), |core| {
        core.max_attempts(1)
    })?;
    let mut all = Vec::new();
    let mut add = |name, before, query, call: Call| {
        all.push(Operation {
            name,
            before,
            query,
            call,
        });
    };
    macro_rules! operation {
        ($client:ident, $method:ident, $id:ident, $before:literal, $query:literal, $($set:ident: $value:expr),*) => {{
            let client = $client.clone();
            add(stringify!($method), $before, $query, Box::new(move |id| {
                let (client, id) = (client.clone(), id.to_owned());
                Box::pin(async move {
                    client.$method().$id(id)$(.$set($value))*.send_raw().await.map(|_| ())
                })
            }));
        }};
    }
    operation!(truto, contacts_get, id, "/unified/crm/contacts/", "integrated_account_id=a", integrated_account_id: "a");
    operation!(truto, contacts_delete, id, "/unified/crm/contacts/", "integrated_account_id=a", integrated_account_id: "a");
    operation!(truto, contacts_update, id, "/unified/crm/contacts/", "integrated_account_id=a", integrated_account_id: "a",
        body: truto_client::types::ContactsUpdateRequest::new());
    operation!(truto, leads_get, id, "/unified/crm/leads/", "integrated_account_id=a", integrated_account_id: "a");
    operation!(truto, leads_delete, id, "/unified/crm/leads/", "integrated_account_id=a", integrated_account_id: "a");
    operation!(truto, leads_update, id, "/unified/crm/leads/", "integrated_account_id=a", integrated_account_id: "a",
        body: truto_client::types::LeadsUpdateRequest::new());
    operation!(thelinks, contacts_update, unified_contact_id, "/v1/unified/contact/", "",
        body: thelinks_client::types::ContactInput::new("a@example.com", "A"));
    operation!(update, contacts_update, id, "/licences/7/contacts/", "",
        body: contact_update_client::types::ContactsUpdateRequest::new());
    Ok(all)
}
