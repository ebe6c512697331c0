//! Fetches OpenAPI documents as vendors publish them, makes a crate of each, and tells what became of them.
//!
//! `cargo run --release -p published-documents -- run --check`
//!
//! The documents are in packages of registries, which the registries' ordinary clients fetch (`npm`, `pip`); `tar`
//! unpacks them. `documents.toml` has the list. Nothing of it is committed: everything is under
//! `target/published-documents`.

mod call;
mod check;
mod compare;
mod fetch;
mod folders;
mod generate;
mod list;
mod table;

use std::{collections::BTreeMap, io::Write as _, process::ExitCode};

use clap::{Parser, Subcommand};

use crate::{folders::Folders, generate::Measured};

/// The allocator of `xtask`, which is what this measures.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// OpenAPI documents as vendors publish them, and what becomes of them.
#[derive(Debug, Parser)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Fetch the documents, and check that they are the ones that the list means.
    Fetch {
        /// Their names in the list; all of them when none is named.
        names: Vec<String>,
    },
    /// Generate a crate for each document, and print what became of it.
    Run {
        /// Their names in the list, or files that are not on it; all of the list when none is named.
        names: Vec<String>,
        /// Compile each crate with `cargo check`.
        #[arg(long)]
        check: bool,
        /// Print every field that lost its type, and the rule that took it.
        #[arg(long)]
        weakened: bool,
    },
    /// Compare how long `cargo check` takes for each crate, as a whole and with one tag, with what it takes for the code
    /// that progenitor prints in builder style for the same document.
    Compare {
        /// Their names in the list.
        #[arg(required = true)]
        names: Vec<String>,
    },
    /// Call every operation of each crate against the sandbox with the same document, and have an outside validator judge
    /// what was on the wire.
    Call {
        /// Their names in the list; all of them when none is named.
        names: Vec<String>,
    },
    /// Generate one crate and print the measurements as JSON: what `run` does in a process for each document.
    #[command(hide = true)]
    One {
        /// Its name in the list, or its file.
        name: String,
    },
}

fn main() -> ExitCode {
    match run(&Arguments::parse().command) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(problem) => {
            say(&format!("error: {problem}"));
            ExitCode::FAILURE
        }
    }
}

/// Whether everything went well.
fn run(command: &Command) -> Result<bool, String> {
    let folders = Folders::find()?;
    match command {
        Command::Fetch { names } => {
            for document in list::chosen(names)? {
                fetch::fetch(&folders, &document)?;
                say(&format!(
                    "{} ({}): as listed",
                    document.name, document.title
                ));
            }
            Ok(true)
        }
        Command::Run {
            names,
            check,
            weakened,
        } => {
            let documents = list::chosen(names)?;
            for document in &documents {
                fetch::fetch(&folders, document)?;
            }
            let measured: Vec<Measured> = documents.iter().map(generate::apart).collect();
            let checked = if *check {
                let names: Vec<&str> = measured
                    .iter()
                    .filter(|measured| measured.problem.is_none())
                    .map(|measured| measured.name.as_str())
                    .collect();
                check::check(&folders, &names)?
            } else {
                BTreeMap::new()
            };
            print(&table::table(&documents, &measured, &checked));
            if *weakened {
                print(&table::weakened(&measured));
            }
            Ok(measured.iter().all(|measured| measured.problem.is_none())
                && checked.values().all(Result::is_ok))
        }
        Command::Compare { names } => {
            let documents = list::chosen(names)?;
            let mut fast = true;
            for document in &documents {
                fetch::fetch(&folders, document)?;
                let compared = compare::compare(&folders, document)?;
                fast &= compared.is_fast();
                print(&compared.to_string());
            }
            Ok(fast)
        }
        Command::Call { names } => {
            let mut clean = true;
            print(call::HEAD);
            for document in list::chosen(names)? {
                fetch::fetch(&folders, &document)?;
                match call::call(&folders, &document) {
                    Ok(called) => {
                        clean &= called.is_clean();
                        print(&called.to_string());
                    }
                    Err(problem) => {
                        clean = false;
                        print(&format!("{}: {problem}", document.name));
                    }
                }
            }
            Ok(clean)
        }
        Command::One { name } => {
            let document = list::one(name)?;
            let measured = generate::here(&folders, &document);
            print(&serde_json::to_string(&measured).map_err(|error| error.to_string())?);
            Ok(true)
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
