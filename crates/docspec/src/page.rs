//! What a documentation page says, whatever its layout: the value that every reader produces and that
//! [`crate::derive`] turns into OpenAPI.

use serde_json::Value;

use crate::layout::Layout;

/// A page that was read without an error.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    /// How the page is laid out.
    pub layout: Layout,
    /// The page's name as `x-source` prints it: a file name, a path inside the repository, or a URL.
    pub name: String,
    /// What it documents.
    pub content: Content,
}

/// What a page documents.
#[derive(Debug, Clone, PartialEq)]
pub enum Content {
    /// One operation, described in words.
    Operation(Box<Operation>),
    /// Schemas that operations of other pages refer to by name.
    Components(Vec<Component>),
    /// An API description embedded in the page: a validated OpenAPI document.
    Description(Value),
}

/// Where a fact was read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Source {
    /// The line of the page, counted from 1.
    pub line: usize,
    /// Where the page's author has the fact from, when the page says so: a vendor's page or its name.
    pub origin: Option<String>,
}

/// A schema that has a name of its own.
#[derive(Debug, Clone, PartialEq)]
pub struct Component {
    /// The name, in Pascal case.
    pub name: String,
    /// What it is.
    pub description: Option<String>,
    /// Its shape.
    pub schema: Schema,
    /// Where it was read.
    pub source: Source,
}

/// An HTTP method.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Method {
    /// GET
    Get,
    /// PUT
    Put,
    /// POST
    Post,
    /// DELETE
    Delete,
    /// OPTIONS
    Options,
    /// HEAD
    Head,
    /// PATCH
    Patch,
    /// TRACE
    Trace,
}

impl Method {
    /// Every method, in the order in which OpenAPI lists them.
    pub const ALL: [Self; 8] = [
        Self::Get,
        Self::Put,
        Self::Post,
        Self::Delete,
        Self::Options,
        Self::Head,
        Self::Patch,
        Self::Trace,
    ];

    /// The method in upper case, as HTTP writes it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Put => "PUT",
            Self::Post => "POST",
            Self::Delete => "DELETE",
            Self::Options => "OPTIONS",
            Self::Head => "HEAD",
            Self::Patch => "PATCH",
            Self::Trace => "TRACE",
        }
    }

    /// Reads a method in upper case.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|method| method.as_str() == text)
    }
}

/// One operation of an API.
#[derive(Debug, Clone, PartialEq)]
pub struct Operation {
    /// Where the method and path were read.
    pub source: Source,
    /// The method.
    pub method: Method,
    /// The path template, such as `/contacts/{id}`.
    pub path: String,
    /// The reason, when method or path are not stated by the page as they stand here.
    pub assumed: Option<String>,
    /// The operation's id, when the page states one.
    pub operation_id: Option<String>,
    /// The page's title.
    pub summary: Option<String>,
    /// The page's own prose about the operation.
    pub description: Option<String>,
    /// Groups that the operation belongs to.
    pub tags: Vec<String>,
    /// Whether the page calls the operation deprecated.
    pub deprecated: bool,
    /// The servers that the page names.
    pub servers: Vec<Server>,
    /// How a caller authenticates: any one of these.
    pub security: Vec<SecurityScheme>,
    /// The integrations that the operation as a whole works with.
    pub integrations: Vec<Support>,
    /// Path, query, header and cookie parameters in page order.
    pub parameters: Vec<Parameter>,
    /// What is sent.
    pub request_body: Option<RequestBody>,
    /// What is answered, in page order.
    pub responses: Vec<Response>,
    /// Responses that the page shows without a status.
    pub responses_without_status: Vec<ResponseWithoutStatus>,
    /// How the answer is paged.
    pub pagination: Option<Pagination>,
}

/// A server that a page names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Server {
    /// The URL that paths are appended to.
    pub url: String,
    /// What it is for.
    pub description: Option<String>,
    /// Where it was read.
    pub source: Source,
}

/// How a caller authenticates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SecurityScheme {
    /// The scheme's name, such as `bearerAuth`.
    pub name: String,
    /// What is sent.
    pub kind: SecurityKind,
    /// What it is.
    pub description: Option<String>,
    /// Where it was read.
    pub source: Source,
}

/// What an authentication scheme sends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SecurityKind {
    /// `Authorization: Bearer …`
    Bearer,
    /// `Authorization: Basic …`
    Basic,
    /// A key in a header, query parameter or cookie.
    ApiKey {
        /// Where the key goes; never [`Place::Path`].
        place: Place,
        /// The parameter's name.
        parameter: String,
    },
}

/// Where a parameter goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
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

/// A parameter of an operation.
#[derive(Debug, Clone, PartialEq)]
pub struct Parameter {
    /// Where it goes.
    pub place: Place,
    /// How a list or an object is written, when the page states or shows it.
    pub encoding: Option<Encoding>,
    /// Name, type and the rest. Its `name` is without the `[]` or `[key]` of the encoding.
    pub field: Field,
}

/// How a list or an object is written into a query.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Encoding {
    /// `name=a&name=b`
    Repeated,
    /// `name[]=a&name[]=b`
    Brackets,
    /// `name=a,b`
    Comma,
    /// `name[key]=value`, nested to any depth
    DeepObject,
}

/// A named value: a property of an object, a parameter or a response header.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// The name on the wire.
    pub name: String,
    /// Where the name was read.
    pub source: Source,
    /// Whether it must be there.
    pub required: bool,
    /// Its type.
    pub schema: Schema,
    /// The page's prose about it.
    pub description: Option<String>,
    /// An example value, or the example as the page prints it.
    pub example: Option<Value>,
    /// Whether the page calls it deprecated.
    pub deprecated: bool,
    /// The reason, when something about the field is not stated by the page.
    pub assumed: Option<String>,
    /// What the integrations do with it, in page order.
    pub integrations: Vec<Support>,
}

