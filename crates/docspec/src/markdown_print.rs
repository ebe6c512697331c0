//! Prints a page in the project's Markdown, so that [`crate::layout`] reads it back.
//!
//! What a reader produced comes back as it was, line numbers apart: texts on one line are single lines, prose has
//! no blank line at its ends, what restricts a list restricts its items, and the values of a string are strings.

mod schema;
mod supports;
mod text;
mod type_line;

use crate::page::{
    Component, Content, Media, Operation, Page, Pagination, Parameter, Place, RequestBody,
    Response, SecurityKind, Source,
};

use crate::layout::markdown::to_code_span;

use serde_json::Value;

use text::Lines;

/// Values that a vendor prints without separators, each list with the text that stands for it.
pub type Fused = Vec<(Vec<Value>, String)>;

/// Prints a page.
#[must_use]
pub fn print(page: &Page) -> String {
    print_fused(page, &Fused::new())
}

/// Prints a page in which lists of values that are known as fused texts are printed as those (`Fused:`).
#[must_use]
pub fn print_fused(page: &Page, fused: &Fused) -> String {
    match &page.content {
        Content::Operation(operation) => print_operation(operation, fused),
        Content::Components(components) => print_components(components, fused),
        Content::Description(document) => {
            format!("# OpenAPI definition\n\n```json\n{document:#}\n```\n")
        }
    }
}

fn print_components(components: &[Component], fused: &Fused) -> String {
    let origin = components
        .first()
        .and_then(|component| component.source.origin.clone());
    let mut lines = Lines::new(origin, fused);
    lines.line(0, "# Components");
    print_origin(&mut lines);
    for component in components {
        lines.heading(&format!("## Component {}", to_code_span(&component.name)));
        source(&mut lines, 0, &component.source);
        prose(&mut lines, component.description.as_deref());
        lines.blank();
        schema::block(&mut lines, &component.schema);
    }
    lines.finish()
}

/// The page's own source, which stands for all facts that do not name another.
fn print_origin(lines: &mut Lines<'_>) {
    if let Some(origin) = lines.origin.clone() {
        lines.blank();
        lines.line(0, &format!("> Source: {}", text::origin(Some(&origin))));
    }
}

fn source(lines: &mut Lines<'_>, indent: usize, source: &Source) {
    if source.origin != lines.origin {
        let origin = text::origin(source.origin.as_deref());
        lines.line(indent, &format!("Source: {origin}"));
    }
}

fn assumed(lines: &mut Lines<'_>, indent: usize, assumed: Option<&str>) {
    if let Some(assumed) = assumed {
        lines.line(indent, &format!("Assumed: {}", text::one_line(assumed)));
    }
}

fn prose(lines: &mut Lines<'_>, prose: Option<&str>) {
    if let Some(prose) = prose {
        lines.blank();
        lines.prose(0, prose);
    }
}

fn print_operation(operation: &Operation, fused: &Fused) -> String {
    let mut lines = Lines::new(operation.source.origin.clone(), fused);
    if let Some(summary) = &operation.summary {
        lines.line(0, &format!("# {}", text::one_line(summary)));
    }
    print_origin(&mut lines);
    lines.blank();
    let method = format!("{} {}", operation.method.as_str(), operation.path);
    lines.line(0, &to_code_span(&method));
    lines.blank();
    head(&mut lines, operation);
    prose(&mut lines, operation.description.as_deref());
    if !operation.integrations.is_empty() {
        lines.heading("## Supported integrations");
        lines.blank();
        supports::of_operation(&mut lines, &operation.integrations);
    }
    if !has_simple_servers(&lines, operation) {
        lines.heading("## Servers");
        lines.blank();
        for server in &operation.servers {
            lines.line(0, &format!("- **{}**", to_code_span(&server.url)));
            if let Some(description) = &server.description {
                lines.prose(2, description);
            }
            source(&mut lines, 2, &server.source);
        }
    }
    security(&mut lines, operation);
    parameters(&mut lines, &operation.parameters);
    if let Some(body) = &operation.request_body {
        request_body(&mut lines, body);
    }
    for answer in &operation.responses {
        response(&mut lines, answer);
    }
    for answer in &operation.responses_without_status {
        lines.heading("## Response without status");
        source(&mut lines, 0, &answer.source);
        prose(&mut lines, Some(&answer.description));
    }
    if let Some(paging) = &operation.pagination {
        lines.heading("## Pagination");
        lines.blank();
        lines.line(0, &pagination(paging));
    }
    lines.finish()
}

fn has_simple_servers(lines: &Lines<'_>, operation: &Operation) -> bool {
    operation
        .servers
        .iter()
        .all(|server| server.description.is_none() && server.source.origin == lines.origin)
}

