//! A request as a generated operation fills it.

mod styled;

use crate::account::{AccountPlace, ConnectedAccount};
use crate::failure::{ErrorKind, Failure};
use crate::operation::Operation;
use crate::options::CallOptions;
use crate::query::{self, Encoding};
use crate::{base_url::BaseUrl, multipart, path};
use bytes::Bytes;
use http::{HeaderName, HeaderValue};
use serde::Serialize;
use std::fmt::{self, Display};
use std::ops::Range;

/// A request that is being filled, or was. None of its methods fails: the first problem is kept, and
/// [`Core::send`](crate::Core::send) returns it without sending anything.
#[derive(Clone)]
pub struct Request {
    pub(crate) operation: &'static Operation,
    /// The percent-encoded values of the path parameters, one after the other.
    segments: String,
    parameters: Vec<(&'static str, Range<usize>)>,
    pub(crate) query: String,
    /// The place of a link that is followed, without its query.
    link: Option<String>,
    pub(crate) headers: Vec<(HeaderName, HeaderValue)>,
    pub(crate) body: Option<Bytes>,
    pub(crate) options: CallOptions,
    problem: Option<String>,
    account: Account,
}

/// The account that the request acts for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Account {
    /// Nothing is left to say about it.
    Settled,
    /// The caller named none: the client's own is meant.
    OfClient {
        name: &'static str,
        place: AccountPlace,
        is_required: bool,
    },
    /// The one that the credential belongs to.
    OfCredential,
}

impl Request {
    /// An empty request for `operation`.
    #[must_use]
    pub fn new(operation: &'static Operation) -> Self {
        Self {
            operation,
            segments: String::new(),
            parameters: Vec::new(),
            query: String::new(),
            link: None,
            headers: Vec::new(),
            body: None,
            options: CallOptions::default(),
            problem: None,
            account: Account::Settled,
        }
    }

    /// Sets the path parameter `name`. Everything but unreserved characters is percent-encoded. Refused, since a
    /// server or proxy could take it for another path: an empty value, `.` and `..` in any encoding, `\`, control
    /// characters, and more than 8,192 bytes.
    pub fn path<T: Display + ?Sized>(&mut self, name: &'static str, value: &T) {
        let start = self.segments.len();
        match path::append_segment(&mut self.segments, value) {
            Ok(()) => self.parameters.push((name, start..self.segments.len())),
            Err(problem) => self.note(format!("path parameter `{name}` {problem}")),
        }
    }

