//! How long reading a page takes, in every text layout, and that it grows with the number of lines and no faster.
//!
//! `cargo bench -p benchmarks --bench reading`
#![allow(
    clippy::panic,
    clippy::print_stdout,
    clippy::cast_precision_loss,
    reason = "it fails by panicking and prints what it measured"
)]

use std::hint::black_box;
use std::time::{Duration, Instant};

use benchmarks::page;
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group};
use docspec::layout::{Context, Layout, read};
use docspec::text::Text;
use docspec::vocabulary::Vocabulary;

const SIZES: [usize; 3] = [1_000, 10_000, 100_000];

fn read_whole(layout: Layout, page: &str, vocabulary: &Vocabulary) {
    let text = Text::new(page);
    let context = Context {
        page: "page",
        vocabulary,
    };
    match read(&text, None, context) {
        Ok(page) => {
            assert_eq!(page.layout, layout, "recognised as another layout");
            black_box(page);
        }
        Err(diagnostics) => {
            let shown: Vec<String> = diagnostics
                .iter()
                .take(3)
                .map(ToString::to_string)
                .collect();
            panic!("{}: {shown:#?}", layout.name());
        }
    }
}

fn reading(criterion: &mut Criterion) {
    let vocabulary = Vocabulary::default();
    for layout in Layout::ALL {
        let mut group = criterion.benchmark_group(format!("reading/{}", layout.name()));
        group
            .sample_size(10)
            .measurement_time(Duration::from_secs(2));
        for lines in SIZES {
            let Some(page) = page(layout, lines) else {
                continue;
            };
            group.throughput(Throughput::Elements(page.lines().count() as u64));
            group.bench_with_input(
                BenchmarkId::from_parameter(lines),
                &page,
                |bencher, page| {
                    bencher.iter(|| read_whole(layout, page, &vocabulary));
                },
            );
        }
        group.finish();
    }
}

/// Time per line at 100,000 lines over time per line at 1,000: 1.0 is linear.
fn growth() {
    let vocabulary = Vocabulary::default();
    for layout in Layout::ALL {
        let per_line = |lines: usize| {
            let page = page(layout, lines)?;
            let fastest = (0..5)
                .map(|_| time(|| read_whole(layout, &page, &vocabulary)))
                .min()?;
            Some(fastest.as_secs_f64() / page.lines().count() as f64)
        };
        if let (Some(small), Some(large)) = (per_line(SIZES[0]), per_line(SIZES[2])) {
            println!(
                "growth/{:<18} {:>6.0} ns a line at {}, {:>6.0} ns at {}: ratio {:.2}",
                layout.name(),
                small * 1e9,
                SIZES[0],
                large * 1e9,
                SIZES[2],
                large / small
            );
        }
    }
}

fn time(run: impl FnOnce()) -> Duration {
    let start = Instant::now();
    run();
    start.elapsed()
}

criterion_group!(benches, reading);

fn main() {
    benches();
    Criterion::default().configure_from_args().final_summary();
    growth();
}
