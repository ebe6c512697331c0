//! A change between two documents.

use serde::Serialize;
use serde_json::Value;

use crate::aspect::Aspect;
use crate::level::{RustLevel, WireLevel};

/// What a change happened to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// The document as a whole.
    Api,
    /// An operation.
    Operation,
    /// A parameter of a path.
    PathParameter,
    /// A parameter of a query.
    QueryParameter,
    /// A parameter in a header.
    HeaderParameter,
    /// A parameter in a cookie.
    CookieParameter,
    /// The body of a request.
    RequestBody,
    /// An answer.
    Response,
    /// The body of an answer.
    ResponseBody,
    /// A header of an answer.
    ResponseHeader,
    /// A component schema.
    Schema,
    /// A field of an object.
    Property,
}

impl Subject {
    /// Every subject.
    pub const ALL: [Self; 12] = [
        Self::Api,
        Self::Operation,
        Self::PathParameter,
        Self::QueryParameter,
        Self::HeaderParameter,
        Self::CookieParameter,
        Self::RequestBody,
        Self::Response,
        Self::ResponseBody,
        Self::ResponseHeader,
        Self::Schema,
        Self::Property,
    ];

    /// Whether it is a parameter.
    #[must_use]
    pub fn is_parameter(self) -> bool {
        matches!(
            self,
            Self::PathParameter
                | Self::QueryParameter
                | Self::HeaderParameter
                | Self::CookieParameter
        )
    }

    /// Whether the rule's name says which way it goes.
    fn goes(self) -> bool {
        matches!(self, Self::Schema | Self::Property)
    }

    fn name(self) -> &'static str {
        match self {
            Self::Api => "api",
            Self::Operation => "operation",
            Self::PathParameter => "path-parameter",
            Self::QueryParameter => "query-parameter",
            Self::HeaderParameter => "header-parameter",
            Self::CookieParameter => "cookie-parameter",
            Self::RequestBody => "request-body",
            Self::Response => "response",
            Self::ResponseBody => "response-body",
            Self::ResponseHeader => "response-header",
            Self::Schema => "schema",
            Self::Property => "property",
        }
    }
}

/// Which ways something goes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Directions {
    /// Whether it is sent.
    pub request: bool,
    /// Whether it is answered.
    pub response: bool,
}

impl Directions {
    /// What is sent.
    pub const REQUEST: Self = Self {
        request: true,
        response: false,
    };
    /// What is answered.
    pub const RESPONSE: Self = Self {
        request: false,
        response: true,
    };

    pub(crate) fn and(self, other: Self) -> Self {
        Self {
            request: self.request || other.request,
            response: self.response || other.response,
        }
    }

    fn name(self) -> &'static str {
        match (self.request, self.response) {
            (true, true) => "shared",
            (true, false) => "request",
            (false, true) => "response",
            (false, false) => "unused",
        }
    }
}

/// A kind of change, with what it happened to: the rule that reports it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rule {
    /// What changed.
    pub aspect: Aspect,
    /// What it happened to.
    pub subject: Subject,
    /// Which ways that goes.
    pub directions: Directions,
}

impl Rule {
    /// The rule's name, such as `request-property-became-required`.
    #[must_use]
    pub fn id(self) -> String {
        let subject = self.subject.name();
        let aspect = self.aspect.id();
        if self.subject.goes() {
            let noun = if aspect.contains("property") {
                String::new()
            } else {
                format!("{subject}-")
            };
            format!("{}-{noun}{aspect}", self.directions.name())
        } else {
            format!("{subject}-{aspect}")
        }
    }

    /// The rule that reports the same change seen the other way round.
    #[must_use]
    pub fn mirror(self) -> Self {
        Self {
            aspect: self.aspect.mirror(),
            ..self
        }
    }

    /// What the change means on the wire.
    #[must_use]
    pub fn wire(self) -> WireLevel {
        // A caller that leaves a parameter out gets the default, so another one changes what a call does.
        let default = [
            Aspect::DefaultStated,
            Aspect::DefaultDropped,
            Aspect::DefaultChanged,
        ];
        if self.subject.is_parameter() && default.contains(&self.aspect) {
            return WireLevel::Breaking;
        }
        let mut level = WireLevel::Info;
        if self.directions.request {
            level = level.max(self.aspect.in_request());
        }
        if self.directions.response {
            level = level.max(self.aspect.in_response());
        }
        level
    }
}

/// Where a fact was read: `x-source` of the document.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Source {
    /// The page, a path from the folder of the document.
    pub page: String,
    /// The line, counted from 1.
    pub line: u64,
}

/// A change.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// The rule that reports it.
    pub rule: Rule,
    /// The JSON pointer in the old document; none for what was added.
    pub old: Option<String>,
    /// The JSON pointer in the new document; none for what was removed.
    pub new: Option<String>,
    /// What a reader calls the place, outermost first: `Contact`, `phone_numbers`, `items`, `type`.
    pub trail: Vec<String>,
    /// What it is about, where the place does not tell: an integration, a keyword, a status.
    pub about: Option<String>,
    /// What stood there.
    pub before: Option<Value>,
    /// What stands there now.
    pub after: Option<Value>,
    /// Where the documents' source of it is, as the new one says, or the old one of what was removed.
    pub source: Option<Source>,
    /// The operations that reach it, in the order of the documents.
    pub operations: Vec<String>,
    /// What it means on the wire.
    pub wire: WireLevel,
    /// What it means for Rust callers of the generated crate.
    pub rust: RustLevel,
}
