//! The fields of a body as a caller sees them: through references, lists and what is combined.

use std::collections::BTreeSet;

use serde_json::Value;

use super::Survey;

/// A field of a body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::lint) struct Field {
    /// The names that lead to it, joined by dots.
    pub(in crate::lint) path: String,
    /// The property.
    pub(in crate::lint) node: usize,
    /// Whether the object that it stands in requires it.
    pub(in crate::lint) required: bool,
}

/// How deep fields are followed.
const DEEPEST: usize = 8;

impl Survey<'_> {
    /// The fields of a schema at every depth, in the document's order.
    pub(in crate::lint) fn fields(&self, schema: usize) -> Vec<Field> {
        let mut fields = Vec::new();
        self.collect(schema, "", &mut Vec::new(), DEEPEST, &mut fields);
        fields
    }

    /// The fields of a schema itself, or of the items where it is a list.
    pub(in crate::lint) fn own_fields(&self, schema: usize) -> Vec<Field> {
        let mut fields = Vec::new();
        self.collect(schema, "", &mut Vec::new(), 0, &mut fields);
        fields
    }

    fn collect(
        &self,
        schema: usize,
        prefix: &str,
        open: &mut Vec<usize>,
        depth: usize,
        fields: &mut Vec<Field>,
    ) {
        let core = self.core(schema);
        if open.contains(&core) {
            return;
        }
        open.push(core);
        let value = self.nodes[core].value;
        if let Some(items) = self.below(core, "/items") {
            self.collect(items, prefix, open, depth, fields);
        }
        let parts = value
            .get("allOf")
            .and_then(Value::as_array)
            .map_or(0, Vec::len);
        for at in 0..parts {
            if let Some(part) = self.below(core, &format!("/allOf/{at}")) {
                self.collect(part, prefix, open, depth, fields);
            }
        }
        let required = required_names(value);
        let names = value.get("properties").and_then(Value::as_object);
        for name in names.into_iter().flat_map(serde_json::Map::keys) {
            let Some(node) = self.below(core, &format!("/properties/{}", super::escaped(name)))
            else {
                continue;
            };
            let path = if prefix.is_empty() {
                name.clone()
            } else {
                format!("{prefix}.{name}")
            };
            fields.push(Field {
                path: path.clone(),
                node,
                required: required.contains(name.as_str()),
            });
            if depth > 0 {
                self.collect(node, &path, open, depth - 1, fields);
            }
        }
        open.pop();
    }

    /// The object inside an answer that a record is given in: the one that shares the most names with `names`, at
    /// least two or else the half of them; the answer itself or what it wraps.
    pub(in crate::lint) fn record(&self, answer: usize, names: &BTreeSet<&str>) -> Option<usize> {
        let mut candidates = vec![answer];
        let mut level = vec![answer];
        for _ in 0..2 {
            level = level
                .iter()
                .flat_map(|schema| self.own_fields(*schema))
                .map(|field| field.node)
                .collect();
            candidates.extend(&level);
        }
        let shared = |schema: usize| {
            self.own_fields(schema)
                .iter()
                .filter(|field| names.contains(field.path.as_str()))
                .count()
        };
        let mut best = (0, None);
        for candidate in candidates {
            let count = shared(candidate);
            if count > best.0 {
                best = (count, Some(candidate));
            }
        }
        best.1.filter(|_| best.0 >= 2 || best.0 * 2 >= names.len())
    }
}

/// The names that an object requires.
pub(in crate::lint) fn required_names(schema: &Value) -> BTreeSet<&str> {
    schema
        .get("required")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect()
}
