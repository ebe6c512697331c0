//! What the lines of a page say about its kind.

use std::collections::HashSet;

use super::super::findings::Line;
use super::names::names_a_field;
use crate::page::Method;

/// What the lines of a page say about its kind.
#[derive(Default)]
pub(super) struct Signs<'t> {
    /// The first line that states an operation.
    pub(super) operation: Option<Line<'t>>,
    /// The first line that states another.
    pub(super) second_operation: Option<Line<'t>>,
    /// How many operations are stated.
    pub(super) distinct: usize,
    /// How many operations stand in lists of links.
    pub(super) listed: usize,
    /// How many lines are a method and nothing else, with no path below.
    pub(super) methods_alone: usize,
    pub(super) links: usize,
    pub(super) prose: usize,
    pub(super) sections: usize,
    pub(super) components: bool,
    pub(super) graphql: Option<Line<'t>>,
    pub(super) object: Option<Line<'t>>,
    pub(super) curl: bool,
    pub(super) fields: bool,
}

impl<'t> Signs<'t> {
    /// Looks at every line once.
    pub(super) fn of(lines: &[Line<'t>]) -> Self {
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
            // A page in Markdown, which alone has fences, would state its operation as well.
            signs.curl |= !fenced && crate::sample::starts_here(text);
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
pub(super) fn heading(text: &str) -> Option<String> {
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
