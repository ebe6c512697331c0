//! What stands where in an `OpenAPI` 3.0 document: which objects have fields of their own and in which order the
//! specification lists them, and which are maps from names.

/// What a value of a document is, by where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    Document,
    Info,
    Contact,
    License,
    Server,
    ServerVariable,
    Paths,
    PathItem,
    Operation,
    ExternalDocs,
    Parameter,
    RequestBody,
    MediaType,
    Encoding,
    Responses,
    Response,
    Callback,
    Link,
    Example,
    Tag,
    Schema,
    Discriminator,
    Xml,
    Components,
    SecurityScheme,
    OAuthFlows,
    OAuthFlow,
    /// `x-source`.
    Source,
    /// An object whose keys are names.
    Names(&'static Part),
    /// A list of parts.
    List(&'static Part),
    /// Any JSON: a scalar, an example, a default, an extension.
    Free,
}

use Part::{
    Callback, Components, Contact, Discriminator, Document, Encoding, Example, ExternalDocs, Free,
    Info, License, Link, List, MediaType, Names, OAuthFlow, OAuthFlows, Operation, Parameter,
    PathItem, Paths, RequestBody, Response, Responses, Schema, SecurityScheme, Server,
    ServerVariable, Source, Tag, Xml,
};

type Fields = &'static [(&'static str, Part)];

const DOCUMENT: Fields = &[
    ("openapi", Free),
    ("info", Info),
    ("externalDocs", ExternalDocs),
    ("servers", List(&Server)),
    ("security", List(&Names(&Free))),
    ("tags", List(&Tag)),
    ("paths", Paths),
    ("components", Components),
];
const INFO: Fields = &[
    ("title", Free),
    ("description", Free),
    ("termsOfService", Free),
    ("contact", Contact),
    ("license", License),
    ("version", Free),
];
const CONTACT: Fields = &[("name", Free), ("url", Free), ("email", Free)];
const LICENSE: Fields = &[("name", Free), ("url", Free)];
const SERVER: Fields = &[
    ("url", Free),
    ("description", Free),
    ("variables", Names(&ServerVariable)),
];
const SERVER_VARIABLE: Fields = &[("enum", Free), ("default", Free), ("description", Free)];
const PATH_ITEM: Fields = &[
    ("$ref", Free),
    ("summary", Free),
    ("description", Free),
    ("servers", List(&Server)),
    ("parameters", List(&Parameter)),
    ("get", Operation),
    ("put", Operation),
    ("post", Operation),
    ("delete", Operation),
    ("options", Operation),
    ("head", Operation),
    ("patch", Operation),
    ("trace", Operation),
];
const OPERATION: Fields = &[
    ("tags", Free),
    ("summary", Free),
    ("description", Free),
    ("externalDocs", ExternalDocs),
    ("operationId", Free),
    ("deprecated", Free),
    ("servers", List(&Server)),
    ("security", List(&Names(&Free))),
    ("parameters", List(&Parameter)),
    ("requestBody", RequestBody),
    ("responses", Responses),
    ("callbacks", Names(&Callback)),
];
const EXTERNAL_DOCS: Fields = &[("description", Free), ("url", Free)];
const PARAMETER: Fields = &[
    ("$ref", Free),
    ("name", Free),
    ("in", Free),
    ("description", Free),
    ("required", Free),
    ("deprecated", Free),
    ("allowEmptyValue", Free),
    ("style", Free),
    ("explode", Free),
    ("allowReserved", Free),
    ("schema", Schema),
    ("content", Names(&MediaType)),
    ("example", Free),
    ("examples", Names(&Example)),
];
const REQUEST_BODY: Fields = &[
    ("$ref", Free),
    ("description", Free),
    ("required", Free),
    ("content", Names(&MediaType)),
];
const MEDIA_TYPE: Fields = &[
    ("schema", Schema),
    ("example", Free),
    ("examples", Names(&Example)),
    ("encoding", Names(&Encoding)),
];
const ENCODING: Fields = &[
    ("contentType", Free),
    ("headers", Names(&Parameter)),
    ("style", Free),
    ("explode", Free),
    ("allowReserved", Free),
];
const RESPONSE: Fields = &[
    ("$ref", Free),
    ("description", Free),
    ("headers", Names(&Parameter)),
    ("content", Names(&MediaType)),
    ("links", Names(&Link)),
];
const LINK: Fields = &[
    ("$ref", Free),
    ("operationRef", Free),
    ("operationId", Free),
    ("parameters", Free),
    ("requestBody", Free),
    ("description", Free),
    ("server", Server),
];
const EXAMPLE: Fields = &[
    ("$ref", Free),
    ("summary", Free),
    ("description", Free),
    ("value", Free),
    ("externalValue", Free),
];
const TAG: Fields = &[
    ("name", Free),
    ("description", Free),
    ("externalDocs", ExternalDocs),
];
const SCHEMA: Fields = &[
    ("$ref", Free),
    ("title", Free),
    ("description", Free),
    ("deprecated", Free),
    ("type", Free),
    ("format", Free),
    ("nullable", Free),
    ("readOnly", Free),
    ("writeOnly", Free),
    ("enum", Free),
    ("default", Free),
    ("multipleOf", Free),
    ("minimum", Free),
    ("exclusiveMinimum", Free),
    ("maximum", Free),
    ("exclusiveMaximum", Free),
    ("minLength", Free),
    ("maxLength", Free),
    ("pattern", Free),
    ("minItems", Free),
    ("maxItems", Free),
    ("uniqueItems", Free),
    ("items", Schema),
    ("minProperties", Free),
    ("maxProperties", Free),
    ("required", Free),
    ("properties", Names(&Schema)),
    ("additionalProperties", Schema),
    ("allOf", List(&Schema)),
    ("anyOf", List(&Schema)),
    ("oneOf", List(&Schema)),
    ("not", Schema),
    ("discriminator", Discriminator),
    ("xml", Xml),
    ("externalDocs", ExternalDocs),
    ("example", Free),
];
const DISCRIMINATOR: Fields = &[("propertyName", Free), ("mapping", Names(&Free))];
const XML: Fields = &[
    ("name", Free),
    ("namespace", Free),
    ("prefix", Free),
    ("attribute", Free),
    ("wrapped", Free),
];
const COMPONENTS: Fields = &[
    ("schemas", Names(&Schema)),
    ("responses", Names(&Response)),
    ("parameters", Names(&Parameter)),
    ("examples", Names(&Example)),
    ("requestBodies", Names(&RequestBody)),
    ("headers", Names(&Parameter)),
    ("securitySchemes", Names(&SecurityScheme)),
    ("links", Names(&Link)),
    ("callbacks", Names(&Callback)),
];
const SECURITY_SCHEME: Fields = &[
    ("$ref", Free),
    ("type", Free),
    ("description", Free),
    ("name", Free),
    ("in", Free),
    ("scheme", Free),
    ("bearerFormat", Free),
    ("flows", OAuthFlows),
    ("openIdConnectUrl", Free),
];
const OAUTH_FLOWS: Fields = &[
    ("implicit", OAuthFlow),
    ("password", OAuthFlow),
    ("clientCredentials", OAuthFlow),
    ("authorizationCode", OAuthFlow),
];
const OAUTH_FLOW: Fields = &[
    ("authorizationUrl", Free),
    ("tokenUrl", Free),
    ("refreshUrl", Free),
    ("scopes", Names(&Free)),
];

