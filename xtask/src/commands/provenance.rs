//! `cargo xtask where`: the way back from generated code to the vendor's page.

mod printed;

use std::collections::BTreeMap;

use codegen::item::{self, Definition, Item};
use codegen::normalise;
use docspec::api::Api;
use docspec::canonical;
use docspec::captures::{self, Capture, Lock, Read};
use docspec::page::Page;
use docspec::sources::{self as stages, Sources};
use docspec::vocabulary::Vocabulary;
use serde_json::Value;

use crate::arguments::Where;
use crate::exit::{Exit, Failure};
use crate::files::texts_under;
use crate::output;
use crate::sources;
use crate::workspace::{Workspace, read, read_if_there};

/// The way back.
struct Way {
    api: String,
    crate_name: String,
    item: Item,
    definition: Option<Definition>,
    overlays: Vec<String>,
    assumed: Option<String>,
    source: Option<Source>,
}

/// A line of a page of ours.
struct Source {
    page: String,
    line: usize,
    /// What the line says.
    text: String,
    origin: Option<String>,
    /// Where the capture has it.
    capture: Option<(Read, Capture)>,
}

pub(crate) fn run(arguments: &Where) -> Result<Exit, Failure> {
    let workspace = Workspace::find()?;
    let (api, sources) = api_of(&workspace, &arguments.crate_name)?;
    let derived = stages::derive(&sources).map_err(|diagnostics| {
        sources::shown(&sources, &diagnostics).failure(&format!("specs/{api}/"), diagnostics)
    })?;
    let name = format!("specs/{api}/openapi.json");
    let text = canonical::to_string(&derived.document);
    if read_if_there(&workspace.root().join(&name))?.as_ref() != Some(&text) {
        return Err(Failure::Input(format!(
            "{name} is not what its sources give; expected it to be up to date, so that lines are right; \
             to fix: cargo xtask codegen"
        )));
    }
    // Numbers and keys as the generator read them.
    let document: Value = serde_json::from_str(&text)
        .map_err(|error| Failure::Fault(format!("cannot read {name} again: {error}")))?;
    let normalised = normalise::normalise(&document)
        .map_err(|refusals| Failure::Input(format!("{name}: {refusals}")))?;
    let Some(item) = item::find(&normalised, &document, &arguments.path) else {
        return Err(unknown(arguments, &item::paths(&normalised)));
    };
    let folder = format!("generated/{}", arguments.crate_name);
    let files = texts_under(workspace.root(), &format!("{folder}/src"))?;
    let definition = item::definition(&item, &files);
    let about = Facts::of(&document, &item.pointer);
    let source = match about.source {
        Some((page, line, origin)) => Some(located(&sources, page, line, origin)?),
        None => None,
    };
    let way = Way {
        api,
        crate_name: arguments.crate_name.clone(),
        item,
        definition,
        overlays: about.overlays,
        assumed: about.assumed,
        source,
    };
    output::print(&match arguments.format.as_str() {
        "json" => printed::json(&way),
        _ => printed::text(&way),
    })?;
    Ok(Exit::Done)
}

/// The API whose crate this is, and its sources.
fn api_of(workspace: &Workspace, crate_name: &str) -> Result<(String, Sources), Failure> {
    let mut known = Vec::new();
    for api in workspace.apis()? {
        let text = read(&workspace.root().join("specs").join(&api).join("api.toml"))?;
        // An api.toml that is wrong is reported when it is the one that was asked for.
        if let Ok(described) = Api::parse("api.toml", &text) {
            if described.crate_name == crate_name {
                let sources = sources::of_api(workspace, &api)?;
                return Ok((api, sources));
            }
            known.push(described.crate_name);
        }
    }
    Err(Failure::Input(format!(
        "no API has the crate `{crate_name}`; expected one of `{}`; to fix: correct the name",
        known.join("`, `")
    )))
}

fn unknown(arguments: &Where, paths: &[String]) -> Failure {
    const MOST: usize = 4;
    let asked = arguments.path.to_lowercase();
    let mut near: Vec<(f64, &String)> = paths
        .iter()
        .map(|path| (strsim::jaro_winkler(&path.to_lowercase(), &asked), path))
        .collect();
    near.sort_by(|one, other| other.0.total_cmp(&one.0).then(one.1.cmp(other.1)));
    let near: Vec<&str> = near
        .iter()
        .take(MOST)
        .map(|(_, path)| path.as_str())
        .collect();
    Failure::Input(format!(
        "{} has no `{}`; expected a type, a field, an operation or a parameter; to fix: did you mean `{}`?",
        arguments.crate_name,
        arguments.path,
        near.join("`, `")
    ))
}

/// What the document says about a part of it.
struct Facts {
    overlays: Vec<String>,
    assumed: Option<String>,
    source: Option<(String, usize, Option<String>)>,
}

impl Facts {
    /// The facts of the part at a pointer; its source is that of the nearest part around it that has one.
    fn of(document: &Value, pointer: &str) -> Self {
        let part = document.pointer(pointer);
        let overlays = part
            .and_then(|part| part.get("x-overlay"))
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .filter_map(|file| file.as_str().map(str::to_owned))
            .collect();
        let mut around = pointer;
        let (source, assumed) = loop {
            let part = document.pointer(around);
            if let Some(source) = part.and_then(|part| part.get("x-source")) {
                let text = |key: &str| source.get(key).and_then(Value::as_str).map(str::to_owned);
                let line = source
                    .get("line")
                    .and_then(Value::as_u64)
                    .and_then(|line| usize::try_from(line).ok());
                let assumed = part
                    .and_then(|part| part.get("x-assumed"))
                    .and_then(Value::as_str)
                    .map(str::to_owned);
                break (
                    text("page")
                        .zip(line)
                        .map(|(page, line)| (page, line, text("origin"))),
                    assumed,
                );
            }
            match around.rfind('/') {
                Some(at) => around = &around[..at],
                None => break (None, None),
            }
        };
        Self {
            overlays,
            assumed,
            source,
        }
    }
}

/// The line of a page and where its capture has it. The sources have been derived from, so that they read.
fn located(
    sources: &Sources,
    page: String,
    line: usize,
    origin: Option<String>,
) -> Result<Source, Failure> {
    let fault = |_| Failure::Fault("sources that derived do not read again".to_owned());
    let api = Api::parse("api.toml", &sources.api).map_err(fault)?;
    let vocabulary =
        Vocabulary::parse(sources.vocabulary.as_deref().unwrap_or_default()).map_err(fault)?;
    let pages: Vec<Page> = stages::pages(sources, Some(&api), &vocabulary).map_err(fault)?;
    let lock = Lock::parse(sources.captures.as_deref().unwrap_or_default()).map_err(fault)?;
    let mut readings: BTreeMap<(String, usize), Read> = captures::readings(&lock, &pages);
    let capture = readings
        .remove(&(page.clone(), line))
        .and_then(|read| Some((lock.pages.get(&read.file)?.clone(), read)))
        .map(|(capture, read)| (read, capture));
    let text = sources
        .text(&page)
        .and_then(|text| text.lines().nth(line.saturating_sub(1)))
        .unwrap_or_default()
        .trim()
        .to_owned();
    Ok(Source {
        page,
        line,
        text,
        origin,
        capture,
    })
}
