//! `cargo bench -p client-bench`: instructions and allocations of a call through the generated client, beside the same
//! call written by hand, both in one run of one process. Instructions are counted by valgrind's callgrind, which
//! counts the same for the same program whatever else the machine does; allocations by an allocator that counts.
//! Exits with 1 when a ratio is above its bar.

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::expect_used,
    missing_docs,
    reason = "a benchmark prints, and fails by panicking"
)]

use client_bench::{ACCOUNT, CONTACT, ID, callgrind, generated, hand_written, page, server};
use std::hint::black_box;
use std::process::{Command, ExitCode};
use tokio::runtime::Builder;
use tokio::task::JoinSet;
use truto_client::client_runtime::from_json;
use truto_client::types::ContactsListResponse;

/// How many calls are in flight at a time, for each row of the table.
const IN_FLIGHT: [usize; 3] = [1, 8, 64];

/// How many calls are measured.
const CALLS: usize = 256;

/// How many pages are decoded, and of how many contacts.
const PAGES: usize = 4;
const CONTACTS: usize = 100;

/// The most that a call through the generated client may cost, as a part of what it costs by hand.
const CALL_BAR: f64 = 0.95;
const PAGE_BAR: f64 = 0.6;
const ALLOCATION_BAR: f64 = 1.0;

fn main() -> ExitCode {
    let mut arguments = std::env::args()
        .skip(1)
        .skip_while(|argument| argument == "--bench");
    match (arguments.next().as_deref(), arguments.next()) {
        (Some("--calls"), Some(in_flight)) => {
            calls(in_flight.parse().expect("a number"), &mut run_within);
            ExitCode::SUCCESS
        }
        (Some("--pages"), _) => {
            pages(&mut run_within);
            ExitCode::SUCCESS
        }
        _ => report(),
    }
}

fn report() -> ExitCode {
    println!(
        "a call: an update of a contact that is answered with {} bytes; a page: {CONTACTS} such contacts\n",
        CONTACT.len()
    );
    println!("| what | counted | by hand | generated | ratio | bar |\n|---|---|---|---|---|---|");
    let mut is_within = true;
    for in_flight in IN_FLIGHT {
        let what = format!("call, {in_flight} in flight");
        let counts = instructions(&["--calls", &in_flight.to_string()], CALLS);
        is_within &= row(&what, "instructions", counts, CALL_BAR);
        let mut counts = Vec::new();
        calls(in_flight, &mut |_, run| counts.push(allocations(run)));
        is_within &= row(&what, "allocations", per(&counts, CALLS), ALLOCATION_BAR);
    }
    is_within &= row(
        "page, decoded",
        "instructions",
        instructions(&["--pages"], PAGES),
        PAGE_BAR,
    );
    let mut counts = Vec::new();
    pages(&mut |_, run| counts.push(allocations(run)));
    is_within &= row(
        "page, decoded",
        "allocations",
        per(&counts, PAGES),
        ALLOCATION_BAR,
    );
    if is_within {
        ExitCode::SUCCESS
    } else {
        eprintln!("\na ratio is above its bar");
        ExitCode::FAILURE
    }
}

/// Prints a row of the table, and says whether the ratio is within its bar.
fn row(what: &str, counted: &str, [by_hand, generated]: [f64; 2], bar: f64) -> bool {
    let ratio = generated / by_hand;
    println!("| {what} | {counted} | {by_hand:.1} | {generated:.1} | {ratio:.3} | {bar:.2} |");
    ratio <= bar
}

/// Runs this program once more under callgrind, and gives the instructions for each of `times` times that were
/// executed by hand and by the generated client.
fn instructions(arguments: &[&str], times: usize) -> [f64; 2] {
    let directory = tempfile::tempdir().expect("a folder for callgrind's report");
    let path = directory.path().join("callgrind");
    let program = std::env::current_exe().expect("the program's own path");
    let run = Command::new("valgrind")
        .arg("--tool=callgrind")
        .arg(format!("--callgrind-out-file={}", path.display()))
        .arg(program)
        .args(arguments)
        .output();
    let output = match run {
        Ok(output) => output,
        Err(error) => panic!("valgrind is needed to count instructions: {error}"),
    };
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let report = std::fs::read_to_string(path).expect("callgrind's report");
    let counts = callgrind::inclusive(&report, &["measured_by_hand", "measured_generated"]);
    per(&counts, times)
}

#[expect(
    clippy::cast_precision_loss,
    reason = "a ratio needs no more than 52 bits"
)]
fn per(counts: &[u64], times: usize) -> [f64; 2] {
    let [by_hand, generated] = counts else {
        panic!("two counts, found {}", counts.len());
    };
    assert!(*by_hand > 0 && *generated > 0, "nothing was counted");
    [by_hand, generated].map(|count| *count as f64 / times as f64)
}

fn allocations(run: &mut dyn FnMut()) -> u64 {
    allocation_counter::measure(run).count_total
}

/// Which of the two is measured.
#[derive(Clone, Copy)]
enum Side {
    ByHand,
    Generated,
}

/// Runs what is measured within a function that callgrind knows by its name.
fn run_within(side: Side, run: &mut dyn FnMut()) {
    match side {
        Side::ByHand => measured_by_hand(run),
        Side::Generated => measured_generated(run),
    }
}

#[inline(never)]
fn measured_by_hand(run: &mut dyn FnMut()) {
    run();
    black_box("by hand");
}

#[inline(never)]
fn measured_generated(run: &mut dyn FnMut()) {
    run();
    black_box("generated");
}

/// Has `measure` run the calls of both sides, after they were warmed up.
fn calls(in_flight: usize, measure: &mut dyn FnMut(Side, &mut dyn FnMut())) {
    let runtime = Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    let server = server().expect("a server");
    let by_hand = hand_written::Client::new(server.url(), "t0ken", ACCOUNT);
    let generated = generated::client(server.url(), "t0ken").expect("a client");
    let each = CALLS / in_flight;
    let mut run_by_hand = || {
        let mut tasks = JoinSet::new();
        for _ in 0..in_flight {
            let client = by_hand.clone();
            tasks.spawn_on(
                async move {
                    for _ in 0..each {
                        let update = hand_written::update();
                        black_box(client.update(ID, &update).await.expect("an answer"));
                    }
                },
                runtime.handle(),
            );
        }
        runtime.block_on(tasks.join_all());
    };
    run_by_hand();
    measure(Side::ByHand, &mut run_by_hand);
    let mut run_generated = || {
        let mut tasks = JoinSet::new();
        for _ in 0..in_flight {
            let client = generated.clone();
            tasks.spawn_on(
                async move {
                    for _ in 0..each {
                        let call = client
                            .contacts_update()
                            .id(ID)
                            .integrated_account_id(ACCOUNT);
                        let answer = call.body(generated::update()).send().await;
                        black_box(answer.expect("an answer"));
                    }
                },
                runtime.handle(),
            );
        }
        runtime.block_on(tasks.join_all());
    };
    run_generated();
    measure(Side::Generated, &mut run_generated);
}

/// Has `measure` decode pages on both sides.
fn pages(measure: &mut dyn FnMut(Side, &mut dyn FnMut())) {
    let page = page(CONTACTS);
    measure(Side::ByHand, &mut || {
        for _ in 0..PAGES {
            let page: hand_written::ContactPage =
                serde_json::from_slice(black_box(page.as_bytes())).expect("a page");
            black_box(page);
        }
    });
    measure(Side::Generated, &mut || {
        for _ in 0..PAGES {
            let page: ContactsListResponse = from_json(black_box(page.as_bytes())).expect("a page");
            black_box(page);
        }
    });
}
