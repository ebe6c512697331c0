//! Which page of ours documents the operation of a capture, and what a new one is called.

use crate::diagnostic::Diagnostic;
use crate::facts;
use crate::page::{Content, Method, Operation, Page};

/// How many bytes the name of a page's file may have.
const LONGEST: usize = 100;

/// How many bytes of a path's segment go into the name of a new page's file.
const LONGEST_WORDS: usize = 60;

/// The page that a capture belongs to.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// A page that is there, by name (`pages/NAME`).
    Known(String),
    /// A page that is to be made, by its file's name, and the beginning of the names of its family.
    New { file: String, family: String },
}

/// Finds the page of an operation; `asked` is the file that the caller named.
#[expect(clippy::result_large_err, reason = "an error ends the import")]
pub(super) fn page(
    capture: &str,
    operation: &Operation,
    pages: &[Page],
    asked: Option<&str>,
) -> Result<Found, Diagnostic> {
    if let Some(file) = asked {
        if !is_file_name(file) {
            return Err(refusal(
                capture,
                format!("{file:?} after `--page`"),
                "the name of a file under pages/ such as `contacts-create.md`: letters, digits, `-`, `_` and `.`, then `.md`",
                "name the file without its folder".to_owned(),
            ));
        }
        let name = format!("pages/{file}");
        return match pages.iter().find(|page| page.name == name) {
            None => Ok(Found::New {
                file: file.to_owned(),
                family: family_of(file).to_owned(),
            }),
            Some(page) if matches!(page.content, Content::Operation(_)) => Ok(Found::Known(name)),
            Some(_) => Err(refusal(
                capture,
                format!("{name} documents no operation"),
                "the page of one operation after `--page`",
                "name the page that this capture belongs to".to_owned(),
            )),
        };
    }
    let same: Vec<&str> = facts::operations(pages)
        .filter(|(_, known)| {
            known.method == operation.method && form(&known.path) == form(&operation.path)
        })
        .map(|(name, _)| name)
        .collect();
    match same.as_slice() {
        [name] => return Ok(Found::Known((*name).to_owned())),
        [] if operation.assumed.is_none() => {}
        _ => {
            let known: Vec<&str> = facts::operations(pages)
                .filter_map(|(name, _)| name.strip_prefix("pages/"))
                .collect();
            return Err(refusal(
                capture,
                format!(
                    "the capture does not show the path of its operation (`{} {}` is taken for granted), and no one page \
                     fits",
                    operation.method.as_str(),
                    operation.path
                ),
                "a path that tells the page",
                format!("name the page with `--page`: {}", known.join(", ")),
            ));
        }
    }
    let (file, family) = new_file(operation, pages);
    Ok(Found::New { file, family })
}

fn refusal(capture: &str, found: String, expected: &str, fix: String) -> Diagnostic {
    Diagnostic {
        rule: "import-page",
        page: capture.to_owned(),
        span: None,
        found,
        expected: expected.to_owned(),
        fix,
    }
}

/// Whether a name is one that a page can have on every file system.
fn is_file_name(name: &str) -> bool {
    name.len() <= LONGEST
        && name.strip_suffix(".md").is_some_and(|stem| {
            stem.starts_with(|first: char| first.is_ascii_alphanumeric())
                && stem
                    .chars()
                    .all(|one| one.is_ascii_alphanumeric() || matches!(one, '-' | '_' | '.'))
        })
}

/// A path without the names of its placeholders.
fn form(path: &str) -> String {
    path.trim_end_matches('/')
        .split('/')
        .map(|segment| {
            if segment.starts_with('{') && segment.ends_with('}') {
                "{}"
            } else {
                segment
            }
        })
        .collect::<Vec<&str>>()
        .join("/")
}

/// A file's name without its last word: `contacts-` of `contacts-create.md`.
fn family_of(file: &str) -> &str {
    file.rfind('-').map_or("", |at| &file[..=at])
}

/// What a new page is called: like the pages of the same resource, the verb last.
fn new_file(operation: &Operation, pages: &[Page]) -> (String, String) {
    let (resource, is_item) = resource(&operation.path);
    let family = facts::operations(pages)
        .find(|(_, known)| self::resource(&known.path).0 == resource)
        .and_then(|(name, _)| name.strip_prefix("pages/"))
        .map(|file| family_of(file).to_owned())
        .filter(|family| !family.is_empty())
        .unwrap_or_else(|| {
            let last = resource.rsplit('/').next().unwrap_or_default();
            format!("{}-", words(last))
        });
    let verb = match (operation.method, is_item) {
        (Method::Get, false) => "list",
        (Method::Get, true) => "get",
        (Method::Post, false) => "create",
        (Method::Put | Method::Patch, _) => "update",
        (Method::Delete, _) => "delete",
        (method, _) => method.as_str(),
    };
    let verb = verb.to_ascii_lowercase();
    let free = |file: &String| {
        let name = format!("pages/{file}");
        !pages.iter().any(|page| page.name == name)
    };
    let file = std::iter::once(format!("{family}{verb}.md"))
        .chain((2..=u32::MAX).map(|number| format!("{family}{verb}-{number}.md")))
        .find(free)
        .unwrap_or_default();
    (file, family)
}

/// The path of the collection, and whether the path is that of one item of it.
fn resource(path: &str) -> (String, bool) {
    let form = form(path);
    match form.strip_suffix("/{}") {
        Some(collection) => (collection.to_owned(), true),
        None => (form, false),
    }
}

/// A segment of a path in lower case, its words joined by `-`.
fn words(segment: &str) -> String {
    let mut words = String::new();
    for character in segment.chars() {
        if character.is_ascii_alphanumeric() {
            if character.is_ascii_uppercase() && !words.is_empty() && !words.ends_with('-') {
                words.push('-');
            }
            words.push(character.to_ascii_lowercase());
        } else if !words.is_empty() && !words.ends_with('-') {
            words.push('-');
        }
    }
    words.truncate(LONGEST_WORDS);
    let words = words.trim_end_matches('-');
    if words.is_empty() {
        "operation".to_owned()
    } else {
        words.to_owned()
    }
}

/// A capture as a page of ours: its facts, without the vendor's words.
pub(super) fn new_page(file: &str, title: &str, capture: &Operation, ids: &[String]) -> Operation {
    let stem = file.strip_suffix(".md").unwrap_or(file).replace('-', "_");
    let origin = capture.source.origin.as_deref();
    let mut page = capture.clone();
    page.summary = Some(title.to_owned());
    page.description = None;
    page.tags = Vec::new();
    page.operation_id = (!ids.contains(&stem)).then_some(stem);
    let here = |source: &mut crate::page::Source| source.origin = origin.map(str::to_owned);
    for server in &mut page.servers {
        server.description = None;
        here(&mut server.source);
    }
    for scheme in &mut page.security {
        scheme.description = None;
        here(&mut scheme.source);
    }
    for support in &mut page.integrations {
        support.notes.clear();
        here(&mut support.source);
    }
    for parameter in &mut page.parameters {
        parameter.field = super::merge::stripped(&parameter.field, origin);
    }
    page.request_body = None;
    page.responses = Vec::new();
    page.responses_without_status = Vec::new();
    page
}

/// What a new page is titled: `Create a contact` has an author, this has none.
pub(super) fn title(file: &str) -> String {
    let words = file
        .strip_suffix(".md")
        .unwrap_or(file)
        .replace(['-', '_'], " ");
    let mut characters = words.chars();
    match characters.next() {
        Some(first) => format!("{}{}", first.to_ascii_uppercase(), characters.as_str()),
        None => words,
    }
}
