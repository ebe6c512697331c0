//! The sections of an operation's page.

use std::collections::HashSet;

use serde_json::Value;

use crate::page::{
    Field, Level, Media, Operation, Pagination, Parameter, Place, RequestBody, Response,
    ResponseWithoutStatus, Schema, SecurityKind, SecurityScheme, Server, Shape, Source,
};

use super::attribute::{self, Key};
use super::cursor::{Cursor, is_field_line, origin};
use super::inline::{code_span, names};
use super::member::{self, Kind, Said, attributes};
use super::problem::{Line, Problem};
use super::restriction;
use super::support::Supports;

/// The sections that a page may have, for messages.
pub(super) const SECTIONS: &str = "one of Supported integrations, Servers, Authentication, Path parameters, Query parameters, Header parameters, Cookie parameters, Request body, Response `STATUS`, Response body, Response without status, Pagination and Code examples";

/// The media type of a body whose section names none.
const JSON: &str = "application/json";

const NO_MEDIA_TYPE: &str = "the page names no media type";
const NO_STATUS: &str = "the page gives no status";

/// A section, by its heading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Section<'a> {
    Integrations,
    Servers,
    Authentication,
    Parameters(Place),
    RequestBody,
    Response(&'a str),
    ResponseBody,
    ResponseWithoutStatus,
    Pagination,
    Samples,
}

impl<'a> Section<'a> {
    /// The section that a heading of the second level starts.
    pub(super) fn of(title: &'a str) -> Option<Self> {
        if let Some(status) = title.strip_prefix("Response ")
            && let Some((status, "")) = code_span(status.trim_start())
        {
            return Some(Self::Response(status));
        }
        Some(match title.to_ascii_lowercase().as_str() {
            "supported integrations" => Self::Integrations,
            "servers" => Self::Servers,
            "authentication" => Self::Authentication,
            "path parameters" => Self::Parameters(Place::Path),
            "query parameters" => Self::Parameters(Place::Query),
            "header parameters" => Self::Parameters(Place::Header),
            "cookie parameters" => Self::Parameters(Place::Cookie),
            "request body" => Self::RequestBody,
            "response body" => Self::ResponseBody,
            "response without status" => Self::ResponseWithoutStatus,
            "pagination" => Self::Pagination,
            "code examples" | "code samples" => Self::Samples,
            _ => return None,
        })
    }

    /// Whether the section may stand more than once.
    pub(super) fn repeats(self) -> bool {
        matches!(
            self,
            Self::Parameters(_) | Self::ResponseWithoutStatus | Self::Response(_)
        )
    }
}

/// Reads a section into the operation. `heading` is its heading, which the cursor has passed.
pub(super) fn read<'a>(
    cursor: &mut Cursor<'a, '_>,
    heading: Line<'a>,
    section: Section<'a>,
    operation: &mut Operation,
) {
    match section {
        Section::Integrations => integrations(cursor, operation),
        Section::Servers => servers(cursor, operation),
        Section::Authentication => authentication(cursor, operation),
        Section::Parameters(place) => parameters(cursor, place, operation),
        Section::RequestBody => request_body(cursor, heading, operation),
        Section::Response(status) => {
            response(cursor, heading, Some(status), operation);
        }
        Section::ResponseBody => response(cursor, heading, None, operation),
        Section::ResponseWithoutStatus => response_without_status(cursor, heading, operation),
        Section::Pagination => pagination(cursor, heading, operation),
        Section::Samples => samples(cursor),
    }
}

