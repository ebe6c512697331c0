//! What each command does: one file each.

mod completions;
mod create;
mod decide;
mod delete;
mod demo;
mod diff;
mod doctor;
mod export;
mod get;
mod import;
mod integrations;
mod list;
mod sandbox;
mod sync;
mod transfer;
mod update;
mod write;

use crate::arguments::{Arguments, Command};
use crate::exit;
use crate::failure::Failure;
use crate::output::Output;
use std::future::Future;

/// Runs a command, and gives the code that the process ends with.
pub(crate) fn run(arguments: &Arguments, output: &mut Output) -> Result<u8, Failure> {
    match &arguments.command {
        Command::Get { id, store, format } => waited(get::run(id, store, *format, output)),
        Command::List {
            limit,
            created_after,
            created_before,
            store,
            format,
        } => {
            let query = list::query(created_after.as_deref(), created_before.as_deref())?;
            waited(list::run(query, *limit, store, *format, output))
        }
        Command::Create {
            values,
            write,
            store,
            format,
        } => waited(create::run(values, write, store, *format, output)),
        Command::Update {
            id,
            changes,
            write,
            store,
            format,
        } => waited(update::run(id, changes, write, store, *format, output)),
        Command::Delete {
            ids,
            yes,
            dry_run,
            store,
        } => waited(delete::run(ids, *yes, *dry_run, store, output)),
        Command::Export {
            file,
            overwrite,
            raw_cells,
            store,
        } => waited(export::run(file, *overwrite, *raw_cells, store, output)),
        Command::Diff {
            a,
            b,
            no_rate_limit,
        } => waited(diff::run(a, b, *no_rate_limit, output)),
        Command::Import {
            file,
            mapping,
            save_mapping,
            custom_fields,
            max_record_bytes,
            allow_formulas,
            transfer,
            store,
        } => {
            let source = import::FileArguments {
                file,
                mapping: mapping.as_deref(),
                save_mapping: save_mapping.as_deref(),
                custom_fields: *custom_fields,
                max_record_bytes: *max_record_bytes,
                allow_formulas: *allow_formulas,
            };
            awaited(import::run(&source, transfer, store, output))
        }
        Command::Sync {
            from,
            to,
            no_rate_limit,
            transfer,
        } => awaited(sync::run(from, to, *no_rate_limit, transfer, output)),
        Command::Decide {
            journal,
            line,
            answer,
            id,
        } => waited(decide::run(journal, *line, *answer, id.as_deref(), output)),
        Command::Integrations { name, api } => integrations::run(name.as_deref(), api, output),
        Command::Doctor { store } => waited(doctor::run(store, output)),
        Command::Sandbox(sandbox) => awaited(sandbox::run(sandbox, output)),
        Command::Demo => waited(demo::run(output)),
        Command::Completions { shell } => completions::shell(*shell, output),
        Command::Man => completions::manual(output),
    }
}

/// Waits for a command, or for Ctrl-C.
fn waited(command: impl Future<Output = Result<u8, Failure>>) -> Result<u8, Failure> {
    awaited(async {
        tokio::select! {
            result = command => result,
            _interrupted = tokio::signal::ctrl_c() => Ok(exit::INTERRUPTED),
        }
    })
}

/// Waits for a command that sees to Ctrl-C by itself.
fn awaited(command: impl Future<Output = Result<u8, Failure>>) -> Result<u8, Failure> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .map_err(|error| Failure::configuration(format!("cannot start threads: {error}")))?;
    let result = runtime.block_on(command);
    runtime.shutdown_background();
    result
}
