//! What a client crate must do beyond what progenitor can be told: the value that [`crate::normalise`] hands to
//! the stages after it beside the document that progenitor reads.

use std::collections::BTreeMap;

/// Everything about the client that does not fit into the document for progenitor.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Plan {
    /// `info.title` of the source document.
    pub title: String,
    /// `info.version` of the source document.
    pub version: String,
    /// The server that the client uses when the caller names none.
    pub default_server: Option<String>,
    /// Every server that the document names.
    pub servers: Vec<String>,
    /// The operations in the order of the document.
    pub operations: Vec<Operation>,
    /// What finishing must do to generated types, by Rust type name.
    pub types: BTreeMap<String, Type>,
    /// The features of the crate with the tag that each stands for; empty for a small API.
    pub features: BTreeMap<String, String>,
    /// The ways to authenticate, by the document's name for each.
    pub security_schemes: BTreeMap<String, SecurityScheme>,
    /// The document's `x-retry`, as it stands.
    pub retry: Option<serde_json::Value>,
    /// The document's `x-quotas`, as they stand.
    pub quotas: Option<serde_json::Value>,
}

/// One operation.
#[derive(Debug, Clone, PartialEq)]
pub struct Operation {
    /// The operation's id in the document that progenitor reads, in snake case: also the method's name.
    pub id: String,
    /// The operation's id in the source document, where it had one.
    pub source_id: Option<String>,
    /// The JSON pointer of the operation in the source document.
    pub pointer: String,
    /// The method in upper case.
    pub method: String,
    /// The path template of the source document.
    pub path: String,
    /// What the operation does, as Markdown that rustdoc takes.
    pub doc: String,
    /// Whether the document calls it deprecated.
    pub deprecated: bool,
    /// The Rust name for an enum of the documented errors; no component has it.
    pub error_type: String,
    /// The Rust name for an enum of the documented successes, where there is more than one; no component has it.
    pub success_type: String,
    /// The parameters, without those that authenticate.
    pub parameters: Vec<Parameter>,
    /// The request body.
    pub body: Option<Body>,
    /// The documented answers, the narrowest first: the first whose statuses match is the one.
    pub responses: Vec<Response>,
    /// Any one of these sets of schemes authenticates; empty means that none is needed.
    pub security: Vec<Vec<String>>,
    /// The document's `x-pagination`, as it stands.
    pub pagination: Option<serde_json::Value>,
    /// Integration facts: field path, integration, level.
    pub integrations: Vec<IntegrationFact>,
    /// The features of the crate any of which brings the operation; empty where it is always there.
    pub features: Vec<String>,
}

/// One row of the integration matrix.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct IntegrationFact {
    /// `query`, `path`, `header`, `request`, `response` or `operation`.
    pub part: &'static str,
    /// The field's path such as `email_addresses/email`; empty for the operation itself.
    pub field: String,
    /// The integration's name.
    pub integration: String,
    /// Whether the integration requires it, or only supports it.
    pub required: bool,
    /// The values that the integration accepts, where the page lists them.
    pub values: Vec<String>,
}

/// A parameter.
///
/// progenitor's builders cannot take an object as a parameter: its schema stands in the document as an
/// `x-rust-type` of path `client_runtime::Typed` whose one type parameter is the object's schema, and finishing
/// takes that wrapper off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parameter {
    /// The name in the document that progenitor reads; unique within the operation.
    pub name: String,
    /// The name on the wire.
    pub wire_name: String,
    /// Where it goes.
    pub place: Place,
    /// How it is written.
    pub encoding: Encoding,
    /// Whether it must be given.
    pub required: bool,
    /// Whether the document calls it deprecated.
    pub deprecated: bool,
    /// What it is, as Markdown that rustdoc takes.
    pub doc: String,
}

/// Where a parameter goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// A segment of the path.
    Path,
    /// The query.
    Query,
    /// A header.
    Header,
    /// A cookie.
    Cookie,
}

/// How a parameter's value is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Encoding {
    /// A single value.
    Plain,
    /// `name=a&name=b`
    Repeated,
    /// `name[]=a&name[]=b`; the wire name is without the brackets.
    Brackets,
    /// `name=a,b`
    Comma,
    /// `name=a%20b`
    Space,
    /// `name=a|b`
    Pipe,
    /// `name[key]=value`, lists inside as `name[key][]=value`
    DeepObject,
    /// An object whose keys are parameters of their own: `key=value`
    Spread,
    /// The value as JSON text.
    Json,
    /// Objects or lists, each as JSON text: `name={...}&name={...}`
    RepeatedJson,
    /// Several values as `a.b`, and an object as `key=a.other=b`; only in a path.
    Dot,
    /// Several values as `name=a;name=b`, and an object as `key=a;other=b`; only in a path, and in cookies.
    Semicolon,
    /// Several values as `a,b`, and an object as `key=a,other=b`; only in a path and in headers.
    CommaPairs,
}

/// A request body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Body {
    /// The media type.
    pub media_type: String,
    /// Whether it must be given.
    pub required: bool,
    /// The name of the body's component schema, which is also its Rust type's name, or a path after `::`: when it is JSON or a form. Any
    /// other body is text or bytes.
    pub schema: Option<String>,
    /// Whether a body without a schema is text.
    pub text: bool,
    /// Whether the lists of a form are written as `name[]=a`.
    pub brackets: bool,
}

/// A documented answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Response {
    /// The lowest status it stands for.
    pub from: u16,
    /// The highest status it stands for.
    pub to: u16,
    /// Whether it is the document's `default`, which every other status wins over.
    pub is_default: bool,
    /// What it means, as the document says.
    pub description: String,
    /// The body.
    pub payload: Payload,
}

/// The body of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Payload {
    /// No body.
    Empty,
    /// JSON of this component schema.
    Json {
        /// The component's name in the document that progenitor reads, which is also its Rust type's name; or,
        /// after `::`, the path of a type of the runtime, such as `::client_runtime::Json`.
        schema: String,
    },
    /// Text.
    Text,
    /// Bytes.
    Bytes,
}

/// How to authenticate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SecurityScheme {
    /// `Authorization: Bearer …`
    Bearer,
    /// `Authorization: Basic …`
    Basic,
    /// A key in a header, query parameter or cookie.
    ApiKey {
        /// Where it goes.
        place: Place,
        /// The parameter's name.
        name: String,
    },
    /// Anything else, such as OAuth 2 flows: the caller brings a bearer token.
    OAuth2,
}

/// What finishing must do to a generated type.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Type {
    /// The JSON pointer of its schema in the source document.
    pub pointer: String,
    /// The fields by their name in the document that progenitor reads.
    pub fields: BTreeMap<String, Field>,
    /// The Rust field that keeps what the document does not name; no other field has this name.
    pub unknown_fields: Option<String>,
    /// Whether the type occurs in a request.
    pub in_request: bool,
    /// Whether the type occurs in a response.
    pub in_response: bool,
}

/// What finishing must do to a field.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Field {
    /// The name on the wire, where it is not the one in the document that progenitor reads.
    pub wire_name: Option<String>,
    /// Absent, null and a value are three things.
    pub three_state: bool,
    /// Whether the document calls it deprecated.
    pub deprecated: bool,
}