fn integrations(cursor: &mut Cursor<'_, '_>, operation: &mut Operation) {
    let mut supports = Supports::default();
    let mut notes = Vec::new();
    while let Some(line) = cursor.peek_in_section() {
        if attribute::attribute(line.text, attribute::INTEGRATIONS).is_some() || line.indent > 0 {
            break;
        }
        cursor.advance();
        let listed = match names(line.text.trim_end_matches(',')) {
            Ok(listed) => listed,
            Err(problem) => {
                cursor.report(line, problem);
                continue;
            }
        };
        let said = Said {
            line,
            key: Key::SupportedBy,
            words: line.text,
            value: line.text,
            block: None,
        };
        for listed in listed {
            let (name, note) = match listed.strip_suffix(')').and_then(|it| it.split_once(" (")) {
                Some((name, note)) if !is_quoted(line.text, listed) => (name, Some(note)),
                _ => (listed, None),
            };
            let source = cursor.source(line.number);
            supports.add(cursor, &said, name, Level::Supported, source);
            notes.extend(note.map(|note| (name, note)));
        }
    }
    let said = attributes(cursor, 0, attribute::INTEGRATIONS);
    for said in &said {
        let level = match said.key {
            Key::RequiredBy => Level::Required,
            Key::SupportedBy => Level::Supported,
            _ => continue,
        };
        match names(said.value) {
            Ok(names) => {
                for name in names {
                    let source = cursor.source(said.line.number);
                    supports.add(cursor, said, name, level, source);
                }
            }
            Err(problem) => cursor.report(said.line, problem),
        }
    }
    for (name, note) in notes {
        supports.note(name, note);
    }
    supports.details(cursor, &said, &Schema::new(Shape::Any));
    operation.integrations = supports.list;
    cursor.reject_rest_of_section("names separated by commas");
}

/// Whether a name stands in backticks, so that all of it is the name.
fn is_quoted(line: &str, name: &str) -> bool {
    let start = name.as_ptr() as usize - line.as_ptr() as usize;
    line[..start].trim_end().ends_with('`')
}

fn servers(cursor: &mut Cursor<'_, '_>, operation: &mut Operation) {
    while let Some(line) = cursor.peek_in_section() {
        let url = line
            .text
            .strip_prefix("- **")
            .and_then(code_span)
            .filter(|(_, rest)| *rest == "**" && line.indent == 0);
        cursor.advance();
        let Some((url, _)) = url else {
            cursor.unexpected(line, "a server: - **`https://…`**");
            continue;
        };
        let description = cursor.prose(2, attribute::SOURCE, |_| false);
        let said = attributes(cursor, 2, attribute::SOURCE);
        let source = source_of(cursor, line.number, &said);
        add_server(cursor, line, url, description, source, operation);
    }
}

/// Adds a server, whose URL must be absolute or a path.
pub(super) fn add_server<'a>(
    cursor: &mut Cursor<'a, '_>,
    line: Line<'a>,
    url: &'a str,
    description: Option<String>,
    source: Source,
    operation: &mut Operation,
) {
    let absolute = ["https://", "http://"].iter().any(|scheme| {
        url.strip_prefix(scheme)
            .is_some_and(|rest| !rest.is_empty() && !rest.starts_with('/'))
    });
    if !(absolute || url.starts_with('/')) || url.contains(char::is_whitespace) {
        cursor.report(
            line,
            Problem::new(
                "server-url",
                url,
                "a server that is no URL",
                "an http or https URL, or a path that starts with `/`",
                "write the server's URL without the operation's path",
            ),
        );
        return;
    }
    if operation.servers.iter().any(|server| server.url == url) {
        cursor.report(
            line,
            Problem::new(
                "duplicate-server",
                url,
                "the same server a second time",
                "each server once",
                "remove one of them",
            ),
        );
        return;
    }
    operation.servers.push(Server {
        url: url.to_owned(),
        description,
        source,
    });
}

fn authentication(cursor: &mut Cursor<'_, '_>, operation: &mut Operation) {
    while let Some(line) = cursor.peek_in_section() {
        cursor.advance();
        if line.indent > 0 || !is_field_line(line.text) {
            cursor.unexpected(line, "a scheme: - **`bearerAuth`** _(http bearer)_");
            continue;
        }
        let scheme = match member::head(line.text) {
            Ok(head) => {
                let scheme = head.name.ok().zip(security_kind(head.inside));
                if scheme.is_none() {
                    cursor.report(line, unknown_scheme(head.inside));
                }
                scheme
            }
            Err(problem) => {
                cursor.report(line, problem);
                None
            }
        };
        let description = cursor.prose(2, attribute::SOURCE, |_| false);
        let said = attributes(cursor, 2, attribute::SOURCE);
        let source = source_of(cursor, line.number, &said);
        let Some((name, kind)) = scheme else {
            continue;
        };
        if operation.security.iter().any(|scheme| scheme.name == name) {
            cursor.report(
                line,
                Problem::new(
                    "duplicate-security-scheme",
                    name,
                    format!("a second scheme `{name}`"),
                    "each scheme once",
                    "remove one of the two, or rename it",
                ),
            );
            continue;
        }
        operation.security.push(SecurityScheme {
            name: name.to_owned(),
            kind,
            description,
            source,
        });
    }
}

