//! Values of a schema, made up from the schema: valid ones, with what is required only or with as much as fits.

mod flat;
mod maker;
mod pattern;
mod scalar;

use crate::document::schema::errors;
use maker::Maker;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

pub(crate) use flat::says;

/// How much of what is optional a value has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Extent {
    /// What is required, and nothing else.
    Least,
    /// Whatever the document allows, as deep as it is told apart from noise.
    Most,
}

/// How often a value that is not valid is mended.
const ATTEMPTS: usize = 200;

/// What was found out about the places of a value, by JSON pointer.
#[derive(Debug, Default)]
struct Known {
    /// Which of several alternatives is taken.
    choices: BTreeMap<String, usize>,
    /// Optional properties of which no valid value was found.
    omitted: BTreeSet<String>,
}

/// A value that the validator takes. Where the first one is not valid, another alternative is taken in its wrong place,
/// or what is optional there is left out, until one is; `None` where none was found. One that is wrong in nothing but that
/// more than one alternative takes it is the last resort.
pub(crate) fn value(
    document: &Value,
    schema: &Value,
    validator: &jsonschema::Validator,
    extent: Extent,
    way: Way,
) -> Option<Value> {
    let mut known = Known::default();
    let mut ambiguous = None;
    for _ in 0..ATTEMPTS {
        let mut maker = Maker::new(document, &known, extent, way);
        let Some(made) = maker.value(schema) else {
            break;
        };
        let Some(error) = validator.iter_errors(&made).next() else {
            return Some(made);
        };
        if ambiguous.is_none() && errors(validator, &made).next().is_none() {
            ambiguous = Some(made.clone());
        }
        let place = error.instance_path().to_string();
        let (unions, optional) = maker.found();
        if !mend(&mut known, &unions, &optional, place) {
            break;
        }
    }
    let examples = flat::examples(document, schema);
    examples
        .into_iter()
        .find(|example| validator.is_valid(example))
        .or(ambiguous)
}

/// Changes the decision that is nearest to a wrong place; says whether one was left to change.
fn mend(
    known: &mut Known,
    unions: &BTreeMap<String, usize>,
    optional: &BTreeSet<String>,
    mut place: String,
) -> bool {
    loop {
        if let Some(alternatives) = unions.get(&place) {
            let choice = known.choices.entry(place.clone()).or_default();
            if *choice + 1 < *alternatives {
                *choice += 1;
                return true;
            }
        }
        if optional.contains(&place) {
            return known.omitted.insert(place);
        }
        match place.rfind('/') {
            Some(end) => place.truncate(end),
            None => return false,
        }
    }
}

/// Which way a value goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    /// Sent: without what is only read.
    Request,
    /// Sent in a URL or a form, where an empty list is nothing.
    Text,
    /// Answered: without what is only written.
    Answer,
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;
    use crate::document::schema::Schemas;
    use serde_json::json;

    fn made(document: &Value, schema: &Value, extent: Extent) -> Option<Value> {
        let schemas = Schemas::new(document, false).unwrap();
        let validator = schemas.validator(schema).unwrap();
        let made = value(document, schema, &validator, extent, Way::Request);
        if let Some(made) = &made {
            assert!(validator.is_valid(made), "{made} for {schema}");
        }
        made
    }

    #[test]
    fn a_value_is_valid_by_its_schema() {
        let document = json!({ "openapi": "3.1.0", "components": { "schemas": {
            "Node": { "type": "object", "required": ["name"], "properties": {
                "name": { "type": "string", "pattern": "^[A-Z]{3}-\\d+$" },
                "children": { "type": "array", "items": { "$ref": "#/components/schemas/Node" } } } },
            "Cat": { "type": "object", "required": ["kind", "lives"], "properties": {
                "kind": { "type": "string" }, "lives": { "type": "integer", "maximum": 9, "minimum": 7 } } },
            "Dog": { "type": "object", "required": ["kind", "good"], "properties": {
                "kind": { "type": "string" }, "good": { "const": true } } },
            "Pet": { "oneOf": [{ "$ref": "#/components/schemas/Cat" }, { "$ref": "#/components/schemas/Dog" }],
                "discriminator": { "propertyName": "kind", "mapping": { "a-cat": "#/components/schemas/Cat" } } } } } });
        let schemas = [
            json!({ "type": "string", "minLength": 40, "maxLength": 41 }),
            json!({ "type": "string", "format": "uuid" }),
            json!({ "type": ["null", "integer"], "exclusiveMinimum": 5, "multipleOf": 4 }),
            json!({ "type": "number", "maximum": -0.5 }),
            json!({ "type": "array", "minItems": 3, "uniqueItems": true, "items": { "enum": ["a", "b", "c"] } }),
            json!({ "type": "array", "minItems": 2, "uniqueItems": true, "items": { "type": "string", "pattern": "^[a-z]$" } }),
            json!({ "type": "object", "minProperties": 2, "additionalProperties": { "type": "boolean" } }),
            json!({ "allOf": [{ "type": "object", "properties": { "a": { "type": "integer" } } }, { "required": ["a", "b"], "properties": { "b": { "format": "date" , "type": "string" } } }] }),
            json!({ "oneOf": [{ "type": "object", "properties": { "a": {} } }, { "type": "object", "required": ["b"], "properties": { "b": { "type": "integer" } } }, { "type": "string" }] }),
            json!({ "type": "object", "properties": { "odd": { "type": "string", "pattern": "(?<=x)y", "minLength": 9 }, "even": { "type": "integer" } } }),
            json!({ "$ref": "#/components/schemas/Node" }),
            json!({ "$ref": "#/components/schemas/Pet" }),
        ];
        for schema in &schemas {
            for extent in [Extent::Least, Extent::Most] {
                assert!(made(&document, schema, extent).is_some(), "{schema}");
            }
        }
        let pet = made(&document, &schemas[11], Extent::Least).unwrap();
        assert_eq!(pet["kind"], "a-cat");
        let node = made(&document, &schemas[10], Extent::Most).unwrap();
        assert!(node["children"][0]["name"].is_string(), "{node}");
        assert!(made(&document, &json!(false), Extent::Least).is_none());
    }

    #[test]
    fn what_is_only_read_is_not_sent() {
        let document = json!({ "openapi": "3.0.3" });
        let schema = json!({ "type": "object", "required": ["id", "name"], "properties": {
            "id": { "type": "integer", "readOnly": true }, "name": { "type": "string" } } });
        let sent = made(&document, &schema, Extent::Most).unwrap();
        assert_eq!(
            sent.as_object().unwrap().keys().collect::<Vec<_>>(),
            ["name"]
        );
    }
}
