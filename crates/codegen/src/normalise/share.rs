//! How many fields keep the type that the document gives them.

use serde_json::{Map, Value};

use super::{
    draft::{Content, Draft},
    schema::{WEAKENED, at, children, is_record, reference},
};
use crate::report::Fields;

/// Counts the fields, parameters and bodies of a draft whose schemas have their final form.
pub(super) fn count(draft: &Draft, fields: &mut Fields) {
    for schema in draft.schemas.values() {
        if is_record(schema) {
            let properties = schema.get("properties").and_then(Value::as_object);
            for property in properties.into_iter().flat_map(Map::values) {
                add(property, fields);
            }
        } else if schema.get("enum").is_none() {
            add(schema, fields);
        }
    }
    for operation in &draft.operations {
        let parameters = operation.parameters.iter();
        let body = operation.body.iter();
        let answers = operation
            .responses
            .iter()
            .filter_map(|response| match &response.content {
                Content::Json(schema) => Some(schema),
                _ => None,
            });
        let roots = parameters
            .map(|parameter| &parameter.schema)
            .chain(body.filter_map(|body| body.schema.as_ref()))
            .chain(answers);
        for root in roots {
            // What a component holds is counted there.
            if reference(root).is_none() {
                add(root, fields);
            }
        }
    }
}

fn add(schema: &Value, fields: &mut Fields) {
    fields.total += 1;
    if let Some(rule) = weakening(schema) {
        fields.weakened.push((rule.to_owned(), at(schema)));
    }
}

/// The rule that put any JSON into the schema, if one did.
fn weakening(schema: &Value) -> Option<&str> {
    schema
        .get(WEAKENED)
        .and_then(Value::as_str)
        .or_else(|| children(schema).into_iter().find_map(weakening))
}
