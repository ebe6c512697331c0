//! Captures one after the other: older ones, and pages that were edited between them.

use super::{
    CURRENT, LOCK, OLDER, PAGE, crm, done, import, import_current, import_older, with_our_words,
};
use crate::golden;

#[test]
fn a_capture_that_the_page_has_had_before_is_noticed_whatever_its_date() {
    let workspace = with_our_words();
    done(&import_current(&workspace));
    let before = workspace.files();
    let run = import(&workspace, &[OLDER]);
    assert_eq!(run.code, Some(100), "{}", run.err);
    assert_eq!(run.out, "");
    golden::check_wide("import-older.txt", &run.err);
    assert_eq!(workspace.files(), before);
}

#[test]
fn a_capture_of_an_earlier_day_is_noticed() {
    let workspace = with_our_words();
    let before = workspace.files();
    let run = import(
        &workspace,
        &[
            "--captured",
            "2025-02-28",
            "--vocabulary",
            "splits.toml",
            CURRENT,
        ],
    );
    assert_eq!(run.code, Some(100), "{}", run.err);
    assert!(
        run.err.contains("a capture of 2025-02-28; pages/contacts-update.md was brought up to date with one of 2025-03-01"),
        "{}",
        run.err
    );
    assert_eq!(workspace.files(), before);
}

#[test]
fn older_goes_back_and_the_newer_one_can_be_imported_again() {
    let workspace = with_our_words();
    done(&import_current(&workspace));
    let newer = workspace.read(PAGE);
    let run = import(&workspace, &["--captured", "2025-03-01", "--older", OLDER]);
    done(&run);
    assert!(
        run.err
            .contains("the split of \"phonemobilefaxwork\" was removed from vocabulary.toml"),
        "{}",
        run.err
    );
    let page = workspace.read(PAGE).expect("a page");
    assert!(
        page.contains("- **`birth_date`** _(string, date)_\n  Our words about the day of birth.\n"),
        "{page}"
    );
    done(&workspace.run(&["codegen", "crm"]));
    let run = import(
        &workspace,
        &[
            "--captured",
            "2025-06-01",
            "--vocabulary",
            "splits.toml",
            "--older",
            CURRENT,
        ],
    );
    done(&run);
    assert_eq!(workspace.read(PAGE), newer);
    let lock = workspace.read(LOCK).expect("a lock");
    assert_eq!(lock.matches("[[page.earlier]]").count(), 1, "{lock}");
}

#[test]
fn the_lock_keeps_address_day_hash_and_the_line_of_each_fact() {
    let workspace = crm();
    done(&import_older(&workspace));
    let lock = workspace.read(LOCK).expect("a lock");
    for line in [
        "file = \"contacts-update.md\"",
        "source = \"https://crm.test/contacts/update\"",
        "captured = \"2025-03-01\"",
        "layout = \"truto-older\"",
    ] {
        assert!(lock.lines().any(|it| it == line), "{line} in\n{lock}");
    }
    let capture = super::capture(OLDER);
    let line = capture
        .lines()
        .position(|line| line == "birth_date")
        .expect("the field")
        + 1;
    assert!(
        lock.contains(&format!("\"request/birth_date\" = {line}\n")),
        "{lock}"
    );
    // The address stays where none is given.
    done(&import_current(&workspace));
    let lock = workspace.read(LOCK).expect("a lock");
    assert!(lock.contains("source = \"https://crm.test/contacts/update\""));
    // No sentence of the vendor's is in it.
    assert!(!lock.contains("friends"), "{lock}");
}

#[test]
fn a_fact_that_was_taken_out_by_hand_stops_codegen_until_the_capture_is_imported_again() {
    let workspace = with_our_words();
    let page = workspace.read(PAGE).expect("a page");
    let start = page.find("- **`title`**").expect("the field");
    let end = start + page[start + 1..].find("\n- **").expect("the next field") + 2;
    workspace.write(PAGE, &format!("{}{}", &page[..start], &page[end..]));
    std::fs::remove_file(workspace.root().join("specs/crm/overlays/01-title.yaml")).expect("gone");
    let run = workspace.run(&["codegen", "crm"]);
    assert_eq!(run.code, Some(100), "{}", run.err);
    assert!(
        run.err.contains(
            "error[captures-lock]: pages/contacts-update.md does not have `request/title`"
        ),
        "{}",
        run.err
    );
    assert!(
        run.err.contains("--> specs/crm/captures.lock:"),
        "{}",
        run.err
    );

    done(&import(&workspace, &[OLDER]));
    let again = workspace.read(PAGE).expect("a page");
    assert!(again.contains("- **`title`** _(string)_\n"), "{again}");
    done(&workspace.run(&["codegen", "crm"]));
}

#[test]
fn a_fact_that_was_changed_by_hand_is_as_captured_again_after_an_import() {
    let workspace = with_our_words();
    let page = workspace.read(PAGE).expect("a page");
    let edited = page
        .replace(
            "- **`title`** _(string)_",
            "- **`title`** _(integer, required)_",
        )
        .replace(
            "  Supported by: Close, HubSpot, Pipedrive\n",
            "  Supported by: HubSpot, Pipedrive\n",
        );
    assert_ne!(edited, page);
    workspace.write(PAGE, &edited);
    let run = import(&workspace, &[OLDER]);
    done(&run);
    assert!(
        run.err
            .contains("retyped    request/title: string, was integer"),
        "{}",
        run.err
    );
    assert_eq!(workspace.read(PAGE).as_deref(), Some(page.as_str()));
}

#[test]
fn a_page_that_is_gone_or_renamed_while_the_lock_names_it_stops_codegen() {
    let workspace = with_our_words();
    let page = workspace.read(PAGE).expect("a page");
    std::fs::remove_file(workspace.root().join(PAGE)).expect("gone");
    workspace.write("specs/crm/pages/contacts-change.md", &page);
    let api = workspace.read("specs/crm/api.toml").expect("a file");
    workspace.write(
        "specs/crm/api.toml",
        &api.replace("contacts-update.md", "contacts-change.md"),
    );
    for command in ["codegen", "captures"] {
        let run = workspace.run(&[command, "crm"]);
        assert_eq!(run.code, Some(100), "{command}: {}", run.err);
        assert!(
            run.err.contains(
                "error[captures-lock]: pages/contacts-update.md is no page of an operation"
            ),
            "{command}: {}",
            run.err
        );
    }
    let lock = workspace.read(LOCK).expect("a lock");
    workspace.write(
        LOCK,
        &lock.replace("contacts-update.md", "contacts-change.md"),
    );
    done(&workspace.run(&["codegen", "crm"]));
    done(&workspace.run(&["captures", "crm"]));
}
