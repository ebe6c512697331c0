//! How long the work of `cargo xtask codegen` takes for the three APIs, one after the other and without reading and
//! writing files, and how long a document with 1,000 operations takes, with the most memory that the whole run held.
//! It is measured as optimised code; `cargo xtask` runs the same work with the optimisation that the workspace's
//! manifest chooses for development.
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
use std::path::Path;
use std::time::{Duration, Instant};

use benchmarks::{document_of_resources, document_without_sharing};
use codegen::generate::{Settings, generate};
use criterion::{Criterion, criterion_group};
use docspec::sources::{Sources, derive};

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

criterion_group!(benches, generating);

fn main() {
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
}
