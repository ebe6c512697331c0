//! Truto's unified CRM API, contacts and leads.

use crate::call::Call;
use crate::state::{State, merge, object};
use crate::{ACCOUNT, TOKEN};
use serde_json::{Value, json};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

pub(crate) fn answer(state: &mut State, call: &Call, rest: &[&str]) -> (u16, Value) {
    if call.token.as_deref() != Some(TOKEN) {
        return error(401, "the token is not known");
    }
    if call.parameter("integrated_account_id") != Some(ACCOUNT) {
        return error(400, "integrated_account_id is required");
    }
    let (provider, rest) = match rest {
        ["contacts", rest @ ..] => ("truto", rest),
        ["leads", rest @ ..] => ("truto-leads", rest),
        _ => return error(404, "no such resource"),
    };
    match (call.method.as_str(), rest) {
        ("GET", []) => list(state, call, provider),
        ("GET", [id]) => match state.contacts(provider).get(*id) {
            Some(contact) => (200, contact.clone()),
            None => error(404, "no such contact"),
        },
        ("POST", []) if provider == "truto" => {
            once(state, call, |state| create(state, call, provider))
        }
        ("POST", ["batch-delete"]) if provider == "truto" => {
            once(state, call, |state| delete_many(state, call, provider))
        }
        ("PATCH", [id]) => once(state, call, |state| update(state, call, provider, id)),
        ("DELETE", [id]) => match state.contacts(provider).remove(*id) {
            Some(contact) => {
                state.writes += 1;
                (200, contact)
            }
            None => error(404, "no such contact"),
        },
        _ => error(404, "no such route"),
    }
}

fn error(status: u16, message: &str) -> (u16, Value) {
    (
        status,
        json!({"statusCode": status, "error": "Error", "message": message}),
    )
}

/// Answers what was answered before under the same idempotency key.
fn once(
    state: &mut State,
    call: &Call,
    write: impl FnOnce(&mut State) -> (u16, Value),
) -> (u16, Value) {
    let Some(key) = &call.idempotency_key else {
        return write(state);
    };
    if let Some(answered) = state.answered.get(key) {
        return answered.clone();
    }
    let answered = write(state);
    state.answered.insert(key.clone(), answered.clone());
    answered
}

fn create(state: &mut State, call: &Call, provider: &str) -> (u16, Value) {
    let mut contact = json!({});
    if let Ok(now) = OffsetDateTime::now_utc().format(&Rfc3339) {
        merge(&mut contact, &json!({"created_at": now}), None);
    }
    merge(&mut contact, &call.body, None);
    state.writes += 1;
    let id = state.put(provider, contact);
    let created = state.contacts(provider).get(&id).cloned();
    (200, created.unwrap_or_default())
}

fn update(state: &mut State, call: &Call, provider: &str, id: &str) -> (u16, Value) {
    let Some(contact) = state.contacts(provider).get_mut(id) else {
        return error(404, "no such contact");
    };
    let version = contact["etag"].as_str().unwrap_or_default().to_owned();
    if call.parameter("etag").is_some_and(|etag| etag != version) {
        return error(409, "the contact was changed meanwhile");
    }
    merge(contact, &call.body, None);
    if let Some(number) = version.strip_prefix('v') {
        let number: u64 = number.parse().unwrap_or_default();
        merge(contact, &json!({"etag": format!("v{}", number + 1)}), None);
    }
    let changed = contact.clone();
    state.writes += 1;
    (200, changed)
}

fn delete_many(state: &mut State, call: &Call, provider: &str) -> (u16, Value) {
    let ids = call.body["id"].as_array().into_iter().flatten();
    let contacts = state.contacts(provider);
    let deleted: Vec<Value> = ids
        .filter(|id| id.as_str().is_some_and(|id| contacts.remove(id).is_some()))
        .cloned()
        .collect();
    state.writes += 1;
    (200, json!({ "result": deleted }))
}

/// A page of the contacts after a cursor: the id of the last one before it, in an opaque form.
fn list(state: &mut State, call: &Call, provider: &str) -> (u16, Value) {
    let after = call.parameter("next_cursor").unwrap_or_default();
    let after = after.strip_prefix("after-").unwrap_or_default();
    let limit = call.number("limit", 10).max(1);
    let is_within = |contact: &Value| {
        let created = contact["created_at"].as_str().unwrap_or_default();
        let after = call.parameter("created_at[gt]");
        let before = call.parameter("created_at[lt]");
        after.is_none_or(|bound| created > bound) && before.is_none_or(|bound| created < bound)
    };
    let contacts = state.contacts(provider).iter();
    let mut rest = contacts
        .filter(|(id, contact)| id.as_str() > after && is_within(contact))
        .peekable();
    let mut page = Vec::new();
    let mut last = String::new();
    while page.len() < limit
        && let Some((id, contact)) = rest.next()
    {
        last.clone_from(id);
        page.push(contact.clone());
    }
    let next = rest.peek().map(|_| format!("after-{last}"));
    let page = object([
        ("result_count", json!(page.len())),
        ("result", Value::Array(page)),
        ("next_cursor", json!(next)),
        ("prev_cursor", Value::Null),
    ]);
    (200, page)
}
