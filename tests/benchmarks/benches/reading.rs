//! How long reading a page takes, in every layout, and that it grows with the number of lines and no faster.
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

use benchmarks::{Form, page};
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group};
use docspec::layout::{Context, read};
use docspec::text::Text;
use docspec::vocabulary::Vocabulary;

const SIZES: [usize; 3] = [1_000, 10_000, 100_000];

fn read_whole(form: Form, page: &str, vocabulary: &Vocabulary) {
    let text = Text::new(page);
    let context = Context {
        page: "page",
        vocabulary,
    };
    match read(&text, None, context) {
        Ok(page) => {
            assert_eq!(page.layout, form.layout(), "recognised as another layout");
            black_box(page);
        }
        Err(diagnostics) => {
            let shown: Vec<String> = diagnostics
                .iter()
                .take(3)
                .map(ToString::to_string)
                .collect();
            panic!("{}: {shown:#?}", form.name());
        }
    }
}

fn reading(criterion: &mut Criterion) {
    let vocabulary = Vocabulary::default();
    for form in Form::ALL {
        let mut group = criterion.benchmark_group(format!("reading/{}", form.name()));
        group
            .sample_size(10)
            .measurement_time(Duration::from_secs(2));
        for lines in SIZES {
            let page = page(form, lines);
            group.throughput(Throughput::Elements(page.lines().count() as u64));
            group.bench_with_input(
                BenchmarkId::from_parameter(lines),
                &page,
                |bencher, page| {
                    bencher.iter(|| read_whole(form, page, &vocabulary));
                },
            );
        }
        group.finish();
    }
}

/// What a line costs at each size. The last size over the first is 1 for a reader that is linear, and 100 for one that
/// is quadratic; what does not fit into the processor's caches any more costs up to twice as much.
fn growth() {
    let vocabulary = Vocabulary::default();
    println!("nanoseconds for a line, the fastest of five runs:");
    for form in Form::ALL {
        let per_line = SIZES.map(|lines| {
            let page = page(form, lines);
            let fastest = (0..5)
                .map(|_| time(|| read_whole(form, &page, &vocabulary)))
                .min()
                .unwrap_or_default();
            fastest.as_secs_f64() * 1e9 / page.lines().count() as f64
        });
        let shown: Vec<String> = SIZES
            .iter()
            .zip(per_line)
            .map(|(lines, time)| format!("{time:>6.0} at {lines}"))
            .collect();
        println!(
            "growth/{:<14} {}: {:.2} times",
            form.name(),
            shown.join(", "),
            per_line[2] / per_line[0]
        );
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
