//! Allocations of a call through the generated client beside the same call written by hand, both in one run of one
//! process. Exits with 1 when a ratio is above its bar.

#![allow(missing_docs, reason = "a benchmark has no callers")]

use allocation_counter::measure;
use client_bench::scenario::{CALLS, IN_FLIGHT, PAGES, calls, pages};
use client_bench::table::Table;
use std::io;
use std::process::ExitCode;

/// The most allocations, as a part of those by hand.
const BAR: f64 = 1.0;

fn main() -> io::Result<ExitCode> {
    let mut table = Table::new(io::stdout(), "allocations")?;
    for in_flight in IN_FLIGHT {
        let mut counts = Vec::new();
        calls(in_flight, &mut |_, run| {
            counts.push(measure(run).count_total);
        });
        table.row(&format!("call, {in_flight} in flight"), &counts, CALLS, BAR)?;
    }
    let mut counts = Vec::new();
    pages(&mut |_, run| counts.push(measure(run).count_total));
    table.row("page, decoded", &counts, PAGES, BAR)?;
    Ok(if table.is_within_bars() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}
