//! Instructions of a call through the generated client beside the same call written by hand, both in one run of one
//! process, counted by valgrind's callgrind: the same program gives the same counts whatever else the machine does.
//! Exits with 1 when a ratio is above its bar.

#![allow(missing_docs, reason = "a benchmark has no callers")]

use client_bench::callgrind::inclusive;
use client_bench::scenario::{CALLS, IN_FLIGHT, PAGES, Side, calls, pages};
use client_bench::table::Table;
use std::error::Error;
use std::hint::black_box;
use std::process::{Command, ExitCode};

/// The most that a call may cost, as a part of what it costs by hand.
const CALL_BAR: f64 = 0.95;

/// The same for decoding a page.
const PAGE_BAR: f64 = 0.6;

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    match (arguments.next().as_deref(), arguments.next()) {
        (Some("--calls"), Some(in_flight)) => calls(in_flight.parse()?, &mut run_within),
        (Some("--pages"), _) => pages(&mut run_within),
        _ => return report(),
    }
    Ok(ExitCode::SUCCESS)
}

fn report() -> Result<ExitCode, Box<dyn Error>> {
    let mut table = Table::new(std::io::stdout(), "instructions")?;
    for in_flight in IN_FLIGHT {
        let counts = counted(&["--calls", &in_flight.to_string()])?;
        table.row(
            &format!("call, {in_flight} in flight"),
            &counts,
            CALLS,
            CALL_BAR,
        )?;
    }
    table.row("page, decoded", &counted(&["--pages"])?, PAGES, PAGE_BAR)?;
    Ok(if table.is_within_bars() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// Runs this program once more under callgrind, and gives the instructions of each side.
fn counted(arguments: &[&str]) -> Result<Vec<u64>, Box<dyn Error>> {
    let directory = tempfile::tempdir()?;
    let path = directory.path().join("callgrind");
    let output = Command::new("valgrind")
        .arg("--tool=callgrind")
        .arg(format!("--callgrind-out-file={}", path.display()))
        .arg(std::env::current_exe()?)
        .args(arguments)
        .output()
        .map_err(|error| {
            format!("valgrind cannot be run, install it to count instructions: {error}")
        })?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into());
    }
    let report = std::fs::read_to_string(path)?;
    Ok(inclusive(
        &report,
        &["measured_by_hand", "measured_generated"],
    ))
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
