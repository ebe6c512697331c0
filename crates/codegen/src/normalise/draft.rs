//! The document while rules work on it: operations with everything inlined, and the component schemas.

use serde_json::{Map, Value};

use crate::plan::Place;

/// A document whose parts are resolved and whose schemas are still JSON.
#[derive(Debug, Default)]
pub(super) struct Draft {
    /// The operations in the order of the document.
    pub(super) operations: Vec<Operation>,
    /// The component schemas.
    pub(super) schemas: Map<String, Value>,
    /// Whether the API does not validate what it is sent, nor what it answers.
    pub(super) unvalidated: bool,
}

/// One operation.
#[derive(Debug)]
pub(super) struct Operation {
    /// Where it stood.
    pub(super) pointer: String,
    /// Its Rust name, once the rule for operations has run.
    pub(super) id: String,
    /// The method in lower case, as OpenAPI writes it.
    pub(super) method: String,
    /// The path template of the source document.
    pub(super) path: String,
    /// The operation object of the source document, without its parameters, body and responses.
    pub(super) source: Value,
    /// The parameters of the path and of the operation.
    pub(super) parameters: Vec<Parameter>,
    /// The body.
    pub(super) body: Option<Body>,
    /// The answers in the order of the document.
    pub(super) responses: Vec<Response>,
}

/// A parameter.
#[derive(Debug)]
pub(super) struct Parameter {
    /// Where it stood.
    pub(super) pointer: String,
    /// The name on the wire.
    pub(super) name: String,
    /// Its Rust name, once the rule for parameters has run.
    pub(super) ident: String,
    /// Where it goes.
    pub(super) place: Place,
    /// Whether its value is JSON text.
    pub(super) json: bool,
    /// The parameter object of the source document.
    pub(super) source: Value,
    /// The schema.
    pub(super) schema: Value,
}

/// A request body.
#[derive(Debug)]
pub(super) struct Body {
    /// Whether it must be given.
    pub(super) required: bool,
    /// The media type that was chosen.
    pub(super) media_type: String,
    /// The schema, when the media type has fields: JSON or a form.
    pub(super) schema: Option<Value>,
    /// Whether it is text without fields.
    pub(super) text: bool,
    /// Whether the lists of a form are written with brackets.
    pub(super) brackets: bool,
}

/// A documented answer.
#[derive(Debug)]
pub(super) struct Response {
    /// The status as OpenAPI writes it.
    pub(super) status: String,
    /// What it means.
    pub(super) description: String,
    /// The body.
    pub(super) content: Content,
}

/// The body of an answer.
#[derive(Debug)]
pub(super) enum Content {
    /// None.
    Empty,
    /// JSON of this schema.
    Json(Value),
    /// Text.
    Text,
    /// Bytes.
    Bytes,
}

impl Draft {
    /// Every schema of an operation or component, from the outside.
    pub(super) fn roots_mut(&mut self) -> impl Iterator<Item = &mut Value> {
        self.operations
            .iter_mut()
            .flat_map(Operation::roots_mut)
            .chain(self.schemas.values_mut())
    }
}

impl Operation {
    /// The schemas of what is sent.
    pub(super) fn request_roots_mut(&mut self) -> impl Iterator<Item = &mut Value> {
        self.parameters
            .iter_mut()
            .map(|parameter| &mut parameter.schema)
            .chain(self.body.iter_mut().filter_map(|body| body.schema.as_mut()))
    }

    /// The schemas of what is answered.
    pub(super) fn response_roots_mut(&mut self) -> impl Iterator<Item = &mut Value> {
        self.responses
            .iter_mut()
            .filter_map(|response| match &mut response.content {
                Content::Json(schema) => Some(schema),
                _ => None,
            })
    }

    fn roots_mut(&mut self) -> impl Iterator<Item = &mut Value> {
        self.parameters
            .iter_mut()
            .map(|parameter| &mut parameter.schema)
            .chain(self.body.iter_mut().filter_map(|body| body.schema.as_mut()))
            .chain(
                self.responses
                    .iter_mut()
                    .filter_map(|response| match &mut response.content {
                        Content::Json(schema) => Some(schema),
                        _ => None,
                    }),
            )
    }
}
