//! `cargo xtask release` and the changelogs that `codegen` writes, run as a process.

use crate::workspace::{Run, Workspace, page};

const CHANGELOG: &str = "generated/orchard-client/CHANGELOG.md";

fn done(run: &Run) {
    assert_eq!(run.code, Some(0), "{}", run.err);
}

/// The changelog below its first two paragraphs.
fn entries(workspace: &Workspace) -> String {
    let text = workspace.read(CHANGELOG).expect("a changelog");
    let start = text.find("## ").expect("an entry");
    text[start..].to_owned()
}

/// A workspace whose `orchard-client` 0.1.0 is released.
fn released() -> Workspace {
    let workspace = Workspace::new();
    workspace.write(
        "Cargo.toml",
        "[workspace]\nmembers = []\n\n[workspace.dependencies]\n# Kept.\norchard-client = { path = \"generated/orchard-client\", version = \"0.1.0\" }\n",
    );
    let run = workspace.run(&["release", "orchard", "--date", "2026-11-20"]);
    done(&run);
    assert_eq!(run.err, "orchard-client: 0.1.0, the first\n");
    workspace
}

/// Makes the page say something else.
fn edit(workspace: &Workspace, old: &str, new: &str) {
    let path = "specs/orchard/pages/list.md";
    let text = workspace.read(path).unwrap_or_else(|| page("orchard"));
    assert!(text.contains(old), "{text}");
    workspace.write(path, &text.replace(old, new));
}

#[test]
fn before_the_first_release_the_changelog_says_so() {
    let workspace = Workspace::new();
    done(&workspace.run(&["codegen"]));
    assert_eq!(entries(&workspace), "## Unreleased\n\nThe first version.\n");
}

#[test]
fn a_release_of_what_is_there_makes_its_entry_and_leaves_nothing_out_of_date() {
    let workspace = released();
    assert_eq!(
        entries(&workspace),
        "## 0.1.0 - 2026-11-20\n\nThe first version.\n"
    );
    done(&workspace.run(&["codegen", "orchard", "--check"]));
}

#[test]
fn codegen_writes_the_entry_of_what_changed_since_the_last_release() {
    let workspace = released();
    edit(
        &workspace,
        "**`limit`** _(integer)_",
        "**`limit`** _(string)_",
    );
    let run = workspace.run(&["codegen", "orchard"]);
    done(&run);
    assert!(
        run.err
            .contains("; orchard-client 0.1.0 needs 0.2.0 (major); "),
        "{}",
        run.err
    );
    assert_eq!(
        entries(&workspace),
        "## Unreleased\n\n\
         The next version is 0.2.0 or later (major).\n\n\
         ### Breaking\n\n\
         - `GET /orchard › query parameter limit`: the type changed: integer → string (breaking on the wire)\n\n\
         ## 0.1.0 - 2026-11-20\n\nThe first version.\n"
    );
}

#[test]
fn a_release_takes_the_version_that_the_changes_need() {
    let workspace = released();
    edit(
        &workspace,
        "**`limit`** _(integer)_",
        "**`limit`** _(string)_",
    );
    workspace.write(
        "specs/orchard/changelog/unreleased.md",
        "Fewer allocations.\n",
    );
    done(&workspace.run(&["codegen", "orchard"]));
    let unreleased = entries(&workspace);
    assert!(
        unreleased.contains("(major).\n\nFewer allocations.\n\n### Breaking"),
        "{unreleased}"
    );

    let run = workspace.run(&["release", "orchard", "--date", "2026-11-27"]);
    done(&run);
    assert_eq!(run.err, "orchard-client: 0.2.0 after 0.1.0\n");
    let text = entries(&workspace);
    assert!(
        text.starts_with("## 0.2.0 - 2026-11-27\n\nFewer allocations.\n\n### Breaking\n\n- "),
        "{text}"
    );
    assert!(text.ends_with("\n\n## 0.1.0 - 2026-11-20\n\nThe first version.\n"));
    assert_eq!(
        workspace.read("specs/orchard/changelog/unreleased.md"),
        None
    );
    let holds = |path: &str, line: &str| {
        let text = workspace.read(path).unwrap_or_default();
        assert!(text.contains(line), "{path}: {text}");
    };
    holds("specs/orchard/api.toml", "crate-version = \"0.2.0\"\n");
    holds(
        "Cargo.toml",
        "# Kept.\norchard-client = { path = \"generated/orchard-client\", version = \"0.2.0\" }\n",
    );
    holds("generated/orchard-client/Cargo.toml", "version = \"0.2.0\"");
    done(&workspace.run(&["codegen", "orchard", "--check"]));
}

