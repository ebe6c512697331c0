//! How many fields keep the type that the document gives them.

mod source;

use serde_json::{Map, Value};

use self::source::Source;
use super::{
    draft::{Content, Draft},
    schema::{WEAKENED, at, children, is_any_json, is_record, reference},
};
use crate::report::Fields;

/// What stands for the rule where any JSON has a place at which the document says more, and no rule says why.
const UNEXPLAINED: &str = "unexplained";

/// Counts the fields, parameters and bodies of a draft whose schemas have their final form. `source` is the document
/// before any rule, against which every any JSON is checked.
pub(super) fn count(draft: &Draft, source: &Value, fields: &mut Fields) {
    let mut count = Count {
        source: Source::of(source),
        fields,
    };
    for schema in draft.schemas.values() {
        if is_record(schema) {
            let properties = schema.get("properties").and_then(Value::as_object);
            for property in properties.into_iter().flat_map(Map::values) {
                count.add(property);
            }
        } else if schema.get("enum").is_none() {
            count.add(schema);
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
                count.add(root);
            }
        }
    }
}

struct Count<'a> {
    source: Source<'a>,
    fields: &'a mut Fields,
}

impl Count<'_> {
    fn add(&mut self, schema: &Value) {
        self.fields.total += 1;
        let place = at(schema);
        if let Some(rule) = self.weakening(schema, &place) {
            let rule = rule.to_owned();
            self.fields.weakened.push((rule, place));
        }
    }

    /// The rule that put any JSON into the schema, if one did; `outer` is where the schema around it stood.
    fn weakening<'a>(&self, schema: &'a Value, outer: &str) -> Option<&'a str> {
        if let Some(rule) = schema.get(WEAKENED).and_then(Value::as_str) {
            return Some(rule);
        }
        let own = at(schema);
        let place = if own.is_empty() { outer } else { &own };
        if is_any_json(schema) {
            return self.source.says_a_type(place).then_some(UNEXPLAINED);
        }
        children(schema)
            .into_iter()
            .find_map(|child| self.weakening(child, place))
    }
}