fn head(lines: &mut Lines<'_>, operation: &Operation) {
    if let Some(id) = &operation.operation_id {
        lines.line(0, &format!("Operation: {}", to_code_span(id)));
    }
    if has_simple_servers(lines, operation) {
        for server in &operation.servers {
            lines.line(0, &format!("Server: {}", to_code_span(&server.url)));
        }
    }
    if !operation.tags.is_empty() {
        let tags: Vec<String> = operation.tags.iter().map(|tag| to_code_span(tag)).collect();
        lines.line(0, &format!("Tags: {}", tags.join(", ")));
    }
    if operation.deprecated {
        lines.line(0, "Deprecated: yes");
    }
    assumed(lines, 0, operation.assumed.as_deref());
}

fn security(lines: &mut Lines<'_>, operation: &Operation) {
    if operation.security.is_empty() {
        return;
    }
    lines.heading("## Authentication");
    lines.blank();
    for scheme in &operation.security {
        let kind = match &scheme.kind {
            SecurityKind::Bearer => "http bearer".to_owned(),
            SecurityKind::Basic => "http basic".to_owned(),
            SecurityKind::ApiKey { place, parameter } => {
                format!(
                    "api key in {} {}",
                    place_word(*place),
                    to_code_span(parameter)
                )
            }
        };
        lines.line(
            0,
            &format!("- **{}** _({kind})_", to_code_span(&scheme.name)),
        );
        if let Some(description) = &scheme.description {
            lines.prose(2, description);
        }
        source(lines, 2, &scheme.source);
    }
}

fn place_word(place: Place) -> &'static str {
    match place {
        Place::Path => "path",
        Place::Query => "query",
        Place::Header => "header",
        Place::Cookie => "cookie",
    }
}

fn parameters(lines: &mut Lines<'_>, parameters: &[Parameter]) {
    let mut place = None;
    for parameter in parameters {
        if place != Some(parameter.place) {
            place = Some(parameter.place);
            lines.heading(match parameter.place {
                Place::Path => "## Path parameters",
                Place::Query => "## Query parameters",
                Place::Header => "## Header parameters",
                Place::Cookie => "## Cookie parameters",
            });
            lines.blank();
        }
        schema::field(lines, 0, &parameter.field, parameter.encoding);
    }
}

fn request_body(lines: &mut Lines<'_>, body: &RequestBody) {
    lines.heading("## Request body");
    lines.blank();
    let mut content = body.content.iter();
    let first = content.next();
    if let Some(media) = first {
        let required = if body.required { ", required" } else { "" };
        lines.line(0, &format!("{}{required}", to_code_span(&media.media_type)));
    }
    assumed(lines, 0, body.assumed.as_deref());
    source(lines, 0, &body.source);
    if let Some(example) = first.and_then(|media| media.example.as_ref()) {
        lines.example(0, example);
    }
    prose(lines, body.description.as_deref());
    if let Some(media) = first {
        lines.blank();
        schema::block(lines, &media.schema);
    }
    for media in content {
        lines.heading("### Body");
        lines.blank();
        lines.line(0, &to_code_span(&media.media_type));
        media_body(lines, media);
    }
}

fn media_body(lines: &mut Lines<'_>, media: &Media) {
    if let Some(example) = &media.example {
        lines.example(0, example);
    }
    lines.blank();
    schema::block(lines, &media.schema);
}

fn response(lines: &mut Lines<'_>, response: &Response) {
    lines.heading(&format!("## Response {}", to_code_span(&response.status)));
    lines.blank();
    if let Some(media) = response.content.first() {
        lines.line(0, &to_code_span(&media.media_type));
    }
    assumed(lines, 0, response.assumed.as_deref());
    source(lines, 0, &response.source);
    prose(lines, response.description.as_deref());
    if !response.headers.is_empty() {
        lines.heading("### Headers");
        lines.blank();
        for header in &response.headers {
            schema::field(lines, 0, header, None);
        }
    }
    for (index, media) in response.content.iter().enumerate() {
        lines.heading("### Body");
        lines.blank();
        if index > 0 {
            lines.line(0, &to_code_span(&media.media_type));
        }
        media_body(lines, media);
    }
}

fn pagination(pagination: &Pagination) -> String {
    let (mut line, partial, limit) = match pagination {
        Pagination::Cursor {
            parameter,
            next,
            items,
            partial,
            limit,
        } => (
            format!(
                "Cursor {} from {}, items at {}",
                to_code_span(parameter),
                to_code_span(next),
                to_code_span(items)
            ),
            partial,
            limit,
        ),
        Pagination::Page {
            parameter,
            items,
            total_pages,
            partial,
            limit,
        } => {
            let mut line = format!(
                "Page {}, items at {}",
                to_code_span(parameter),
                to_code_span(items)
            );
            if let Some(pages) = total_pages {
                line.push_str(", total pages at ");
                line.push_str(&to_code_span(pages));
            }
            (line, partial, limit)
        }
    };
    if let Some(partial) = partial {
        line.push_str(", partial at ");
        line.push_str(&to_code_span(partial));
    }
    if let Some(limit) = limit {
        line.push_str(", limit ");
        line.push_str(&to_code_span(limit));
    }
    line
}