fn unknown_scheme(part: &str) -> Problem<'_> {
    Problem::new(
        "security-scheme",
        part,
        "a way to authenticate that is not known",
        "http bearer, http basic, or api key in header `NAME` (or query, or cookie)",
        "write what the caller sends in one of these forms",
    )
}

fn security_kind(inside: &str) -> Option<SecurityKind> {
    match inside {
        "http bearer" => return Some(SecurityKind::Bearer),
        "http basic" => return Some(SecurityKind::Basic),
        _ => {}
    }
    let (place, rest) = inside.strip_prefix("api key in ")?.split_once(' ')?;
    let place = match place {
        "header" => Place::Header,
        "query" => Place::Query,
        "cookie" => Place::Cookie,
        _ => return None,
    };
    let (parameter, rest) = code_span(rest)?;
    (rest.is_empty() && !parameter.trim().is_empty()).then(|| SecurityKind::ApiKey {
        place,
        parameter: parameter.to_owned(),
    })
}

fn source_of(cursor: &Cursor<'_, '_>, line: usize, said: &[Said<'_>]) -> Source {
    Source {
        line,
        origin: said
            .iter()
            .find(|said| said.key == Key::Source)
            .map_or_else(|| cursor.origin.clone(), |said| origin(said.value)),
    }
}

fn parameters(cursor: &mut Cursor<'_, '_>, place: Place, operation: &mut Operation) {
    let mut known: HashSet<String> = operation
        .parameters
        .iter()
        .filter(|parameter| parameter.place == place)
        .map(|parameter| parameter.field.name.clone())
        .collect();
    for (field, encoding) in member::list(cursor, Kind::Parameter(place)) {
        if !known.insert(field.name.clone()) {
            cursor.errors.push(crate::diagnostic::Diagnostic {
                rule: "duplicate-field",
                page: cursor.context.page.to_owned(),
                span: Some(crate::diagnostic::Span {
                    line: field.source.line,
                    start: 0,
                    end: usize::MAX,
                }),
                found: format!("a second `{}`", field.name),
                expected: "each parameter once in its place".to_owned(),
                fix: "remove one of the two, or correct its name".to_owned(),
            });
            continue;
        }
        operation.parameters.push(Parameter {
            place,
            encoding,
            field,
        });
    }
}

/// What stands under the heading of a request body, a response, or a body of either.
struct Head<'a> {
    media: Option<(Line<'a>, &'a str)>,
    required: Option<bool>,
    said: Vec<Said<'a>>,
    prose: Option<String>,
}

/// A media type in backticks, with `required` or `optional` after it.
pub(super) fn media_line(text: &str) -> Option<(&str, Option<bool>)> {
    let (media, rest) = code_span(text)?;
    let (kind, subtype) = media.split_once('/')?;
    if kind.is_empty() || subtype.is_empty() || media.contains(char::is_whitespace) {
        return None;
    }
    let required = match rest {
        "" => None,
        ", required" => Some(true),
        ", optional" => Some(false),
        _ => return None,
    };
    Some((media, required))
}

fn head<'a>(cursor: &mut Cursor<'a, '_>, keys: &[Key]) -> Head<'a> {
    let mut media = None;
    let mut required = None;
    let mut said = attributes(cursor, 0, keys);
    if let Some(line) = cursor.peek_in_section()
        && !line.fenced
        && let Some((media_type, needed)) = media_line(line.text)
    {
        cursor.advance();
        media = Some((line, media_type));
        required = needed;
        for more in attributes(cursor, 0, keys) {
            if said.iter().any(|said| said.key == more.key) {
                cursor.report(
                    more.line,
                    Problem::new(
                        "repeated-attribute",
                        more.words,
                        format!("a second `{}:`", more.key.words()),
                        "one line of the kind",
                        "join the two lines, or remove one of them",
                    ),
                );
            }
            said.push(more);
        }
    }
    reject_continuation(cursor, &said);
    let prose = cursor.prose(0, keys, |line| media_line(line.text).is_some());
    Head {
        media,
        required,
        said,
        prose,
    }
}