const SOURCE: Fields = &[("page", Free), ("line", Free), ("origin", Free)];

impl Part {
    /// The fields that the specification names, in its order.
    fn fields(self) -> Fields {
        match self {
            Document => DOCUMENT,
            Info => INFO,
            Contact => CONTACT,
            License => LICENSE,
            Server => SERVER,
            ServerVariable => SERVER_VARIABLE,
            PathItem => PATH_ITEM,
            Operation => OPERATION,
            ExternalDocs => EXTERNAL_DOCS,
            Parameter => PARAMETER,
            RequestBody => REQUEST_BODY,
            MediaType => MEDIA_TYPE,
            Encoding => ENCODING,
            Response => RESPONSE,
            Link => LINK,
            Example => EXAMPLE,
            Tag => TAG,
            Schema => SCHEMA,
            Discriminator => DISCRIMINATOR,
            Xml => XML,
            Components => COMPONENTS,
            SecurityScheme => SECURITY_SCHEME,
            OAuthFlows => OAUTH_FLOWS,
            OAuthFlow => OAUTH_FLOW,
            Source => SOURCE,
            Paths | Responses | Callback | Names(_) | List(_) | Free => &[],
        }
    }

    /// What stands under a key of this object, or under any index of this list.
    pub(crate) fn child(self, key: &str) -> Self {
        match self {
            Names(part) | List(part) => *part,
            Free => Free,
            _ if key == "x-source" => Source,
            Paths | Responses | Callback if key.starts_with("x-") => Free,
            Paths | Callback => PathItem,
            Responses => Response,
            _ => self
                .fields()
                .iter()
                .find(|(name, _)| *name == key)
                .map_or(Free, |(_, part)| *part),
        }
    }

    /// Where a key stands among the keys of this object: fields in the specification's order, then all the rest.
    pub(crate) fn position(self, key: &str) -> usize {
        let fields = self.fields();
        fields
            .iter()
            .position(|(name, _)| *name == key)
            .unwrap_or(fields.len())
    }

    /// Whether the object may carry extensions of its own: it has fields, its keys are not names.
    pub(crate) fn takes_extensions(self) -> bool {
        !self.fields().is_empty() && !matches!(self, Components | Source)
    }
}
