//! `captures.lock`: which capture of a vendor's page each page of ours was brought up to date with, and the line of the
//! capture in which each fact was read. It holds hashes and numbers of lines, and no sentence of a vendor.

mod annotate;
mod check;
mod date;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use toml::Spanned;

use crate::diagnostic::{Diagnostic, Span};
use crate::layout::Layout;

pub use annotate::{Read, readings};
pub use check::unlisted;
pub use date::is_date;

pub(crate) use annotate::annotate;
pub(crate) use check::check;

/// The file's name.
pub const FILE: &str = "captures.lock";

/// What stands above the entries.
const HEAD: &str = "# Written by `cargo xtask import`: the captures that the pages were brought up to date with.\n\
                    # Hashes and numbers of lines, so that each fact can be found in its capture again.\n";

/// The captures of an API's pages.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lock {
    /// By the name of the page's file under `pages/`.
    pub pages: BTreeMap<String, Capture>,
}

/// The capture that a page was brought up to date with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Capture {
    /// The address that it was captured from, or what names the vendor's page.
    pub source: Option<String>,
    /// The day on which it was captured, as `2026-11-21`.
    pub captured: String,
    /// The SHA-256 of its text in hexadecimal.
    pub sha256: String,
    /// The layout that it was read in.
    pub layout: Layout,
    /// The captures before it, oldest first.
    pub earlier: Vec<Earlier>,
    /// The lines in which its facts were read, by the keys of [`crate::facts`].
    pub facts: BTreeMap<String, usize>,
    /// The line of the lock that the entry stands on; 0 for one that was not read from a lock.
    pub line: usize,
}

/// A capture before the present one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Earlier {
    /// The day on which it was captured.
    pub captured: String,
    /// The SHA-256 of its text in hexadecimal.
    pub sha256: String,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File<T> {
    #[serde(default = "Vec::new")]
    page: Vec<T>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    file: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    source: Option<String>,
    captured: String,
    sha256: String,
    layout: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    earlier: Vec<Earlier>,
    #[serde(default)]
    facts: BTreeMap<String, usize>,
}

impl Lock {
    /// Reads a lock.
    ///
    /// # Errors
    ///
    /// All that is wrong with it, each with its line: syntax, dates, hashes, layouts, a page that stands twice.
    pub fn parse(text: &str) -> Result<Self, Vec<Diagnostic>> {
        let File { page } = toml::from_str::<File<Spanned<Entry>>>(text).map_err(|error| {
            let line = error.span().map_or(0, |range| line_of(text, range.start));
            vec![wrong(
                line,
                error.message().trim().replace('\n', ", "),
                "`[[page]]` tables as `cargo xtask import` writes them",
            )]
        })?;
        let mut lock = Self::default();
        let mut problems = Vec::new();
        for entry in page {
            let line = line_of(text, entry.span().start);
            let entry = entry.into_inner();
            let mut refuse = |found: String, expected: &str| {
                problems.push(wrong(line, found, expected));
            };
            let earlier = entry
                .earlier
                .iter()
                .map(|earlier| (&earlier.captured, &earlier.sha256));
            for (captured, sha256) in earlier.chain([(&entry.captured, &entry.sha256)]) {
                if !is_date(captured) {
                    refuse(
                        format!("{captured:?} is no date"),
                        "a day such as 2026-11-21",
                    );
                }
                if sha256.len() != 64 || !sha256.bytes().all(|byte| byte.is_ascii_hexdigit()) {
                    refuse(format!("{sha256:?} is no SHA-256"), "64 hexadecimal digits");
                }
            }
            let Some(layout) = Layout::parse(&entry.layout) else {
                refuse(
                    format!("no layout is called {:?}", entry.layout),
                    "a layout that `--layout` takes",
                );
                continue;
            };
            let capture = Capture {
                source: entry.source,
                captured: entry.captured,
                sha256: entry.sha256,
                layout,
                earlier: entry.earlier,
                facts: entry.facts,
                line,
            };
            if let Some(first) = lock.pages.insert(entry.file.clone(), capture) {
                refuse(
                    format!(
                        "the page {} stands twice, first on line {}",
                        entry.file, first.line
                    ),
                    "each page once",
                );
            }
        }
        if problems.is_empty() {
            Ok(lock)
        } else {
            Err(problems)
        }
    }

    /// The text of the file: the pages by name, the facts by key.
    #[must_use]
    pub fn print(&self) -> String {
        let page = self
            .pages
            .iter()
            .map(|(file, capture)| Entry {
                file: file.clone(),
                source: capture.source.clone(),
                captured: capture.captured.clone(),
                sha256: capture.sha256.clone(),
                layout: capture.layout.name().to_owned(),
                earlier: capture.earlier.clone(),
                facts: capture.facts.clone(),
            })
            .collect();
        let entries = toml::to_string(&File { page }).unwrap_or_default();
        format!("{HEAD}\n{entries}")
    }
}

/// What is wrong with a line of the lock.
fn wrong(line: usize, found: String, expected: &str) -> Diagnostic {
    Diagnostic {
        rule: "captures-lock",
        page: FILE.to_owned(),
        span: (line > 0).then_some(Span {
            line,
            start: 0,
            end: usize::MAX,
        }),
        found,
        expected: expected.to_owned(),
        fix: "import the capture again with `cargo xtask import`, or take back the change"
            .to_owned(),
    }
}

fn line_of(text: &str, at: usize) -> usize {
    text.get(..at).unwrap_or(text).matches('\n').count() + 1
}
