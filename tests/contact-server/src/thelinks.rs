//! TheLinks' unified contacts API.

use crate::TOKEN;
use crate::call::Call;
use crate::state::{State, merge};
use serde_json::{Value, json};

/// Where the API lies.
pub(crate) const BASE: &str = "/thelinks/api/v1";

const PROVIDER: &str = "thelinks";

/// The properties that a request may set.
const WRITABLE: [&str; 13] = [
    "address",
    "city",
    "country",
    "email",
    "fax",
    "first_name",
    "last_name",
    "mobile_phone",
    "phone",
    "position",
    "state",
    "unified_customer_id",
    "zip",
];

pub(crate) fn answer(state: &mut State, call: &Call, rest: &[&str]) -> (u16, Value) {
    if call.token.as_deref() != Some(TOKEN) {
        return (401, json!({"message": "the token is not known"}));
    }
    match (call.method.as_str(), rest) {
        ("GET", ["contacts"]) => list(state, call),
        ("POST", ["contact"]) => write(state, call, None),
        ("PUT", ["contact", id]) => write(state, call, Some(id)),
        _ => (404, json!({"message": "no such route"})),
    }
}

fn list(state: &mut State, call: &Call) -> (u16, Value) {
    let limit = call.number("limit", 10).clamp(1, 100);
    let page = call.number("page", 1).max(1);
    let contacts = state.contacts(PROVIDER);
    let total = contacts.len();
    let data: Vec<Value> = contacts
        .values()
        .skip((page - 1).saturating_mul(limit))
        .take(limit)
        .cloned()
        .collect();
    let body = json!({
        "data": data,
        "page": page,
        "limit": limit,
        "totalPages": total.div_ceil(limit),
        "totalResults": total,
    });
    (200, body)
}

fn write(state: &mut State, call: &Call, id: Option<&str>) -> (u16, Value) {
    for required in ["email", "first_name"] {
        if call.body[required].as_str().is_none_or(str::is_empty) {
            return (400, json!({"message": format!("{required} is required")}));
        }
    }
    let mut contact = match id {
        None => json!({}),
        Some(id) => match state.contacts(PROVIDER).get(id) {
            Some(contact) => contact.clone(),
            None => return (404, json!({"message": "no such contact"})),
        },
    };
    merge(&mut contact, &call.body, Some(&WRITABLE));
    state.writes += 1;
    let id = state.put(PROVIDER, contact);
    let written = state.contacts(PROVIDER).get(&id).cloned();
    (200, json!({ "data": written }))
}
