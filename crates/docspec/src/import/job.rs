//! One capture on its way into its page: it is read, and its page is found.

use super::components::References;
use super::find::{self, Found};
use super::history;
use super::merge::Merger;
use super::moves::Moves;
use super::{Given, Options};
use crate::captures::Lock;
use crate::diagnostic::Diagnostic;
use crate::facts::{self, Components};
use crate::layout::{self, Context, Layout};
use crate::page::{Content, Operation, Page, SecurityKind, SecurityScheme};
use crate::text::Text;
use crate::vocabulary::Vocabulary;

/// One capture on its way into its page.
pub(super) struct Job<'g> {
    pub(super) given: &'g Given,
    pub(super) layout: Layout,
    /// The page's file under `pages/`.
    pub(super) file: String,
    pub(super) is_new: bool,
    /// What the names of a new page's family start with.
    pub(super) family: String,
    /// The page before; of a new page its beginnings.
    pub(super) ours: Operation,
    pub(super) capture: Operation,
}

impl Job<'_> {
    pub(super) fn page(&self) -> String {
        format!("pages/{}", self.file)
    }

    /// What names the operation where a component of its own is made.
    pub(super) fn operation(&self) -> &str {
        match &self.ours.operation_id {
            Some(id) => id,
            None => self.file.strip_suffix(".md").unwrap_or(&self.file),
        }
    }

    /// The page with the facts of the capture.
    pub(super) fn merged<'a>(
        &self,
        components: &'a Components<'a>,
        moves: &'a Moves<'a>,
        references: &mut References,
    ) -> Operation {
        Merger {
            origin: self.ours.source.origin.clone(),
            components,
            donors: &moves.donors,
            references,
        }
        .operation(&self.ours, &self.capture)
    }
}

/// Reads the captures and finds their pages.
pub(super) fn read<'g>(
    given: &'g [Given],
    pages: &[Page],
    lock: &Lock,
    options: &Options,
    vocabulary: &Vocabulary,
) -> Result<Vec<Job<'g>>, Vec<Diagnostic>> {
    let mut jobs: Vec<Job<'_>> = Vec::new();
    let mut problems = Vec::new();
    for given in given {
        match job(given, pages, vocabulary) {
            Ok(job) => {
                if let Some(other) = jobs.iter().find(|other| other.file == job.file) {
                    problems.push(Diagnostic {
                        rule: "import-twice",
                        page: given.name.clone(),
                        span: None,
                        found: format!(
                            "a second capture of pages/{}, after {}",
                            job.file, other.given.name
                        ),
                        expected: "one capture of each page in a run".to_owned(),
                        fix: "import the older one first, in a run of its own, or leave it out"
                            .to_owned(),
                    });
                }
                if !options.older {
                    problems.extend(history::not_older(lock, &job.file, given).err());
                }
                jobs.push(job);
            }
            Err(found) => problems.extend(found),
        }
    }
    if problems.is_empty() {
        Ok(jobs)
    } else {
        Err(problems)
    }
}

fn job<'g>(
    given: &'g Given,
    pages: &[Page],
    vocabulary: &Vocabulary,
) -> Result<Job<'g>, Vec<Diagnostic>> {
    let context = Context {
        page: &given.name,
        vocabulary,
    };
    let refuse = |found: &str, expected: &str, fix: &str| {
        vec![Diagnostic {
            rule: "import-page",
            page: given.name.clone(),
            span: None,
            found: found.to_owned(),
            expected: expected.to_owned(),
            fix: fix.to_owned(),
        }]
    };
    let read = layout::read(&Text::new(&given.text), given.layout, context)?;
    let mut capture = match read.content {
        Content::Operation(operation) => *operation,
        Content::Components(_) => {
            return Err(refuse(
                "a page of components",
                "a page of one operation",
                "import the pages of the operations that use them",
            ));
        }
        Content::Description(_) => {
            return Err(refuse(
                "a page that embeds an API description",
                "a page that documents one operation in words",
                "keep the description as openapi.yaml beside api.toml: it is read as it is",
            ));
        }
    };
    let (file, family, is_new) =
        match find::page(&given.name, &capture, pages, given.page.as_deref())
            .map_err(|it| vec![it])?
        {
            Found::Known(name) => {
                let file = name.strip_prefix("pages/").unwrap_or(&name).to_owned();
                (file, String::new(), false)
            }
            Found::New { file, family } => (file, family, true),
        };
    let ours = if is_new {
        if given.source.is_some() {
            capture.source.origin.clone_from(&given.source);
        }
        let ids: Vec<String> = facts::operations(pages)
            .filter_map(|(_, operation)| operation.operation_id.clone())
            .collect();
        find::new_page(&file, &find::title(&file), &capture, &ids)
    } else {
        let name = format!("pages/{file}");
        match pages.iter().find(|page| page.name == name) {
            Some(page) if page.layout != Layout::Markdown => {
                return Err(refuse(
                    &format!(
                        "a capture of {name}, which is in the layout {} itself",
                        page.layout.name()
                    ),
                    "a page of ours in Markdown",
                    "put the new capture in place of the old one, or write the page in Markdown first",
                ));
            }
            Some(Page {
                content: Content::Operation(operation),
                ..
            }) => (**operation).clone(),
            _ => capture.clone(),
        }
    };
    keys_that_authenticate(&mut capture, &ours);
    Ok(Job {
        given,
        layout: read.layout,
        file,
        is_new,
        family,
        ours,
        capture,
    })
}

/// Takes parameters that our page knows as a way to authenticate for just that: a layout may print them among the others.
fn keys_that_authenticate(capture: &mut Operation, ours: &Operation) {
    if !capture.security.is_empty() {
        return;
    }
    for scheme in &ours.security {
        let SecurityKind::ApiKey { place, parameter } = &scheme.kind else {
            continue;
        };
        let found = capture
            .parameters
            .iter()
            .position(|it| it.place == *place && it.field.name.eq_ignore_ascii_case(parameter));
        if let Some(at) = found {
            let key = capture.parameters.remove(at);
            capture.security.push(SecurityScheme {
                source: key.field.source,
                ..scheme.clone()
            });
        }
    }
}
