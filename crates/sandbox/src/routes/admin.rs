//! The sandbox's own routes, for programs: JSON in, JSON out.

use super::json_response;
use crate::SandboxError;
use crate::account::Account;
use crate::engine::{Engine, locked};
use crate::fault::Fault;
use crate::state::State as Kept;
use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use axum::routing::{delete, get, put};
use http::StatusCode;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};
use std::sync::Arc;

type Shared = State<Arc<Engine>>;

pub(super) fn routes() -> Router<Arc<Engine>> {
    Router::new()
        .route("/state", get(state).delete(clear))
        .route("/ledger", get(ledger))
        .route("/requests", get(requests))
        .route("/faults", get(faults).post(add_fault).delete(clear_faults))
        .route("/accounts", get(accounts))
        .route("/accounts/{id}", put(set_account))
        .route("/seed", axum::routing::post(seed))
        .route("/records/{api}/{resource}", get(records).post(add_record))
        .route(
            "/faults/{any}",
            delete(async || refused("faults are cleared all together: DELETE /_sandbox/faults")),
        )
}

fn done(value: &Value) -> Response {
    json_response(StatusCode::OK, value)
}

fn refused(problem: &str) -> Response {
    json_response(StatusCode::BAD_REQUEST, &json!({ "message": problem }))
}

fn result(result: Result<Value, SandboxError>) -> Response {
    match result {
        Ok(value) => done(&value),
        Err(error) => refused(&error.to_string()),
    }
}

fn read<T: DeserializeOwned>(body: &Bytes) -> Result<T, Box<Response>> {
    serde_json::from_slice(body).map_err(|error| {
        Box::new(refused(&format!(
            "the body is not as it should be: {error}"
        )))
    })
}

async fn state(State(engine): Shared) -> Response {
    let state = locked(&engine.state);
    let collections = state
        .names()
        .map(|(name, collection)| (name.to_string(), collection.len().into()));
    let collections: Map<String, Value> = collections.collect();
    done(
        &json!({ "collections": collections, "commits": state.ledger.len(), "requests": engine.seen.count() }),
    )
}

async fn clear(State(engine): Shared) -> Response {
    result(engine.change(Kept::clear).map(|()| json!({})))
}

#[derive(Debug, Deserialize)]
struct After {
    #[serde(default)]
    after: u64,
}

/// What was committed after a number; at most 10,000 at once.
async fn ledger(State(engine): Shared, Query(After { after }): Query<After>) -> Response {
    let state = locked(&engine.state);
    let from = usize::try_from(after)
        .unwrap_or(usize::MAX)
        .min(state.ledger.len());
    let commits: Vec<_> = state.ledger[from..].iter().take(10_000).collect();
    done(&json!({ "commits": commits, "count": state.ledger.len() }))
}

async fn requests(State(engine): Shared) -> Response {
    let newest = engine.seen.newest();
    let shown = newest.iter().map(|seen| {
        json!({
            "number": seen.number, "method": seen.method.as_str(), "target": seen.target, "status": seen.status,
            "problems": seen.problems, "notes": seen.notes, "faults": seen.faults,
        })
    });
    done(&json!({ "requests": shown.collect::<Vec<_>>(), "count": engine.seen.count() }))
}

async fn faults(State(engine): Shared) -> Response {
    let faults = engine.faults.list();
    let shown = faults
        .iter()
        .map(|(fault, asked)| json!({ "fault": fault, "requests": asked }));
    done(&json!({ "faults": shown.collect::<Vec<_>>() }))
}

async fn add_fault(State(engine): Shared, body: Bytes) -> Response {
    let fault: Fault = match read(&body) {
        Ok(fault) => fault,
        Err(refusal) => return *refusal,
    };
    if let Some(problem) = fault.problem() {
        return refused(&problem);
    }
    engine.faults.add(fault);
    done(&json!({}))
}

async fn clear_faults(State(engine): Shared) -> Response {
    engine.faults.clear();
    done(&json!({}))
}

async fn accounts(State(engine): Shared) -> Response {
    let accounts = &locked(&engine.accounts).0;
    done(&json!({ "accounts": accounts }))
}

async fn set_account(State(engine): Shared, Path(id): Path<String>, body: Bytes) -> Response {
    let account: Account = match read(&body) {
        Ok(account) => account,
        Err(refusal) => return *refusal,
    };
    result(engine.set_account(id, account).map(|()| json!({})))
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Seed {
    api: String,
    resource: String,
    account: Option<String>,
    count: usize,
}

async fn seed(State(engine): Shared, body: Bytes) -> Response {
    let Seed {
        api,
        resource,
        account,
        count,
    } = match read(&body) {
        Ok(seed) => seed,
        Err(refusal) => return *refusal,
    };
    if count > 1_000_000 {
        return refused("count: at most 1000000");
    }
    let seeded = engine.seed(&api, &resource, account.as_deref(), count);
    result(seeded.map(|()| json!({ "count": count })))
}

#[derive(Debug, Deserialize)]
struct OfAccount {
    account: Option<String>,
}

async fn records(
    State(engine): Shared,
    Path((api, resource)): Path<(String, String)>,
    Query(of): Query<OfAccount>,
) -> Response {
    done(&json!({ "records": engine.records(&api, &resource, of.account.as_deref()) }))
}

async fn add_record(
    State(engine): Shared,
    Path((api, resource)): Path<(String, String)>,
    Query(of): Query<OfAccount>,
    body: Bytes,
) -> Response {
    let record: Value = match read(&body) {
        Ok(record) => record,
        Err(refusal) => return *refusal,
    };
    let put = engine.put(&api, &resource, of.account.as_deref(), record);
    result(put.map(|id| json!({ "id": id })))
}