    /// Adds the query parameter `name` in its documented encoding. Null, and an empty list or object, adds nothing.
    pub fn query<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        encoding: Encoding,
        value: &T,
    ) {
        if let Err(problem) = query::append(&mut self.query, name, encoding, value) {
            self.note(format!("query parameter `{name}`: {problem}"));
        }
    }

    /// Asks for what a link leads to that an answer gave: its query is sent in the place of the one that was set. The
    /// request goes to the client's own host, and under the path of its base URL, or it is refused.
    pub fn follow(&mut self, link: &str) {
        if !link.bytes().all(|byte| byte.is_ascii_graphic()) {
            self.note("the API gave a link with characters that no link may hold".to_owned());
        }
        let link = link.split_once('#').map_or(link, |(link, _)| link);
        let (place, query) = link.split_once('?').unwrap_or((link, ""));
        query.clone_into(&mut self.query);
        self.link = Some(place.to_owned());
    }

    /// Adds the header `name`.
    pub fn header<T: Display + ?Sized>(&mut self, name: &'static str, value: &T) {
        let text = value.to_string();
        match (
            HeaderName::from_bytes(name.as_bytes()),
            HeaderValue::try_from(text),
        ) {
            (Ok(name), Ok(mut value)) => {
                value.set_sensitive(true);
                self.headers.push((name, value));
            }
            (Err(_), _) => self.note(format!("`{name}` is no header name")),
            (_, Err(_)) => self.note(format!(
                "header `{name}` holds characters that no header may"
            )),
        }
    }

    /// Sets a JSON body.
    pub fn json<T: Serialize + ?Sized>(&mut self, value: &T) {
        match serde_json::to_vec(value) {
            Ok(text) => self.body("application/json", text),
            Err(_) => self.note("the body cannot be written as JSON".to_owned()),
        }
    }

    /// Sets a JSON body of a media type of its own, such as `application/merge-patch+json`.
    pub fn json_as<T: Serialize + ?Sized>(&mut self, media_type: &'static str, value: &T) {
        match serde_json::to_vec(value) {
            Ok(text) => self.body(media_type, text),
            Err(_) => self.note("the body cannot be written as JSON".to_owned()),
        }
    }

    /// Sets a form as the body: the fields of `value` as `name=value`, lists repeated.
    pub fn form<T: Serialize + ?Sized>(&mut self, value: &T) {
        self.form_in(Encoding::Spread, value);
    }

    /// Sets a form as the body: the fields of `value` as `name=value`, lists as `name[]=value`.
    pub fn form_with_brackets<T: Serialize + ?Sized>(&mut self, value: &T) {
        self.form_in(Encoding::SpreadBrackets, value);
    }

    fn form_in<T: Serialize + ?Sized>(&mut self, encoding: Encoding, value: &T) {
        let mut form = String::new();
        match query::append(&mut form, "", encoding, value) {
            Ok(()) => self.body("application/x-www-form-urlencoded", form),
            Err(problem) => self.note(format!("the body cannot be written as a form: {problem}")),
        }
    }

    /// Sets a `multipart/form-data` body: each field of `value` as a part, a [`FilePart`](crate::FilePart) as a file.
    pub fn multipart<T: Serialize + ?Sized>(&mut self, value: &T) {
        match multipart::body(value) {
            Ok((boundary, body)) => {
                let media_type = format!("multipart/form-data; boundary={boundary}");
                if let Ok(media_type) = HeaderValue::from_str(&media_type) {
                    self.headers.push((http::header::CONTENT_TYPE, media_type));
                    self.body = Some(body.into());
                }
            }
            Err(problem) => self.note(format!("the body cannot be written as a form: {problem}")),
        }
    }

    /// Notes that something required was not given.
    pub fn missing(&mut self, name: &'static str) {
        self.note(format!("`{name}` is required and not set"));
    }

    /// Leaves it to the client which account the request is for, and to name it as the parameter `name`. A client that
    /// has none makes the request one that cannot be sent.
    pub fn account(&mut self, name: &'static str, place: AccountPlace) {
        self.account = Account::OfClient {
            name,
            place,
            is_required: true,
        };
    }

    /// The same, but a client that has no account sends the request without one.
    pub fn optional_account(&mut self, name: &'static str, place: AccountPlace) {
        self.account = Account::OfClient {
            name,
            place,
            is_required: false,
        };
    }

    /// Whether the client has to say which account the request is for.
    pub(crate) fn needs_account(&self) -> bool {
        matches!(self.account, Account::OfClient { .. })
    }

    /// Names the client's account, where the caller named none.
    pub(crate) fn name_account(&mut self, account: Option<&ConnectedAccount>) {
        let Account::OfClient {
            name,
            place,
            is_required,
        } = self.account
        else {
            return;
        };
        self.account = Account::Settled;
        if self.link.is_some() && self.parameter(name).is_some() {
            return;
        }
        match (account, place) {
            (Some(ConnectedAccount::Named(id)), AccountPlace::Query) => {
                self.query(name, Encoding::Plain, id.expose());
            }
            (Some(ConnectedAccount::Named(id)), AccountPlace::Header) => {
                self.header(name, id.expose());
            }
            (Some(ConnectedAccount::OfCredential), _) => self.account = Account::OfCredential,
            (None, _) if is_required => self.note(format!(
                "`{name}` is required and not set, set it for the call or for the client"
            )),
            (None, _) => {}
        }
    }

    /// Whether the request is for the account that the credential belongs to.
    pub(crate) fn is_for_account_of_credential(&self) -> bool {
        self.account == Account::OfCredential
    }

    /// Notes that a parameter was given a value that its type cannot hold.
    pub fn invalid(&mut self, name: &'static str) {
        self.note(format!(
            "`{name}` was given a value that its type cannot hold"
        ));
    }

    /// Sets a body of any media type.
    pub fn body(&mut self, media_type: &'static str, bytes: impl Into<Bytes>) {
        match HeaderValue::from_str(media_type) {
            Ok(media_type) => {
                self.headers.push((http::header::CONTENT_TYPE, media_type));
                self.body = Some(bytes.into());
            }
            Err(_) => self.note("the body's media type is no header value".to_owned()),
        }
    }

    /// Sets what the caller asks of this call.
    pub fn options(&mut self, options: CallOptions) {
        self.options = options;
    }

    fn note(&mut self, problem: String) {
        self.problem.get_or_insert(problem);
    }

    /// The percent-encoded value of a query parameter that was set plainly, or the value of a header parameter.
    pub(crate) fn parameter(&self, name: &str) -> Option<&str> {
        let mut pairs = self.query.split('&');
        let in_query = pairs.find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='));
        in_query.or_else(|| {
            let named =
                |(known, _): &&(HeaderName, HeaderValue)| known.as_str().eq_ignore_ascii_case(name);
            self.headers.iter().find(named)?.1.to_str().ok()
        })
    }

    /// The value of a header parameter that was set.
    pub(crate) fn header_value(&self, name: &HeaderName) -> Option<&HeaderValue> {
        self.headers
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value)
    }

    /// The first problem, if there is one.
    pub(crate) fn check(&mut self) -> Result<(), Failure> {
        let operation = self.operation.id();
        match self.problem.take() {
            Some(problem) => Err(Failure::new(ErrorKind::InvalidRequest, operation, problem)),
            None => self.options.check(operation),
        }
    }

    /// The URL with its query.
    pub(crate) fn url(&self, base: &BaseUrl) -> Result<String, Failure> {
        let template = self.operation.path();
        let start = base.as_str();
        let mut url = String::with_capacity(
            start.len() + template.len() + self.segments.len() + self.query.len() + 2,
        );
        url.push_str(start);
        let mut rest = template;
        while let Some((literal, tail)) = rest.split_once('{') {
            url.push_str(literal);
            let (name, tail) = tail.split_once('}').unwrap_or((tail, ""));
            let range = self
                .parameters
                .iter()
                .find(|(known, _)| *known == name)
                .map(|(_, range)| range);
            let value = range.and_then(|range| self.segments.get(range.clone()));
            let Some(value) = value else {
                return Err(Failure::new(
                    ErrorKind::InvalidRequest,
                    self.operation.id(),
                    format!("path parameter `{name}` is not set"),
                ));
            };
            url.push_str(value);
            rest = tail;
        }
        url.push_str(rest);
        let mut has_query = template.contains('?');
        if let Some(link) = &self.link {
            url = base.followed(&url, link).ok_or_else(|| {
                Failure::new(
                    ErrorKind::InvalidRequest,
                    self.operation.id(),
                    "the API gave a link to another place than its own, which is not followed",
                )
            })?;
            has_query = false;
        }
        if !self.query.is_empty() {
            // Some documents fix a part of the query in the path.
            url.push(if has_query { '&' } else { '?' });
            url.push_str(&self.query);
        }
        Ok(url)
    }
}

impl fmt::Debug for Request {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Request")
            .field("operation", &self.operation.id())
            .field("body_bytes", &self.body.as_ref().map(Bytes::len))
            .finish_non_exhaustive()
    }
}