/// What one integration does with an operation, a parameter or a field.
#[derive(Debug, Clone, PartialEq)]
pub struct Support {
    /// The integration's name as the page prints it.
    pub integration: String,
    /// Whether the integration needs it.
    pub level: Level,
    /// The values that this integration accepts, when the page lists them.
    pub values: Vec<Value>,
    /// Free-text notes about this integration.
    pub notes: Vec<String>,
    /// Where it was read.
    pub source: Source,
}

/// Whether an integration needs a field or only knows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// A call without it is refused.
    Required,
    /// It may be given.
    Supported,
}

impl Level {
    /// `required` or `supported`, as `x-integrations` writes it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Required => "required",
            Self::Supported => "supported",
        }
    }
}

/// The type of a value and what restricts it.
#[derive(Debug, Clone, PartialEq)]
pub struct Schema {
    /// Its shape.
    pub shape: Shape,
    /// The format, such as `date-time` or `uuid`.
    pub format: Option<String>,
    /// Whether null is a value.
    pub nullable: bool,
    /// The values that are allowed or known.
    pub allowed: Option<Allowed>,
    /// The value that an absent one stands for.
    pub default: Option<Value>,
    /// The smallest number.
    pub minimum: Option<serde_json::Number>,
    /// The largest number.
    pub maximum: Option<serde_json::Number>,
    /// The shortest string, in characters.
    pub min_length: Option<u64>,
    /// The longest string, in characters.
    pub max_length: Option<u64>,
    /// A regular expression that a string must match.
    pub pattern: Option<String>,
}

impl Schema {
    /// A schema of this shape with nothing else said.
    #[must_use]
    pub fn new(shape: Shape) -> Self {
        Self {
            shape,
            format: None,
            nullable: false,
            allowed: None,
            default: None,
            minimum: None,
            maximum: None,
            min_length: None,
            max_length: None,
            pattern: None,
        }
    }
}

/// The shape of a value.
#[derive(Debug, Clone, PartialEq)]
pub enum Shape {
    /// Any JSON: the page gives no type.
    Any,
    /// Any JSON: the page hides what is inside (a collapsed list of children).
    Hidden,
    /// A string.
    String,
    /// An integer.
    Integer,
    /// A number.
    Number,
    /// A boolean.
    Boolean,
    /// Bytes that are no JSON: a file.
    Binary,
    /// An object with these properties in page order; with none, any object.
    Object(Vec<Field>),
    /// A list.
    Array(Box<Schema>),
    /// An object whose keys are free and whose values have this schema.
    Map(Box<Schema>),
    /// A component of the same API, by name.
    Component(String),
    /// One of several.
    OneOf(Vec<Schema>),
}

impl Shape {
    /// An object of which the page hides the properties.
    #[must_use]
    pub fn hidden_object() -> Self {
        Self::Map(Box::new(Schema::new(Self::Hidden)))
    }
}

/// The values of an enum.
#[derive(Debug, Clone, PartialEq)]
pub struct Allowed {
    /// The values without repeats, in first-seen order.
    pub values: Vec<Value>,
    /// Whether other values occur too: the API does not validate.
    pub open: bool,
    /// Where the values were read.
    pub source: Source,
}

/// What an operation sends.
#[derive(Debug, Clone, PartialEq)]
pub struct RequestBody {
    /// Whether there must be one.
    pub required: bool,
    /// What it is.
    pub description: Option<String>,
    /// The media types it can have, in page order.
    pub content: Vec<Media>,
    /// The reason, when something about the body is not stated by the page.
    pub assumed: Option<String>,
    /// Where it was read.
    pub source: Source,
}

/// A body in one media type.
#[derive(Debug, Clone, PartialEq)]
pub struct Media {
    /// The media type, such as `application/json`.
    pub media_type: String,
    /// The body's type.
    pub schema: Schema,
    /// An example of the whole body.
    pub example: Option<Value>,
}

/// A documented answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Response {
    /// The status as OpenAPI writes it: `200`, `4XX` or `default`.
    pub status: String,
    /// The reason, when the page does not state the status or the shape.
    pub assumed: Option<String>,
    /// What it means.
    pub description: Option<String>,
    /// The headers that come with it.
    pub headers: Vec<Field>,
    /// The bodies it can have; none means an empty body.
    pub content: Vec<Media>,
    /// Where it was read.
    pub source: Source,
}

/// An answer that the page shows without saying which status it has.
#[derive(Debug, Clone, PartialEq)]
pub struct ResponseWithoutStatus {
    /// What the page shows.
    pub description: String,
    /// Where it was read.
    pub source: Source,
}

/// How a listing is paged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pagination {
    /// The answer holds the cursor of the next page.
    Cursor {
        /// The query parameter that takes the cursor.
        parameter: String,
        /// The JSON pointer, inside the answer, of the next cursor; null or absent there is the end.
        next: String,
        /// The JSON pointer, inside the answer, of the items.
        items: String,
        /// The JSON pointer, inside the answer, of what is true where the answer leaves something out.
        partial: Option<String>,
        /// The query parameter of the page size.
        limit: Option<String>,
    },
    /// Pages are numbered from 1.
    Page {
        /// The query parameter that takes the page number.
        parameter: String,
        /// The JSON pointer, inside the answer, of the items.
        items: String,
        /// The JSON pointer, inside the answer, of the number of pages.
        total_pages: Option<String>,
        /// The JSON pointer, inside the answer, of what is true where the answer leaves something out.
        partial: Option<String>,
        /// The query parameter of the page size.
        limit: Option<String>,
    },
}
