//! What each kind of operation does.

use super::{Call, Engine, record};
use crate::answer::Answer;
use crate::document::{Operation, Resource, Role, refusal};
use crate::ledger::Commit;
use crate::seen::Seen;
use crate::state::State;
use bytes::Bytes;
use serde_json::Value;

impl Engine {
    pub(super) fn apply(&self, state: &mut State, call: &Call<'_>, seen: &mut Seen) -> Answer {
        let operation = call.operation;
        let Some((index, resource)) = operation.resource.zip(call.document.resource_of(operation))
        else {
            return Answer::record(operation, &Bytes::new());
        };
        let collection = Self::collection_name(call.document, index, call.account_id);
        match operation.role {
            Role::List => super::page::list(state, call, resource, &collection),
            Role::Get => match call
                .checked
                .id
                .as_deref()
                .and_then(|id| state.collection(&collection)?.get(id))
            {
                Some(record) => Answer::record(operation, &record.json),
                None => not_found(operation),
            },
            Role::Create => self.create(state, call, resource, &collection, seen),
            Role::Update => Self::update(state, call, resource, &collection, seen),
            Role::Delete => delete(state, call, resource, &collection),
            Role::DeleteMany => delete_many(state, call, &collection),
            Role::Other => Answer::record(operation, &Bytes::new()),
        }
    }

    fn create(
        &self,
        state: &mut State,
        call: &Call<'_>,
        resource: &Resource,
        collection: &str,
        seen: &mut Seen,
    ) -> Answer {
        let number = state.next_number(collection);
        let id = record::new_id(resource, self.seed, collection, number);
        let mut made = Value::Object(serde_json::Map::new());
        record::write(&mut made, call, resource, &mut seen.notes);
        let record = record::finished(made, resource, &call.document.json, id, 1);
        let answer = Answer::record(call.operation, &record.json);
        commit(state, call, vec![record.id.to_string()]);
        state.put(collection, record);
        answer
    }

    fn update(
        state: &mut State,
        call: &Call<'_>,
        resource: &Resource,
        collection: &str,
        seen: &mut Seen,
    ) -> Answer {
        let known = call
            .checked
            .id
            .as_deref()
            .and_then(|id| state.collection(collection)?.get(id))
            .cloned();
        let Some(known) = known else {
            return not_found(call.operation);
        };
        let mut changed: Value = serde_json::from_slice(&known.json).unwrap_or_default();
        if is_other_version(call, resource, &changed) {
            return conflict(call.operation);
        }
        record::write(&mut changed, call, resource, &mut seen.notes);
        record::touch(&mut changed, resource);
        let record = record::finished(
            changed,
            resource,
            &call.document.json,
            known.id,
            known.version + 1,
        );
        let answer = Answer::record(call.operation, &record.json);
        commit(state, call, vec![record.id.to_string()]);
        state.put(collection, record);
        answer
    }
}

fn delete(state: &mut State, call: &Call<'_>, resource: &Resource, collection: &str) -> Answer {
    let id = call.checked.id.as_deref().unwrap_or_default();
    let known = state
        .collection(collection)
        .and_then(|records| records.get(id));
    if let Some(known) = known {
        let value: Value = serde_json::from_slice(&known.json).unwrap_or_default();
        if is_other_version(call, resource, &value) {
            return conflict(call.operation);
        }
    }
    let Some(deleted) = state.remove(collection, id) else {
        return not_found(call.operation);
    };
    commit(state, call, vec![deleted.id.to_string()]);
    Answer::record(call.operation, &deleted.json)
}

/// Deletes the records whose ids stand in the one list that the body has, or in the query.
fn delete_many(state: &mut State, call: &Call<'_>, collection: &str) -> Answer {
    let lists = call
        .checked
        .body
        .as_object()
        .into_iter()
        .flatten()
        .filter_map(|(_, value)| value.as_array());
    let mut ids: Vec<String> = lists.flatten().filter_map(id_of).collect();
    if ids.is_empty() {
        let values = call
            .operation
            .parameters
            .iter()
            .filter(|parameter| parameter.kind.as_deref() == Some("array"));
        ids = values
            .flat_map(|parameter| call.query.all(&parameter.name))
            .map(str::to_owned)
            .collect();
    }
    let deleted: Vec<String> = ids
        .into_iter()
        .filter(|id| state.remove(collection, id).is_some())
        .collect();
    let mut body: Value = serde_json::from_slice(&call.operation.record.before).unwrap_or_default();
    if call.operation.success_schema["properties"]["result"].is_object() {
        body["result"] = deleted.clone().into();
    }
    commit(state, call, deleted);
    let body = if call.operation.record.is_empty() {
        String::new()
    } else {
        body.to_string()
    };
    Answer::json(call.operation.success, body)
}

fn id_of(value: &Value) -> Option<String> {
    match value {
        Value::String(id) => Some(id.clone()),
        Value::Number(id) => Some(id.to_string()),
        Value::Object(fields) => fields.get("id").and_then(id_of),
        _ => None,
    }
}

fn commit(state: &mut State, call: &Call<'_>, ids: Vec<String>) {
    state.commit(Commit {
        number: 0,
        api: call.document.name.clone(),
        operation: call.operation.id.clone(),
        account: call.account_id.map(str::to_owned),
        ids,
        idempotency_key: call.idempotency_key.map(str::to_owned),
    });
}

fn not_found(operation: &Operation) -> Answer {
    Answer::error(
        operation,
        refusal::NOT_FOUND,
        "there is no record with this id",
    )
}

fn conflict(operation: &Operation) -> Answer {
    Answer::error(
        operation,
        refusal::VERSION,
        "the record was changed meanwhile, read it again",
    )
}

/// Whether a request names a version that the record has not.
fn is_other_version(call: &Call<'_>, resource: &Resource, value: &Value) -> bool {
    let Some(name) = resource.version.as_deref() else {
        return false;
    };
    let Some(asked) = call.query.get(name) else {
        return false;
    };
    match &value[name] {
        Value::String(version) => version != asked,
        Value::Number(version) => version.to_string() != asked,
        _ => false,
    }
}
