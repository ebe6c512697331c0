//! Markdown that embeds an API description in fenced blocks, as Mintlify, `ReadMe` and `GitBook` publish it.
//!
//! The embedded description is what counts; the prose around it is not read. Several blocks, one for each
//! operation, are merged into one document.

mod api_version;
mod merge;
mod parse;
mod places;
mod top_level;
mod validate;

use serde_json::Value;

use crate::diagnostic::{Diagnostic, Span};
use crate::layout::fences::{Block, blocks};
use crate::layout::{Context, Layout};
use crate::page::{Content, Method, Page};
use crate::text::Text;

use top_level::TopLevel;

/// The signs that [`anchors`] counts.
pub(super) const SIGNS: &str = "a fenced block whose info string names a method and path, a heading that announces an OpenAPI definition, a fenced block with an `openapi` key, one that has `paths`, `components` or `webhooks` as well";

/// How many independent signs of the layout the page shows.
pub(super) fn anchors(text: &Text) -> usize {
    let blocks = blocks(text);
    let heading = text.lines().any(|(_, line)| announces(line));
    let info = blocks.iter().any(|block| named(block.info).is_some());
    let keys: Vec<TopLevel> = blocks.iter().map(TopLevel::of).collect();
    let descriptions = || keys.iter().filter(|keys| keys.version().is_some());
    let version = descriptions().next().is_some();
    let content = descriptions().any(TopLevel::has_content);
    [heading, info, version, content]
        .into_iter()
        .map(usize::from)
        .sum()
}

/// Reads a page.
pub(super) fn read(text: &Text, context: Context<'_>) -> Result<Page, Vec<Diagnostic>> {
    let mut errors = Vec::new();
    let mut descriptions = Vec::new();
    let announced = text.lines().find(|(_, line)| announces(line));
    let mut sole_block_after = announced.map(|(line, _)| line);
    for block in &blocks(text) {
        let after_heading = sole_block_after.is_some_and(|line| block.opening > line);
        let claims =
            named(block.info).is_some() || TopLevel::of(block).version().is_some() || after_heading;
        if !claims {
            continue;
        }
        if after_heading {
            sole_block_after = None;
        }
        match description(block, context) {
            Ok(description) => descriptions.push(description),
            Err(found) => errors.extend(found),
        }
    }
    if descriptions.is_empty() && errors.is_empty() {
        errors.push(Diagnostic {
            rule: "no-description",
            page: context.page.to_owned(),
            span: None,
            found: "a page without an embedded API description".to_owned(),
            expected: "a fenced block with an `openapi` key".to_owned(),
            fix: "copy the page's Markdown form again, or name its layout with --layout".to_owned(),
        });
    }
    if !errors.is_empty() {
        return Err(errors);
    }
    let document = merge::merge(descriptions, context)?;
    Ok(Page {
        layout: Layout::MarkdownEmbedded,
        name: context.page.to_owned(),
        content: Content::Description(document),
    })
}

/// A description, where it stands, and the operation that its info string names.
struct Description<'a> {
    block: Block<'a>,
    document: Value,
}

/// Whether a heading announces a description.
fn announces(line: &str) -> bool {
    let title = line.trim_start_matches('#');
    title.len() < line.len()
        && matches!(
            title.trim().to_ascii_lowercase().as_str(),
            "openapi definition" | "openapi" | "openapi specification"
        )
}

/// The method and path at the end of an info string such as `yaml openapi.yaml POST /path`.
fn named(info: &str) -> Option<(Method, &str)> {
    let (before, path) = info.rsplit_once(char::is_whitespace)?;
    let method = before.split_whitespace().last()?;
    let language = info.split_whitespace().next()?;
    let method = Method::parse(&method.to_ascii_uppercase())?;
    (path.starts_with('/') && is_data_language(language)).then_some((method, path))
}

fn is_data_language(word: &str) -> bool {
    ["yaml", "yml", "json"]
        .iter()
        .any(|language| word.eq_ignore_ascii_case(language))
}

/// Reads one block: its syntax, its version, and whether it holds what its info string says.
fn description<'a>(
    block: &Block<'a>,
    context: Context<'_>,
) -> Result<Description<'a>, Vec<Diagnostic>> {
    if block.unclosed {
        return Err(vec![at(
            context,
            block.opening,
            "unclosed-fence",
            "a fenced block that is never closed",
            "the fence that ends the block",
            "copy the page again: it was cut off here",
        )]);
    }
    let mut document = parse::parse(block, context)?;
    api_version::as_text(block, &mut document);
    validate::version(block, &document, context)?;
    validate::operations(block, &document, named(block.info), context)?;
    Ok(Description {
        block: block.clone(),
        document,
    })
}

/// A diagnostic that marks a whole line.
fn at(
    context: Context<'_>,
    line: usize,
    rule: &'static str,
    found: impl Into<String>,
    expected: impl Into<String>,
    fix: impl Into<String>,
) -> Diagnostic {
    Diagnostic {
        rule,
        page: context.page.to_owned(),
        span: Some(Span {
            line,
            start: 0,
            end: usize::MAX,
        }),
        found: found.into(),
        expected: expected.into(),
        fix: fix.into(),
    }
}
