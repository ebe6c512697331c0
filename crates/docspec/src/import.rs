//! A newly captured page brings `pages/*.md` up to date: its facts are taken, our words and decisions stay.
//!
//! 1. `find` tells which page documents the operation, or what a new one is called;
//! 2. `merge` takes the page and the capture together, `moves` lets our words follow fields that moved, and
//!    `components` decides what becomes of types that several pages share;
//! 3. `edit` changes the text where what it says has changed;
//! 4. `history` keeps the lock, `vocabulary` and `api_file` the other files;
//! 5. the document is derived before anything is given back, so that what is written always derives.

mod api_file;
mod components;
mod edit;
mod find;
mod history;
mod merge;
mod moves;
mod pages;
mod report;
mod vocabulary;

use std::collections::{BTreeMap, BTreeSet};

use crate::api::Api;
use crate::captures::Lock;
use crate::diagnostic::{Diagnostic, Span};
use crate::facts::{self, Components, Fact};
use crate::layout::{self, Context, Layout};
use crate::page::{Component, Content, Operation, Page, SecurityKind, SecurityScheme};
use crate::sources::{self, Derived, Sources};
use crate::text::Text;
use crate::vocabulary::Vocabulary;

pub use report::{Entry, Kind, Report};

use components::{Conflict, Decisions, References, Splitter};
use find::Found;
use merge::Merger;
use moves::Moves;

/// A captured page.
#[derive(Debug, Clone)]
pub struct Given {
    /// What the caller calls it, for messages.
    pub name: String,
    /// Its text.
    pub text: String,
    /// The SHA-256 of the text in hexadecimal.
    pub sha256: String,
    /// Its layout; recognised where none is given.
    pub layout: Option<Layout>,
    /// The address that it was captured from.
    pub source: Option<String>,
    /// The day on which it was captured, as `2026-11-21`.
    pub captured: String,
    /// Whether the caller stated the day.
    pub is_dated: bool,
    /// The file under `pages/` that it belongs to, where the caller says so.
    pub page: Option<String>,
}

/// What the caller allows.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Whether a page may get a component of its own where it differs from others about a shared one.
    pub split: bool,
    /// Whether an older capture may take the place of a newer one.
    pub older: bool,
    /// Reviewed splits of fused values in the captures, as a `vocabulary.toml`.
    pub vocabulary: Option<String>,
}

/// What an import makes of the sources.
#[derive(Debug, Clone)]
pub struct Imported {
    /// All the sources, with what has changed.
    pub sources: Sources,
    /// What changed about each page, in the order of the captures.
    pub reports: Vec<Report>,
    /// The components that pages got of their own: the page, what it was before, what it is called.
    pub split: Vec<(String, String, String)>,
    /// The fused texts whose splits were added to `vocabulary.toml`.
    pub splits_added: Vec<String>,
    /// The fused texts whose splits no page asks for any more, and which were removed.
    pub splits_removed: Vec<String>,
    /// The document that the sources now give.
    pub derived: Derived,
}

/// One capture on its way into its page.
struct Job<'g> {
    given: &'g Given,
    layout: Layout,
    /// The page's file under `pages/`.
    file: String,
    is_new: bool,
    family: String,
    /// The page before; of a new page its beginnings.
    ours: Operation,
    capture: Operation,
}

impl Job<'_> {
    fn page(&self) -> String {
        format!("pages/{}", self.file)
    }

    /// What names the operation where a component of its own is made.
    fn operation(&self) -> &str {
        match &self.ours.operation_id {
            Some(id) => id,
            None => self.file.strip_suffix(".md").unwrap_or(&self.file),
        }
    }

    /// The page with the facts of the capture.
    fn merged<'a>(
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

