//! Rules `conditions`, `pattern-properties` and `bounds`: what 3.1 says of values beyond their type.

use serde_json::{Map, Value, json};

use super::{
    super::schema::{bare, step},
    Dialect,
    schemas::placed,
};

/// Keywords that depend on other values, or on what no other keyword looked at.
const CONDITIONS: [&str; 10] = [
    "if",
    "then",
    "else",
    "dependentSchemas",
    "dependentRequired",
    "dependencies",
    "contains",
    "minContains",
    "maxContains",
    "propertyNames",
];

impl Dialect<'_> {
    /// Properties that only some values have are optional; the rest of a condition is the server's to judge.
    pub(super) fn conditions(&mut self, schema: &mut Map<String, Value>, pointer: &str) {
        let mut found = Vec::new();
        for keyword in CONDITIONS {
            let Some(value) = schema.remove(keyword) else {
                continue;
            };
            found.push(keyword);
            match keyword {
                "then" | "else" => optional_properties(schema, &value, &step(pointer, keyword)),
                "dependentSchemas" | "dependencies" => {
                    let pointer = step(pointer, keyword);
                    for (name, dependent) in value.as_object().into_iter().flatten() {
                        optional_properties(schema, dependent, &step(&pointer, name));
                    }
                }
                _ => {}
            }
        }
        match schema.remove("unevaluatedProperties") {
            None => {}
            Some(more) if more.is_object() => {
                let more = placed(more, &step(pointer, "unevaluatedProperties"));
                schema.entry("additionalProperties").or_insert(more);
            }
            Some(_) => found.push("unevaluatedProperties"),
        }
        if !found.is_empty() {
            self.report.note(
                "conditions",
                pointer,
                format!("{} is not checked before sending", found.join(", ")),
            );
        }
    }

    /// Properties whose names only follow a pattern are further properties.
    pub(super) fn pattern_properties(&mut self, schema: &mut Map<String, Value>, pointer: &str) {
        let Some(Value::Object(patterns)) = schema.remove("patternProperties") else {
            return;
        };
        self.report.note(
            "pattern-properties",
            pointer,
            "properties with names of a pattern are further properties with any name",
        );
        let mut values: Vec<Value> = Vec::new();
        let place = step(pointer, "patternProperties");
        for (pattern, value) in patterns {
            if value.is_object() && !values.iter().any(|known| bare(known) == bare(&value)) {
                values.push(placed(value, &step(&place, &pattern)));
            }
        }
        if let Some(more) = schema.remove("additionalProperties")
            && more.is_object()
            && !values.contains(&more)
        {
            values.push(placed(more, &step(pointer, "additionalProperties")));
        }
        let values = match values.len() {
            0 => Value::Bool(true),
            1 => values.swap_remove(0),
            _ => placed(json!({ "anyOf": values }), pointer),
        };
        schema.entry("type").or_insert_with(|| json!("object"));
        schema.insert("additionalProperties".to_owned(), values);
    }

    /// An exclusive bound is a number in 3.1, and a flag beside the bound in 3.0.
    pub(super) fn bounds(&mut self, schema: &mut Map<String, Value>, pointer: &str) {
        for (exclusive, inclusive, lower) in [
            ("exclusiveMinimum", "minimum", true),
            ("exclusiveMaximum", "maximum", false),
        ] {
            let Some(bound) = schema.get(exclusive).and_then(Value::as_f64) else {
                continue;
            };
            let other = schema.get(inclusive).and_then(Value::as_f64);
            let narrower = other.is_none_or(|other| {
                if lower {
                    bound >= other
                } else {
                    bound <= other
                }
            });
            if let Some(value) = schema.remove(exclusive)
                && narrower
            {
                self.report.note(
                    "bounds",
                    step(pointer, exclusive),
                    format!("said by {inclusive}"),
                );
                schema.insert(inclusive.to_owned(), value);
                schema.insert(exclusive.to_owned(), json!(true));
            }
        }
    }
}

/// Adds the properties of a schema that only some values follow.
fn optional_properties(schema: &mut Map<String, Value>, dependent: &Value, pointer: &str) {
    let Some(Value::Object(more)) = dependent.get("properties") else {
        return;
    };
    let pointer = step(pointer, "properties");
    let properties = schema.entry("properties").or_insert_with(|| json!({}));
    if let Value::Object(properties) = properties {
        for (name, property) in more.iter().filter(|(_, property)| property.is_object()) {
            properties
                .entry(name.clone())
                .or_insert_with(|| placed(property.clone(), &step(&pointer, name)));
        }
    }
}
