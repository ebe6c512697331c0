//! Operation ids: the stated ones, and ids made from method and path for the rest.

use std::collections::BTreeMap;

use serde_json::Value;

use super::Deriver;

impl Deriver<'_> {
    /// Checks that stated ids are unique and gives every other operation one.
    pub(super) fn give_operation_ids(&mut self) {
        let mut taken: BTreeMap<String, String> = BTreeMap::new();
        let mut twice = Vec::new();
        for ((path, method), (operation, origin)) in &self.operations {
            if let Some(Value::String(id)) = operation.get("operationId") {
                let here = format!("{} {path} ({origin})", method.as_str());
                if let Some(first) = taken.insert(id.clone(), here) {
                    twice.push((origin.clone(), id.clone(), first));
                }
            }
        }
        for (origin, id, first) in twice {
            self.page = origin.page;
            self.problem(
                "operation-id-twice",
                origin.line.unwrap_or(0),
                format!("the operation id `{id}` is also that of {first}"),
                "an id of its own for each operation",
                "change one of the two ids",
            );
        }
        for ((path, method), (operation, _)) in &mut self.operations {
            if matches!(operation.get("operationId"), Some(Value::String(_))) {
                continue;
            }
            let made = made_id(method.as_str(), path);
            let id = std::iter::once(made.clone())
                .chain((2..=taken.len() + 1).map(|number| format!("{made}_{number}")))
                .find(|id| !taken.contains_key(id));
            if let Some(id) = id {
                taken.insert(id.clone(), String::new());
                operation.insert("operationId".to_owned(), Value::String(id));
            }
        }
    }
}

/// `PATCH /crm/contacts/{id}` is `patch_crm_contacts_by_id`.
fn made_id(method: &str, path: &str) -> String {
    let mut id = method.to_ascii_lowercase();
    for segment in path.split('/').filter(|segment| !segment.is_empty()) {
        if segment.starts_with('{') {
            id.push_str("_by");
        }
        for word in segment.split(|character: char| !character.is_alphanumeric()) {
            if !word.is_empty() {
                id.push('_');
                id.push_str(&word.to_lowercase());
            }
        }
    }
    id
}
