//! Pages that are new to an API, and pages that the caller names.

use std::io::Write as _;
use std::process::Stdio;

use super::{CURRENT, LOCK, OLDER, PAGE, capture, crm, done, import, import_older};
use crate::golden;
use crate::workspace::{Run, Workspace, command};

const API: &str = "specs/crm/api.toml";

#[test]
fn a_page_that_is_new_to_the_api_is_made_listed_and_derived() {
    let workspace = crm();
    let run = import_older(&workspace);
    done(&run);
    golden::check("import-new.txt", &run.err);
    golden::check_wide("import-new.md", &workspace.read(PAGE).expect("a page"));
    // Comments stay; the version is the day of the newest source.
    assert_eq!(
        workspace.read(API).as_deref(),
        Some(
            "# The address book.\n[api]\ntitle = \"The CRM API\"\nversion = \"2025-03-01\" # the newest source\n\
             crate = \"crm-client\"\ncrate-version = \"0.1.0\"\npages = [\n  \"contacts-list.md\", # the first\n  \
             \"contacts-update.md\",\n]\n\n[server]\nurl = \"https://api.crm.test\"\n"
        )
    );
    done(&workspace.run(&["codegen", "crm"]));
    done(&workspace.run(&["codegen", "crm", "--check"]));
}

#[test]
fn a_new_page_is_listed_before_components_whatever_the_list_looks_like() {
    for (list, expected) in [
        (
            "pages = [\"contacts-list.md\", \"components.md\"]",
            "pages = [\"contacts-list.md\", \"contacts-update.md\", \"components.md\"]",
        ),
        (
            "pages = [ \"components.md\", \"contacts-list.md\" ]",
            "pages = [ \"components.md\", \"contacts-list.md\", \"contacts-update.md\" ]",
        ),
        (
            "pages = [\n    \"contacts-list.md\",\n    \"components.md\"\n]",
            "pages = [\n    \"contacts-list.md\",\n    \"contacts-update.md\",\n    \"components.md\"\n]",
        ),
    ] {
        let workspace = crm();
        let api = workspace.read(API).expect("a file");
        workspace.write(
            API,
            &api.replace("pages = [\n  \"contacts-list.md\", # the first\n]", list),
        );
        workspace.write(
            "specs/crm/pages/components.md",
            "# Components\n\n## Component `Item`\n\n- **`id`** _(string, required)_\n",
        );
        let page = workspace
            .read("specs/crm/pages/contacts-list.md")
            .expect("a page");
        workspace.write(
            "specs/crm/pages/contacts-list.md",
            &page.replace(
                "_(array<object>)_\n  - **`id`** _(string, required)_",
                "_(array<Item>)_",
            ),
        );
        done(&import_older(&workspace));
        let api = workspace.read(API).expect("a file");
        assert!(api.contains(expected), "{api}");
        done(&workspace.run(&["codegen", "crm"]));
    }
}

#[test]
fn page_names_the_file_of_a_new_page() {
    let workspace = crm();
    done(&import(&workspace, &["--page", "people-change.md", OLDER]));
    assert!(workspace.read("specs/crm/pages/people-change.md").is_some());
    assert!(
        workspace
            .read(API)
            .is_some_and(|api| api.contains("\"people-change.md\""))
    );
    done(&workspace.run(&["codegen", "crm"]));
}

#[test]
fn page_names_the_page_where_the_capture_tells_another_path() {
    let workspace = crm();
    done(&import_older(&workspace));
    let moved = capture(OLDER).replace("/unified/crm/contacts/{id}", "/unified/crm/people/{id}");
    workspace.write("moved.txt", &moved);
    let run = import(&workspace, &["--page", "contacts-update.md", "moved.txt"]);
    done(&run);
    assert!(
        run.err
            .contains("PATCH /unified/crm/people/{id}, was PATCH"),
        "{}",
        run.err
    );
    let page = workspace.read(PAGE).expect("a page");
    assert!(page.contains("`PATCH /unified/crm/people/{id}`"), "{page}");
    assert!(page.contains("Operation: `contacts_update`"), "{page}");
}

