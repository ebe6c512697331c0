//! Rule `definitions`: what `$id`, `$anchor` and `$defs` name, and the references that only mean something inside one
//! schema: `#`, `#name`, `#/$defs/…` and `$recursiveRef` become pointers into the document.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::Dialect;

const RULE: &str = "definitions";

/// Keywords that name schemas, once references to them are pointers.
pub(super) const NAMES: [&str; 8] = [
    "$id",
    "$schema",
    "$anchor",
    "$dynamicAnchor",
    "$recursiveAnchor",
    "$vocabulary",
    "$comment",
    "id",
];

/// Where named schemas stand, by name.
#[derive(Debug, Default)]
pub(super) struct Resources {
    ids: BTreeMap<String, String>,
    anchors: BTreeMap<String, String>,
}

impl Resources {
    /// Everything in the document that has a name. Names are rare, so the walk is cheap and looks everywhere.
    pub(super) fn of(document: &Value) -> Self {
        let mut resources = Self::default();
        resources.walk(document, &mut String::new());
        resources
    }

    fn walk(&mut self, value: &Value, pointer: &mut String) {
        let length = pointer.len();
        match value {
            Value::Object(object) => {
                for key in ["$id", "$anchor", "$dynamicAnchor"] {
                    if let Some(name) = object.get(key).and_then(Value::as_str) {
                        let names = if key == "$id" {
                            &mut self.ids
                        } else {
                            &mut self.anchors
                        };
                        names
                            .entry(name.to_owned())
                            .or_insert_with(|| pointer.clone());
                    }
                }
                for (key, child) in object {
                    pointer.push('/');
                    pointer.push_str(&key.replace('~', "~0").replace('/', "~1"));
                    self.walk(child, pointer);
                    pointer.truncate(length);
                }
            }
            Value::Array(values) => {
                for (index, child) in values.iter().enumerate() {
                    pointer.push('/');
                    pointer.push_str(&index.to_string());
                    self.walk(child, pointer);
                    pointer.truncate(length);
                }
            }
            _ => {}
        }
    }
}

impl Dialect<'_> {
    /// Makes the schema's reference one that starts at the document.
    pub(super) fn reference(&mut self, schema: &mut Map<String, Value>, pointer: &str) {
        for key in ["$recursiveRef", "$dynamicRef"] {
            if let Some(target) = schema.remove(key)
                && !schema.contains_key("$ref")
            {
                self.report
                    .note(RULE, pointer, format!("{key} is a reference"));
                schema.insert("$ref".to_owned(), target);
            }
        }
        let Some(target) = schema.get("$ref").and_then(Value::as_str) else {
            return;
        };
        if let Some(found) = self.meant(target) {
            let place = format!("{pointer}/$ref");
            self.report.note(RULE, place, format!("refers to #{found}"));
            schema.insert("$ref".to_owned(), Value::String(format!("#{found}")));
        }
    }

    /// The pointer that a reference means, unless it is one already.
    fn meant(&self, target: &str) -> Option<String> {
        let Some(fragment) = target.strip_prefix('#') else {
            let (id, fragment) = target.split_once('#').unwrap_or((target, ""));
            let place = self
                .resources
                .ids
                .get(id)
                .or_else(|| self.resources.ids.get(target))?;
            return Some(format!("{place}{fragment}"));
        };
        if fragment.is_empty() {
            return Some(self.resource.clone());
        }
        if !fragment.starts_with('/') {
            return self.resources.anchors.get(fragment).cloned();
        }
        if self.source.pointer(fragment).is_some() {
            return None;
        }
        let local = format!("{}{fragment}", self.resource);
        if self.source.pointer(&local).is_some() {
            return Some(local);
        }
        let name = fragment
            .strip_prefix("/definitions/")
            .or_else(|| fragment.strip_prefix("/$defs/"))?;
        let component = format!("/components/schemas/{name}");
        self.source.pointer(&component).map(|_| component)
    }
}
