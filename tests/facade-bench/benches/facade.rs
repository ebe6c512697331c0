//! What the facade costs on top of the generated client, both in one run: instructions and allocations of an update,
//! allocations of reading a contact, memory of a long listing. Exits with 1 when something is above its bar.
//!
//! Instructions are counted by valgrind's callgrind. Time is that of the processor, the least of many rounds in which both
//! sides take turns, since whatever else the machine does only adds to it.

#![allow(missing_docs, reason = "a benchmark has no callers")]

use allocation_counter::measure;
use client_bench::callgrind::inclusive;
use facade_bench::{CALLS, PAGE, Side, contact, list, listing_server, read, updates};
use rustix::time::{ClockId, clock_gettime};
use std::error::Error;
use std::hint::black_box;
use std::io::{Write, stdout};
use std::process::{Command, ExitCode};
use std::time::Duration;

/// The most that an update may cost on top of the generated client.
const MORE_ALLOCATIONS: f64 = 3.0;
const MORE_MICROSECONDS: f64 = 2.0;

/// How many contacts the long listing and the short one have.
const LONG: usize = 100_000;
const SHORT: usize = 1_000;

/// How many rounds are timed.
const ROUNDS: usize = 60;

fn main() -> Result<ExitCode, Box<dyn Error>> {
    match std::env::args().nth(1).as_deref() {
        Some("--counted") => {
            updates(1, &mut run_within);
            Ok(ExitCode::SUCCESS)
        }
        _ => report(),
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "a ratio needs no more than 52 bits"
)]
fn report() -> Result<ExitCode, Box<dyn Error>> {
    let calls = CALLS as f64;
    let mut allocations = Vec::new();
    updates(1, &mut |_, run| {
        allocations.push(measure(run).count_total as f64 / calls);
    });
    let counted = counted()?;
    let [generated, facade] = counted.as_slice() else {
        return Err("callgrind counted nothing".into());
    };
    let instructions = [*generated as f64 / calls, *facade as f64 / calls];
    let mut least = [f64::INFINITY; 2];
    updates(ROUNDS, &mut |side, run| {
        let started = processor_time();
        run();
        let microseconds = processor_time().saturating_sub(started).as_secs_f64() * 1e6 / calls;
        let [of_generated, of_facade] = &mut least;
        let least = if side == Side::Generated {
            of_generated
        } else {
            of_facade
        };
        *least = least.min(microseconds);
    });
    let [of_generated, of_facade] = allocations.as_slice() else {
        return Err("no allocation was counted".into());
    };
    let more_allocations = of_facade - of_generated;
    let more_microseconds = least[1] - least[0];
    let contact = contact();
    let of_reading = measure(|| {
        black_box(read(black_box(&*contact)));
    });
    let [short, long] = [SHORT, LONG].map(peak);
    let (short, long) = (short?, long?);
    let growth = long as f64 / short as f64;
    let mut out = stdout();
    writeln!(
        out,
        "| what | generated | facade | more | bar |\n|---|---|---|---|---|"
    )?;
    writeln!(
        out,
        "| allocations of an update | {of_generated:.1} | {of_facade:.1} | {more_allocations:.1} | {MORE_ALLOCATIONS} |"
    )?;
    writeln!(
        out,
        "| instructions of an update | {:.0} | {:.0} | {:.0} | |",
        instructions[0],
        instructions[1],
        instructions[1] - instructions[0]
    )?;
    writeln!(
        out,
        "| µs of an update | {:.2} | {:.2} | {more_microseconds:.2} | {MORE_MICROSECONDS} |",
        least[0], least[1],
    )?;
    writeln!(
        out,
        "| allocations of reading every field | | {} | | 0 |",
        of_reading.count_total
    )?;
    writeln!(
        out,
        "| most memory of a listing of {LONG} contacts, {PAGE} to a page, over one of {SHORT} | | {} over {} KiB | {growth:.2} times | 1.10 |",
        long >> 10,
        short >> 10,
    )?;
    let is_within = more_allocations <= MORE_ALLOCATIONS
        && more_microseconds <= MORE_MICROSECONDS
        && of_reading.count_total == 0
        && growth <= 1.1;
    Ok(if is_within {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// The most memory that a listing of so many contacts holds, in bytes.
fn peak(contacts: usize) -> Result<u64, Box<dyn Error>> {
    let server = listing_server(contacts)?;
    let mut given = 0;
    let info = measure(|| given = list(server.url()));
    if given == contacts {
        Ok(info.bytes_max)
    } else {
        Err(format!("{given} of {contacts} contacts were listed").into())
    }
}

/// Runs this program once more under callgrind, and gives the instructions of each side and of the reads.
fn counted() -> Result<Vec<u64>, Box<dyn Error>> {
    let directory = tempfile::tempdir()?;
    let path = directory.path().join("callgrind");
    let output = Command::new("valgrind")
        .arg("--tool=callgrind")
        .arg(format!("--callgrind-out-file={}", path.display()))
        .arg(std::env::current_exe()?)
        .arg("--counted")
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
        &["measured_generated", "measured_facade"],
    ))
}

fn run_within(side: Side, run: &mut dyn FnMut()) {
    match side {
        Side::Generated => measured_generated(run),
        Side::Facade => measured_facade(run),
    }
}

#[inline(never)]
fn measured_generated(run: &mut dyn FnMut()) {
    run();
    black_box("generated");
}

#[inline(never)]
fn measured_facade(run: &mut dyn FnMut()) {
    run();
    black_box("facade");
}

/// How long this thread kept a processor busy.
fn processor_time() -> Duration {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    let seconds = u64::try_from(time.tv_sec).unwrap_or_default();
    let nanoseconds = u64::try_from(time.tv_nsec).unwrap_or_default();
    Duration::from_secs(seconds) + Duration::from_nanos(nanoseconds)
}
