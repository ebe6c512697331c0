//! What a review says.

use std::fmt::Write as _;

use docspec::lint::{self as rules, Level};
use specdiff::render;

use super::{COMPILE, Found};
use crate::commands::lint;
use crate::exit::Failure;
use crate::files::Change;
use crate::made::{COMMAND, counted};

/// How many files are named, and how many bytes of what a tool said are shown: with the changes, it is to fit into a
/// comment of 65,536 characters.
const FILES: usize = 20;
const SAID: usize = 1_500;

/// The report for a pull request.
pub(super) fn markdown(found: &Found) -> String {
    let mut text = render::markdown(&found.compared);
    section(&mut text, "Generated files", &files(found));
    section(&mut text, "Does it compile?", &compiled(found));
    section(&mut text, "What is doubtful", &doubtful(found));
    text
}

/// The report when there is nothing to compare: the sources are wrong.
pub(super) fn refusal(failure: &Failure) -> String {
    format!(
        "## Nothing can be derived\n\n{}\n",
        fenced(&failure.to_string())
    )
}

/// What is told on the standard error, beside the changes.
pub(super) fn notes(found: &Found) -> Vec<String> {
    let mut notes: Vec<String> = found
        .judged
        .iter()
        .map(|one| format!("lint {}: {}", one.name, rules::summary(&one.findings)))
        .collect();
    if found.has_errors() {
        notes.push("to see what is doubtful: cargo xtask lint".to_owned());
    }
    notes.push(format!("codegen: {}", state(found)));
    match &found.refused {
        Some(said) => {
            notes.push(said.trim_end().to_owned());
            notes.push(format!("error: cargo {} fails", COMPILE.join(" ")));
        }
        None => notes.push("everything compiles".to_owned()),
    }
    notes
}

fn section(text: &mut String, title: &str, body: &str) {
    // Writing to a string cannot fail.
    let _ = write!(text, "\n## {title}\n\n{}\n", body.trim_end());
}

/// How the generated files are.
fn state(found: &Found) -> String {
    match (found.changes.len(), found.written) {
        (0, _) => "up to date".to_owned(),
        (count, true) => format!("{} changed", counted(count, "file")),
        (count, false) => format!("{} out of date; to fix: {COMMAND}", counted(count, "file")),
    }
}

fn files(found: &Found) -> String {
    let mut text = format!("`{COMMAND}`: {}.\n", state(found));
    for change in found.changes.iter().take(FILES) {
        let what = match change {
            Change { old: None, .. } => "new",
            Change { new: None, .. } => "removed",
            Change { .. } => "changed",
        };
        let _ = write!(text, "\n- `{}`: {what}", change.path);
    }
    if found.changes.len() > FILES {
        let _ = write!(text, "\n- and {} more", found.changes.len() - FILES);
    }
    text
}

fn compiled(found: &Found) -> String {
    let command = COMPILE.join(" ");
    match &found.refused {
        None => format!("Yes: `cargo {command}`."),
        Some(said) => format!("No: `cargo {command}` fails.\n\n{}", fenced(said)),
    }
}

fn doubtful(found: &Found) -> String {
    let mut text = String::new();
    for one in &found.judged {
        let _ = writeln!(text, "- {}: {}", one.name, rules::summary(&one.findings));
    }
    if found.has_errors() {
        let mut errors = Vec::new();
        for one in &found.judged {
            let mut one = one.clone();
            one.findings
                .retain(|finding| finding.rule.level == Level::Error);
            errors.push(one);
        }
        let _ = write!(text, "\n{}", fenced(&lint::text(&errors, false)));
    }
    text
}

/// Lines of a tool in a block of their own, cut where they are many. No line of theirs ends the block.
fn fenced(said: &str) -> String {
    let mut shown = String::new();
    for line in said.trim_end().lines() {
        if shown.len() + line.len() > SAID {
            shown.push_str("…\n");
            break;
        }
        shown.push_str(&line.replace("```", "'''"));
        shown.push('\n');
    }
    format!("```text\n{shown}```")
}
