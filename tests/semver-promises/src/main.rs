//! Judges each pair by cargo-semver-checks and by the surfaces of its crates, and writes the verdicts down.
//!
//! `cargo run --release -p semver-promises -- judge [NAME…] [--check]`
//!
//! The crates are under `target/semver-promises`; nothing of them is committed.

mod judge;
mod rustdoc;
mod semver_checks;

use std::{io::Write as _, process::ExitCode};

use clap::{Parser, Subcommand};

/// What a change of a document means for callers of the generated crate, as outside judges have it.
#[derive(Debug, Parser)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Generate the crates of each pair, judge them, and record the verdicts.
    Judge {
        /// The kinds of change; all of them when none is named.
        names: Vec<String>,
        /// Write nothing, and fail where a verdict is another than the recorded one.
        #[arg(long)]
        check: bool,
    },
    /// Print in what the surfaces of a pair differ.
    Explain {
        /// The kinds of change.
        #[arg(required = true)]
        names: Vec<String>,
    },
}

fn main() -> ExitCode {
    let done = match &Arguments::parse().command {
        Command::Judge { names, check } => judge::judge(names, *check),
        Command::Explain { names } => judge::explain(names),
    };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(problem) => {
            say(&format!("error: {problem}"));
            ExitCode::FAILURE
        }
    }
}

/// Prints to the standard output; a reader that has gone away is no fault.
fn print(text: &str) {
    let _unheard = writeln!(std::io::stdout().lock(), "{text}");
}

/// Says something while the work goes on.
fn say(text: &str) {
    let _unheard = writeln!(std::io::stderr().lock(), "{text}");
}
