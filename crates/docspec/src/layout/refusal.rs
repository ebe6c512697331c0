//! Pages that document no operation, and files that are no captures: recognised before a reader looks at them, so
//! that the message names the cause and not its many effects.

mod file;
mod names;
mod signs;

use super::findings::{Line, significant};
use super::{Context, Layout};
use crate::diagnostic::Diagnostic;
use crate::text::Text;
use signs::Signs;

pub(super) use file::of_file;

/// Refuses what documents no operation, or several, and a capture that lost the names of its fields.
pub(super) fn of_page(
    text: &Text,
    layout: Option<Layout>,
    context: Context<'_>,
) -> Option<Diagnostic> {
    let lines = significant(text);
    let mut signs = Signs::of(&lines);
    if layout == Some(Layout::MarkdownEmbedded) || signs.components {
        return None;
    }
    let many = signs.distinct > 1 || signs.methods_alone > 1 || signs.listed > 1;
    if signs.operation.is_none() && (signs.sections == 0 || signs.graphql.is_some()) {
        // Guides show calls too; a capture of an operation that lost its headings shows little else.
        let tells = layout == Some(Layout::Theneo) || layout.is_none() && signs.prose > 2;
        if tells && !signs.fields && signs.sections == 0 {
            signs.curl = false;
        }
        let lost = || {
            (layout != Some(Layout::Markdown))
                .then(|| names::lost(&lines, context))
                .flatten()
        };
        return without_operation(&lines, &signs, many, context).or_else(lost);
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
    names::lost(&lines, context)
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
