//! A newly captured page brings `pages/*.md` up to date: its facts are taken, our words and decisions stay.
//!
//! 1. `job` reads a capture, and `find` tells which page documents the operation, or what a new one is called;
//! 2. `merge` takes the page and the capture together, `moves` lets our words follow fields that moved, and
//!    `components` decides what becomes of types that several pages share; `made` does it for all captures of a run;
//! 3. `edit` changes the text where what it says has changed;
//! 4. `history` keeps the lock, `vocabulary` and `api_file` the other files;
//! 5. the document is derived before anything is given back, so that what is written always derives.

mod api_file;
mod components;
mod conflict;
mod edit;
mod find;
mod history;
mod job;
mod made;
mod merge;
mod moves;
mod pages;
mod report;
mod split;
mod vocabulary;

use crate::api::Api;
use crate::captures::Lock;
use crate::diagnostic::Diagnostic;
use crate::layout::Layout;
use crate::page::Content;
use crate::sources::{self, Derived, Sources};
use crate::vocabulary::Vocabulary;

pub use report::{Entry, Kind, Report};

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

    let jobs = job::read(given, &pages, &lock, options, &vocabulary).map_err(in_captures)?;
    let made = made::made(&jobs, &pages, options).map_err(in_captures)?;

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

    let lock = history::locked(lock, &jobs, &pages_after);
    let reports = report::reports(&jobs, &pages, &pages_after, &made.moves, &lock);
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
