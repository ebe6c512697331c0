//! What becomes of a request: it is checked, done, and answered as its document says.

mod apply;
mod fill;
mod page;
mod record;

use crate::SandboxError;
use crate::account::{Access, Account, Accounts};
use crate::answer::Answer;
use crate::check::{self, Checked, Query};
use crate::document::{Document, Found, Operation, Secret, refusal};
use crate::exchange::Exchange;
use crate::fault::{FaultKind, Faults};
use crate::quota::{Quota, Quotas};
use crate::seen::{Seen, SeenRequests};
use crate::state::{Database, State};
use axum::body::Bytes;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::header::AUTHORIZATION;
use http::{HeaderMap, Method, Uri};
use std::collections::HashSet;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use tokio::sync::oneshot;

/// Everything that the server knows.
#[derive(Debug)]
pub(crate) struct Engine {
    pub documents: Vec<Document>,
    pub state: Mutex<State>,
    pub database: Option<Database>,
    pub accounts: Mutex<Accounts>,
    /// Nothing where quotas are not kept.
    pub quotas: Option<Mutex<Quotas>>,
    pub faults: Faults,
    pub seen: SeenRequests,
    /// Nothing where they are not kept.
    pub exchanges: Option<Mutex<Vec<Exchange>>>,
    /// The credentials that are taken; each one, if there is none here.
    pub credentials: HashSet<String>,
    pub seed: u64,
}

/// What goes out, and what spoils it.
#[derive(Debug)]
pub(crate) struct Outcome {
    pub answer: Answer,
    pub faults: Vec<FaultKind>,
    /// Whether something was wrong with the request.
    pub is_refused: bool,
}

/// Takes a lock that a panic elsewhere may have left.
pub(crate) fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A request that is as documented, and who makes it.
struct Call<'a> {
    document: &'a Document,
    operation: &'a Operation,
    query: &'a Query,
    checked: Checked,
    account_id: Option<&'a str>,
    account: Account,
    idempotency_key: Option<&'a str>,
    is_endless: bool,
}

impl Engine {
    /// Answers a request below one of the documents' bases.
    pub(crate) async fn answer(
        &self,
        method: &Method,
        uri: &Uri,
        headers: &HeaderMap,
        body: &Bytes,
    ) -> Outcome {
        let mut seen = Seen::new(method, uri);
        let outcome = self
            .answer_seen(method, uri, headers, body, &mut seen)
            .await;
        seen.status = outcome.answer.status;
        seen.faults.clone_from(&outcome.faults);
        self.seen.add(seen);
        outcome
    }

    async fn answer_seen(
        &self,
        method: &Method,
        uri: &Uri,
        headers: &HeaderMap,
        body: &Bytes,
        seen: &mut Seen,
    ) -> Outcome {
        let Some(document) = self.document_at(uri.path()) else {
            let bases: Vec<&str> = self
                .documents
                .iter()
                .map(|document| document.base.as_str())
                .collect();
            let message = format!(
                "no API lies here; those of this sandbox lie below {}",
                bases.join(", ")
            );
            let body = crate::document::ErrorShape::undocumented(404, &message).to_string();
            return Outcome {
                answer: Answer::json(404, body),
                faults: Vec::new(),
                is_refused: true,
            };
        };
        let rest = &uri.path()[document.base.len()..];
        let segments: Option<Vec<String>> = rest
            .trim_start_matches('/')
            .split('/')
            .map(check::decoded)
            .collect();
        let query = Query::read(uri.query().unwrap_or_default());
        let found = segments.as_ref().map_or(Found::Nothing, |segments| {
            document.find(method.as_str(), segments, &query)
        });
        let check =
            |operation| check::check(&document.json, operation, rest, &query, headers, body);
        let operation = match found {
            Found::Operations(operations) => fitting(&operations, check),
            Found::OtherMethods(mut methods) => {
                methods.sort_unstable();
                let answer = Answer::error_of(
                    document,
                    405,
                    "the document has no such method on this path",
                );
                return Outcome {
                    answer: answer.header("allow", methods.join(", ")),
                    faults: Vec::new(),
                    is_refused: true,
                };
            }
            Found::Nothing => {
                let answer = Answer::error_of(document, 404, "the document has no such path");
                return Outcome {
                    answer,
                    faults: Vec::new(),
                    is_refused: true,
                };
            }
        };
        let secrets = operation
            .security
            .iter()
            .flatten()
            .filter_map(|secret| match secret {
                Secret::Query(name) => Some(name.as_str()),
                _ => None,
            });
        let secrets: Vec<&str> = secrets.collect();
        if !secrets.is_empty() {
            seen.hide(&secrets);
        }
        let faults = self
            .faults
            .of(&[&document.name, &operation.id, &operation.route]);
        for fault in &faults {
            if let FaultKind::Delay { milliseconds } = fault {
                tokio::time::sleep(Duration::from_millis(*milliseconds)).await;
            }
        }
        if faults.iter().any(FaultKind::is_before_commit) {
            // What is sent in its place, if anything is, is for the fault to say.
            let answer = Answer::error(operation, refusal::FAULT, "the server is not at hand");
            return Outcome {
                answer,
                faults,
                is_refused: false,
            };
        }
        let checked = check(operation);
        let is_endless = faults.contains(&FaultKind::EndlessList);
        let answer = self
            .of_operation(
                document, operation, &query, headers, checked, is_endless, seen,
            )
            .await;
        Outcome {
            answer,
            faults,
            is_refused: !seen.problems.is_empty(),
        }
    }