/// Attributes and prose of a head are kept apart by an empty line, so that a broken line is not taken for prose.
pub(super) fn reject_continuation(cursor: &mut Cursor<'_, '_>, said: &[Said<'_>]) {
    let Some(last) = said.last() else {
        return;
    };
    if let Some(line) = cursor.lines().get(last.line.number).copied()
        && cursor.peek_in_section().map(|next| next.number) == Some(line.number)
        && !line.fenced
        && !is_field_line(line.text)
        && !line.text.starts_with("_(")
        && media_line(line.text).is_none()
    {
        cursor.report(
            line,
            Problem::new(
                "continuation",
                line.text,
                "a line that goes on right after an attribute line",
                "each attribute on one line, and an empty line before prose",
                "join it to the line above, or put an empty line between them",
            ),
        );
    }
}

impl Head<'_> {
    fn assumed(&self) -> Option<String> {
        self.said
            .iter()
            .find(|said| said.key == Key::Assumed)
            .map(|said| said.value.to_owned())
    }
}

/// The bodies of a request or a response, and the headers of a response.
struct Bodies<'a> {
    head: Head<'a>,
    headers: Vec<Field>,
    content: Vec<Media>,
    /// Whether a body stands without a media type.
    unnamed: bool,
}

fn bodies<'a>(cursor: &mut Cursor<'a, '_>, heading: Line<'a>, has_headers: bool) -> Bodies<'a> {
    let head = head(cursor, attribute::HEAD);
    let mut bodies = Bodies {
        headers: Vec::new(),
        content: Vec::new(),
        unnamed: false,
        head,
    };
    let schema = member::block(cursor);
    cursor
        .reject_rest_of_section("a field, a type line, ### Headers, ### Body or the next section");
    let example = bodies
        .head
        .said
        .iter()
        .find(|said| said.key == Key::Example)
        .cloned();
    let mut waiting = bodies.head.media;
    if let Some(schema) = schema {
        let media = waiting.take();
        bodies.add(cursor, heading, media, schema, example.as_ref());
    } else if let Some(example) = &example {
        cursor.report(
            example.line,
            Problem::new(
                "misplaced-attribute",
                example.words,
                "an example of a body that is not described here",
                "the example right above the type of its body",
                "move the line under `### Body`, or describe the body here",
            ),
        );
    }
    let mut headers_seen = false;
    while let Some(line) = cursor.peek() {
        match line.heading() {
            Some((3, "Headers")) if has_headers && !headers_seen => {
                headers_seen = true;
                cursor.advance();
                bodies.headers = headers(cursor);
            }
            Some((3, "Body")) => {
                cursor.advance();
                let head = self::head(cursor, attribute::BODY);
                if head.prose.is_some() || head.required.is_some() {
                    cursor.report(
                        line,
                        Problem::new(
                            "unexpected-line",
                            line.text,
                            "prose, or `required`, under `### Body`",
                            "a media type, an example, and a type or a field list",
                            "move it under the section's own heading",
                        ),
                    );
                }
                let schema = member::block(cursor);
                cursor.reject_rest_of_section("a field, a type line or the next heading");
                let media = head.media.or_else(|| waiting.take());
                let example = head.said.iter().find(|said| said.key == Key::Example);
                match schema {
                    Some(schema) => bodies.add(cursor, line, media, schema, example),
                    None => missing_type(cursor, line),
                }
            }
            Some((1 | 2, _)) | None => break,
            Some((_, title)) => {
                let expected = if has_headers {
                    "### Headers once, ### Body"
                } else {
                    "### Body"
                };
                cursor.report(
                    line,
                    Problem::new(
                        "unknown-heading",
                        title,
                        format!("the heading `{title}`"),
                        expected,
                        "correct the heading",
                    ),
                );
                cursor.advance();
                while cursor.peek_in_section().is_some() {
                    cursor.advance();
                }
            }
        }
    }
    if let Some((line, _)) = waiting {
        missing_type(cursor, line);
    }
    bodies
}

