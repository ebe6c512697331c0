//! How much room values need, about.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::HOLDING;
use crate::normalise::{
    draft::Draft,
    schema::{children, reference, rust_path, type_of},
};

/// A component that needs more bytes is large.
const LARGE: usize = 1024;

/// What a pointer, a number or the mark of an option needs, in bytes.
const WORD: usize = 8;

/// What text, a list or a map needs, in bytes.
const HEAP: usize = 24;

/// The components that are large. What is large itself counts as a pointer where it is held.
pub(super) fn large(draft: &Draft) -> BTreeSet<String> {
    let mut sizes = Sizes {
        draft,
        known: BTreeMap::new(),
    };
    for name in draft.schemas.keys() {
        sizes.component(name);
    }
    let large = sizes.known.into_iter().filter(|(_, size)| *size > LARGE);
    large.map(|(name, _)| name).collect()
}

struct Sizes<'a> {
    draft: &'a Draft,
    /// The sizes of components; one that is being measured counts as a pointer, since it contains itself.
    known: BTreeMap<String, usize>,
}

impl Sizes<'_> {
    fn component(&mut self, name: &str) -> usize {
        if let Some(size) = self.known.get(name) {
            return *size;
        }
        let Some(schema) = self.draft.schemas.get(name) else {
            return WORD;
        };
        self.known.insert(name.to_owned(), WORD);
        let size = self.value(schema);
        self.known.insert(name.to_owned(), size);
        size
    }

    fn value(&mut self, schema: &Value) -> usize {
        if let Some(name) = reference(schema) {
            let size = self.component(&name);
            return if size > LARGE { WORD } else { size };
        }
        if let Some(path) = rust_path(schema) {
            let inner = children(schema).into_iter().map(|inner| self.value(inner));
            return if HOLDING.contains(&path) {
                WORD + inner.sum::<usize>()
            } else {
                2 * HEAP
            };
        }
        let properties = schema.get("properties").and_then(Value::as_object);
        if let Some(properties) = properties {
            // Each may be left out, and the unknown ones have a map of their own.
            let fields = properties.values().map(|field| WORD + self.value(field));
            return HEAP + fields.sum::<usize>();
        }
        if let Some(Value::Array(members)) = schema.get("oneOf") {
            // A variant is held as it is, however large.
            let size = |member: &Value| match reference(member) {
                Some(name) => self.component(&name),
                None => self.value(member),
            };
            return WORD + members.iter().map(size).max().unwrap_or_default();
        }
        match type_of(schema) {
            Some("integer" | "number" | "boolean") => WORD,
            _ => HEAP,
        }
    }
}
