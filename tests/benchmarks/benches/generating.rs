//! How long the work of `cargo xtask codegen` takes for the three APIs, one after the other and without reading and
//! writing files, and how long a document with 1,000 operations takes, with the most memory that the whole run held.
//! It is measured as optimised code; `cargo xtask` runs the same work with the optimisation that the workspace's
//! manifest chooses for development.
//!
//! Then the largest documents: one of 14 MB that is made up, and two that vendors publish, where they were fetched. Each
//! is generated from its text, beside what progenitor takes to print code for the same document in builder style: that
//! code is one file without documentation of its own, feature flags and tests, for a document that was normalised before.
//!
//! `cargo bench -p benchmarks --bench generating`
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "it fails by panicking and prints what it measured"
)]

use std::collections::BTreeMap;
use std::fs;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use benchmarks::{document_of_bytes, document_of_resources, document_without_sharing};
use codegen::generate::{Settings, generate};
use codegen::normalise::normalise;
use criterion::{Criterion, criterion_group};
use docspec::sources::{Sources, derive};
use openapiv3::OpenAPI;
use progenitor::{CrateVers, GenerationSettings, Generator, InterfaceStyle, TagStyle};
use serde::Deserialize as _;

/// The allocator of `xtask`, which is what this measures.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// The sources of every API under `specs/`.
fn apis() -> Vec<Sources> {
    let specs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../specs");
    let mut folders: Vec<_> = fs::read_dir(specs)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.join("api.toml").is_file())
        .collect();
    folders.sort();
    let read = |path: &Path| fs::read_to_string(path).ok();
    folders
        .iter()
        .map(|folder| Sources {
            api: read(&folder.join("api.toml")).unwrap(),
            pages: texts(&folder.join("pages")),
            vocabulary: read(&folder.join("vocabulary.toml")),
            overlays: texts(&folder.join("overlays")),
            description: None,
            captures: read(&folder.join("captures.lock")),
        })
        .collect()
}

fn texts(folder: &Path) -> BTreeMap<String, String> {
    let Ok(entries) = fs::read_dir(folder) else {
        return BTreeMap::new();
    };
    entries
        .map(|entry| entry.unwrap())
        .map(|entry| {
            (
                entry.file_name().into_string().unwrap(),
                fs::read_to_string(entry.path()).unwrap(),
            )
        })
        .collect()
}

/// Pages to files, as `cargo xtask codegen` does between reading and writing.
fn generate_one(sources: &Sources) {
    let derived = derive(sources).unwrap();
    black_box(docspec::canonical::to_string(&derived.document));
    black_box(generate(&derived.document, &Settings::new("bench-client")).unwrap());
}

/// Side by side, as `xtask` does.
fn generate_all(apis: &[Sources]) {
    std::thread::scope(|scope| {
        for sources in apis {
            scope.spawn(|| generate_one(sources));
        }
    });
}

fn generating(criterion: &mut Criterion) {
    let apis = apis();
    let mut group = criterion.benchmark_group("generating");
    group
        .sample_size(10)
        .measurement_time(Duration::from_secs(5));
    group.bench_function(format!("{} APIs side by side", apis.len()), |bencher| {
        bencher.iter(|| generate_all(&apis));
    });
    group.bench_function(format!("{} APIs one by one", apis.len()), |bencher| {
        bencher.iter(|| apis.iter().for_each(generate_one));
    });
    group.finish();
}

/// One run of a large document, and the most memory that the whole process held until its end. So the larger document
/// comes last.
fn large(name: &str, document: &serde_json::Value) {
    let start = Instant::now();
    let generated = generate(document, &Settings::new("large-client")).unwrap();
    let took = start.elapsed();
    let lines: usize = generated
        .files
        .values()
        .map(|file| file.lines().count())
        .sum();
    let peak = peak_megabytes().map_or_else(|| "unknown".to_owned(), |peak| format!("{peak} MB"));
    println!(
        "generating/{name}: {:.2} s, {lines} lines in {} files, peak memory {peak}",
        took.as_secs_f64(),
        generated.files.len()
    );
}

/// The peak of this process's resident memory, where the system tells.
fn peak_megabytes() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    let kilobytes: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kilobytes / 1_000)
}

/// The documents that are measured beside progenitor: one that is made up, and large ones that vendors publish, which
/// are fetched and not in this repository.
const LARGEST: [&str; 3] = [
    "made-up-of-14-MB.json",
    "github-enterprise-cloud.json",
    "datadog-v2.yaml",
];

/// What a process of its own does with one of them, so that its memory is that of one document.
const WAYS: [&str; 2] = ["ours", "progenitor"];

/// Measures each of the largest documents, as far as they are there.
fn largest() {
    for name in LARGEST {
        if text_of(name).is_none() {
            println!(
                "generating/{name}: skipped, since it is not there; `cargo run --release -p published-documents -- \
                 fetch` fetches it"
            );
            continue;
        }
        let [ours, theirs] = WAYS.map(|way| {
            let program = std::env::current_exe().unwrap();
            let output = Command::new(program).args([way, name]).output().unwrap();
            assert!(output.status.success(), "{name} fails");
            String::from_utf8(output.stdout).unwrap()
        });
        let seconds = |text: &str| text.split(' ').next().unwrap().parse::<f64>().unwrap();
        println!(
            "generating/{name}: {}, {:.2} times the {:.2} s of progenitor alone",
            ours.trim_end(),
            seconds(&ours) / seconds(&theirs),
            seconds(&theirs),
        );
    }
}

/// The text of one of the largest documents, when it is there.
fn text_of(name: &str) -> Option<String> {
    if name.starts_with("made-up") {
        return Some(document_of_bytes(14_000_000));
    }
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target"),
        PathBuf::from,
    );
    fs::read_to_string(target.join("published-documents/documents").join(name)).ok()
}

/// Measures one document: from its text to the texts of its crate, or what progenitor takes once it is normalised.
fn one(way: &str, name: &str) {
    let text = text_of(name).unwrap();
    let start = Instant::now();
    let document = docspec::description::parse(name, &text).unwrap();
    let took = if way == "ours" {
        black_box(generate(&document, &Settings::new("large-client")).unwrap());
        start.elapsed()
    } else {
        let normalised = normalise(&document).unwrap();
        drop(document);
        let start = Instant::now();
        black_box(progenitor_alone(&normalised.document));
        start.elapsed()
    };
    let peak = peak_megabytes().map_or_else(|| "unknown".to_owned(), |peak| format!("{peak} MB"));
    println!("{:.2} s, peak memory {peak}", took.as_secs_f64());
}

/// What a build script with progenitor does.
fn progenitor_alone(document: &serde_json::Value) -> String {
    let document = OpenAPI::deserialize(document).unwrap();
    let mut settings = GenerationSettings::default();
    settings
        .with_interface(InterfaceStyle::Builder)
        .with_tag(TagStyle::Merged)
        .with_crate("client-runtime", CrateVers::Any, None)
        .with_crate("std", CrateVers::Any, None);
    let tokens = Generator::new(&settings)
        .generate_tokens(&document)
        .unwrap();
    prettyplease::unparse(&syn::parse2(tokens).unwrap())
}

criterion_group!(benches, generating);

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [way, name] = arguments.as_slice()
        && WAYS.contains(&way.as_str())
    {
        return one(way, name);
    }
    benches();
    Criterion::default().configure_from_args().final_summary();
    large(
        "1,000 operations on 200 resources",
        &document_of_resources(1_000),
    );
    large(
        "1,000 operations that share nothing",
        &document_without_sharing(1_000),
    );
    largest();
}
