//! `cargo xtask codegen`: the main job.

use std::thread;

use crate::arguments::Codegen;
use crate::crates::{self, Publisher};
use crate::exit::{Exit, Failure};
use crate::files::{Change, Plan};
use crate::made::{COMMAND, Draft, Made, Summary, counted};
use crate::output;
use crate::workspace::{Workspace, entries, read};

pub(crate) fn run(arguments: &Codegen) -> Result<Exit, Failure> {
    let workspace = Workspace::find()?;
    let (changes, summaries) = work_out(&workspace, &arguments.apis)?;
    if arguments.check {
        return check(&changes);
    }
    crate::write::all(workspace.root(), &changes)?;
    for summary in summaries {
        output::note(&summary.with_changes(&changes));
    }
    Ok(Exit::Done)
}

/// Works out what is to be written for the APIs, all of them when none is named.
pub(crate) fn work_out(
    workspace: &Workspace,
    asked: &[String],
) -> Result<(Vec<Change>, Vec<Summary>), Failure> {
    let apis = workspace.chosen(asked)?;
    let publisher = Publisher::of(workspace)?;
    let made = each(&apis, |api| Draft::of(workspace, api)?.generate(&publisher))?;
    one_crate_each(&made)?;

    let mut plan = Plan::new(workspace.root());
    let summaries: Vec<Summary> = made.into_iter().map(|api| api.plan(&mut plan)).collect();
    if asked.is_empty() {
        plan_orphans(workspace, &summaries, &mut plan)?;
    }
    Ok((plan.changes()?, summaries))
}

/// Works on every API at the same time; what is made comes in the order of the APIs, and so do the failures.
pub(crate) fn each<T: Send>(
    apis: &[String],
    work: impl Fn(&str) -> Result<T, Failure> + Sync,
) -> Result<Vec<T>, Failure> {
    let outcomes: Vec<Result<T, Failure>> = thread::scope(|scope| {
        let work = &work;
        let threads: Vec<_> = apis
            .iter()
            .map(|api| scope.spawn(move || work(api)))
            .collect();
        threads
            .into_iter()
            .map(|thread| {
                thread
                    .join()
                    .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
            })
            .collect()
    });
    let mut made = Vec::new();
    let mut failures = Vec::new();
    for outcome in outcomes {
        match outcome {
            Ok(one) => made.push(one),
            Err(failure) => failures.push(failure),
        }
    }
    Failure::joined(&failures).map_or(Ok(made), Err)
}

/// Two APIs must not write the same crate.
fn one_crate_each(made: &[Made]) -> Result<(), Failure> {
    for (index, api) in made.iter().enumerate() {
        if let Some(other) = made[..index]
            .iter()
            .find(|other| other.folder() == api.folder())
        {
            return Err(Failure::Input(format!(
                "specs/{} and specs/{} both name the crate `{}`; expected a crate of its own for each API; \
                 to fix: change `crate` in one api.toml",
                other.draft.api,
                api.draft.api,
                api.api().crate_name
            )));
        }
    }
    Ok(())
}

/// Crates of APIs that are gone are to go too.
fn plan_orphans(
    workspace: &Workspace,
    summaries: &[Summary],
    plan: &mut Plan,
) -> Result<(), Failure> {
    for name in entries(&workspace.root().join("generated"))? {
        let folder = format!("generated/{name}");
        let manifest = workspace.root().join(&folder).join("Cargo.toml");
        let is_orphan = !summaries.iter().any(|summary| summary.folder == folder)
            && manifest.is_file()
            && crates::is_generated(&read(&manifest)?, COMMAND);
        if is_orphan {
            plan.nothing_else(&folder);
        }
    }
    Ok(())
}

fn check(changes: &[Change]) -> Result<Exit, Failure> {
    if changes.is_empty() {
        return Ok(Exit::Done);
    }
    let diff: String = changes.iter().map(Change::diff).collect();
    output::print(&diff)?;
    output::note(&format!(
        "{} out of date; to fix: {COMMAND}",
        counted(changes.len(), "file")
    ));
    Ok(Exit::OutOfDate)
}
