//! `cargo xtask codegen`: the main job.

use docspec::canonical;
use docspec::sources as stages;

use crate::arguments::Codegen;
use crate::exit::{Exit, Failure};
use crate::files::{Change, Plan};
use crate::output;
use crate::sources;
use crate::workspace::Workspace;

/// The command that mends what `--check` finds.
const MEND: &str = "cargo xtask codegen";

pub(crate) fn run(arguments: &Codegen) -> Result<Exit, Failure> {
    let workspace = Workspace::find()?;
    let apis = chosen(&workspace, &arguments.apis)?;
    let mut plan = Plan::new(&workspace);
    let mut summary = Vec::new();
    let mut failures = Vec::new();
    for api in &apis {
        match work_out(&workspace, api, &mut plan) {
            Ok(line) => summary.push(line),
            Err(failure) => failures.push(failure),
        }
    }
    if let Some(failure) = Failure::joined(&failures) {
        return Err(failure);
    }
    let changes = plan.changes()?;
    if arguments.check {
        return check(&changes);
    }
    crate::write::all(workspace.root(), &changes)?;
    for line in summary {
        output::note(&line.with_changes(&changes));
    }
    Ok(Exit::Done)
}

/// The APIs that were asked for, each once, in the order of their names.
fn chosen(workspace: &Workspace, asked: &[String]) -> Result<Vec<String>, Failure> {
    let known = workspace.apis()?;
    if known.is_empty() {
        return Err(Failure::Input(
            "specs/ holds no API; expected a folder for each; to fix: add specs/<api>/api.toml"
                .to_owned(),
        ));
    }
    let unknown: Vec<&str> = asked
        .iter()
        .filter(|api| !known.contains(api))
        .map(String::as_str)
        .collect();
    if !unknown.is_empty() {
        return Err(Failure::Input(format!(
            "no API is called `{}`; expected one of `{}`; to fix: correct the name or add its folder under specs/",
            unknown.join("`, `"),
            known.join("`, `")
        )));
    }
    Ok(known
        .into_iter()
        .filter(|api| asked.is_empty() || asked.contains(api))
        .collect())
}

/// Works out every file of an API.
fn work_out(workspace: &Workspace, api: &str, plan: &mut Plan) -> Result<Summary, Failure> {
    let sources = sources::of_api(workspace, api)?;
    let derived = stages::derive(&sources).map_err(|diagnostics| {
        sources::shown(&sources, &diagnostics).failure(&format!("specs/{api}/"), diagnostics)
    })?;
    plan.file(
        &format!("specs/{api}/openapi.json"),
        canonical::to_string(&derived.document),
    );
    Ok(Summary {
        api: api.to_owned(),
        pages: sources.pages.len(),
        operations: derived.operations(),
    })
}

/// What was done for an API.
struct Summary {
    api: String,
    pages: usize,
    operations: usize,
}

impl Summary {
    fn with_changes(&self, changes: &[Change]) -> String {
        let folder = format!("specs/{}/", self.api);
        let written = changes
            .iter()
            .filter(|change| change.path.starts_with(&folder))
            .count();
        format!(
            "{}: {}, {}, {}",
            self.api,
            counted(self.pages, "page"),
            counted(self.operations, "operation"),
            if written == 0 {
                "up to date".to_owned()
            } else {
                format!("{} written", counted(written, "file"))
            }
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
