//! The contact-update API.

use crate::TOKEN;
use crate::call::Call;
use crate::state::{State, merge};
use serde_json::{Value, json};

/// Where the collection lies.
pub(crate) const BASE: &str = "/contact-update/contacts";

const PROVIDER: &str = "contact-update";

/// Updates the contact of that id, or of that id in another system.
pub(crate) fn answer(state: &mut State, call: &Call, id: &str) -> (u16, Value) {
    if call.key.as_deref() != Some(TOKEN) {
        return (401, json!({}));
    }
    if call.method != "PUT" {
        return (404, json!({}));
    }
    let contacts = state.contacts(PROVIDER);
    let found = contacts.iter_mut().find(|(known, contact)| {
        known.as_str() == id || contact["external_reference_id"].as_str() == Some(id)
    });
    let Some((_, contact)) = found else {
        return (404, json!({}));
    };
    merge(contact, &call.body, None);
    let changed = contact.clone();
    state.writes += 1;
    (200, changed)
}
