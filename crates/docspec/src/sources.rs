//! The sources of one API, taken together: from the texts of its files to its document.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::path::Path;

use serde_json::Value;

use crate::api::Api;
use crate::captures::{self, Lock};
use crate::derive::{self, Base};
use crate::diagnostic::Diagnostic;
use crate::layout::{self, Context};
use crate::overlay::{self, Overlay};
use crate::page::Page;
use crate::text::Text;
use crate::vocabulary::{self, Vocabulary};

/// The texts of the files of one folder under `specs/`. Names are relative to that folder.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    /// `api.toml`.
    pub api: String,
    /// The files under `pages/`, by name.
    pub pages: BTreeMap<String, String>,
    /// `vocabulary.toml`.
    pub vocabulary: Option<String>,
    /// The files under `overlays/`, by name.
    pub overlays: BTreeMap<String, String>,
    /// The vendor's own API description: the file's name and its text.
    pub description: Option<(String, String)>,
    /// `captures.lock`.
    pub captures: Option<String>,
}

/// The document of an API, and what it was made of.
#[derive(Debug, Clone, PartialEq)]
pub struct Derived {
    /// What `api.toml` says.
    pub api: Api,
    /// The `OpenAPI` 3.0.3 document.
    pub document: Value,
}

impl Derived {
    /// How many operations the document has.
    #[must_use]
    pub fn operations(&self) -> usize {
        let paths = self.document.get("paths").and_then(Value::as_object);
        paths.map_or(0, |paths| {
            paths
                .values()
                .filter_map(Value::as_object)
                .flat_map(serde_json::Map::keys)
                .filter(|key| crate::page::Method::parse(&key.to_ascii_uppercase()).is_some())
                .count()
        })
    }
}

/// The document of an API with the sources that it was read from, for those who look at both.
#[derive(Debug, Clone)]
pub struct Traced {
    /// The document.
    pub derived: Derived,
    /// The pages in the order in which `api.toml` lists them.
    pub pages: Vec<Page>,
    /// The reviewed splits.
    pub vocabulary: Vocabulary,
    /// The decisions that no longer apply: splits that no page asks for, actions of overlays that select or change
    /// nothing. The document is as if they were not there.
    pub idle: Vec<Diagnostic>,
}

/// The rules of diagnostics about actions that no longer apply.
const IDLE: [&str; 2] = ["overlay-target", "overlay-without-effect"];

/// Reads the pages, derives the document and applies the overlays.
///
/// # Errors
///
/// All that is wrong with the files. Each diagnostic names its file as `api.toml`, `pages/NAME`, `overlays/NAME` and
/// so on; [`Sources::text`] gives the text to show with it. Besides what the stages report: a split that no page
/// asks for.
pub fn derive(sources: &Sources) -> Result<Derived, Vec<Diagnostic>> {
    let traced = trace(sources)?;
    if traced.idle.is_empty() {
        Ok(traced.derived)
    } else {
        Err(traced.idle)
    }
}

/// Derives the document as [`derive()`] does and keeps what it was derived from. Decisions that no longer apply are
/// told, not refused.
///
/// # Errors
///
/// As [`derive()`], without the decisions that no longer apply.
pub fn trace(sources: &Sources) -> Result<Traced, Vec<Diagnostic>> {
    let mut problems = Vec::new();
    let mut keep = |diagnostics: Vec<Diagnostic>| problems.extend(diagnostics);

    let api = Api::parse("api.toml", &sources.api).map_err(&mut keep).ok();
    if let Some(api) = &api {
        let found: BTreeSet<String> = sources.pages.keys().cloned().collect();
        api.check_pages(&found).map_err(&mut keep).ok();
    }
    let vocabulary = Vocabulary::parse(sources.vocabulary.as_deref().unwrap_or_default())
        .map_err(&mut keep)
        .ok();
    let description = sources
        .description
        .as_ref()
        .map(|(name, text)| crate::description::parse(name, text))
        .transpose()
        .map_err(&mut keep)
        .ok();
    let mut overlays = Vec::new();
    for (name, text) in &sources.overlays {
        match read_overlay(name, text) {
            Ok(overlay) => overlays.push(overlay),
            Err(diagnostics) => keep(diagnostics),
        }
    }
    let lock = Lock::parse(sources.captures.as_deref().unwrap_or_default())
        .map_err(&mut keep)
        .ok();
    let mut read = Vec::new();
    if let Some(vocabulary) = &vocabulary {
        read = pages(sources, api.as_ref(), vocabulary)
            .map_err(&mut keep)
            .unwrap_or_default();
    }
    let (Some(api), Some(vocabulary), Some(description), Some(lock)) =
        (api, vocabulary, description, lock)
    else {
        return Err(problems);
    };
    if !problems.is_empty() {
        return Err(problems);
    }
    let misfits = captures::check(&lock, &read);
    if !misfits.is_empty() {
        return Err(misfits);
    }
    let mut idle = vocabulary.unused_entries();
    let mut document = document(sources, description.as_ref(), &read, &api)?;
    captures::annotate(&mut document, &lock, &read);
    let (document, refused) = overlay::apply_those_that_fit(&document, &overlays);
    let (outdated, wrong): (Vec<Diagnostic>, Vec<Diagnostic>) = refused
        .into_iter()
        .partition(|problem| IDLE.contains(&problem.rule));
    if !wrong.is_empty() {
        return Err(wrong);
    }
    idle.extend(outdated);
    Ok(Traced {
        derived: Derived { api, document },
        pages: read,
        vocabulary,
        idle,
    })
}

