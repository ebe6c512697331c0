//! Shows the promises of the generated clients at full figure, against servers that misbehave.
//!
//! `cargo run --release -p soak -- <promise> [--count N] [--seed S]` prints one line of JSON for each promise: what was
//! done, how often, and for each law of the promise how often it was broken. The exit code is 0 when every promise is
//! kept, 1 when one is broken, and 2 when the command line is wrong.

mod bodies;
mod bombs;
mod canaries;
mod clients;
mod endurance;
mod hints;
mod ids;
mod listing;
mod memory;
mod outcome;
mod promise;
mod redirects;
mod runtime;
mod storm;
mod writes;

use clap::Parser;
use outcome::{Outcome, Run};
use promise::Promise;
use std::io::Write as _;
use std::process::ExitCode;
use std::time::Instant;

/// Why a promise could not be put to the test at all.
pub(crate) type Error = Box<dyn std::error::Error + Send + Sync>;

/// Shows the promises of the generated clients at full figure.
#[derive(Debug, Parser)]
#[command(name = "soak")]
struct Arguments {
    /// The promise to show.
    promise: Promise,
    /// How much is done, in the promise's own unit, in place of its full figure.
    #[arg(long, value_parser = clap::value_parser!(u64).range(1..))]
    count: Option<u64>,
    /// What every random choice follows from.
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

fn main() -> ExitCode {
    if let Some(victim) = bombs::Victim::of_this_process() {
        return match victim.fall() {
            Ok(()) => ExitCode::SUCCESS,
            Err(_) => ExitCode::FAILURE,
        };
    }
    let arguments = Arguments::parse();
    let run = Run {
        count: arguments.count,
        seed: arguments.seed,
    };
    let mut all_kept = true;
    for promise in arguments.promise.each() {
        let started = Instant::now();
        let outcome = promise
            .run(&run)
            .unwrap_or_else(|error| Outcome::failed(&error));
        all_kept &= outcome.is_kept();
        let line = outcome.line(&promise.name(), &run, started.elapsed());
        if writeln!(std::io::stdout(), "{line}").is_err() {
            return ExitCode::FAILURE;
        }
    }
    if all_kept {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}
