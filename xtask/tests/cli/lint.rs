//! `cargo xtask lint`, run as a process.

use serde_json::Value;

use crate::workspace::{Run, Workspace, page};

/// A page with an error (a misspelt twin), warnings and notes.
fn doubtful() -> String {
    let slip = "  How many.\n- **`fileter`** _(string)_\n  What.\n- **`filter`** _(string)_\n  What.\n\n## Response";
    page("orchard").replace("  How many.\n\n## Response", slip)
}

fn workspace() -> Workspace {
    let workspace = Workspace::new();
    workspace.write("specs/orchard/pages/list.md", &doubtful());
    workspace
}

fn accept(rule: &str, place: &str) -> String {
    format!("[[accept]]\nrule = \"{rule}\"\nplace = \"{place}\"\nreason = \"it is so\"\n\n")
}

fn rules(run: &Run) -> Vec<String> {
    let document: Value = serde_json::from_str(&run.out).expect("JSON");
    let schema: Value = serde_json::from_str(docspec::lint::SCHEMA).expect("a schema");
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    validator.validate(&document).expect("what the schema says");
    let findings = document["findings"].as_array().expect("a list");
    findings
        .iter()
        .map(|finding| finding["rule"].as_str().expect("a rule").to_owned())
        .collect()
}

#[test]
fn findings_are_printed_with_the_file_the_line_and_what_to_do_and_an_error_ends_with_100() {
    let run = workspace().run(&["lint"]);
    assert_eq!(run.code, Some(100), "{}", run.err);
    for part in [
        "error[near-twin]: `fileter` and `filter` are the same but for one letter\n",
        "--> specs/orchard/pages/list.md:15:1\n",
        "15 | - **`filter`** _(string)_\n",
        "= help: to fix: correct the name in the source",
    ] {
        assert!(run.out.contains(part), "{part} is not in\n{}", run.out);
    }
    assert!(run.err.contains("orchard: 1 error, "), "{}", run.err);
    assert!(run.err.contains("meadow: "), "{}", run.err);
}

#[test]
fn one_api_can_be_named_and_an_unknown_one_is_refused() {
    let workspace = workspace();
    let run = workspace.run(&["lint", "meadow"]);
    assert_eq!(run.code, Some(0), "{}", run.out);
    assert!(!run.out.contains("orchard"), "{}", run.out);
    let run = workspace.run(&["lint", "meadwo"]);
    assert_eq!((run.code, run.out.as_str()), (Some(100), ""));
    assert!(run.err.contains("no API is called `meadwo`"), "{}", run.err);
}

#[test]
fn the_level_that_fails_can_be_chosen() {
    let workspace = workspace();
    for (api, level, code) in [
        ("orchard", "error", 100),
        ("orchard", "never", 0),
        ("meadow", "error", 0),
        ("meadow", "warning", 100),
        ("meadow", "note", 100),
    ] {
        let run = workspace.run(&["lint", api, "--fail-on", level]);
        assert_eq!(run.code, Some(code), "{api} {level}\n{}", run.out);
    }
    assert_eq!(workspace.run(&["lint", "--fail-on", "fatal"]).code, Some(2));
}

#[test]
fn what_is_accepted_is_shown_only_when_asked_for_and_does_not_fail() {
    let workspace = workspace();
    workspace.write(
        "specs/orchard/lint.toml",
        &accept("near-twin", "pages/list.md#filter"),
    );
    let run = workspace.run(&["lint", "orchard"]);
    assert_eq!(run.code, Some(0), "{}", run.out);
    assert!(!run.out.contains("near-twin"), "{}", run.out);
    assert!(run.err.contains("1 accepted"), "{}", run.err);
    let run = workspace.run(&["lint", "orchard", "--accepted"]);
    assert_eq!(run.code, Some(0));
    assert!(
        run.out.contains("= note: accepted: it is so"),
        "{}",
        run.out
    );
    assert!(
        !rules(&workspace.run(&["lint", "orchard", "--format", "json"]))
            .contains(&"near-twin".to_owned())
    );
    let run = workspace.run(&["lint", "orchard", "--format", "json", "--accepted"]);
    assert!(rules(&run).contains(&"near-twin".to_owned()));
}

#[test]
fn an_acceptance_in_vain_is_a_finding_with_its_line() {
    let workspace = Workspace::new();
    let file = format!("# Accepted.\n\n{}", accept("near-twin", "/paths/*"));
    workspace.write("specs/meadow/lint.toml", &file);
    let run = workspace.run(&["lint", "meadow"]);
    assert_eq!(run.code, Some(0));
    assert!(
        run.out.contains("warning[unused-acceptance]"),
        "{}",
        run.out
    );
    assert!(
        run.out.contains("--> specs/meadow/lint.toml:3:1\n"),
        "{}",
        run.out
    );
}