fn missing_type(cursor: &mut Cursor<'_, '_>, line: Line<'_>) {
    cursor.report(
        line,
        Problem::new(
            "missing-type",
            line.text,
            "a body without a type",
            "a field list, or a type line such as _(any)_",
            "list the body's fields, or write _(any)_ when they are not documented",
        ),
    );
}

impl<'a> Bodies<'a> {
    fn add(
        &mut self,
        cursor: &mut Cursor<'a, '_>,
        line: Line<'a>,
        media: Option<(Line<'a>, &'a str)>,
        schema: Schema,
        example: Option<&Said<'a>>,
    ) {
        self.unnamed |= media.is_none();
        let media_type = media.map_or(JSON, |(_, media_type)| media_type);
        if self
            .content
            .iter()
            .any(|media| media.media_type == media_type)
        {
            let (line, part) = media.unwrap_or((line, line.text));
            cursor.report(
                line,
                Problem::new(
                    "duplicate-media-type",
                    part,
                    format!("a second body of the media type {media_type}"),
                    "each media type once",
                    "write the media type of each body in backticks on a line of its own",
                ),
            );
            return;
        }
        let example: Option<Value> =
            example.and_then(|said| restriction::example(cursor, said, &schema));
        self.content.push(Media {
            media_type: media_type.to_owned(),
            schema,
            example,
        });
    }
}

fn headers(cursor: &mut Cursor<'_, '_>) -> Vec<Field> {
    let mut names = HashSet::new();
    let mut headers = Vec::new();
    for (field, _) in member::list(cursor, Kind::Field) {
        if names.insert(field.name.to_ascii_lowercase()) {
            headers.push(field);
        }
    }
    headers
}

fn request_body<'a>(cursor: &mut Cursor<'a, '_>, heading: Line<'a>, operation: &mut Operation) {
    let bodies = bodies(cursor, heading, false);
    if bodies.content.is_empty() {
        missing_type(cursor, heading);
        return;
    }
    let source = source_of(cursor, heading.number, &bodies.head.said);
    let assumed = bodies
        .head
        .assumed()
        .or_else(|| bodies.unnamed.then(|| NO_MEDIA_TYPE.to_owned()));
    let needs_fields = bodies.content.iter().any(|media| {
        matches!(&media.schema.shape, Shape::Object(fields) if fields.iter().any(|field| field.required))
    });
    operation.request_body = Some(RequestBody {
        required: bodies
            .head
            .required
            .unwrap_or(bodies.unnamed && needs_fields),
        description: bodies.head.prose,
        content: bodies.content,
        assumed,
        source,
    });
}

fn response<'a>(
    cursor: &mut Cursor<'a, '_>,
    heading: Line<'a>,
    status: Option<&'a str>,
    operation: &mut Operation,
) {
    let bodies = bodies(cursor, heading, true);
    let source = source_of(cursor, heading.number, &bodies.head.said);
    if let Some(required) = bodies.head.required
        && let Some((line, _)) = bodies.head.media
    {
        let word = if required { "required" } else { "optional" };
        cursor.report(
            line,
            Problem::new(
                "misplaced-word",
                line.text,
                format!("`{word}` on a response"),
                "the media type alone",
                format!("remove `, {word}`"),
            ),
        );
    }
    if let Some(status) = status
        && !is_status(status)
    {
        cursor.report(
            heading,
            Problem::new(
                "status",
                status,
                format!("`{status}`, which is no status"),
                "a status such as `200`, a range such as `4XX`, or `default`",
                "correct the status",
            ),
        );
        return;
    }
    let status_text = status.unwrap_or("200");
    if operation
        .responses
        .iter()
        .any(|response| response.status == status_text)
    {
        cursor.report(
            heading,
            Problem::new(
                "duplicate-response",
                heading.text,
                format!("a second response `{status_text}`"),
                "each status once",
                "join the two sections, or correct the status",
            ),
        );
        return;
    }
    let unstated = match (status, bodies.unnamed) {
        (None, true) => Some(format!("{NO_STATUS} and names no media type")),
        (None, false) => Some(NO_STATUS.to_owned()),
        (Some(_), true) => Some(NO_MEDIA_TYPE.to_owned()),
        (Some(_), false) => None,
    };
    operation.responses.push(Response {
        status: status_text.to_owned(),
        assumed: bodies.head.assumed().or(unstated),
        description: bodies.head.prose,
        headers: bodies.headers,
        content: bodies.content,
        source,
    });
}

