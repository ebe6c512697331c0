//! `cargo xtask codegen`: the main job.

use std::thread;

use codegen::generate::Generated;
use docspec::canonical;
use docspec::sources::{self as stages, Derived};

use crate::arguments::Codegen;
use crate::crates::{self, Publisher};
use crate::exit::{Exit, Failure};
use crate::files::{Change, Plan};
use crate::output;
use crate::sources;
use crate::workspace::{Workspace, entries, read};

/// The command that mends what `--check` finds.
const MEND: &str = "cargo xtask codegen";

pub(crate) fn run(arguments: &Codegen) -> Result<Exit, Failure> {
    let workspace = Workspace::find()?;
    let apis = workspace.chosen(&arguments.apis)?;
    let publisher = Publisher::of(&workspace)?;
    let mut made = Vec::new();
    let mut failures = Vec::new();
    for outcome in each(&apis, |api| work_out(&workspace, &publisher, api)) {
        match outcome {
            Ok(api) => made.push(api),
            Err(failure) => failures.push(failure),
        }
    }
    if let Some(failure) = Failure::joined(&failures) {
        return Err(failure);
    }
    one_crate_each(&made)?;

    let mut plan = Plan::new(workspace.root());
    let summaries: Vec<Summary> = made.into_iter().map(|api| api.plan(&mut plan)).collect();
    if arguments.apis.is_empty() {
        plan_orphans(&workspace, &summaries, &mut plan)?;
    }
    let changes = plan.changes()?;
    if arguments.check {
        return check(&changes);
    }
    crate::write::all(workspace.root(), &changes)?;
    for summary in summaries {
        output::note(&summary.with_changes(&changes));
    }
    Ok(Exit::Done)
}

/// Works on every API at the same time; the outcomes come in the order of the APIs.
fn each<T: Send>(apis: &[String], work: impl Fn(&str) -> T + Sync) -> Vec<T> {
    thread::scope(|scope| {
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
    })
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
                other.api, api.api, api.derived.api.crate_name
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
            && crates::is_generated(&read(&manifest)?, MEND);
        if is_orphan {
            plan.nothing_else(&folder);
        }
    }
    Ok(())
}

/// Works out every file of an API.
fn work_out(workspace: &Workspace, publisher: &Publisher, api: &str) -> Result<Made, Failure> {
    let sources = sources::of_api(workspace, api)?;
    let derived = stages::derive(&sources).map_err(|diagnostics| {
        sources::shown(&sources, &diagnostics).failure(&format!("specs/{api}/"), diagnostics)
    })?;
    let name = format!("specs/{api}/openapi.json");
    let document = canonical::to_string(&derived.document);
    let generated = publisher.crate_of(&derived.api, &derived.document, &document, &name, MEND)?;
    Ok(Made {
        api: api.to_owned(),
        pages: sources.pages.len(),
        derived,
        document,
        generated,
    })
}

/// What was worked out for an API.
struct Made {
    api: String,
    pages: usize,
    derived: Derived,
    /// The canonical text of the derived document.
    document: String,
    generated: Generated,
}

impl Made {
    /// The folder of the crate.
    fn folder(&self) -> String {
        format!("generated/{}", self.derived.api.crate_name)
    }

    /// Adds the files to the plan and keeps what is told about them.
    fn plan(self, plan: &mut Plan) -> Summary {
        let folder = self.folder();
        plan.file(&format!("specs/{}/openapi.json", self.api), self.document);
        let summary = Summary {
            pages: self.pages,
            operations: self.derived.operations(),
            rules: crates::rules(&self.generated.report),
            folder: folder.clone(),
            api: self.api,
        };
        crates::plan(plan, &folder, self.generated.files);
        summary
    }
}

/// What is told about an API.
struct Summary {
    api: String,
    pages: usize,
    operations: usize,
    /// The rules that changed the document before it was printed.
    rules: String,
    /// The folder of the crate.
    folder: String,
}

impl Summary {
    fn with_changes(&self, changes: &[Change]) -> String {
        let folders = [format!("specs/{}/", self.api), format!("{}/", self.folder)];
        let written = changes
            .iter()
            .filter(|change| folders.iter().any(|folder| change.path.starts_with(folder)))
            .count();
        let state = if written == 0 {
            "up to date".to_owned()
        } else {
            format!("{} changed", counted(written, "file"))
        };
        format!(
            "{}: {}, {}, {state}; rules: {}",
            self.api,
            counted(self.pages, "page"),
            counted(self.operations, "operation"),
            self.rules
        )
    }
}

fn counted(count: usize, what: &str) -> String {
    let ending = if count == 1 { "" } else { "s" };
    format!("{count} {what}{ending}")
}

fn check(changes: &[Change]) -> Result<Exit, Failure> {
    if changes.is_empty() {
        return Ok(Exit::Done);
    }
    let diff: String = changes.iter().map(Change::diff).collect();
    output::print(&diff)?;
    output::note(&format!(
        "{} out of date; to fix: {MEND}",
        counted(changes.len(), "file")
    ));
    Ok(Exit::OutOfDate)
}
