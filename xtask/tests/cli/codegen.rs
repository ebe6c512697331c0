//! `cargo xtask codegen`, run as a process.

use std::fs;

use crate::workspace::Workspace;

const ORCHARD: &str = "specs/orchard/openapi.json";
const MEADOW: &str = "specs/meadow/openapi.json";

#[test]
fn every_document_is_derived_and_the_summary_says_so() {
    let workspace = Workspace::new();
    let run = workspace.run(&["codegen"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert!(
        run.err.contains("orchard: 1 page, 1 operation, "),
        "{}",
        run.err
    );
    for (path, title) in [(ORCHARD, "The orchard API"), (MEADOW, "The meadow API")] {
        let document = workspace.read(path).expect("the document is there");
        assert!(document.contains(title), "{document}");
        assert!(
            document.contains("\"page\": \"pages/list.md\""),
            "{document}"
        );
    }
}

#[test]
fn a_second_run_changes_nothing_not_even_a_time() {
    let workspace = Workspace::new();
    assert_eq!(workspace.run(&["codegen"]).code, Some(0));
    let before = workspace.files();
    let run = workspace.run(&["codegen"]);
    assert_eq!(run.code, Some(0));
    assert!(run.err.contains("up to date"), "{}", run.err);
    assert_eq!(workspace.files(), before);
}

#[test]
fn an_unchanged_api_keeps_its_files_when_another_changes() {
    let workspace = Workspace::new();
    assert_eq!(workspace.run(&["codegen"]).code, Some(0));
    let before = workspace.files();
    let page = crate::workspace::page("orchard").replace("How many.", "At most.");
    workspace.write("specs/orchard/pages/list.md", &page);
    assert_eq!(workspace.run(&["codegen"]).code, Some(0));
    let after = workspace.files();
    let of = |path: &str| {
        let path = workspace.root().join(path);
        (before[&path].clone(), after[&path].clone())
    };
    let (meadow_before, meadow_after) = of(MEADOW);
    assert_eq!(meadow_before, meadow_after);
    let (orchard_before, orchard_after) = of(ORCHARD);
    assert_ne!(orchard_before.1, orchard_after.1);
}

#[test]
fn check_writes_nothing_prints_the_difference_and_the_command_that_mends_it() {
    let workspace = Workspace::new();
    let before = workspace.files();
    let run = workspace.run(&["codegen", "--check"]);
    assert_eq!(run.code, Some(4));
    assert!(
        run.out
            .contains("--- /dev/null\n+++ b/specs/meadow/openapi.json\n"),
        "{}",
        run.out
    );
    assert!(
        run.err.contains("to fix: cargo xtask codegen"),
        "{}",
        run.err
    );
    assert_eq!(workspace.files(), before);

    assert_eq!(workspace.run(&["codegen"]).code, Some(0));
    let run = workspace.run(&["codegen", "--check"]);
    assert_eq!((run.code, run.out.as_str()), (Some(0), ""));

    let stale = workspace
        .read(ORCHARD)
        .expect("the document")
        .replace("How many.", "How few.");
    workspace.write(ORCHARD, &stale);
    let run = workspace.run(&["codegen", "--check"]);
    assert_eq!(run.code, Some(4));
    assert!(
        run.out
            .contains("-            \"description\": \"How few.\","),
        "{}",
        run.out
    );
    assert!(
        run.out
            .contains("+            \"description\": \"How many.\","),
        "{}",
        run.out
    );
}

#[test]
fn one_api_can_be_named() {
    let workspace = Workspace::new();
    assert_eq!(workspace.run(&["codegen", "orchard"]).code, Some(0));
    assert!(workspace.read(ORCHARD).is_some());
    assert!(workspace.read(MEADOW).is_none());
}

#[test]
fn an_unknown_api_is_refused_with_the_known_ones() {
    let workspace = Workspace::new();
    let run = workspace.run(&["codegen", "orchrad"]);
    assert_eq!(run.code, Some(100));
    assert!(
        run.err.contains("`orchrad`") && run.err.contains("`meadow`, `orchard`"),
        "{}",
        run.err
    );
}

#[test]
fn nothing_is_written_when_one_api_is_wrong_and_all_errors_are_told() {
    let workspace = Workspace::new();
    workspace.write("specs/orchard/pages/list.md", "# List\n\nNothing here.\n");
    workspace.write("specs/meadow/pages/extra.md", "x");
    let before = workspace.files();
    let run = workspace.run(&["codegen"]);
    assert_eq!(run.code, Some(100));
    assert!(
        run.err.contains("specs/orchard/pages/list.md"),
        "{}",
        run.err
    );
    assert!(
        run.err.contains("`pages/extra.md` is not listed"),
        "{}",
        run.err
    );
    assert_eq!(workspace.files(), before);
}

#[test]
fn an_overlay_without_effect_and_a_split_that_nobody_needs_fail_the_run() {
    let workspace = Workspace::new();
    workspace.write(
        "specs/orchard/overlays/01-title.yaml",
        "overlay: 1.1.0\ninfo:\n  title: T\n  version: 1.0.0\n  description: R\nactions:\n  - target: $.info.titel\n    update: x\n",
    );
    workspace.write(
        "specs/meadow/vocabulary.toml",
        "[[split]]\ntext = \"ab\"\nvalues = [\"a\", \"b\"]\nreason = \"none\"\n",
    );
    let run = workspace.run(&["codegen"]);
    assert_eq!(run.code, Some(100));
    assert!(
        run.err.contains("specs/orchard/overlays/01-title.yaml:7"),
        "{}",
        run.err
    );
    assert!(run.err.contains("`title`"), "{}", run.err);
    assert!(
        run.err.contains("no page has the fused text \"ab\""),
        "{}",
        run.err
    );
}

#[test]
fn the_command_works_from_any_folder_of_the_workspace() {
    let workspace = Workspace::new();
    let run = workspace.run_in("specs/orchard/pages", &["codegen"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert!(workspace.read(ORCHARD).is_some());
}

#[test]
fn outside_a_workspace_the_command_says_where_to_run_it() {
    let folder = tempfile::TempDir::new().expect("a temporary folder");
    let run = crate::workspace::run_in(folder.path(), &["codegen"]);
    assert_eq!(run.code, Some(100));
    assert!(
        run.err.contains("run the command inside the workspace"),
        "{}",
        run.err
    );
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_out_of_the_workspace_is_not_followed() {
    let workspace = Workspace::new();
    let outside = tempfile::TempDir::new().expect("a temporary folder");
    let specs = workspace.root().join("specs");
    fs::rename(specs.join("orchard"), outside.path().join("orchard")).expect("moved");
    std::os::unix::fs::symlink(outside.path().join("orchard"), specs.join("orchard"))
        .expect("a link");
    let run = workspace.run(&["codegen"]);
    assert_eq!(run.code, Some(1), "{}", run.err);
    assert!(run.err.contains("leads out of"), "{}", run.err);
    assert!(!outside.path().join("orchard/openapi.json").exists());
    assert!(workspace.read(MEADOW).is_none());
}

#[test]
fn every_client_is_generated_and_names_the_command() {
    let workspace = Workspace::new();
    let run = workspace.run(&["codegen"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    for api in ["meadow", "orchard"] {
        for file in ["Cargo.toml", "README.md", "src/lib.rs"] {
            let path = format!("generated/{api}-client/{file}");
            let text = workspace.read(&path).expect("the file is there");
            assert!(
                text.contains("@generated by `cargo xtask codegen`"),
                "{path}"
            );
        }
    }
}

#[test]
fn stale_files_of_a_crate_are_found_and_removed_and_the_build_is_left_alone() {
    let workspace = Workspace::new();
    assert_eq!(workspace.run(&["codegen"]).code, Some(0));
    workspace.write("generated/orchard-client/src/old.rs", "// old\n");
    workspace.write("generated/orchard-client/target/kept", "");
    let run = workspace.run(&["codegen", "--check"]);
    assert_eq!(run.code, Some(4));
    assert!(
        run.out
            .contains("--- a/generated/orchard-client/src/old.rs\n+++ /dev/null\n"),
        "{}",
        run.out
    );
    assert_eq!(workspace.run(&["codegen"]).code, Some(0));
    assert_eq!(workspace.read("generated/orchard-client/src/old.rs"), None);
    assert!(
        workspace
            .read("generated/orchard-client/target/kept")
            .is_some()
    );
}

#[test]
fn the_crate_of_an_api_that_is_gone_goes_too_but_nothing_hand_written() {
    let workspace = Workspace::new();
    assert_eq!(workspace.run(&["codegen"]).code, Some(0));
    workspace.write("generated/mine/Cargo.toml", "[package]\nname = \"mine\"\n");
    fs::remove_dir_all(workspace.root().join("specs/meadow")).expect("removed");
    assert_eq!(workspace.run(&["codegen", "orchard"]).code, Some(0));
    assert!(
        workspace
            .read("generated/meadow-client/Cargo.toml")
            .is_some()
    );
    assert_eq!(workspace.run(&["codegen"]).code, Some(0));
    assert_eq!(workspace.read("generated/meadow-client/Cargo.toml"), None);
    assert!(workspace.read("generated/mine/Cargo.toml").is_some());
}

#[test]
fn all_files_are_written_or_none() {
    let workspace = Workspace::new();
    workspace.write(
        "generated/orchard-client/src",
        "a file where a folder should be",
    );
    let before = workspace.files();
    let run = workspace.run(&["codegen"]);
    assert_eq!(run.code, Some(1), "{}", run.err);
    assert!(
        run.err.contains("generated/orchard-client/src"),
        "{}",
        run.err
    );
    assert_eq!(workspace.files(), before);
}

#[test]
fn two_apis_cannot_write_the_same_crate() {
    let workspace = Workspace::new();
    let api = workspace.read("specs/meadow/api.toml").expect("the file");
    workspace.write(
        "specs/meadow/api.toml",
        &api.replace("meadow-client", "orchard-client"),
    );
    let run = workspace.run(&["codegen"]);
    assert_eq!(run.code, Some(100));
    assert!(
        run.err
            .contains("specs/meadow and specs/orchard both name the crate `orchard-client`"),
        "{}",
        run.err
    );
}