/// Whether this is a status as OpenAPI writes it.
pub(super) fn is_status(text: &str) -> bool {
    let bytes = text.as_bytes();
    text == "default"
        || matches!(bytes, [b'1'..=b'5', b'X', b'X'])
        || matches!(bytes, [b'1'..=b'5', tens, ones] if tens.is_ascii_digit() && ones.is_ascii_digit())
}

fn response_without_status<'a>(
    cursor: &mut Cursor<'a, '_>,
    heading: Line<'a>,
    operation: &mut Operation,
) {
    let said = attributes(cursor, 0, attribute::SOURCE);
    reject_continuation(cursor, &said);
    let source = source_of(cursor, heading.number, &said);
    match cursor.prose(0, attribute::SOURCE, |_| false) {
        Some(description) => operation
            .responses_without_status
            .push(ResponseWithoutStatus {
                description,
                source,
            }),
        None => cursor.report(
            heading,
            Problem::new(
                "empty-section",
                heading.text,
                "a response without status and without a word about it",
                "what the page shows of it",
                "write what the page shows, or remove the section",
            ),
        ),
    }
    cursor.reject_rest_of_section("prose");
}

/// Passes the samples, which are compared with the operation once all of it is read.
fn samples(cursor: &mut Cursor<'_, '_>) {
    while let Some(line) = cursor.peek() {
        match line.heading() {
            Some((1 | 2, _)) => break,
            None if !line.fenced => {
                cursor.unexpected(
                    line,
                    "code in fenced blocks, each under a heading of the third level",
                );
            }
            _ => {}
        }
        cursor.advance();
    }
}

fn pagination<'a>(cursor: &mut Cursor<'a, '_>, heading: Line<'a>, operation: &mut Operation) {
    let line = cursor.peek_in_section();
    let Some(line) = line else {
        cursor.report(heading, pagination_problem(heading.text));
        return;
    };
    cursor.advance();
    match pagination_line(line.text) {
        Some(pagination) => operation.pagination = Some(pagination),
        None => cursor.report(line, pagination_problem(line.text)),
    }
    cursor.reject_rest_of_section("the next section");
}

fn pagination_problem(part: &str) -> Problem<'_> {
    Problem::new(
        "pagination",
        part,
        "no way of paging that is known",
        "Cursor `parameter` from `/pointer`, items at `/pointer`, limit `parameter` or Page `parameter`, items at `/pointer`, total pages at `/pointer`, limit `parameter`; the limit and the total pages may be left out",
        "write the line in one of these forms",
    )
}

fn pagination_line(text: &str) -> Option<Pagination> {
    let pointer = |text: &str| text.is_empty() || text.starts_with('/');
    let (cursor, rest) = match text.strip_prefix("Cursor ") {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix("Page ")?),
    };
    let (parameter, rest) = code_span(rest)?;
    let (next, rest) = match rest.strip_prefix(" from ") {
        Some(rest) if cursor => {
            let (next, rest) = code_span(rest)?;
            (Some(next), rest)
        }
        _ if cursor => return None,
        _ => (None, rest),
    };
    let (items, mut rest) = code_span(rest.strip_prefix(", items at ")?)?;
    let mut total_pages = None;
    if !cursor && let Some(after) = rest.strip_prefix(", total pages at ") {
        let (pages, after) = code_span(after)?;
        total_pages = Some(pages);
        rest = after;
    }
    let mut limit = None;
    if let Some(after) = rest.strip_prefix(", limit ") {
        let (name, after) = code_span(after)?;
        limit = Some(name.to_owned());
        rest = after;
    }
    if !rest.is_empty()
        || !pointer(items)
        || ![next, total_pages].into_iter().flatten().all(pointer)
    {
        return None;
    }
    let (parameter, items) = (parameter.to_owned(), items.to_owned());
    Some(match next {
        Some(next) => Pagination::Cursor {
            parameter,
            next: next.to_owned(),
            items,
            limit,
        },
        None => Pagination::Page {
            parameter,
            items,
            total_pages: total_pages.map(str::to_owned),
            limit,
        },
    })
}