/// Brings the pages of an API up to date with captures.
///
/// # Errors
///
/// All that keeps the captures from being imported: what is wrong with the sources or with a capture, a capture whose page
/// is not clear or which is older than the page's last one, components that pages do not agree about, and whatever the
/// sources would not derive from afterwards. Each diagnostic names a file as [`sources::derive`] does, or a capture as it
/// was given; [`ImportError`] carries the texts to show.
pub fn import(
    sources: &Sources,
    given: &[Given],
    options: &Options,
) -> Result<Imported, ImportError> {
    let in_sources = |diagnostics| ImportError {
        diagnostics,
        sources: Box::new(sources.clone()),
        stage: Stage::Sources,
    };
    let in_captures = |diagnostics| ImportError {
        diagnostics,
        sources: Box::new(sources.clone()),
        stage: Stage::Captures,
    };
    let api = Api::parse("api.toml", &sources.api).map_err(in_sources)?;
    let lock = Lock::parse(sources.captures.as_deref().unwrap_or_default()).map_err(in_sources)?;
    let known =
        Vocabulary::parse(sources.vocabulary.as_deref().unwrap_or_default()).map_err(in_sources)?;
    let pages = sources::pages(sources, Some(&api), &known).map_err(in_sources)?;
    let mut vocabulary = known.fresh();
    if let Some(more) = &options.vocabulary {
        vocabulary.extend(Vocabulary::parse(more).map_err(in_captures)?);
    }

    let jobs = jobs(given, &pages, &lock, options, &vocabulary).map_err(in_captures)?;
    let made = merged(&jobs, &pages, options).map_err(in_captures)?;

    let mut imported = sources.clone();
    let fused = vocabulary::fused(&[&known, &vocabulary]);
    pages::write(
        &mut imported.pages,
        &pages,
        &made.pages,
        &vocabulary,
        &fused,
    );
    for job in jobs.iter().filter(|job| job.is_new) {
        let components: Vec<&str> = pages
            .iter()
            .filter(|page| matches!(page.content, Content::Components(_)))
            .filter_map(|page| page.name.strip_prefix("pages/"))
            .collect();
        imported.api = api_file::list_page(&imported.api, &job.file, &job.family, &components);
    }

    let used = vocabulary.fresh();
    let listed = Api::parse("api.toml", &imported.api).map_err(in_sources)?;
    let pages_after =
        sources::pages(&imported, Some(&listed), &used).map_err(|diagnostics| ImportError {
            diagnostics,
            sources: Box::new(imported.clone()),
            stage: Stage::After,
        })?;
    let edited = vocabulary::edited(sources.vocabulary.as_deref(), &known.used(), &used.used());
    imported.vocabulary = edited.text;

    let reports = reports(&jobs, &pages, &pages_after, &made.moves);
    let lock = locked(lock, &jobs, &pages_after);
    if let Some(day) = lock.pages.values().map(|page| page.captured.as_str()).max() {
        imported.api = api_file::raise_version(&imported.api, day);
    }
    imported.captures = Some(lock.print());
    let derived = sources::derive(&imported).map_err(|diagnostics| ImportError {
        diagnostics,
        sources: Box::new(imported.clone()),
        stage: Stage::After,
    })?;
    Ok(Imported {
        sources: imported,
        reports,
        split: made.split,
        splits_added: edited.added,
        splits_removed: edited.removed,
        derived,
    })
}

/// Why captures could not be imported. Nothing has changed.
#[derive(Debug, Clone)]
pub struct ImportError {
    /// What is wrong.
    pub diagnostics: Vec<Diagnostic>,
    /// The sources that the diagnostics speak of: as they were, or as they would be.
    pub sources: Box<Sources>,
    /// What the diagnostics are about.
    pub stage: Stage,
}

/// What diagnostics are about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// The sources, as they are.
    Sources,
    /// The captures.
    Captures,
    /// The sources, as they would be after the import.
    After,
}

/// Reads the captures and finds their pages.
fn jobs<'g>(
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

/// What merging makes of the pages.
struct Made<'p> {
    /// The pages that change, by name.
    pages: BTreeMap<String, Content>,
    /// What moved, for each job.
    moves: Vec<Moves<'p>>,
    split: Vec<(String, String, String)>,
}

/// Merges every capture into its page.
fn merged<'p>(
    jobs: &'p [Job<'_>],
    pages: &'p [Page],
    options: &Options,
) -> Result<Made<'p>, Vec<Diagnostic>> {
    let components = Components::of(pages);
    let mut all_moves = Vec::new();
    let mut wanted = Vec::new();
    let mut merged: Vec<Operation> = Vec::new();
    for job in jobs {
        let moves = found_moves(job, &components);
        let mut references = References::Observe(Vec::new());
        merged.push(job.merged(&components, &moves, &mut references));
        if let References::Observe(seen) = references {
            wanted.extend(components::wanted(
                &job.page(),
                seen,
                &components,
                &moves.donors,
            ));
        }
        all_moves.push(moves);
    }
    let names: Vec<String> = jobs.iter().map(Job::page).collect();
    let imported: BTreeSet<&str> = names.iter().map(String::as_str).collect();
    let decisions = components::decide(wanted, &imported, pages, &components);
    if !decisions.conflicts.is_empty() && !options.split {
        return Err(conflicts(&decisions.conflicts, jobs));
    }
    let mut made: Vec<(String, Component)> = Vec::new();
    let mut split = Vec::new();
    if !decisions.conflicts.is_empty() {
        merged.clear();
        for (job, moves) in jobs.iter().zip(&all_moves) {
            let splitter = Splitter::new(job.operation(), &components, &made, &decisions);
            let mut references = References::Split(splitter);
            merged.push(job.merged(&components, moves, &mut references));
            if let References::Split(splitter) = references {
                for (from, component) in splitter.made {
                    split.push((job.file.clone(), from.clone(), component.name.clone()));
                    made.push((from, component));
                }
            }
        }
    }
    let mut contents = component_pages(pages, &decisions, &made);
    for (job, operation) in jobs.iter().zip(merged) {
        contents.insert(job.page(), Content::Operation(Box::new(operation)));
    }
    Ok(Made {
        pages: contents,
        moves: all_moves,
        split,
    })
}