    #[expect(
        clippy::too_many_arguments,
        reason = "the parts of one request, each from elsewhere"
    )]
    async fn of_operation(
        &self,
        document: &Document,
        operation: &Operation,
        query: &Query,
        headers: &HeaderMap,
        mut checked: Checked,
        is_endless: bool,
        seen: &mut Seen,
    ) -> Answer {
        let parameter = document.account_parameter.as_deref();
        let account_id = parameter.and_then(|name| query.get(name));
        let credential = match self.credential(operation, headers, query) {
            Ok(credential) => credential,
            Err(message) => {
                seen.problems.push(message.to_owned());
                return Answer::error(operation, refusal::CREDENTIAL, message);
            }
        };
        let quota = self.quota(document, &credential, account_id);
        let refuse = |seen: &mut Seen, statuses: &[u16], message: &str| {
            seen.problems.push(message.to_owned());
            Answer::error(operation, statuses, message).quota(operation, quota)
        };
        if quota.is_some_and(|quota| quota.is_exceeded) {
            return refuse(
                seen,
                refusal::QUOTA,
                "too many requests for the quota that the document names",
            );
        }
        let account = match account_id {
            Some(id) => locked(&self.accounts).find(id),
            None => Some(Account::new()),
        };
        let Some(account) = account else {
            return refuse(
                seen,
                refusal::ACCOUNT,
                "no such account is connected, set it up in the sandbox",
            );
        };
        match account.access {
            Access::Blocked => {
                return refuse(seen, refusal::BLOCKED, "the connected account is blocked");
            }
            Access::ReadOnly if operation.role.is_write() => {
                return refuse(
                    seen,
                    refusal::READ_ONLY,
                    "the connected account is for reading only",
                );
            }
            Access::Full | Access::ReadOnly => {}
        }
        if !checked.problems.is_empty() {
            let is_of_body = checked.problems.iter().all(|problem| problem.is_of_body);
            let statuses = if is_of_body {
                refusal::BODY
            } else {
                refusal::PARAMETERS
            };
            let texts: Vec<String> = checked.problems.iter().map(ToString::to_string).collect();
            seen.problems.extend(texts.iter().cloned());
            let answer = Answer::error(operation, statuses, &texts.join("; "));
            return answer.quota(operation, quota);
        }
        if let Some(integration) = &account.integration {
            if operation.integrations.leave_out(integration) {
                let message = format!("{integration} has no such operation, by the document");
                return refuse(seen, refusal::READ_ONLY, &message);
            }
            let missing = missing_for(operation, integration, query, &checked);
            if !missing.is_empty() {
                let message = format!("{integration} requires {}", missing.join(", "));
                return refuse(seen, refusal::BODY, &message);
            }
        }
        seen.notes.append(&mut checked.notes);
        let header = document.idempotency_header.as_deref();
        let idempotency_key = header
            .and_then(|name| headers.get(name))
            .and_then(|value| value.to_str().ok());
        let call = Call {
            document,
            operation,
            query,
            checked,
            account_id,
            account,
            idempotency_key,
            is_endless,
        };
        let (done, saved) = oneshot::channel();
        let (answer, is_saved_later) = {
            let mut state = locked(&self.state);
            let answer = self.once(&mut state, &call, seen);
            let told = move |result| drop(done.send(result));
            (answer, state.save(self.database.as_ref(), told))
        };
        if is_saved_later && !matches!(saved.await, Ok(Ok(()))) {
            return Answer::error(operation, refusal::DATA, "the data could not be saved");
        }
        answer.quota(operation, quota)
    }

    /// Does what is asked, unless it was done before under the same idempotency key.
    fn once(&self, state: &mut State, call: &Call<'_>, seen: &mut Seen) -> Answer {
        if let Some(answer) = &call.operation.made_up {
            return answer.clone();
        }
        let key = call
            .idempotency_key
            .filter(|_| call.operation.role.is_write())
            .map(|key| {
                let account = call.account_id.unwrap_or_default();
                format!(
                    "{} {} {account} {key}",
                    call.document.name, call.operation.id
                )
            });
        if let Some(replay) = key.as_ref().and_then(|key| state.replays.get(key)) {
            seen.notes
                .push("answered as before, under the same idempotency key".to_owned());
            return Answer::json(replay.status, replay.body.clone());
        }
        let answer = self.apply(state, call, seen);
        if let Some(key) = key {
            let replay = crate::state::Replay {
                status: answer.status,
                body: answer.body.clone(),
            };
            state.replay_later(key, replay);
        }
        answer
    }

    /// Sets up a connected account.
    ///
    /// # Errors
    /// When no document names its integration.
    pub(crate) fn set_account(&self, id: String, account: Account) -> Result<(), SandboxError> {
        account.check(&self.documents)?;
        locked(&self.accounts).0.insert(id, account);
        Ok(())
    }

    /// The document below whose base a path lies.
    pub(crate) fn document_at(&self, path: &str) -> Option<&Document> {
        self.documents.iter().find(|document| {
            let rest = path.strip_prefix(document.base.as_str());
            rest.is_some_and(|rest| rest.starts_with('/'))
        })
    }

    /// The credential of a request, by the first way of the document in which it is complete.
    fn credential(
        &self,
        operation: &Operation,
        headers: &HeaderMap,
        query: &Query,
    ) -> Result<String, &'static str> {
        if operation.security.is_empty() {
            return Ok(String::new());
        }
        for needed in &operation.security {
            let found: Option<Vec<String>> = needed
                .iter()
                .map(|secret| secret_of(secret, headers, query))
                .collect();
            let Some(found) = found else { continue };
            if !self.credentials.is_empty()
                && found
                    .iter()
                    .any(|secret| !self.credentials.contains(secret))
            {
                return Err("the credential is not known");
            }
            return Ok(found.concat());
        }
        Err("a credential is needed")
    }

    fn quota(&self, document: &Document, credential: &str, account: Option<&str>) -> Option<Quota> {
        let mut quotas = locked(self.quotas.as_ref()?);
        let account = account.unwrap_or(credential);
        quotas.count(
            &document.name,
            &document.quotas,
            credential,
            account,
            Instant::now(),
        )
    }

    /// The name of the collection that a resource has in an account.
    pub(crate) fn collection_name(
        document: &Document,
        resource: usize,
        account: Option<&str>,
    ) -> String {
        let name = &document.resources[resource].name;
        match account {
            Some(account) => format!("{}/{name}/{account}", document.name),
            None => format!("{}/{name}", document.name),
        }
    }
}