#[test]
fn a_wrong_acceptance_is_refused_and_nothing_else_is_printed() {
    let workspace = workspace();
    for (file, told) in [
        (accept("near-twni", "*"), "no rule is called `near-twni`"),
        (
            accept("near-twin", "*").replace("it is so", " "),
            "`reason` is empty",
        ),
        (
            accept("near-twin", "*").replace("reason", "because"),
            "unknown field `because`",
        ),
    ] {
        workspace.write("specs/orchard/lint.toml", &file);
        let run = workspace.run(&["lint"]);
        assert_eq!((run.code, run.out.as_str()), (Some(100), ""), "{}", run.err);
        assert!(run.err.contains(told), "{}", run.err);
        assert!(run.err.contains("specs/orchard/lint.toml:"), "{}", run.err);
    }
}

#[test]
fn broken_sources_are_refused_as_codegen_refuses_them() {
    let workspace = workspace();
    workspace.write("specs/meadow/pages/list.md", "# List\n\nNothing here.\n");
    workspace.write("specs/orchard/api.toml", "[api]\n");
    let lint = workspace.run(&["lint"]);
    let codegen = workspace.run(&["codegen"]);
    assert_eq!((lint.code, lint.out.as_str()), (Some(100), ""));
    assert_eq!(lint.err, codegen.err);
}

#[test]
fn decisions_that_codegen_refuses_as_outdated_are_findings() {
    let workspace = Workspace::new();
    workspace.write(
        "specs/meadow/vocabulary.toml",
        "[[split]]\ntext = \"ab\"\nvalues = [\"a\", \"b\"]\nreason = \"none\"\n",
    );
    let run = workspace.run(&["lint", "meadow"]);
    assert_eq!(run.code, Some(100));
    assert!(run.out.contains("error[vocabulary-unused]"), "{}", run.out);
    assert!(
        run.out.contains("--> specs/meadow/vocabulary.toml:1:1"),
        "{}",
        run.out
    );
}

#[test]
fn pages_can_be_looked_at_by_themselves() {
    let workspace = Workspace::new();
    workspace.write("captures/a.md", &doubtful());
    workspace.write("captures/b.md", &page("trees"));
    let run = workspace.run(&["lint", "--pages", "captures/a.md", "captures/b.md"]);
    assert_eq!(run.code, Some(100), "{}", run.err);
    assert!(run.out.contains("--> a.md:15:1\n"), "{}", run.out);
    assert!(run.err.starts_with("pages: 1 error, "), "{}", run.err);
    let run = workspace.run(&["lint", "--pages", "captures/b.md", "--layout", "fumadocs"]);
    assert_eq!((run.code, run.out.as_str()), (Some(100), ""));
    let run = workspace.run(&["lint", "--pages", "captures/a.md", "specs/../captures/a.md"]);
    assert!(
        run.err.contains("two pages are called `a.md`"),
        "{}",
        run.err
    );
    assert_eq!(
        workspace.run(&["lint", "--layout", "markdown"]).code,
        Some(2)
    );
    assert_eq!(
        workspace
            .run(&["lint", "meadow", "--pages", "captures/a.md"])
            .code,
        Some(2)
    );
}

#[test]
fn the_json_form_names_files_from_the_root_of_the_workspace() {
    let run = workspace().run(&["lint", "--format", "json"]);
    assert_eq!(run.code, Some(100));
    assert!(rules(&run).contains(&"near-twin".to_owned()), "{}", run.out);
    assert!(
        run.out
            .contains("\"file\": \"specs/orchard/pages/list.md\""),
        "{}",
        run.out
    );
    assert!(
        run.out.contains("\"file\": \"specs/meadow/pages/list.md\""),
        "{}",
        run.out
    );
}

#[test]
fn the_rules_are_listed_and_explained() {
    let workspace = Workspace::new();
    let run = workspace.run(&["lint", "--rules"]);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    assert!(
        run.out.lines().any(|line| line.starts_with("near-twin ")),
        "{}",
        run.out
    );
    let run = workspace.run(&["lint", "--explain", "near-twin"]);
    assert_eq!(run.code, Some(0));
    assert!(run.out.starts_with("near-twin (error)\n"), "{}", run.out);
    let run = workspace.run(&["lint", "--explain", "near-twni"]);
    assert_eq!((run.code, run.out.as_str()), (Some(100), ""));
    assert!(run.err.contains("--rules"), "{}", run.err);
}

#[test]
fn nothing_is_written() {
    let workspace = workspace();
    let before = workspace.files();
    workspace.run(&["lint"]);
    assert_eq!(workspace.files(), before);
}

#[test]
fn the_sources_of_this_workspace_have_no_error() {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/..");
    let run = crate::workspace::run_in(root.as_ref(), &["lint"]);
    assert_eq!(run.code, Some(0), "{}", run.out);
    assert!(!run.out.contains("unused-acceptance"), "{}", run.out);
    for line in run.out.lines() {
        let is_pointer = line.trim_start().starts_with('/');
        assert!(line.chars().count() <= 80 || is_pointer, "{line}");
    }
}
