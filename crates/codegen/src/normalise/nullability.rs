//! Rule `nullability`: a component is never null itself; whatever refers to a component that may be null may be null.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{
    draft::Draft,
    schema::{at, is_true, keywords, reference, walk_mut},
};
use crate::report::Report;

const RULE: &str = "nullability";

/// Moves null from components to their uses.
pub(super) fn apply(draft: &mut Draft, report: &mut Report) {
    let mut nullable: BTreeSet<String> = BTreeSet::new();
    // A component that is another component is null when that one is.
    loop {
        let more: Vec<String> = draft
            .schemas
            .iter()
            .filter(|(name, schema)| {
                let through = reference(schema).is_some_and(|target| nullable.contains(&target));
                !nullable.contains(*name) && (through || is_true(schema, "nullable"))
            })
            .map(|(name, _)| name.clone())
            .collect();
        if more.is_empty() {
            break;
        }
        nullable.extend(more);
    }
    if nullable.is_empty() {
        return;
    }
    for root in draft.roots_mut() {
        walk_mut(root, &mut |schema| {
            if reference(schema).is_some_and(|name| nullable.contains(&name)) {
                keywords(schema).insert("nullable".to_owned(), Value::Bool(true));
            }
        });
    }
    for (name, schema) in &mut draft.schemas {
        if nullable.contains(name) {
            keywords(schema).remove("nullable");
            report.note(
                RULE,
                at(schema),
                format!("null is said where {name} is used"),
            );
        }
    }
}
