//! The maintainer's command line: `cargo xtask <command>`.
//!
//! Arguments are read here, files are read and written here, and nothing else is: each command calls the stages of
//! `docspec` and `codegen`, which turn values into values.

mod arguments;
mod changelog;
mod commands;
mod crates;
mod day;
mod document;
mod exit;
mod files;
mod made;
mod output;
mod report;
mod revision;
mod sources;
mod workspace;
mod wrapped;
mod write;

use std::process::ExitCode;

use clap::Parser;

use arguments::{Arguments, Command};

/// Code generation is millions of small allocations.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let outcome = match Arguments::parse().command {
        Command::Captures(arguments) => commands::captures::run(&arguments),
        Command::Codegen(arguments) => commands::codegen::run(&arguments),
        Command::Diff(arguments) => commands::diff::run(&arguments),
        Command::Generate(arguments) => commands::generate::run(&arguments),
        Command::Lint(arguments) => commands::lint::run(&arguments),
        Command::Import(arguments) => commands::import::run(&arguments),
        Command::Openapi(arguments) => commands::openapi::run(&arguments),
        Command::Release(arguments) => commands::release::run(&arguments),
        Command::Review(arguments) => commands::review::run(&arguments),
        Command::Where(arguments) => commands::provenance::run(&arguments),
    };
    match outcome {
        Ok(exit) => exit.into(),
        Err(failure) => {
            output::error(&failure.to_string());
            failure.code()
        }
    }
}