#[test]
fn a_release_without_changes_changes_nothing() {
    let workspace = released();
    let before = workspace.files();
    let run = workspace.run(&["release", "orchard"]);
    done(&run);
    assert_eq!(run.err, "orchard-client: nothing has changed since 0.1.0\n");
    assert!(workspace.files() == before);
}

#[test]
fn a_version_that_is_too_low_is_refused_and_a_higher_one_taken() {
    let workspace = released();
    for (version, why) in [
        ("0.1.0", "it was released already, or a later one was"),
        ("0.0.9", "expected 0.1.1 or later"),
    ] {
        let run = workspace.run(&["release", "orchard", "--version", version]);
        assert_eq!(run.code, Some(100), "{}", run.err);
        assert!(run.err.contains(why), "{}", run.err);
    }
    edit(
        &workspace,
        "**`limit`** _(integer)_",
        "**`limit`** _(string)_",
    );
    let before = workspace.files();
    let run = workspace.run(&["release", "orchard", "--version", "0.1.1"]);
    assert_eq!(run.code, Some(100), "{}", run.err);
    assert_eq!(
        run.err,
        "error: --version 0.1.1 is too low for orchard-client: what has changed since 0.1.0 is major for callers; \
         expected 0.2.0 or later; to fix: leave --version out, or raise it\n"
    );
    assert!(workspace.files() == before);
    let run = workspace.run(&["release", "orchard", "--version", "1.0.0"]);
    done(&run);
    assert_eq!(run.err, "orchard-client: 1.0.0 after 0.1.0\n");
    let run = workspace.run(&["release", "--version", "2.0.0"]);
    assert_eq!(run.code, Some(100), "{}", run.err);
    assert!(run.err.contains("stands for 2 APIs"), "{}", run.err);
}

#[test]
fn a_dry_run_writes_nothing() {
    let workspace = Workspace::new();
    let before = workspace.files();
    let run = workspace.run(&["release", "orchard", "--dry-run"]);
    done(&run);
    assert!(
        run.out
            .contains("+++ b/specs/orchard/changelog/release.toml"),
        "{}",
        run.out
    );
    assert!(workspace.files() == before);
}

#[test]
fn a_released_document_that_was_edited_is_refused() {
    let workspace = released();
    let path = "specs/orchard/changelog/released.json";
    let text = workspace.read(path).expect("the released document");
    workspace.write(path, &text.replace("integer", "string"));
    let run = workspace.run(&["codegen"]);
    assert_eq!(run.code, Some(100), "{}", run.err);
    assert!(
        run.err.starts_with(
            "error: specs/orchard/changelog/released.json:1: the document is not the one of 0.1.0"
        ),
        "{}",
        run.err
    );
    workspace.write(path, &text);
    workspace.write(
        "specs/orchard/changelog/release.toml",
        "version = \"0.1.0\"\ndate = \"soon\"\ndocument = \"\"\n",
    );
    let run = workspace.run(&["codegen"]);
    assert_eq!(run.code, Some(100), "{}", run.err);
    assert!(
        run.err
            .contains("release.toml:2: the date is no day; expected"),
        "{}",
        run.err
    );
}
