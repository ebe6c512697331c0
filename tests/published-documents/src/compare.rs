//! How long a generated crate takes to check, beside what progenitor prints for the same document.

use std::{collections::BTreeMap, fmt, fs, path::Path, time::Instant};

use codegen::normalise;
use docspec::description;
use openapiv3::OpenAPI;
use progenitor::{CrateVers, GenerationSettings, Generator, InterfaceStyle, TagStyle};
use serde::Deserialize as _;
use serde_json::{Map, Value};

use crate::{check, folders::Folders, generate, list::Document};

/// How often each crate is checked; the shortest time counts, since nothing makes a compiler faster than it is.
const ROUNDS: usize = 3;

/// How many parts of a second Linux counts processor time in.
const TICKS: f64 = 100.0;

/// The times of one document in seconds: of the processor where the system tells, which other work on the machine hardly
/// changes; else of the clock.
#[derive(Debug)]
pub(crate) struct Compared {
    name: String,
    progenitor: f64,
    ours: f64,
    /// The time with the feature of one tag, where the crate has features, and that feature.
    one_tag: Option<(String, f64)>,
}

impl Compared {
    /// Whether the crate is as much faster as it has to be.
    pub(crate) fn is_fast(&self) -> bool {
        self.ours <= 0.8 * self.progenitor
            && self
                .one_tag
                .as_ref()
                .is_none_or(|(_, seconds)| *seconds <= 0.1 * self.progenitor)
    }
}

impl fmt::Display for Compared {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            out,
            "{}: progenitor {:.2} s, ours {:.2} s ({:.2})",
            self.name,
            self.progenitor,
            self.ours,
            self.ours / self.progenitor
        )?;
        if let Some((tag, seconds)) = &self.one_tag {
            write!(
                out,
                ", {tag} {seconds:.2} s ({:.2})",
                seconds / self.progenitor
            )?;
        }
        Ok(())
    }
}

/// Generates both crates and checks them in turn.
pub(crate) fn compare(folders: &Folders, document: &Document) -> Result<Compared, String> {
    let measured = generate::apart(document);
    if let Some(problem) = measured.problem {
        return Err(problem);
    }
    let ours = document.name.clone();
    let theirs = format!("{ours}-by-progenitor");
    print_theirs(folders, document, &theirs)?;
    check::workspace(folders, &[&ours, &theirs])?;
    let tag = median_tag(&folders.crates().join(&ours))?;
    let mut times: BTreeMap<usize, f64> = BTreeMap::new();
    let feature = tag.as_deref().unwrap_or_default();
    let with_tag = [
        "check",
        "--package",
        &ours,
        "--no-default-features",
        "--features",
        feature,
    ];
    let mut runs: Vec<&[&str]> = vec![&["check", "--package"], &["check", "--package"]];
    if tag.is_some() {
        runs.push(&with_tag);
    }
    for round in 0..=ROUNDS {
        for (index, run) in runs.iter().enumerate() {
            let package = if index == 0 { &theirs } else { &ours };
            let arguments: Vec<&str> = if index < 2 {
                run.iter().copied().chain([package.as_str()]).collect()
            } else {
                run.to_vec()
            };
            let _not_there = check::run(folders, &["clean", "--package", package]);
            let (start, before) = (Instant::now(), processor_seconds());
            check::run(folders, &arguments).map_err(|text| format!("{package}: {text}"))?;
            let seconds = before
                .zip(processor_seconds())
                .map_or(start.elapsed().as_secs_f64(), |(before, after)| {
                    after - before
                });
            // The first round also compiles what the crates depend on.
            if round > 0 {
                let best = times.entry(index).or_insert(f64::INFINITY);
                *best = best.min(seconds);
            }
        }
    }
    let time = |index: usize| times.get(&index).copied().unwrap_or(f64::INFINITY);
    Ok(Compared {
        name: ours,
        progenitor: time(0),
        ours: time(1),
        one_tag: tag.map(|tag| (tag, time(2))),
    })
}

