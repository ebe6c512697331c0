//! Markdown: the layout of the project's own pages, a superset of the form that Truto publishes.
//!
//! `specs/README.md` describes the grammar; [`crate::markdown_print`] writes it.

mod allowed;
mod attribute;
mod bounds;
mod children;
mod components;
mod cursor;
mod encoding;
mod field_line;
mod inline;
mod member;
mod operation;
mod problem;
mod prose;
mod restriction;
mod said;
mod samples;
mod section;
mod support;
mod type_line;
mod values;

pub(crate) use attribute::looks_like_one as looks_like_an_attribute;
pub(crate) use inline::to_code_span;
pub(crate) use prose::escape;
pub(crate) use type_line::FORMATS;

use crate::diagnostic::Diagnostic;
use crate::layout::{Context, Layout};
use crate::page::{Content, Page};
use crate::text::Text;

use attribute::Key;
use cursor::Cursor;
use problem::{Line, Problem};

/// The signs that [`anchors`] counts.
pub(super) const SIGNS: &str = "a `> Source:` line, a method and path in backticks, a field line with its type, a section's heading";

/// How many independent signs of the layout the page shows.
pub(super) fn anchors(text: &Text) -> usize {
    let mut unclosed = Vec::new();
    let lines = problem::lines(text, "", &mut unclosed);
    let shows = |sign: fn(Line<'_>) -> bool| {
        usize::from(lines.iter().any(|line| !line.fenced && sign(*line)))
    };
    shows(|line| line.text.starts_with("> Source: "))
        + shows(|line| operation::method_line(line.text).is_some())
        + shows(|line| {
            cursor::is_field_line(line.text)
                && field_line::head(line.text).is_ok_and(|head| head.name.is_ok())
        })
        + shows(|line| {
            line.heading().is_some_and(|(level, title)| {
                level == 2
                    && (section::Section::of(title).is_some() || title.starts_with("Component `"))
            })
        })
}

/// Reads a page.
pub(super) fn read(text: &Text, context: Context<'_>) -> Result<Page, Vec<Diagnostic>> {
    let mut errors = Vec::new();
    let lines = problem::lines(text, context.page, &mut errors);
    if !errors.is_empty() {
        return Err(errors);
    }
    let mut cursor = Cursor::new(&lines, text, context, errors);
    match content(&mut cursor) {
        Some(read) if cursor.errors.is_empty() => Ok(Page {
            layout: Layout::Markdown,
            name: context.page.to_owned(),
            content: read,
        }),
        _ => Err(cursor.errors),
    }
}

fn content(cursor: &mut Cursor<'_, '_>) -> Option<Content> {
    let title = cursor
        .peek()
        .and_then(|line| Some((line, line.heading()?)))
        .filter(|(_, (level, _))| *level == 1);
    if title.is_some() {
        cursor.advance();
    }
    if let Some(line) = cursor.peek_in_section()
        && let Some(source) = line.text.strip_prefix("> Source: ")
    {
        cursor.origin = cursor::origin(source.trim());
        cursor.advance();
    }
    let before_lead = cursor.peek_in_section();
    let lead = cursor.prose(0, &[Key::Operation], |_| false);
    if let Some(line) = cursor.peek_in_section()
        && let Some((method, path)) = operation::method_line(line.text)
    {
        cursor.advance();
        let title = title.map(|(_, (_, title))| title);
        let operation = operation::read(cursor, title, lead, line, method, path);
        return Some(Content::Operation(Box::new(operation)));
    }
    let Some((line, (_, "Components"))) = title else {
        refuse(cursor);
        return None;
    };
    if let Some(line) = before_lead.filter(|_| lead.is_some()) {
        cursor.unexpected(line, "## Component `Name`");
    }
    Some(Content::Components(components::read(cursor, line)))
}

/// Says what a page is that documents neither an operation nor components.
fn refuse(cursor: &mut Cursor<'_, '_>) {
    let properties = cursor
        .lines()
        .iter()
        .find(|line| matches!(line.heading(), Some((2, "Properties"))))
        .copied();
    if let Some(line) = properties {
        cursor.report(line, Problem::new(
            "object-page",
            line.text,
            "a page that describes an object and no operation",
            "a page with a method and a path in backticks, such as `GET /contacts`",
            "read the page of one of the object's operations, or write its properties under `# Components`",
        ));
        return;
    }
    let first = cursor.lines().iter().find(|line| !line.is_blank()).copied();
    if let Some(line) = first {
        cursor.report(line, Problem::new(
            "no-operation",
            line.text,
            "a page without a method and a path",
            "a line such as `GET /contacts` in backticks after the title, or the title `# Components`",
            "read the page of an operation; a guide or an overview says nothing that can be derived",
        ));
    } else {
        cursor.errors.push(Diagnostic {
            rule: "empty-page",
            page: cursor.context.page.to_owned(),
            span: None,
            found: "a page without text".to_owned(),
            expected: "a page of an operation or of components".to_owned(),
            fix: "copy the page again".to_owned(),
        });
    }
}
