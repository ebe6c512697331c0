//! `cargo xtask openapi`, run as a process.

use std::io::Write as _;
use std::process::Stdio;

use crate::workspace::{Run, Workspace, command, page};

/// A page whose enum a vocabulary must split.
fn fused() -> String {
    page("trees").replace(
        "  How many.\n",
        "  How many.\n- **`kind`** _(string)_\n  Fused: `applepear`\n",
    )
}

const SPLIT: &str =
    "[[split]]\ntext = \"applepear\"\nvalues = [\"apple\", \"pear\"]\nreason = \"two fruits\"\n";

#[test]
fn the_document_is_printed_and_names_the_page_without_its_folder() {
    let workspace = Workspace::new();
    workspace.write("deep/down/trees.md", &page("trees"));
    let run = workspace.run(&["openapi", "deep/down/trees.md"]);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    let document: serde_json::Value = serde_json::from_str(&run.out).expect("JSON");
    assert_eq!(document["openapi"], "3.0.3");
    let source = &document["paths"]["/trees"]["get"]["x-source"];
    assert_eq!(source["page"], "trees.md");
    assert!(!run.out.contains("deep"));
}

#[test]
fn several_pages_become_one_document() {
    let workspace = Workspace::new();
    workspace.write("a.md", &page("apples"));
    workspace.write("b.md", &page("pears"));
    let run = workspace.run(&["openapi", "a.md", "b.md"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert!(run.out.contains("\"/apples\"") && run.out.contains("\"/pears\""));
}

#[test]
fn a_page_can_come_from_the_standard_input() {
    let workspace = Workspace::new();
    let mut child = command(workspace.root(), &["openapi", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the command can be run");
    let mut input = child.stdin.take().expect("a pipe");
    input.write_all(page("trees").as_bytes()).expect("written");
    drop(input);
    let run = Run::from(child.wait_with_output().expect("it ends"));
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert!(run.out.contains("\"page\": \"stdin\""));
}

#[test]
fn diagnostics_go_to_the_standard_error_with_the_line_and_nothing_is_printed() {
    let workspace = Workspace::new();
    workspace.write(
        "trees.md",
        &page("trees").replace("_(integer)_", "_(intger)_"),
    );
    workspace.write("empty.md", "");
    let run = workspace.run(&["openapi", "trees.md", "empty.md"]);
    assert_eq!((run.code, run.out.as_str()), (Some(100), ""));
    assert!(run.err.contains("intger"), "{}", run.err);
    assert!(run.err.contains("--> trees.md:11"), "{}", run.err);
    assert!(run.err.contains("empty.md"), "{}", run.err);
    assert!(run.err.ends_with("error: 2 errors\n"), "{}", run.err);
}

#[test]
fn the_splits_of_every_api_are_known_and_a_given_file_wins() {
    let workspace = Workspace::new();
    workspace.write("trees.md", &fused());
    let run = workspace.run(&["openapi", "trees.md"]);
    assert_eq!(run.code, Some(100));
    assert!(run.err.contains("text = \"applepear\""), "{}", run.err);

    workspace.write("specs/orchard/vocabulary.toml", SPLIT);
    let run = workspace.run(&["openapi", "trees.md"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert!(run.out.contains("\"apple\","));

    workspace.write(
        "mine.toml",
        &SPLIT.replace("\"apple\", \"pear\"", "\"app\", \"lepear\""),
    );
    let run = workspace.run(&["openapi", "trees.md", "--vocabulary", "mine.toml"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert!(run.out.contains("\"lepear\""));
}

#[test]
fn a_wrong_vocabulary_is_refused_with_its_path_and_line() {
    let workspace = Workspace::new();
    workspace.write("trees.md", &page("trees"));
    workspace.write(
        "specs/orchard/vocabulary.toml",
        &SPLIT.replace("pear\"]", "plum\"]"),
    );
    let run = workspace.run(&["openapi", "trees.md"]);
    assert_eq!(run.code, Some(100));
    assert!(
        run.err.contains("specs/orchard/vocabulary.toml:1"),
        "{}",
        run.err
    );
}

#[test]
fn a_layout_can_be_forced_and_an_unknown_one_is_a_usage_error() {
    let workspace = Workspace::new();
    workspace.write("trees.md", &page("trees"));
    let run = workspace.run(&["openapi", "trees.md", "--layout", "markdown"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    let run = workspace.run(&["openapi", "trees.md", "--layout", "fumadocs"]);
    assert_eq!(run.code, Some(100));
    let run = workspace.run(&["openapi", "trees.md", "--layout", "mardown"]);
    assert_eq!(run.code, Some(2));
    assert!(run.err.contains("markdown"), "{}", run.err);
}

#[test]
fn a_missing_or_binary_page_is_refused_by_name() {
    let workspace = Workspace::new();
    let run = workspace.run(&["openapi", "missing.md"]);
    assert_eq!(run.code, Some(100));
    assert!(run.err.contains("missing.md"), "{}", run.err);
    std::fs::write(workspace.root().join("binary.md"), [0xff, 0xfe, 0, 1]).expect("written");
    let run = workspace.run(&["openapi", "binary.md"]);
    assert_eq!(run.code, Some(100));
    assert!(run.err.contains("binary.md"), "{}", run.err);
}

#[test]
fn a_reader_that_has_gone_away_is_no_failure() {
    let workspace = Workspace::new();
    workspace.write("trees.md", &page("trees"));
    let mut child = command(workspace.root(), &["openapi", "trees.md"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the command can be run");
    drop(child.stdout.take());
    let run = Run::from(child.wait_with_output().expect("it ends"));
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
}

#[test]
fn a_command_line_that_is_wrong_ends_with_2() {
    let workspace = Workspace::new();
    assert_eq!(workspace.run(&["openapi"]).code, Some(2));
    assert_eq!(workspace.run(&["opanapi"]).code, Some(2));
    assert_eq!(workspace.run(&[]).code, Some(2));
    assert_eq!(workspace.run(&["--help"]).code, Some(0));
}