/// The processor time of the processes that this one has started and that have ended.
fn processor_seconds() -> Option<f64> {
    let status = fs::read_to_string("/proc/self/stat").ok()?;
    // The program's name stands in parentheses, and may hold anything.
    let (_, fields) = status.rsplit_once(')')?;
    let ticks: Vec<f64> = fields
        .split_whitespace()
        .skip(13)
        .take(2)
        .filter_map(|field| field.parse().ok())
        .collect();
    (ticks.len() == 2).then(|| ticks.iter().sum::<f64>() / TICKS)
}

/// The feature whose operations are neither many nor few: the one in the middle by how often it gates something.
fn median_tag(folder: &Path) -> Result<Option<String>, String> {
    let file = folder.join("src/builder.rs");
    let text = fs::read_to_string(&file).map_err(|error| format!("{}: {error}", file.display()))?;
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for part in text.split("feature = \"").skip(1) {
        if let Some((feature, _)) = part.split_once('"') {
            *counts.entry(feature).or_default() += 1;
        }
    }
    let mut sorted: Vec<(usize, &str)> = counts
        .into_iter()
        .map(|(tag, count)| (count, tag))
        .collect();
    sorted.sort_unstable();
    Ok(sorted
        .get(sorted.len() / 2)
        .map(|(_, tag)| (*tag).to_owned()))
}

/// The crate of what progenitor prints for the normalised document, since it takes hardly any document as it is.
fn print_theirs(folders: &Folders, document: &Document, name: &str) -> Result<(), String> {
    let file = folders.document(document);
    let text = fs::read_to_string(&file).map_err(|error| format!("{}: {error}", file.display()))?;
    let file_name = file
        .file_name()
        .map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let value = description::parse(&file_name, &text).map_err(|problems| {
        problems
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
            .join("\n")
    })?;
    let mut normalised = normalise::normalise(&value).map_err(|refusals| refusals.to_string())?;
    // Their code for these methods does not compile, since reqwest has no functions for them; so they have less to do.
    let paths = normalised
        .document
        .get_mut("paths")
        .and_then(Value::as_object_mut);
    for item in paths
        .into_iter()
        .flat_map(Map::values_mut)
        .filter_map(Value::as_object_mut)
    {
        item.retain(|method, _| method != "options" && method != "trace");
    }
    let document = OpenAPI::deserialize(&normalised.document).map_err(|error| error.to_string())?;
    let mut settings = GenerationSettings::default();
    settings
        .with_interface(InterfaceStyle::Builder)
        .with_tag(TagStyle::Merged)
        .with_map_type("::std::collections::BTreeMap")
        .with_crate("client-runtime", CrateVers::Any, None)
        .with_crate("std", CrateVers::Any, None);
    let tokens = Generator::new(&settings)
        .generate_tokens(&document)
        .map_err(|error| error.to_string())?;
    let file = syn::parse2(tokens).map_err(|error| error.to_string())?;
    let code = format!(
        "#![allow(unused_imports, non_camel_case_types)]\n{}",
        prettyplease::unparse(&file)
    );
    let root = folders.crates().join(name);
    let runtime = folders.workspace().join("crates/client-runtime");
    let runtime = runtime.display().to_string();
    let manifest = format!(
        "[package]\nname = {name:?}\nversion = \"0.1.0\"\nedition = \"2021\"\n\n[dependencies]\nbytes = \"1\"\n\
         client-runtime = {{ path = {runtime:?} }}\nfutures-core = \"0.3\"\nprogenitor-client = \"0.15.1\"\n\
         reqwest = {{ version = \"0.13.5\", default-features = false, features = [\"json\", \"query\", \"stream\"] }}\n\
         serde = {{ version = \"1\", features = [\"derive\"] }}\nserde_json = \"1\"\n",
    );
    let fault = |error: std::io::Error| format!("{}: {error}", root.display());
    fs::create_dir_all(root.join("src")).map_err(fault)?;
    fs::write(root.join("Cargo.toml"), manifest).map_err(fault)?;
    fs::write(root.join("src/lib.rs"), code).map_err(fault)
}
