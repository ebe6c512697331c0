//! Objects that take no further properties, where that leaves no value valid: what the vendor means is read instead.

use super::Schemas;
use crate::document::resolved;
use serde_json::{Map, Value};

/// How deep members of `allOf` are looked into.
const DEPTH: usize = 16;

impl Schemas<'_> {
    /// A member of `allOf`. One that takes no further properties would take none of the other members' either, so that
    /// no value were valid: that it does not is left out.
    pub(super) fn member(&self, schema: &Value, depth: usize) -> Value {
        if depth > DEPTH || !self.is_closed(schema, depth) {
            return self.converted(schema);
        }
        let mut open = resolved(self.document, schema).clone();
        let members = open.get_mut("allOf").map(Value::take);
        if let Some(fields) = open.as_object_mut() {
            fields.remove("additionalProperties");
            fields.remove("allOf");
        }
        let mut made = self.converted(&open);
        let whole = resolved(self.document, schema);
        if let (Value::Object(made), Value::Object(whole)) = (&mut made, whole)
            && let Some(Value::Array(names)) = whole.get("required")
        {
            made.insert("required".to_owned(), self.sent(whole, names));
        }
        if let (Some(Value::Array(members)), Value::Object(made)) = (members, &mut made) {
            let members = members.iter().map(|member| self.member(member, depth + 1));
            made.insert("allOf".to_owned(), members.collect());
        }
        made
    }

    /// Whether an object takes no further properties, by its own word or by that of a member.
    fn is_closed(&self, schema: &Value, depth: usize) -> bool {
        let schema = resolved(self.document, schema);
        schema["additionalProperties"] == false
            || schema
                .as_object()
                .is_some_and(|fields| self.has_closed_member(fields, depth))
    }

    fn has_closed_member(&self, fields: &Map<String, Value>, depth: usize) -> bool {
        let members = fields.get("allOf").and_then(Value::as_array);
        depth <= DEPTH
            && members.is_some_and(|members| {
                members
                    .iter()
                    .any(|member| self.is_closed(member, depth + 1))
            })
    }
}

/// What an object requires it takes, though it describes nothing of the name.
pub(super) fn describe_required(schema: &mut Map<String, Value>) {
    let required = schema.get("required").and_then(Value::as_array).cloned();
    if let Some(Value::Object(properties)) = schema.get_mut("properties") {
        for name in required.iter().flatten().filter_map(Value::as_str) {
            properties.entry(name).or_insert(Value::Bool(true));
        }
    }
}

/// Whether an object that combines others says that it takes no further properties: those of what it combines are none.
pub(super) fn is_closed_whole(fields: &Map<String, Value>) -> bool {
    fields.get("additionalProperties") == Some(&Value::Bool(false))
        && ["allOf", "anyOf", "oneOf"]
            .iter()
            .any(|keyword| fields.contains_key(*keyword))
}