/// The one of several operations of one path that a request fits; the first, where it fits none.
fn fitting<'d>(
    operations: &[&'d Operation],
    check: impl Fn(&'d Operation) -> check::Checked,
) -> &'d Operation {
    let fits = |operation: &&&'d Operation| check(operation).problems.is_empty();
    match operations {
        [only] => only,
        several => several.iter().find(fits).unwrap_or(&several[0]),
    }
}

fn secret_of(secret: &Secret, headers: &HeaderMap, query: &Query) -> Option<String> {
    let authorization = || headers.get(AUTHORIZATION)?.to_str().ok()?.split_once(' ');
    let text = match secret {
        Secret::Bearer => authorization()
            .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"))?
            .1
            .to_owned(),
        Secret::Basic => {
            let (_, encoded) =
                authorization().filter(|(scheme, _)| scheme.eq_ignore_ascii_case("basic"))?;
            String::from_utf8(STANDARD.decode(encoded).ok()?).ok()?
        }
        Secret::Header(name) => headers.get(name)?.to_str().ok()?.to_owned(),
        Secret::Query(name) => query.get(name)?.to_owned(),
        Secret::Cookie(name) => check::cookie(headers, name)?.to_owned(),
    };
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// What an integration requires of a request, and is not there.
fn missing_for(
    operation: &Operation,
    integration: &str,
    query: &Query,
    checked: &Checked,
) -> Vec<String> {
    let mut missing = Vec::new();
    for parameter in &operation.parameters {
        let is_there =
            query.get(&parameter.name).is_some() || query.keys(&parameter.name).next().is_some();
        let is_in_body = !checked.body[parameter.name.trim_end_matches("[]")].is_null();
        if parameter.place == crate::document::Place::Query
            && parameter.integrations.require(integration)
            && !is_there
            && !is_in_body
        {
            missing.push(format!("query {}", parameter.name));
        }
    }
    if let Some(terms) = &operation.body {
        let mut pointers = Vec::new();
        terms
            .demands
            .missing(integration, &checked.body, "", &mut pointers);
        missing.extend(
            pointers
                .into_iter()
                .map(|pointer| format!("body {pointer}")),
        );
    }
    missing
}
