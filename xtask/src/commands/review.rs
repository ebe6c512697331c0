//! `cargo xtask review`: everything that is done about a change of the sources, in one run.

mod report;

use std::env;
use std::process::{Command, Stdio};

use docspec::lint::Level;
use specdiff::render::Compared;

use crate::arguments::Review;
use crate::commands::lint::Judged;
use crate::commands::{codegen, diff, lint};
use crate::exit::{Exit, Failure};
use crate::files::Change;
use crate::output;
use crate::workspace::Workspace;

/// What compiles everything that is made of the documents, and all that uses it.
const COMPILE: [&str; 4] = ["check", "--quiet", "--workspace", "--all-targets"];

/// What a review found.
struct Found {
    /// The files that codegen changed, or would change.
    changes: Vec<Change>,
    /// Whether they were written.
    written: bool,
    judged: Vec<Judged>,
    compared: Vec<Compared>,
    /// What the compiler said; none when it found nothing wrong.
    refused: Option<String>,
}

pub(crate) fn run(arguments: &Review) -> Result<Exit, Failure> {
    let workspace = Workspace::find()?;
    let outcome = review(&workspace, arguments);
    if let Some(path) = &arguments.report {
        let text = match &outcome {
            Ok(found) => report::markdown(found),
            Err(failure) => report::refusal(failure),
        };
        std::fs::write(path, text).map_err(|error| Failure::unwritable(path, &error))?;
    }
    let found = outcome?;
    output::print(&diff::written(&found.compared, arguments.format))?;
    for line in report::notes(&found) {
        output::note(&line);
    }
    Ok(if found.refused.is_some() || found.has_errors() {
        Exit::Doubtful
    } else if arguments.check && !found.changes.is_empty() {
        Exit::OutOfDate
    } else if diff::fails(&found.compared, arguments.fail_on) {
        Exit::Changed
    } else {
        Exit::Done
    })
}

fn review(workspace: &Workspace, arguments: &Review) -> Result<Found, Failure> {
    let (changes, _) = codegen::work_out(workspace, &[])?;
    let compared = diff::with_revision(workspace, &arguments.base, &changes)?;
    let judged = lint::of_apis(workspace, &[])?;
    if !arguments.check {
        crate::write::all(workspace.root(), &changes)?;
    }
    Ok(Found {
        refused: compile(workspace)?,
        written: !arguments.check,
        changes,
        judged,
        compared,
    })
}

impl Found {
    /// Whether the sources have errors that nobody accepted.
    fn has_errors(&self) -> bool {
        self.judged
            .iter()
            .flat_map(|one| &one.findings)
            .any(|finding| finding.accepted.is_none() && finding.rule.level == Level::Error)
    }
}

/// Compiles the workspace; gives what the compiler said when it refuses.
fn compile(workspace: &Workspace) -> Result<Option<String>, Failure> {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args(COMPILE)
        .current_dir(workspace.root())
        .stdin(Stdio::null())
        .output()
        .map_err(|error| {
            Failure::Fault(format!(
                "cannot run cargo: {error}; expected it on the PATH; to fix: run this as `cargo xtask review`"
            ))
        })?;
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    Ok((!output.status.success()).then_some(said))
}
