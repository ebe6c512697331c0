//! A page as text, one fact to a line, so that a test is a comparison of texts.

use std::fmt::Write;

use docspec::diagnostic::Diagnostic;
use docspec::page::{Content, Field, Operation, Page, Schema, Shape, Source, Support};
use docspec::text::Text;

/// Compares with a golden file, or writes it when `UPDATE_GOLDEN` is set.
pub(crate) fn compare(path: &str, actual: &str) {
    let path = format!("{}/tests/fixtures/{path}", env!("CARGO_MANIFEST_DIR"));
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(&path, actual).unwrap();
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        expected == actual,
        "{path} differs; run the test with UPDATE_GOLDEN=1 and review the change\n{actual}"
    );
}

/// A fixture's text.
pub(crate) fn fixture(path: &str) -> String {
    let path = format!("{}/tests/fixtures/{path}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Diagnostics as a maintainer sees them.
pub(crate) fn diagnostics(diagnostics: &[Diagnostic], text: &Text) -> String {
    let rendered: Vec<String> = diagnostics
        .iter()
        .map(|diagnostic| diagnostic.render(text))
        .collect();
    rendered.join("\n\n")
}

/// The page with all its facts.
pub(crate) fn page(page: &Page) -> String {
    let mut out = format!("{} in {}\n", page.layout.name(), page.name);
    let Content::Operation(operation) = &page.content else {
        panic!("a page about one operation");
    };
    self::operation(&mut out, operation);
    out
}

fn operation(out: &mut String, operation: &Operation) {
    let Operation {
        source,
        method,
        path,
        assumed,
        operation_id,
        summary,
        description,
        tags,
        deprecated,
        servers,
        security,
        integrations,
        parameters,
        request_body,
        responses,
        responses_without_status,
        pagination,
    } = operation;
    line(
        out,
        0,
        source,
        &format!(
            "{} {path}{}",
            method.as_str(),
            if *deprecated { " deprecated" } else { "" }
        ),
    );
    prose(out, 1, "assumed", assumed.as_deref());
    prose(out, 1, "id", operation_id.as_deref());
    prose(out, 1, "summary", summary.as_deref());
    prose(out, 1, "description", description.as_deref());
    assert!(tags.is_empty() && responses_without_status.is_empty() && pagination.is_none());
    for server in servers {
        line(out, 1, &server.source, &format!("server {}", server.url));
    }
    for scheme in security {
        line(
            out,
            1,
            &scheme.source,
            &format!("security {} {:?}", scheme.name, scheme.kind),
        );
    }
    supports(out, 1, integrations);
    for parameter in parameters {
        let encoding = parameter
            .encoding
            .map_or(String::new(), |encoding| format!(" {encoding:?}"));
        let place = format!("{:?}{encoding} ", parameter.place).to_lowercase();
        field(out, 1, &place, &parameter.field);
    }
    if let Some(body) = request_body {
        let required = if body.required {
            "required"
        } else {
            "optional"
        };
        line(out, 0, &body.source, &format!("request {required}"));
        prose(out, 1, "assumed", body.assumed.as_deref());
        prose(out, 1, "description", body.description.as_deref());
        for media in &body.content {
            let _ = writeln!(out, "      | {}", media.media_type);
            fields(out, 1, &media.schema);
        }
    }
    for response in responses {
        line(
            out,
            0,
            &response.source,
            &format!("response {}", response.status),
        );
        prose(out, 1, "assumed", response.assumed.as_deref());
        prose(out, 1, "description", response.description.as_deref());
        for media in &response.content {
            let _ = writeln!(out, "      | {}", media.media_type);
            fields(out, 1, &media.schema);
        }
    }
}

fn line(out: &mut String, depth: usize, source: &Source, text: &str) {
    let _ = writeln!(out, "{:>4}  {}{text}", source.line, "  ".repeat(depth));
}

fn prose(out: &mut String, depth: usize, what: &str, text: Option<&str>) {
    let Some(text) = text else { return };
    for text in format!("{what}: {text}").lines() {
        let _ = writeln!(out, "      {}| {text}", "  ".repeat(depth - 1));
    }
}

fn supports(out: &mut String, depth: usize, supports: &[Support]) {
    for support in supports {
        let mut text = format!("{} {}", support.level.as_str(), support.integration);
        if !support.values.is_empty() {
            let _ = write!(
                text,
                " {}",
                serde_json::Value::Array(support.values.clone())
            );
        }
        line(out, depth, &support.source, &text);
        for note in &support.notes {
            prose(out, depth + 1, "note", Some(note));
        }
    }
}

fn field(out: &mut String, depth: usize, prefix: &str, field: &Field) {
    let mut text = format!("{prefix}{}: {}", field.name, notation(&field.schema));
    if field.required {
        text.push_str(", required");
    }
    line(out, depth, &field.source, &text);
    if let Some(default) = &field.schema.default {
        prose(out, depth + 1, "default", Some(&default.to_string()));
    }
    values(out, depth + 1, &field.schema);
    if let Some(example) = &field.example {
        prose(out, depth + 1, "example", Some(&example.to_string()));
    }
    prose(out, depth + 1, "description", field.description.as_deref());
    prose(out, depth + 1, "assumed", field.assumed.as_deref());
    supports(out, depth + 1, &field.integrations);
    fields(out, depth + 1, &field.schema);
}

fn values(out: &mut String, depth: usize, schema: &Schema) {
    if let Some(allowed) = &schema.allowed {
        let open = if allowed.open { " and others" } else { "" };
        line(
            out,
            depth,
            &allowed.source,
            &format!("{}{open}", serde_json::Value::Array(allowed.values.clone())),
        );
    }
    if let Shape::Array(items) = &schema.shape {
        values(out, depth, items);
    }
}

fn fields(out: &mut String, depth: usize, schema: &Schema) {
    match &schema.shape {
        Shape::Object(fields) => {
            for inner in fields {
                field(out, depth, "", inner);
            }
        }
        Shape::Array(items) => fields(out, depth, items),
        _ => {}
    }
}

fn notation(schema: &Schema) -> String {
    let mut text = match &schema.shape {
        Shape::Any => "any".to_owned(),
        Shape::Hidden => "hidden".to_owned(),
        Shape::String => "string".to_owned(),
        Shape::Integer => "integer".to_owned(),
        Shape::Number => "number".to_owned(),
        Shape::Boolean => "boolean".to_owned(),
        Shape::Binary => "binary".to_owned(),
        Shape::Object(_) => "object".to_owned(),
        Shape::Array(items) => format!("array<{}>", notation(items)),
        Shape::Map(values) => format!("map<{}>", notation(values)),
        Shape::Component(name) => name.clone(),
        Shape::OneOf(alternatives) => alternatives
            .iter()
            .map(notation)
            .collect::<Vec<_>>()
            .join(" | "),
    };
    if let Some(format) = &schema.format {
        let _ = write!(text, "<{format}>");
    }
    if schema.nullable {
        text.push_str(" | null");
    }
    text
}
