//! Records that come past the API: made-up people, and what a test puts there.

use super::{Engine, locked, record};
use crate::SandboxError;
use crate::document::{Document, Resource};
use crate::people::Person;
use crate::seed;
use crate::state::State;
use serde_json::Value;
use std::sync::mpsc;

impl Engine {
    fn resource(
        &self,
        api: &str,
        name: &str,
    ) -> Result<(&Document, usize, &Resource), SandboxError> {
        let document = self
            .documents
            .iter()
            .find(|document| document.name == api)
            .ok_or_else(|| {
                let known: Vec<&str> = self
                    .documents
                    .iter()
                    .map(|document| document.name.as_str())
                    .collect();
                SandboxError::new(format!(
                    "no API is called `{api}`, expected one of: {}",
                    known.join(", ")
                ))
            })?;
        let found = document
            .resources
            .iter()
            .position(|resource| resource.name == name)
            .ok_or_else(|| {
                let known: Vec<&str> = document
                    .resources
                    .iter()
                    .map(|resource| resource.name.as_str())
                    .collect();
                SandboxError::new(format!(
                    "`{api}` has no resource `{name}`, expected one of: {}",
                    known.join(", ")
                ))
            })?;
        Ok((document, found, &document.resources[found]))
    }

    /// Changes the state, and waits until that is saved: the thread that calls it is blocked as long.
    pub(crate) fn change<T>(
        &self,
        change: impl FnOnce(&mut State) -> T,
    ) -> Result<T, SandboxError> {
        let (done, saved) = mpsc::channel();
        let (changed, is_saved_later) = {
            let mut state = locked(&self.state);
            let changed = change(&mut state);
            let told = move |result| drop(done.send(result));
            (changed, state.save(self.database.as_ref(), told))
        };
        if !is_saved_later {
            return Ok(changed);
        }
        let ended = |_| SandboxError::new("the data could not be saved: its thread ended");
        saved.recv().map_err(ended)?.map(|()| changed)
    }

    pub(crate) fn seed(
        &self,
        api: &str,
        resource: &str,
        account: Option<&str>,
        count: usize,
    ) -> Result<(), SandboxError> {
        let (document, index, resource) = self.resource(api, resource)?;
        let collection = Self::collection_name(document, index, account);
        self.change(|state| {
            for _ in 0..count {
                let number = state.next_number(&collection);
                let person = Person::new(self.seed, number);
                let value = seed::record_of(document, resource, &person);
                let id = record::new_id(resource, self.seed, &collection, number);
                state.put(
                    &collection,
                    record::finished(value, resource, &document.json, id, 1),
                );
            }
        })
    }

    pub(crate) fn put(
        &self,
        api: &str,
        resource: &str,
        account: Option<&str>,
        value: Value,
    ) -> Result<String, SandboxError> {
        let (document, index, resource) = self.resource(api, resource)?;
        if !value.is_object() {
            return Err(SandboxError::new("a record has to be an object"));
        }
        let collection = Self::collection_name(document, index, account);
        self.change(|state| {
            let number = state.next_number(&collection);
            let id = match &value[&resource.id] {
                Value::String(id) => id.as_str().into(),
                Value::Number(id) => id.to_string().into(),
                _ => record::new_id(resource, self.seed, &collection, number),
            };
            let id: Box<str> = id;
            let version = state
                .collection(&collection)
                .and_then(|records| records.get(&id))
                .map_or(1, |known| known.version + 1);
            state.put(
                &collection,
                record::finished(value, resource, &document.json, id.clone(), version),
            );
            id.into()
        })
    }

    pub(crate) fn records(&self, api: &str, resource: &str, account: Option<&str>) -> Vec<Value> {
        let Ok((document, index, _)) = self.resource(api, resource) else {
            return Vec::new();
        };
        let state = locked(&self.state);
        let collection = state.collection(&Self::collection_name(document, index, account));
        let records = collection
            .into_iter()
            .flat_map(|collection| collection.numbered(0));
        records
            .filter_map(|(_, record)| serde_json::from_slice(&record.json).ok())
            .collect()
    }
}
