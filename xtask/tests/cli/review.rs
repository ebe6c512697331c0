//! `cargo xtask review`, run as a process. Compiling is Cargo's work: a program in its place says what it was asked.

use std::fmt::Write as _;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use crate::workspace::{Run, Workspace, command};

const PAGE: &str = "specs/orchard/pages/list.md";
const COMPILES: &str = "exit 0";

/// A workspace that was generated and committed.
fn committed() -> Workspace {
    let workspace = Workspace::new();
    let run = workspace.run(&["codegen"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    workspace.commit();
    workspace
}

/// Runs a review, with a script as Cargo. What Cargo was asked comes in `asked.txt`, the report in `report.md`.
fn review(workspace: &Workspace, cargo: &str, arguments: &[&str]) -> Run {
    let script = workspace.root().join(".git/cargo");
    fs::write(
        &script,
        format!("#!/bin/sh\necho \"$@\" > .git/asked\n{cargo}\n"),
    )
    .expect("the script can be written");
    fs::set_permissions(&script, fs::Permissions::from_mode(0o755)).expect("it can be run");
    let mut all = vec!["review", "--base", "HEAD", "--report", ".git/report.md"];
    all.extend(arguments);
    Run::from(
        command(workspace.root(), &all)
            .env("CARGO", script)
            .output()
            .expect("the command can be run"),
    )
}

fn report(workspace: &Workspace) -> String {
    workspace.read(".git/report.md").expect("a report")
}

fn edit(workspace: &Workspace) {
    let text = workspace.read(PAGE).expect("a page");
    workspace.write(PAGE, &text.replace("_(integer)_", "_(string)_"));
}

#[test]
fn a_review_regenerates_compiles_lints_and_says_what_changed_for_callers() {
    let workspace = committed();
    edit(&workspace);
    let run = review(&workspace, COMPILES, &[]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert_eq!(
        workspace.read(".git/asked").as_deref(),
        Some("check --quiet --workspace --all-targets\n")
    );
    assert_eq!(workspace.run(&["codegen", "--check"]).code, Some(0));
    assert!(
        run.out.contains("query-parameter-type-changed"),
        "{}",
        run.out
    );
    for note in ["lint orchard: ", "everything compiles\n", " changed\n"] {
        assert!(run.err.contains(note), "{}", run.err);
    }
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/review.md");
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(&golden, report(&workspace)).expect("the golden file can be written");
    }
    assert_eq!(
        report(&workspace),
        fs::read_to_string(golden).unwrap_or_default()
    );
}

#[test]
fn a_review_that_checks_writes_only_the_report() {
    let workspace = committed();
    edit(&workspace);
    let before = (
        workspace.read("specs/orchard/openapi.json"),
        workspace.read("generated/orchard-client/README.md"),
    );
    let run = review(&workspace, COMPILES, &["--check"]);
    assert_eq!(run.code, Some(4), "{}", run.err);
    let after = (
        workspace.read("specs/orchard/openapi.json"),
        workspace.read("generated/orchard-client/README.md"),
    );
    assert_eq!(before, after);
    assert!(
        report(&workspace).contains("out of date; to fix: cargo xtask codegen."),
        "{}",
        report(&workspace)
    );
    assert!(
        report(&workspace).contains("the type changed: integer → string"),
        "what would be derived is compared: {}",
        report(&workspace)
    );
}

#[test]
fn without_a_change_there_is_nothing_to_say() {
    let workspace = committed();
    let run = review(&workspace, COMPILES, &["--check", "--fail-on", "info"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert!(
        report(&workspace).starts_with("## What changed for callers\n\nNothing.\n"),
        "{}",
        report(&workspace)
    );
}

#[test]
fn what_does_not_compile_fails_the_review_and_stands_in_the_report() {
    let workspace = committed();
    edit(&workspace);
    let run = review(
        &workspace,
        "echo 'error[E0308]: mismatched types ```' >&2; exit 101",
        &[],
    );
    assert_eq!(run.code, Some(100), "{}", run.err);
    assert!(run.err.contains("E0308"), "{}", run.err);
    assert!(
        report(&workspace).contains(
            "No: `cargo check --quiet --workspace --all-targets` fails.\n\n```text\nerror[E0308]: mismatched types '''\n```\n"
        ),
        "{}",
        report(&workspace)
    );
}

#[test]
fn a_page_that_cannot_be_read_is_reported_and_nothing_is_written() {
    let workspace = committed();
    let text = workspace.read(PAGE).expect("a page");
    workspace.write(PAGE, &text.replace("_(integer)_", "_(wibble)_"));
    let document = workspace.read("specs/orchard/openapi.json");
    let run = review(&workspace, COMPILES, &[]);
    assert_eq!(run.code, Some(100), "{}", run.err);
    assert_eq!(workspace.read("specs/orchard/openapi.json"), document);
    assert!(
        report(&workspace).starts_with("## Nothing can be derived\n\n```text\n")
            && report(&workspace).contains("specs/orchard/pages/list.md:"),
        "{}",
        report(&workspace)
    );
}

#[test]
fn a_change_that_fail_on_names_exits_with_5_and_an_unknown_revision_with_100() {
    let workspace = committed();
    edit(&workspace);
    let run = review(&workspace, COMPILES, &["--fail-on", "major"]);
    assert_eq!(run.code, Some(5), "{}", run.err);
    let before = workspace.read("specs/orchard/openapi.json");
    let text = workspace.read(PAGE).expect("a page");
    workspace.write(PAGE, &text.replace("_(string)_", "_(boolean)_"));
    let run = workspace.run(&["review", "--base", "nowhere"]);
    assert_eq!(run.code, Some(100), "{}", run.err);
    assert!(run.err.contains("git knows no revision `nowhere`"));
    assert_eq!(workspace.read("specs/orchard/openapi.json"), before);
}

#[test]
fn annotations_can_be_printed_instead() {
    let workspace = committed();
    edit(&workspace);
    let run = review(&workspace, COMPILES, &["--format", "github"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert!(
        run.out
            .starts_with("::error file=specs/orchard/pages/list.md,line="),
        "{}",
        run.out
    );
}

#[test]
fn the_report_fits_into_a_comment_whatever_changed() {
    let workspace = committed();
    let mut text = workspace.read(PAGE).expect("a page");
    for field in 0..2_000 {
        writeln!(
            text,
            "- **`a_field_with_a_long_name_number_{field}`** _(string)_"
        )
        .expect("writing to a string cannot fail");
    }
    workspace.write(PAGE, &text);
    let run = review(
        &workspace,
        "for i in $(seq 5000); do echo 'error: something is wrong here'; done >&2; exit 1",
        &[],
    );
    assert_eq!(run.code, Some(100), "{}", run.err);
    let report = report(&workspace);
    assert!(report.contains("a\\_field\\_with\\_a"), "{report}");
    assert!(report.chars().count() < 65_536, "{}", report.len());
}
