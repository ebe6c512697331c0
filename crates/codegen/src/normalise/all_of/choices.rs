//! Several unions of which all hold: what is a choice of each becomes one choice, of everything that can be both.

use serde_json::{Map, Value, json};

use super::{
    super::schema::{AT, at, bare, is_annotation, keywords, reference, type_of, weakened},
    Merger, is_number,
};

const RULE: &str = "all-of";

/// The keywords of a union. What only one of the members may be is the server's to judge.
pub(super) const KEYWORDS: [&str; 2] = ["oneOf", "anyOf"];

/// How many choices one union may come to have.
const MOST: usize = 64;

impl Merger<'_> {
    /// Makes one union of `oneOf` and `anyOf` beside each other.
    pub(super) fn one_choice(&mut self, schema: &mut Value) {
        let place = at(schema);
        let object = keywords(schema);
        if object.contains_key("oneOf")
            && let Some(members) = object.remove("anyOf")
        {
            self.choose(object, "anyOf", members, &place);
        }
    }

    /// Adds a union to a schema that may have one.
    pub(super) fn choose(
        &mut self,
        target: &mut Map<String, Value>,
        keyword: &str,
        members: Value,
        place: &str,
    ) {
        let present = KEYWORDS
            .into_iter()
            .find_map(|keyword| Some((keyword, target.get(keyword)?.as_array()?.clone())));
        let (Some((known, left)), Value::Array(right)) = (present, &members) else {
            target.insert(keyword.to_owned(), members);
            return;
        };
        if same(&left, right) || right.iter().all(only_required) {
            return;
        }
        target.remove(known);
        if left.iter().all(only_required) {
            target.insert(keyword.to_owned(), members);
            return;
        }
        let both = (left.len() * right.len() <= MOST).then(|| self.both(&left, right, place));
        if let Some(both) = both.filter(|both| !both.is_empty()) {
            self.report.note(
                RULE,
                place,
                format!("two unions become one of {} members", both.len()),
            );
            target.insert("oneOf".to_owned(), Value::Array(both));
        } else {
            self.report
                .note(RULE, place, "unions that no type can be become any JSON");
            target.retain(|keyword, _| is_annotation(keyword) || keyword == "nullable");
            if let Value::Object(any) = weakened(RULE) {
                target.extend(any);
            }
        }
    }

    /// What is one of the left and one of the right members.
    fn both(&mut self, left: &[Value], right: &[Value], place: &str) -> Vec<Value> {
        let mut found: Vec<Value> = Vec::new();
        for one in left {
            for other in right {
                if self.exclude(one, other) {
                    continue;
                }
                let mut both = if bare(one) == bare(other) {
                    one.clone()
                } else {
                    json!({ "allOf": [one, other], AT: place })
                };
                self.schema(&mut both);
                if !found.iter().any(|known| bare(known) == bare(&both)) {
                    found.push(both);
                }
            }
        }
        found
    }

    /// Whether no value is of both schemas: their types differ, or their values, or those of a property.
    fn exclude(&mut self, one: &Value, other: &Value) -> bool {
        let (one, other) = (self.target(one), self.target(other));
        if contradict(&one, &other) {
            return true;
        }
        let properties = |schema: &Value| match schema.get("properties") {
            Some(Value::Object(properties)) => properties.clone(),
            _ => Map::new(),
        };
        let others = properties(&other);
        properties(&one).iter().any(|(name, property)| {
            others.get(name).is_some_and(|same| {
                let (property, same) = (self.target(property), self.target(same));
                contradict(&property, &same)
            })
        })
    }

    /// What the schema is in the end; as it is while that is being merged.
    fn target(&mut self, schema: &Value) -> Value {
        let mut schema = schema.clone();
        for _ in 0..=self.sources.len() {
            let Some(target) = reference(&schema).and_then(|name| self.component(&name).cloned())
            else {
                break;
            };
            schema = target;
        }
        schema
    }
}

/// Whether the types of two schemas, or the values that they list, have nothing in common.
fn contradict(one: &Value, other: &Value) -> bool {
    let values = |schema: &Value| schema.get("enum").and_then(Value::as_array).cloned();
    if let (Some(one), Some(other)) = (values(one), values(other)) {
        return !one.iter().any(|value| other.contains(value));
    }
    match (type_of(one), type_of(other)) {
        (Some(one), Some(other)) => {
            one != other && !(is_number(&json!(one)) && is_number(&json!(other)))
        }
        _ => false,
    }
}

fn same(one: &[Value], other: &[Value]) -> bool {
    one.len() == other.len()
        && one
            .iter()
            .zip(other)
            .all(|(one, other)| bare(one) == bare(other))
}

/// Whether the schema only says which properties must be there.
fn only_required(schema: &Value) -> bool {
    schema.as_object().is_some_and(|object| {
        object
            .keys()
            .all(|key| key == "required" || key == "not" || is_annotation(key))
    })
}