fn found_moves<'p>(job: &'p Job<'_>, components: &Components<'p>) -> Moves<'p> {
    let ours = facts::facts("", &job.ours, components);
    let theirs = facts::facts("", &job.capture, components);
    moves::find(&ours, &theirs, |fact: &Fact<'_>| {
        let origin = match fact.places.first().map(|place| place.page) {
            None | Some("") => job.ours.source.origin.as_deref(),
            Some(page) => components
                .names()
                .filter_map(|name| components.get(name))
                .find(|known| known.page == page)
                .and_then(|known| known.origin),
        };
        fact.field.is_some_and(|field| {
            field.source.origin.is_some() && field.source.origin.as_deref() != origin
        })
    })
}

/// The pages of components with what changes and what is new, each new one after the one that it was made from.
fn component_pages(
    pages: &[Page],
    decisions: &Decisions,
    made: &[(String, Component)],
) -> BTreeMap<String, Content> {
    let mut contents = BTreeMap::new();
    for page in pages {
        let Content::Components(components) = &page.content else {
            continue;
        };
        let mut changed = Vec::new();
        for component in components {
            let mut component = component.clone();
            if let Some(schema) = decisions.changed.get(&component.name) {
                component.schema = schema.clone();
            }
            let name = component.name.clone();
            changed.push(component);
            changed.extend(
                made.iter()
                    .filter(|(from, _)| *from == name)
                    .map(|(_, component)| component.clone()),
            );
        }
        if changed != *components {
            contents.insert(page.name.clone(), Content::Components(changed));
        }
    }
    contents
}

fn conflicts(conflicts: &[Conflict], jobs: &[Job<'_>]) -> Vec<Diagnostic> {
    conflicts
        .iter()
        .map(|conflict| {
            let job = jobs.iter().find(|job| job.page() == conflict.page);
            let capture = job.map_or(conflict.page.as_str(), |job| &job.given.name);
            let (expected, fix) = if conflict.missing.is_empty() {
                (
                    "the same in all the captures of this run".to_owned(),
                    "pass `--split` to give each page a component of its own",
                )
            } else {
                (
                    format!("captures of all the pages that use it; not given: {}", some_of(&conflict.missing)),
                    "import their captures in the same run, or pass `--split` to give this page a component of its own",
                )
            };
            let line = job.and_then(|job| {
                facts::facts("", &job.capture, &Components::default())
                    .into_iter()
                    .find(|fact| fact.key == conflict.key)
                    .and_then(|fact| fact.places.first().map(|place| place.line))
            });
            Diagnostic {
                rule: "import-component",
                page: capture.to_owned(),
                span: line.map(|line| Span {
                    line,
                    start: 0,
                    end: usize::MAX,
                }),
                found: format!("`{}` differs from the component `{}`, which other pages use too", conflict.key, conflict.name),
                expected,
                fix: fix.to_owned(),
            }
        })
        .collect()
}

/// The first few of many pages.
fn some_of(pages: &[String]) -> String {
    const MOST: usize = 3;
    match pages.get(..MOST) {
        Some(first) if pages.len() > MOST => {
            format!("{} and {} more", first.join(", "), pages.len() - MOST)
        }
        _ => pages.join(", "),
    }
}

fn reports(jobs: &[Job<'_>], before: &[Page], after: &[Page], moves: &[Moves<'_>]) -> Vec<Report> {
    let (old, new) = (Components::of(before), Components::of(after));
    let none = Components::default();
    jobs.iter()
        .zip(moves)
        .map(|(job, moves)| {
            let page = job.page();
            let mut ours = Vec::new();
            if !job.is_new {
                ours = facts::facts("", &job.ours, &old);
            }
            let now = facts::operations(after)
                .find(|(name, _)| *name == page)
                .map(|(name, operation)| facts::facts(name, operation, &new))
                .unwrap_or_default();
            let shown = facts::facts("", &job.capture, &none);
            Report {
                file: job.file.clone(),
                is_new: job.is_new,
                capture: job.given.name.clone(),
                layout: job.layout.name(),
                captured: job.given.captured.clone(),
                entries: report::entries(&ours, &now, &shown, moves),
            }
        })
        .collect()
}

/// The lock with the new captures. What no page has is not in it.
fn locked(mut lock: Lock, jobs: &[Job<'_>], after: &[Page]) -> Lock {
    let components = Components::of(after);
    let none = Components::default();
    for job in jobs {
        let page = job.page();
        let Some((name, operation)) = facts::operations(after).find(|(name, _)| *name == page)
        else {
            continue;
        };
        let ours: BTreeSet<String> = facts::facts(name, operation, &components)
            .into_iter()
            .map(|fact| fact.key)
            .collect();
        let read = facts::facts("", &job.capture, &none)
            .into_iter()
            .filter(|fact| ours.contains(&fact.key))
            .filter_map(|fact| Some((fact.key, fact.places.first()?.line)))
            .collect();
        let known = lock.pages.get(&job.file);
        let source = job
            .given
            .source
            .clone()
            .or_else(|| known.and_then(|known| known.source.clone()))
            .or_else(|| operation.source.origin.clone());
        let entry = history::entry(known, job.given, job.layout, source, read);
        lock.pages.insert(job.file.clone(), entry);
    }
    lock
}
