//! What the server keeps.

use crate::fault::{Fault, FaultRate};
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, HashMap};

/// The contacts of one API by their ids.
pub(crate) type Contacts = BTreeMap<String, Value>;

/// What the server keeps.
#[derive(Debug, Default)]
pub(crate) struct State {
    contacts: HashMap<String, Contacts>,
    next_id: u64,
    /// How many writes were applied.
    pub(crate) writes: usize,
    /// What was answered under each idempotency key.
    pub(crate) answered: HashMap<String, (u16, Value)>,
    pub(crate) fault: Option<Fault>,
    pub(crate) fault_rate: Option<FaultRate>,
}

impl State {
    pub(crate) fn contacts(&mut self, provider: &str) -> &mut Contacts {
        self.contacts.entry(provider.to_owned()).or_default()
    }

    pub(crate) fn put(&mut self, provider: &str, mut contact: Value) -> String {
        let own_id = contact["id"].as_str().map(str::to_owned);
        let id = own_id.unwrap_or_else(|| self.new_id(provider));
        if let Some(contact) = contact.as_object_mut() {
            contact.insert("id".to_owned(), json!(id));
            if provider == "truto" {
                contact.insert("etag".to_owned(), json!("v1"));
            }
        }
        self.contacts(provider).insert(id.clone(), contact);
        id
    }

    /// An id that no contact has, not even one that a test put there with an id of its own.
    fn new_id(&mut self, provider: &str) -> String {
        loop {
            self.next_id += 1;
            let id = format!("{:08}", self.next_id);
            if !self.contacts(provider).contains_key(&id) {
                return id;
            }
        }
    }
}

/// Sets the properties of `changes` that are among `writable`, and takes away those that are null. The id is the
/// server's to give.
pub(crate) fn merge(contact: &mut Value, changes: &Value, writable: Option<&[&str]>) {
    let Some(contact) = contact.as_object_mut() else {
        return;
    };
    for (name, value) in changes.as_object().into_iter().flatten() {
        let is_writable = writable.is_none_or(|writable| writable.contains(&name.as_str()));
        if name == "id" || !is_writable {
            continue;
        }
        if value.is_null() {
            contact.remove(name);
        } else {
            contact.insert(name.clone(), value.clone());
        }
    }
}

/// An object as a value, or null.
pub(crate) fn object(fields: impl IntoIterator<Item = (&'static str, Value)>) -> Value {
    let fields = fields
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value));
    Value::Object(fields.collect::<Map<_, _>>())
}
