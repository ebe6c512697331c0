//! Pages that document no operation, and files that are no captures: recognised before a reader looks at them, so
//! that the message names the cause and not its many effects.

use std::collections::HashSet;

use super::findings::{Line, significant};
use super::{Context, Layout, fumadocs};
use crate::diagnostic::Diagnostic;
use crate::page::Method;
use crate::text::Text;
use crate::type_notation;

/// Refuses what is no text capture at all: an empty file, a binary file, HTML.
pub(super) fn of_file(text: &Text, context: Context<'_>) -> Option<Diagnostic> {
    let lines = || text.lines().map(|(_, line)| line);
    let Some((number, first)) = text.lines().find(|(_, line)| !line.trim().is_empty()) else {
        return Some(refusal(
            context,
            "empty-file",
            None,
            "a file without any text",
            "a captured page",
            "copy the page's text into the file",
        ));
    };
    let characters: usize = lines().map(str::len).sum();
    let odd = lines()
        .flat_map(str::chars)
        .filter(|character| {
            character.is_control() && *character != '\t'
                || *character == char::REPLACEMENT_CHARACTER
        })
        .count();
    let nul = lines().any(|line| line.contains('\0'));
    if nul || first.starts_with("%PDF-") || odd * 100 > characters {
        return Some(refusal(
            context,
            "binary-file",
            None,
            "a file that is no text",
            "a page's text in UTF-8",
            "copy the page's text out of the browser into a plain-text file",
        ));
    }
    let start = first.trim_start().to_ascii_lowercase();
    let html = ["<!doctype html", "<html", "<head", "<body", "<div", "<?xml"]
        .iter()
        .any(|tag| start.starts_with(tag));
    html.then(|| {
        let line = Line {
            number,
            text: first,
            indent: 0,
            after_blank: false,
        };
        refusal(
            context,
            "html-file",
            Some(line),
            "HTML",
            "the text that the page shows",
            "copy the text out of the browser, or take the page's Markdown form, usually its URL with `.md`",
        )
    })
}

/// Refuses what documents no operation, or several, and a capture that lost the names of its fields.
pub(super) fn of_page(
    text: &Text,
    layout: Option<Layout>,
    context: Context<'_>,
) -> Option<Diagnostic> {
    let lines = significant(text);
    let signs = Signs::of(&lines);
    if layout == Some(Layout::MarkdownEmbedded) || signs.components {
        return None;
    }
    let many = signs.distinct > 1 || signs.methods_alone > 1 || signs.listed > 1;
    if signs.operation.is_none() && (signs.sections == 0 || signs.graphql.is_some()) {
        return without_operation(&lines, &signs, many, context);
    }
    if let Some((first, second)) = signs.operation.zip(signs.second_operation) {
        return Some(if signs.sections == 0 {
            category(second, context)
        } else {
            refusal(
                context,
                "two-operations",
                Some(second),
                format!("a second operation; line {} states another", first.number),
                "one operation on a page",
                "capture each operation into a file of its own",
            )
        });
    }
    // A body in Markdown may be a type alone, and the reader of Markdown asks for each name itself.
    if layout == Some(Layout::Markdown) {
        return None;
    }
    lost_names(&lines, context)
}