#[test]
fn a_page_that_leads_out_of_its_folder_is_refused() {
    let workspace = crm();
    let before = workspace.files();
    for page in [
        "../../../stolen.md",
        "/tmp/stolen.md",
        "sub/stolen.md",
        "..\\stolen.md",
        ".hidden.md",
        "no-markdown.txt",
        "",
        ".md",
        "line\nbreak.md",
    ] {
        let run = import(&workspace, &["--page", page, OLDER]);
        assert_eq!(run.code, Some(100), "{page:?}: {}", run.err);
        assert!(run.err.contains("after `--page`"), "{}", run.err);
        assert_eq!(workspace.files(), before, "{page:?}");
    }
}

fn from_standard_input(workspace: &Workspace, bytes: &[u8]) -> Run {
    let arguments = ["import", "--api", "crm", "--captured", "2025-03-01", "-"];
    let mut child = command(workspace.root(), &arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the command can be run");
    child
        .stdin
        .take()
        .expect("a pipe")
        .write_all(bytes)
        .expect("the page can be written");
    Run::from(child.wait_with_output().expect("it ends"))
}

#[test]
fn a_page_is_read_from_the_standard_input() {
    let workspace = crm();
    done(&from_standard_input(&workspace, capture(OLDER).as_bytes()));
    let by_input = (workspace.read(PAGE), workspace.read(LOCK));
    let workspace = crm();
    done(&import(&workspace, &["--captured", "2025-03-01", OLDER]));
    assert_eq!((workspace.read(PAGE), workspace.read(LOCK)), by_input);

    let before = workspace.files();
    for bytes in [b"\xff\xfe\x00".as_slice(), b""] {
        let run = from_standard_input(&workspace, bytes);
        assert_eq!(run.code, Some(100), "{}", run.err);
        assert!(run.err.starts_with("error"), "{}", run.err);
        assert_eq!(workspace.files(), before);
    }
}

#[test]
fn fused_values_without_a_reviewed_split_are_refused() {
    let workspace = crm();
    let before = workspace.files();
    let run = import(&workspace, &[CURRENT]);
    assert_eq!(run.code, Some(100), "{}", run.err);
    golden::check_wide("import-unsplit.txt", &run.err);
    assert_eq!(workspace.files(), before);
}

#[test]
fn a_reviewed_split_goes_into_the_vocabulary_beside_those_that_are_there() {
    let workspace = crm();
    workspace.write(
        "specs/crm/pages/contacts-list.md",
        &workspace
            .read("specs/crm/pages/contacts-list.md")
            .expect("a page")
            .replace(
                "## Response",
                "## Query parameters\n\n- **`order`** _(string)_\n  Fused: `updown`\n\n## Response",
            ),
    );
    let ours = "# Ours.\n[[split]]\ntext = \"updown\"\nvalues = [\"up\", \"down\"]\nreason = \"Two words.\"\n";
    workspace.write("specs/crm/vocabulary.toml", ours);
    done(&super::import_current(&workspace));
    assert_eq!(
        workspace.read("specs/crm/vocabulary.toml"),
        Some(format!("{ours}\n{}", super::SPLITS))
    );
    done(&workspace.run(&["codegen", "crm"]));
}

#[test]
fn a_vocabulary_that_is_wrong_is_refused_by_its_name_and_line() {
    let workspace = crm();
    workspace.write(
        "splits.toml",
        "[[split]]\ntext = \"ab\"\nvalues = [\"x\"]\nreason = \"Wrong.\"\n",
    );
    let before = workspace.files();
    let run = super::import_current(&workspace);
    assert_eq!(run.code, Some(100), "{}", run.err);
    assert!(run.err.contains("--> splits.toml:"), "{}", run.err);
    assert_eq!(workspace.files(), before);
}
