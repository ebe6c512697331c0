//! What the document itself says about the type of a value.

use serde_json::{Map, Value};

/// How many references and schemas in schemas are followed.
const DEEPEST: usize = 64;

/// The types whose values are not made of others.
const SIMPLE: [&str; 4] = ["string", "integer", "number", "boolean"];

/// A document before any rule.
pub(super) struct Source<'a>(&'a Value);

impl<'a> Source<'a> {
    pub(super) fn of(document: &'a Value) -> Self {
        Self(document)
    }

    /// Whether the schema at this place gives values a type that is narrower than any JSON, or than a list or map of
    /// it. A place that a rule made up says nothing.
    pub(super) fn says_a_type(&self, pointer: &str) -> bool {
        self.0
            .pointer(pointer)
            .is_some_and(|schema| self.says(schema, 0))
    }

    fn says(&self, schema: &Value, depth: usize) -> bool {
        let Some(object) = schema.as_object().filter(|_| depth < DEEPEST) else {
            return false;
        };
        let says = |schema: &Value| self.says(schema, depth + 1);
        if let Some(target) = object.get("$ref").and_then(Value::as_str) {
            let target = target.strip_prefix('#').and_then(|to| self.0.pointer(to));
            return target.is_some_and(says);
        }
        let members = |keyword: &str| object.get(keyword).and_then(Value::as_array);
        let union = ["oneOf", "anyOf"]
            .into_iter()
            .filter_map(members)
            .any(|members| !members.is_empty() && members.iter().all(says));
        // What says something of lists says nothing of an object.
        let kind = object.get("type").and_then(Value::as_str);
        let inner = [
            ("items", "array"),
            ("additionalProperties", "object"),
            ("unevaluatedProperties", "object"),
        ]
        .into_iter()
        .filter(|(_, of)| kind.is_none_or(|kind| kind == *of))
        .filter_map(|(keyword, _)| object.get(keyword))
        .any(says);
        let holds = |keyword: &str| {
            object
                .get(keyword)
                .and_then(Value::as_object)
                .is_some_and(|entries| !entries.is_empty())
        };
        union
            || inner
            || holds("properties")
            || holds("patternProperties")
            || members("prefixItems").is_some_and(|items| items.iter().all(says))
            || members("allOf").is_some_and(|members| members.iter().any(says))
            || object.contains_key("const")
            || members("enum").is_some_and(|values| !values.is_empty())
            || is_simple(object)
    }
}

/// Whether the type is one of those that are not made of others, or several of those.
fn is_simple(schema: &Map<String, Value>) -> bool {
    let simple = |name: &Value| name.as_str().is_some_and(|name| SIMPLE.contains(&name));
    match schema.get("type") {
        Some(Value::Array(names)) => {
            let mut names = names.iter().filter(|name| *name != "null").peekable();
            names.peek().is_some() && names.all(simple)
        }
        Some(name) => simple(name),
        None => false,
    }
}