fn without_operation(
    lines: &[Line<'_>],
    signs: &Signs<'_>,
    many: bool,
    context: Context<'_>,
) -> Option<Diagnostic> {
    if let Some(line) = signs.graphql {
        return Some(refusal(
            context,
            "graphql-page",
            Some(line),
            "a page about GraphQL",
            "an operation of an HTTP API: a method and a path",
            "leave the page out: a GraphQL API has no OpenAPI description",
        ));
    }
    if let Some(line) = signs.object {
        return Some(refusal(
            context,
            "object-page",
            Some(line),
            "a page that describes an object and no operation",
            "a method and a path, with parameters, a body and answers",
            "capture the pages of the operations that use the object; they list its fields too",
        ));
    }
    let first = *lines.first()?;
    if many || signs.links > 2 && signs.links * 2 > signs.prose {
        return Some(category(first, context));
    }
    if signs.curl || signs.fields {
        return None;
    }
    Some(refusal(
        context,
        "guide-page",
        Some(first),
        "a page of prose that documents no operation",
        "a method and a path, with parameters, a body and answers",
        "capture the operation's own page of the API reference",
    ))
}

fn category(line: Line<'_>, context: Context<'_>) -> Diagnostic {
    refusal(
        context,
        "category-page",
        Some(line),
        "an overview that lists operations and documents none",
        "the page of one operation",
        "follow the links, and capture the page of each operation into a file of its own",
    )
}

/// Refuses a page whose fields have types or descriptions and no names: some ways of copying drop bold text.
fn lost_names(lines: &[Line<'_>], context: Context<'_>) -> Option<Diagnostic> {
    let evidence = lines.windows(2).enumerate().find(|(_, pair)| {
        is_field_section(pair[0].text)
            && heading(pair[1].text).is_none()
            && !fumadocs::is_media_type(pair[1].text)
            && !fumadocs::is_site_chrome(pair[1].text)
    });
    let (index, pair) = evidence?;
    if (index..lines.len()).any(|index| names_a_field(&lines[index..])) {
        return None;
    }
    Some(refusal(
        context,
        "lost-field-names",
        Some(pair[1]),
        format!("fields without names below `{}`", pair[0].text),
        "each field's name before its type and its description",
        "capture the page again: select its text in the browser instead of saving or converting it",
    ))
}

/// What the lines of a page say about its kind.
#[derive(Default)]
struct Signs<'t> {
    /// The first line that states an operation.
    operation: Option<Line<'t>>,
    /// The first line that states another.
    second_operation: Option<Line<'t>>,
    /// How many operations are stated.
    distinct: usize,
    /// How many operations stand in lists of links.
    listed: usize,
    /// How many lines are a method and nothing else, with no path below.
    methods_alone: usize,
    links: usize,
    prose: usize,
    sections: usize,
    components: bool,
    graphql: Option<Line<'t>>,
    object: Option<Line<'t>>,
    curl: bool,
    fields: bool,
}

impl<'t> Signs<'t> {
    fn of(lines: &[Line<'t>]) -> Self {
        let mut signs = Self::default();
        let mut seen = HashSet::new();
        let mut fenced = false;
        for (index, line) in lines.iter().enumerate() {
            let text = line.text;
            if text.starts_with("```") {
                fenced = !fenced;
            }
            let bare = text.trim_matches(['`', ' ']);
            let below = lines.get(index + 1).map_or("", |line| line.text);
            match stated_operation(bare, below) {
                Some(operation) if !fenced && seen.insert(operation) => {
                    signs.distinct += 1;
                    if signs.operation.is_none() {
                        signs.operation = Some(*line);
                    } else if signs.second_operation.is_none() {
                        signs.second_operation = Some(*line);
                    }
                }
                Some(_) => {}
                None => signs.methods_alone += usize::from(Method::parse(bare).is_some()),
            }
            let item = bullet(text);
            let link = item.is_some_and(|item| item.starts_with('[')) || text.contains("](");
            signs.links += usize::from(link);
            signs.prose += usize::from(!link && text.split_whitespace().count() > 3);
            signs.listed += usize::from(item.is_some_and(lists_an_operation));
            signs.sections += usize::from(is_section(text));
            signs.components |= text == "# Components";
            signs.curl |= crate::sample::starts_here(text);
            signs.fields |= names_a_field(&lines[index..]);
            if signs.graphql.is_none() && speaks_graphql(text) {
                signs.graphql = Some(*line);
            }
            if signs.object.is_none() && heads_an_object(text) {
                signs.object = Some(*line);
            }
        }
        signs
    }
}

/// The method and the path that a line states, alone or with the line below.
fn stated_operation<'t>(text: &'t str, below: &'t str) -> Option<(Method, &'t str)> {
    let (method, path) = match text.split_once(' ') {
        Some((method, path)) => (method, path.trim()),
        None => (text, below.trim_matches(['`', ' '])),
    };
    let method = Method::parse(method)?;
    let is_path = path.starts_with('/') || path.starts_with("http");
    (is_path && !path.contains(char::is_whitespace)).then_some((method, path))
}

fn bullet(text: &str) -> Option<&str> {
    ["- ", "* ", "• "]
        .iter()
        .find_map(|bullet| text.strip_prefix(bullet))
        .map(str::trim_start)
}

/// Whether an item of a list is a method and a path, such as `[GET /contacts](…)`.
fn lists_an_operation(item: &str) -> bool {
    item.trim_start_matches(['[', '`', '*'])
        .split_once(' ')
        .is_some_and(|(method, path)| Method::parse(method).is_some() && path.starts_with('/'))
}

/// The words of a heading, in lower case, without what marks it.
fn heading(text: &str) -> Option<String> {
    let name = text
        .trim_start_matches(['#', ' '])
        .trim_end_matches([':', ' ']);
    let name = name.to_ascii_lowercase();
    SECTIONS.contains(&name.as_str()).then_some(name)
}

const SECTIONS: [&str; 13] = [
    "path parameters",
    "query parameters",
    "header parameters",
    "cookie parameters",
    "body parameters",
    "request body",
    "response body",
    "response attributes",
    "response",
    "responses",
    "authorization",
    "authentication",
    "integrations supported",
];

fn is_section(text: &str) -> bool {
    text.starts_with("## Response")
        || heading(text).is_some_and(|name| {
            !matches!(
                name.as_str(),
                "response" | "responses" | "authentication" | "authorization"
            )
        })
}

/// Whether fields follow a heading, and nothing but fields.
fn is_field_section(text: &str) -> bool {
    heading(text).is_some_and(|name| {
        name.ends_with(" parameters")
            || matches!(name.as_str(), "request body" | "response attributes")
    })
}

/// Whether the lines start with a field of any layout: its name, and a type with it or below.
fn names_a_field(lines: &[Line<'_>]) -> bool {
    let Some(line) = lines.first() else {
        return false;
    };
    let text = line.text;
    let flags = ["Required", "Optional", "Deprecated"];
    let bare = flags
        .iter()
        .find_map(|flag| text.strip_suffix(flag))
        .map_or(text, str::trim_end);
    let fused = type_notation::split_fused(bare)
        .first()
        .is_some_and(|reading| reading.notation.is_some());
    let on_two_lines = || {
        type_notation::is_name(text)
            && type_notation::parse(text).is_none()
            && lines.get(1).is_some_and(|below| {
                !below.after_blank && type_notation::parse(below.text).is_some()
            })
    };
    text.starts_with("- **`") || fused || fumadocs::is_marked(text) || on_two_lines()
}

fn speaks_graphql(text: &str) -> bool {
    let code = text.trim_end_matches(' ');
    let starts = |word: &str| {
        code.strip_prefix(word)
            .is_some_and(|rest| rest.starts_with([' ', '{', '(']) && rest.ends_with('{'))
    };
    let title = text.starts_with('#') || text.split_whitespace().count() <= 5;
    title && text.contains("GraphQL")
        || [
            "query",
            "mutation",
            "subscription",
            "fragment",
            "type",
            "input",
        ]
        .into_iter()
        .any(starts)
        || text.contains("**Kind**: `")
        || code.ends_with("ID!")
}

fn heads_an_object(text: &str) -> bool {
    let title = text.trim_start_matches(['#', ' ']);
    let short = title.split_whitespace().count() <= 6 && title.starts_with(char::is_uppercase);
    short && (title.ends_with(" Object") || title.ends_with(" object"))
        || matches!(title, "Properties" | "Attributes") && !title.is_empty()
}

fn refusal(
    context: Context<'_>,
    rule: &'static str,
    line: Option<Line<'_>>,
    found: impl Into<String>,
    expected: &str,
    fix: &str,
) -> Diagnostic {
    Diagnostic {
        rule,
        page: context.page.to_owned(),
        span: line.map(Line::span),
        found: found.into(),
        expected: expected.to_owned(),
        fix: fix.to_owned(),
    }
}