/// Reads the pages in the order in which `api.toml` lists them.
///
/// # Errors
///
/// All that is wrong with the pages, as [`layout::read`] reports it.
pub fn pages(
    sources: &Sources,
    api: Option<&Api>,
    vocabulary: &Vocabulary,
) -> Result<Vec<Page>, Vec<Diagnostic>> {
    let mut read = Vec::new();
    let mut problems = Vec::new();
    for (name, text) in ordered(&sources.pages, api) {
        let page = format!("pages/{name}");
        let context = Context {
            page: &page,
            vocabulary,
        };
        match layout::read(&Text::new(text), None, context) {
            Ok(page) => read.push(page),
            Err(diagnostics) => problems.extend(diagnostics),
        }
    }
    if problems.is_empty() {
        Ok(read)
    } else {
        Err(problems)
    }
}

fn document(
    sources: &Sources,
    description: Option<&Value>,
    pages: &[Page],
    api: &Api,
) -> Result<Value, Vec<Diagnostic>> {
    let name = sources.description.as_ref().map(|(name, _)| name.as_str());
    let base = name
        .zip(description)
        .map(|(name, document)| Base { name, document });
    derive::onto(base, pages, Some(api))
}

/// Reads an overlay, once its name says that it is one.
fn read_overlay(name: &str, text: &str) -> Result<Overlay, Vec<Diagnostic>> {
    let file = format!("overlays/{name}");
    let extension = Path::new(name).extension().and_then(OsStr::to_str);
    if matches!(extension, Some("yaml" | "yml" | "json")) {
        return Overlay::parse(&file, text);
    }
    Err(vec![Diagnostic {
        rule: "overlay-name",
        page: file,
        span: None,
        found: format!("`{name}` is no overlay"),
        expected: "files called `NN-reason.yaml` in this folder, and nothing else".to_owned(),
        fix: "rename the file or move it elsewhere".to_owned(),
    }])
}

/// The pages in the order in which `api.toml` lists them; those that it does not list have been reported.
fn ordered<'s>(
    pages: &'s BTreeMap<String, String>,
    api: Option<&Api>,
) -> Vec<(&'s String, &'s String)> {
    match api {
        Some(api) => api
            .pages
            .iter()
            .filter_map(|page| pages.get_key_value(&page.name))
            .collect(),
        None => pages.iter().collect(),
    }
}

impl Sources {
    /// The text that a diagnostic about this file speaks of.
    #[must_use]
    pub fn text(&self, file: &str) -> Option<&str> {
        if let Some(name) = file.strip_prefix("pages/") {
            return self.pages.get(name).map(String::as_str);
        }
        if let Some(name) = file.strip_prefix("overlays/") {
            return self.overlays.get(name).map(String::as_str);
        }
        match (file, &self.description) {
            ("api.toml", _) => Some(&self.api),
            (vocabulary::FILE, _) => self.vocabulary.as_deref(),
            (captures::FILE, _) => self.captures.as_deref(),
            (_, Some((name, text))) if name == file => Some(text),
            _ => None,
        }
    }
}
