//! Every field that has any JSON, text or bytes where the document gives a type is counted, under the rule that took
//! its type; a field that the document itself leaves open is not.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use codegen::{
    document::{self, Format},
    normalise::normalise,
};

/// The rules that took a type, and how many fields there are, of a document in which `$` is one answer of one
/// operation, and its other parts are `operation` and `schemas`.
fn counted(operation: &str, schemas: &str) -> (Vec<(String, String)>, usize) {
    let text = format!(
        "{{ openapi: 3.0.3, info: {{ title: A, version: '1' }}, paths: {{ /a: {{ post: {{ {operation} }} }} }}, \
         components: {{ schemas: {{ {schemas} }} }} }}"
    );
    let document = document::parse(&text, Format::Yaml).unwrap();
    let fields = normalise(&document).unwrap().report.fields;
    (fields.weakened, fields.total)
}

/// An operation that answers the schema.
fn answering(schema: &str) -> String {
    format!(
        "responses: {{ '200': {{ description: '', content: {{ application/json: {{ schema: {schema} }} }} }} }}"
    )
}

#[test]
fn a_field_that_loses_its_type_is_counted_under_the_rule_that_took_it() {
    let cases = [
        (
            "all-of",
            answering(
                "{ type: object, properties: { a: { allOf: [{ type: string }, { type: integer }] } } }",
            ),
        ),
        (
            "all-of",
            answering(
                "{ type: object, properties: { a: { allOf: [{ oneOf: [{ type: string }, { type: boolean }] }, \
                 { oneOf: [{ type: integer }, { type: array, items: {} }] }] } } }",
            ),
        ),
        (
            "enumerations",
            answering("{ type: object, properties: { a: { enum: [[1], { b: 2 }] } } }"),
        ),
        (
            "response-unions",
            answering(
                "{ oneOf: [{ type: object, properties: { a: {} } }, { type: object, properties: { a: { type: string } } }] }",
            ),
        ),
        (
            "additional-properties",
            answering(
                "{ type: object, properties: { a: { type: string } }, additionalProperties: { type: integer } }",
            ),
        ),
        (
            "body-media-type",
            "responses: { '200': { description: '', content: { application/xml: { schema: { type: object, \
             properties: { a: { type: string } } } } } } }"
                .to_owned(),
        ),
        (
            "body-media-type",
            "requestBody: { content: { text/xml: { schema: { type: object, properties: { a: { type: string } } } } } }, \
             responses: {}"
                .to_owned(),
        ),
        (
            "parameter-encodings",
            "parameters: [{ name: a, in: header, schema: { type: object, properties: { b: { type: array, items: {} } } } }], \
             responses: {}"
                .to_owned(),
        ),
    ];
    for (rule, operation) in cases {
        let (weakened, _) = counted(&operation, "");
        let rules: Vec<&str> = weakened.iter().map(|(rule, _)| rule.as_str()).collect();
        assert_eq!(rules, [rule], "{operation}: {weakened:?}");
    }
}

#[test]
fn a_field_that_the_document_leaves_open_is_not_counted() {
    let open = [
        "{}",
        "{ description: Anything. }",
        "{ type: object }",
        "{ type: object, additionalProperties: true }",
        "{ type: array, items: {} }",
        "{ type: object, additionalProperties: { nullable: true } }",
        "{ oneOf: [{ type: string }, {}] }",
        "{ allOf: [{ type: object }, { description: Anything. }] }",
        "{ $ref: '#/components/schemas/Open' }",
    ];
    for schema in open {
        let operation = answering(&format!(
            "{{ type: object, properties: {{ a: {schema} }} }}"
        ));
        let (weakened, total) = counted(&operation, "Open: { description: Anything. }");
        assert_eq!((weakened, total), (Vec::new(), 1), "{schema}");
    }
}

#[test]
fn a_name_that_is_required_and_not_described_is_not_counted() {
    let operation = answering("{ type: object, required: [a, b], properties: { a: {} } }");
    let (weakened, total) = counted(&operation, "");
    assert_eq!((weakened, total), (Vec::new(), 2));
}

#[test]
fn a_choice_of_values_in_a_path_keeps_its_type() {
    let operation = "parameters: [{ name: a, in: header, schema: { oneOf: [{ type: integer }, { type: string }] } }], \
                     responses: {}";
    let (weakened, _) = counted(operation, "");
    assert_eq!(weakened, []);
}

#[test]
fn what_is_two_choices_at_once_is_one_choice_of_what_can_be_both() {
    let both = "{ allOf: [{ oneOf: [{ type: string }, { type: integer }] }, { anyOf: [{ type: integer }, { type: boolean }] }] }";
    let operation = answering(&format!("{{ type: object, properties: {{ a: {both} }} }}"));
    let text = format!(
        "{{ openapi: 3.0.3, info: {{ title: A, version: '1' }}, paths: {{ /a: {{ get: {{ operationId: a, {operation} }} }} }} }}"
    );
    let document = document::parse(&text, Format::Yaml).unwrap();
    let normalised = normalise(&document).unwrap();
    let kind = normalised
        .document
        .pointer("/components/schemas/AResponse/properties/a/type");
    assert_eq!(kind.unwrap(), "integer");
}
